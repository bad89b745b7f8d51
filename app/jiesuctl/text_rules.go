package main

import (
	"fmt"
	"strings"

	"jiesu/backend/desk"
)

// rulesText is what concerns the rulebooks, for a person.
func rulesText(b *strings.Builder, v any) bool {
	switch v := v.(type) {
	case desk.RegimeDetail:
		regimeText(b, v.Reading)
	case desk.RegimeChecked:
		if v.OK {
			fmt.Fprintf(b, "%s %s %s：没有问题\n", v.Regime.ID, v.Regime.Version, v.Regime.Title)
		}
		for _, p := range v.Problems {
			if p.Line > 0 {
				fmt.Fprintf(b, "第 %d 行：", p.Line)
			}
			fmt.Fprintln(b, p.Message)
		}
	case desk.RegimeDiff:
		diffText(b, v)
	default:
		return false
	}
	return true
}

func regimeText(b *strings.Builder, r desk.RegimeReading) {
	fmt.Fprintf(b, "%s\n%s %s，%s 起施行\n\n目的：%s%s\n", r.Title, r.ID, r.Version, r.EffectiveFrom, r.Purpose, sourceOf(r))
	for _, row := range [][2]string{{"依据", strings.Join(r.Basis, "；")}, {"制定", r.Issuer}, {"解释", r.Interpreter},
		{"适用行业", strings.Join(r.Sectors, "、")}, {"适用主体", strings.Join(r.Capacities, "、")}} {
		if row[1] != "" {
			fmt.Fprintf(b, "%s：%s\n", row[0], row[1])
		}
	}
	for _, t := range r.Tracks {
		fmt.Fprintf(b, "\n流程 %s\n", t.Label)
		for _, s := range t.Stages {
			fmt.Fprintln(b, "  "+s.Label)
			for _, w := range t.Ways {
				if w.From == s.ID {
					fmt.Fprintf(b, "    %s → %s\n", w.Label, stageOf(t, w.To))
				}
			}
		}
	}
	limitsText(b, r.Limits)
	fmt.Fprintln(b, "\n文书")
	for _, l := range r.Letters {
		fmt.Fprintf(b, "  %s：%s\n", l.Label, l.When)
		for _, x := range l.Remedy {
			fmt.Fprintln(b, "    "+strings.TrimSpace(x.Note))
		}
	}
}

// sourceOf says where the purpose stands: in what the rulebook rests on first.
func sourceOf(r desk.RegimeReading) string {
	if len(r.Basis) == 0 {
		return ""
	}
	return "（" + r.Basis[0] + "）"
}

func limitsText(b *strings.Builder, limits []desk.ReadLimit) {
	fmt.Fprintln(b, "\n时限")
	for _, l := range limits {
		words := l.Words
		if words == "" {
			words = "未设定"
		}
		fmt.Fprintf(b, "  %s：%s，自%s至%s\n", l.Label, words, l.Start, l.Stop)
		for _, line := range append(append([]string{}, l.Excludes...), l.Roll, l.Extend, l.Only) {
			if line != "" {
				fmt.Fprintln(b, "    "+line)
			}
		}
		fmt.Fprintln(b, "    "+said(l.Origin, l.Article))
	}
}

func stageOf(t desk.ReadTrack, id string) string {
	for _, s := range t.Stages {
		if s.ID == id {
			return s.Label
		}
	}
	return id
}

func diffText(b *strings.Builder, d desk.RegimeDiff) {
	words := map[string]string{"added": "增加", "removed": "删去", "changed": "修改"}
	for _, r := range d.Rows {
		fmt.Fprintf(b, "%s %s：%s\n", words[r.Change], r.Part, r.Label)
		for _, v := range r.Values {
			fmt.Fprintf(b, "  %s：%s → %s\n", v.What, v.Before, v.After)
		}
	}
	if len(d.Rows) == 0 {
		fmt.Fprintln(b, "没有不同")
	}
}
