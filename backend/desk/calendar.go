package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiesu/backend/calendar"
	"jiesu/backend/casebook"
	"jiesu/backend/fault"
	"jiesu/backend/office"
)

// CalendarYear is one year for the calendar screen.
func (d *Desk) CalendarYear(_ context.Context, year int) (CalendarYear, error) {
	cal := d.calendar()
	if year == 0 {
		year = zoned(d.o.Now()).Year()
	}
	if year < 1990 || year > 2100 {
		return CalendarYear{}, fault.New(fault.Usage, "year", "年份不对", "请填写 1990 到 2100 之间的年份")
	}
	out := CalendarYear{Year: year, Known: slices.Contains(cal.Years(), year), Days: []CalendarDay{}, Own: []OwnDay{}, Years: cal.Years()}
	out.Source = "国务院办公厅放假通知"
	if !out.Known {
		out.Source = "尚未载入放假通知：只按法定节日推算，期限为暂定"
	}
	for day := calendar.NewDate(year, 1, 1); day.Year() == year; day = day.AddDays(1) {
		works, why := cal.IsWorkday(day)
		plain := day.Weekday() != 0 && day.Weekday() != 6
		if works != plain || !works && why != calendar.Weekend {
			out.Days = append(out.Days, CalendarDay{Date: day.String(), Work: works, Why: why})
		}
	}
	for _, e := range cal.Edits() {
		if e.Date.Year() == year {
			out.Own = append(out.Own, OwnDay{Date: e.Date.String(), Work: !e.Off, Name: e.Name})
		}
	}
	return out, nil
}

// LoadCalendar takes a year file into use; dues are computed anew, and what
// moved is kept (CalendarLog). What looks wrong in the file is said.
func (d *Desk) LoadCalendar(ctx context.Context, file []byte) (CalendarYear, error) {
	book, err := d.administered(ctx)
	if err != nil {
		return CalendarYear{}, err
	}
	year, err := calendar.ParseYear(file)
	if err != nil {
		return CalendarYear{}, err
	}
	sum := sha256.Sum256(file)
	hash := hex.EncodeToString(sum[:])
	if err := book.Decide(ctx, nil, &office.Adopt{Kind: "calendar", ID: strconv.Itoa(year.Year), Version: hash[:12], Hash: hash, Content: file}); err != nil {
		return CalendarYear{}, err
	}
	out, err := d.CalendarYear(ctx, year.Year)
	out.Doubts = year.Doubts()
	return out, err
}

func (d *Desk) administered(ctx context.Context) (*casebook.Book, error) {
	book, me, err := d.writable(ctx)
	if err != nil {
		return nil, err
	}
	if !me.Has(office.Administrator) {
		return nil, errAdminOnly
	}
	return book, nil
}

// SetDay makes a day this office's own: off (a 民族节日 of its place, 放假办法
// art. 4), or work (on duty); "" takes it back. All limits this office owes
// are counted anew, here and wherever they are shown.
func (d *Desk) SetDay(ctx context.Context, date, state, name string) (CalendarYear, error) {
	book, err := d.administered(ctx)
	if err != nil {
		return CalendarYear{}, err
	}
	day, err := calendar.ParseDate(date)
	if err != nil {
		return CalendarYear{}, err
	}
	name = strings.Join(strings.Fields(name), " ")
	own := slices.ContainsFunc(d.calendar().Edits(), func(e calendar.Edit) bool { return e.Date == day })
	switch {
	case state == "" && !own:
		return CalendarYear{}, fault.New(fault.NotFound, "no-own-day", day.Chinese()+"没有本单位的设定", "用 calendar show 查看本单位的日子")
	case state == "":
		name = ""
	case state != office.DayOff && state != office.DayWork:
		return CalendarYear{}, fault.New(fault.Usage, "day-state", "请写明这一天休息还是上班", "休息写 off，上班写 work")
	case name == "":
		return CalendarYear{}, fault.New(fault.Refused, "day-name", "请写明是什么日子、依据什么", "例如：壮族三月三（自治区人民政府规定）").At("name")
	case utf8.RuneCountInString(name) > office.MaxDayName:
		return CalendarYear{}, fault.New(fault.Refused, "day-name", "名目太长", "最多 "+strconv.Itoa(office.MaxDayName)+" 个字").At("name")
	case !own && len(d.calendar().Edits()) >= office.MaxDays:
		return CalendarYear{}, fault.New(fault.Refused, "calendar-too-many", "本单位设定的日子太多", "请只录入与国家安排不同的日子")
	}
	if err := book.Decide(ctx, nil, &office.SetDay{Date: day.String(), State: state, Name: name}); err != nil {
		return CalendarYear{}, err
	}
	return d.CalendarYear(ctx, day.Year())
}

// CalendarLog is what changes of the calendar moved on this machine's cases,
// newest first.
func (d *Desk) CalendarLog(context.Context) ([]CalendarChange, error) {
	book, _, err := d.entered()
	if err != nil {
		return nil, err
	}
	log, err := book.MovedLog()
	if err != nil {
		return nil, err
	}
	out := make([]CalendarChange, 0, len(log))
	for _, m := range log {
		c := CalendarChange{At: stamp(m.At), What: m.What, Firm: m.Firm, Moves: []CalendarMove{}}
		for _, x := range m.Moves {
			c.Moves = append(c.Moves, CalendarMove{Number: x.Number, Clock: x.Label, Old: x.Old, New: x.New, Late: x.Late})
		}
		out = append(out, c)
	}
	return out, nil
}
