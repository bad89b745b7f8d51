package regime

import "strings"

// Left is what remains of a guard when everything but the form is known: a
// screen judges the rest while the form is filled. nil and true: it holds
// whatever the form says; nil and false: never. Conditions over rows and
// moments of the form itself count as met here; Decide asks them again.
func (g *Guard) Left(f Facts, onForm func(field string) bool) (*Guard, bool) {
	if g == nil {
		return nil, true
	}
	rest := &Guard{Says: g.Says}
	for i := range g.All {
		left, may := g.All[i].Left(f, onForm)
		if !may {
			return nil, false
		}
		if left != nil {
			rest.All = append(rest.All, *left)
		}
	}
	any, may := leftOfAny(g.Any, f, onForm)
	if !may {
		return nil, false
	}
	rest.Any = any
	if g.Not != nil {
		left, may := g.Not.Left(f, onForm)
		if left == nil && may {
			return nil, false
		}
		rest.Not = left
	}
	if !g.leftOfLeaf(rest, f, onForm) {
		return nil, false
	}
	if rest.All == nil && rest.Any == nil && rest.Not == nil && rest.Field == "" {
		return nil, true
	}
	return rest, true
}

// leftOfLeaf adds to the rest what of the guard's own conditions the form
// decides; false: another of them does not hold.
func (g *Guard) leftOfLeaf(rest *Guard, f Facts, onForm func(string) bool) bool {
	leaf := *g
	leaf.All, leaf.Any, leaf.Not = nil, nil, nil
	if formHas(g.Field, onForm) {
		rest.Field, rest.Is, rest.In, rest.Min, rest.Max = g.Field, g.Is, g.In, g.Min, g.Max
		leaf.Field = ""
	}
	if g.Skilled != nil && formHas(g.Skilled.Who, onForm) {
		named, may := g.Skilled.left(f)
		if !may {
			return false
		}
		if named != nil {
			rest.All = append(rest.All, *named)
		}
		leaf.Skilled = nil
	}
	return leaf.withoutForm(onForm).leaf(f)
}

// leftOfAny drops what can no longer hold; none is left where one holds.
func leftOfAny(any []Guard, f Facts, onForm func(string) bool) ([]Guard, bool) {
	var rest []Guard
	for i := range any {
		left, may := any[i].Left(f, onForm)
		if may && left == nil {
			return nil, true
		}
		if may {
			rest = append(rest, *left)
		}
	}
	return rest, len(any) == 0 || len(rest) > 0
}

// withoutForm leaves out the conditions that the form itself decides.
func (g Guard) withoutForm(onForm func(string) bool) *Guard {
	if g.Rows != nil && formHas(g.Rows.Field, onForm) {
		g.Rows = nil
	}
	if g.Gap != nil && (formHas(g.Gap.Since, onForm) || formHas(g.Gap.Until, onForm)) {
		g.Gap = nil
	}
	if formHas(g.Authority, onForm) {
		g.Authority = ""
	}
	if formHas(g.InCharge, onForm) {
		g.InCharge = ""
	}
	if formHas(g.InArea, onForm) {
		g.InArea = ""
	}
	if formHas(g.NotSelf, onForm) {
		g.NotSelf = ""
	}
	return &g
}

func formHas(path string, onForm func(string) bool) bool {
	root, _, _ := strings.Cut(path, ".")
	return root != "" && onForm(root)
}
