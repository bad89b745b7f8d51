package complaint

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiesu/backend/journal"
)

// world is what some replicas wrote about one case, each from what it had.
type world struct {
	t     *rapid.T
	all   []Entry
	have  []map[journal.ID]bool
	clock []int64
}

func (w *world) view(r int) []Entry {
	var out []Entry
	for _, e := range w.all {
		if w.have[r][e.ID] {
			out = append(out, e)
		}
	}
	return out
}

func (w *world) pick(name string, from ...string) string {
	return rapid.SampledFrom(from).Draw(w.t, name)
}

// write lets a replica append an act on what it has.
func (w *world) write(r int, act *Act) journal.ID {
	var nodes []journal.Node
	for _, e := range w.view(r) {
		nodes = append(nodes, e.Node)
	}
	ordered, _ := journal.Sort(nodes)
	w.clock[r] += rapid.Int64Range(0, 5).Draw(w.t, "clock")
	// ids in no relation to the order
	id := journal.ID(fmt.Sprintf("%02x%04x", uint8(len(w.all)*167+13), len(w.all)))
	at := time.UnixMilli(w.clock[r]).UTC()
	act.At, act.Recorded, act.Officer = at, at, Ref{fmt.Sprint("o", r), fmt.Sprint("样本", r)}
	w.all = append(w.all, Entry{Node: journal.Node{ID: id, Parents: journal.Heads(ordered), Clock: journal.Stamp{Millis: w.clock[r]},
		Replica: fmt.Sprint("r", r), Seq: uint64(len(w.all))}, Act: act})
	w.have[r][id] = true
	return id
}

func (w *world) randomEffect(r int) Effect {
	some := func() journal.ID {
		v := w.view(r)
		return v[rapid.IntRange(0, len(v)-1).Draw(w.t, "target")].ID
	}
	at := time.UnixMilli(w.clock[r] + 1).UTC()
	n := fmt.Sprint("n", len(w.all))
	switch kind := w.pick("effect", Kinds()...); kind {
	case "decide":
		return &Decided{Slot: w.pick("slot", "acceptance", "decision", NumberSlot), Value: w.pick("value", "a", "b")}
	case "go":
		return &Go{Track: w.pick("track", "main", "appeal"), Stage: w.pick("stage", "x", "y", "z")}
	case "classify":
		return &Classify{Scheme: "importance", Value: w.pick("value", "a", "b")}
	case "assign":
		return &Assign{Slot: AssigneeSlot, To: Ref{ID: "p", Name: w.pick("to", "甲", "乙")}}
	case "set":
		return &Set{Values: map[string]any{"facts": n, "complainant": map[string]any{"name": n}, "complainant.phone": n}}
	case "add":
		return &Add{Field: "evidence", ID: n, Row: map[string]any{"name": n}}
	case "remove":
		return &Remove{Field: "evidence", ID: fmt.Sprint("n", rapid.IntRange(0, len(w.all)).Draw(w.t, "row"))}
	case "mark":
		return &Mark{Name: w.pick("mark", "received", "accepted"), At: at, Correct: rapid.Bool().Draw(w.t, "correct")}
	case "letter_issued":
		return &LetterIssued{ID: n, Kind: "acceptance", Number: n}
	case "rebind":
		return &Rebind{Regime: "cn.sample", Version: w.pick("version", "1", "2")}
	case "merge":
		return &Merge{Into: w.pick("into", "c2", "c3")}
	case "undo":
		return &Undo{Act: some()}
	case "resolve":
		return &Resolve{Contradiction: w.pick("k", "k1", "k2"), Keep: some(), Drop: []journal.ID{some(), some()}}
	default:
		return samples()[kind]
	}
}

// resolveOne settles the first contradiction a replica sees, for a random side.
func (w *world) resolveOne(r int) bool {
	c := Fold("c1", w.view(r))
	if len(c.Contradictions) == 0 {
		return false
	}
	k := c.Contradictions[0]
	keep := k.Acts[rapid.IntRange(0, len(k.Acts)-1).Draw(w.t, "keep")]
	act, err := DecideResolve(c, Env{}, k.ID, keep, "")
	if err != nil {
		w.t.Fatal(err)
	}
	w.write(r, act)
	return true
}

// draw makes a random history of 2 or 3 replicas with unequal branches.
func draw(t *rapid.T) *world {
	n := rapid.IntRange(2, 3).Draw(t, "replicas")
	w := &world{t: t, have: make([]map[journal.ID]bool, n), clock: make([]int64, n)}
	for i := range n {
		w.have[i] = map[journal.ID]bool{}
		w.clock[i] = rapid.Int64Range(0, 50).Draw(t, "start")
	}
	root := w.write(0, ground()[0].Act)
	for i := range n {
		w.have[i][root] = true
	}
	for range rapid.IntRange(1, 25).Draw(t, "steps") {
		r := rapid.IntRange(0, n-1).Draw(t, "who")
		switch rapid.IntRange(0, 9).Draw(t, "step") {
		case 0, 1:
			other := rapid.IntRange(0, n-1).Draw(t, "from")
			for id := range w.have[other] {
				w.have[r][id] = true
			}
		case 2:
			w.resolveOne(r)
		default:
			act := &Act{Action: "x", Label: "样本"}
			for range rapid.IntRange(1, 3).Draw(t, "effects") {
				act.Effects = append(act.Effects, w.randomEffect(r))
			}
			w.write(r, act)
		}
	}
	return w
}

func TestTheCaseDependsOnTheSetOfActsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t)
		want := encoded(t, Fold("c1", w.all))
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "shuffle"), 1))
		for range 3 {
			mixed := slices.Clone(w.all)
			rng.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
			mixed = append(mixed, mixed[rng.IntN(len(mixed))], mixed[0])
			if got := encoded(t, Fold("c1", mixed)); !bytes.Equal(got, want) {
				t.Fatalf("in another order:\n%s\nfirst\n%s", got, want)
			}
			part := mixed[:rng.IntN(len(mixed))] // parents missing: nothing fails, nothing vanishes
			c := Fold("c1", part)
			ids := map[journal.ID]bool{}
			for _, e := range part {
				ids[e.ID] = true
			}
			if len(c.History)+c.Waiting != len(ids) {
				t.Fatalf("%d of %d acts shown, %d wait", len(c.History), len(ids), c.Waiting)
			}
		}
	})
}

func TestWhateverIsMergedTheCaseHangsTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t)
		c := Fold("c1", w.all)
		place := map[journal.ID]int{}
		for i, s := range c.History {
			place[s.Act] = i
			for _, p := range s.Parents {
				if _, ok := place[p]; !ok {
					t.Fatalf("%s stands before what it had seen", s.Act)
				}
			}
		}
		onceEach(t, c, place)
		issued := map[string]bool{}
		for _, e := range w.all {
			for _, effect := range e.Act.Effects {
				if l, ok := effect.(*LetterIssued); ok {
					issued[l.ID] = true
				}
			}
		}
		if len(c.Letters) != len(issued) {
			t.Fatalf("%d letters of %d that went out", len(c.Letters), len(issued))
		}
		for _, track := range c.Tracks {
			if s := c.Slot("stage:" + track.ID); s != "" && track.Stage != s {
				t.Fatalf("track %s shows %s, its slot %s", track.ID, track.Stage, s)
			}
		}
		bound := c.Slot("regime")
		if c.Number != c.Slot(NumberSlot) || c.MergedInto != c.Slot("merged") || bound != "" && c.Regime.ID+"@"+c.Regime.Version != bound {
			t.Fatalf("%q %q %v do not fit %v", c.Number, c.MergedInto, c.Regime, c.Claims)
		}
		if a := c.Slot(AssigneeSlot); a != "" && c.Assigned[AssigneeSlot].Name != a {
			t.Fatalf("assigned to %v, slot %s", c.Assigned, a)
		}
	})
}

// onceEach: every disputed slot and every act of a dispute stands in exactly
// one contradiction, and no act in one is without effect.
func onceEach(t *rapid.T, c *Case, place map[journal.ID]int) {
	slots, acts := map[string]int{}, map[journal.ID]int{}
	for _, k := range c.Contradictions {
		for _, s := range k.Slots {
			slots[s]++
		}
		for _, a := range k.Acts {
			acts[a]++
			if c.History[place[a]].Dropped != "" {
				t.Fatalf("%s contradicts without effect", a)
			}
		}
	}
	for slot, claims := range c.Claims {
		want := 0
		if disputed(claims) {
			want = 1
		}
		if slots[slot] != want {
			t.Fatalf("slot %s stands in %d contradictions, want %d: %v", slot, slots[slot], want, claims)
		}
		for _, cl := range claims {
			if want == 1 && acts[cl.Act] != 1 {
				t.Fatalf("act %s stands in %d contradictions", cl.Act, acts[cl.Act])
			}
		}
	}
}

func TestAPersonCanSettleEveryContradiction(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t)
		for _, e := range w.all {
			w.have[0][e.ID] = true
		}
		for n := 0; w.resolveOne(0); n++ {
			if n > 3*len(w.all)+10 {
				t.Fatalf("still in contradiction after %d decisions: %+v", n, Fold("c1", w.all).Contradictions)
			}
		}
	})
}
