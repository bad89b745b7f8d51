package blobfile

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var ctx = context.Background()

const limit = 1 << 20

func open(t testing.TB) *Folder {
	t.Helper()
	f, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func put(t testing.TB, f *Folder, data []byte) Ref {
	t.Helper()
	ref, err := f.Put(ctx, bytes.NewReader(data), limit)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func read(f *Folder, ref Ref) ([]byte, error) {
	r, err := f.Open(ref)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

func sample(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i * 7 >> 3)
	}
	return b
}

// files lists everything below the folder.
func files(t *testing.T, f *Folder) (names []string) {
	t.Helper()
	filepath.WalkDir(f.dir, func(path string, d os.DirEntry, _ error) error {
		if !d.IsDir() {
			names = append(names, path)
		}
		return nil
	})
	return names
}

func TestPutAndOpen(t *testing.T) {
	f := open(t)
	for _, n := range []int{0, 1, chunkSize - 1, chunkSize, chunkSize + 1, 3 * chunkSize, 5*chunkSize + 17} {
		data := sample(n)
		ref := put(t, f, data)
		got, err := read(f, ref)
		if err != nil || !bytes.Equal(got, data) || ref.Size != int64(n) {
			t.Fatalf("%d bytes: %v", n, err)
		}
		r, size, err := f.Export(ref.Hash)
		if err != nil || size != SealedSize(int64(n)) {
			t.Fatalf("%d bytes: %d on disk, want %d", n, size, SealedSize(int64(n)))
		}
		r.Close()
		if err := f.Check(ctx, ref.Hash); err != nil {
			t.Fatal(err)
		}
	}
	if first, again := put(t, f, sample(9)), put(t, f, sample(9)); first.Hash == again.Hash {
		t.Fatal("equal files have equal names: that tells who has the same attachment")
	}
}

func TestAnyAlterationIsNoticed(t *testing.T) {
	f := open(t)
	data := sample(2*chunkSize + 100)
	ref := put(t, f, data)
	whole, _ := os.ReadFile(f.path(ref.Hash))
	first := len(magic) + sealedSize
	tests := map[string][]byte{
		"a bit in the first chunk":  flip(whole, 100),
		"a bit in the last chunk":   flip(whole, len(whole)-1),
		"a bit in the beginning":    flip(whole, 0),
		"cut inside a chunk":        whole[:len(whole)-10],
		"cut between chunks":        whole[:first],
		"everything cut":            {},
		"bytes added":               append(bytes.Clone(whole), 0),
		"chunks swapped":            slicesOf(whole[:len(magic)], whole[first:first+sealedSize], whole[len(magic):first], whole[first+sealedSize:]),
		"a chunk twice":             slicesOf(whole[:first], whole[len(magic):]),
		"the last chunk alone left": slicesOf(whole[:len(magic)], whole[first+sealedSize:]),
	}
	for name, bad := range tests {
		t.Run(name, func(t *testing.T) {
			os.WriteFile(f.path(ref.Hash), bad, 0o600)
			if _, err := read(f, ref); !errors.Is(err, ErrDamaged) {
				t.Fatalf("read: %v", err)
			}
			if err := f.Check(ctx, ref.Hash); !errors.Is(err, ErrDamaged) {
				t.Fatalf("check: %v", err)
			}
			if err := open(t).Import(ctx, ref.Hash, bytes.NewReader(bad), limit); !errors.Is(err, ErrDamaged) {
				t.Fatalf("import: %v", err)
			}
		})
	}
	os.WriteFile(f.path(ref.Hash), whole, 0o600)
	ref.Size--
	if _, err := read(f, ref); !errors.Is(err, ErrDamaged) {
		t.Fatalf("wrong size: %v", err)
	}
}

func flip(b []byte, at int) []byte {
	b = bytes.Clone(b)
	b[at] ^= 1
	return b
}

func slicesOf(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

func TestAnotherOfficeGetsTheSameFile(t *testing.T) {
	a, b := open(t), open(t)
	ref := put(t, a, sample(200000))
	if _, err := read(b, ref); !errors.Is(err, ErrMissing) {
		t.Fatalf("before: %v", err)
	}
	for i := range 3 { // again is no error, and mends
		if i == 2 {
			os.WriteFile(b.path(ref.Hash), []byte("damaged"), 0o600)
		}
		r, _, err := a.Export(ref.Hash)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Import(ctx, ref.Hash, r, limit); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	raw, err := json.Marshal(ref)
	var carried Ref
	if err != nil || json.Unmarshal(raw, &carried) != nil || carried != ref {
		t.Fatalf("a Ref must survive JSON: %s", raw)
	}
	if got, err := read(b, carried); err != nil || !bytes.Equal(got, sample(200000)) {
		t.Fatalf("after: %v", err)
	}
}

// failing fails after some bytes.
type failing struct{ left int }

func (r *failing) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, errors.New("the line broke")
	}
	n := min(len(p), r.left)
	r.left -= n
	return n, nil
}

func TestNothingPartialIsLeft(t *testing.T) {
	gone, cancel := context.WithCancel(ctx)
	cancel()
	hash := strings.Repeat("ab", 32)
	for name, fn := range map[string]func(*Folder) error{
		"too large":        func(f *Folder) error { _, err := f.Put(ctx, bytes.NewReader(sample(101)), 100); return err },
		"a broken line":    func(f *Folder) error { _, err := f.Put(ctx, &failing{100000}, limit); return err },
		"cancelled":        func(f *Folder) error { _, err := f.Put(gone, bytes.NewReader(sample(9)), limit); return err },
		"import too large": func(f *Folder) error { return f.Import(ctx, hash, bytes.NewReader(sample(101)), 100) },
		"import broken":    func(f *Folder) error { return f.Import(ctx, hash, &failing{100}, limit) },
		"import of a path": func(f *Folder) error { return f.Import(ctx, "../../x", bytes.NewReader(nil), limit) },
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t)
			if err := fn(f); err == nil {
				t.Fatal("no error")
			}
			if left := files(t, f); len(left) > 0 {
				t.Fatalf("left: %v", left)
			}
		})
	}
}

func TestOpeningCleansWhatACrashLeft(t *testing.T) {
	f := open(t)
	ref := put(t, f, sample(10))
	os.WriteFile(filepath.Join(f.dir, tempPrefix+"123"), sample(10), 0o600)
	f, err := Open(f.dir)
	if err != nil {
		t.Fatal(err)
	}
	if left := files(t, f); len(left) != 1 || !f.Has(ref.Hash) {
		t.Fatalf("left: %v", left)
	}
}

func TestListAndDelete(t *testing.T) {
	f := open(t)
	ref := put(t, f, sample(10))
	os.WriteFile(filepath.Join(f.dir, "desktop.ini"), nil, 0o600)
	var listed []string
	err := f.List(ctx, func(hash string, size int64) error {
		listed = append(listed, hash)
		return nil
	})
	if err != nil || len(listed) != 1 || listed[0] != ref.Hash {
		t.Fatalf("listed %v %v", listed, err)
	}
	now := time.Now()
	if err := f.Delete(ref.Hash, now.Add(29*24*time.Hour)); !errors.Is(err, errTooYoung) || !f.Has(ref.Hash) {
		t.Fatalf("a young file: %v", err)
	}
	if err := f.Delete(ref.Hash, now.Add(31*24*time.Hour)); err != nil || f.Has(ref.Hash) {
		t.Fatalf("an old file: %v", err)
	}
	if err := f.Delete(ref.Hash, now); err != nil {
		t.Fatalf("deleting twice: %v", err)
	}
	if err := f.Delete("../x", now); !errors.Is(err, errHash) {
		t.Fatalf("a path: %v", err)
	}
}

func TestNothingReadableOnDisk(t *testing.T) {
	f := open(t)
	ref, err := f.Put(ctx, strings.NewReader(strings.Repeat("样本身份证 ", 100)), limit)
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := os.ReadFile(f.path(ref.Hash))
	if bytes.Contains(raw, []byte("样本")) || bytes.Contains(raw, ref.Key[:]) {
		t.Fatal("plaintext on disk")
	}
}

// TestGoldenV0 proves that a blob of the first version still opens.
func TestGoldenV0(t *testing.T) {
	f := open(t)
	raw, err := os.ReadFile("testdata/blob-v0.json")
	if err != nil {
		t.Fatal(err)
	}
	var golden struct {
		Ref  Ref
		Blob []byte
	}
	if err := json.Unmarshal(raw, &golden); err != nil {
		t.Fatal(err)
	}
	if err := f.Import(ctx, golden.Ref.Hash, bytes.NewReader(golden.Blob), limit); err != nil {
		t.Fatal(err)
	}
	if got, err := read(f, golden.Ref); err != nil || string(got) != "样本附件" {
		t.Fatalf("%q %v", got, err)
	}
}

func FuzzOpen(f *testing.F) {
	folder := open(f)
	ref := put(f, folder, sample(100))
	raw, _ := os.ReadFile(folder.path(ref.Hash))
	f.Add(raw)
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, b []byte) {
		os.WriteFile(folder.path(ref.Hash), b, 0o600)
		if got, err := read(folder, ref); err == nil && !bytes.Equal(got, sample(100)) {
			t.Fatal("other bytes opened")
		}
	})
}

func BenchmarkPut1MB(b *testing.B) {
	f, data := open(b), sample(limit)
	b.SetBytes(limit)
	for b.Loop() {
		put(b, f, data)
	}
}
