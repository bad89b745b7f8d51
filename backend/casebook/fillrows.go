package casebook

import (
	"bytes"
	"context"
	"encoding/hex"
	"runtime"
	"sync"

	"jiesu/backend/store"
)

// streamBatch is how many streams are folded and written together.
const streamBatch = 100

// stream is all items of one stream on their way into the rows.
type stream struct {
	key   string // kind and id
	raw   [][]byte
	items []*Item
	row   folded
	err   error
}

// fillRows folds every case and message once, in one walk over the items:
// folding on all processors, writing beside it.
func (b *Book) fillRows(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	ready := make(chan []*stream, 1)
	written := make(chan struct{})
	go func() {
		defer close(written)
		for batch := range ready {
			if err := b.putStreams(ctx, batch); err != nil {
				stop(err)
				return
			}
		}
	}()
	err := b.eachStream(func(batch []*stream) error {
		b.foldStreams(batch)
		select {
		case ready <- batch:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	})
	close(ready)
	<-written
	return firstOf(context.Cause(ctx), err)
}

// eachStream gathers the stored items by stream.
func (b *Book) eachStream(fn func(batch []*stream) error) error {
	var batch []*stream
	err := b.db.View(func(t *store.Txn) error {
		return t.Scan([]byte{prefixItem}, store.ScanOptions{}, func(k, v []byte) error {
			if n := len(batch); n == 0 || batch[n-1].key != string(k[1:18]) {
				if n >= streamBatch {
					if err := fn(batch); err != nil {
						return err
					}
					batch = nil
				}
				batch = append(batch, &stream{key: string(k[1:18])})
			}
			last := batch[len(batch)-1]
			last.raw = append(last.raw, bytes.Clone(v))
			return nil
		})
	})
	if err != nil || len(batch) == 0 {
		return err
	}
	return fn(batch)
}

func (b *Book) foldStreams(batch []*stream) {
	var wg sync.WaitGroup
	n := runtime.GOMAXPROCS(0)
	for first := range n {
		wg.Go(func() {
			err := b.db.View(func(t *store.Txn) error {
				for i := first; i < len(batch); i += n {
					batch[i].err = b.foldStream(t, batch[i])
				}
				return nil
			})
			if err != nil && first < len(batch) {
				batch[first].err = err
			}
		})
	}
	wg.Wait()
}

func (b *Book) foldStream(t *store.Txn, s *stream) error {
	for _, raw := range s.raw {
		it, err := decodeItem(raw)
		if err != nil {
			return err
		}
		if len(it.Act) == 0 && it.Pos != 0 {
			b.reread(t, it)
		}
		s.items = append(s.items, it)
	}
	s.raw = nil
	if s.key[0] == kindCase {
		s.row = b.foldRow(s.id(), s.items)
	}
	return nil
}

func (s *stream) id() string { return hex.EncodeToString([]byte(s.key[1:])) }

func (b *Book) putStreams(ctx context.Context, batch []*stream) error {
	err := b.db.Update(func(t *store.Txn) error {
		for _, s := range batch {
			if err := firstOf(s.err, b.noteLate(t, s.key[0], s.items)); err != nil {
				return err
			}
			var err error
			switch s.key[0] {
			case kindCase:
				err = b.putCase(t, s.id(), s.row, newChanged())
			case kindMessage:
				err = b.putMessage(t, s.id(), s.items)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return firstOf(err, ctx.Err(), b.maintain(ctx))
}
