package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/dgraph-io/badger/v4"
)

// Verdict is what Verify found.
type Verdict struct {
	Keys     uint64
	Problems []string // empty if all is well; no contents, only what kind
}

// Verify reads the whole database: the checksum of every table and value, and
// the number of keys under every counted prefix. It runs beside other work and
// takes about a second per 100,000 cases.
func (d *DB) Verify(ctx context.Context) (Verdict, error) {
	var v Verdict
	err := d.alive(func() error {
		if err := guard(d.badger.VerifyChecksum); err != nil {
			v.Problems = append(v.Problems, "a table does not match its checksum")
		}
		t := &Txn{db: d, b: d.badger.NewTransaction(false)}
		defer t.b.Discard()
		return v.count(ctx, t)
	})
	return v, err
}

// count compares the counters with one walk over all keys of one state.
func (v *Verdict) count(ctx context.Context, t *Txn) error {
	want, err := t.counters()
	if err != nil {
		v.Problems = append(v.Problems, "the counters cannot be read")
		return nil
	}
	have, bad := map[string]int64{}, 0
	err = guard(func() error {
		it := t.b.NewIterator(badger.IteratorOptions{PrefetchValues: true, PrefetchSize: 100})
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			if v.Keys++; v.Keys%1024 == 0 && ctx.Err() != nil {
				return nil
			}
			item := it.Item()
			if item.Value(func(raw []byte) error {
				_, err := t.db.sums.check(item.Key(), raw)
				return err
			}) != nil {
				bad++
			}
			for prefix := range want {
				if strings.HasPrefix(string(item.Key()), prefix) {
					have[prefix]++
				}
			}
		}
		return nil
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		v.Problems = append(v.Problems, "reading all keys failed")
	}
	if bad > 0 {
		v.Problems = append(v.Problems, fmt.Sprintf("%d values do not match their checksum", bad))
	}
	for prefix, n := range want {
		if have[prefix] != n {
			v.Problems = append(v.Problems, fmt.Sprintf("prefix %x: %d keys, should be %d", prefix, have[prefix], n))
		}
	}
	return nil
}

func (t *Txn) counters() (map[string]int64, error) {
	want := map[string]int64{}
	var prefixes []string
	err := t.Scan([]byte{countKey}, ScanOptions{KeysOnly: true}, func(key, _ []byte) error {
		prefixes = append(prefixes, string(key[1:]))
		return nil
	})
	for _, p := range prefixes {
		if err == nil {
			want[p], err = t.Count([]byte(p))
		}
	}
	return want, err
}
