package app

import (
	"jiesu/backend/desk"
	"jiesu/backend/regime"
)

// Regimes are the rulebooks as people read, write and version them.
type Regimes struct{ *program }

// Sectors are the trades an office can name.
func (r *Regimes) Sectors() ([]desk.OptionRow, error) {
	return ask(r.program, func(d *desk.Desk) ([]desk.OptionRow, error) { return d.Sectors(r.ctx) })
}

// Offered lists the rulebooks a complaint received on a day can be registered
// under here.
func (r *Regimes) Offered(day string) ([]desk.RegimeRow, error) {
	return ask(r.program, func(d *desk.Desk) ([]desk.RegimeRow, error) { return d.OfferedRegimes(r.ctx, day) })
}

// Fitting lists the rulebooks meant for an office of a capacity and a sector.
func (r *Regimes) Fitting(capacity, sector string) ([]desk.RegimeRow, error) {
	return ask(r.program, func(d *desk.Desk) ([]desk.RegimeRow, error) { return d.FittingRegimes(r.ctx, capacity, sector, "") })
}

// Read is one rulebook as a person reads it; name is an id or id@version.
func (r *Regimes) Read(name string) (desk.RegimeReading, error) {
	return ask(r.program, func(d *desk.Desk) (desk.RegimeReading, error) { return d.ReadRegime(r.ctx, name) })
}

// Diff says what differs between two versions.
func (r *Regimes) Diff(before, after string) (desk.RegimeDiff, error) {
	return ask(r.program, func(d *desk.Desk) (desk.RegimeDiff, error) { return d.DiffRegimes(r.ctx, before, after) })
}

// Draft copies a rulebook for editing.
func (r *Regimes) Draft(name string) (desk.RegimeDraft, error) {
	return ask(r.program, func(d *desk.Desk) (desk.RegimeDraft, error) { return d.DraftRegime(r.ctx, name) })
}

// Change makes one small change in a draft.
func (r *Regimes) Change(draft desk.RegimeDraft, change regime.Change) (desk.RegimeDraft, error) {
	return ask(r.program, func(d *desk.Desk) (desk.RegimeDraft, error) { return d.ChangeDraft(r.ctx, draft, change) })
}

// Check lists what is wrong with a draft's text.
func (r *Regimes) Check(text string) (desk.RegimeChecked, error) {
	return ask(r.program, func(d *desk.Desk) (desk.RegimeChecked, error) { return d.CheckDraft(r.ctx, text) })
}

// DiffDraft says what a draft changes.
func (r *Regimes) DiffDraft(draft desk.RegimeDraft) (desk.RegimeDiff, error) {
	return ask(r.program, func(d *desk.Desk) (desk.RegimeDiff, error) { return d.DiffDraft(r.ctx, draft) })
}

// Adopt takes a draft into use.
func (r *Regimes) Adopt(text string) (desk.RegimeRow, error) {
	return ask(r.program, func(d *desk.Desk) (desk.RegimeRow, error) { return d.AdoptDraft(r.ctx, text) })
}

// AddItem adds an item of the office's own to an open list.
func (r *Regimes) AddItem(id, list, label string) (desk.RegimeReading, error) {
	return ask(r.program, func(d *desk.Desk) (desk.RegimeReading, error) { return d.AddListItem(r.ctx, id, list, label) })
}

// RetireItem takes such an item back.
func (r *Regimes) RetireItem(id, list, item string) (desk.RegimeReading, error) {
	return ask(r.program, func(d *desk.Desk) (desk.RegimeReading, error) { return d.RetireListItem(r.ctx, id, list, item) })
}
