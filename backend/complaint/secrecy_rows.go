package complaint

import (
	"maps"

	"jiesu/backend/field"
	"jiesu/backend/regime"
)

// divideRow divides what an act writes into a row of a group: columns that the
// regime calls reporter are for the few, the masked rest for everybody. Said
// again by the identity part, the row is there in full.
func divideRow(e Effect, group string, row map[string]any, r *regime.Regime, known secretWords) (open, hidden Effects) {
	if isSecret(r, group) {
		return nil, Effects{e}
	}
	masked, changed := known.maskValue(row)
	show := masked.(map[string]any)
	for _, column := range secretColumns(r, group) {
		if _, has := show[column]; has {
			show, changed = without(show, column), true
		}
	}
	if !changed {
		return Effects{e}, nil
	}
	var said Effect
	switch e := e.(type) {
	case *Add:
		said = &Add{Field: e.Field, ID: e.ID, Row: show}
	case *Update:
		said = &Update{Field: e.Field, ID: e.ID, Values: show, Line: known.mask(e.Line)}
	}
	if said == nil || said.check() != nil { // nothing is left to say to all
		return nil, Effects{e}
	}
	return Effects{said}, Effects{e}
}

func secretColumns(r *regime.Regime, group string) []string {
	if r == nil {
		return nil
	}
	def, _ := r.FieldDef(group)
	var ids []string
	for _, item := range def.Items {
		if item.Privacy == field.Reporter {
			ids = append(ids, item.ID)
		}
	}
	return ids
}

func without(row map[string]any, column string) map[string]any {
	out := maps.Clone(row)
	delete(out, column)
	return out
}

// rowEffect is the group and the columns an effect writes.
func rowEffect(e Effect) (group string, row map[string]any, ok bool) {
	switch e := e.(type) {
	case *Add:
		return e.Field, e.Row, e.Field != AttachmentsField
	case *Update:
		return e.Field, e.Values, true
	}
	return "", nil, false
}
