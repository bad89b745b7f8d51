package desk_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/complaint"
	"jiesu/backend/field"
	"jiesu/backend/regime"
)

// filling makes the values of a form from the definitions of its fields.
type filling struct {
	rng      *rand.Rand
	r        *regime.Regime
	c        *complaint.Case // nil at registration
	now      time.Time
	officers []string
	effects  []regime.EffectSpec
	whole    bool // every field, with dates that fit
}

// form fills the fields of a form.
func (f *filling) form(uses []regime.FieldUse) map[string]any {
	out := map[string]any{}
	for _, use := range uses {
		def, ok := f.r.FieldDef(use.ID)
		if !ok || use.Required != field.Always && !f.whole && f.rng.IntN(3) == 0 {
			continue
		}
		if v := f.value(def); v != nil {
			out[use.ID] = v
		}
	}
	return out
}

var sampleTexts = []string{"样本", "样本情况：已核实。", "样本一\n样本二", "样本𠮷“引号”（括号）", "  样本  ", "样本<b>&amp;{facts}"}

func (f *filling) value(d field.Def) any {
	switch d.Type {
	case field.Text, field.LongText:
		return f.text(d)
	case field.Date:
		return f.moment().Format(time.DateOnly)
	case field.DateTime:
		return f.moment().Format(time.RFC3339)
	case field.Number:
		return f.number(d)
	case field.Money:
		return fmt.Sprintf("%d.%02d", 1+f.rng.IntN(300), f.rng.IntN(100))
	case field.Bool:
		return f.rng.IntN(3) > 0
	case field.Choice:
		return f.option(d)
	case field.MultiChoice:
		return f.options(d)
	case field.Person:
		return map[string]any{"name": "李样本" + string(rune('甲'+f.rng.IntN(3))), "phone": "13800000001", "address": "样本路1号"}
	case field.Unit:
		return map[string]any{"name": "样本公司", "address": "样本路2号"}
	case field.Group:
		return f.rows(d)
	case field.RowOf:
		return f.row(d)
	case field.File:
		return map[string]any{"name": "样本.pdf", "type": "application/pdf", "size": 3.0, "sha256": strings.Repeat("0", 64)}
	}
	return nil
}

// text is a span where a clock or an extension reads one, else an officer's
// name or any words of the right length.
func (f *filling) text(d field.Def) any {
	switch {
	case readAsSpan(f.r, d.ID):
		return "3workday"
	case d.Check == "phone" || d.Check == "phones":
		return "13800000002"
	case d.Check == "id_number":
		return "11010519491231002X"
	case d.Check == "uscc":
		return "91350100M000100Y43"
	case d.Check == "email":
		return "sample@example.org"
	case f.rng.IntN(4) == 0 && (d.Max == nil || *d.Max > 10):
		return f.officers[f.rng.IntN(len(f.officers))]
	}
	s := sampleTexts[f.rng.IntN(len(sampleTexts))]
	if d.Min != nil {
		s += strings.Repeat("样", int(*d.Min))
	}
	if d.Max != nil && len([]rune(s)) > int(*d.Max) {
		s = string([]rune(s)[:int(*d.Max)])
	}
	return s
}

func readAsSpan(r *regime.Regime, id string) bool {
	for _, c := range r.Clocks {
		if c.SpanFrom == id {
			return true
		}
	}
	for _, a := range r.Actions {
		for _, e := range a.Effects {
			if e.Extend != nil && e.Extend.From == id {
				return true
			}
		}
	}
	return false
}

// moment is now, or near it; where a clock's end is read, after it.
func (f *filling) moment() time.Time {
	if f.whole || f.rng.IntN(3) > 0 {
		return f.now
	}
	return f.now.Add(time.Duration(f.rng.IntN(20*24)-15*24) * time.Hour)
}

func (f *filling) number(d field.Def) any {
	low, high := 0.0, 100.0
	if d.Min != nil {
		low = *d.Min
		high = low + 100
	}
	if d.Max != nil {
		high = *d.Max
	}
	return low + float64(f.rng.IntN(int(high-low)+1))
}

func (f *filling) option(d field.Def) any {
	if len(d.Options) == 0 {
		return nil
	}
	return d.Options[f.rng.IntN(len(d.Options))].ID
}

func (f *filling) options(d field.Def) any {
	out := []any{}
	for _, o := range d.Options {
		if f.rng.IntN(2) == 0 {
			out = append(out, o.ID)
		}
	}
	if len(out) == 0 {
		if o := f.option(d); o != nil {
			return []any{o}
		}
		return nil
	}
	return out
}

func (f *filling) rows(d field.Def) any {
	out := []any{}
	for range 1 + f.rng.IntN(2) {
		row := map[string]any{}
		for _, item := range d.Items {
			if !f.whole && f.rng.IntN(4) == 0 && !strings.HasSuffix(item.ID, "_text") {
				continue
			}
			if v := f.value(item); v != nil {
				row[item.ID] = v
			}
		}
		out = append(out, row)
	}
	return out
}

// row picks one of the rows that the case has: one that lacks what the action
// writes into it, or any.
func (f *filling) row(d field.Def) any {
	if f.c == nil || len(f.c.Rows[d.Rows]) == 0 {
		return nil
	}
	rows := f.c.Rows[d.Rows]
	if f.whole {
		return slices.MaxFunc(rows, func(a, b complaint.Row) int { return f.lacks(d.ID, a) - f.lacks(d.ID, b) }).ID
	}
	return rows[f.rng.IntN(len(rows))].ID
}

// lacks counts the columns that an effect would write and the row has not.
func (f *filling) lacks(use string, row complaint.Row) int {
	n := 0
	for _, e := range f.effects {
		if e.Update == nil || e.Update.Row != use {
			continue
		}
		for column := range e.Update.Columns {
			if field.Empty(row.Values[column]) {
				n++
			}
		}
		for column, v := range e.Update.Values {
			if row.Values[column] != v {
				n++
			}
		}
	}
	return n
}

// spoil puts something wrong into a form and says into which field; "" when
// nothing on the form can be wrong.
func (f *filling) spoil(uses []regime.FieldUse, values map[string]any) (id string) {
	order := f.rng.Perm(len(uses))
	for _, i := range order {
		def, ok := f.r.FieldDef(uses[i].ID)
		if !ok {
			continue
		}
		if bad := wrong(def); bad != nil {
			values[def.ID] = bad
			return def.ID
		}
	}
	return ""
}

// wrong is a value the field must not take.
func wrong(d field.Def) any {
	switch d.Type {
	case field.Text, field.LongText:
		if d.Max != nil {
			return strings.Repeat("样", int(*d.Max)+1)
		}
		return []any{"x"}
	case field.Date, field.DateTime:
		return "2026-02-30"
	case field.Number:
		if d.Max != nil {
			return *d.Max + 1
		}
		return "许多"
	case field.Money:
		return "1.234"
	case field.Bool:
		return "也许"
	case field.Choice:
		return "no-such-choice"
	case field.MultiChoice:
		return []any{"no-such-choice"}
	case field.Person, field.Unit:
		return "只有姓名"
	case field.Group:
		return []any{map[string]any{"no-such-column": "x"}}
	case field.RowOf:
		return "no-such-row"
	}
	return nil
}

// receipt is a day a case under the rulebook can have been received on, in the
// years the calendar knows.
func receipt(r *regime.Regime, rng *rand.Rand) time.Time {
	from, to := calendar.NewDate(2024, 1, 2), calendar.NewDate(2026, 8, 31)
	if d, err := calendar.ParseDate(r.From); err == nil && d.After(from) {
		from = d
	}
	if d, err := calendar.ParseDate(r.To); err == nil && r.To != "" && d.Before(to) {
		to = d
	}
	if to.Before(from) {
		from = to
	}
	return from.AddDays(rng.IntN(to.Sub(from) + 1)).At(8*60 + rng.IntN(9*60))
}

// names of a list, in order, without those that do not occur.
func keysOf(values map[string]any) []string {
	var out []string
	for k := range values {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
