// Package view makes what lists and searches need of a case: rows, packed
// columns, folded text; and answers queries over the columns in memory.
//
// A row holds the moments at which the case turns yellow and red, never the
// light itself: lists are right at any time without being made anew. The
// package stores nothing; its forms are part of the rebuildable database.
package view

import (
	"slices"
	"time"

	"jiesu/backend/complaint"
	"jiesu/backend/deadline"
	"jiesu/backend/field"
	"jiesu/backend/office"
	"jiesu/backend/regime"
)

// Row is one line of a list.
type Row struct {
	Case        string    `json:"case"`
	Doc         uint32    `json:"doc"`
	Number      string    `json:"number"`
	Regime      string    `json:"regime"`
	RegimeTitle string    `json:"regime_title"`
	Stage       string    `json:"stage"`
	StageLabel  string    `json:"stage_label"`
	Waits       string    `json:"waits,omitempty"`
	Complainant string    `json:"complainant"`
	Respondent  string    `json:"respondent"`
	Next        string    `json:"next,omitempty"`
	NextLabel   string    `json:"next_label,omitempty"`
	Assignee    string    `json:"assignee,omitempty"`
	Channel     string    `json:"channel"`
	ChannelText string    `json:"channel_text"`
	Category    string    `json:"category,omitempty"`
	Received    time.Time `json:"received"`
	Office      string    `json:"office"`
	Closed      bool      `json:"closed,omitempty"`
	Conflict    bool      `json:"conflict,omitempty"`
	Protected   bool      `json:"protected,omitempty"`
	Acts        int       `json:"acts"`

	Clock       string    `json:"clock,omitempty"` // the most urgent limit that runs
	ClockLabel  string    `json:"clock_label,omitempty"`
	Due         time.Time `json:"due,omitzero"`
	ByDay       bool      `json:"by_day,omitempty"` // due is a day, not a moment
	Yellow      time.Time `json:"yellow,omitzero"`  // from when the case is yellow
	Red         time.Time `json:"red,omitzero"`     // and red
	Provisional bool      `json:"provisional,omitempty"`
	Paused      bool      `json:"paused,omitempty"`
	Demands     []Demand  `json:"demands,omitempty"` // by due, what each running limit demands once it has run out
}

// Demand is what is owed from Due on, and by whom. Whether it is owed yet, the
// moment of looking says.
type Demand struct {
	Clock  string    `json:"clock"`  // in words, as the next two
	Action string    `json:"action"` //
	Role   string    `json:"role,omitempty"`
	Due    time.Time `json:"due"`
	ByDay  bool      `json:"by_day,omitempty"`
}

// Lookup is what Make needs beside the case.
type Lookup struct {
	Now       time.Time
	Regime    func(id, version string) *regime.Regime
	Deadlines func(*complaint.Case) []deadline.Deadline
}

// HiddenName stands for a protected person.
const HiddenName = "（保密）"

// Make makes the row of a case.
func Make(c *complaint.Case, look Lookup, doc uint32) Row {
	main := c.Main()
	r := Row{Case: c.ID, Doc: doc, Number: c.Number, Regime: c.Regime.ID, RegimeTitle: c.Regime.Title, Stage: main.Stage,
		StageLabel: main.StageLabel, Waits: main.Waits, Next: main.Next, Closed: c.Ended() || c.MergedInto != "",
		Conflict: len(c.Contradictions) > 0, Protected: c.Protected, Acts: len(c.History),
		Complainant: partyName(c.Fields["complainant"]), Respondent: partyName(c.Fields["respondent"]), Assignee: c.Slot(complaint.AssigneeSlot)}
	if c.Protected {
		r.Complainant = HiddenName
	}
	r.Channel, _ = c.Fields["channel"].(string)
	r.Category, _ = c.Fields["category"].(string)
	if m := c.Marks[complaint.ReceivedMark]; len(m) > 0 {
		r.Received = m[0].At
	}
	book := look.Regime(c.Regime.ID, c.Regime.Version)
	if book != nil {
		if ch, ok := book.Channel(r.Channel); ok {
			r.ChannelText = ch.Label
		}
		if a, ok := book.Action(r.Next); ok {
			r.NextLabel = a.Label
		}
	}
	if !r.Closed {
		limits := look.Deadlines(c)
		r.setClock(limits)
		r.setDemands(c, book, limits)
	}
	if r.Conflict {
		r.Next, r.NextLabel = complaint.ResolveAction, "冲突裁决"
	}
	return r
}

// setClock picks the limit that turns red first.
func (r *Row) setClock(limits []deadline.Deadline) {
	for _, d := range limits {
		if d.Due.IsZero() || d.State == deadline.Stopped {
			continue
		}
		if d.State == deadline.Paused {
			r.Paused = r.Paused || r.Clock == ""
			continue
		}
		if r.Clock == "" || d.RedAt.Before(r.Red) {
			r.Clock, r.ClockLabel, r.Due, r.ByDay, r.Provisional = d.ID, d.Label, d.Due, d.ByDay, d.Provisional
			r.Red = d.RedAt
		}
		if r.Yellow.IsZero() || d.YellowAt.Before(r.Yellow) {
			r.Yellow = d.YellowAt
		}
	}
	if r.Clock != "" {
		r.Paused = false
	}
}

// setDemands keeps what the running limits demand once they have run out,
// unless it was done after that already.
func (r *Row) setDemands(c *complaint.Case, book *regime.Regime, limits []deadline.Deadline) {
	if book == nil {
		return
	}
	for _, d := range limits {
		k, ok := book.Clock(d.ID)
		if !ok || k.Demands == "" || d.Due.IsZero() || d.State != deadline.Running && d.State != deadline.Overdue {
			continue
		}
		done := slices.ContainsFunc(c.History, func(s complaint.Step) bool {
			return s.Action == k.Demands && s.Dropped == "" && s.At.After(d.Due)
		})
		if done {
			continue
		}
		a, _ := book.Action(k.Demands)
		r.Demands = append(r.Demands, Demand{Clock: d.Label, Action: a.Label, Role: roleLabel(book, k.Overdue), Due: d.Due, ByDay: d.ByDay})
	}
	slices.SortStableFunc(r.Demands, func(a, b Demand) int { return a.Due.Compare(b.Due) })
}

// roleLabel is a role in words: the rulebook's, or one every unit knows.
func roleLabel(book *regime.Regime, id string) string {
	for _, r := range book.Roles {
		if r.ID == id {
			return r.Label
		}
	}
	return map[string]string{office.Administrator: "管理员", office.Handler: "承办人员", office.Approver: "负责人"}[id]
}

// Light is the row's colour at a time.
func (r Row) Light(now time.Time) string {
	return lightOf(r.Closed, r.Clock != "", r.Yellow, r.Red, now)
}

func lightOf(closed, runs bool, yellow, red, now time.Time) string {
	switch {
	case closed || !runs:
		return "grey"
	case !now.Before(red):
		return "red"
	case !now.Before(yellow):
		return "yellow"
	}
	return "green"
}

func partyName(v any) string {
	m, _ := v.(map[string]any)
	name, _ := m["name"].(string)
	return name
}

// Masked shows a value as those see it who have not asked for it.
func Masked(def field.Def, value any) string { return field.ShowText(def, field.Masked(def, value)) }
