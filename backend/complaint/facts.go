package complaint

import (
	"strings"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/regime"
)

// facts answers a guard's questions about a case and a form.
type facts struct {
	c      *Case
	env    Env
	track  string
	values map[string]any // of the form, before the case's

	adds    map[string][]map[string]any // rows the action would add to a group
	updates map[string]map[string]any   // columns it would fill, by row
}

func factsOf(c *Case, env Env, track string, values map[string]any) *facts {
	return &facts{c: c, env: env, track: track, values: values}
}

// Field implements regime.Facts.
func (f *facts) Field(path string) (any, bool) {
	for _, m := range []map[string]any{f.values, f.c.Fields} {
		if v, ok := walk(m, path); ok {
			return v, true
		}
	}
	if rows := f.c.Rows[path]; len(rows) > 0 {
		return float64(len(rows)), true
	}
	if v := f.c.Slot(path); v != "" {
		return v, true
	}
	return nil, false
}

func walk(m map[string]any, path string) (any, bool) {
	for {
		head, rest, more := strings.Cut(path, ".")
		v, ok := m[head]
		if !ok || v == nil || v == "" {
			return nil, false
		}
		if !more {
			return v, true
		}
		if m, ok = v.(map[string]any); !ok {
			return nil, false
		}
		path = rest
	}
}

// Stage implements regime.Facts.
func (f *facts) Stage(track string) string {
	t, _ := f.c.Track(track)
	return t.Stage
}

// Track implements regime.Facts: the action's own track.
func (f *facts) Track() string { return f.track }

// MarkCount implements regime.Facts.
func (f *facts) MarkCount(id string) int { return len(f.c.Marks[id]) }

// MarkCountIn implements regime.Facts.
func (f *facts) MarkCountIn(id, from, to string) int {
	n := 0
	for _, m := range f.c.Marks[id] {
		day := m.At.In(calendar.Zone()).Format(time.DateOnly)
		if (from == "" || day >= from) && (to == "" || day <= to) {
			n++
		}
	}
	return n
}

// MarkAt implements regime.Facts: the latest such moment.
func (f *facts) MarkAt(id string) (time.Time, bool) {
	moments := f.c.Marks[id]
	if len(moments) == 0 {
		return time.Time{}, false
	}
	latest := moments[0].At
	for _, m := range moments {
		if m.At.After(latest) {
			latest = m.At
		}
	}
	return latest, true
}

// ClockState implements regime.Facts.
func (f *facts) ClockState(id string) string {
	if f.env.Clock == nil {
		return ""
	}
	return f.env.Clock(id)
}

// HasRole implements regime.Facts.
func (f *facts) HasRole(id string) bool { return f.env.HasRole != nil && f.env.HasRole(id) }

// DidAction implements regime.Facts: whether this officer did it on this case.
func (f *facts) DidAction(action string) bool {
	for _, s := range f.c.History {
		if s.Action == action && s.Officer.ID == f.env.Officer.ID && s.Dropped == "" {
			return true
		}
	}
	return false
}

// LetterIssued implements regime.Facts.
func (f *facts) LetterIssued(kind string) bool {
	for _, l := range f.c.Letters {
		if l.Kind == kind && !l.Voided {
			return true
		}
	}
	return false
}

// Now implements regime.Facts.
func (f *facts) Now() time.Time { return f.env.Now }

// FactsFor answers the guards of a form that an officer is about to fill in.
func FactsFor(c *Case, env Env, track string) regime.Facts { return factsOf(c, env, track, nil) }

// FactsAt answers the guards of a case's clocks, with nobody at the desk.
func FactsAt(c *Case, now time.Time) regime.Facts {
	return factsOf(c, Env{Now: now}, c.Main().ID, nil)
}

// FactsIn answers guards about a case as an officer at the desk sees it.
func FactsIn(c *Case, env Env) regime.Facts { return factsOf(c, env, c.Main().ID, nil) }
