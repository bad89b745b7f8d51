package regime

import (
	"fmt"
	"slices"
	"strings"
)

// holds finds conditions that can never be met: the action they guard could
// never be done, the clock never run, and nobody would see why. Under "not"
// such a condition always holds and is left alone.
func (c *checker) holds(at string, a *Action, g *Guard) {
	if g == nil {
		return
	}
	if why := c.never(a, g); why != "" {
		c.say(at, "条件永远不会成立：%s", why)
	}
	for i := range g.All {
		c.holds(fmt.Sprintf("%s.all[%d]", at, i), a, &g.All[i])
	}
	for i := range g.Any {
		c.holds(fmt.Sprintf("%s.any[%d]", at, i), a, &g.Any[i])
	}
	if why := clash(g); why != "" {
		c.say(at, "条件永远不会成立：%s", why)
	}
}

// never says why what one node asks by itself cannot be.
func (c *checker) never(a *Action, g *Guard) string {
	switch {
	case g.Mark != nil && above(g.Mark.Min, g.Mark.Max):
		return fmt.Sprintf("时点“%s”的次数 min 大于 max", short(g.Mark.ID))
	case g.Mark != nil && g.Mark.From != "" && g.Mark.To != "" && g.Mark.From > g.Mark.To:
		return fmt.Sprintf("时点“%s”的日期 from 晚于 to", short(g.Mark.ID))
	case g.Rows != nil && above(g.Rows.Min, g.Rows.Max):
		return fmt.Sprintf("“%s”的行数 min 大于 max", short(g.Rows.Field))
	case g.Min != nil && g.Max != nil && *g.Min > *g.Max:
		return fmt.Sprintf("“%s”的 min 大于 max", short(g.Field))
	case g.In != nil && len(g.In) == 0:
		return fmt.Sprintf("“%s”的 in 是空的", short(g.Field))
	case g.Is != nil && g.In != nil && !slices.Contains(g.In, plain(g.Is)):
		return fmt.Sprintf("“%s”的 is 不在 in 中", short(g.Field))
	case g.Field != "" && !c.r.Fills(g.Field):
		return fmt.Sprintf("没有表单、效果或登记会填写“%s”", short(g.Field))
	}
	return c.neverStage(a, g)
}

func above(least, most *int) bool { return least != nil && most != nil && *least > *most }

// neverStage: an action asks for a stage of its own track at which it is not
// offered.
func (c *checker) neverStage(a *Action, g *Guard) string {
	if a == nil || g.Stage == "" {
		return ""
	}
	track, stage := splitStage(g.Stage)
	s, ok := c.r.Stage(a.Track, stage)
	if (track == "" || track == a.Track) && ok && a.ID != RegisterAction && !a.At(s) {
		return fmt.Sprintf("动作在阶段“%s”本来就不提供", stage)
	}
	return ""
}

// clash finds two parts of "all" that exclude each other: one field with two
// values, one track at two stages.
func clash(g *Guard) string {
	asked := map[string]string{}
	for _, x := range append([]Guard{*g}, g.All...) {
		track, stage := splitStage(x.Stage)
		for _, p := range []struct{ of, value string }{{x.Field, plain(x.Is)}, {"阶段" + track, stage}} {
			if p.of == "" || p.value == "" || p.value == plain(nil) {
				continue
			}
			if before, ok := asked[p.of]; ok && before != p.value {
				return fmt.Sprintf("“%s”不能同时是“%s”和“%s”", short(p.of), short(before), short(p.value))
			}
			asked[p.of] = p.value
		}
	}
	return ""
}

// Fills says whether anything gives a value to a field (or decides the slot) of
// that path: registration, a form, an effect, a matrix.
func (r *Regime) Fills(path string) bool {
	root, _, _ := strings.Cut(path, ".")
	for _, d := range StandardFields() {
		if d.ID == root {
			return true
		}
	}
	if root == standingSlot || slices.ContainsFunc(r.Matrices, func(m Matrix) bool { return m.Sets == root }) {
		return true
	}
	for _, a := range r.Actions {
		if slices.ContainsFunc(a.Fields, func(u FieldUse) bool { return u.ID == root }) ||
			slices.ContainsFunc(a.Effects, func(e EffectSpec) bool { return e.fills(root) }) {
			return true
		}
	}
	return false
}

// standingSlot is decided by assigning without a slot of one's own.
const standingSlot = "assignee"

func (e *EffectSpec) fills(root string) bool {
	if e.Add != nil && e.Add.Field == root {
		return true
	}
	for _, s := range []*SetSpec{e.Set, e.Assign} {
		if s != nil && s.Field == root {
			return true
		}
	}
	for _, d := range []*DecideSpec{e.Decide, e.Classify} {
		if d != nil && d.Slot == root {
			return true
		}
	}
	return false
}

// Sets says whether anything sets a mark: registration, an action, a letter.
func (r *Regime) Sets(mark string) bool { return marksSet(r)[mark] }
