package regime

import (
	"fmt"
	"slices"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/field"
)

// Facts are what a guard may ask of a case. On a form, Field answers with the
// form's value where it has one.
type Facts interface {
	Field(path string) (any, bool)      // "complainant.name"; false: no value
	Stage(track string) string          // empty: the track is not open
	Track() string                      // the track of the action in hand
	MarkCount(id string) int            //
	MarkAt(id string) (time.Time, bool) // the last time
	ClockState(id string) string        // running, stopped, paused, overdue, unset, waiting
	HasRole(id string) bool             // this officer
	DidAction(action string) bool       // by this officer, on this case
	LetterIssued(kind string) bool      // and not voided
	Now() time.Time                     //
}

// notMet is said when a guard has no sentence of its own.
const notMet = "条件还不具备"

// Eval says whether the guard holds, and if not, why. A nil guard holds.
func (g *Guard) Eval(f Facts) (bool, string) {
	if g == nil {
		return true, ""
	}
	for i := range g.All {
		if ok, why := g.All[i].Eval(f); !ok {
			return false, g.sentence(why)
		}
	}
	if len(g.Any) > 0 && !slices.ContainsFunc(g.Any, func(x Guard) bool { ok, _ := x.Eval(f); return ok }) {
		_, why := g.Any[0].Eval(f)
		return false, g.sentence(why)
	}
	if g.Not != nil {
		if ok, _ := g.Not.Eval(f); ok {
			return false, g.sentence("")
		}
	}
	if !g.leaf(f) {
		return false, g.sentence("")
	}
	return true, ""
}

// sentence prefers the reason found deeper, which is the more exact one.
func (g *Guard) sentence(deeper string) string {
	if deeper != "" && deeper != notMet {
		return deeper
	}
	if g.Says != "" {
		return g.Says
	}
	return notMet
}

func (g *Guard) leaf(f Facts) bool {
	return g.fieldHolds(f) &&
		(g.Stage == "" || g.stageHolds(f)) &&
		(g.Mark == nil || g.Mark.holds(f.MarkCount(g.Mark.ID))) &&
		(g.Clock == nil || slices.Contains(g.Clock.In, f.ClockState(g.Clock.ID))) &&
		(g.Role == "" || f.HasRole(g.Role)) &&
		(g.NotBy == "" || !f.DidAction(g.NotBy)) &&
		(g.Within == nil || g.Within.holds(f)) &&
		(g.Letter == "" || f.LetterIssued(g.Letter))
}

func (g *Guard) fieldHolds(f Facts) bool {
	if g.Field == "" {
		return true
	}
	v, ok := f.Field(g.Field)
	if ok = ok && !field.Empty(v); !ok {
		return false
	}
	if g.Is != nil && !has(v, plain(g.Is)) {
		return false
	}
	if g.In != nil && !slices.ContainsFunc(g.In, func(x string) bool { return has(v, x) }) {
		return false
	}
	if g.Min == nil && g.Max == nil {
		return true
	}
	n, ok := number(v)
	return ok && (g.Min == nil || n >= *g.Min) && (g.Max == nil || n <= *g.Max)
}

// has says whether a value is want, or a list holds it.
func has(v any, want string) bool {
	if list, ok := v.([]any); ok {
		return slices.ContainsFunc(list, func(x any) bool { return plain(x) == want })
	}
	return plain(v) == want
}

func plain(v any) string {
	if n, ok := v.(float64); ok {
		return fmt.Sprintf("%g", n)
	}
	return fmt.Sprint(v)
}

// number reads a value for min and max; of a list its length counts.
func number(v any) (float64, bool) {
	switch x := v.(type) {
	case float64:
		return x, true
	case []any:
		return float64(len(x)), true
	case string: // money
		var n float64
		_, err := fmt.Sscanf(x, "%f", &n)
		return n, err == nil
	}
	return 0, false
}

func (g *Guard) stageHolds(f Facts) bool {
	track, stage := splitStage(g.Stage)
	if track == "" {
		track = f.Track()
	}
	return f.Stage(track) == stage
}

func (c *CountGuard) holds(n int) bool {
	return (c.Min == nil || n >= *c.Min) && (c.Max == nil || n <= *c.Max) &&
		(c.Min != nil || c.Max != nil || n > 0)
}

func (w *Within) holds(f Facts) bool {
	at, ok := f.MarkAt(w.Mark)
	if !ok {
		return false
	}
	span, err := calendar.ParseSpan(w.Span)
	return err == nil && !f.Now().After(calendar.After(at, span))
}
