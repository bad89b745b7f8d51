package deadline

import (
	"math"
	"strings"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/regime"
)

// length is how long a clock may run by one of those who say so: the law, the
// rule, the office, or a field of the case.
type length struct {
	span   calendar.Span
	at     time.Time // the due moment itself, where a field names it
	wholeD bool      // of a moment: its whole day
	origin string
	own    bool // the office set it
	basis  string
}

func (l length) isZero() bool { return l.span.IsZero() && l.at.IsZero() }

// byDay says that it ends with a day, not at a moment.
func (l length) byDay() bool {
	if l.at.IsZero() {
		return l.span.ByDays()
	}
	return l.wholeD
}

// words are the length as an officer says it, with who said it.
func (l length) words() string {
	if l.at.IsZero() {
		return l.who() + l.span.Chinese()
	}
	layout := "2006年1月2日 15:04"
	if l.wholeD {
		layout = "2006年1月2日"
	}
	return l.who() + "到" + l.at.In(calendar.Zone()).Format(layout)
}

func (l length) who() string {
	switch {
	case l.origin != regime.Statutory:
		return OriginWords(l.origin, l.own)
	case l.basis == "":
		return "法定"
	}
	return l.basis + "规定"
}

// lengths are all that set this clock a limit, the law's first. What the
// office sets stands in place of the rule's own length, and what a field of
// the case says in place of both; neither replaces the law's.
func (c *count) lengths() []length {
	out, own := c.held[:0], length{}
	rule, _ := calendar.ParseSpan(c.clock.Span) // checked when the regime was loaded; zero if it has none
	switch {
	case rule.IsZero():
	case c.clock.Origin == regime.Statutory:
		out = append(out, length{span: rule, origin: regime.Statutory, basis: c.clock.Article})
	default:
		own = length{span: rule, origin: c.clock.Origin, basis: c.clock.Article}
	}
	if c.clock.Law != nil {
		if s, err := calendar.ParseSpan(c.clock.Law.Span); err == nil {
			out = append(out, length{span: s, origin: regime.Statutory, basis: c.clock.Law.Article})
		}
	}
	if s, err := calendar.ParseSpan(c.override()); err == nil {
		own = length{span: s, origin: regime.ByUnit, own: true, basis: c.clock.Article}
	}
	if l, ok := c.said(); ok {
		own = l
	}
	if own.isZero() {
		return out
	}
	return append(out, own)
}

// override is the length the office has set.
func (c *count) override() string {
	if text, ok := c.in.Overrides[c.in.Regime+"/"+c.clock.ID]; ok {
		return text
	}
	return c.in.Overrides[c.clock.ID]
}

// said is the length a field of the case names: minutes as a number, a span
// as text, or the due day or moment itself.
func (c *count) said() (length, bool) {
	l := length{origin: ByCase, basis: c.clock.Article}
	if c.clock.SpanFrom == "" || c.in.Facts == nil {
		return l, false
	}
	value, ok := c.in.Facts.Field(c.clock.SpanFrom)
	if !ok {
		return l, false
	}
	switch v := value.(type) {
	case float64:
		l.span = minutes(v)
	case int:
		l.span = minutes(float64(v))
	case uint64:
		l.span = minutes(float64(v))
	case string:
		l.read(strings.TrimSpace(v))
	}
	return l, !l.isZero()
}

// minutes is a promise in minutes, in whole hours where it is; nothing where
// it promises none.
func minutes(n float64) calendar.Span {
	const most = 100_000
	whole := int(math.Round(min(max(n, 0), most)))
	switch {
	case math.IsNaN(n) || whole == 0 || n > most:
		return calendar.Span{}
	case whole%60 == 0:
		return calendar.Span{N: whole / 60, Unit: calendar.UnitHour}
	}
	return calendar.Span{N: whole, Unit: calendar.UnitMinute}
}

func (l *length) read(s string) {
	if span, err := calendar.ParseSpan(s); err == nil {
		l.span = span
		return
	}
	if day, err := calendar.ParseDate(s); err == nil {
		l.at, l.wholeD = day.End(), true
		return
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04", "2006-01-02T15:04"} {
		if at, err := time.ParseInLocation(layout, s, calendar.Zone()); err == nil {
			l.at = at
			return
		}
	}
}

// choose runs every length and takes the one that holds: of what binds the
// office the one that ends first, of what binds the citizen the one that ends
// last (domain.md). Of two that end together the law's is named.
func (c *count) choose(all []length) {
	for i, l := range all {
		e := c.run(l)
		earlier := e.at.Before(c.end.at)
		if i == 0 || !e.at.Equal(c.end.at) && earlier == (c.binds() == regime.BindsOffice) {
			c.take(l)
			c.end = e
		}
	}
	if len(all) < 2 {
		return
	}
	var said []string
	for _, l := range all {
		said = append(said, l.words())
	}
	how := "最早"
	if c.binds() == regime.BindsCitizen {
		how = "最晚"
	}
	c.basis = strings.Join(said, "，") + "；取" + how + "到期的" + strings.TrimPrefix(c.length.words(), c.length.who())
	c.several = true
}

func (c *count) take(l length) {
	c.length, c.origin, c.basis = l, l.origin, l.basis
	if c.origin == "" {
		c.origin = regime.Unset
	}
}

func (c *count) binds() string {
	if c.clock.Binds == regime.BindsCitizen {
		return regime.BindsCitizen
	}
	return regime.BindsOffice
}
