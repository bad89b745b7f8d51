// Package deadline computes due dates (期限): clock rules (时限) of a regime +
// the marks of a case + the calendar + now → when something is due, until when
// it is best done, what light it has, and why, day by day.
//
// It is not a store and not a rulebook: nothing it returns is ever kept as
// truth. Given the same input it gives the same answer; it never asks what
// time it is. Lists may keep YellowAt and RedAt, never the light itself.
//
// Promise to old data: state, light and origin names are append-only.
package deadline

import (
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/regime"
)

// States of a deadline; guards ask for them by these names.
const (
	Waiting = "waiting" // nothing has started it yet
	Running = "running"
	Paused  = "paused"
	Stopped = "stopped"
	Overdue = "overdue"
	Unset   = "unset" // the rule states no length and the office has set none
)

// Lights.
const (
	Green  = "green"
	Yellow = "yellow"
	Red    = "red"
	Grey   = "grey"
)

// ByCase is the origin of a limit that a field of the case names: a promised
// waiting time. The others are regime's.
const ByCase = "case"

// Input is all a due date depends on.
type Input struct {
	Regime      string // id, for Overrides
	Clocks      []regime.Clock
	Overrides   map[string]string // spans the office has set, by "regime/clock" or "clock"
	Marks       map[string][]time.Time
	Suspensions []Suspension
	Extensions  []Extension
	Restarts    []Restart
	Facts       regime.Facts // for the clocks' guards; nil: every clock applies
	Calendar    *calendar.Calendar
	Hours       calendar.Hours // office hours, for clocks that count them
	Now         time.Time
}

// Suspension is a stretch of time one clock does not count; a zero To has not
// ended.
type Suspension struct {
	Clock    string
	From, To time.Time
	Reason   string
}

// Extension lengthens one clock.
type Extension struct {
	Clock  string
	Span   string
	At     time.Time
	Reason string
}

// Restart begins one clock anew.
type Restart struct {
	Clock  string
	At     time.Time
	Reason string
}

// Deadline is one clock of one case as of now.
type Deadline struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Track string `json:"track,omitempty"`
	State string `json:"state"`
	Light string `json:"light"`

	// Due is the last moment at which the office is in time; zero where it has
	// none to keep: nothing started, nothing set, or a limit of the citizen's.
	// While paused it is the date if the clock ran on from now.
	Due     time.Time          `json:"due,omitzero"`
	ByDay   bool               `json:"by_day,omitempty"` // the limit ends with a day, not at a moment
	DueDate calendar.Date      `json:"due_date"`         // its day, a citizen's limit included
	DueText string             `json:"due_text"`
	ActBy   calendar.Date      `json:"act_by"` // last working day on or before the earliest reading
	Start   time.Time          `json:"start,omitzero"`
	Span    string             `json:"span,omitempty"`
	Binds   string             `json:"binds"`             // office or citizen
	Named   bool               `json:"named,omitempty"`   // a field of the case names the due day or moment itself
	Several bool               `json:"several,omitempty"` // several set it a limit; Basis says who and which holds
	Origin  string             `json:"origin"`
	Own     bool               `json:"own,omitempty"` // the office set it, not the rule
	Basis   string             `json:"basis"`
	Reading calendar.Roll      `json:"reading,omitempty"`
	Others  []calendar.Reading `json:"readings,omitempty"` // where the law is read in several ways

	YellowAt    time.Time `json:"yellow_at,omitzero"`
	RedAt       time.Time `json:"red_at,omitzero"`
	StoppedAt   time.Time `json:"stopped_at,omitzero"`
	Late        bool      `json:"late,omitempty"`        // stopped after it was due
	Provisional bool      `json:"provisional,omitempty"` // counts into a year whose 放假安排 is not known
	Ignored     []string  `json:"ignored,omitempty"`     // extensions beyond the rule's number, in words

	// While it is overdue: the action that is due now, and whose.
	Demands string `json:"demands,omitempty"`
	Role    string `json:"role,omitempty"`
}

// Compute gives the deadlines of all clocks that apply, in the regime's order.
func Compute(in Input) []Deadline {
	var out []Deadline
	for i := range in.Clocks {
		if c, ok := newCount(&in, &in.Clocks[i], false); ok {
			out = append(out, c.deadline())
		}
	}
	return out
}

// One gives the deadline of one clock; false if the regime has no such clock
// or it does not apply to the case.
func One(in Input, clock string) (Deadline, bool) {
	for i := range in.Clocks {
		if in.Clocks[i].ID == clock {
			c, ok := newCount(&in, &in.Clocks[i], false)
			if !ok {
				return Deadline{}, false
			}
			return c.deadline(), true
		}
	}
	return Deadline{}, false
}

// Day is the due date or moment as scripts read it: "2026-09-29" or
// "2026-09-29 15:30"; empty if there is none.
func (d Deadline) Day() string {
	switch {
	case d.DueDate.IsZero():
		return ""
	case d.ByDay:
		return d.DueDate.String()
	}
	return d.Due.In(calendar.Zone()).Format("2006-01-02 15:04")
}

// LightAt is the light at another moment: what a list asks again and again.
func (d Deadline) LightAt(now time.Time) string {
	switch {
	case d.RedAt.IsZero() || d.State != Running && d.State != Overdue:
		return Grey
	case !now.Before(d.RedAt):
		return Red
	case !now.Before(d.YellowAt):
		return Yellow
	}
	return Green
}

// OriginText says who set the limit.
func (d Deadline) OriginText() string { return OriginWords(d.Origin, d.Own) }

// OriginWords say who set a limit. A time that the rule itself states is the
// rule's, not one the office chose; own says that the office set it.
func OriginWords(origin string, own bool) string {
	switch {
	case own:
		return "本单位设定"
	case origin == regime.Statutory:
		return "法定"
	case origin == regime.ByUnit:
		return "办法规定"
	case origin == ByCase:
		return "本案约定"
	}
	return "未设定"
}
