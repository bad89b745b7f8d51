package app

import "jiesu/backend/desk"

// People is what concerns the people of cases: person cards, who may see a
// protected person, what is recorded of members, consents and contacts, and
// the parts of one letter.
type People struct{ *program }

// List gives the person cards; with words every person they are found by.
func (p *People) List(query string) ([]desk.PersonRow, error) {
	return ask(p.program, func(d *desk.Desk) ([]desk.PersonRow, error) { return d.Persons(p.ctx, query) })
}

// Card shows the card of a case's complainant; the look is written down.
func (p *People) Card(number string) (desk.PersonCard, error) {
	return ask(p.program, func(d *desk.Desk) (desk.PersonCard, error) { return d.Person(p.ctx, number) })
}

// Merge says that the complainants of two cases are one person.
func (p *People) Merge(number, other, reason string) (desk.Change, error) {
	return ask(p.program, func(d *desk.Desk) (desk.Change, error) { return d.PersonMerge(p.ctx, number, other, reason) })
}

// Apart says that they are not.
func (p *People) Apart(number, other, reason string) (desk.Change, error) {
	return ask(p.program, func(d *desk.Desk) (desk.Change, error) { return d.PersonApart(p.ctx, number, other, reason) })
}

// Unmerge takes a case off its card.
func (p *People) Unmerge(number, reason string) (desk.Change, error) {
	return ask(p.program, func(d *desk.Desk) (desk.Change, error) { return d.PersonUnmerge(p.ctx, number, reason) })
}

// Parts registers the parts of one letter, all or none.
func (p *People) Parts(in desk.PartsInput) ([]desk.Registered, error) {
	return ask(p.program, func(d *desk.Desk) ([]desk.Registered, error) { return d.RegisterParts(p.ctx, in) })
}

// Forms are the groups that Record takes.
func (p *People) Forms(number string) ([]desk.FieldRow, error) {
	return ask(p.program, func(d *desk.Desk) ([]desk.FieldRow, error) { return d.RecordForms(p.ctx, number) })
}

// Recorded are the rows of one of these groups.
func (p *People) Recorded(number, group string) ([]desk.RecordRow, error) {
	return ask(p.program, func(d *desk.Desk) ([]desk.RecordRow, error) { return d.Recorded(p.ctx, number, group) })
}

// Record writes a row.
func (p *People) Record(number, group string, row map[string]any) (desk.Change, error) {
	return ask(p.program, func(d *desk.Desk) (desk.Change, error) { return d.Record(p.ctx, number, group, row) })
}

// Amend changes columns of a row.
func (p *People) Amend(number, group, row string, columns map[string]any) (desk.Change, error) {
	return ask(p.program, func(d *desk.Desk) (desk.Change, error) { return d.Amend(p.ctx, number, group, row, columns) })
}

// Secrecy says who may see the person of a case, or of one to be registered.
func (p *People) Secrecy(number string) (desk.Secrecy, error) {
	return ask(p.program, func(d *desk.Desk) (desk.Secrecy, error) { return d.Secrecy(p.ctx, number) })
}

// Confide lets further officers see the protected person of a case.
func (p *People) Confide(number string, officers []string) (desk.Change, error) {
	return ask(p.program, func(d *desk.Desk) (desk.Change, error) { return d.Confide(p.ctx, number, officers) })
}

// Looks lists who looked at a protected case or a person card.
func (p *People) Looks(of string) ([]desk.Look, error) {
	return ask(p.program, func(d *desk.Desk) ([]desk.Look, error) { return d.Looks(p.ctx, of) })
}
