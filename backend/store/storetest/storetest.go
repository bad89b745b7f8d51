// Package storetest damages a database folder in every way that was seen, or
// must be expected, on officers' machines, for tests of package store and of
// whoever must rebuild what it loses.
package storetest

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// Row is one kind of damage.
type Row struct {
	Name string
	// Live rows need the folder of a process that was killed (Copy of an open
	// database); the others also fit a closed one that holds a table.
	Live bool

	pattern string
	damage  func(raw []byte) []byte // nil: the file is removed
}

// Rows are all kinds of damage.
func Rows() []Row {
	return []Row{
		{"a bit flipped in the write-ahead log", true, "*.mem", flipMiddle},
		{"the write-ahead log deleted", true, "*.mem", nil},
		{"MANIFEST deleted", false, "MANIFEST", nil},
		{"MANIFEST deleted, killed process", true, "MANIFEST", nil},
		{"MANIFEST 10 bytes short", false, "MANIFEST", cut(10)},
		{"MANIFEST 10 bytes short, killed process", true, "MANIFEST", cut(10)},
		{"MANIFEST with a bit flipped", false, "MANIFEST", flipMiddle},
		{"a bit flipped in a table", false, "*.sst", flipAt(100)},
		{"three bits flipped in a table", false, "*.sst", flipAt(50, 500, 1500)},
		{"a bit flipped in the index of a table", false, "*.sst", flipFromEnd(40)},
		{"a table truncated", false, "*.sst", func(b []byte) []byte { return b[:len(b)/2] }},
		{"a table truncated, killed process", true, "*.sst", func(b []byte) []byte { return b[:len(b)/2] }},
		{"a table of zeros", false, "*.sst", zero},
		{"a table missing", false, "*.sst", nil},
		{"a table missing, killed process", true, "*.sst", nil},
		{"KEYREGISTRY missing", false, "KEYREGISTRY", nil},
		{"KEYREGISTRY of zeros", false, "KEYREGISTRY", zero},
		{"KEYREGISTRY of zeros, killed process", true, "KEYREGISTRY", zero},
	}
}

// Damage does what the row says to the largest file it fits. It fails the test
// if there is none, so that no test passes for lack of a file.
func Damage(t testing.TB, dir string, row Row) {
	t.Helper()
	fits, _ := filepath.Glob(filepath.Join(dir, row.pattern))
	if len(fits) == 0 {
		t.Fatalf("no file %s to damage", row.pattern)
	}
	size := func(name string) int64 {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	name := slices.MaxFunc(fits, func(a, b string) int { return int(size(a) - size(b)) })
	if row.damage == nil {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		return
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	after := row.damage(slices.Clone(raw))
	if bytes.Equal(raw, after) {
		t.Fatalf("damage left %s as it was", filepath.Base(name))
	}
	if err := os.WriteFile(name, after, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Copy copies the folder of an open database: what a killed process leaves. It
// waits for a moment in which the folder does not change, as a kill has it.
func Copy(t testing.TB, dir string) string {
	t.Helper()
	for range 100 {
		to := filepath.Join(t.TempDir(), "copy")
		before := names(dir)
		err := os.CopyFS(to, os.DirFS(dir))
		if err == nil && slices.Equal(before, names(dir)) {
			return to
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the folder does not come to rest")
	return ""
}

func names(dir string) []string {
	found, _ := filepath.Glob(filepath.Join(dir, "*"))
	return found
}

// flipMiddle flips a bit in the middle of what is written: logs are longer
// than their contents.
func flipMiddle(raw []byte) []byte {
	raw[len(bytes.TrimRight(raw, "\x00"))/2] ^= 0x04
	return raw
}

func flipAt(offsets ...int) func([]byte) []byte {
	return func(raw []byte) []byte {
		for _, off := range offsets {
			raw[off%len(raw)] ^= 0x04
		}
		return raw
	}
}

func flipFromEnd(n int) func([]byte) []byte {
	return func(raw []byte) []byte { raw[len(raw)-n] ^= 0x04; return raw }
}

func cut(n int) func([]byte) []byte {
	return func(raw []byte) []byte { return raw[:len(raw)-n] }
}

func zero(raw []byte) []byte { clear(raw); return raw }
