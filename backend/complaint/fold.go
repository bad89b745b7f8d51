package complaint

import (
	"slices"
	"strings"

	"jiesu/backend/journal"
)

// Entry is one entry of a case's stream as Fold needs it.
type Entry struct {
	journal.Node
	Act    *Act // nil: could not be opened or read
	Must   bool
	Hidden bool // it has an identity part that could not be opened here
}

// applied is the act being applied and what its author had seen.
type applied struct {
	id   journal.ID
	act  *Act
	must bool
	past *journal.Ancestry
}

func (a *applied) saw(earlier journal.ID) bool { return a.past.Saw(a.id, earlier) }

func (a *applied) sawAct(earlier string) bool { return a.saw(journal.ID(earlier)) }

// Fold makes the case of its entries. The result depends on the set of entries
// alone, not on their order; it never fails.
func Fold(id string, entries []Entry) *Case {
	c := newCase(id)
	nodes := make([]journal.Node, len(entries))
	byID := make(map[journal.ID]Entry, len(entries))
	for i, e := range entries {
		nodes[i] = e.Node
		byID[e.ID] = e
	}
	ordered, waiting := journal.Sort(nodes)
	past := journal.NewAncestry(ordered)
	position := make(map[journal.ID]int, len(ordered))
	for i, n := range ordered {
		position[n.ID] = i
	}
	dropped := withoutEffect(ordered, byID, past)
	for _, n := range ordered {
		e := byID[n.ID]
		if e.Hidden {
			c.Sealed = true
		}
		if e.Act == nil {
			c.ReadOnly = c.ReadOnly || e.Must
			continue
		}
		c.Protected = c.Protected || e.Hidden || len(e.Act.Identity) > 0
		c.History = append(c.History, step(e, dropped[n.ID]))
		by := &applied{id: n.ID, act: e.Act, must: e.Must, past: past}
		for _, effect := range append(append(Effects(nil), e.Act.Effects...), e.Act.Identity...) {
			if dropped[n.ID] == "" || outlivesDrop(effect) {
				effect.apply(c, by)
			}
		}
	}
	c.Number = c.Slot(NumberSlot)
	c.Heads = journal.Heads(ordered)
	c.Waiting = len(waiting)
	c.Contradictions = contradictions(c.Claims, position)
	return c
}

// outlivesDrop says what stays of an act that was undone or dropped: a letter
// that left the desk has left it, and what was read or written stays.
func outlivesDrop(e Effect) bool {
	switch e.(type) {
	case *LetterIssued, *LetterVoided, *LetterDelivered, *Note, *Unknown:
		return true
	}
	return false
}

// withoutEffect finds the acts taken out of the fold, and by which act. Undos
// and resolves come after what they take out, so going backwards each is known
// to stand or not when it is met. Of several resolves of one contradiction the
// last that stands counts: it had seen the others, or nobody has decided
// between them yet and they contradict each other in turn.
func withoutEffect(ordered []journal.Node, byID map[journal.ID]Entry, past *journal.Ancestry) map[journal.ID]journal.ID {
	dropped := map[journal.ID]journal.ID{}
	resolved := map[string]bool{}
	for i := len(ordered) - 1; i >= 0; i-- {
		id := ordered[i].ID
		if byID[id].Act == nil || dropped[id] != "" {
			continue
		}
		for _, effect := range byID[id].Act.Effects {
			for _, target := range takesOut(effect, resolved) {
				if past.Saw(id, target) {
					dropped[target] = id
				}
			}
		}
	}
	return dropped
}

// takesOut are the acts an effect that stands takes out of the fold.
func takesOut(effect Effect, resolved map[string]bool) []journal.ID {
	switch e := effect.(type) {
	case *Undo:
		return []journal.ID{e.Act}
	case *Resolve:
		if resolved[e.Contradiction] {
			return nil
		}
		resolved[e.Contradiction] = true
		return slices.DeleteFunc(slices.Clone(e.Drop), func(id journal.ID) bool { return id == e.Keep })
	}
	return nil
}

func step(e Entry, dropped journal.ID) Step {
	a := e.Act
	s := Step{Act: e.ID, Action: a.Action, Label: a.Label, Track: a.Track, At: a.At, Recorded: a.Recorded, Officer: a.Officer,
		Office: a.Office, Replica: e.Replica, Kind: "work", Dropped: dropped, Reversible: a.Reversible, Parents: e.Parents}
	var lines []string
	for _, effect := range inFull(a) {
		if l := effect.line(); l != "" {
			lines = append(lines, l)
		}
		switch ef := effect.(type) {
		case *LetterIssued:
			s.Kind, s.Letter = "letter", ef.ID
		case *LetterVoided:
			s.Kind, s.Letter = "letter", ef.ID
		case *LetterDelivered:
			s.Kind = "contact"
		case *Suspend, *Resume, *Extend, *Restart:
			s.Kind = "limit"
		case *Note:
			s.Kind = "contact"
		}
	}
	if a.Reason != "" {
		lines = append(lines, "理由："+a.Reason)
	}
	s.Line = cut(strings.Join(lines, "；"), 300)
	return s
}

func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// inFull are the effects the timeline speaks of: where the identity part is
// open, its notes in place of those the open part says masked.
func inFull(a *Act) Effects {
	var originals Effects
	for _, e := range a.Identity {
		if n, ok := e.(*Note); ok && n.Kind == originalNote {
			originals = append(originals, e)
		}
	}
	if len(originals) == 0 {
		return a.Effects
	}
	return append(slices.DeleteFunc(slices.Clone(a.Effects), func(e Effect) bool { _, note := e.(*Note); return note }), originals...)
}
