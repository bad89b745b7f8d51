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

// ownDraft is a draft as it is kept: sealed for the officer who writes it,
// because a form may name a person whom the others must not see.
type ownDraft struct {
	Sealed []byte `json:"sealed"`
}

// Drafts are the forms this officer kept before they were sent, newest first.
func (d *Desk) Drafts(_ context.Context) ([]DraftRow, error) {
	book, me, err := d.entered()
	if err != nil {
		return nil, err
	}
	out := []DraftRow{}
	err = book.Locals(draftKind, func(id string, raw json.RawMessage) error {
		if row, ok := openDraft(book, raw); ok && strings.HasPrefix(id, me.Officer.ID+"/") {
			out = append(out, row)
		}
		return nil
	})
	slices.SortFunc(out, func(a, b DraftRow) int { return strings.Compare(b.At, a.At) })
	return out, err
}

func openDraft(book *casebook.Book, raw json.RawMessage) (row DraftRow, ok bool) {
	var kept ownDraft
	if json.Unmarshal(raw, &kept) != nil {
		return row, false
	}
	plain, err := book.OpenOwn(kept.Sealed)
	return row, err == nil && json.Unmarshal(plain, &row) == nil
}

// SaveDraft keeps a form on this machine.
func (d *Desk) SaveDraft(ctx context.Context, in DraftRow) error {
	book, me, err := d.entered()
	if err != nil {
		return err
	}
	if in.ID == "" || len(in.ID) > 200 {
		return fault.New(fault.Usage, "draft-id", "草稿没有名字", "请重试")
	}
	in.At = stamp(d.o.Now())
	plain, err := json.Marshal(in)
	if err != nil {
		return err
	}
	sealed, err := book.SealOwn(plain)
	if err != nil {
		return err
	}
	return book.PutLocal(ctx, casebook.Local{Kind: draftKind, ID: me.Officer.ID + "/" + in.ID, Value: ownDraft{sealed}})
}

// DropDraft forgets a form.
func (d *Desk) DropDraft(ctx context.Context, id string) error {
	book, me, err := d.entered()
	if err != nil {
		return err
	}
	return book.PutLocal(ctx, casebook.Local{Kind: draftKind, ID: me.Officer.ID + "/" + id})
}

// dropDraft forgets the form of something that is saved now; that the draft
// stays when this fails harms nobody.
func (d *Desk) dropDraft(ctx context.Context, _ *casebook.Book, id string) {
	if id == "" {
		return
	}
	if err := d.DropDraft(ctx, id); err != nil {
		d.o.Log("drop draft: " + err.Error())
	}
}
