package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"jiesu/backend/calendar"
	"jiesu/backend/fault"
	"jiesu/backend/office"
	"jiesu/backend/regime"
)

// AddRegime takes a rulebook file into use. A broken one is refused whole.
func (d *Desk) AddRegime(ctx context.Context, file []byte) (RegimeRow, error) {
	book, me, err := d.writable(ctx)
	if err != nil {
		return RegimeRow{}, err
	}
	if !me.Has(office.Administrator) {
		return RegimeRow{}, errAdminOnly
	}
	_, r, err := book.Rules().Regimes.With(file)
	if err != nil {
		return RegimeRow{}, err
	}
	if checked, err := d.CheckRegime(ctx, file); err != nil {
		return RegimeRow{}, err
	} else if !checked.OK {
		return RegimeRow{}, refusedFile(checked.Problems)
	}
	sum := sha256.Sum256(file)
	return regimeRow(r), book.Decide(ctx, nil, &office.Adopt{Kind: "regime", ID: r.ID, Version: r.Version, Hash: hex.EncodeToString(sum[:]), Content: file})
}

// ClockSettings lists the limits of the rulebooks in use and who set them.
func (d *Desk) ClockSettings(_ context.Context) ([]ClockSetting, error) {
	book, me, err := d.entered()
	if err != nil {
		return nil, err
	}
	out := []ClockSetting{}
	for _, r := range latest(book.Rules().Regimes) {
		for _, c := range r.Clocks {
			s := ClockSetting{Regime: r.ID, Clock: c.ID, Label: r.Title + " · " + c.Label, Span: c.Span, Origin: originWords[c.Origin], Article: c.Article,
				Locked: c.Origin == "statutory"}
			if own := me.Unit.Clocks[r.ID+"/"+c.ID]; own != "" {
				s.Span, s.Origin = own, originWords["unit"]
			}
			out = append(out, s)
		}
	}
	return out, nil
}

func latest(b *regime.Book) []*regime.Regime {
	var out []*regime.Regime
	for _, r := range b.All() {
		if newest, err := b.Latest(r.ID); err == nil && newest.Version == r.Version {
			out = append(out, r)
		}
	}
	return out
}

// SetClock sets a limit the rulebook leaves to the office; "" takes it back.
// A statutory limit cannot be set: the law's holds.
func (d *Desk) SetClock(ctx context.Context, regimeID, clock, span string) error {
	book, me, err := d.writable(ctx)
	if err != nil {
		return err
	}
	if !me.Has(office.Administrator) {
		return errAdminOnly
	}
	r, err := book.Rules().Regimes.Latest(regimeID)
	if err != nil {
		return err
	}
	c, ok := r.Clock(clock)
	if !ok {
		return fault.New(fault.NotFound, "unknown-clock", "办法中没有这个时限："+clock, "请刷新后重试")
	}
	if c.Origin == "statutory" {
		return fault.New(fault.Refused, "clock-statutory", "“"+c.Label+"”是法定时限，不能更改", "依据："+c.Article)
	}
	if span != "" {
		if _, err := calendar.ParseSpan(span); err != nil {
			return err
		}
	}
	return book.Decide(ctx, nil, &office.SetClock{Regime: regimeID, Clock: clock, Span: span})
}

// CalendarYear is one year for the calendar screen.
func (d *Desk) CalendarYear(_ context.Context, year int) (CalendarYear, error) {
	cal := d.rules.Calendar
	if book, err := d.open(); err == nil && book.Unlocked() {
		cal = book.Rules().Calendar
	}
	if year == 0 {
		year = zoned(d.o.Now()).Year()
	}
	if year < 1990 || year > 2100 {
		return CalendarYear{}, fault.New(fault.Usage, "year", "年份不对", "请填写 1990 到 2100 之间的年份")
	}
	out := CalendarYear{Year: year, Known: slices.Contains(cal.Years(), year), Days: []CalendarDay{}, Years: cal.Years()}
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
	return out, nil
}

// LoadCalendar takes a year file into use; dues are computed anew.
func (d *Desk) LoadCalendar(ctx context.Context, file []byte) (CalendarYear, error) {
	book, me, err := d.writable(ctx)
	if err != nil {
		return CalendarYear{}, err
	}
	if !me.Has(office.Administrator) {
		return CalendarYear{}, errAdminOnly
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
	return d.CalendarYear(ctx, year.Year)
}
