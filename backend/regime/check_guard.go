package regime

import (
	"slices"

	"jiesu/backend/calendar"
	"jiesu/backend/field"
)

// guardMore checks the conditions over rows, moments and the officer.
func (c *checker) guardMore(at string, g *Guard) {
	c.guardRows(at, g.Rows)
	c.guardGap(at, g.Gap)
	for _, path := range []string{g.InCharge, g.NotSelf, g.InArea} {
		if path != "" {
			c.needPath(at, path)
		}
	}
	c.guardSkilled(at, g.Skilled)
	if g.Mark != nil {
		for _, day := range []string{g.Mark.From, g.Mark.To} {
			if _, err := calendar.ParseDate(day); day != "" && err != nil {
				c.say(at, "条件里的日期“%s”看不懂，请写成 2026-04-15", short(day))
			}
		}
	}
	if g.Authority != "" {
		if _, ok := c.group(at, g.Authority); ok &&
			!slices.ContainsFunc(c.r.Limits, func(l Limit) bool { return l.Field == g.Authority }) {
			c.say(at, "条件要核对“%s”的权限，没有写任何角色的额度（limits）", g.Authority)
		}
	}
}

func (c *checker) guardRows(at string, g *RowsGuard) {
	if g == nil {
		return
	}
	group, ok := c.group(at, g.Field)
	if !ok {
		return
	}
	def, known := column(group, g.Column)
	switch {
	case g.Column == "" && (g.Empty || g.In != nil):
		c.say(at, "条件里写了 empty 或 in，没有写哪一列（column）")
	case g.Column != "" && !known:
		c.say(at, "条件里的“%s”没有“%s”这一列", g.Field, short(g.Column))
	}
	for _, x := range g.In {
		if len(def.Options) > 0 && !def.HasOption(x) {
			c.say(at, "条件里“%s”没有选项“%s”", g.Column, short(x))
		}
	}
}

func (c *checker) guardGap(at string, g *Gap) {
	if g == nil {
		return
	}
	for _, id := range []string{g.Since, g.Until} {
		if def, ok := c.r.FieldDef(id); !ok || def.Type != field.Date && def.Type != field.DateTime {
			c.say(at, "条件里的“%s”不是日期或时间", short(id))
		}
	}
	if g.Min == "" && g.Max == "" {
		c.say(at, "条件里相隔多久没有写（min 或 max）")
	}
	for _, span := range []string{g.Min, g.Max} {
		if s, err := calendar.ParseSpan(span); span != "" && (err != nil || s.Unit == calendar.UnitWorkday) {
			c.say(at, "条件里的期间“%s”看不懂，或用了工作日", short(span))
		}
	}
}

// clockSources checks where a clock's length may come from beside its span, and
// what it demands once it has run out.
func (c *checker) clockSources(at string, k *Clock) {
	if k.SpanFrom != "" {
		def, ok := c.r.FieldDef(k.SpanFrom)
		if !ok || !slices.Contains([]field.Type{field.Number, field.Text, field.Choice, field.Date, field.DateTime}, def.Type) {
			c.say(at, "时限“%s”：“%s”不是能说明多久的字段", k.ID, short(k.SpanFrom))
		}
	}
	if k.Law != nil {
		c.needSpan(at, k.ID, k.Law.Span)
		if k.Law.Article == "" {
			c.say(at, "时限“%s”：法律规定的时限没有写哪一条", k.ID)
		}
	}
	if k.Demands == "" {
		return
	}
	if _, ok := c.r.Action(k.Demands); !ok {
		c.say(at, "时限“%s”逾期后要求的动作“%s”不存在", k.ID, short(k.Demands))
	}
}
