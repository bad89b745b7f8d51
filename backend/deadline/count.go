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
	span        calendar.Span
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
}

// newCount prepares a clock; false when its guard says that it does not apply.
func newCount(in *Input, clock *regime.Clock, explain bool) (*count, bool) {
	if in.Facts != nil {
		if ok, _ := clock.Guard.Eval(in.Facts); !ok {
			return nil, false
		}
	}
	c := &count{in: in, clock: clock, explain: explain, origin: clock.Origin, basis: clock.Article}
	rule, own := c.spans()
	c.span = rule
	if rule.IsZero() {
		c.span = own
	}
	c.start, c.stop = cycle(starts(in.Marks, clock.Start), moments(in.Marks, clock.Stop...), c.span.ByDays() || c.span.IsZero())
	if c.start.IsZero() {
		c.setOwn(rule, own)
		return c, true
	}
	var why string
	c.start, why = restarted(in, clock, c.start, c.stop)
	if why != "" {
		c.note("%s起%s", calendar.DateOf(c.start).Chinese(), why)
	}
	c.pauses = pauses(in, clock, c.start, c.stop)
	c.choose(rule, own)
	return c, true
}

func (c *count) note(format string, args ...any) {
	if c.explain {
		c.notes = append(c.notes, fmt.Sprintf(format, args...))
	}
}

// spans are the rule's own length and the office's.
func (c *count) spans() (rule, own calendar.Span) {
	rule, _ = calendar.ParseSpan(c.clock.Span) // checked when the regime was loaded; zero if it has none
	text, ok := c.in.Overrides[c.in.Regime+"/"+c.clock.ID]
	if !ok {
		text = c.in.Overrides[c.clock.ID]
	}
	own, _ = calendar.ParseSpan(text)
	return rule, own
}

// choose runs the length that holds. Where law and office differ, what binds
// the office is the shorter, what binds the citizen the longer (domain.md).
func (c *count) choose(rule, own calendar.Span) {
	if rule.IsZero() || own.IsZero() || c.clock.Origin != regime.Statutory {
		c.setOwn(rule, own)
		if !c.span.IsZero() {
			c.end = c.run(c.span)
		}
		return
	}
	law, office := c.run(rule), c.run(own)
	shorter := office.at.Before(law.at)
	if shorter == (c.binds() == regime.BindsOffice) && !office.at.Equal(law.at) {
		c.setOwn(calendar.Span{}, own)
		c.end = office
		c.note("法定%s，本单位设定%s，取本单位设定", rule.Chinese(), own.Chinese())
		return
	}
	c.span, c.end = rule, law
	c.note("本单位设定%s，不能代替法定%s", own.Chinese(), rule.Chinese())
}

func (c *count) setOwn(rule, own calendar.Span) {
	if own.IsZero() || !rule.IsZero() && c.clock.Origin == regime.Statutory {
		c.span = rule
		return
	}
	c.span, c.origin = own, regime.ByUnit
}

func (c *count) binds() string {
	if c.clock.Binds == regime.BindsCitizen {
		return regime.BindsCitizen
	}
	return regime.BindsOffice
}

// run ends a span from the start, with pauses, extensions and roll.
func (c *count) run(s calendar.Span) end {
	if s.ByDays() {
		return c.runDays(s)
	}
	var e end
	spans := c.extended(s, &e)
	at := c.start
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

func (c *count) runDays(s calendar.Span) end {
	var e end
	date := calendar.DateOf(c.start)
	if cut, err := calendar.ParseClock(c.clock.Cutoff); c.clock.Cutoff != "" && err == nil && c.start.After(date.At(cut)) {
		date = date.AddDays(1)
		e.notes = append(e.notes, "在 "+c.clock.Cutoff+" 以后收到，按次日收到计算")
	}
	var paused calendar.Pauses
	if len(c.pauses) > 0 {
		paused = c.pausedOn
	}
	excluded := c.clock.First != "included"
	for i, x := range c.extended(s, &e) {
		if i > 0 && c.explain {
			e.notes = append(e.notes, "延长"+x.Chinese()+"，从"+date.Chinese()+"之后接着计算")
		}
		r := c.in.Calendar.Count(date, x, excluded || i > 0, paused, c.explain)
		if i > 0 && len(r.Days) > 0 {
			r.Days = r.Days[1:] // the last day of what came before
		}
		date = r.Due
		e.days = append(e.days, r.Days...)
		e.provisional = e.provisional || r.Provisional
	}
	roll, _ := calendar.ParseRoll(c.clock.Roll)
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
// two months from the 31st do not become two times one.
func (c *count) extended(s calendar.Span, e *end) []calendar.Span {
	out := []calendar.Span{s}
	if c.clock.Extend == nil {
		return out
	}
	most, _ := calendar.ParseSpan(c.clock.Extend.Span)
	used := 0
	for _, x := range c.in.Extensions {
		more, err := calendar.ParseSpan(x.Span)
		if x.Clock != c.clock.ID || err != nil || more.ByDays() != s.ByDays() || more.N == 0 ||
			!x.At.IsZero() && calendar.DateOf(x.At).Before(calendar.DateOf(c.start)) {
			continue
		}
		if used++; used > c.clock.Extend.Times {
			e.notes = append(e.notes, "超过规定的延长次数，"+more.Chinese()+"的延长不计")
			continue
		}
		if most.Unit == more.Unit && more.N > most.N {
			e.notes = append(e.notes, "最多延长"+most.Chinese())
			more = most
		}
		if last := &out[len(out)-1]; last.Unit == more.Unit {
			last.N += more.N
			e.notes = append(e.notes, "延长"+more.Chinese()+"，接着计算")
			continue
		}
		out = append(out, more)
	}
	return out
}

// deadline puts the result together.
func (c *count) deadline() Deadline {
	k := c.clock
	d := Deadline{ID: k.ID, Label: k.Label, Track: k.Track, State: Waiting, Light: Grey, Start: c.start, Span: c.span.String(),
		Binds: c.binds(), Origin: c.origin, Basis: c.basis, ByDay: c.span.ByDays(), StoppedAt: c.stop, DueText: "未开始"}
	if c.span.IsZero() {
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
	d.Due, d.DueDate, d.Provisional, d.Others = e.at, e.date, e.provisional, e.roll.Readings
	if roll, _ := calendar.ParseRoll(k.Roll); roll != calendar.RollNone {
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
	case c.span.Unit == calendar.UnitSameDay:
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
	if c.span.Unit == calendar.UnitImmediate {
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
		d.State = Overdue
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
	case c.span.Unit == calendar.UnitImmediate:
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
