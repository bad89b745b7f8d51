package store

import (
	"context"
	"slices"
)

// build writes the pages and lists of a new segment. Until it is published it
// counts as garbage, so that a crash leaves nothing behind.
func (x *Index) build(ctx context.Context, level int, docs []uint32, fill func(*pageWriter) error) (*segment, error) {
	x.mu.Lock()
	s := &segment{id: x.next, level: level, docs: slices.Clone(docs)}
	x.next++
	x.garbage = append(x.garbage, s.id)
	x.mu.Unlock()
	if err := x.db.Update(func(t *Txn) error { return t.set(indexKeyOf(garbageKind, s.id), nil) }); err != nil {
		return nil, err
	}
	out := &batchWriter{db: x.db}
	w := &pageWriter{emit: func(number uint32, page []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return out.set(indexKeyOf(pageKind, s.id, number), slices.Clone(page))
	}}
	if err := fill(w); err != nil {
		return nil, err
	}
	if err := w.flush(); err != nil {
		return nil, err
	}
	s.firsts = slices.Clip(w.firsts)
	if err := s.lists(out.set); err != nil {
		return nil, err
	}
	return s, out.flush()
}

// publish makes a built segment part of the index, in the place of others,
// when t is committed.
func (x *Index) publish(t *Txn, s *segment, instead []*segment) error {
	if err := t.set(indexKeyOf(segmentKind, s.id), []byte{byte(s.level)}); err != nil {
		return err
	}
	if err := t.remove(indexKeyOf(garbageKind, s.id)); err != nil {
		return err
	}
	for _, old := range instead {
		if err := t.remove(indexKeyOf(segmentKind, old.id)); err != nil {
			return err
		}
		if err := t.set(indexKeyOf(garbageKind, old.id), nil); err != nil {
			return err
		}
	}
	t.onCommit(func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		replaced := map[uint32]bool{}
		for _, old := range instead {
			replaced[old.id] = true
			x.garbage = append(x.garbage, old.id)
		}
		x.garbage = slices.DeleteFunc(x.garbage, func(id uint32) bool { return id == s.id })
		x.segments = slices.DeleteFunc(x.segments, func(old *segment) bool { return replaced[old.id] })
		x.segments = append(x.segments, s)
		slices.SortFunc(x.segments, byID)
		for _, doc := range s.docs {
			if h := x.home[doc]; replaced[h] || instead == nil && !x.tail.has(doc) {
				x.home[doc] = s.id
			}
		}
		if instead == nil {
			x.frozen = tail{}
		}
	})
	return nil
}

// removeGarbage removes unfinished and merged segments.
func (x *Index) removeGarbage(ctx context.Context) error {
	x.mu.RLock()
	garbage := slices.Clone(x.garbage)
	x.mu.RUnlock()
	for _, id := range garbage {
		for _, kind := range []byte{pageKind, docsKind, firstsKind} {
			if err := x.db.removeAll(ctx, indexKeyOf(kind, id)); err != nil {
				return err
			}
		}
		if err := x.db.Update(func(t *Txn) error { return t.remove(indexKeyOf(garbageKind, id)) }); err != nil {
			return err
		}
		x.mu.Lock()
		x.garbage = slices.DeleteFunc(x.garbage, func(g uint32) bool { return g == id })
		x.mu.Unlock()
	}
	return nil
}

func (d *DB) removeAll(ctx context.Context, prefix []byte) error {
	var keys [][]byte
	err := d.View(func(t *Txn) error {
		return t.Scan(prefix, ScanOptions{KeysOnly: true}, func(key, _ []byte) error {
			keys = append(keys, slices.Clone(key))
			return nil
		})
	})
	if err != nil || len(keys) == 0 {
		return err
	}
	return d.Batch(ctx, func(t *Txn) (bool, error) {
		key := keys[0]
		keys = keys[1:]
		return len(keys) > 0, t.remove(key)
	})
}

// batchWriter commits what it is given in batches; updates of others run
// between them.
type batchWriter struct {
	db          *DB
	keys, pages [][]byte
	bytes       int
}

func (b *batchWriter) set(key, value []byte) error {
	b.keys, b.pages = append(b.keys, key), append(b.pages, value)
	if b.bytes += len(value); b.bytes < batchBytes {
		return nil
	}
	return b.flush()
}

func (b *batchWriter) flush() error {
	err := b.db.Update(func(t *Txn) error {
		for i, key := range b.keys {
			if err := t.set(key, b.pages[i]); err != nil {
				return err
			}
		}
		return nil
	})
	b.keys, b.pages, b.bytes = b.keys[:0], b.pages[:0], 0
	return err
}
