package desk_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/complaint"
	"jiesu/backend/deadline"
	"jiesu/backend/fault"
	"jiesu/backend/journal"
	"jiesu/backend/regime"
	"jiesu/backend/view"
)

// walk is one case of a rulebook done at random: any action that is allowed,
// any filling of its form, any officer, time going on; then driven to its end.
type walk struct {
	r        *regime.Regime
	seed     uint64
	rng      *rand.Rand
	cal      *calendar.Calendar
	paper    *stationery
	people   []person
	entries  []complaint.Entry
	c        *complaint.Case
	now      time.Time
	ids      int
	limits   []deadline.Deadline
	steps    []string        // what was done, for whoever reads why it failed
	letters  map[string]bool // kinds that were issued
	done     map[string]int  // actions since the last change of stage
	times    map[string]int  // actions in all, by track:action
	liking   map[string]float64
	lacked   map[string]string // letter → what it lacked last
	patience int               // steps after which driving to the end is given up
	curious  bool              // takes the long way

	decide func(*complaint.Case, complaint.Env, complaint.Command) (*complaint.Act, error)
	fold   func(string, []complaint.Entry) *complaint.Case
}

// person is an officer with his roles; who is in charge is in charge of all.
type person struct {
	name  string
	roles []string
	all   bool
}

func newWalk(r *regime.Regime, seed uint64, cal *calendar.Calendar, paper *stationery) *walk {
	h := fnv.New64a()
	h.Write([]byte(r.Key()))
	w := &walk{r: r, seed: seed, rng: rand.New(rand.NewPCG(h.Sum64(), seed)), cal: cal, paper: paper, letters: map[string]bool{},
		done: map[string]int{}, times: map[string]int{}, liking: map[string]float64{}, lacked: map[string]string{}, decide: complaint.Decide, fold: complaint.Fold}
	w.curious, w.patience = seed%2 == 0, mostSteps
	w.people = slices.Concat(staff(r, 1), staff(r, 2)) // two of each, for what another must do
	return w
}

// staff is one officer of each role.
func staff(r *regime.Regime, n int) []person {
	all := []person{{fmt.Sprintf("样本经办%d", n), []string{"handler"}, false},
		{fmt.Sprintf("样本负责人%d", n), []string{"handler", "approver", "identity"}, true}}
	for _, role := range r.Roles {
		all = append(all, person{fmt.Sprintf("样本%s%d", role.Label, n), []string{"handler", role.ID}, true})
	}
	return all
}

func (w *walk) env(p person) complaint.Env {
	env := complaint.Env{Regime: w.r, Officer: complaint.Ref{ID: p.name, Name: p.name}, Office: "YJ01", Now: w.now,
		HasRole:  func(role string) bool { return slices.Contains(p.roles, role) },
		NewID:    func() string { w.ids++; return fmt.Sprintf("id%030d", w.ids) },
		InCharge: func(string) bool { return p.all },
		LimitOf:  func(string, string) (string, bool) { return "", false }}
	env.Clock = func(id string) string { d, _ := w.limit(id); return d.State }
	env.ClockEnd = func(id string) (time.Time, bool) { d, ok := w.limit(id); return d.Due, ok && !d.Due.IsZero() }
	return env
}

func (w *walk) limit(id string) (deadline.Deadline, bool) {
	if w.limits == nil && w.c != nil {
		w.limits = deadline.Compute(view.Limits(w.c, w.r, w.cal, nil, w.now))
	}
	for _, d := range w.limits {
		if d.ID == id {
			return d, true
		}
	}
	return deadline.Deadline{}, false
}

// run does the whole walk.
func (w *walk) run() (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
		if err != nil {
			err = fmt.Errorf("%w\nafter %s\nagain: JIESU_WALK=%s/%d go test ./backend/desk -run 'TestWalks$'", err, strings.Join(w.steps, " "), w.r.Key(), w.seed)
		}
	}()
	if err := w.register(); err != nil {
		return err
	}
	for range 3 + w.rng.IntN(30) {
		if err := w.wander(); err != nil {
			return err
		}
	}
	if err := w.drive(); err != nil {
		return err
	}
	return w.replay()
}

func (w *walk) fill(whole bool) *filling {
	f := &filling{rng: w.rng, r: w.r, c: w.c, now: w.now.In(calendar.Zone()), whole: whole}
	for _, p := range w.people {
		f.officers = append(f.officers, p.name)
	}
	return f
}

func (w *walk) register() error {
	received := receipt(w.r, w.rng)
	w.now = received.Add(time.Duration(w.rng.IntN(90)) * time.Minute)
	action, _ := w.r.Action(complaint.RegisterAction)
	uses := slices.DeleteFunc(slices.Clone(action.Fields), func(u regime.FieldUse) bool {
		return slices.Contains([]string{"matter", "channel", "received_at"}, u.ID)
	})
	p := w.people[w.rng.IntN(len(w.people))]
	var last error
	for range 60 {
		f := w.fill(w.rng.IntN(2) == 0)
		in := complaint.Registration{Number: "YJ01-AA-2026-000001", Serial: complaint.Serial{Kind: "case", Year: 2026, N: 1}, ReceivedAt: received,
			Matter: w.r.Matters[w.rng.IntN(len(w.r.Matters))].ID, Channel: w.r.Channels[w.rng.IntN(len(w.r.Channels))].ID,
			Values: f.form(uses), Protected: w.rng.IntN(8) == 0}
		in.Values["complainant"] = map[string]any{"name": "张样本", "phone": "13800000000", "address": "样本区样本路1号"}
		in.Values["facts"] = "样本事实"
		spoilt := ""
		if w.rng.IntN(4) == 0 {
			spoilt = f.spoil(uses, in.Values)
		}
		act, err := complaint.Register(w.env(p), in)
		if err := w.answered("register", act, err, spoilt); err != nil {
			return err
		}
		if act != nil {
			return w.put(p, act)
		}
		last = err
	}
	return fmt.Errorf("nothing can be registered: %v", last)
}

// answered checks how the desk answered a form: what is wrong is refused with
// the field named, and every refusal is a sentence.
func (w *walk) answered(action string, act *complaint.Act, err error, spoilt string) error {
	if err == nil {
		if spoilt != "" {
			return fmt.Errorf("%s: a wrong %s was taken", action, spoilt)
		}
		return nil
	}
	var f *fault.Fault
	switch {
	case act != nil:
		return fmt.Errorf("%s: an act and a refusal: %w", action, err)
	case !errors.As(err, &f) || f.Kind != fault.Refused && f.Kind != fault.Usage || f.Message == "":
		return fmt.Errorf("%s: not a refusal: %w", action, err)
	case spoilt != "" && f.Field != spoilt && !strings.HasPrefix(f.Field, spoilt+"."):
		return fmt.Errorf("%s: %s was wrong, the refusal names %q (%s)", action, spoilt, f.Field, f.Message)
	case spoilt == "" && f.Field == "" && !slices.Contains(byRule, f.Code):
		return fmt.Errorf("%s: %s names no field (%s)", action, f.Code, f.Message)
	}
	return nil
}

// byRule are refusals by a rule of the case, not by one field.
var byRule = []string{"guard", "action-not-allowed", "extended-already", "beyond-authority", "recused"}

// put writes an act down, as it comes back from the journal.
func (w *walk) put(p person, act *complaint.Act) error {
	plain, identity, err := act.Encode()
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", act.Action, err)
	}
	if act, err = complaint.Decode(plain, identity); err != nil {
		return fmt.Errorf("%s cannot be read: %w", act.Action, err)
	}
	n := len(w.entries)
	node := journal.Node{ID: journal.ID(fmt.Sprintf("e%04d", n+1)), Clock: journal.Stamp{Millis: w.now.UnixMilli()}, Replica: "r", Seq: uint64(n + 1)}
	if w.c != nil {
		node.Parents = w.c.Heads
	}
	before := ""
	if w.c != nil {
		before = stages(w.c)
	}
	w.entries = append(w.entries, complaint.Entry{Node: node, Act: act})
	w.c, w.limits = w.fold("c1", w.entries), nil
	w.steps = append(w.steps, act.Action)
	w.done[act.Action]++
	if stages(w.c) != before {
		w.done = map[string]int{}
	}
	return w.sane()
}

func stages(c *complaint.Case) string {
	s := ""
	for _, t := range c.Tracks {
		s += t.ID + ":" + t.Stage + " "
	}
	return s
}

// sane says what must hold after every act of one officer after another.
func (w *walk) sane() error {
	if len(w.c.History) != len(w.entries) || len(w.c.Contradictions) > 0 || w.c.Waiting > 0 {
		return fmt.Errorf("after %s: %d of %d acts, %d contradictions", w.steps[len(w.steps)-1], len(w.c.History), len(w.entries), len(w.c.Contradictions))
	}
	for _, s := range w.c.History {
		if s.Dropped != "" {
			return fmt.Errorf("%s lost its effect", s.Action)
		}
	}
	for _, d := range deadline.Compute(view.Limits(w.c, w.r, w.cal, nil, w.now)) {
		if d.State == "" || d.Label == "" {
			return fmt.Errorf("limit %s says nothing", d.ID)
		}
	}
	return nil
}

// replay folds the entries in any order: it must be the same case.
func (w *walk) replay() error {
	shuffled := slices.Clone(w.entries)
	w.rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	a, err := json.Marshal(w.fold("c1", w.entries))
	if err != nil {
		return err
	}
	b, err := json.Marshal(w.fold("c1", shuffled))
	if err != nil || string(a) != string(b) {
		return fmt.Errorf("in another order it is another case (%v):\n%s\n%s", err, a, b)
	}
	return nil
}

// walksEach is how many cases each rulebook is walked through in build/test.
func walksEach(t *testing.T) int {
	n := 40
	if testing.Short() {
		n = 3
	}
	if s := os.Getenv("JIESU_WALKS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	return n
}
