package main

import (
	"fmt"
	"strings"

	"jiesu/backend/desk"
)

// text is a result for a person; ok is false for what is better read as JSON.
func text(v any) (string, bool) {
	var b strings.Builder
	switch v := v.(type) {
	case desk.Registered:
		fmt.Fprintf(&b, "已登记 %s\n", v.Number)
	case desk.Change:
		fmt.Fprintf(&b, "%s  %s（%s）%s\n", v.Row.Number, v.Line, v.Row.StageLabel, space(v.Row.DueText))
	case []desk.CaseRow:
		caseLines(&b, v)
	case desk.CaseDetail:
		caseText(&b, v)
	case desk.Explanation:
		fmt.Fprintln(&b, v.Text)
	case desk.Counted:
		fmt.Fprintln(&b, v.Due+provisional(v.Provisional))
		lines(&b, v.Readings)
		if v.ActBy != "" && v.ActBy != v.Due {
			fmt.Fprintln(&b, "  最迟在 "+v.ActBy+" 办完（最后一个工作日）")
		}
		days(&b, v.Days)
	case written:
		fmt.Fprintln(&b, strings.TrimSpace(v.Number+" "+v.File))
		for _, l := range v.Copies {
			fmt.Fprintln(&b, l.Label+" "+l.File)
		}
	case demoReport:
		b.WriteString(demoText(v))
	default:
		if !listText(&b, v) && !officeText(&b, v) && !peopleText(&b, v) && !rulesText(&b, v) {
			return "", false
		}
	}
	return b.String(), true
}

// listText is a list, a line each.
func listText(b *strings.Builder, v any) bool {
	switch v := v.(type) {
	case []desk.ActionRow:
		for _, a := range v {
			fmt.Fprintf(b, "%s\t%s\t%s\n", a.ID, a.Label, a.Why)
		}
	case []desk.RegimeRow:
		for _, r := range v {
			fmt.Fprintf(b, "%s\t%s\t%s\t%s\n", r.System, r.ID, r.Version, r.Title)
		}
	case []desk.MessageRow:
		for _, m := range v {
			fmt.Fprintf(b, "%s\t%s\t%s\t%s\t%s%s\n", m.ID, m.State, m.Date, m.From, m.Subject, space(m.Warning))
		}
	case []desk.LetterKind:
		for _, k := range v {
			fmt.Fprintf(b, "%s\t%s%s%s\n", k.Kind, k.Label, space(k.Issued), space(missingLine(k)))
		}
	case []desk.OfficerRow:
		for _, o := range v {
			fmt.Fprintf(b, "%s\t%s\t%s%s\n", o.Name, o.Office, strings.Join(o.Roles, ","), answersFor(o)+retired(o))
		}
	default:
		return false
	}
	return true
}

func space(s string) string {
	if s == "" {
		return ""
	}
	return "  " + s
}

func provisional(yes bool) string {
	if yes {
		return "（暂定：这一年的放假安排尚未载入）"
	}
	return ""
}

// answersFor says what a person is in charge of and knows.
func answersFor(o desk.OfficerRow) string {
	var out string
	if len(o.InCharge) > 0 {
		out = "  分管" + strings.Join(o.InCharge, "、")
	}
	if len(o.Skills) > 0 {
		out += "  专长" + strings.Join(o.Skills, "、")
	}
	return out
}

func retired(o desk.OfficerRow) string {
	if o.Retired {
		return "（已离岗）"
	}
	return ""
}

func missingLine(k desk.LetterKind) string {
	if len(k.Missing) == 0 {
		return ""
	}
	return "还缺" + missingText(k.Missing)
}

// lights are the lights in words.
var lights = map[string]string{"red": "红", "yellow": "黄", "green": "绿", "grey": "灰"}

func caseLines(b *strings.Builder, rows []desk.CaseRow) {
	for _, r := range rows {
		fmt.Fprintf(b, "%s %s\t%s\t%s → %s\t%s%s%s\n", lights[r.Light], r.Number, r.StageLabel, r.Complainant, r.Respondent, r.NextLabel, space(r.DueText), space(r.Demand))
	}
}

func caseText(b *strings.Builder, c desk.CaseDetail) {
	fmt.Fprintf(b, "%s  %s  %s\n", c.Number, c.StageLabel, c.Regime.Title)
	for _, p := range c.Properties {
		fmt.Fprintf(b, "  %s：%s\n", p.Label, p.Text)
	}
	for _, k := range c.Clocks {
		fmt.Fprintf(b, "  期限 %s：%s %s%s %s%s\n", k.Label, moment(k.Due), k.DueText, provisional(k.Provisional), k.Origin, space(k.Basis))
		lines(b, k.Ignored)
	}
	for _, p := range c.Proposals {
		fmt.Fprintf(b, "  提示 %s（%s）：%s%s\n", p.Label, p.ActionLabel, p.Why, space(p.Article))
	}
	for _, l := range c.Letters {
		fmt.Fprintf(b, "  文书 %s %s\n", l.Label, l.Number)
	}
	for _, k := range c.Contradictions {
		fmt.Fprintf(b, "  冲突 %s：%s\n", k.ID, k.Label)
	}
	for _, h := range c.History {
		fmt.Fprintf(b, "  %s %s %s\n", moment(h.At), h.Officer, done(h.Label, h.Line))
	}
}

// done says what was done once: some lines begin with the action's own name.
func done(label, line string) string {
	switch {
	case line == "":
		return label
	case strings.HasPrefix(line, label):
		return line
	}
	return label + "：" + line
}

func days(b *strings.Builder, list []desk.ExplainDay) {
	for _, d := range list {
		mark := " "
		if d.Counts {
			mark = "计"
		}
		fmt.Fprintf(b, "  %s %s %s\n", d.Date, mark, d.Why)
	}
}
