package regime

import (
	"slices"

	"jiesu/backend/field"
)

// inherit fills r with what its base says and r does not. Elements are matched
// by id; one that r has replaces the base's whole, so a reader needs to look
// in one place only.
func (r *Regime) inherit(base *Regime) {
	for _, s := range []struct{ mine, theirs *string }{
		{&r.Title, &base.Title}, {&r.System, &base.System}, {&r.Purpose, &base.Purpose},
		{&r.From, &base.From}, {&r.Issuer, &base.Issuer}, {&r.Interpreter, &base.Interpreter},
	} {
		if *s.mine == "" {
			*s.mine = *s.theirs
		}
	}
	if r.Basis == nil {
		r.Basis = base.Basis
	}
	if r.Profiles == nil {
		r.Profiles = base.Profiles
	}
	if r.Sectors == nil {
		r.Sectors = base.Sectors
	}
	if r.Supplements == nil {
		r.Supplements = base.Supplements
	}
	r.Matters = merged(base.Matters, r.Matters, func(x Matter) string { return x.ID })
	r.Channels = merged(base.Channels, r.Channels, func(x Channel) string { return x.ID })
	r.Fields = merged(base.Fields, r.Fields, func(x field.Def) string { return x.ID })
	r.Lists = merged(base.Lists, r.Lists, func(x List) string { return x.ID })
	r.Tracks = merged(base.Tracks, r.Tracks, func(x Track) string { return x.ID })
	r.Actions = merged(base.Actions, r.Actions, func(x Action) string { return x.Track + ":" + x.ID })
	r.Clocks = merged(base.Clocks, r.Clocks, func(x Clock) string { return x.ID })
	r.Letters = merged(base.Letters, r.Letters, func(x LetterUse) string { return x.Kind })
	r.Roles = merged(base.Roles, r.Roles, func(x Role) string { return x.ID })
	r.Matrices = merged(base.Matrices, r.Matrices, func(x Matrix) string { return x.ID })
	r.Rules = merged(base.Rules, r.Rules, func(x Rule) string { return x.ID })
	// A role's limits belong together: those that r writes for a role and a
	// group stand for all of the base's.
	r.Notices = merged(base.Notices, r.Notices, func(x Notice) string { return x.ID })
	r.Measures = merged(base.Measures, r.Measures, func(x Measure) string { return x.ID })
	mine := r.Limits
	r.Limits = slices.DeleteFunc(slices.Clone(base.Limits), func(l Limit) bool {
		return slices.ContainsFunc(mine, func(m Limit) bool { return m.Role == l.Role && m.Field == l.Field })
	})
	r.Limits = append(r.Limits, mine...)
}

func merged[T any](base, mine []T, id func(T) string) []T {
	out := slices.Clone(base)
	for _, x := range mine {
		if i := slices.IndexFunc(out, func(y T) bool { return id(y) == id(x) }); i >= 0 {
			out[i] = x
			continue
		}
		out = append(out, x)
	}
	return out
}

// toJSONShapes turns the numbers of free values into float64, the one kind
// that values have elsewhere.
func (r *Regime) toJSONShapes() {
	for i := range r.Actions {
		a := &r.Actions[i]
		a.Guard.toJSONShapes()
		for j := range a.Fields {
			a.Fields[j].When.toJSONShapes()
			a.Fields[j].Default = jsonShape(a.Fields[j].Default)
		}
		for j := range a.Effects {
			e := &a.Effects[j]
			e.When.toJSONShapes()
			if e.Add != nil {
				jsonShape(e.Add.Values)
			}
			if e.Update != nil {
				jsonShape(e.Update.Values)
			}
			for _, s := range []*SetSpec{e.Set, e.Assign, e.Note} {
				if s != nil {
					s.Value = jsonShape(s.Value)
				}
			}
		}
	}
	for i := range r.Clocks {
		r.Clocks[i].Guard.toJSONShapes()
	}
	for i := range r.Letters {
		r.Letters[i].When.toJSONShapes()
	}
	for i := range r.Rules {
		r.Rules[i].Where.toJSONShapes()
	}
	for i := range r.Notices {
		r.Notices[i].When.toJSONShapes()
	}
	for i := range r.Measures {
		r.Measures[i].Count.toJSONShapes()
		r.Measures[i].Of.toJSONShapes()
	}
}

func (g *Guard) toJSONShapes() {
	if g == nil {
		return
	}
	g.Is = jsonShape(g.Is)
	g.Not.toJSONShapes()
	for i := range g.All {
		g.All[i].toJSONShapes()
	}
	for i := range g.Any {
		g.Any[i].toJSONShapes()
	}
}

func jsonShape(v any) any {
	switch x := v.(type) {
	case int:
		return float64(x)
	case int64:
		return float64(x)
	case uint64:
		return float64(x)
	case []any:
		for i := range x {
			x[i] = jsonShape(x[i])
		}
	case map[string]any:
		for k := range x {
			x[k] = jsonShape(x[k])
		}
	}
	return v
}
