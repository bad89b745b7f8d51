package desk

import (
	"context"

	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/journal"
)

// PreviewClocks is the time limits a complaint would have if it were
// registered now. Nothing is stored.
func (d *Desk) PreviewClocks(_ context.Context, in RegisterInput) ([]ClockRow, error) {
	book, _, c, err := d.preview(in)
	if err != nil {
		return nil, err
	}
	out := []ClockRow{}
	for _, l := range book.Deadlines(c) {
		out = append(out, d.clockRow(book.CalendarOf(""), l))
	}
	return out, nil
}

// preview is the case a complaint would be. Names and words that are still to
// be typed move no limit and are not asked for.
func (d *Desk) preview(in RegisterInput) (*casebook.Book, casebook.Me, *complaint.Case, error) {
	book, me, err := d.entered()
	if err != nil {
		return nil, casebook.Me{}, nil, err
	}
	if in.Complainant.Name == "" {
		in.Complainant.Name = "—"
	}
	if in.Facts == "" {
		in.Facts = "—"
	}
	in.Protected, in.Viewers = false, nil // whose complaint it is moves no limit either
	act, err := d.registration(book, me, in, complaint.Serial{Kind: "case", Year: zoned(d.o.Now()).Year(), N: 1})
	if err != nil {
		return nil, casebook.Me{}, nil, err
	}
	c := complaint.Fold("", []complaint.Entry{{Node: journal.Node{ID: "preview", Replica: book.Replica()}, Act: act}})
	return book, me, c, nil
}
