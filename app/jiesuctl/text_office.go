package main

import (
	"fmt"
	"strings"

	"jiesu/backend/calendar"
	"jiesu/backend/desk"
	"jiesu/backend/regime"
)

// officeText is what concerns the office and its data, for a person.
func officeText(b *strings.Builder, v any) bool {
	switch v := v.(type) {
	case []desk.ClockSetting:
		for _, s := range v {
			fmt.Fprintf(b, "%s %s\t%s\t%s\t%s%s\n", s.Regime, s.Clock, s.Label, spanOrCase(s), said(s.Origin, s.Article), space(s.Bound))
		}
	case []desk.AuthorityLimit:
		for _, l := range v {
			fmt.Fprintf(b, "%s %s\t%s · %s\t%s%s\n", l.Regime, l.Role, l.RoleLabel, l.FieldLabel, authorityText(l), space(strings.Join(l.Kinds, "、")))
		}
	case []desk.MeasureRow:
		for _, m := range v {
			fmt.Fprintf(b, "%s\t%s\t%s\n", m.Label, figure(m.Share, m.Total), m.Formula)
			for _, p := range m.Parts {
				fmt.Fprintf(b, "  %s\t%s\n", p.Name, figure(m.Share, p.MeasureFigure))
			}
		}
	case desk.ProfileForm:
		profileText(b, v)
	case desk.VerifyResult:
		fmt.Fprintf(b, "记录 %d 条，案件 %d 件：%s\n", v.Entries, v.Cases, map[bool]string{true: "没有发现问题", false: "有问题"}[v.OK])
		lines(b, v.Problems)
	case fileResult:
		fmt.Fprintln(b, v.File)
	case desk.SyncResult:
		fmt.Fprintf(b, "发出 %d 条，收到 %d 条，其他网点 %d 个；等待 %d 条，冲突 %d 处\n", v.Published, v.Received, v.Offices, v.Waiting, v.Contradictions)
		if len(v.Admitted) > 0 {
			fmt.Fprintln(b, "已接纳 "+strings.Join(v.Admitted, "、"))
		}
		for _, s := range v.Skipped {
			fmt.Fprintln(b, "未采用 "+s.File+"："+s.Why)
		}
	case desk.ShareStatus:
		fmt.Fprintln(b, v.Line+space(v.Folder))
		for _, o := range v.Offices {
			fmt.Fprintf(b, "  %s\t%s%s\n", o.Office, moment(o.Last), space(o.Clock))
		}
	case []desk.ContradictionRow:
		for _, k := range v {
			fmt.Fprintf(b, "%s\t%s\t%s\n", k.ID, k.Number, k.Label)
			for _, s := range k.Branches {
				fmt.Fprintf(b, "  %s\t%s %s %s：%s\n", s.Entry, moment(s.At), s.Office, s.Officer, s.Line)
			}
		}
	default:
		return calendarText(b, v)
	}
	return true
}

func profileText(b *strings.Builder, f desk.ProfileForm) {
	p := f.Profile
	capacity := p.Capacity
	for _, c := range f.Capacities {
		if c.ID == p.Capacity {
			capacity = c.Label
		}
	}
	for _, row := range [][2]string{{"单位", p.OfficeCode + " " + p.OfficeName}, {"落款机关 issuer", p.Issuer}, {"主体资格 capacity", capacity},
		{"行业 sector", regime.SectorLabel(p.Sector)},
		{"机关代字 code_word", p.CodeWord}, {"复议机关 review_body", p.ReviewBody}, {"管辖法院 court", p.Court}, {"申诉受理部门 appeal", p.Appeal},
		{"申诉期限 appeal_days", p.AppealDays}, {"行政区划代码 area", p.Area}, {"电话 phone", p.Phone}, {"地址 address", p.Address}, {"办公时间 hours", p.Hours},
		{"法制审核人 confirmed_by", p.ConfirmedBy}, {"审核日期 confirmed_on", p.ConfirmedOn}} {
		fmt.Fprintf(b, "%s：%s\n", row[0], row[1])
	}
	if len(f.Missing) > 0 {
		fmt.Fprintln(b, "还缺："+strings.Join(f.Missing, "、"))
	}
	lines(b, f.Advice)
}

func lines(b *strings.Builder, list []string) {
	for _, s := range list {
		fmt.Fprintln(b, "  "+s)
	}
}

// spanText is a length in Chinese; empty is 未设定.
func spanText(s string) string {
	span, _ := calendar.ParseSpan(s)
	return span.Chinese()
}

// spanOrCase is how long a limit is, or that each case says so.
func spanOrCase(s desk.ClockSetting) string {
	if s.ByCase {
		return s.Origin
	}
	return spanText(s.Span)
}

// said joins who set a limit and its article; 未设定 and 由案件确定 are already said.
func said(origin, article string) string {
	if origin == "未设定" || origin == "由案件确定" {
		origin = ""
	}
	return strings.TrimSpace(origin + " " + article)
}

// moment is a time as a person writes it: the minute, without the zone.
func moment(s string) string {
	if len(s) < len("2026-09-29T15:04") {
		return s
	}
	return s[:10] + " " + s[11:16]
}

// authorityText says how far a role may go alone, and who said so.
func authorityText(l desk.AuthorityLimit) string {
	switch {
	case l.Unset:
		return "未设定：一律上报"
	case l.Max == "":
		return "金额不限"
	case l.Own:
		return "每件最多 " + l.Max + " 元（本单位设定）"
	}
	return "每件最多 " + l.Max + " 元（办法规定）"
}
