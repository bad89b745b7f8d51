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
	Field(path string) (any, bool)       // "complainant.name"; false: no value
	Stage(track string) string           // empty: the track is not open
	Track() string                       // the track of the action in hand
	MarkCount(id string) int             //
	MarkCountIn(id, from, to string) int // on or after from, on or before to ("2006-01-02"; empty: open)
	MarkAt(id string) (time.Time, bool)  // the last time
	ClockState(id string) string         // running, stopped, paused, overdue, unset, waiting
	HasRole(id string) bool              // this officer
	DidAction(action string) bool        // by this officer, on this case
	LetterIssued(kind string) bool       // and not voided
	Now() time.Time                      //

	CountRows(group string, counts func(row map[string]any) bool) int // of the case and of the form
	WithinAuthority(group string) bool                                // this officer may grant alone what the rows say
	InCharge(path string) bool                                        // this officer is in charge of the unit named there
	NamesMe(path string) bool                                         // this officer is named there
	InArea(path string) bool                                          // the unit named there is not outside the office's area
	Skilled(s *Skilled) (names []string, me, asked bool)              // who of the office has the skills, this officer among them; whether it matters
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
		(g.Mark == nil || g.Mark.holds(f)) &&
		(g.Clock == nil || slices.Contains(g.Clock.In, f.ClockState(g.Clock.ID))) &&
		(g.Role == "" || f.HasRole(g.Role)) &&
		(g.NotBy == "" || !f.DidAction(g.NotBy)) &&
		(g.Within == nil || g.Within.holds(f)) &&
		(g.Letter == "" || f.LetterIssued(g.Letter)) &&
		(g.Rows == nil || g.Rows.holds(f)) &&
		(g.Gap == nil || g.Gap.holds(f)) &&
		(g.Authority == "" || f.WithinAuthority(g.Authority)) &&
		(g.InCharge == "" || f.InCharge(g.InCharge)) &&
		(g.NotSelf == "" || !f.NamesMe(g.NotSelf)) &&
		(g.BeforeEnd == nil || g.BeforeEnd.holds(f)) &&
		(g.InArea == "" || f.InArea(g.InArea)) &&
		(g.Skilled == nil || g.Skilled.holds(f))
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

func (c *CountGuard) holds(f Facts) bool {
	if c.From == "" && c.To == "" {
		return inRange(f.MarkCount(c.ID), c.Min, c.Max)
	}
	return inRange(f.MarkCountIn(c.ID, c.From, c.To), c.Min, c.Max)
}

// inRange compares a count; without bounds there must be one at least.
func inRange(n int, least, most *int) bool {
	return (least == nil || n >= *least) && (most == nil || n <= *most) &&
		(least != nil || most != nil || n > 0)
}

// RowsGuard counts the rows of a group, the form's included, that have (or
// lack) a value in a column.
type RowsGuard struct {
	Field  string   `json:"field" yaml:"field"`
	Column string   `json:"column,omitempty" yaml:"column,omitempty"` // empty: all rows
	Empty  bool     `json:"empty,omitempty" yaml:"empty,omitempty"`   // rows without a value in the column
	In     []string `json:"in,omitempty" yaml:"in,omitempty"`         // rows with one of these
	Min    *int     `json:"min,omitempty" yaml:"min,omitempty"`
	Max    *int     `json:"max,omitempty" yaml:"max,omitempty"` // neither: at least one
}

func (g *RowsGuard) holds(f Facts) bool {
	return inRange(f.CountRows(g.Field, g.counts), g.Min, g.Max)
}

func (g *RowsGuard) counts(row map[string]any) bool {
	v := row[g.Column]
	switch {
	case g.Column == "":
		return true
	case g.Empty:
		return field.Empty(v)
	case g.In != nil:
		return slices.ContainsFunc(g.In, func(x string) bool { return has(v, x) })
	}
	return !field.Empty(v)
}

func (g *Gap) holds(f Facts) bool {
	since, ok := momentOf(f, g.Since)
	until, too := momentOf(f, g.Until)
	if !ok || !too {
		return false
	}
	if least, err := calendar.ParseSpan(g.Min); g.Min != "" && (err != nil || until.Before(calendar.After(since, least))) {
		return false
	}
	most, err := calendar.ParseSpan(g.Max)
	return g.Max == "" || err == nil && !until.After(calendar.After(since, most))
}

// momentOf reads a date field (its beginning) or a datetime field.
func momentOf(f Facts, path string) (time.Time, bool) {
	v, _ := f.Field(path)
	s, _ := v.(string)
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		return at, true
	}
	at, err := time.ParseInLocation(time.DateOnly, s, calendar.Zone())
	return at, err == nil
}

// Beyond says whether a guard fails because the officer's authority ends.
func (g *Guard) Beyond(f Facts) bool {
	if g == nil {
		return false
	}
	if g.Authority != "" && !f.WithinAuthority(g.Authority) {
		return true
	}
	beyond := func(x Guard) bool { return x.Beyond(f) }
	return slices.ContainsFunc(g.All, beyond) || len(g.Any) > 0 && !slices.ContainsFunc(g.Any, func(x Guard) bool { return !beyond(x) })
}

func (w *Within) holds(f Facts) bool {
	at, ok := f.MarkAt(w.Mark)
	if !ok {
		return false
	}
	span, err := calendar.ParseSpan(w.Span)
	return err == nil && !f.Now().After(calendar.After(at, span))
}
