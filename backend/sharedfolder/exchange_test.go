package sharedfolder_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"jiesu/backend/fault"
	"jiesu/backend/sharedfolder"
	"jiesu/backend/sharedfolder/sharedfoldertest"
)

func TestTwoOfficesExchangeOverARealFolder(t *testing.T) {
	dir := t.TempDir()
	open := func() (sharedfolder.FS, error) { return sharedfolder.OpenDir(dir) }
	if err := sharedfolder.Create(context.Background(), open, space); err != nil {
		t.Fatal(err)
	}
	now := start
	a := newOffice(t, "甲", open, func() time.Time { return now })
	b := newOffice(t, "乙", open, func() time.Time { return now })
	a.writeMany(5000) // over a bucket's end
	b.writeMany(3)
	if r := a.sync(); r.Published != 5000 || r.Unsent != 0 {
		t.Fatalf("%+v", r)
	}
	if r := b.sync(); r.Published != 3 || r.Received != 5000 {
		t.Fatalf("%+v", r)
	}
	if r := a.sync(); r.Received != 3 || r.Published != 0 || len(r.Skipped) != 0 {
		t.Fatalf("%+v", r)
	}
	if a.state() != b.state() {
		t.Fatal("they hold different entries")
	}
	// A third that comes later learns both.
	c := newOffice(t, "丙", open, func() time.Time { return now })
	if r := c.sync(); r.Received != 5003 {
		t.Fatalf("%+v", r)
	}
	leftovers(t, dir)
}

// leftovers: only known names, nothing readable, no temporary file.
func leftovers(t *testing.T, dir string) {
	t.Helper()
	known := regexp.MustCompile(`^[0-9a-f-]+(\.seg|\.ack)?$`)
	var walk func(string)
	walk = func(at string) {
		entries, err := os.ReadDir(dir + "/" + at)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			name := at + "/" + e.Name()
			if e.IsDir() {
				walk(name)
				continue
			}
			data, err := os.ReadFile(dir + "/" + name)
			if err != nil {
				t.Fatal(err)
			}
			if name != "jiesu/space.json" && !known.MatchString(e.Name()) {
				t.Errorf("strange name %s", name)
			}
			if bytes.Contains(data, []byte("act 1")) || bytes.Contains(data, []byte("case:1")) || bytes.Contains(data, []byte("content key")) {
				t.Errorf("%s can be read by the folder's owner", name)
			}
		}
	}
	walk("jiesu")
}

func TestEarlySegmentWaitsAndSaysSo(t *testing.T) {
	w := newTown(t, 1, "甲", "乙")
	a, b := w.offices[0], w.offices[1]
	for range 3 {
		a.write("act")
		a.sync()
	}
	second := w.segments(a.dir())[1]
	data := w.store.Get(second)
	w.store.Delete(second)
	if r := b.sync(); b.held(a) != 1 || len(r.Waiting) != 1 || r.Waiting[0].First != 3 || !says(r.Skipped, ".seg", "等待该网点") {
		t.Fatalf("held %d, %+v", b.held(a), r)
	}
	w.store.Put(second, data)
	if r := b.sync(); b.held(a) != 3 || len(r.Waiting) != 0 {
		t.Fatalf("held %d, %+v", b.held(a), r)
	}
}

func TestWithoutTheKeyNothingIsReadUntilItComes(t *testing.T) {
	w := newTown(t, 1, "甲", "乙")
	a, b := w.offices[0], w.offices[1]
	key := b.keys.keys["e2"]
	delete(b.keys.keys, "e2")
	a.write("old epoch")
	a.sync()
	a.keys.current = "e2"
	a.write("new epoch")
	a.sync()
	if r := b.sync(); b.held(a) != 1 || !says(r.Skipped, ".seg", "缺少") {
		t.Fatalf("held %d, %+v", b.held(a), r)
	}
	b.keys.keys["e2"] = key
	w.pass(time.Minute)
	if b.sync(); b.held(a) != 2 {
		t.Fatal("not read after the key came")
	}
}

func TestNewcomerWithoutKeysWaits(t *testing.T) {
	w := newTown(t, 1, "甲", "乙")
	a, b := w.offices[0], w.offices[1]
	a.write("one")
	a.sync()
	b.write("mine")
	b.keys.current = ""
	before := len(w.store.Files())
	if r := b.sync(); !r.NoKey || r.Unsent != 1 || r.Received != 0 || len(w.store.Files()) != before {
		t.Fatalf("%+v", r)
	}
	if h := b.Health(); !strings.Contains(h.Line, "等待管理员接纳") {
		t.Fatalf("%+v", h)
	}
}

func TestSinkThatFailsLosesNothing(t *testing.T) {
	w := newTown(t, 1, "甲", "乙")
	a, b := w.offices[0], w.offices[1]
	a.write("one")
	a.sync()
	b.full = true
	if _, err := b.Exchange(context.Background()); fault.Of(err).Code != "receive-failed" {
		t.Fatalf("got %v", err)
	}
	b.full = false
	if r := b.sync(); r.Received != 1 {
		t.Fatalf("%+v", r)
	}
}

func TestClockFarAheadIsToldAndRefusesNothing(t *testing.T) {
	w := newTown(t, 1, "甲", "乙")
	a, b := w.offices[0], w.offices[1]
	truth := a.clock
	a.clock = func() time.Time { return truth().Add(8 * 24 * time.Hour) }
	a.write("from next week")
	a.sync()
	r := b.sync()
	if b.held(a) != 1 || len(r.Offices) != 1 || r.Offices[0].Ahead < 7*24*time.Hour || !strings.Contains(b.Health().Line, "时钟异常") {
		t.Fatalf("held %d, %+v", b.held(a), r.Offices)
	}
	a.clock = truth
	a.write("put right")
	a.sync()
	if r := b.sync(); r.Offices[0].Ahead != 0 {
		t.Fatalf("%+v", r.Offices)
	}
}

func TestAcknowledgementsTellWhereAnEntryHasArrived(t *testing.T) {
	w := newTown(t, 1, "甲", "乙", "丙")
	a, c := w.offices[0], w.offices[2]
	w.views[2].Mount(sharedfoldertest.Gone)
	a.write("one")
	for range 4 {
		a.sync()
		w.offices[1].sync()
		w.pass(10 * time.Second)
	}
	if n, of := a.Reached(a.id(), 1); n != 1 || of != 1 {
		t.Fatalf("reached %d of %d", n, of)
	}
	w.views[2].Mount(sharedfoldertest.Mounted)
	c.write("and me")
	w.rounds(4)
	if n, of := a.Reached(a.id(), 1); n != 2 || of != 2 {
		t.Fatalf("reached %d of %d", n, of)
	}
	acks := 0
	for _, file := range w.store.Files() {
		if strings.HasSuffix(file, ".ack") {
			acks++
		}
	}
	if acks > 6 {
		t.Fatalf("%d acknowledgements are left lying about", acks)
	}
	before := len(w.store.Files())
	w.rounds(50)
	if after := len(w.store.Files()); after != before {
		t.Fatalf("an idle space grew from %d to %d files", before, after)
	}
}

func TestFilesTravel(t *testing.T) {
	w := newTown(t, 1, "甲", "乙")
	a, b := w.offices[0], w.offices[1]
	hash := a.blobs.add("ciphertext of a photo")
	b.blobs.want = []string{hash}
	b.write("refers to it before it is there")
	if r := b.sync(); r.Files != 0 || r.Published != 1 {
		t.Fatalf("%+v", r)
	}
	if err := b.FetchBlob(context.Background(), hash); !errors.Is(err, sharedfolder.ErrNotYet) {
		t.Fatalf("got %v", err)
	}
	a.sync()
	path := a.dir() + "/b/" + hash[:2] + "/" + hash
	good := w.store.Get(path)
	w.store.Damage(path, sharedfoldertest.Flip)
	if r := b.sync(); r.Files != 0 || !says(r.Skipped, hash, "损坏") {
		t.Fatalf("%+v", r)
	}
	w.store.Delete(path)
	if missing, err := a.MissingBlobs(context.Background(), []string{hash}); err != nil || len(missing) != 1 {
		t.Fatalf("%v %v", missing, err)
	}
	a.blobs.sent[hash] = false
	a.sync()
	if missing, err := a.MissingBlobs(context.Background(), []string{hash}); err != nil || len(missing) != 0 {
		t.Fatalf("%v %v", missing, err)
	}
	if err := b.FetchBlob(context.Background(), hash); err != nil || !bytes.Equal(b.blobs.held[hash], good) {
		t.Fatalf("%v", err)
	}
}
