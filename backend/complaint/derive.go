package complaint

import (
	"maps"

	"jiesu/backend/field"
	"jiesu/backend/regime"
)

// derive fills in what the matrices say of the values of a form and of the
// case: severity × urgency → priority. A matrix speaks when the act gives one
// of its two fields. A form that shows the derived field may say another value
// than the case has; that is a person's choice and stands. It returns the
// fields that were derived.
func derive(c *Case, r *regime.Regime, values map[string]any) map[string]bool {
	var derived map[string]bool
	for _, m := range r.Matrices {
		row, hasRow := values[m.Row]
		column, hasColumn := values[m.Column]
		if !hasRow && !hasColumn {
			continue
		}
		if !hasRow {
			row = c.Fields[m.Row]
		}
		if !hasColumn {
			column = c.Fields[m.Column]
		}
		cell := m.Cell(row, column)
		if said, ok := values[m.Sets]; cell == "" || said == cell || ok && said != c.Fields[m.Sets] {
			continue
		}
		values[m.Sets] = cell
		if derived == nil {
			derived = map[string]bool{}
		}
		derived[m.Sets] = true
	}
	return derived
}

// deriveFrom does the same for what effects set: a class, a fixed value.
func deriveFrom(c *Case, r *regime.Regime, effects Effects) Effects {
	if len(r.Matrices) == 0 {
		return nil
	}
	values := map[string]any{}
	for _, e := range effects {
		switch e := e.(type) {
		case *Set:
			maps.Copy(values, e.Values)
		case *Classify:
			values[e.Scheme] = e.Value
		}
	}
	derived := derive(c, r, values)
	if len(derived) == 0 {
		return nil
	}
	set := &Set{Values: map[string]any{}}
	for id := range derived {
		set.Values[id] = values[id]
	}
	return Effects{set}
}

// LabelsField keeps the labels of items that an office added to an open list,
// by field and item: an office that does not know the item shows them.
const LabelsField = "labels"

// keepLabels notes beside a choice what its added items are called.
func keepLabels(values map[string]any, def field.Def, value any) {
	for _, o := range def.Options {
		if o.Added && def.Chose(value, o.ID) {
			values[LabelsField+"."+def.ID+"."+o.ID] = o.Label
		}
	}
}

// Labelled is a definition with the labels of items that only the case knows.
func (c *Case) Labelled(def field.Def) field.Def {
	kept, _ := c.Fields[LabelsField].(map[string]any)
	items, _ := kept[def.ID].(map[string]any)
	for id, label := range items {
		if s, ok := label.(string); ok && !def.HasOption(id) {
			def.Options = append(def.Options[:len(def.Options):len(def.Options)], field.Option{ID: id, Label: s, Added: true})
		}
	}
	return def
}
