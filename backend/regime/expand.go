package regime

import (
	"slices"

	"jiesu/backend/field"
)

// expand writes out what no file says by hand: beside every choice with an
// option that says nothing by itself (其他) a text that says what it is. The
// file's hash is that of its bytes, so it does not change.
func (r *Regime) expand() {
	r.withRecusal()
	r.Fields = r.withTexts(r.Fields)
	if category, _ := r.FieldDef("category"); !defines(r.Fields, "category") {
		if text, ok := r.textOf(category); ok && !defines(r.Fields, text.ID) {
			r.Fields = append(r.Fields, text)
		}
	}
	for i := range r.Actions {
		a := &r.Actions[i]
		a.Fields = r.withTextUses(a.Fields)
	}
}

// withTexts adds the text fields, those of a group's columns inside the group.
func (r *Regime) withTexts(defs []field.Def) []field.Def {
	out := make([]field.Def, 0, len(defs))
	for _, d := range defs {
		if len(d.Items) > 0 {
			d.Items = r.withTexts(d.Items)
		}
		out = append(out, d)
		if text, ok := r.textOf(d); ok && !defines(defs, text.ID) {
			out = append(out, text)
		}
	}
	return out
}

func (r *Regime) withTextUses(uses []FieldUse) []FieldUse {
	out := make([]FieldUse, 0, len(uses))
	for _, use := range uses {
		out = append(out, use)
		def, ok := r.FieldDef(use.ID)
		text, needs := r.textOf(def)
		if !ok || !needs || slices.ContainsFunc(uses, func(u FieldUse) bool { return u.ID == text.ID }) {
			continue
		}
		when := &Guard{Field: use.ID, In: textItems(def)}
		if use.When != nil {
			when = &Guard{All: []Guard{*use.When, *when}}
		}
		out = append(out, FieldUse{ID: text.ID, Label: textLabel(use.Label), Required: field.When, When: when, Transient: use.Transient, Of: use.ID})
	}
	return out
}

// textOf is the text field of a choice, if it has one. It is as secret as the
// choice.
func (r *Regime) textOf(d field.Def) (field.Def, bool) {
	d = r.filled(d)
	if len(textItems(d)) == 0 {
		return field.Def{}, false
	}
	return field.Def{ID: field.TextOf(d.ID), Label: textLabel(d.Label), Type: field.Text, Mask: d.Mask, Privacy: d.Privacy}, true
}

func textItems(d field.Def) []string {
	var ids []string
	for _, o := range d.Options {
		if o.NeedsText {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

func textLabel(label string) string {
	if label == "" {
		return ""
	}
	return label + "（请写明）"
}

func defines(defs []field.Def, id string) bool {
	return slices.ContainsFunc(defs, func(d field.Def) bool { return d.ID == id })
}
