package deadline

import (
	"fmt"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/regime"
)

// count is the work on one clock.
type count struct {
	in      *Input
	clock   *regime.Clock
	explain bool

	start, stop time.Time
	pauses      []pause
	held        [3]length // room for all lengths: it is made for every clock of every case
	length      length    // the one that holds
	several     bool      // out of several
	origin      string
	basis       string
	notes       []string
	end         end
}

// end is where a span ends.
type end struct {
	at          time.Time
	date        calendar.Date
	roll        calendar.Rolled
	days        []calendar.Day
	provisional bool
	notes       []string
	ignored     []string // extensions that do not count
}

// newCount prepares a clock; false when its guard says that it does not apply.
func newCount(in *Input, clock *regime.Clock, explain bool) (*count, bool) {
	if in.Facts != nil {
		if ok, _ := clock.Guard.Eval(in.Facts); !ok {
			return nil, false
		}
	}
	c := &count{in: in, clock: clock, explain: explain, origin: clock.Origin, basis: clock.Article}
	all := c.lengths()
	byDay := len(all) == 0
	for i, l := range all {
		if byDay = byDay || l.byDay(); i == 0 {
			c.take(l)
		}
	}
	c.start, c.stop = cycle(starts(in.Marks, clock.Start), stops(in.Marks, clock), byDay)
	if c.start.IsZero() {
		return c, true
	}
	var why string
	c.start, why = restarted(in, clock, c.start, c.stop)
	if why != "" {
		c.note("%s起%s", calendar.DateOf(c.start).Chinese(), why)
	}
	c.pauses = pauses(in, clock, c.start, c.stop)
	c.choose(all)
	return c, true
}

func (c *count) note(format string, args ...any) {
	if c.explain {
		c.notes = append(c.notes, fmt.Sprintf(format, args...))
	}
}

// run ends a length from the start, with pauses, extensions and roll. A moment
// that was named is that moment: only extensions move it.
func (c *count) run(l length) end {
	if l.byDay() {
		return c.runDays(l)
	}
	var e end
	spans := c.extended(l, &e)
	at := c.start
	if !l.at.IsZero() {
		at = l.at
	}
	intervals := make([]calendar.Interval, 0, len(c.pauses))
	for _, p := range c.pauses {
		intervals = append(intervals, p.Interval)
	}
	for _, x := range spans {
		if c.clock.Hours == "business" {
			var provisional bool
			at, provisional = c.in.Calendar.AddBusiness(at, x.Duration(), c.in.Hours, intervals)
			e.provisional = e.provisional || provisional
		} else {
			at = calendar.AddWall(at, x.Duration(), intervals)
		}
	}
	e.at, e.date = at.In(calendar.Zone()), calendar.DateOf(at)
	e.roll = calendar.Rolled{Due: e.date, Earliest: e.date}
	return e
}

func (c *count) runDays(l length) end {
	var e end
	date := calendar.DateOf(c.start)
	if !l.at.IsZero() {
		date = calendar.DateOf(l.at)
	} else if cut, err := calendar.ParseClock(c.clock.Cutoff); c.clock.Cutoff != "" && err == nil && c.start.After(date.At(cut)) {
		date = date.AddDays(1)
		e.notes = append(e.notes, "在 "+c.clock.Cutoff+" 以后收到，按次日收到计算")
	}
	var paused calendar.Pauses
	if len(c.pauses) > 0 {
		paused = c.pausedOn
	}
	excluded := c.clock.First != "included"
	for i, x := range c.extended(l, &e) {
		on := i > 0 || !l.at.IsZero() // goes on from an end
		if on && c.explain {
			e.notes = append(e.notes, "延长"+x.Chinese()+"，从"+date.Chinese()+"之后接着计算")
		}
		r := c.in.Calendar.Count(date, x, excluded || on, paused, c.explain)
		if on && len(r.Days) > 0 {
			r.Days = r.Days[1:] // the last day of what came before
		}
		date = r.Due
		e.days = append(e.days, r.Days...)
		e.provisional = e.provisional || r.Provisional
	}
	roll, _ := calendar.ParseRoll(c.clock.Roll)
	if !l.at.IsZero() {
		roll = calendar.RollNone
	}
	e.roll = c.in.Calendar.Roll(date, roll)
	e.provisional = e.provisional || e.roll.Provisional
	e.days = append(e.days, e.roll.Days...)
	e.date, e.at = e.roll.Due, e.roll.Due.End()
	return e
}

// pausedOn leaves out the day a pause begins and all days up to the day it
// ends, which counts again: of a pause from the 1st to the 5th four days.
func (c *count) pausedOn(d calendar.Date) (bool, string) {
	for _, p := range c.pauses {
		if !d.Before(calendar.DateOf(p.From)) && d.Before(calendar.DateOf(p.To)) {
			return true, p.why
		}
	}
	return false, ""
}

// extended is the span and what lengthens it; the same unit adds up, so that
// two months from the 31st do not become two times one. Extensions come in the
// order of the history: of two that offices granted apart, more than the rule
// allows, the causally first holds and the other is told.
func (c *count) extended(l length, e *end) []calendar.Span {
	var out []calendar.Span
	if l.at.IsZero() {
		out = append(out, l.span)
	}
	if c.clock.Extend == nil {
		return out
	}
	used := 0
	for _, x := range c.in.Extensions {
		more, err := calendar.ParseSpan(x.Span)
		if x.Clock != c.clock.ID || err != nil || more.ByDays() != l.byDay() || more.N == 0 ||
			!x.At.IsZero() && calendar.DateOf(x.At).Before(calendar.DateOf(c.start)) {
			continue
		}
		if used++; used > c.clock.Extend.Times {
			e.ignored = append(e.ignored, fmt.Sprintf("只能延长%d次，%s的延长%s不计", c.clock.Extend.Times, calendar.DateOf(x.At).Chinese(), more.Chinese()))
			continue
		}
		more = c.atMost(more, e)
		if n := len(out); n > 0 && out[n-1].Unit == more.Unit {
			out[n-1].N += more.N
			e.notes = append(e.notes, "延长"+more.Chinese()+"，接着计算")
			continue
		}
		out = append(out, more)
	}
	e.notes = append(e.notes, e.ignored...)
	return out
}

// atMost is an extension, or the longest the rule allows where it is longer;
// of another unit what is longer is tried from the start.
func (c *count) atMost(more calendar.Span, e *end) calendar.Span {
	most, err := calendar.ParseSpan(c.clock.Extend.Span)
	if err != nil || most.Unit == more.Unit && more.N <= most.N ||
		most.Unit != more.Unit && !calendar.After(c.start, more).After(calendar.After(c.start, most)) {
		return more
	}
	e.notes = append(e.notes, "最多延长"+most.Chinese())
	return most
}

// deadline puts the result together.
func (c *count) deadline() Deadline {
	k := c.clock
	d := Deadline{ID: k.ID, Label: k.Label, Track: k.Track, State: Waiting, Light: Grey, Start: c.start, Span: c.length.span.String(), Named: !c.length.at.IsZero(),
		Several: c.several, Binds: c.binds(), Origin: c.origin, Own: c.length.own, Basis: c.basis, ByDay: c.length.byDay(), StoppedAt: c.stop, DueText: "未开始"}
	if c.length.isZero() {
		d.State, d.DueText = Unset, "未设定"
		if !c.stop.IsZero() {
			d.State = Stopped
		}
		return d
	}
	if c.start.IsZero() {
		return d
	}
	e := c.end
	d.Due, d.DueDate, d.Provisional, d.Others, d.Ignored = e.at, e.date, e.provisional, e.roll.Readings, e.ignored
	if roll, _ := calendar.ParseRoll(k.Roll); roll != calendar.RollNone && !d.Named {
		d.Reading = roll
	}
	d.ActBy = e.date
	if d.ByDay {
		d.ActBy = c.in.Calendar.ActBy(calendar.DateOf(c.start), e.roll.Earliest)
	}
	c.lights(&d)
	c.state(&d)
	d.DueText = c.dueText(d)
	d.Light = d.LightAt(c.in.Now)
	if d.Binds == regime.BindsCitizen {
		d.Due, d.YellowAt, d.RedAt, d.Light, d.ActBy = time.Time{}, time.Time{}, time.Time{}, Grey, calendar.Date{}
	}
	return d
}

// lights sets when it turns yellow and red. Red is the moment from which no
// working day is left before the earliest reading, not only the due moment.
func (c *count) lights(d *Deadline) {
	d.RedAt = d.Due
	if d.ByDay {
		d.RedAt = d.ActBy.AddDays(1).Start()
	}
	d.YellowAt = c.defaultWarning(d)
	for i, text := range c.clock.WarnAt {
		s, err := calendar.ParseSpan(text)
		if err != nil {
			continue
		}
		at := d.RedAt.Add(-s.Duration())
		if s.ByDays() {
			at = c.in.Calendar.Back(d.ActBy, s).Start()
		}
		if i == 0 || at.Before(d.YellowAt) {
			d.YellowAt = at
		}
	}
	if d.YellowAt.Before(c.start) {
		d.YellowAt = c.start
	}
	if d.YellowAt.After(d.RedAt) {
		d.YellowAt = d.RedAt
	}
}

// defaultWarning: two working days before a day, the last third before a
// moment, at once on the same day.
func (c *count) defaultWarning(d *Deadline) time.Time {
	switch {
	case c.length.span.Unit == calendar.UnitSameDay:
		return c.start
	case d.ByDay:
		return c.in.Calendar.WorkdayBefore(d.ActBy, 2).Start()
	}
	return d.Due.Add(-d.Due.Sub(c.start) / 3)
}

func (c *count) state(d *Deadline) {
	// What must be done at once is late on the next day; it is red from the
	// first moment on.
	last := d.Due
	if c.length.span.Unit == calendar.UnitImmediate {
		last = d.DueDate.End()
	}
	late := func(t time.Time) bool {
		return t.After(last) || d.ByDay && calendar.DateOf(t).After(d.DueDate)
	}
	d.State = Running
	switch {
	case !c.stop.IsZero():
		d.State, d.Late = Stopped, late(c.stop)
	case c.openPause() != nil && !late(c.openPause().From):
		d.State = Paused
	case late(c.in.Now):
		d.State, d.Demands, d.Role = Overdue, c.clock.Demands, c.clock.Overdue
	}
}

func (c *count) openPause() *pause {
	if n := len(c.pauses); n > 0 && c.pauses[n-1].open {
		return &c.pauses[n-1]
	}
	return nil
}

func (c *count) dueText(d Deadline) string {
	text := d.DueDate.Chinese() + " " + d.DueDate.WeekdayChinese()
	switch {
	case c.length.span.Unit == calendar.UnitImmediate:
		return "立即"
	case !d.ByDay:
		text = d.Due.Format("2006年1月2日 15:04")
	}
	if d.State == Paused {
		text = "暂停中（如现在恢复，到" + text + "）"
	}
	if d.Provisional {
		text += "（暂定）"
	}
	return text
}
