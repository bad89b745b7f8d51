package view

import (
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/complaint"
	"jiesu/backend/deadline"
	"jiesu/backend/regime"
)

// Limits gathers what the due dates of a case depend on. spans are the limits
// the unit has set, by "regime/clock".
func Limits(c *complaint.Case, r *regime.Regime, cal *calendar.Calendar, spans map[string]string, now time.Time) deadline.Input {
	in := deadline.Input{Regime: r.ID, Clocks: r.Clocks, Overrides: spans, Marks: map[string][]time.Time{}, Facts: complaint.FactsAt(c, now),
		Calendar: cal, Now: now}
	for name, moments := range c.Marks {
		for _, m := range moments {
			in.Marks[name] = append(in.Marks[name], m.At)
		}
	}
	for _, p := range c.Pauses {
		in.Suspensions = append(in.Suspensions, deadline.Suspension{Clock: p.Clock, From: p.From, To: p.To, Reason: p.Reason})
	}
	for _, e := range c.Extensions {
		in.Extensions = append(in.Extensions, deadline.Extension{Clock: e.Clock, Span: e.Span, At: e.At, Reason: e.Reason})
	}
	for _, p := range c.Restarts {
		in.Restarts = append(in.Restarts, deadline.Restart{Clock: p.Clock, At: p.From})
	}
	return in
}
