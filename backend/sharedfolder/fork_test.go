package sharedfolder_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"jiesu/backend/journal"
	"jiesu/backend/sharedfolder"
	"jiesu/backend/sharedfolder/sharedfoldertest"
)

// cloneOf is a second machine from the first one's image, as of now.
func (w *town) cloneOf(o *office) *office {
	c := w.add(o.name)
	c.holds = maps.Clone(o.holds)
	for replica := range o.chain {
		c.chain[replica], c.ids[replica] = slices.Clone(o.chain[replica]), slices.Clone(o.ids[replica])
	}
	return c
}

func TestRestoredMachineFindsWhatItWroteBefore(t *testing.T) {
	for name, tt := range map[string]struct{ after, anew int }{
		"it has written nothing since":       {3, 0},
		"it has written less since":          {3, 2},
		"it has written more since":          {3, 6},
		"it has written on over many rounds": {1, 30},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTown(t, 1, "甲", "乙")
			a, b := w.offices[0], w.offices[1]
			a.writeMany(4)
			w.rounds(2)
			restored := w.cloneOf(a)
			for range tt.after {
				a.write("lost with the disk")
			}
			w.offices = []*office{a, b}
			w.rounds(2)
			for range tt.anew {
				restored.write("written after the restore")
			}
			before := len(w.segments(a.dir()))
			r, err := restored.Exchange(context.Background())
			if err != nil || r.Fork == nil || r.Fork.At != 4 || len(r.Fork.Entries) != tt.after {
				t.Fatalf("%v %+v", err, r.Fork)
			}
			if r.Published != 0 || len(w.segments(a.dir())) != before {
				t.Fatal("a forked key went on publishing")
			}
			if !restored.Health().Forked {
				t.Fatal("the fork is not shown")
			}
			w.goOnUnderANewKey(restored, r.Fork)
			w.offices = []*office{restored, b}
			w.rounds(3)
			if b.state() != restored.state() {
				t.Fatalf("乙 holds %d entries, the restored machine %d", len(b.holds), len(restored.holds))
			}
			if want := 4 + tt.after + tt.anew + 1; len(b.holds) != want {
				t.Fatalf("乙 holds %d entries, want %d", len(b.holds), want)
			}
		})
	}
}

// goOnUnderANewKey does what the caller does on a fork: the old branch becomes
// another's history, its own lost part is relayed verbatim.
func (w *town) goOnUnderANewKey(o *office, fork *sharedfolder.Fork) {
	w.t.Helper()
	old := o.id()
	branch := slices.Clone(o.chain[old][fork.At:])
	o.chain[old], o.ids[old] = o.chain[old][:fork.At], o.ids[old][:fork.At]
	for _, e := range fork.Entries {
		o.take(e)
	}
	o.key = testSigner(o.name + " again")
	o.write("goes on from the fork")
	o.start(w.store.View().Open)
	for range 2 { // the second time writes nothing
		if err := o.Relay(context.Background(), branch); err != nil {
			w.t.Fatal(err)
		}
	}
	if n := len(w.segments(o.dir() + "/relay/" + old)); len(branch) > 0 && n != 1 {
		w.t.Fatalf("%d segments relayed, want 1", n)
	}
}

func TestDamagedBytesOfOursAreNoFork(t *testing.T) {
	w := newTown(t, 1, "甲")
	a := w.offices[0]
	a.writeMany(3)
	a.sync()
	w.store.Damage(w.segments(a.dir())[0], sharedfoldertest.Flip)
	a.start(w.views[0].Open) // a new start reads everything of ours again
	if r := a.sync(); r.Fork != nil || r.Published != 3 {
		t.Fatalf("%+v", r)
	}
}

func TestForgedEntryUnderOurNameIsNoFork(t *testing.T) {
	w := newTown(t, 1, "甲", "乙")
	a, b := w.offices[0], w.offices[1]
	a.write("mine")
	// 乙 knows the epoch key and copies 甲's segment name, but cannot sign as 甲.
	b.write("forged")
	b.sync()
	forged := w.segments(b.dir())[0]
	w.store.Put(strings.Replace(forged, b.id(), a.id(), 1), w.store.Get(forged))
	if r := a.sync(); r.Fork != nil || !says(r.Skipped, ".seg", "打不开") {
		t.Fatalf("%+v", r)
	}
}

// liar publishes records under any author's name with the space's key.
func liar(w *town, author *office, records []journal.Record, as *office) string {
	view := w.store.View()
	l := newOffice(w.t, as.name, view.Open, func() time.Time { return w.now })
	l.chain[as.id()] = records
	for range records {
		l.ids[as.id()] = append(l.ids[as.id()], journal.ID(strings.Repeat("0", 64)))
	}
	before := w.segments("")
	l.sync()
	for _, file := range w.segments("") {
		if !slices.Contains(before, file) {
			return file
		}
	}
	w.t.Fatal("nothing was published")
	return ""
}

func TestMemberCannotPassOffOrReorderEntries(t *testing.T) {
	tests := []struct {
		name string
		make func(a, b *office) []journal.Record // what lies in 乙's folder
		why  string
	}{
		{"another's entries as one's own", func(a, b *office) []journal.Record { return a.chain[a.id()] }, "不符"},
		{"entries in another order", func(a, b *office) []journal.Record {
			row := b.chain[b.id()]
			return []journal.Record{row[1], row[0]}
		}, "不符"},
		{"one entry twice", func(a, b *office) []journal.Record {
			row := b.chain[b.id()]
			return []journal.Record{row[0], row[0]}
		}, "不符"},
		{"an entry left out", func(a, b *office) []journal.Record {
			row := b.chain[b.id()]
			return []journal.Record{row[0], row[2]}
		}, "不符"},
		{"a changed entry", func(a, b *office) []journal.Record {
			entry := slices.Clone(b.chain[b.id()][0].Entry)
			entry[len(entry)-70] ^= 1
			return []journal.Record{{Entry: entry}}
		}, "签名不对"},
		{"no entry at all", func(a, b *office) []journal.Record { return []journal.Record{{Entry: []byte("hello")}} }, "格式不认识"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newTown(t, 1, "甲", "乙", "丙")
			a, b, c := w.offices[0], w.offices[1], w.offices[2]
			a.writeMany(2)
			b.writeMany(3)
			liar(w, a, tt.make(a, b), b)
			a.sync()
			r := c.sync()
			if c.held(b) != 0 || c.held(a) != 2 || !says(r.Skipped, ".seg", tt.why) {
				t.Fatalf("held %d of 乙 and %d of 甲, skipped %v", c.held(b), c.held(a), r.Skipped)
			}
		})
	}
}

func TestSegmentCopiedFromAnotherSpaceDoesNotOpen(t *testing.T) {
	w := newTown(t, 1, "甲", "乙")
	a, b := w.offices[0], w.offices[1]
	other := space
	other.ID = strings.Repeat("77", 16)
	store := sharedfoldertest.New(9)
	if err := sharedfolder.Create(context.Background(), store.View().Open, other); err != nil {
		t.Fatal(err)
	}
	a.write("of the other space")
	there := newOffice(t, "甲", store.View().Open, a.clock, func(o *sharedfolder.Options) { o.Space = other })
	there.chain, there.ids = a.chain, a.ids
	there.sync()
	for _, file := range store.Files() {
		if strings.HasSuffix(file, ".seg") {
			w.store.Put(file, store.Get(file))
		}
	}
	if r := b.sync(); b.held(a) != 0 || !says(r.Skipped, ".seg", "打不开") {
		t.Fatalf("held %d, %v", b.held(a), r.Skipped)
	}
}

func TestEntriesOfADeadMachineAreRelayed(t *testing.T) {
	for name, spoil := range map[string]func(w *town, dead *office){
		"its folder was deleted": func(w *town, dead *office) { w.store.Delete(dead.dir()) },
		"its file is spoilt":     func(w *town, dead *office) { w.store.Damage(w.segments(dead.dir())[0], sharedfoldertest.NULs) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newTown(t, 1, "甲", "乙", "丙")
			a, b, c := w.offices[0], w.offices[1], w.offices[2]
			a.writeMany(5)
			w.rounds(2)
			w.offices = []*office{b, c}
			spoil(w, a)
			late := w.add("丁")
			late.write("so that it says what it holds")
			for range 60 {
				w.pass(time.Minute)
				w.rounds(1)
			}
			if late.held(a) != 5 {
				t.Fatalf("held %d of 5", late.held(a))
			}
			relays := 0
			for _, o := range []*office{b, c} {
				relays += len(w.segments(o.dir() + "/relay/"))
			}
			if relays != 1 {
				t.Fatalf("%d offices relayed, want one", relays)
			}
		})
	}
}
