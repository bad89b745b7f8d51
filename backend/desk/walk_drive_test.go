package desk_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"jiesu/backend/complaint"
	"jiesu/backend/field"
	"jiesu/backend/regime"
)

// may is an action and who may do it.
type may struct {
	action regime.Action
	who    person
}

func (m may) key() string { return m.action.Track + ":" + m.action.ID }

// offered are the actions that are allowed now, each with the people who may,
// in an order of chance.
func (w *walk) offered() []may {
	var out []may
	for _, p := range w.people {
		for _, o := range complaint.Offers(w.c, w.env(p)) {
			if o.Allowed {
				out = append(out, may{o.Action, p})
			} else {
				w.paper.refused(w.r, o.Action, o.Why)
			}
		}
	}
	w.rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// wander lets time go on and does something that is allowed, rightly or
// wrongly filled in. Each walk likes some actions and hardly ever takes others,
// so that not every case is withdrawn on its first day.
func (w *walk) wander() error {
	w.later(4 * 24 * time.Hour)
	offers := w.offered()
	slices.SortStableFunc(offers, func(a, b may) int { return cmp.Compare(w.likes(b), w.likes(a)) })
	for _, m := range offers[:min(len(offers), 6)] {
		taken, err := w.try(m, w.rng.IntN(5) == 0, w.rng.IntN(4) > 0)
		if err != nil {
			return err
		}
		if taken {
			break
		}
	}
	return w.write()
}

// likes is how much this walk would do an action now.
func (w *walk) likes(m may) float64 {
	key := m.key()
	if _, known := w.liking[key]; !known {
		x := w.rng.Float64()
		w.liking[key] = x * x * x
		if m.action.ID == recuse {
			w.liking[key] /= 20
		}
	}
	like := w.liking[key] / float64(1+4*w.times[key])
	if jump, goes := w.jump(m); goes && w.curious {
		like /= float64((1 + abs(jump-1)) * (1 + abs(jump-1)))
	}
	return like
}

// jump is how many stages further, in the order of the rulebook, an action
// takes its track.
func (w *walk) jump(m may) (int, bool) {
	def, _ := w.r.Track(m.action.Track)
	t, _ := w.c.Track(m.action.Track)
	place := func(id string) int {
		return slices.IndexFunc(def.Stages, func(s regime.Stage) bool { return s.ID == id })
	}
	for _, e := range m.action.Effects {
		if e.Go != "" {
			return place(e.Go) - place(t.Stage), true
		}
	}
	return 0, false
}

func abs(n int) int { return max(n, -n) }

// later lets time go on, at most so long.
func (w *walk) later(most time.Duration) {
	w.now = w.now.Add(time.Minute + time.Duration(w.rng.Int64N(int64(most))))
	w.limits = nil
}

// try does an action once and says whether it was taken.
func (w *walk) try(m may, spoil, whole bool) (bool, error) {
	f := w.fill(whole)
	f.effects = m.action.Effects
	cmd := complaint.Command{Action: m.action.ID, Track: m.action.Track, Values: f.form(m.action.Fields), Reason: "样本原因"}
	spoilt := ""
	if spoil {
		spoilt = f.spoil(m.action.Fields, cmd.Values)
	}
	act, err := w.decide(w.c, w.env(m.who), cmd)
	if wrong := w.answered(m.action.ID, act, err, spoilt); wrong != nil {
		return false, fmt.Errorf("%w (filled %v)", wrong, keysOf(cmd.Values))
	}
	if act == nil {
		w.paper.refused(w.r, m.action, err.Error())
		return false, nil
	}
	w.times[m.key()]++
	w.paper.took(w.r, m.action)
	return true, w.put(m.who, act)
}

// recuse asks that an officer leave the case; whoever drives a case to its end
// does not go on asking.
const recuse = "recuse"

// mostSteps is when driving to the end is given up.
const mostSteps = 400

// drive brings the case to its end by what is allowed: first what leads to an
// end, then what it may still wait for.
func (w *walk) drive() error {
	far := distances(w.r)
	for i := range w.patience {
		if w.c.Ended() {
			return nil
		}
		w.later(6 * time.Hour)
		offers := slices.DeleteFunc(w.offered(), func(m may) bool { return m.action.ID == recuse })
		if len(offers) == 0 || i == w.patience/2 { // nobody is left who may: somebody new comes
			w.people = append(w.people, staff(w.r, len(w.people))...)
			w.later(40 * 24 * time.Hour)
		}
		curious := w.curious && i < w.patience/3
		ranks := map[string]int{}
		for _, m := range offers {
			ranks[m.key()] = w.rank(m, far, curious)
		}
		slices.SortStableFunc(offers, func(a, b may) int { return ranks[a.key()] - ranks[b.key()] })
		if w.rng.IntN(5) == 0 { // not to try the same for ever
			w.rng.Shuffle(len(offers), func(i, j int) { offers[i], offers[j] = offers[j], offers[i] })
		}
		if err := w.firstTaken(offers); err != nil {
			return err
		}
		if err := w.write(); err != nil {
			return err
		}
	}
	return fmt.Errorf("it cannot be brought to its end: it stands at %s\n%s", stages(w.c), w.stuck())
}

// stuck says what may still be done on the tracks that have not ended, and why
// the rest may not.
func (w *walk) stuck() string {
	var lines []string
	newcomer := staff(w.r, len(w.people)+1)
	for _, p := range newcomer[2:] {
		newcomer[0].roles = append(newcomer[0].roles, p.roles...)
	}
	for _, o := range complaint.Offers(w.c, w.env(newcomer[0])) {
		t, _ := w.c.Track(o.Action.Track)
		st, _ := w.r.Stage(t.ID, t.Stage)
		if t.Ended || !o.Action.At(st) {
			continue
		}
		why := o.Why
		if o.Allowed {
			why = "allowed; refused: " + reasons(w.paper.whyNot(w.r, o.Action))
		}
		lines = append(lines, "  "+o.Action.ID+": "+why)
	}
	for _, use := range w.r.Letters {
		if _, out := w.c.Valid(use.Kind); !out && w.lacked[use.Kind] != "" {
			lines = append(lines, "  letter "+use.Kind+" lacks "+w.lacked[use.Kind])
		}
	}
	return strings.Join(lines, "\n")
}

// firstTaken tries the offers until one is taken.
func (w *walk) firstTaken(offers []may) error {
	for i, m := range offers {
		if i == 40 {
			break
		}
		for range 4 {
			if taken, err := w.try(m, false, w.rng.IntN(4) > 0); taken || err != nil {
				return err
			}
		}
	}
	w.later(20 * 24 * time.Hour)
	return nil
}

// rank is low for what comes nearer to an end, in small steps where the walk
// is curious; what stays is better than what goes back, and what was just done
// or brings more work is worse.
func (w *walk) rank(m may, far map[string]int, curious bool) int {
	t, _ := w.c.Track(m.action.Track)
	here, again := far[t.ID+":"+t.Stage], w.done[m.action.ID]
	jump, goes := w.jump(m)
	nearer := 0
	more := 1 + 3*min(again, 10)
	for _, e := range m.action.Effects {
		switch {
		case e.Go != "":
			nearer = min(nearer, far[t.ID+":"+e.Go]-here)
		case e.OpenTrack != "", e.Add != nil:
			more += 200
		}
	}
	for _, use := range m.action.Fields {
		if def, _ := w.r.FieldDef(use.ID); def.Type == field.Group {
			more += 200
		}
	}
	switch {
	case goes && jump > 0 && curious:
		return jump - 2 + 10*again
	case goes && nearer < 0:
		return nearer + 10*again
	case goes:
		return 20 + 10*again
	}
	return more
}

// distances says how many actions each stage is from an end of its track.
func distances(r *regime.Regime) map[string]int {
	const unreachable = 1000
	far := map[string]int{}
	for _, t := range r.Tracks {
		for _, s := range t.Stages {
			far[t.ID+":"+s.ID] = unreachable
			if s.End {
				far[t.ID+":"+s.ID] = 0
			}
		}
	}
	for changed := true; changed; {
		changed = false
		for _, a := range r.Actions {
			to := unreachable
			for _, e := range a.Effects {
				if e.Go != "" {
					to = min(to, far[a.Track+":"+e.Go]+1)
				}
			}
			t, _ := r.Track(a.Track)
			for _, s := range t.Stages {
				if key := a.Track + ":" + s.ID; a.At(s) && to < far[key] {
					far[key], changed = to, true
				}
			}
		}
	}
	return far
}
