package desk

import (
	"context"

	"jiesu/backend/complaint"
	"jiesu/backend/field"
	"jiesu/backend/regime"
)

// Record writes a row of a group every case has: contacts, consents, members,
// heirs, what the respondent was told, other matters of the letter, interests.
func (d *Desk) Record(ctx context.Context, number, group string, row map[string]any) (Change, error) {
	o, err := d.change(ctx, number)
	if err != nil {
		return Change{}, err
	}
	act, err := complaint.DecideRecord(o.c, d.env(o.book, o.me, o.regime, o.c), group, row)
	if err != nil {
		return Change{}, err
	}
	return d.append(ctx, o, act, nil)
}

// RecordForms are the groups Record takes, with what a row asks.
func (d *Desk) RecordForms(_ context.Context, number string) ([]FieldRow, error) {
	o, err := d.openCase(number)
	if err != nil {
		return nil, err
	}
	out := []FieldRow{}
	for _, id := range regime.RecordGroups() {
		if def, ok := o.regime.FieldDef(id); ok {
			out = append(out, recordForm(o, def))
		}
	}
	return out, nil
}

// recordForm is a group with what is usual filled in: now, and this officer.
func recordForm(o opened, def field.Def) FieldRow {
	f := fieldRow(o.regime, def)
	for i := range f.Item {
		switch item := &f.Item[i]; {
		case item.Type == string(field.DateTime):
			item.Value = "now"
		case item.ID == "by":
			item.Value = o.me.Officer.Name
		}
	}
	return f
}

// Amend changes columns of a recorded row.
func (d *Desk) Amend(ctx context.Context, number, group, row string, columns map[string]any) (Change, error) {
	o, err := d.change(ctx, number)
	if err != nil {
		return Change{}, err
	}
	act, err := complaint.DecideAmend(o.c, d.env(o.book, o.me, o.regime, o.c), group, row, columns)
	if err != nil {
		return Change{}, err
	}
	return d.append(ctx, o, act, nil)
}

// RecordRow is a recorded row with the id Amend asks for.
type RecordRow struct {
	ID     string         `json:"id"`
	Values map[string]any `json:"values"`
	Cells  []PropertyRow  `json:"cells"` // what is filled in, in words, personal parts masked
	At     string         `json:"at"`
	By     string         `json:"by"`
}

// Recorded are the rows of a group that was recorded to.
func (d *Desk) Recorded(ctx context.Context, number, group string) ([]RecordRow, error) {
	o, err := d.openCase(number)
	if err != nil {
		return nil, err
	}
	o = d.shownTo(ctx, o)
	def, _ := o.regime.FieldDef(group)
	out := []RecordRow{}
	for _, r := range o.c.Rows[group] {
		out = append(out, RecordRow{ID: r.ID, Values: r.Values, Cells: cells(def, r.Values), At: stamp(r.At), By: r.By})
	}
	return out, nil
}

func cells(group field.Def, row map[string]any) []PropertyRow {
	out := []PropertyRow{}
	for _, def := range group.Items {
		value := row[def.ID]
		if field.Empty(value) {
			continue
		}
		text, masked := field.ShowText(def, value), field.ShowText(def, field.Masked(def, value))
		out = append(out, PropertyRow{ID: def.ID, Label: def.Label, Text: masked, Masked: masked != text, Privacy: string(def.Privacy)})
	}
	return out
}
