package desk

import (
	"context"
	"slices"

	"jiesu/backend/calendar"
	"jiesu/backend/fault"
	"jiesu/backend/letter"
	"jiesu/backend/regime"
)

// misfit says why a rulebook is not meant for an office with this profile, or
// nil. What the office has not stated is not held against it.
func misfit(r *regime.Regime, profile map[string]string) error {
	if s := profile["sector"]; !r.FitsSector(s) {
		return fault.New(fault.Refused, "regime-unfit", "本单位不是"+r.SectorLabels()+"，不适用《"+r.Title+"》",
			"本单位的行业登记为“"+regime.SectorLabel(s)+"”；登记有误的，请管理员在“单位与人员”中更正").At("regime")
	}
	if c := profile["capacity"]; !r.FitsCapacity(c) {
		return fault.New(fault.Refused, "regime-unfit", "本单位的主体资格是“"+letter.Capacity(c).Label()+"”，不适用《"+r.Title+"》",
			"请选择适用于本单位的办法；登记有误的，请管理员在“单位与人员”中更正").At("regime")
	}
	return nil
}

// Fits says of each rulebook, by id, whether it is meant for this office: what
// lists show first. Where no office is open, or it has not stated its sector,
// all are.
func (d *Desk) Fits(_ context.Context) func(id string) bool {
	_, me, err := d.entered()
	if err != nil || me.Unit.Profile["sector"] == "" {
		return func(string) bool { return true }
	}
	fits := map[string]bool{}
	for _, r := range d.regimes().All() {
		fits[r.ID] = fits[r.ID] || misfit(r, me.Unit.Profile) == nil
	}
	return func(id string) bool { return fits[id] }
}

// sectors are the trades an office can name.
func sectors() []OptionRow {
	rows := []OptionRow{}
	for _, o := range regime.Sectors() {
		rows = append(rows, OptionRow{ID: o.ID, Label: o.Label})
	}
	return rows
}

// Sectors are the trades an office can name. It needs no data folder.
func (d *Desk) Sectors(_ context.Context) ([]OptionRow, error) { return sectors(), nil }

// OfferedRegimes lists the rulebooks a complaint received on a day can be
// registered under here, the office's usual one first; day empty: today.
func (d *Desk) OfferedRegimes(ctx context.Context, day string) ([]RegimeRow, error) {
	_, me, err := d.entered()
	if err != nil {
		return nil, err
	}
	rows, err := d.FittingRegimes(ctx, me.Unit.Profile["capacity"], me.Unit.Profile["sector"], day)
	usual := me.Unit.Profile["regime"]
	slices.SortStableFunc(rows, func(a, b RegimeRow) int {
		switch {
		case a.ID == usual && b.ID != usual:
			return -1
		case b.ID == usual && a.ID != usual:
			return 1
		}
		return 0
	})
	return rows, err
}

// FittingRegimes lists the rulebooks meant for an office of a capacity and a
// sector. It needs no data folder.
func (d *Desk) FittingRegimes(_ context.Context, capacity, sector, day string) ([]RegimeRow, error) {
	on := calendar.DateOf(zoned(d.o.Now()))
	if day != "" {
		var err error
		if on, err = calendar.ParseDate(day); err != nil {
			return nil, err
		}
	}
	rows := []RegimeRow{}
	for _, r := range d.regimes().For(on, capacity, sector) {
		rows = append(rows, regimeRow(r))
	}
	return rows, nil
}
