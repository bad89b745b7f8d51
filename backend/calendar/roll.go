package calendar

import "jiesu/backend/fault"

// Roll says what happens when the last day is a rest day. Names are
// append-only.
type Roll string

// The readings of "最后一日是法定节假日的，以节假日后的第一日为期限届满日".
const (
	RollNone         Roll = "none"
	RollStatutory    Roll = "statutory_day" // only the days of 放假办法 art. 2, word for word
	RollHolidayBreak Roll = "holiday_break" // the whole break of the 放假安排
	RollRestDay      Roll = "rest_day"      // any rest day, weekends too (民法典 art. 203)
)

// ParseRoll reads a roll; empty is RollNone.
func ParseRoll(s string) (Roll, error) {
	switch r := Roll(s); r {
	case "":
		return RollNone, nil
	case RollNone, RollStatutory, RollHolidayBreak, RollRestDay:
		return r, nil
	}
	return "", fault.New(fault.Usage, "bad-roll", "顺延方式看不懂", "请写 none、statutory_day、holiday_break 或 rest_day")
}

// Chinese says the reading in words.
func (r Roll) Chinese() string {
	switch r {
	case RollStatutory:
		return "只在法定节假日当日顺延"
	case RollHolidayBreak:
		return "放假期间顺延"
	case RollRestDay:
		return "任何休息日都顺延"
	}
	return "不顺延"
}

// Reading is the due date under one reading.
type Reading struct {
	Roll  Roll   `json:"roll"`
	Label string `json:"label"`
	Due   Date   `json:"due"`
}

// Rolled is a due date after rolling.
type Rolled struct {
	Due         Date
	Provisional bool
	Days        []Day     // the days rolled over, and the one it ends on
	Readings    []Reading // all readings, when they differ; else empty
	Earliest    Date      // of all readings
}

// Roll moves a last day by the reading r. With RollNone there is one reading;
// else the law's wording is open and all three are told.
func (c *Calendar) Roll(d Date, r Roll) Rolled {
	out := Rolled{Due: d, Earliest: d}
	if r == RollNone || r == "" {
		return out
	}
	for _, each := range []Roll{RollStatutory, RollHolidayBreak, RollRestDay} {
		due := c.roll(d, each)
		out.Readings = append(out.Readings, Reading{Roll: each, Label: each.Chinese(), Due: due})
		if each == r {
			out.Due = due
		}
	}
	out.Earliest = out.Readings[0].Due
	for _, x := range out.Readings {
		if x.Due.Before(out.Earliest) {
			out.Earliest = x.Due
		}
	}
	if allEqual(out.Readings) {
		out.Readings = nil
	}
	for x := d; x.Before(out.Due); x = x.AddDays(1) {
		_, why := c.rest(x, true)
		out.Days = append(out.Days, Day{Date: x, Why: "顺延：" + why})
	}
	if len(out.Days) > 0 {
		out.Days = append(out.Days, Day{Date: out.Due, Why: "顺延到这一天届满"})
	}
	// A weekday in an unknown year may turn out to be part of a break.
	out.Provisional = !c.Known(d) || !c.Known(out.Due)
	return out
}

func allEqual(rs []Reading) bool {
	for _, r := range rs[1:] {
		if r.Due != rs[0].Due {
			return false
		}
	}
	return true
}

func (c *Calendar) roll(d Date, r Roll) Date {
	const longest = 60 // no break is longer; a calendar of rest days ends here
	switch r {
	case RollStatutory:
		for i := 0; i < longest && statutoryName(d) != ""; i++ {
			d = d.AddDays(1)
		}
	case RollHolidayBreak:
		if !c.inBreak(d) {
			return d
		}
		return c.roll(d, RollRestDay)
	case RollRestDay:
		for i := 0; i < longest; i++ {
			if off, _ := c.rest(d, false); !off {
				return d
			}
			d = d.AddDays(1)
		}
	}
	return d
}

// ActBy is the last working day on or before the earliest reading: the day the
// work must be done whichever reading holds. It is never before start.
func (c *Calendar) ActBy(start, earliest Date) Date {
	if d := c.OnOrBefore(earliest); !d.Before(start) {
		return d
	}
	return earliest
}
