package complaint

import (
	"math/big"
	"slices"

	"jiesu/backend/field"
	"jiesu/backend/regime"
)

// WithinAuthority implements regime.Facts: whether this officer may alone grant
// the remedies of a group, those already on the case and those of the form.
// Each row must be of a kind that one of the officer's limits allows, and all
// rows that this limit allows must stay within its amount together, so that
// several small remedies count as the large one they are.
func (f *facts) WithinAuthority(group string) bool {
	if f.env.Regime == nil {
		return true
	}
	var mine []regime.Limit
	for _, l := range f.env.Regime.Limits {
		if l.Field == group && f.HasRole(l.Role) {
			mine = append(mine, l)
		}
	}
	sums := make([]*big.Rat, len(mine))
	for i := range sums {
		sums[i] = new(big.Rat)
	}
	rows := f.rowsAfter(group)
	for _, row := range rows {
		for i, l := range mine {
			if allows(l, row) {
				sums[i].Add(sums[i], amountOf(row, l.Amount))
			}
		}
	}
	for _, row := range rows {
		granted := false
		for i, l := range mine {
			granted = granted || allows(l, row) && f.within(l, sums[i])
		}
		if !granted {
			return false
		}
	}
	return true
}

// within compares with the most a limit allows: what the office has set, else
// what the rulebook says; without either any amount. Where the rulebook leaves
// the amount to an office that has set none, whatever costs money goes up.
func (f *facts) within(l regime.Limit, sum *big.Rat) bool {
	if l.Amount == "" {
		return true
	}
	most := l.Max
	if f.env.LimitOf != nil {
		if own, ok := f.env.LimitOf(l.Role, l.Field); ok {
			most = own
		}
	}
	if most == regime.Unset {
		return sum.Sign() == 0
	}
	limit, ok := new(big.Rat).SetString(most)
	return !ok || sum.Cmp(limit) <= 0
}

func allows(l regime.Limit, row map[string]any) bool {
	kind, _ := row[l.Kind].(string)
	return len(l.Kinds) == 0 || slices.Contains(l.Kinds, kind)
}

func amountOf(row map[string]any, column string) *big.Rat {
	s, _ := row[column].(string)
	if n, ok := new(big.Rat).SetString(s); ok {
		return n
	}
	return new(big.Rat)
}

// rowsAfter are the rows as they would be after the action.
func (f *facts) rowsAfter(group string) []map[string]any {
	var rows []map[string]any
	for _, row := range f.c.Rows[group] {
		rows = append(rows, f.merged(row))
	}
	return slices.Concat(rows, asRows(f.values[group]), f.adds[group])
}

// CountRows implements regime.Facts: the rows as they are, and those of the
// form. What the action's effects will write is not yet there.
func (f *facts) CountRows(group string, counts func(map[string]any) bool) int {
	n := 0
	for _, row := range f.c.Rows[group] {
		if counts(row.Values) {
			n++
		}
	}
	for _, row := range asRows(f.values[group]) {
		if counts(row) {
			n++
		}
	}
	return n
}

// InCharge implements regime.Facts: by the unit's name, or by the label or the
// id of a chosen one.
func (f *facts) InCharge(path string) bool {
	if f.env.InCharge == nil {
		return false
	}
	v, ok := f.Field(path)
	if !ok {
		return false
	}
	names := namesIn(v)
	if f.env.Regime != nil {
		if def, ok := f.env.Regime.FieldDef(path); ok {
			for _, o := range def.Options {
				if slices.Contains(names, o.ID) {
					names = append(names, o.Label)
				}
			}
		}
	}
	return slices.ContainsFunc(names, f.env.InCharge)
}

// Skilled implements regime.Facts.
func (f *facts) Skilled(s *regime.Skilled) (names []string, me, asked bool) {
	if f.env.Skilled == nil || f.env.Regime == nil {
		return nil, false, false
	}
	names, asked = f.env.Skilled(s.Needs(f.env.Regime, f))
	return names, slices.Contains(names, f.env.Officer.Name), asked
}

// InArea implements regime.Facts. Nothing is outside where one of the two codes
// is not known.
func (f *facts) InArea(path string) bool {
	v, _ := f.Field(path + ".area")
	theirs := textOf(v)
	return theirs == "" || f.env.Area == "" || field.Covers(f.env.Area, theirs)
}

// NamesMe implements regime.Facts.
func (f *facts) NamesMe(path string) bool {
	for _, row := range f.c.Rows[path] {
		if f.env.Officer.namedIn(row.Values) {
			return true
		}
	}
	v, ok := f.Field(path)
	return ok && f.env.Officer.namedIn(v)
}

// namedIn says whether a value names this person: by id where both have one,
// else by name.
func (r Ref) namedIn(v any) bool {
	switch v := v.(type) {
	case string:
		return v != "" && (v == r.ID || v == r.Name)
	case []any:
		return slices.ContainsFunc(v, r.namedIn)
	case map[string]any:
		if id, _ := v["id"].(string); id != "" && r.ID != "" {
			return id == r.ID
		}
		for _, key := range []string{"name", "head", "officer", "person"} {
			if x, ok := v[key]; ok && !field.Empty(x) && r.namedIn(x) {
				return true
			}
		}
	}
	return false
}

// namesIn are the names a value holds: of a text itself, of a unit or person
// the name.
func namesIn(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case map[string]any:
		return append(namesIn(v["name"]), namesIn(v["org"])...)
	case []any:
		var out []string
		for _, each := range v {
			out = append(out, namesIn(each)...)
		}
		return out
	}
	return nil
}
