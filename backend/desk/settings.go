package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"jiesu/backend/calendar"
	"jiesu/backend/deadline"
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
			out = append(out, clockSetting(r, c, me.Unit.Clocks[r.ID+"/"+c.ID]))
		}
	}
	return out, nil
}

func clockSetting(r *regime.Regime, c regime.Clock, own string) ClockSetting {
	s := ClockSetting{Regime: r.ID, Clock: c.ID, Label: r.Title + " · " + c.Label, Span: c.Span, Origin: ruleOrigin(&c), Article: c.Article,
		ByCase: saidByCase(&c)}
	if c.Law != nil {
		span, _ := calendar.ParseSpan(c.Law.Span)
		s.Law = c.Law.Article + "：" + span.Chinese()
		if c.Span == "" {
			s.Span, s.Origin, s.Article, s.ByCase = c.Law.Span, deadline.OriginWords(regime.Statutory, false), c.Law.Article, false
		}
	}
	if c.Origin == regime.Statutory || c.Law != nil {
		s.Locked, s.Bound = true, "只能更短"
		if c.Binds == regime.BindsCitizen {
			s.Bound = "只能更长"
		}
	}
	if own != "" {
		s.Span, s.Origin, s.Own, s.ByCase = own, deadline.OriginWords(regime.ByUnit, true), true, false
	}
	return s
}

// saidByCase says that the rulebook leaves a limit to a field of the case.
func saidByCase(c *regime.Clock) bool { return c.SpanFrom != "" && c.Span == "" }

// ruleOrigin says who sets a limit by the rulebook.
func ruleOrigin(c *regime.Clock) string {
	if saidByCase(c) {
		return "由案件确定"
	}
	return deadline.OriginWords(c.Origin, false)
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

// SetClock sets a limit for this office; "" takes it back. Of a limit the law
// sets only a stricter one is taken: shorter where it binds the office, longer
// where it binds the citizen.
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
	if span != "" {
		own, err := calendar.ParseSpan(span)
		if err != nil {
			return err
		}
		if ok, says := deadline.Fits(book.Rules().Calendar, nil, &c, own); !ok {
			return fault.New(fault.Refused, "clock-statutory", "“"+c.Label+"”不能设为"+own.Chinese()+"："+says, "请改短或改长，或者取消本单位的设定，按法定的办")
		}
	}
	return book.Decide(ctx, nil, &office.SetClock{Regime: regimeID, Clock: clock, Span: span})
}
