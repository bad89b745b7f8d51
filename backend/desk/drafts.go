package desk

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"jiesu/backend/casebook"
	"jiesu/backend/fault"
)

const draftKind = "draft"

// Drafts are the forms kept before they were sent, newest first.
func (d *Desk) Drafts(_ context.Context) ([]DraftRow, error) {
	book, _, err := d.entered()
	if err != nil {
		return nil, err
	}
	out := []DraftRow{}
	err = book.Locals(draftKind, func(_ string, raw json.RawMessage) error {
		var row DraftRow
		if json.Unmarshal(raw, &row) == nil {
			out = append(out, row)
		}
		return nil
	})
	slices.SortFunc(out, func(a, b DraftRow) int { return strings.Compare(b.At, a.At) })
	return out, err
}

// SaveDraft keeps a form on this machine.
func (d *Desk) SaveDraft(ctx context.Context, in DraftRow) error {
	book, _, err := d.entered()
	if err != nil {
		return err
	}
	if in.ID == "" || len(in.ID) > 200 {
		return fault.New(fault.Usage, "draft-id", "草稿没有名字", "请重试")
	}
	in.At = stamp(d.o.Now())
	return book.PutLocal(ctx, casebook.Local{Kind: draftKind, ID: in.ID, Value: in})
}

// DropDraft forgets a form.
func (d *Desk) DropDraft(ctx context.Context, id string) error {
	book, _, err := d.entered()
	if err != nil {
		return err
	}
	return book.PutLocal(ctx, casebook.Local{Kind: draftKind, ID: id})
}

// dropDraft forgets the form of something that is saved now; that the draft
// stays when this fails harms nobody.
func (d *Desk) dropDraft(ctx context.Context, book *casebook.Book, id string) {
	if id == "" {
		return
	}
	if err := book.PutLocal(ctx, casebook.Local{Kind: draftKind, ID: id}); err != nil {
		d.o.Log("drop draft: " + err.Error())
	}
}
