package regime

import (
	"fmt"
	"slices"
	"strings"

	"jiesu/backend/calendar"
	"jiesu/backend/field"
)

// Problem is one thing that is wrong with a rulebook.
type Problem struct {
	Path    string `json:"path"` // "actions[3].guard"
	Line    int    `json:"line,omitempty"`
	Message string `json:"message"`
}

// Check lists everything that is wrong with a rulebook: what it names must be
// there, what it waits for must be set by something, and no case may be stuck.
func Check(r *Regime, vocabulary Vocabulary) []Problem {
	c := &checker{r: r, vocabulary: vocabulary, marks: marksSet(r)}
	c.head()
	c.office()
	c.intake()
	c.lists()
	c.fields()
	c.tracks()
	for i := range r.Actions {
		c.action(i)
	}
	for i := range r.Clocks {
		c.clock(i)
	}
	c.letters()
	c.measures()
	c.matrices()
	c.rules()
	c.limits()
	c.notices()
	c.flow()
	return c.problems
}

type checker struct {
	r          *Regime
	vocabulary Vocabulary
	marks      map[string]bool // set by something
	problems   []Problem
}

const maxProblems = 200

func (c *checker) say(path, format string, args ...any) {
	if len(c.problems) < maxProblems {
		c.problems = append(c.problems, Problem{Path: path, Message: fmt.Sprintf(format, args...)})
	}
}

// validID is what an id may be: ASCII, for ever.
func validID(s string) bool {
	if s == "" || len(s) > 60 {
		return false
	}
	for _, r := range s {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.') {
			return false
		}
	}
	return true
}

// ids checks the ids of one kind and finds repeated ones.
func (c *checker) ids(path, what string, n int, id func(int) string, label func(int) string) {
	seen := map[string]bool{}
	for i := range n {
		at := fmt.Sprintf("%s[%d]", path, i)
		switch x := id(i); {
		case !validID(x):
			c.say(at, "%s的编号“%s”只能用英文字母、数字和 - _ .", what, short(x))
		case seen[x]:
			c.say(at, "%s“%s”出现两次", what, x)
		default:
			seen[x] = true
		}
		if strings.TrimSpace(label(i)) == "" {
			c.say(at, "%s“%s”没有名称", what, short(id(i)))
		}
	}
}

func (c *checker) head() {
	r := c.r
	for _, x := range []struct{ path, id string }{{"id", r.ID}, {"version", r.Version}} {
		if !validID(x.id) {
			c.say(x.path, "%s“%s”只能用英文字母、数字和 - _ .", x.path, short(x.id))
		}
	}
	if strings.TrimSpace(r.Title) == "" {
		c.say("title", "没有标题")
	}
	// An office is asked what its rule is for; an empty answer is no rule.
	if strings.TrimSpace(r.Purpose) == "" {
		c.say("purpose", "没有写目的（purpose）")
	}
	from, err := calendar.ParseDate(r.From)
	if err != nil {
		c.say("effective_from", "施行日期看不懂，请写成 2026-04-15")
	}
	if r.To != "" {
		if to, err := calendar.ParseDate(r.To); err != nil || to.Before(from) {
			c.say("effective_to", "失效日期看不懂，或早于施行日期")
		}
	}
	for i, b := range r.Basis {
		if strings.TrimSpace(b.Title) == "" {
			c.say(fmt.Sprintf("basis[%d]", i), "依据没有名称")
		}
	}
	c.ids("roles", "角色", len(r.Roles), func(i int) string { return r.Roles[i].ID }, func(i int) string { return r.Roles[i].Label })
}

func (c *checker) intake() {
	r := c.r
	if len(r.Matters) == 0 {
		c.say("", "没有事项（matters）")
	}
	if len(r.Channels) == 0 {
		c.say("", "没有渠道（channels）")
	}
	c.ids("matters", "事项", len(r.Matters), func(i int) string { return r.Matters[i].ID }, func(i int) string { return r.Matters[i].Label })
	c.ids("channels", "渠道", len(r.Channels), func(i int) string { return r.Channels[i].ID }, func(i int) string { return r.Channels[i].Label })
	for i, m := range r.Matters {
		if len(m.Tracks) == 0 {
			c.say(fmt.Sprintf("matters[%d]", i), "事项“%s”不开任何流程", m.ID)
		}
		for _, t := range m.Tracks {
			c.needTrack(fmt.Sprintf("matters[%d].tracks", i), t)
		}
	}
}

func (c *checker) lists() {
	r := c.r
	c.ids("lists", "列表", len(r.Lists), func(i int) string { return r.Lists[i].ID }, func(i int) string { return r.Lists[i].Label })
	for i, l := range r.Lists {
		at := fmt.Sprintf("lists[%d]", i)
		if len(l.Items) == 0 {
			c.say(at, "列表“%s”是空的", l.ID)
		}
		c.ids(at+".items", "列表项", len(l.Items), func(j int) string { return l.Items[j].ID }, func(j int) string { return l.Items[j].Label })
		// Where the source says 等, no case may be pressed into what it names.
		if l.Open && !slices.ContainsFunc(l.Items, func(x ListItem) bool { return x.Has("needs_text") }) {
			c.say(at, "列表“%s”是开放的，应有一项“其他”带 needs_text", l.ID)
		}
	}
}

func (c *checker) fields() {
	r := c.r
	c.ids("fields", "字段", len(r.Fields), func(i int) string { return r.Fields[i].ID }, func(i int) string { return r.Fields[i].Label })
	for i, d := range r.Fields {
		at := fmt.Sprintf("fields[%d]", i)
		if slices.ContainsFunc(StandardFields(), func(s field.Def) bool { return s.ID == d.ID }) && d.ID != "category" {
			c.say(at, "字段“%s”是每个案件都有的，不必再写", d.ID)
		}
		c.definition(at, d)
		c.ids(at+".items", "字段", len(d.Items), func(j int) string { return d.Items[j].ID }, func(j int) string { return d.Items[j].Label })
		for j, item := range d.Items {
			if item.Type == field.Group {
				c.say(fmt.Sprintf("%s.items[%d]", at, j), "字段“%s”：行里不能再有行", d.ID)
			}
			c.definition(fmt.Sprintf("%s.items[%d]", at, j), item)
		}
	}
}

func (c *checker) definition(at string, d field.Def) {
	types := []field.Type{field.Text, field.LongText, field.Date, field.DateTime, field.Number, field.Money, field.Choice,
		field.MultiChoice, field.Bool, field.Person, field.Unit, field.Group, field.File, field.RowOf}
	if !slices.Contains(types, d.Type) {
		c.say(at, "字段“%s”的类型“%s”不认识", d.ID, short(string(d.Type)))
	}
	if d.List != "" && c.r.list(d.List) == nil {
		c.say(at, "字段“%s”用的列表“%s”不存在", d.ID, short(d.List))
	}
	if choice := d.Type == field.Choice || d.Type == field.MultiChoice; choice && d.List == "" && len(d.Options) == 0 {
		c.say(at, "字段“%s”没有选项", d.ID)
	}
	if (d.Type == field.Group) != (len(d.Items) > 0) {
		c.say(at, "字段“%s”：有行的字段（group）应写 items，其他字段不写", d.ID)
	}
	if rows, ok := c.r.FieldDef(d.Rows); (d.Type == field.RowOf) != (ok && rows.Type == field.Group) {
		c.say(at, "字段“%s”：选一行的字段（row）应写是哪个有行的字段（rows），其他字段不写", d.ID)
	}
	if d.Check != "" && !slices.Contains(field.Checks(), d.Check) {
		c.say(at, "字段“%s”的检查“%s”不认识", d.ID, short(d.Check))
	}
	if d.Mask != "" && !slices.Contains(field.Masks(), d.Mask) {
		c.say(at, "字段“%s”的遮盖“%s”不认识", d.ID, short(d.Mask))
	}
	if d.Privacy != field.Open && d.Privacy != field.Personal && d.Privacy != field.Reporter {
		c.say(at, "字段“%s”的保密“%s”不认识", d.ID, short(string(d.Privacy)))
	}
}

func (c *checker) tracks() {
	r := c.r
	if len(r.Tracks) == 0 {
		c.say("", "没有流程（tracks）")
	}
	c.ids("tracks", "流程", len(r.Tracks), func(i int) string { return r.Tracks[i].ID }, func(i int) string { return r.Tracks[i].Label })
	for i, t := range r.Tracks {
		at := fmt.Sprintf("tracks[%d]", i)
		c.ids(at+".stages", "阶段", len(t.Stages), func(j int) string { return t.Stages[j].ID }, func(j int) string { return t.Stages[j].Label })
		if !slices.ContainsFunc(t.Stages, func(s Stage) bool { return s.End }) {
			c.say(at, "流程“%s”没有结束的阶段", t.ID)
		}
		for j, s := range t.Stages {
			here := fmt.Sprintf("%s.stages[%d]", at, j)
			if s.Next != "" {
				if a, ok := r.ActionOn(t.ID, s.Next); !ok || !a.At(s) {
					c.say(here, "阶段“%s”建议的动作“%s”在这一阶段不能做", s.ID, short(s.Next))
				}
			}
			if s.Waits != "" && !slices.Contains([]string{"office", "complainant", "respondent", "other"}, s.Waits) {
				c.say(here, "阶段“%s”等待的对象“%s”不认识", s.ID, short(s.Waits))
			}
		}
	}
}

func (c *checker) letters() {
	r := c.r
	c.ids("letters", "文书", len(r.Letters), func(i int) string { return r.Letters[i].Kind }, func(i int) string { return r.Letters[i].Label })
	for i, l := range r.Letters {
		at := fmt.Sprintf("letters[%d]", i)
		if !validID(l.Template) || !validID(l.Act) {
			c.say(at, "文书“%s”没有写模板（template）或行为种类（act）", l.Kind)
		}
		if l.Marks != "" && !validID(l.Marks) {
			c.say(at, "文书“%s”的时点“%s”不合规则", l.Kind, short(l.Marks))
		}
		c.guard(at+".when", "", l.When)
		c.holds(at+".when", nil, l.When)
	}
}

func (c *checker) needTrack(at, id string) {
	if _, ok := c.r.Track(id); !ok {
		c.say(at, "流程“%s”不存在", short(id))
	}
}

func (c *checker) needRole(at, id string) {
	if !slices.ContainsFunc(c.r.Roles, func(x Role) bool { return x.ID == id }) {
		c.say(at, "角色“%s”不存在", short(id))
	}
}

func (c *checker) needMark(at, id string) {
	if !c.marks[id] {
		c.say(at, "时点“%s”没有任何动作或文书会记下", short(id))
	}
}

// marksSet collects the marks that registration, an action or a letter sets.
func marksSet(r *Regime) map[string]bool {
	set := map[string]bool{}
	for _, id := range StandardMarks() {
		set[id] = true
	}
	for _, a := range r.Actions {
		for _, e := range a.Effects {
			if e.Mark != nil {
				set[e.Mark.ID] = true
			}
		}
	}
	for _, l := range r.Letters {
		if l.Marks != "" {
			set[l.Marks] = true
		}
	}
	return set
}
