package regime

import (
	"fmt"
	"slices"
	"strings"

	"jiesu/backend/calendar"
)

// standardMarkWords say the moments that registration sets.
var standardMarkWords = map[string]string{"received": "收到", "sent": "交寄", "forwarded": "分送到本机关", "handed": "交承办人", "registered": "登记"}

// MarkWords says which moment a mark is, for a person who reads the rulebook:
// by the actions and letters that set it.
func (r *Regime) MarkWords(id string) string {
	if words, ok := standardMarkWords[id]; ok {
		return words
	}
	var by []string
	for _, a := range r.Actions {
		if slices.ContainsFunc(a.Effects, func(e EffectSpec) bool { return e.Mark != nil && e.Mark.ID == id }) {
			by = append(by, "“"+a.Label+"”")
		}
	}
	for _, l := range r.Letters {
		if l.Marks == id {
			by = append(by, "签发《"+l.Label+"》")
		}
	}
	if len(by) == 0 {
		return id
	}
	return strings.Join(slices.Compact(by), "或")
}

// GuardWords says a condition in words, "" for none.
func (r *Regime) GuardWords(g *Guard) string {
	if g == nil {
		return ""
	}
	parts := r.leafWords(g)
	for i := range g.All {
		parts = append(parts, r.GuardWords(&g.All[i]))
	}
	if len(g.Any) > 0 {
		var any []string
		for i := range g.Any {
			any = append(any, r.GuardWords(&g.Any[i]))
		}
		words := strings.Join(any, "，或者")
		if len(parts) > 0 {
			words = "（" + words + "）"
		}
		parts = append(parts, words)
	}
	if g.Not != nil {
		parts = append(parts, "不是：（"+r.GuardWords(g.Not)+"）")
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "，并且")
}

func (r *Regime) leafWords(g *Guard) []string {
	var parts []string
	if g.Field != "" {
		parts = append(parts, r.fieldWords(g))
	}
	if g.Stage != "" {
		track, stage := splitStage(g.Stage)
		parts = append(parts, "处于“"+r.stageLabel(track, stage)+"”")
	}
	if g.Mark != nil {
		parts = append(parts, r.countWords(g.Mark))
	}
	if g.Clock != nil {
		c, _ := r.Clock(g.Clock.ID)
		parts = append(parts, "时限“"+c.Label+"”"+strings.Join(mapped(g.Clock.In, clockStateWords), "或"))
	}
	if g.Role != "" {
		parts = append(parts, "由"+r.RoleLabel(g.Role)+"办理")
	}
	if g.NotBy != "" {
		a, _ := r.Action(g.NotBy)
		parts = append(parts, "不是办过“"+a.Label+"”的人")
	}
	if g.Within != nil {
		span, _ := calendar.ParseSpan(g.Within.Span)
		parts = append(parts, r.MarkWords(g.Within.Mark)+"之后"+span.Chinese()+"内")
	}
	if g.Letter != "" {
		l, _ := r.Letter(g.Letter)
		parts = append(parts, "已签发《"+l.Label+"》")
	}
	return append(parts, r.moreWords(g)...)
}

func (r *Regime) moreWords(g *Guard) []string {
	var parts []string
	if g.Rows != nil {
		parts = append(parts, "“"+r.fieldLabel(g.Rows.Field)+"”的行数符合要求")
	}
	if g.Gap != nil {
		parts = append(parts, "“"+r.fieldLabel(g.Gap.Since)+"”到“"+r.fieldLabel(g.Gap.Until)+"”的间隔符合要求")
	}
	if g.BeforeEnd != nil {
		c, _ := r.Clock(g.BeforeEnd.Clock)
		parts = append(parts, "“"+r.fieldLabel(g.BeforeEnd.Field)+"”早于时限“"+c.Label+"”届满之日")
	}
	if g.Authority != "" {
		parts = append(parts, "“"+r.fieldLabel(g.Authority)+"”在承办人的额度之内")
	}
	if g.InCharge != "" {
		parts = append(parts, "承办人负责“"+r.fieldLabel(g.InCharge)+"”中的单位")
	}
	if g.NotSelf != "" {
		parts = append(parts, "承办人不是“"+r.fieldLabel(g.NotSelf)+"”中的人")
	}
	if g.InArea != "" {
		parts = append(parts, "“"+r.fieldLabel(g.InArea)+"”在本行政区域之内，或没有填行政区划代码")
	}
	if g.Skilled != nil {
		parts = append(parts, r.skilledWords(g.Skilled))
	}
	return parts
}

func (r *Regime) skilledWords(s *Skilled) string {
	who, what := "承办人", "“"+s.Is+"”的专长"
	if s.Who != "" {
		who = "“" + r.fieldLabel(s.Who) + "”"
	}
	if s.Field != "" {
		what = "“" + r.fieldLabel(s.Field) + "”所需的专长"
	}
	return who + "具备" + what
}

var clockStateWords = map[string]string{"running": "正在计算", "stopped": "已办结", "paused": "已暂停", "overdue": "已逾期", "unset": "未设定", "waiting": "尚未起算"}

func (r *Regime) countWords(g *CountGuard) string {
	words := r.MarkWords(g.ID)
	switch {
	case g.Max != nil && *g.Max == 0:
		return "还没有" + words
	case g.Max != nil && g.Min != nil:
		return fmt.Sprintf("%s %d 至 %d 次", words, *g.Min, *g.Max)
	case g.Max != nil:
		return fmt.Sprintf("%s不超过 %d 次", words, *g.Max)
	case g.Min != nil && *g.Min > 1:
		return fmt.Sprintf("%s至少 %d 次", words, *g.Min)
	}
	return "已有" + words
}

func (r *Regime) fieldWords(g *Guard) string {
	label := "“" + r.fieldLabel(g.Field) + "”"
	option := func(id string) string {
		if def, ok := r.FieldDef(g.Field); ok {
			for _, o := range def.Options {
				if o.ID == id {
					return "“" + o.Label + "”"
				}
			}
		}
		return map[string]string{"true": "“是”", "false": "“否”"}[id]
	}
	name := func(id string) string {
		if s := option(id); s != "" {
			return s
		}
		return "“" + id + "”"
	}
	switch {
	case g.Is != nil:
		return label + "是" + name(plain(g.Is))
	case g.In != nil:
		var any []string
		for _, x := range g.In {
			any = append(any, name(x))
		}
		return label + "是" + strings.Join(any, "或")
	case g.Min != nil:
		return fmt.Sprintf("%s不小于 %g", label, *g.Min)
	case g.Max != nil:
		return fmt.Sprintf("%s不大于 %g", label, *g.Max)
	}
	return "已填" + label
}

func (r *Regime) fieldLabel(path string) string {
	root, _, _ := strings.Cut(path, ".")
	if def, ok := r.FieldDef(root); ok {
		return def.Label
	}
	return path
}

func (r *Regime) stageLabel(track, id string) string {
	for _, t := range r.Tracks {
		if s, ok := r.Stage(t.ID, id); ok && (track == "" || track == t.ID) {
			return s.Label
		}
	}
	return id
}

// RoleLabel is a role in words; one that the rulebook does not have is itself.
func (r *Regime) RoleLabel(id string) string {
	if i := slices.IndexFunc(r.Roles, func(x Role) bool { return x.ID == id }); i >= 0 {
		return r.Roles[i].Label
	}
	return id
}

func mapped(ids []string, words map[string]string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		if out[i] = words[id]; out[i] == "" {
			out[i] = id
		}
	}
	return out
}
