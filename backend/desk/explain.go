package desk

import (
	"context"

	"jiesu/backend/calendar"
	"jiesu/backend/fault"
)

// Explain gives the day-by-day reason of one due date.
func (d *Desk) Explain(_ context.Context, number, clock string) (Explanation, error) {
	o, err := d.openCase(number)
	if err != nil {
		return Explanation{}, err
	}
	e, ok := o.book.Explain(o.c, clock)
	if !ok {
		return Explanation{}, fault.New(fault.NotFound, "unknown-clock", "本案没有这个时限："+clock, "用 case show 查看本案的时限")
	}
	out := Explanation{Clock: demanded(d.clockRow(o.calendar(), e.Deadline), e.Deadline, o.regime), Days: []ExplainDay{}, Readings: []string{}, Text: e.Text()}
	for _, day := range e.Days {
		out.Days = append(out.Days, ExplainDay{Date: day.Date.String(), Counts: day.Counts, Why: day.Why})
	}
	for _, r := range e.Deadline.Others {
		out.Readings = append(out.Readings, readingText(r))
	}
	return out, nil
}

func readingText(r calendar.Reading) string { return r.Label + "：" + r.Due.String() }
