package regime

import "strings"

// Points names the field of the form that the failing part of a guard asks
// about, so that the refusal is shown where it can be mended. It is empty where
// no field of the form would change the answer.
func (g *Guard) Points(f Facts, onForm func(field string) bool) string {
	if ok, _ := g.Eval(f); ok {
		return ""
	}
	for i := range g.All {
		if ok, _ := g.All[i].Eval(f); !ok {
			return g.All[i].Points(f, onForm)
		}
	}
	for i := range g.Any {
		if at := g.Any[i].Points(f, onForm); at != "" {
			return at
		}
	}
	if g.Not != nil {
		if ok, _ := g.Not.Eval(f); ok {
			return g.Not.names(onForm)
		}
	}
	return g.names(onForm)
}

// names is the first field of the form a guard asks about at all.
func (g *Guard) names(onForm func(field string) bool) string {
	for _, path := range g.asks() {
		if id, _, _ := strings.Cut(path, "."); onForm(id) {
			return id
		}
	}
	deeper := append(append([]Guard{}, g.All...), g.Any...)
	if g.Not != nil {
		deeper = append(deeper, *g.Not)
	}
	for i := range deeper {
		if at := deeper[i].names(onForm); at != "" {
			return at
		}
	}
	return ""
}

// asks lists the fields the guard itself reads.
func (g *Guard) asks() []string {
	paths := []string{g.Field, g.Authority, g.InCharge, g.NotSelf, g.InArea}
	if g.Rows != nil {
		paths = append(paths, g.Rows.Field)
	}
	if g.Gap != nil {
		paths = append(paths, g.Gap.Until, g.Gap.Since)
	}
	if g.Skilled != nil {
		paths = append(paths, g.Skilled.Who)
	}
	if g.BeforeEnd != nil {
		paths = append(paths, g.BeforeEnd.Field)
	}
	return paths
}
