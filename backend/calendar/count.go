package calendar

import "time"

// Day is one line of an explanation.
type Day struct {
	Date   Date   `json:"date"`
	Counts bool   `json:"counts"`
	Why    string `json:"why"`
}

// Result is the end of a span.
type Result struct {
	Due         Date  `json:"due"`
	Provisional bool  `json:"provisional"` // touches a year whose 放假安排 is not loaded
	Days        []Day `json:"days"`
}

// Pauses answers whether a day is left out of a count, and why. nil: none is.
type Pauses func(Date) (bool, string)

// AddWorkdays is the n-th working day after start, with the reason of every
// day. firstExcluded is the law's way (期间开始的当日不计入); otherwise start
// itself is the first candidate. n below 1 ends on start.
func (c *Calendar) AddWorkdays(start Date, n int, firstExcluded bool) Result {
	return c.Count(start, Span{N: n, Unit: UnitWorkday}, firstExcluded, nil, true)
}

// AddDays is AddWorkdays for calendar days.
func (c *Calendar) AddDays(start Date, n int, firstExcluded bool) Result {
	return c.Count(start, Span{N: n, Unit: UnitDay}, firstExcluded, nil, true)
}

// maxPaused bounds a walk over paused days: about forty years.
const maxPaused = 15_000

// Count ends a span of days that begins on start. Days in pauses do not
// count. Days are listed only when explain is set, because lists of cases
// need the date alone. Minutes and hours end on start's own day here; see
// AddDuration.
func (c *Calendar) Count(start Date, s Span, firstExcluded bool, pauses Pauses, explain bool) Result {
	w := walk{c: c, pauses: pauses, explain: explain, at: start}
	switch s.Unit {
	case UnitWorkday, UnitDay:
		if s.Unit == UnitDay && pauses == nil && !explain {
			return Result{Due: start.AddDays(s.N - unlessExcluded(firstExcluded))}
		}
		w.first(firstExcluded)
		w.days(s.N, s.Unit == UnitWorkday, firstExcluded)
	case UnitMonth, UnitYear:
		w.first(firstExcluded)
		months := s.N
		if s.Unit == UnitYear {
			months *= 12
		}
		end := start.AddMonths(months).AddDays(-unlessExcluded(firstExcluded))
		if pauses == nil && !explain {
			return Result{Due: end}
		}
		w.until(end, firstExcluded)
	default:
		w.note(start, true, "当天")
	}
	return Result{Due: w.at, Provisional: w.provisional, Days: w.list}
}

// unlessExcluded is the day by which a span ends earlier when its first day counts.
func unlessExcluded(firstExcluded bool) int {
	if firstExcluded {
		return 0
	}
	return 1
}

// walk goes from day to day.
type walk struct {
	c           *Calendar
	pauses      Pauses
	explain     bool
	at          Date
	provisional bool
	list        []Day
}

func (w *walk) note(d Date, counts bool, why string) {
	if w.explain {
		w.list = append(w.list, Day{Date: d, Counts: counts, Why: why})
	}
}

func (w *walk) first(excluded bool) {
	if excluded {
		w.note(w.at, false, "起算当日不计入")
	}
}

// counts says whether the day w.at counts, and lists it.
func (w *walk) counts(workdays bool) bool {
	if w.pauses != nil {
		if paused, why := w.pauses(w.at); paused {
			w.note(w.at, false, why)
			return false
		}
	}
	// A natural day counts whatever it is: no calendar is asked.
	if !workdays {
		if w.explain {
			_, why := w.c.rest(w.at, true)
			w.note(w.at, true, "自然日（"+why+"）")
		}
		return true
	}
	if !w.c.Known(w.at) {
		w.provisional = true
	}
	off, why := w.c.rest(w.at, w.explain)
	w.note(w.at, !off, why)
	return !off
}

func (w *walk) days(n int, workdays, firstExcluded bool) {
	d := w.at.AddDays(-unlessExcluded(firstExcluded))
	last := w.at
	for guard := 0; n > 0 && guard < 3*20_000+maxPaused; guard++ {
		d = d.AddDays(1)
		w.at = d
		if w.counts(workdays) {
			n--
			last = d
		}
	}
	w.at = last
}

// until walks to a fixed end and on by as many days as were paused before it.
func (w *walk) until(end Date, firstExcluded bool) {
	d := w.at.AddDays(-unlessExcluded(firstExcluded))
	for guard := 0; d.Before(end) && guard < 40_000+maxPaused; guard++ {
		d = d.AddDays(1)
		w.at = d
		if !w.counts(false) {
			end = end.AddDays(1)
		}
	}
	w.at = d
}

// WorkdayBefore is the n-th working day before d.
func (c *Calendar) WorkdayBefore(d Date, n int) Date {
	for guard := 0; n > 0 && guard < 60_000; guard++ {
		d = d.AddDays(-1)
		if off, _ := c.rest(d, false); !off {
			n--
		}
	}
	return d
}

// OnOrBefore is the last working day on or before d.
func (c *Calendar) OnOrBefore(d Date) Date {
	for range 400 { // an office cannot rest for a year
		if off, _ := c.rest(d, false); !off {
			return d
		}
		d = d.AddDays(-1)
	}
	return d
}

// Back goes a span back from d: where a warning before a due date begins.
func (c *Calendar) Back(d Date, s Span) Date {
	switch s.Unit {
	case UnitWorkday:
		return c.WorkdayBefore(d, s.N)
	case UnitDay:
		return d.AddDays(-s.N)
	case UnitMonth:
		return d.AddMonths(-s.N)
	case UnitYear:
		return d.AddMonths(-12 * s.N)
	}
	return d
}

// After is the end of a span from a moment, without a calendar of holidays;
// working days are counted as Monday to Friday. It serves rough limits
// (guards), never a due date.
func After(t time.Time, s Span) time.Time {
	if !s.ByDays() {
		return t.Add(s.Duration())
	}
	return New().Count(DateOf(t), s, true, nil, false).Due.End()
}
