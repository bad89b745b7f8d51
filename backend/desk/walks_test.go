package desk_test

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jiesu/assets"
	"jiesu/backend/calendar"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/regime"
	"jiesu/backend/requirement"
)

func fsSub(f fs.FS, dir string) (fs.FS, error) { return fs.Sub(f, dir) }

func walkingYears(t testing.TB) *calendar.Calendar {
	t.Helper()
	cal, err := calendar.Load(sub(t, assets.Calendars, "calendars"))
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

// Under every rulebook, whatever is done, a case can be brought to its end;
// nothing panics; what is wrong is refused with the field named; the letters on
// the way go out; and the acts in any order make the same case.
func TestWalks(t *testing.T) {
	shipped, err := loadShipped()
	if err != nil {
		t.Fatal(err)
	}
	cal := walkingYears(t)
	paper, err := newStationery()
	if err != nil {
		t.Fatal(err)
	}
	only, n := os.Getenv("JIESU_WALK"), uint64(walksEach(t))
	for _, r := range shipped.Book.All() {
		t.Run(r.Key(), func(t *testing.T) {
			t.Parallel()
			first, last := uint64(1), n
			if key, seed, one := strings.Cut(only, "/"); one {
				if key != r.Key() {
					t.Skip("another walk was asked for")
				}
				if first, err = strconv.ParseUint(seed, 10, 64); err != nil {
					t.Fatal(err)
				}
				last = first
			}
			failed := 0
			for seed := first; seed <= last && failed < 3; seed++ {
				if err := newWalk(r, seed, cal, paper).run(); err != nil {
					failed++
					t.Errorf("seed %d: %v", seed, err)
				}
			}
			if only == "" && failed == 0 {
				paper.allSeen(t, r, n)
			}
		})
	}
}

// allSeen names letters that never went out and actions that were never done in
// many walks, for whoever writes the rulebook; walks that see little of it fail:
// they would prove nothing.
func (s *stationery) allSeen(t *testing.T, r *regime.Regime, walks uint64) {
	if walks < 40 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	letters, actions := 0, 0
	for _, use := range r.Letters {
		key := r.Key() + "/" + use.Kind
		if s.issued[key] > 0 {
			letters++
			continue
		}
		t.Logf("letter %s never went out; it lacked %s", use.Kind, s.lacked[key])
	}
	for _, a := range r.Actions {
		key := r.Key() + "/" + a.Track + ":" + a.ID
		if s.taken[key] > 0 || a.ID == complaint.RegisterAction {
			actions++
			continue
		}
		t.Logf("action %s on %s was never done: %s", a.ID, a.Track, reasons(s.why[key]))
	}
	if 2*letters < len(r.Letters) || 10*actions < 7*len(r.Actions) {
		t.Errorf("only %d of %d letters went out, only %d of %d actions were done", letters, len(r.Letters), actions, len(r.Actions))
	}
}

// reasons are the most frequent ones why not, without those of stage and role.
func reasons(why map[string]int) string {
	var all []string
	for s := range why {
		if !strings.HasPrefix(s, "目前处于") && !strings.HasPrefix(s, "本案没有") && !strings.HasPrefix(s, "已到") && !strings.Contains(s, "回避") {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(why[b]-why[a], strings.Compare(a, b)) })
	return strings.Join(all[:min(len(all), 3)], "；")
}

// walkWithout is a rulebook less one node, unchecked.
func walkWithout(t *testing.T, name string) *regime.Regime {
	t.Helper()
	shipped, err := loadShipped()
	if err != nil {
		t.Fatal(err)
	}
	n, err := requirement.ParseNode(name)
	if err != nil {
		t.Fatal(err)
	}
	book, _, err := shipped.Without(n)
	if err != nil {
		t.Fatal(err)
	}
	r, err := book.Latest("cn.property.zz98")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Each fault that a walk looks for is found when it is there: a walk that
// cannot fail proves nothing.
func TestAWalkFindsEachPlantedFault(t *testing.T) {
	shipped, err := loadShipped()
	if err != nil {
		t.Fatal(err)
	}
	good, err := shipped.Book.Latest("cn.property.zz98")
	if err != nil {
		t.Fatal(err)
	}
	cal := walkingYears(t)
	paper, err := newStationery()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		r     *regime.Regime
		plant func(*walk)
		want  string
	}{
		"a dead end":           {walkWithout(t, "s16-property:actions/archive"), func(*walk) {}, "cannot be brought to its end"},
		"a step nobody may do": {walkWithout(t, "s16-property:roles/property-head"), func(*walk) {}, "cannot be brought to its end"},
		"a panic": {good, func(w *walk) {
			w.decide = func(*complaint.Case, complaint.Env, complaint.Command) (*complaint.Act, error) { panic("planted") }
		}, "panic: planted"},
		"a refusal without its field": {good, func(w *walk) {
			w.decide = func(c *complaint.Case, env complaint.Env, cmd complaint.Command) (*complaint.Act, error) {
				act, err := complaint.Decide(c, env, cmd)
				var f *fault.Fault
				if errors.As(err, &f) {
					return nil, fault.New(f.Kind, f.Code, f.Message, f.Hint)
				}
				return act, err
			}
		}, "names"},
		"a fault that is no refusal": {good, func(w *walk) {
			w.decide = func(*complaint.Case, complaint.Env, complaint.Command) (*complaint.Act, error) {
				return nil, errors.New("disk full")
			}
		}, "not a refusal"},
		"a wrong value that is taken": {good, func(w *walk) {
			w.decide = func(c *complaint.Case, env complaint.Env, cmd complaint.Command) (*complaint.Act, error) {
				act, err := complaint.Decide(c, env, cmd)
				if err != nil {
					act, err = complaint.DecideNote(env, "样本")
				}
				return act, err
			}
		}, "was taken"},
		"a fold that depends on the order": {good, func(w *walk) {
			w.fold = func(id string, entries []complaint.Entry) *complaint.Case {
				c := complaint.Fold(id, entries)
				c.Number += fmt.Sprint(entries[0].Seq)
				return c
			}
		}, "another case"},
		"an act that is lost": {good, func(w *walk) {
			w.fold = func(id string, entries []complaint.Entry) *complaint.Case {
				return complaint.Fold(id, entries[:min(len(entries), 2)])
			}
		}, "acts"},
		"a letter without its template": {good, func(w *walk) {
			w.paper = &stationery{issued: map[string]int{}, lacked: map[string]string{}, taken: map[string]int{}, why: map[string]map[string]int{}}
		}, "no template"},
	} {
		found := ""
		for seed := uint64(1); seed <= 60 && found == ""; seed++ {
			w := newWalk(c.r, seed, cal, paper)
			w.patience = 60
			c.plant(w)
			if err := w.run(); err != nil {
				found = err.Error()
			}
		}
		if !strings.Contains(found, c.want) || !strings.Contains(found, "JIESU_WALK=cn.property.zz98@") {
			t.Errorf("%s: found %q, want %q", name, found, c.want)
		}
	}
}
