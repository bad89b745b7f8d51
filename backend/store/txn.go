package store

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"slices"
	"sync"

	"github.com/dgraph-io/badger/v4"

	"jiesu/backend/seal"
)

const (
	sumSize = 8
	// A batch is committed when it has this much. Badger takes 15 % of a table
	// in one transaction (630 KB), so the last step may add 300 KB.
	batchKeys  = 2000
	batchBytes = 300 << 10
)

// The package's own keys.
const (
	headKey  = 0x00
	countKey = 0x01
)

// ErrStop ends a Scan early without an error.
var ErrStop = errors.New("stop")

// ErrValue says that a stored value is not what was written.
var ErrValue = ErrDamaged

// Txn is one transaction. It is used by one goroutine and ends with the
// function it was given to.
type Txn struct {
	db      *DB
	b       *badger.Txn
	keys    int
	bytes   int
	open    bool // an iterator is open
	counts  map[string]int64
	commits []func()
}

// View runs fn on one unchanging state.
func (d *DB) View(fn func(*Txn) error) error {
	return d.alive(func() error {
		t := &Txn{db: d, b: d.badger.NewTransaction(false)}
		defer t.b.Discard()
		return fn(t)
	})
}

// Update runs fn and commits what it set, all or nothing. It takes up to 600 KB;
// more is for Batch. fn must not call Update.
func (d *DB) Update(fn func(*Txn) error) error {
	d.write.Lock()
	defer d.write.Unlock()
	return d.alive(func() error {
		t := d.newUpdate()
		defer t.b.Discard()
		if err := fn(t); err != nil {
			return err
		}
		return t.commit()
	})
}

// Batch calls step again and again, committing whenever enough has come
// together, until step reports that there is no more. What one call of step
// sets is committed together, so a step that also puts the head it reached
// keeps the database consistent. Other updates run between commits.
func (d *DB) Batch(ctx context.Context, step func(*Txn) (more bool, err error)) error {
	for more := true; more; {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := d.Update(func(t *Txn) (err error) {
			for more && t.keys < batchKeys && t.bytes < batchBytes {
				if more, err = step(t); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *DB) newUpdate() *Txn {
	return &Txn{db: d, b: d.badger.NewTransaction(true), counts: map[string]int64{}}
}

func (t *Txn) commit() error {
	for prefix, delta := range t.counts {
		if err := t.saveCount(prefix, delta); err != nil {
			return err
		}
	}
	if err := guard(func() error { return writeFault(t.b.Commit()) }); err != nil {
		return err
	}
	for _, fn := range t.commits {
		fn()
	}
	return nil
}

// onCommit runs fn once the transaction is committed, before another begins.
func (t *Txn) onCommit(fn func()) { t.commits = append(t.commits, fn) }

// writeFault tells apart what is no damage.
func writeFault(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, badger.ErrTxnTooBig):
		return errTooLarge.Wrap(err)
	case errors.Is(err, badger.ErrReadOnlyTxn), errors.Is(err, badger.ErrEmptyKey):
		return errKey.Wrap(err)
	}
	return errCommit.Wrap(err)
}

// Get gives a copy of a value; found is false if there is none.
func (t *Txn) Get(key []byte) (value []byte, found bool, err error) {
	err = guard(func() error {
		item, err := t.b.Get(key)
		if errors.Is(err, badger.ErrKeyNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		found = true
		raw, err := item.ValueCopy(nil)
		if err != nil {
			return err
		}
		value, err = t.db.sums.check(key, raw)
		return err
	})
	return value, found && err == nil, err
}

// Set writes a value. The slices are copied.
func (t *Txn) Set(key, value []byte) error {
	if err := callersKey(key); err != nil {
		return err
	}
	return t.set(key, value)
}

func (t *Txn) set(key, value []byte) error {
	if len(value) > MaxValue {
		return errTooLarge
	}
	t.keys++
	t.bytes += len(key) + len(value) + sumSize + 16
	return guard(func() error {
		return writeFault(t.b.Set(slices.Clone(key), t.db.sums.seal(key, value)))
	})
}

// Delete removes a key; a missing one is no error.
func (t *Txn) Delete(key []byte) error {
	if err := callersKey(key); err != nil {
		return err
	}
	return t.remove(key)
}

func (t *Txn) remove(key []byte) error {
	t.keys++
	t.bytes += len(key) + 16
	return guard(func() error { return writeFault(t.b.Delete(slices.Clone(key))) })
}

func callersKey(key []byte) error {
	if len(key) == 0 || len(key) > 1024 || key[0] < FirstKey {
		return errKey
	}
	return nil
}

// ScanOptions narrow a Scan.
type ScanOptions struct {
	From     []byte // begin at this key; default: the first, or last, of the prefix
	Reverse  bool
	Limit    int  // 0: no limit
	KeysOnly bool // value is nil, and is not checked
}

// reverseEnd sorts behind every key of a prefix: no key goes on with so many
// bytes 0xFF.
var reverseEnd = slices.Repeat([]byte{0xFF}, 16)

// Scan calls fn for every key with the prefix in order. key and value are
// valid during the call only. fn may return ErrStop. Within an Update, Scans
// cannot be nested.
func (t *Txn) Scan(prefix []byte, opts ScanOptions, fn func(key, value []byte) error) error {
	if t.open && t.counts != nil {
		return errKey.Wrap(errors.New("nested scan in an update"))
	}
	t.open = true
	defer func() { t.open = false }()
	var fromFn error // fn's errors pass as they are
	err := guard(func() error {
		it := t.b.NewIterator(badger.IteratorOptions{
			Prefix: prefix, Reverse: opts.Reverse, PrefetchSize: 100,
			PrefetchValues: !opts.KeysOnly && (opts.Limit == 0 || opts.Limit > 1),
		})
		defer it.Close()
		fromFn = t.each(it, prefix, opts, fn)
		return nil
	})
	if err == nil {
		err = fromFn
	}
	if errors.Is(err, ErrStop) {
		return nil
	}
	return err
}

func (t *Txn) each(it *badger.Iterator, prefix []byte, opts ScanOptions, fn func(key, value []byte) error) error {
	from := opts.From
	if from == nil && opts.Reverse {
		from = append(slices.Clone(prefix), reverseEnd...)
	} else if from == nil {
		from = prefix
	}
	n := 0
	for it.Seek(from); it.Valid(); it.Next() {
		item := it.Item()
		key := item.Key()
		var value []byte
		if !opts.KeysOnly {
			err := item.Value(func(raw []byte) (err error) {
				value, err = t.db.sums.check(key, raw)
				return err
			})
			if err != nil {
				return ErrDamaged.Wrap(err)
			}
		}
		if err := fn(key, value); err != nil {
			return err
		}
		if n++; n == opts.Limit {
			return nil
		}
	}
	return nil
}

// PutHead records how far a named source (the journal) is applied. Put it in
// the transaction that applies it.
func (t *Txn) PutHead(name string, head []byte) error {
	return t.set(append([]byte{headKey}, name...), head)
}

// Heads are all heads put so far.
func (d *DB) Heads() (map[string][]byte, error) {
	heads := map[string][]byte{}
	err := d.View(func(t *Txn) error {
		return t.Scan([]byte{headKey}, ScanOptions{}, func(key, value []byte) error {
			heads[string(key[1:])] = slices.Clone(value)
			return nil
		})
	})
	return heads, err
}

// AddCount notes that the transaction adds (or, below zero, removes) so many
// keys with the prefix, so that Verify can tell when some are missing.
func (t *Txn) AddCount(prefix []byte, delta int64) error {
	if t.counts == nil {
		return errKey
	}
	t.counts[string(prefix)] += delta
	return nil
}

// Count is the sum of AddCount for a prefix, committed transactions only.
func (t *Txn) Count(prefix []byte) (int64, error) {
	value, found, err := t.Get(append([]byte{countKey}, prefix...))
	if err != nil || !found {
		return 0, err
	}
	if len(value) != 8 {
		return 0, ErrDamaged
	}
	return int64(binary.BigEndian.Uint64(value)), nil
}

func (t *Txn) saveCount(prefix string, delta int64) error {
	if delta == 0 {
		return nil
	}
	now, err := t.Count([]byte(prefix))
	if err != nil {
		return err
	}
	return t.set(append([]byte{countKey}, prefix...), binary.BigEndian.AppendUint64(nil, uint64(now+delta)))
}

// checksums makes and checks the end of every value.
type checksums struct{ pool *sync.Pool }

func newChecksums(key seal.Key) checksums {
	sub := seal.Derive(key, seal.ContextStoreChecksum)
	return checksums{&sync.Pool{New: func() any { return hmac.New(sha256.New, sub[:]) }}}
}

func (c checksums) sum(key, value []byte, into []byte) []byte {
	h := c.pool.Get().(hash.Hash)
	defer c.pool.Put(h)
	h.Reset()
	h.Write([]byte{byte(len(key) >> 8), byte(len(key))})
	h.Write(key)
	h.Write(value)
	return h.Sum(into)
}

func (c checksums) seal(key, value []byte) []byte {
	out := make([]byte, len(value), len(value)+sha256.Size)
	copy(out, value)
	return c.sum(key, value, out)[:len(value)+sumSize]
}

func (c checksums) check(key, raw []byte) ([]byte, error) {
	n := len(raw) - sumSize
	var buf [sha256.Size]byte
	if n < 0 || !hmac.Equal(c.sum(key, raw[:n], buf[:0])[:sumSize], raw[n:]) {
		return nil, ErrValue
	}
	return raw[:n:n], nil
}
