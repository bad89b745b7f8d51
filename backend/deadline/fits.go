package deadline

import (
	"strings"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/regime"
)

// Fits says whether an office may set a clock a length of its own. What the
// law limits, the office may only make stricter: of what binds the office
// nothing that ends later, of what binds the citizen nothing that ends earlier,
// on whatever known day it begins. The sentence says what the law's limit is.
func Fits(cal *calendar.Calendar, hours calendar.Hours, clock *regime.Clock, own calendar.Span) (ok bool, says string) {
	c := &count{in: &Input{Calendar: cal, Hours: hours}, clock: clock}
	var law []length
	var words []string
	for _, l := range c.lengths() {
		if l.origin == regime.Statutory {
			law, words = append(law, l), append(words, l.words())
		}
	}
	if len(law) == 0 {
		return true, ""
	}
	how := "约束本单位，只能设得更短"
	if c.binds() == regime.BindsCitizen {
		how = "是给当事人的，只能设得更长"
	}
	return c.stricter(length{span: own}, law), strings.Join(words, "，") + "，" + how
}

// stricter tries every day of the years that are known, early and late.
func (c *count) stricter(own length, law []length) bool {
	years := c.in.Calendar.Years()
	if len(years) == 0 {
		return false
	}
	citizen, differs := c.binds() == regime.BindsCitizen, false
	for d, last := calendar.NewDate(years[0], time.January, 1), c.in.Calendar.LastKnown(); !d.After(last); d = d.AddDays(1) {
		for _, at := range []time.Time{d.Start(), d.End()} {
			c.start = at
			ours := c.run(own).at
			for _, l := range law {
				theirs := c.run(l).at
				if citizen && ours.Before(theirs) || !citizen && ours.After(theirs) {
					return false
				}
				differs = differs || !ours.Equal(theirs)
			}
		}
	}
	return differs
}
