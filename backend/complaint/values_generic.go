package complaint

import (
	"maps"

	"jiesu/backend/calendar"
	"jiesu/backend/field"
)

// generic are the values every rulebook's letters can print without a source
// of their own: "f.<field>", "mark.<mark>", "who.<slot>". A choice prints its
// label, and with 其他 what it is; its id can be asked for as "f.<field>.id".
func (x *reader) generic() (fields, marks, who map[string]any) {
	fields, marks, who = map[string]any{}, map[string]any{}, map[string]any{}
	for id, v := range x.c.Fields {
		if def, ok := x.r.FieldDef(id); ok {
			fields[id] = x.shown(def, v, x.c.Fields)
		}
	}
	for id, rows := range x.c.Rows {
		def, ok := x.r.FieldDef(id)
		if !ok || len(rows) == 0 {
			continue
		}
		list := make([]any, len(rows))
		for i, row := range rows {
			list[i] = x.row(def, row)
		}
		fields[id] = list
	}
	facts := &facts{c: x.c}
	for id := range x.c.Marks {
		if at, ok := facts.MarkAt(id); ok {
			marks[id] = at.In(calendar.Zone())
		}
	}
	for slot, ref := range x.c.Assigned {
		who[slot] = ref.Name
	}
	return fields, marks, who
}

// row is a row as letters print it, and who wrote it when.
func (x *reader) row(def field.Def, row Row) map[string]any {
	out := map[string]any{"by": row.By, "at": row.At.In(calendar.Zone())}
	for _, item := range def.Items {
		if v, ok := row.Values[item.ID]; ok {
			out[item.ID] = x.shown(item, v, row.Values)
		}
	}
	return out
}

// shown is one value as a letter prints it; beside are the values around it,
// where 其他 is explained.
func (x *reader) shown(def field.Def, v any, beside map[string]any) any {
	switch def.Type {
	case field.Choice, field.MultiChoice:
		return x.chosen(x.c.Labelled(def), v, beside)
	case field.Date, field.DateTime:
		if s, ok := v.(string); ok {
			if at, ok := ParseMoment(s); ok {
				return at
			}
		}
	case field.Person, field.Unit:
		return named(v)
	case field.File:
		return field.ShowText(def, v)
	}
	return v
}

// chosen is a choice in words, or the list of several.
func (x *reader) chosen(def field.Def, v any, beside map[string]any) any {
	if list, ok := v.([]any); ok {
		out := make([]any, len(list))
		for i, each := range list {
			out[i] = x.chosen(def, each, beside)
		}
		return out
	}
	one := def
	one.Type = field.Choice
	label := field.ShowText(one, v)
	words := label
	if text, _ := beside[field.TextOf(def.ID)].(string); text != "" && def.NeedsText(v) {
		words = label + "（" + text + "）"
	}
	return map[string]any{"text": words, "id": v, "label": label}
}

// named is a person or unit, without a name where what was written is none:
// no letter is addressed to 未知.
func named(v any) any {
	m, ok := v.(map[string]any)
	if !ok || !unnamed(m) {
		return v
	}
	m = maps.Clone(m)
	delete(m, "name")
	if field.Empty(m) {
		return nil
	}
	return m
}
