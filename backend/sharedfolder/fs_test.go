package sharedfolder_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"jiesu/backend/sharedfolder"
	"jiesu/backend/sharedfolder/sharedfoldertest"
)

func TestRealFolderConforms(t *testing.T) {
	sharedfoldertest.Conformance(t, func(t *testing.T) sharedfolder.FS {
		f, err := sharedfolder.OpenDir(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		return f
	})
}

func TestLyingFolderConformsWhileItTellsTheTruth(t *testing.T) {
	sharedfoldertest.Conformance(t, func(t *testing.T) sharedfolder.FS {
		f, err := sharedfoldertest.New(1).View().Open()
		if err != nil {
			t.Fatal(err)
		}
		return f
	})
}

func TestRealFolderRefusesPipesAndLinksThatLeadOut(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need rights there")
	}
	dir := t.TempDir()
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	f, err := sharedfolder.OpenDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Read("link", 9); err == nil {
		t.Fatal("a link led out of the folder")
	}
	if _, err := f.Read("/dev/zero", 9); err == nil {
		t.Fatal("an absolute name was read")
	}
	if _, err := sharedfolder.OpenDir(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("a missing folder: %v", err)
	}
}

func TestHangingFileDelaysNobody(t *testing.T) {
	w := newTown(t, 1, "甲", "乙")
	a, b := w.offices[0], w.offices[1]
	a.write("one")
	b.write("two")
	a.sync()
	b.sync()
	view := w.store.View()
	c := newOffice(t, "丙", view.Open, func() time.Time { return w.now }, func(o *sharedfolder.Options) { o.TimeLimit = 30 * time.Millisecond })
	release := view.Block(w.segments(a.dir())[0])
	began := time.Now()
	r := c.sync()
	if c.held(b) != 1 || c.held(a) != 0 || !says(r.Skipped, ".seg", "超时") {
		t.Fatalf("held %d and %d, skipped %v", c.held(a), c.held(b), r.Skipped)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Fatalf("the round took %v", took)
	}
	w.pass(time.Minute)
	c.sync() // the first read still hangs: not asked again, nothing piles up
	release()
	for deadline := time.Now().Add(5 * time.Second); c.held(a) == 0 && time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		w.pass(time.Minute)
		c.sync()
	}
	if c.held(a) != 1 {
		t.Fatal("the file was not read after it came back")
	}
}

func TestDeadShareIsGivenUpSoon(t *testing.T) {
	w := newTown(t, 1, "甲", "乙", "丙", "丁", "戊", "己", "庚")
	for _, o := range w.offices {
		o.write("one")
		o.sync()
	}
	view := w.store.View()
	o := newOffice(t, "辛", view.Open, func() time.Time { return w.now }, func(o *sharedfolder.Options) { o.TimeLimit = 200 * time.Millisecond })
	for _, other := range w.offices {
		defer view.Block(other.dir())()
	}
	began := time.Now()
	if _, err := o.Exchange(context.Background()); !errors.Is(err, sharedfolder.ErrOffline) {
		t.Fatalf("got %v", err)
	}
	if took := time.Since(began); took > 1300*time.Millisecond {
		t.Fatalf("given up after %v, which is longer than three time limits", took)
	}
}

func TestCancelledExchangeReturnsAtOnce(t *testing.T) {
	w := newTown(t, 1, "甲")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := w.offices[0].Exchange(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
}

func TestWatchedNamesLeavesOutWhatNoLongerChanges(t *testing.T) {
	got := sharedfolder.WatchedNames("", []string{"000000", "000001", "000002", "admit", "b", "relay"})
	if want := []string{"relay", "admit", "000002", "000001"}; !slices.Equal(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
}
