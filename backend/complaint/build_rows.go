package complaint

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/fault"
	"jiesu/backend/field"
	"jiesu/backend/regime"
)

// row makes the row an action adds to a group; nil if the form says nothing of it.
func (b *builder) row(s *regime.AddSpec) Effect {
	row := b.columns(s.Field, s.Columns, s.Values)
	if len(row) == 0 {
		return nil
	}
	return &Add{Field: s.Field, ID: b.env.NewID(), Row: row}
}

// columns are what an effect writes into a row of a group: nothing if the form
// fills none of its columns.
func (b *builder) columns(group string, from map[string]string, fixed map[string]any) map[string]any {
	row := map[string]any{}
	for column, source := range from {
		if v, ok := b.values[source]; ok {
			row[column] = v
		}
		if text, ok := b.values[field.TextOf(source)]; ok { // what 其他 is
			row[field.TextOf(column)] = text
		}
	}
	if len(row) == 0 && len(from) > 0 {
		return nil
	}
	def, _ := b.env.Regime.FieldDef(group)
	for column, v := range fixed {
		i := slices.IndexFunc(def.Items, func(d field.Def) bool { return d.ID == column })
		if i >= 0 {
			v = standingFor(def.Items[i], v, b.at)
		}
		row[column] = v
	}
	return row
}

// standingFor resolves "now", the one value a rulebook writes that a form does
// not hold.
func standingFor(def field.Def, v any, now time.Time) any {
	if v != "now" {
		return v
	}
	switch def.Type {
	case field.Date:
		return now.In(calendar.Zone()).Format(time.DateOnly)
	case field.DateTime:
		return now.In(calendar.Zone()).Format(time.RFC3339)
	}
	return v
}

// update fills columns of the row that the form picked.
func (b *builder) update(s *regime.UpdateSpec) (Effect, error) {
	id, _ := b.values[s.Row].(string)
	if id == "" {
		return nil, nil
	}
	def, _ := b.env.Regime.FieldDef(s.Row)
	values := b.columns(def.Rows, s.Columns, s.Values)
	if len(values) == 0 {
		return nil, nil
	}
	label := ""
	for _, o := range RowChoices(b.c, b.env.Regime, def) {
		if o.ID == id {
			label = def.Label + "：" + o.Label
		}
	}
	return &Update{Field: def.Rows, ID: id, Values: values, Line: label}, nil
}

// rowNamed is the id of the row a field of type row names: by id, or by its
// place in the list as people count (1, 2 …). A row that is not on the case is
// refused.
func rowNamed(c *Case, def field.Def, value any) (any, error) {
	if def.Type != field.RowOf {
		return value, nil
	}
	rows := c.Rows[def.Rows]
	if slices.ContainsFunc(rows, func(r Row) bool { return r.ID == value }) {
		return value, nil
	}
	if place, err := strconv.Atoi(fmt.Sprint(value)); err == nil && place > 0 && place <= len(rows) {
		return rows[place-1].ID, nil
	}
	return nil, fault.New(fault.Refused, "row-not-found", "“"+def.Label+"”：本案没有这一行", "请从列出的各行中选择").At(def.ID)
}

// RowChoices are the rows a field of type row may pick, each in words.
func RowChoices(c *Case, r *regime.Regime, def field.Def) []field.Option {
	group, _ := r.FieldDef(def.Rows)
	var out []field.Option
	for i, row := range c.Rows[def.Rows] {
		var parts []string
		for _, item := range group.Items {
			if s := field.ShowText(item, row.Values[item.ID]); s != "" && len(parts) < 3 {
				parts = append(parts, cut(strings.ReplaceAll(s, "\n", " "), 30))
			}
		}
		out = append(out, field.Option{ID: row.ID, Label: fmt.Sprintf("%d. %s", i+1, strings.Join(parts, "，"))})
	}
	return out
}

// pending tells the guard of authority what the action's effects would do to
// the rows, so that a remedy counts however it is written.
func (b *builder) pending(f *facts) {
	adds, updates := map[string][]map[string]any{}, map[string]map[string]any{}
	for _, spec := range b.action.Effects {
		if spec.Add == nil && spec.Update == nil {
			continue
		}
		if ok, _ := spec.When.Eval(f); !ok {
			continue
		}
		if s := spec.Add; s != nil {
			if row := b.columns(s.Field, s.Columns, s.Values); len(row) > 0 {
				adds[s.Field] = append(adds[s.Field], row)
			}
			continue
		}
		id, _ := b.values[spec.Update.Row].(string)
		def, _ := b.env.Regime.FieldDef(spec.Update.Row)
		if row := b.columns(def.Rows, spec.Update.Columns, spec.Update.Values); id != "" && len(row) > 0 {
			updates[id] = row
		}
	}
	f.adds, f.updates = adds, updates
}

// merged is a row as it would be after the action.
func (f *facts) merged(r Row) map[string]any {
	more := f.updates[r.ID]
	if more == nil {
		return r.Values
	}
	out := maps.Clone(r.Values)
	maps.Copy(out, more)
	return out
}
