package regime

import (
	"fmt"
	"slices"
	"strings"

	"jiesu/backend/calendar"
	"jiesu/backend/field"
)

// Profiles are the capacities (主体资格) a regime may be meant for: those of
// an issuer of letters (letter.Capacities), which this package cannot import.
func Profiles() []string {
	return []string{"agency", "authorized", "branch-department", "branch-own", "entrusted", "institution", "enterprise"}
}

// MatterFlags are what a matter may be marked as.
func MatterFlags() []string {
	return []string{"counts_total", "counts_assessment", AnonymousFlag, ProtectedFlag}
}

// Flags of a matter that registration asks for.
const (
	AnonymousFlag = "anonymous" // a name is not needed
	ProtectedFlag = "protected" // the reporter is sealed from the first entry on
)

// office checks to whom the regime is offered and what completes it.
func (c *checker) office() {
	for _, s := range c.r.Sectors {
		if SectorLabel(s) == "" {
			c.say("sectors", "行业“%s”不认识", short(s))
		}
	}
	for _, p := range c.r.Profiles {
		if !slices.Contains(Profiles(), p) {
			c.say("profiles", "主体资格“%s”不认识", short(p))
		}
	}
	for i, m := range c.r.Matters {
		for _, f := range m.Flags {
			if !slices.Contains(MatterFlags(), f) {
				c.say(fmt.Sprintf("matters[%d]", i), "事项“%s”的标志“%s”不认识", m.ID, short(f))
			}
		}
	}
	for i, s := range c.r.Supplements {
		at := fmt.Sprintf("supplements[%d]", i)
		if strings.TrimSpace(s.Number) == "" || strings.TrimSpace(s.Title) == "" || strings.TrimSpace(s.Text) == "" {
			c.say(at, "补充规定要有文号、标题和正文")
		}
		for _, day := range []string{s.Issued, s.From} {
			if _, err := calendar.ParseDate(day); err != nil {
				c.say(at, "补充规定“%s”的日期看不懂，请写成 2026-04-15", short(s.Title))
			}
		}
		track, stage := splitStage(s.Stage)
		if _, ok := c.r.Stage(track, stage); s.Stage != "" && !ok {
			c.say(at, "补充规定“%s”的环节“%s”不存在，请写成 main:accepted", short(s.Title), short(s.Stage))
		}
	}
}

// matrices: an empty cell would leave a case without its flow, so every one
// must be written.
func (c *checker) matrices() {
	r := c.r
	c.ids("matrices", "对照表", len(r.Matrices), func(i int) string { return r.Matrices[i].ID }, func(i int) string { return r.Matrices[i].Label })
	for i, m := range r.Matrices {
		at := fmt.Sprintf("matrices[%d]", i)
		rows, columns, values := c.choices(at, m.Row), c.choices(at, m.Column), c.choices(at, m.Sets)
		if rows == nil || columns == nil || values == nil {
			continue
		}
		if m.Sets == m.Row || m.Sets == m.Column {
			c.say(at, "对照表“%s”由自己推出自己", m.ID)
		}
		for _, row := range rows {
			for _, column := range columns {
				switch v := m.Cells[row][column]; {
				case v == "":
					c.say(at, "对照表“%s”缺一格：%s × %s", m.ID, row, column)
				case !slices.Contains(values, v):
					c.say(at, "对照表“%s”的 %s × %s：“%s”没有选项“%s”", m.ID, row, column, m.Sets, short(v))
				}
			}
		}
		for row, cells := range m.Cells {
			for column := range cells {
				if !slices.Contains(rows, row) || !slices.Contains(columns, column) {
					c.say(at, "对照表“%s”的 %s × %s 不是它们的选项", m.ID, short(row), short(column))
				}
			}
		}
	}
}

// choices are the option ids of a choice field, nil (and said) if it is none.
func (c *checker) choices(at, id string) []string {
	def, ok := c.r.FieldDef(id)
	if !ok || def.Type != field.Choice || len(def.Options) == 0 {
		c.say(at, "“%s”不是有选项的字段", short(id))
		return nil
	}
	ids := make([]string, len(def.Options))
	for i, o := range def.Options {
		ids[i] = o.ID
	}
	return ids
}

func (c *checker) rules() {
	r := c.r
	c.ids("rules", "规则", len(r.Rules), func(i int) string { return r.Rules[i].ID }, func(i int) string { return r.Rules[i].Label })
	for i, rule := range r.Rules {
		at := fmt.Sprintf("rules[%d]", i)
		c.ruleKind(at, rule)
		for _, path := range slices.Concat(rule.Same, rule.Shows) {
			c.needPath(at, path)
		}
		if rule.Span != "" {
			if _, err := calendar.ParseSpan(rule.Span); err != nil {
				c.say(at, "规则“%s”的期间“%s”看不懂", rule.ID, short(rule.Span))
			}
		}
		if rule.Between != "" {
			c.needMark(at, rule.Between)
		}
		if _, ok := r.Action(rule.Proposes); !ok {
			c.say(at, "规则“%s”提议的动作“%s”不存在", rule.ID, short(rule.Proposes))
		}
		c.guard(at+".where", "", rule.Where)
	}
}

// ruleKind checks what only one kind of rule has.
func (c *checker) ruleKind(at string, rule Rule) {
	switch {
	case rule.Kind != RuleRepeat && rule.Kind != RuleDraw:
		c.say(at, "规则“%s”的种类“%s”不认识，可用 repeat、draw", rule.ID, short(rule.Kind))
	case rule.Kind == RuleRepeat && (len(rule.Same) == 0 || rule.Count < 1):
		c.say(at, "规则“%s”要写哪些字段相同（same）和至少几件（count）", rule.ID)
	case rule.Kind == RuleDraw && (rule.Percent < 1 || rule.Percent > 100 || rule.Seed == ""):
		c.say(at, "抽查规则“%s”要写百分之几（percent，1 至 100）和种子（seed）", rule.ID)
	}
}

func (c *checker) limits() {
	for i, l := range c.r.Limits {
		at := fmt.Sprintf("limits[%d]", i)
		c.needRole(at, l.Role)
		group, ok := c.group(at, l.Field)
		if !ok {
			continue
		}
		kind, _ := column(group, l.Kind)
		if l.Kind != "" && kind.Type != field.Choice {
			c.say(at, "额度：“%s”的“%s”不是选项列", group.ID, short(l.Kind))
		}
		for _, k := range l.Kinds {
			if !kind.HasOption(k) {
				c.say(at, "额度：“%s”没有“%s”这种措施", group.ID, short(k))
			}
		}
		if amount, _ := column(group, l.Amount); l.Amount != "" && amount.Type != field.Money {
			c.say(at, "额度：“%s”的“%s”不是金额列", group.ID, short(l.Amount))
		}
		notMoney := l.Max != Unset && field.Check(field.Def{ID: "max", Type: field.Money}, l.Max) != nil
		if l.Max != "" && (l.Amount == "" || notMoney) {
			c.say(at, "额度“%s”不是金额（办法没有写多少的写 unset），或没有写金额列（amount）", short(l.Max))
		}
	}
}

// needPath asks that the first part of a path is a field.
func (c *checker) needPath(at, path string) {
	root, _, _ := strings.Cut(path, ".")
	if _, ok := c.r.FieldDef(root); !ok {
		c.say(at, "字段“%s”不存在", short(path))
	}
}

// group finds a group field, or says that it is none.
func (c *checker) group(at, id string) (field.Def, bool) {
	def, ok := c.r.FieldDef(id)
	if !ok || def.Type != field.Group {
		c.say(at, "“%s”不是有行的字段", short(id))
		return field.Def{}, false
	}
	return def, true
}

// column finds a column of a group, the text of one with 其他 included.
func column(group field.Def, id string) (field.Def, bool) {
	if i := slices.IndexFunc(group.Items, func(d field.Def) bool { return d.ID == id }); i >= 0 {
		return group.Items[i], true
	}
	choice, ok := strings.CutSuffix(id, field.TextOf(""))
	if i := slices.IndexFunc(group.Items, func(d field.Def) bool { return d.ID == choice && len(textItems(d)) > 0 }); ok && i >= 0 {
		return field.Def{ID: id, Type: field.Text}, true
	}
	return field.Def{}, false
}

// columns checks what an effect writes into a row.
func (c *checker) columns(at string, a *Action, group field.Def, from map[string]string, values map[string]any) {
	for id, source := range from {
		if _, ok := column(group, id); !ok {
			c.say(at, "动作“%s”：“%s”没有“%s”这一列", a.ID, group.ID, short(id))
		}
		c.onForm(at, a, source)
	}
	for id, v := range values {
		def, ok := column(group, id)
		switch {
		case !ok:
			c.say(at, "动作“%s”：“%s”没有“%s”这一列", a.ID, group.ID, short(id))
		case v != "now" && field.Check(def, v) != nil:
			c.say(at, "动作“%s”：“%s”的“%s”不能是这个值", a.ID, group.ID, id)
		}
	}
	if len(from)+len(values) == 0 {
		c.say(at, "动作“%s”：没有写这一行的列（columns）", a.ID)
	}
}

// updatedRow checks which row an effect fills, and with what.
func (c *checker) updatedRow(at string, a *Action, u *UpdateSpec) {
	if u == nil {
		return
	}
	c.onForm(at, a, u.Row)
	def, ok := c.r.FieldDef(u.Row)
	if !ok || def.Type != field.RowOf {
		c.say(at, "动作“%s”：“%s”不是选一行的字段（type: row）", a.ID, short(u.Row))
		return
	}
	if group, ok := c.group(at, def.Rows); ok {
		c.columns(at, a, group, u.Columns, u.Values)
	}
}
