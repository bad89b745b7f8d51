package desk

import (
	"context"

	"jiesu/backend/calendar"
	"jiesu/backend/fault"
)

// Counted is the end of a count of days, with the reason of every day.
type Counted struct {
	Due         string       `json:"due"`
	ActBy       string       `json:"act_by,omitempty"` // the last working day on or before every reading
	Provisional bool         `json:"provisional"`
	Days        []ExplainDay `json:"days"`
	Readings    []string     `json:"readings,omitempty"` // when the law's words leave several
}

func (d *Desk) calendar() *calendar.Calendar {
	if book, err := d.open(); err == nil && book.Unlocked() {
		return book.Rules().Calendar
	}
	return d.rules.Calendar
}

// Workday is the n-th working day after a date. It needs no data folder.
func (d *Desk) Workday(_ context.Context, date string, n int) (Counted, error) {
	start, err := calendar.ParseDate(date)
	if err != nil {
		return Counted{}, err
	}
	if n < 1 || n > 2500 {
		return Counted{}, fault.New(fault.Usage, "workdays", "工作日数应在 1 到 2500 之间", "例如 workday 2026-09-30 7")
	}
	return counted(d.calendar().AddWorkdays(start, n, true)), nil
}

// Limit ends a span that begins at a date or a time; roll says what happens
// when it ends on a rest day. It needs no data folder.
func (d *Desk) Limit(_ context.Context, start, span, roll string) (Counted, error) {
	at, err := readMoment(start, "start")
	if err != nil {
		return Counted{}, err
	}
	s, err := calendar.ParseSpan(span)
	if err != nil {
		return Counted{}, err
	}
	r, err := calendar.ParseRoll(roll)
	if err != nil {
		return Counted{}, err
	}
	if !s.ByDays() {
		end := calendar.AddWall(at, s.Duration(), nil)
		return Counted{Due: stamp(end), Days: []ExplainDay{}}, nil
	}
	cal, first := d.calendar(), calendar.DateOf(at)
	res := cal.Count(first, s, true, nil, true)
	rolled := cal.Roll(res.Due, r)
	out := counted(res)
	out.Due, out.Provisional = rolled.Due.String(), out.Provisional || rolled.Provisional
	out.ActBy = cal.ActBy(first, rolled.Earliest).String()
	out.Days = append(out.Days, explainDays(rolled.Days)...)
	for _, reading := range rolled.Readings {
		out.Readings = append(out.Readings, readingText(reading))
	}
	return out, nil
}

func counted(r calendar.Result) Counted {
	return Counted{Due: r.Due.String(), Provisional: r.Provisional, Days: explainDays(r.Days)}
}

func explainDays(days []calendar.Day) []ExplainDay {
	out := make([]ExplainDay, 0, len(days))
	for _, day := range days {
		out = append(out, ExplainDay{Date: day.Date.String(), Counts: day.Counts, Why: day.Why})
	}
	return out
}
