package letter

import (
	"errors"
	"slices"
)

// Guard is a condition over values. Exactly one of All, Any, Not and Field is
// used; Field goes with exactly one of Is, In and Empty.
type Guard struct {
	All   []Guard  `json:"all,omitempty"`
	Any   []Guard  `json:"any,omitempty"`
	Not   *Guard   `json:"not,omitempty"`
	Field string   `json:"field,omitempty"`
	Is    any      `json:"is,omitempty"`
	In    []string `json:"in,omitempty"`
	Empty *bool    `json:"empty,omitempty"`
}

const maxGuardDepth = 3

// holds evaluates the guard; a nil guard holds.
func (g *Guard) holds(s scope) bool {
	switch {
	case g == nil:
		return true
	case g.All != nil:
		return !slices.ContainsFunc(g.All, func(x Guard) bool { return !x.holds(s) })
	case g.Any != nil:
		return slices.ContainsFunc(g.Any, func(x Guard) bool { return x.holds(s) })
	case g.Not != nil:
		return !g.Not.holds(s)
	}
	v := s.get(g.Field)
	if g.Empty != nil {
		return isEmpty(v) == *g.Empty
	}
	if g.In != nil {
		return slices.ContainsFunc(chosen(v), func(t string) bool { return slices.Contains(g.In, t) })
	}
	if b, ok := g.Is.(bool); ok && v == nil { // an absent flag is not set
		return !b
	}
	return slices.Contains(chosen(v), plain(g.Is))
}

// check reports why a guard is not well formed.
func (g *Guard) check(depth int) error {
	if g == nil {
		return nil
	}
	if depth > maxGuardDepth {
		return errors.New("条件（when）嵌套超过三层")
	}
	uses := 0
	for _, used := range []bool{g.All != nil, g.Any != nil, g.Not != nil, g.Field != ""} {
		if used {
			uses++
		}
	}
	if uses != 1 {
		return errors.New("条件（when）须恰好是 all、any、not、field 之一")
	}
	tests := 0
	for _, used := range []bool{g.Is != nil, g.In != nil, g.Empty != nil} {
		if used {
			tests++
		}
	}
	if g.Field != "" && tests != 1 || g.Field == "" && tests != 0 {
		return errors.New("条件（when）的 field 须恰好配 is、in、empty 之一")
	}
	switch g.Is.(type) {
	case nil, string, bool, float64:
	default:
		return errors.New("条件（when）的 is 只能是文字、数字或真假")
	}
	if g.Field != "" && !validPath(g.Field) {
		return errors.New("条件（when）的字段名不合规则：" + g.Field)
	}
	inner := slices.Concat(g.All, g.Any)
	if g.Not != nil {
		inner = append(inner, *g.Not)
	}
	for i := range inner {
		if err := inner[i].check(depth + 1); err != nil {
			return err
		}
	}
	return nil
}
