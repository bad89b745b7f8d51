package desk

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jiesu/backend/fault"
)

func TestACopiedDataFolderGoesOnAsTwo(t *testing.T) {
	for name, tt := range map[string]struct{ before, after, other int }{
		"the copy is older and nothing was done on it": {2, 2, 0},
		"both went on":          {2, 2, 3},
		"only the copy went on": {2, 0, 2},
		"both went on, and the old one had sent everything": {0, 4, 1},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTown(t)
			all := w.joined("A1", "B1")
			a, b := all[0], all[1]
			want := 0
			put := func(m *desktop, n int) {
				for range n {
					m.register(fmt.Sprintf("张样本%d", want))
					want++
				}
			}
			put(a, tt.before)
			w.meet(a, b)
			old := w.copyOf(a.dir)
			put(a, tt.after)
			w.meet(a, b)
			twin := w.at(old)
			put(twin, tt.other)
			w.meet(twin, b, a, twin, b, a)
			put(a, 1)
			put(twin, 1)
			w.meet(a, twin, b)
			w.same(a, b, twin)
			if n := len(b.shown()); n != want {
				t.Errorf("%d cases of %d", n, want)
			}
			// What both numbered before they knew of each other stays, and is refused.
			if twice := numbers(t, b); len(twice) != min(tt.after, tt.other) {
				t.Errorf("numbers given twice: %v", twice)
			}
			if a.book.Replica() == twin.book.Replica() {
				t.Error("two machines write under one key")
			}
		})
	}
}

// numbers are those that two cases have; asked for, both are named.
func numbers(t testing.TB, m *desktop) (twice []string) {
	t.Helper()
	seen := map[string]string{}
	page, err := m.List(bg, CaseQuery{}, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range page.Rows {
		other := seen[r.Number]
		if seen[r.Number] = r.ID; other == "" {
			continue
		}
		twice = append(twice, r.Number)
		_, err := m.Show(bg, r.Number)
		if f := fault.Of(err); f == nil || !strings.Contains(f.Hint, r.ID) || !strings.Contains(f.Hint, other) {
			t.Errorf("%s and %s are both number %s: %v", other, r.ID, r.Number, err)
		}
	}
	return twice
}

func TestAFolderThatVanishesStopsNobody(t *testing.T) {
	w := newTown(t)
	all := w.joined("A1", "B1")
	a, b := all[0], all[1]
	away := w.folder + "-away"
	if err := os.Rename(w.folder, away); err != nil {
		t.Fatal(err)
	}
	reg := a.register("张样本")
	if _, err := a.ShareSync(bg); fault.Of(err).Kind != fault.Retry {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(w.folder); err == nil {
		t.Error("the folder was made anew where it is not")
	}
	a.act(reg.Number, "accept", acceptFields)
	if s, err := a.ShareStatus(bg); err != nil || s.State != "offline" {
		t.Errorf("%+v %v", s, err)
	}
	if err := os.Mkdir(w.folder, 0o700); err != nil { // an empty mount point
		t.Fatal(err)
	}
	if _, err := a.ShareSync(bg); fault.Of(err).Kind != fault.Retry {
		t.Errorf("an empty folder is taken for the space: %v", err)
	}
	if left, _ := os.ReadDir(w.folder); len(left) != 0 {
		t.Errorf("written into an empty mount point: %v", left)
	}
	os.Remove(w.folder)
	if err := os.Rename(away, w.folder); err != nil {
		t.Fatal(err)
	}
	w.meet(a, b)
	w.same(a, b)
}

func TestAnActOnWhatNobodyWroteIsRefused(t *testing.T) {
	w := newTown(t)
	a := w.office("A1")
	reg := a.register("张样本")
	for _, seen := range []string{strings.Repeat("ab", 32), "nonsense"} {
		_, err := a.Act(bg, ActInput{Case: reg.Number, Action: "accept", Fields: acceptFields, Seen: []string{seen}})
		if fault.Of(err).Kind != fault.Refused {
			t.Errorf("%s: %v", seen, err)
		}
	}
	if _, err := a.Act(bg, ActInput{Case: reg.Number, Action: "accept", Fields: acceptFields, Seen: []string{reg.Act}}); err != nil {
		t.Error(err)
	}
}

func TestAMergeTakenBackIsTakenBackInBothCases(t *testing.T) {
	w := newTown(t)
	both := w.joined("A1", "B1")
	a, b := both[0], both[1]
	one, two := a.register("张样本"), a.register("李样本")
	c, err := a.Merge(bg, one.Number, two.Number)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Act(bg, ActInput{Case: one.Number, Action: "accept", Fields: acceptFields}); err == nil {
		t.Error("went on in the merged case")
	}
	if _, err := a.Undo(bg, two.Number, c.Act); err != nil {
		t.Fatal(err)
	}
	a.act(one.Number, "accept", acceptFields)
	w.meet(a, b)
	w.same(a, b)
	for _, reg := range []Registered{one, two} {
		if c, err := b.Show(bg, reg.Number); err != nil || len(c.Links) != 0 {
			t.Errorf("%s is still joined: %+v %v", reg.Number, c.Links, err)
		}
	}
}

// damage flips a bit in one of a log's records, counted from the end.
func damage(t testing.TB, dir string, fromEnd int) {
	t.Helper()
	file := filepath.Join(dir, "journal", "000001.log")
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	at := len(raw)
	for range fromEnd {
		at = strings.LastIndex(string(raw[:at]), "JS\xa50")
	}
	raw[at+60] ^= 1
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "db")); err != nil {
		t.Fatal(err)
	}
}

func TestWhatADamagedLogLostComesBackFromTheFolder(t *testing.T) {
	for name, own := range map[string]bool{"an own record": true, "a received record": false} {
		t.Run(name, func(t *testing.T) {
			w := newTown(t)
			both := w.joined("A1", "B1")
			a, b := both[0], both[1]
			if !own {
				a, b = b, a
			}
			for range 4 {
				a.register("张样本")
			}
			w.meet(a, b)
			hurt := map[bool]*desktop{true: a, false: b}[own]
			hurt.Close()
			damage(t, hurt.dir, 3)
			hurt.enter()
			if n := len(hurt.shown()); n >= 4 {
				t.Fatalf("nothing was lost: %d cases", n)
			}
			hurt.register("李样本")
			w.meet(a, b, a, b)
			if n := len(hurt.shown()); n != 5 {
				t.Errorf("%d cases of 5", n)
			}
			now := w.now
			for _, m := range both { // verify goes on naming the damaged place
				m.Desk.o.Now = func() time.Time { return now }
			}
			here, there := a.shown(), b.shown()
			for id := range here {
				if here[id] != there[id] {
					t.Errorf("case %s: …%s\n…%s", id, apart(here[id], there[id]), apart(there[id], here[id]))
				}
			}
			if twice := numbers(t, b); len(twice) > 0 {
				t.Errorf("numbers given twice: %v", twice)
			}
		})
	}
}
