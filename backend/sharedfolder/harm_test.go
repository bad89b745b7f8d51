package sharedfolder_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"jiesu/backend/fault"
	"jiesu/backend/sharedfolder"
	"jiesu/backend/sharedfolder/sharedfoldertest"
)

func TestOneSpoiltFileDelaysNobodyAndIsHealed(t *testing.T) {
	for harm, why := range map[sharedfoldertest.Harm]string{
		sharedfoldertest.Half: "不完整", sharedfoldertest.NULs: "空字节", sharedfoldertest.Empty: "空文件",
		sharedfoldertest.HTML: "网页", sharedfoldertest.Flip: "损坏",
	} {
		t.Run(why, func(t *testing.T) {
			w := newTown(t, 1, "甲", "乙", "丙")
			a, b, c := w.offices[0], w.offices[1], w.offices[2]
			w.rounds(1)
			a.writeMany(3)
			a.sync()
			spoilt := w.segments(a.dir())[0]
			w.store.Damage(spoilt, harm)
			b.write("an unrelated edit")
			b.sync()
			r := c.sync()
			if c.held(b) != 1 || c.held(a) != 0 || !says(r.Skipped, spoilt, why) {
				t.Fatalf("held %d of 乙, %d of 甲, skipped %v", c.held(b), c.held(a), r.Skipped)
			}
			w.rounds(40)
			if c.held(a) != 3 || b.held(a) != 3 {
				t.Fatalf("not healed: %d and %d of 3", b.held(a), c.held(a))
			}
			if got := w.segments(a.dir()); len(got) != 1 || got[0] == spoilt {
				t.Fatalf("the spoilt file was not replaced: %v", got)
			}
			if r := c.sync(); len(r.Skipped) != 0 {
				t.Fatalf("still complaining: %v", r.Skipped)
			}
		})
	}
}

func TestStrangeFilesAreLeftAloneWithAReason(t *testing.T) {
	w := newTown(t, 1, "甲", "乙")
	a, b := w.offices[0], w.offices[1]
	a.write("one")
	a.sync()
	seg := w.segments(a.dir())[0]
	data := w.store.Get(seg)
	bucket := seg[:strings.LastIndex(seg, "/")]
	loud := map[string]string{
		strings.TrimSuffix(seg, ".seg") + ".sync-conflict-20261123-070552-7CA533W.seg": "冲突副本",
		strings.TrimSuffix(seg, ".seg") + "(冲突副本-前台电脑).seg":                            "冲突副本",
		bucket + "/说明.txt": "不是接诉写的",
		bucket + "/" + strings.ToUpper(seg[strings.LastIndex(seg, "/")+1:]): "大小写",
		"jiesu/r/" + strings.Repeat("f", 32) + ".bak":                       "不是接诉写的",
		strings.Replace(seg, "000000/", "000001/", 1):                       "位置",
	}
	quiet := []string{bucket + "/.syncthing.x.seg.tmp", bucket + "/desktop.ini", "jiesu/r/.DS_Store"}
	for file := range loud {
		w.store.Put(file, data)
	}
	for _, file := range quiet {
		w.store.Put(file, data)
	}
	r := b.sync()
	if b.held(a) != 1 {
		t.Fatal("the true file was not read")
	}
	for file, why := range loud {
		if !says(r.Skipped, file, why) {
			t.Errorf("%s: not told %q", file, why)
		}
	}
	if len(r.Skipped) != len(loud) {
		t.Errorf("told %d, want %d: %v", len(r.Skipped), len(loud), r.Skipped)
	}
	for _, file := range append(quiet, keys(loud)...) {
		if w.store.Get(file) == nil {
			t.Errorf("%s was removed", file)
		}
	}
}

func keys(m map[string]string) (out []string) {
	for k := range m {
		out = append(out, k)
	}
	return out
}

func TestFolderThatIsNotOursIsNeverWrittenTo(t *testing.T) {
	w := newTown(t, 1, "甲")
	a := w.offices[0]
	a.write("one")
	a.sync()
	a.write("two")
	other := sharedfoldertest.New(2)
	foreign := space
	foreign.ID = strings.Repeat("77", 16)
	if err := sharedfolder.Create(context.Background(), other.View().Open, foreign); err != nil {
		t.Fatal(err)
	}
	blank, broken, newer := sharedfoldertest.New(3), sharedfoldertest.New(4), sharedfoldertest.New(5)
	broken.Put("jiesu/space.json", nil)
	newer.Put("jiesu/space.json", []byte(`{"format":1}`))
	for _, tt := range []struct {
		name  string
		store *sharedfoldertest.Store
		mount sharedfoldertest.Mount
		want  error
	}{
		{"unmounted", w.store, sharedfoldertest.Unmounted, sharedfolder.ErrOffline},
		{"gone", w.store, sharedfoldertest.Gone, sharedfolder.ErrOffline},
		{"an empty folder", blank, sharedfoldertest.Mounted, sharedfolder.ErrOffline},
		{"another space", other, sharedfoldertest.Mounted, sharedfolder.ErrOtherSpace},
		{"a marker not yet there", broken, sharedfoldertest.Mounted, sharedfolder.ErrMarker},
		{"a newer marker", newer, sharedfoldertest.Mounted, sharedfolder.ErrNewer},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := len(tt.store.Files())
			w.views[0].Move(tt.store)
			w.views[0].Mount(tt.mount)
			defer w.views[0].Mount(sharedfoldertest.Mounted)
			_, err := a.Exchange(context.Background())
			if !errors.Is(err, tt.want) || fault.Of(err).Kind != fault.Retry {
				t.Fatalf("got %v, want %v", err, tt.want)
			}
			if len(tt.store.Files()) != before {
				t.Fatalf("something was written: %v", tt.store.Files())
			}
			if h := a.Health(); h.LastError == "" || h.Unsent != 1 || h.Line == "" {
				t.Fatalf("%+v", h)
			}
		})
	}
	w.views[0].Move(w.store)
	if r := a.sync(); r.Published != 1 || a.Health().LastError != "" {
		t.Fatalf("%+v", r)
	}
}

func TestDeletedByAStrangerIsPublishedAgain(t *testing.T) {
	w := newTown(t, 1, "甲", "乙")
	a, b := w.offices[0], w.offices[1]
	a.writeMany(10)
	w.rounds(2)
	w.store.Delete(a.dir())
	w.store.Delete(b.dir())
	w.rounds(40)
	if b.held(a) != 10 {
		t.Fatal("absence was taken for deletion")
	}
	c := w.add("丙")
	if r := c.sync(); r.Received != 10 {
		t.Fatalf("not published again: %+v", r)
	}
}

func TestMarkerDeletedByAStrangerStopsUntilItIsCreatedAgain(t *testing.T) {
	w := newTown(t, 1, "甲")
	a := w.offices[0]
	a.write("one")
	w.store.Delete("jiesu/space.json")
	if _, err := a.Exchange(context.Background()); !errors.Is(err, sharedfolder.ErrOffline) {
		t.Fatalf("got %v", err)
	}
	if err := sharedfolder.Create(context.Background(), w.views[0].Open, space); err != nil {
		t.Fatal(err)
	}
	if r := a.sync(); r.Published != 1 {
		t.Fatalf("%+v", r)
	}
}

func TestWhatWasWrittenIsReadBack(t *testing.T) {
	w := newTown(t, 1, "甲")
	a := w.offices[0]
	a.write("one")
	a.sync()
	w.store.Damage(w.segments(a.dir())[0], sharedfoldertest.NULs)
	w.rounds(4)
	good := w.segments(a.dir())
	if len(good) != 1 || len(bytes.Trim(w.store.Get(good[0]), "\x00")) == 0 {
		t.Fatalf("nobody else was there to notice: %v", good)
	}
}

func TestRenameIsTriedAgainAndALostOneNoticed(t *testing.T) {
	w := newTown(t, 1, "甲", "乙")
	a, b := w.offices[0], w.offices[1]
	a.write("one")
	w.views[0].Busy(4)
	if r := a.sync(); r.Published != 1 || r.Unsent != 0 {
		t.Fatalf("%+v", r)
	}
	a.write("two")
	w.views[0].Lie(sharedfoldertest.Faults{Lost: 1})
	a.sync()
	w.views[0].Lie(sharedfoldertest.Faults{})
	if b.sync(); b.held(a) != 1 {
		t.Fatalf("held %d", b.held(a))
	}
	w.rounds(8)
	if b.held(a) != 2 {
		t.Fatalf("the lost file was not written again: %d of 2", b.held(a))
	}
}

func TestFolderThatCannotBeWrittenCanBeRead(t *testing.T) {
	w := newTown(t, 1, "甲", "乙")
	a, b := w.offices[0], w.offices[1]
	a.write("one")
	a.sync()
	b.write("two")
	for name, tt := range map[string]struct {
		faults sharedfoldertest.Faults
		mount  sharedfoldertest.Mount
		want   error
	}{
		"full":      {sharedfoldertest.Faults{NoSpace: 1}, sharedfoldertest.Mounted, sharedfolder.ErrFull},
		"read-only": {sharedfoldertest.Faults{}, sharedfoldertest.ReadOnly, sharedfolder.ErrReadOnly},
	} {
		t.Run(name, func(t *testing.T) {
			a.write("more")
			a.sync()
			w.views[1].Lie(tt.faults)
			w.views[1].Mount(tt.mount)
			r, err := b.Exchange(context.Background())
			if !errors.Is(err, tt.want) || r.Received == 0 || r.Unsent != 1 {
				t.Fatalf("%v %+v", err, r)
			}
			if h := b.Health(); h.Writable || !h.Reachable || h.Unsent != 1 {
				t.Fatalf("%+v", h)
			}
		})
	}
	w.views[1].Lie(sharedfoldertest.Faults{})
	w.views[1].Mount(sharedfoldertest.Mounted)
	if r := b.sync(); r.Published != 1 || !b.Health().Writable {
		t.Fatalf("%+v", r)
	}
}
