package sharedfoldertest

import (
	"bytes"
	"errors"
	"io/fs"
	"sort"
	"testing"

	"jiesu/backend/sharedfolder"
)

// Conformance checks that a folder keeps what sharedfolder.FS promises.
// newFS gives an empty folder each time.
func Conformance(t *testing.T, newFS func(t *testing.T) sharedfolder.FS) {
	for _, tt := range []struct {
		name string
		run  func(t *testing.T, f sharedfolder.FS)
	}{
		{"an empty folder lists nothing", func(t *testing.T, f sharedfolder.FS) {
			if items, err := f.List("."); err != nil || len(items) != 0 {
				t.Fatalf("%v %v", items, err)
			}
		}},
		{"what is not there is said not to be there", absent},
		{"a file is written, named and read", written},
		{"no name is taken twice", taken},
		{"a limit is kept", limited},
		{"no name leads out of the folder", confined},
		{"a folder is no file and a file no folder", kinds},
		{"a removed file is gone and its folder stays", removed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := newFS(t)
			defer f.Close()
			tt.run(t, f)
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func want(t *testing.T, what string, err, target error) {
	t.Helper()
	if !errors.Is(err, target) {
		t.Fatalf("%s: got %v, want %v", what, err, target)
	}
}

func absent(t *testing.T, f sharedfolder.FS) {
	_, err := f.List("a")
	want(t, "list", err, fs.ErrNotExist)
	_, err = f.Read("a", 9)
	want(t, "read", err, fs.ErrNotExist)
	want(t, "remove", f.Remove("a"), fs.ErrNotExist)
	want(t, "rename", f.Rename("a", "b"), fs.ErrNotExist)
	want(t, "write without a folder", f.WriteTemp("a/b", nil), fs.ErrNotExist)
	want(t, "folder without a folder", f.MakeDir("a/b"), fs.ErrNotExist)
}

func written(t *testing.T, f sharedfolder.FS) {
	must(t, f.MakeDir("a"))
	must(t, f.MakeDir("a/d"))
	data := bytes.Repeat([]byte("投诉"), 50_000)
	must(t, f.WriteTemp("a/t", data))
	must(t, f.Rename("a/t", "a/f"))
	must(t, f.SyncDir("a"))
	got, err := f.Read("a/f", int64(len(data)))
	if err != nil || !bytes.Equal(got, data) {
		t.Fatalf("%d of %d bytes came back: %v", len(got), len(data), err)
	}
	items, err := f.List("a")
	sort.Slice(items, func(i, j int) bool { return items[i].Name < items[j].Name })
	if err != nil || len(items) != 2 || items[0] != (sharedfolder.Item{Name: "d", Dir: true}) || items[1] != (sharedfolder.Item{Name: "f"}) {
		t.Fatalf("%v %v", items, err)
	}
	must(t, f.WriteTemp("a/e", nil))
	if got, err := f.Read("a/e", 0); err != nil || len(got) != 0 {
		t.Fatalf("an empty file: %v %v", got, err)
	}
}

func taken(t *testing.T, f sharedfolder.FS) {
	must(t, f.MakeDir("a"))
	want(t, "folder again", f.MakeDir("a"), fs.ErrExist)
	must(t, f.WriteTemp("a/old", []byte("old")))
	want(t, "file again", f.WriteTemp("a/old", []byte("new")), fs.ErrExist)
	must(t, f.WriteTemp("a/new", []byte("new")))
	want(t, "rename over", f.Rename("a/new", "a/old"), fs.ErrExist)
	for _, name := range []string{"old", "new"} {
		if got, err := f.Read("a/"+name, 9); err != nil || string(got) != name {
			t.Fatalf("%s became %q %v", name, got, err)
		}
	}
}

func limited(t *testing.T, f sharedfolder.FS) {
	must(t, f.WriteTemp("f", []byte("12345")))
	_, err := f.Read("f", 4)
	want(t, "five bytes of four", err, sharedfolder.ErrTooLarge)
	if got, err := f.Read("f", 5); err != nil || string(got) != "12345" {
		t.Fatalf("%q %v", got, err)
	}
}

func confined(t *testing.T, f sharedfolder.FS) {
	for _, name := range []string{"../f", "a/../../f", "/tmp/f"} {
		if err := f.WriteTemp(name, []byte("x")); err == nil {
			t.Fatalf("%s was written", name)
		}
		if _, err := f.Read(name, 9); err == nil {
			t.Fatalf("%s was read", name)
		}
	}
}

func kinds(t *testing.T, f sharedfolder.FS) {
	must(t, f.MakeDir("a"))
	must(t, f.WriteTemp("f", nil))
	if _, err := f.Read("a", 9); err == nil {
		t.Fatal("a folder was read")
	}
	if _, err := f.List("f"); err == nil {
		t.Fatal("a file was listed")
	}
}

func removed(t *testing.T, f sharedfolder.FS) {
	must(t, f.MakeDir("a"))
	must(t, f.WriteTemp("a/f", nil))
	must(t, f.Remove("a/f"))
	if items, err := f.List("a"); err != nil || len(items) != 0 {
		t.Fatalf("%v %v", items, err)
	}
}
