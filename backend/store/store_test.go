package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jiesu/backend/seal"
	"jiesu/backend/store/storetest"
)

var (
	ctx     = context.Background()
	testKey = seal.Key{4, 5, 6}
)

func mustOpen(t testing.TB, dir string) *DB {
	t.Helper()
	d, err := Open(dir, testKey, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func rowKey(i int) []byte { return fmt.Appendf([]byte{FirstKey}, "row/%06d", i) }

// rowValue is text that Snappy cannot shrink to nothing.
func rowValue(i int) []byte {
	r := rand.New(rand.NewPCG(uint64(i), 1))
	b := fmt.Appendf(nil, "样本 %d ", i)
	for range 40 {
		b = fmt.Appendf(b, "%x", r.Uint32())
	}
	return b
}

// fill writes rows from..to with their count and the head reached.
func fill(t testing.TB, d *DB, from, to int) {
	t.Helper()
	err := d.Batch(ctx, func(tx *Txn) (bool, error) {
		if from == to {
			return false, nil
		}
		err := errors.Join(tx.Set(rowKey(from), rowValue(from)),
			tx.AddCount([]byte{FirstKey}, 1), tx.PutHead("journal", fmt.Appendf(nil, "%d", from+1)))
		from++
		return true, err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSetGetScanDelete(t *testing.T) {
	dir := t.TempDir()
	d := mustOpen(t, dir)
	fill(t, d, 0, 5000)
	if err := d.Update(func(tx *Txn) error {
		return errors.Join(tx.Delete(rowKey(7)), tx.AddCount([]byte{FirstKey}, -1))
	}); err != nil {
		t.Fatal(err)
	}
	d.Close()
	d = mustOpen(t, dir)
	if d.Unclean() {
		t.Fatal("closed, but called unclean")
	}
	d.View(func(tx *Txn) error {
		for _, i := range []int{0, 7, 4999, 5000} {
			v, found, err := tx.Get(rowKey(i))
			if err != nil || found != (i != 7 && i < 5000) || found && !bytes.Equal(v, rowValue(i)) {
				t.Fatalf("row %d: %v %v", i, found, err)
			}
		}
		tests := []struct {
			name  string
			opts  ScanOptions
			first int
			n     int
		}{
			{"all", ScanOptions{}, 0, 4999},
			{"limited", ScanOptions{Limit: 10}, 0, 10},
			{"from a key", ScanOptions{From: rowKey(4000)}, 4000, 1000},
			{"backwards", ScanOptions{Reverse: true, Limit: 3}, 4999, 3},
			{"backwards from a key", ScanOptions{Reverse: true, From: rowKey(20), KeysOnly: true}, 20, 20},
		}
		for _, tt := range tests {
			var keys []string
			err := tx.Scan([]byte{FirstKey}, tt.opts, func(k, v []byte) error {
				if tt.opts.KeysOnly != (v == nil) {
					t.Fatalf("%s: value %q", tt.name, v)
				}
				keys = append(keys, string(k))
				return nil
			})
			if err != nil || len(keys) != tt.n || keys[0] != string(rowKey(tt.first)) {
				t.Fatalf("%s: %d keys from %q, %v", tt.name, len(keys), keys[0], err)
			}
		}
		return tx.Scan([]byte{FirstKey}, ScanOptions{}, func(_, _ []byte) error { return ErrStop })
	})
	heads, err := d.Heads()
	if err != nil || string(heads["journal"]) != "5000" {
		t.Fatalf("heads %q %v", heads, err)
	}
	if v, err := d.Verify(ctx); err != nil || len(v.Problems) > 0 || v.Keys < 4999 {
		t.Fatalf("verify %+v %v", v, err)
	}
	if n, err := d.Size(); err != nil || n < 1000 {
		t.Fatalf("size %d %v", n, err)
	}
}

func TestUpdateIsAllOrNothing(t *testing.T) {
	d := mustOpen(t, t.TempDir())
	boom := errors.New("boom")
	ran := false
	err := d.Update(func(tx *Txn) error {
		tx.Set(rowKey(1), []byte("x"))
		tx.AddCount([]byte{FirstKey}, 1)
		tx.onCommit(func() { ran = true })
		return boom
	})
	if !errors.Is(err, boom) || ran {
		t.Fatalf("%v ran %v", err, ran)
	}
	d.View(func(tx *Txn) error {
		if _, found, _ := tx.Get(rowKey(1)); found {
			t.Fatal("half an update was kept")
		}
		if n, _ := tx.Count([]byte{FirstKey}); n != 0 {
			t.Fatalf("count %d", n)
		}
		return nil
	})
}

func TestRefusedWrites(t *testing.T) {
	d := mustOpen(t, t.TempDir())
	tests := []struct {
		name string
		fn   func(*Txn) error
		want error
	}{
		{"a value too long", func(tx *Txn) error { return tx.Set(rowKey(0), make([]byte, MaxValue+1)) }, errTooLarge},
		{"a key of the package", func(tx *Txn) error { return tx.Set([]byte{headKey, 1}, nil) }, errKey},
		{"an empty key", func(tx *Txn) error { return tx.Set(nil, nil) }, errKey},
		{"deleting a key of the package", func(tx *Txn) error { return tx.Delete([]byte{countKey}) }, errKey},
		{"a transaction too long", func(tx *Txn) error {
			for i := range 8 {
				if err := tx.Set(rowKey(i), make([]byte, MaxValue)); err != nil {
					return err
				}
			}
			return nil
		}, errTooLarge},
		{"nested scans", func(tx *Txn) error {
			tx.Set(rowKey(0), nil)
			return tx.Scan(nil, ScanOptions{}, func(_, _ []byte) error {
				return tx.Scan(nil, ScanOptions{}, func(_, _ []byte) error { return nil })
			})
		}, errKey},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := d.Update(tt.fn); !errors.Is(err, tt.want) {
				t.Fatalf("got %v", err)
			}
		})
	}
	d.View(func(tx *Txn) error {
		if err := tx.Set(rowKey(0), nil); !errors.Is(err, errKey) {
			t.Fatalf("writing in a view: %v", err)
		}
		return nil
	})
	d.Close()
	if err := d.View(func(*Txn) error { return nil }); !errors.Is(err, errClosed) {
		t.Fatalf("closed: %v", err)
	}
}

func TestASecondWindowIsToldSo(t *testing.T) {
	dir := t.TempDir()
	mustOpen(t, dir)
	if _, err := openBadger(tuned(dir, testKey, nil)); !errors.Is(err, errLocked) {
		t.Fatalf("got %v", err)
	}
}

// detected says how damage shows, or "" if a reader would be fooled.
func detected(dir string, rows int) string {
	d, err := Open(dir, testKey, Options{})
	if err != nil {
		if errors.Is(err, ErrDamaged) {
			return "at opening"
		}
		return ""
	}
	defer d.Close()
	heads, err := d.Heads()
	if err != nil {
		return "heads"
	}
	if string(heads["journal"]) != fmt.Sprint(rows) {
		return "head differs" // the caller replays the journal from there
	}
	err = d.View(func(tx *Txn) error {
		return tx.Scan([]byte{FirstKey}, ScanOptions{}, func(_, _ []byte) error { return nil })
	})
	if errors.Is(err, ErrDamaged) {
		return "checksum"
	}
	if v, err := d.Verify(ctx); err != nil || len(v.Problems) > 0 {
		return "verify: " + strings.Join(v.Problems, ", ")
	}
	return ""
}

// TestEveryDamageIsDetected is the corruption table: whatever happens to the
// folder shows itself before a reader is fooled for long.
func TestEveryDamageIsDetected(t *testing.T) {
	const rows = 30000
	dir := filepath.Join(t.TempDir(), "db")
	d := mustOpen(t, dir)
	fill(t, d, 0, rows)
	killed := storetest.Copy(t, dir)
	d.Close()
	if how := detected(storetest.Copy(t, dir), rows); how != "" {
		t.Fatalf("an undamaged closed folder: %s", how)
	}
	if how := detected(storetest.Copy(t, killed), rows); how != "" {
		t.Fatalf("an undamaged folder of a killed process: %s", how)
	}
	for _, row := range storetest.Rows() {
		t.Run(row.Name, func(t *testing.T) {
			from := dir
			if row.Live {
				from = killed
			}
			copied := storetest.Copy(t, from)
			storetest.Damage(t, copied, row)
			how := detected(copied, rows)
			if how == "" {
				t.Fatal("nobody noticed")
			}
			t.Log(how)
		})
	}
	t.Run("another key", func(t *testing.T) {
		if _, err := Open(storetest.Copy(t, dir), seal.Key{9}, Options{}); !errors.Is(err, ErrDamaged) {
			t.Fatalf("got %v", err)
		}
	})
}

func TestACrashInsideTheDatabaseLeadsToARebuild(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "db")
	d := mustOpen(t, dir)
	fill(t, d, 0, 10)
	t.Run("while opening", func(t *testing.T) {
		c := storetest.Copy(t, dir)
		writeMarker(c, openingMarker)
		if _, err := Open(c, testKey, Options{}); !errors.Is(err, ErrDamaged) {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("again and again soon after", func(t *testing.T) {
		c, n := storetest.Copy(t, dir), 0
		for ; n < 10; n++ {
			d, err := Open(c, testKey, Options{})
			if errors.Is(err, ErrDamaged) {
				break
			}
			if err != nil || !d.Unclean() {
				t.Fatalf("%v unclean %v", err, d.Unclean())
			}
			c = storetest.Copy(t, c)
			d.Close()
		}
		if n != maxCrashes {
			t.Fatalf("blamed after %d crashes", n)
		}
	})
	t.Run("long after, it is not blamed", func(t *testing.T) {
		c := storetest.Copy(t, dir)
		for range 2 * maxCrashes {
			d, err := Open(c, testKey, Options{Settle: time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			for exists(c, markerName) {
				time.Sleep(time.Millisecond)
			}
			c = storetest.Copy(t, c)
			d.Close()
		}
	})
}

func TestSetAsideKeepsTwo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "db")
	var last string
	for i := range 4 {
		d := mustOpen(t, dir)
		d.Close()
		var err error
		if last, err = SetAside(dir, time.Unix(int64(i), 0)); err != nil {
			t.Fatal(err)
		}
	}
	kept, _ := filepath.Glob(dir + "*")
	if len(kept) != keepAside || !slices.Contains(kept, last) {
		t.Fatalf("kept %v", kept)
	}
}

func TestNothingReadableOnDisk(t *testing.T) {
	dir := t.TempDir()
	d := mustOpen(t, dir)
	d.Update(func(tx *Txn) error { return tx.Set(rowKey(1), []byte("样本电话 13800000000")) })
	d.Close()
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		raw, _ := os.ReadFile(filepath.Join(dir, e.Name()))
		if bytes.Contains(raw, []byte("13800000000")) || bytes.Contains(raw, []byte("row/0")) {
			t.Fatalf("plaintext in %s", e.Name())
		}
	}
}

func BenchmarkOneCommand(b *testing.B) {
	d := mustOpen(b, b.TempDir())
	i := 0
	for b.Loop() {
		d.Update(func(tx *Txn) error {
			for j := range 10 {
				tx.Set(rowKey(i*10+j), rowValue(j))
			}
			return tx.PutHead("journal", rowKey(i))
		})
		i++
	}
}
