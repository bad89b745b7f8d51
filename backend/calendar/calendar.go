// Package calendar does all day arithmetic: working days with 调休, spans,
// rolling over rest days, and the reason of every single day.
//
// It is not a clock: it never asks what time it is, knows no case and no rule
// of a regime. The zone is UTC+8 everywhere. Days come from one file per year
// in the shape of NateScarlet/holiday-cn; a year without a file is answered
// from the law's fixed days and every answer that touches it is provisional.
//
// Promise to old data: year files and span texts ("7workday") of today stay
// readable; unit names are append-only.
package calendar

import (
	"cmp"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"jiesu/backend/fault"
)

// Calendar knows which days are worked. It is read-only and may be shared;
// With makes a new one.
type Calendar struct {
	days  map[Date]dayRule // days of the year files and of the office
	files map[int]Year     // by year
	edits []Edit           // the office's own days
	span  [2]Date          // from and to: every year in between has a file
}

type dayRule struct {
	off    bool
	name   string
	office bool // the office's own day, not the State Council's
}

// Edit is a day the office sets for itself: a local holiday (放假办法 art. 4)
// or a duty day. It wins over the year files.
type Edit struct {
	Date Date   `json:"date"`
	Off  bool   `json:"off"`
	Name string `json:"name"`
}

const maxYears, maxEdits = 100, 4000

// New makes a calendar of the given years; a later file of a year replaces an
// earlier one, because a notice may be changed during the year (2020 was). Of
// two years' files that name one day the later year's counts: late December
// may stand in both.
func New(years ...Year) *Calendar {
	c := &Calendar{days: map[Date]dayRule{}, files: map[int]Year{}}
	for _, y := range years {
		c.files[y.Year] = y
	}
	for _, y := range c.Years() {
		for _, d := range c.files[y].Days {
			c.days[d.Date] = dayRule{off: d.Off, name: d.Name}
		}
	}
	if c.span[1] = c.LastKnown(); len(years) > 0 {
		first := c.span[1].Year()
		for c.has(first - 1) {
			first--
		}
		c.span[0] = NewDate(first, time.January, 1)
	}
	return c
}

// Load reads every *.json year file in the root of fsys.
func Load(fsys fs.FS) (*Calendar, error) {
	names, err := fs.Glob(fsys, "*.json")
	if err != nil || len(names) > maxYears {
		return nil, fault.New(fault.Damaged, "calendar-bad", "日历文件夹读不出来", "请重新安装程序").Wrap(err)
	}
	var years []Year
	for _, name := range names {
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fault.New(fault.Damaged, "calendar-bad", "日历文件 "+name+" 读不出来", "请重新安装程序").Wrap(err)
		}
		y, err := ParseYear(b)
		if err != nil {
			return nil, err
		}
		years = append(years, y)
	}
	return New(years...), nil
}

// WithYears returns a calendar in which the given years replace the old ones.
func (c *Calendar) WithYears(years ...Year) *Calendar {
	all := slices.Collect(maps.Values(c.files))
	next := New(append(all, years...)...)
	next.put(c.edits)
	return next
}

// With returns a calendar with the office's own days on top.
func (c *Calendar) With(edits ...Edit) (*Calendar, error) {
	if len(edits) > maxEdits {
		return nil, fault.New(fault.Refused, "calendar-too-many", "本单位设定的日子太多", "请只录入与国家安排不同的日子")
	}
	for _, e := range edits {
		if e.Date.IsZero() {
			return nil, fault.New(fault.Usage, "calendar-bad-day", "本单位设定的日子没有日期", "请填写日期，例如 2026-09-03")
		}
	}
	next := &Calendar{days: maps.Clone(c.days), files: c.files, edits: slices.Clone(c.edits), span: c.span}
	next.put(edits)
	return next, nil
}

func (c *Calendar) put(edits []Edit) {
	for _, e := range edits {
		c.edits = append(c.edits, e)
		c.days[e.Date] = dayRule{off: e.Off, name: strings.TrimSpace(e.Name), office: true}
	}
}

// Equal says that two calendars count every day alike.
func (c *Calendar) Equal(o *Calendar) bool {
	return maps.Equal(c.days, o.days) && slices.Equal(c.Years(), o.Years())
}

// SameYear says that both have the same file of a year, or both none.
func (c *Calendar) SameYear(o *Calendar, year int) bool {
	return c.has(year) == o.has(year) && slices.Equal(c.files[year].Days, o.files[year].Days)
}

// File is the file of a year; empty if there is none.
func (c *Calendar) File(year int) Year { return c.files[year] }

// Known says whether the year of d has a file; if not, every answer about d
// is provisional.
func (c *Calendar) Known(d Date) bool {
	if !d.Before(c.span[0]) && !d.After(c.span[1]) { // asked of every day that is counted
		return true
	}
	return c.has(d.Year())
}

func (c *Calendar) has(year int) bool { _, ok := c.files[year]; return ok }

// LastKnown is the last day of the last year that has a file, zero if none.
func (c *Calendar) LastKnown() Date {
	last := 0
	for y := range c.files {
		last = max(last, y)
	}
	if last == 0 {
		return Date{}
	}
	return NewDate(last, time.December, 31)
}

// Years lists the years that have a file, ascending.
func (c *Calendar) Years() []int { return slices.Sorted(maps.Keys(c.files)) }

// Edits lists the office's own days, ascending.
func (c *Calendar) Edits() []Edit {
	var out []Edit
	for d, r := range c.days {
		if r.office {
			out = append(out, Edit{Date: d, Off: r.off, Name: r.name})
		}
	}
	slices.SortFunc(out, func(a, b Edit) int { return cmp.Compare(a.Date.n, b.Date.n) })
	return out
}

// Weekend is the reason of a plain Saturday or Sunday off.
const Weekend = "周末"

// IsWorkday says whether d is worked, and why, in Chinese.
func (c *Calendar) IsWorkday(d Date) (bool, string) {
	off, why := c.rest(d, true)
	return !off, why
}

// rest is IsWorkday without building the sentence when nobody asks for it.
func (c *Calendar) rest(d Date, explain bool) (off bool, why string) {
	weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
	if r, ok := c.days[d]; ok {
		if !explain {
			return r.off, ""
		}
		return r.off, r.why(weekend)
	}
	if !c.Known(d) {
		if name := statutoryName(d); name != "" {
			return true, name + "（法定节假日，放假安排未公布）"
		}
	}
	if weekend {
		return true, Weekend
	}
	return false, "工作日"
}

func (r dayRule) why(weekend bool) string {
	switch {
	case r.office && r.off:
		return join("本单位设定休息", r.name)
	case r.office:
		return join("本单位设定上班", r.name)
	case r.off:
		return r.name + "假期"
	case weekend:
		return r.name + "调休上班"
	}
	return "工作日"
}

func join(what, name string) string {
	if name == "" {
		return what
	}
	return what + "：" + name
}

// inBreak says whether d is a day off of a holiday break (放假安排), which a
// plain weekend beside one is not.
func (c *Calendar) inBreak(d Date) bool {
	if r, ok := c.days[d]; ok {
		return r.off
	}
	return !c.Known(d) && statutoryName(d) != ""
}
