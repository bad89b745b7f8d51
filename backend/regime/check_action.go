package regime

import (
	"fmt"
	"slices"
	"strings"

	"jiesu/backend/calendar"
	"jiesu/backend/field"
)

func (c *checker) action(i int) {
	a := &c.r.Actions[i]
	at := fmt.Sprintf("actions[%d]", i)
	if a.BuiltIn { // comes with the base file
		return
	}
	if c.vocabulary[a.ID] == "" {
		c.say(at, "动作“%s”不在动作词表里", short(a.ID))
	}
	if strings.TrimSpace(a.Label) == "" {
		c.say(at, "动作“%s”没有名称", short(a.ID))
	}
	if j := slices.IndexFunc(c.r.Actions, func(x Action) bool { return x.ID == a.ID && x.Track == a.Track }); j < i {
		c.say(at, "动作“%s”在流程“%s”里出现两次", a.ID, a.Track)
	}
	c.needTrack(at, a.Track)
	for _, s := range a.Stages {
		if _, ok := c.r.Stage(a.Track, s); !ok {
			c.say(at+".stages", "动作“%s”：阶段“%s”不存在", a.ID, short(s))
		}
	}
	for _, role := range a.Roles {
		c.needRole(at+".roles", role)
	}
	for _, kind := range a.Letters {
		if _, ok := c.r.Letter(kind); !ok {
			c.say(at+".letters", "动作“%s”：文书“%s”不存在", a.ID, short(kind))
		}
	}
	if k := a.Key; k != "" && (len(k) != 1 || k[0] < 'a' || k[0] > 'z') {
		c.say(at, "动作“%s”：快捷键应为一个小写字母", a.ID)
	}
	if d := a.Disposes; d != "" && !slices.Contains(Disposals(), d) {
		c.say(at+".disposes", "动作“%s”：disposes 应为 %s 之一", a.ID, strings.Join(Disposals(), "、"))
	}
	c.guard(at+".disposes_when", a.Track, a.GivesUp)
	c.holds(at+".disposes_when", a, a.GivesUp)
	c.guard(at+".guard", a.Track, a.Guard)
	c.holds(at+".guard", a, a.Guard)
	if a.Guard != nil && !a.Guard.speaks() {
		c.say(at+".guard", "动作“%s”的条件没有写明不能做时告诉承办人的话（says）", a.ID)
	}
	c.form(at, a)
	for j := range a.Effects {
		c.effect(fmt.Sprintf("%s.effects[%d]", at, j), a, &a.Effects[j])
	}
}

// speaks says whether a refusal by this guard always has a sentence.
func (g *Guard) speaks() bool {
	if g.Says != "" {
		return true
	}
	leaf := g.Field + g.Stage + g.Role + g.NotBy + g.Letter + g.Authority + g.InCharge + g.NotSelf + g.InArea
	if leaf != "" || g.Mark != nil || g.Clock != nil || g.Within != nil || g.Not != nil || g.Rows != nil || g.Gap != nil || g.Skilled != nil {
		return false
	}
	for _, each := range slices.Concat(g.All, g.Any) {
		if !each.speaks() {
			return false
		}
	}
	return len(g.All)+len(g.Any) > 0
}

func (c *checker) form(at string, a *Action) {
	seen := map[string]bool{}
	for j := range a.Fields {
		use := &a.Fields[j]
		if use.Of != "" { // the loader's, for the base file
			continue
		}
		here := fmt.Sprintf("%s.fields[%d]", at, j)
		def, ok := c.r.FieldDef(use.ID)
		switch {
		case !ok:
			c.say(here, "动作“%s”：字段“%s”不存在", a.ID, short(use.ID))
		case seen[use.ID]:
			c.say(here, "动作“%s”：字段“%s”出现两次", a.ID, use.ID)
		case use.Default != nil && use.Default != "now" && field.Check(def, use.Default) != nil:
			c.say(here, "动作“%s”：字段“%s”的默认值不对", a.ID, use.ID)
		}
		seen[use.ID] = true
		switch use.Required {
		case "", field.Never, field.Always:
		case field.When:
			if use.When == nil {
				c.say(here, "动作“%s”：字段“%s”写了 required: when，没有写条件", a.ID, use.ID)
			}
		default:
			c.say(here, "动作“%s”：字段“%s”的 required“%s”不认识", a.ID, use.ID, short(string(use.Required)))
		}
		c.guard(here+".when", a.Track, use.When)
		c.holds(here+".when", a, use.When)
	}
}

// onForm asks that a name is a field of the action's form.
func (c *checker) onForm(at string, a *Action, id string) {
	if id != "" && !slices.ContainsFunc(a.Fields, func(u FieldUse) bool { return u.ID == id }) {
		c.say(at, "动作“%s”：“%s”不在它的表单里", a.ID, short(id))
	}
}

func (c *checker) effect(at string, a *Action, e *EffectSpec) {
	c.guard(at+".when", a.Track, e.When)
	c.holds(at+".when", a, e.When)
	n := 0
	for _, set := range []bool{e.Set != nil, e.Add != nil, e.Clear != "", e.Update != nil, e.Decide != nil, e.Classify != nil, e.Go != "", e.OpenTrack != "",
		e.CloseTrack != "", e.Mark != nil, e.Assign != nil, e.Suspend != nil, e.Resume != nil, e.Extend != nil,
		e.Restart != nil, e.Note != nil, e.Delivered != nil} {
		if set {
			n++
		}
	}
	if n != 1 {
		c.say(at, "动作“%s”：一条效果应恰好写一种，现在是 %d 种", a.ID, n)
	}
	if e.Set != nil {
		if _, ok := c.r.FieldDef(e.Set.Field); !ok {
			c.say(at, "动作“%s”：字段“%s”不存在", a.ID, short(e.Set.Field))
		}
	}
	c.addedRow(at, a, e.Add)
	if def, ok := c.r.FieldDef(e.Clear); e.Clear != "" && (!ok || def.Type != field.Group) {
		c.say(at, "动作“%s”：“%s”不是有行的字段", a.ID, short(e.Clear))
	}
	c.updatedRow(at, a, e.Update)
	c.effectSources(at, a, e)
	if e.Go != "" {
		if _, ok := c.r.Stage(a.Track, e.Go); !ok {
			c.say(at, "动作“%s”：阶段“%s”不存在", a.ID, short(e.Go))
		}
	}
	for _, t := range []string{e.OpenTrack, e.CloseTrack} {
		if t != "" {
			c.needTrack(at, t)
		}
	}
	for _, d := range []*DecideSpec{e.Decide, e.Classify} {
		if d != nil && (!validID(d.Slot) || (d.Value == "") == (d.From == "")) {
			c.say(at, "动作“%s”：决定要写 slot，并且写 value 或 from 之一", a.ID)
		}
	}
	if e.Mark != nil && !validID(e.Mark.ID) {
		c.say(at, "动作“%s”：时点“%s”不合规则", a.ID, short(e.Mark.ID))
	}
	if e.Delivered != nil {
		if _, ok := c.r.Letter(e.Delivered.Kind); !ok {
			c.say(at, "动作“%s”：文书“%s”不存在", a.ID, short(e.Delivered.Kind))
		}
	}
	c.clockEffects(at, a, e)
}

// addedRow checks a row that an effect adds: its group, columns and sources.
func (c *checker) addedRow(at string, a *Action, s *AddSpec) {
	if s == nil {
		return
	}
	if group, ok := c.group(at, s.Field); ok {
		c.columns(at, a, group, s.Columns, s.Values)
	}
}

// effectSources checks the form fields that effects take their values from.
func (c *checker) effectSources(at string, a *Action, e *EffectSpec) {
	for _, s := range []*SetSpec{e.Set, e.Assign, e.Note} {
		if s == nil {
			continue
		}
		c.onForm(at, a, s.From)
		if s.From == "" && s.Value == nil {
			c.say(at, "动作“%s”：效果没有写值（value 或 from）", a.ID)
		}
	}
	for _, d := range []*DecideSpec{e.Decide, e.Classify} {
		if d != nil {
			c.onForm(at, a, d.From)
		}
	}
	if e.Mark != nil {
		c.onForm(at, a, e.Mark.At)
	}
	if e.Delivered != nil {
		c.onForm(at, a, e.Delivered.Way)
	}
}

func (c *checker) clockEffects(at string, a *Action, e *EffectSpec) {
	for _, s := range []*ClockSpec{e.Suspend, e.Resume, e.Extend, e.Restart} {
		if s == nil {
			continue
		}
		clock, ok := c.r.Clock(s.Clock)
		if !ok {
			c.say(at, "动作“%s”：时限“%s”不存在", a.ID, short(s.Clock))
		}
		c.onForm(at, a, s.From)
		c.onForm(at, a, s.Reason)
		if e.Extend == nil {
			continue
		}
		if ok && clock.Extend == nil {
			c.say(at, "动作“%s”：时限“%s”没有写可以延长（extend）", a.ID, s.Clock)
		}
		if _, err := calendar.ParseSpan(s.Span); s.From == "" && err != nil {
			c.say(at, "动作“%s”：延长多久没有写明", a.ID)
		}
	}
}
