package desk

import (
	"context"
	"slices"
	"strings"

	"jiesu/backend/regime"
)

// readPart is one element of a rulebook, flattened into named values so that
// two versions can be laid side by side.
type readPart struct {
	part, id, label string
	values          [][2]string // what, in words
}

// DiffRegimes says what differs between two versions ("id@version"). It needs
// no data folder.
func (d *Desk) DiffRegimes(_ context.Context, before, after string) (RegimeDiff, error) {
	a, err := d.rulebook(before)
	if err != nil {
		return RegimeDiff{}, err
	}
	b, err := d.rulebook(after)
	if err != nil {
		return RegimeDiff{}, err
	}
	return diffRegimes(a, b), nil
}

func diffRegimes(a, b *regime.Regime) RegimeDiff {
	out := RegimeDiff{Before: regimeRow(a), After: regimeRow(b), Rows: []RegimeMove{}}
	was, is := partsOf(a), partsOf(b)
	for _, p := range is {
		i := slices.IndexFunc(was, p.same)
		move := RegimeMove{Part: p.part, ID: p.id, Label: p.label, Change: "added", Values: []RegimeTurn{}}
		if i >= 0 {
			move.Change, move.Values = "changed", turns(was[i].values, p.values)
		}
		if i < 0 || len(move.Values) > 0 {
			out.Rows = append(out.Rows, move)
		}
	}
	for _, p := range was {
		if !slices.ContainsFunc(is, p.same) {
			out.Rows = append(out.Rows, RegimeMove{Part: p.part, ID: p.id, Label: p.label, Change: "removed", Values: []RegimeTurn{}})
		}
	}
	return out
}

func (p readPart) same(o readPart) bool { return p.part == o.part && p.id == o.id }

func turns(was, is [][2]string) []RegimeTurn {
	out := []RegimeTurn{}
	for i := range is { // both have the same names in the same order
		if was[i][1] != is[i][1] {
			out = append(out, RegimeTurn{What: is[i][0], Before: was[i][1], After: is[i][1]})
		}
	}
	return out
}

// partsOf flattens a rulebook. What a person would call a change of the rule is
// named; the order of elements is none.
func partsOf(r *regime.Regime) []readPart {
	about := aboutOf(r)
	parts := []readPart{{"总则", "head", "总则", [][2]string{{"名称", r.Title}, {"目的", r.Purpose}, {"依据", strings.Join(about.Basis, "；")},
		{"施行日期", r.From}, {"失效日期", r.To}, {"制定机关", r.Issuer}, {"解释机关", r.Interpreter},
		{"适用行业", strings.Join(about.Sectors, "、")}, {"适用主体", strings.Join(about.Capacities, "、")}}}}
	for _, s := range r.Supplements {
		parts = append(parts, readPart{"补充规定", s.Number, s.Title, [][2]string{{"施行日期", s.From}, {"阶段", stageLabel(r, s.Stage)}, {"正文", s.Text}}})
	}
	for _, m := range r.Matters {
		parts = append(parts, readPart{"事项", m.ID, m.Label, [][2]string{{"名称", m.Label}, {"流程", strings.Join(m.Tracks, "、")},
			{"标志", strings.Join(m.Flags, "、")}, {"说明", m.Help}}})
	}
	for _, c := range r.Channels {
		parts = append(parts, readPart{"渠道", c.ID, c.Label, [][2]string{{"名称", c.Label}, {"接待要求", c.Guidance}}})
	}
	parts = append(parts, stageParts(r)...)
	parts = append(parts, actionParts(r)...)
	for i := range r.Clocks {
		parts = append(parts, limitPart(r, &r.Clocks[i]))
	}
	parts = append(parts, fieldParts(r)...)
	for _, l := range r.Letters {
		parts = append(parts, readPart{"文书", l.Kind, l.Label, [][2]string{{"名称", l.Label}, {"模板", l.Template}, {"行为种类", l.Act},
			{"可以制作的条件", r.GuardWords(l.When)}, {"文号字", l.Word}, {"依据", l.Article}}})
	}
	for _, role := range r.Roles {
		parts = append(parts, readPart{"角色", role.ID, role.Label, [][2]string{{"名称", role.Label}}})
	}
	for _, l := range r.Limits {
		parts = append(parts, readPart{"额度", l.Role + "/" + l.Field + "/" + strings.Join(l.Kinds, ","), r.RoleLabel(l.Role), [][2]string{{"上限", limitWords(l.Max)}}})
	}
	return parts
}

func stageParts(r *regime.Regime) []readPart {
	var parts []readPart
	for i := range r.Tracks {
		t := &r.Tracks[i]
		picture := readTrack(r, t)
		for _, s := range picture.Stages {
			var ways []string
			for _, w := range picture.Ways {
				if w.From == s.ID {
					to, _ := r.Stage(t.ID, w.To)
					ways = append(ways, w.Label+"→"+to.Label)
				}
			}
			end := ""
			if s.End {
				end = "是"
			}
			parts = append(parts, readPart{"阶段", t.ID + ":" + s.ID, t.Label + "：" + s.Label, [][2]string{{"名称", s.Label}, {"等待", s.Waits},
				{"结束", end}, {"要求", s.Guidance}, {"可以走到", strings.Join(ways, "；")}}})
		}
	}
	return parts
}

func actionParts(r *regime.Regime) []readPart {
	var parts []readPart
	for i := range r.Actions {
		a := &r.Actions[i]
		row := readAction(r, a)
		parts = append(parts, readPart{"动作", a.Track + ":" + a.ID, a.Label, [][2]string{{"名称", row.Label}, {"阶段", strings.Join(row.Stages, "、")},
			{"角色", strings.Join(row.Roles, "、")}, {"条件", row.When}, {"填写", strings.Join(row.Fields, "、")},
			{"文书", strings.Join(row.Letters, "、")}, {"依据", row.Article}, {"行为要求", row.Guidance}}})
	}
	return parts
}

func limitPart(r *regime.Regime, c *regime.Clock) readPart {
	l := readLimit(r, c, "")
	return readPart{"时限", c.ID, c.Label, [][2]string{{"名称", l.Label}, {"长度", l.Words}, {"起算", l.Start}, {"止于", l.Stop},
		{"不计入", strings.Join(l.Excludes, "；")}, {"适用条件", l.Only}, {"顺延", l.Roll}, {"延长", l.Extend}, {"预警", l.Warn},
		{"逾期", l.Overdue}, {"来源", l.Origin}, {"依据", l.Article}, {"法律规定", l.Law}, {"约束", l.Binds}}}
}

func fieldParts(r *regime.Regime) []readPart {
	var parts []readPart
	for _, f := range r.Fields {
		parts = append(parts, readPart{"字段", f.ID, f.Label, [][2]string{{"名称", f.Label}, {"类型", string(f.Type)}, {"列表", f.List}, {"说明", f.Help}}})
	}
	for _, l := range r.Lists {
		var items []string
		for _, item := range l.Items {
			if !item.Has(regime.AddedFlag) {
				items = append(items, item.Label)
			}
		}
		open := ""
		if l.Open {
			open = "是"
		}
		parts = append(parts, readPart{"列表", l.ID, l.Label, [][2]string{{"名称", l.Label}, {"各项", strings.Join(items, "、")}, {"开放", open}}})
	}
	return parts
}
