package app

import (
	"os"
	"path/filepath"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

// Cases is everything about cases.
type Cases struct{ *program }

// WorkList is the first screen.
func (c *Cases) WorkList() (desk.WorkList, error) {
	return ask(c.program, func(d *desk.Desk) (desk.WorkList, error) { return d.WorkList(c.ctx) })
}

// List gives a window of the rows that answer a query.
func (c *Cases) List(query desk.CaseQuery, from, count int) (desk.CasePage, error) {
	return ask(c.program, func(d *desk.Desk) (desk.CasePage, error) { return d.List(c.ctx, query, from, count) })
}

// Show gives one case whole.
func (c *Cases) Show(number string) (desk.CaseDetail, error) {
	return ask(c.program, func(d *desk.Desk) (desk.CaseDetail, error) { return d.Show(c.ctx, number) })
}

// Reveal shows one masked value; each look is logged.
func (c *Cases) Reveal(number, property string) (string, error) {
	return ask(c.program, func(d *desk.Desk) (string, error) { return d.Reveal(c.ctx, number, property) })
}

// Actions lists what may be done to a case now; all: the rest too, with why not.
func (c *Cases) Actions(number string, all bool) ([]desk.ActionRow, error) {
	return ask(c.program, func(d *desk.Desk) ([]desk.ActionRow, error) { return d.Actions(c.ctx, number, all) })
}

// Register makes a case of a complaint.
func (c *Cases) Register(in desk.RegisterInput) (desk.Registered, error) {
	return ask(c.program, func(d *desk.Desk) (desk.Registered, error) { return d.Register(c.ctx, in) })
}

// Similar finds cases that may be the same complaint.
func (c *Cases) Similar(in desk.RegisterInput) ([]desk.CaseRow, error) {
	return ask(c.program, func(d *desk.Desk) ([]desk.CaseRow, error) { return d.Similar(c.ctx, in) })
}

// PreviewNotices is what the rulebook has to say of a complaint to be registered.
func (c *Cases) PreviewNotices(in desk.RegisterInput) ([]desk.NoticeRow, error) {
	return ask(c.program, func(d *desk.Desk) ([]desk.NoticeRow, error) { return d.PreviewNotices(c.ctx, in) })
}

// PreviewClocks is the time limits a complaint would have if registered now.
func (c *Cases) PreviewClocks(in desk.RegisterInput) ([]desk.ClockRow, error) {
	return ask(c.program, func(d *desk.Desk) ([]desk.ClockRow, error) { return d.PreviewClocks(c.ctx, in) })
}

// Act does an action to a case.
func (c *Cases) Act(in desk.ActInput) (desk.Change, error) {
	return ask(c.program, func(d *desk.Desk) (desk.Change, error) { return d.Act(c.ctx, in) })
}

// Undo takes an act back by a further act.
func (c *Cases) Undo(number, entry string) (desk.Change, error) {
	return ask(c.program, func(d *desk.Desk) (desk.Change, error) { return d.Undo(c.ctx, number, entry) })
}

// Edit corrects facts, with a reason.
func (c *Cases) Edit(number string, fields map[string]any, reason string) (desk.Change, error) {
	return ask(c.program, func(d *desk.Desk) (desk.Change, error) { return d.Edit(c.ctx, number, fields, reason) })
}

// Note writes a remark.
func (c *Cases) Note(number, text string) (desk.Change, error) {
	return ask(c.program, func(d *desk.Desk) (desk.Change, error) { return d.Note(c.ctx, number, text) })
}

var errNotAFile = fault.New(fault.Refused, "attachment-unreadable", "选择的文件无法读取", "请确认文件仍在原处，且不是文件夹")

// Attach adds a file to a case.
func (c *Cases) Attach(number, path string) (desk.Change, error) {
	return ask(c.program, func(d *desk.Desk) (desk.Change, error) {
		file, err := openRegular(path)
		if err != nil {
			return desk.Change{}, errNotAFile.Wrap(err)
		}
		change, err := d.Attach(c.ctx, number, filepath.Base(path), file)
		return change, joined(err, file.Close())
	})
}

func openRegular(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, os.ErrInvalid
	}
	return os.Open(path)
}

// Link joins two cases that belong together.
func (c *Cases) Link(number, other string) (desk.Change, error) {
	return ask(c.program, func(d *desk.Desk) (desk.Change, error) { return d.Link(c.ctx, number, other) })
}

// Merge makes a case point to the one that goes on.
func (c *Cases) Merge(number, into string) (desk.Change, error) {
	return ask(c.program, func(d *desk.Desk) (desk.Change, error) { return d.Merge(c.ctx, number, into) })
}

// Split makes a second case of a part.
func (c *Cases) Split(number string, in desk.SplitInput) (desk.Registered, error) {
	return ask(c.program, func(d *desk.Desk) (desk.Registered, error) { return d.Split(c.ctx, number, in) })
}

// Explain gives the day-by-day reason of one due date.
func (c *Cases) Explain(number, clock string) (desk.Explanation, error) {
	return ask(c.program, func(d *desk.Desk) (desk.Explanation, error) { return d.Explain(c.ctx, number, clock) })
}
