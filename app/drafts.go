package app

import "jiesu/backend/desk"

// Drafts keeps forms before they are sent, encrypted like everything else.
type Drafts struct{ *program }

// List gives all drafts of this officer.
func (b *Drafts) List() ([]desk.DraftRow, error) {
	return ask(b.program, func(d *desk.Desk) ([]desk.DraftRow, error) { return d.Drafts(b.ctx) })
}

// Save keeps one.
func (b *Drafts) Save(draft desk.DraftRow) error {
	return tell(b.program, func(d *desk.Desk) error { return d.SaveDraft(b.ctx, draft) })
}

// Drop forgets one.
func (b *Drafts) Drop(id string) error {
	return tell(b.program, func(d *desk.Desk) error { return d.DropDraft(b.ctx, id) })
}

// Palette answers the box that finds everything.
type Palette struct{ *program }

// Find looks for cases, people, numbers and messages.
func (b *Palette) Find(query string) ([]desk.Found, error) {
	return ask(b.program, func(d *desk.Desk) ([]desk.Found, error) { return d.Find(b.ctx, query) })
}
