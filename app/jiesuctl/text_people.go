package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"jiesu/backend/desk"
	"jiesu/backend/field"
)

// peopleText is text for what concerns the people of cases.
func peopleText(b *strings.Builder, v any) bool {
	switch v := v.(type) {
	case []desk.Registered:
		for _, r := range v {
			fmt.Fprintf(b, "已登记 %s\n", r.Number)
		}
	case []desk.RecordRow:
		for _, r := range v {
			fmt.Fprintf(b, "%s\t%s\t%s", r.ID, r.At, r.By)
			for _, k := range slices.Sorted(maps.Keys(r.Values)) {
				fmt.Fprintf(b, "\t%s：%v", field.PartLabel(k), r.Values[k])
			}
			fmt.Fprintln(b)
		}
	case []desk.Look:
		for _, l := range v {
			fmt.Fprintf(b, "%s\t%s\t%s\n", l.At, l.Officer, l.What)
		}
	case []desk.PersonRow:
		for _, p := range v {
			personLine(b, p)
		}
	case desk.PersonCard:
		cardText(b, v)
	default:
		return false
	}
	return true
}

func personLine(b *strings.Builder, p desk.PersonRow) {
	fmt.Fprintf(b, "%s\t%s\t%d件%s\n", p.ID, p.Name, p.Cases, space(strings.Join(p.Names, "、")))
}

func cardText(b *strings.Builder, c desk.PersonCard) {
	personLine(b, c.PersonRow)
	for _, l := range []struct {
		label string
		list  []string
	}{{"电话", c.Phones}, {"地址", c.Addresses}, {"证件后四位", c.IDTails}, {"邮箱", c.Emails}} {
		if len(l.list) > 0 {
			fmt.Fprintf(b, "  %s：%s\n", l.label, strings.Join(l.list, "；"))
		}
	}
	for _, n := range append(slices.Clone(c.ByRespondent), c.ByCategory...) {
		fmt.Fprintf(b, "  %s\t%d件\n", n.Label, n.Count)
	}
	caseLines(b, c.Rows)
	for _, s := range c.Suggestions {
		fmt.Fprintf(b, "可能是同一人：%s（%s）\n", s.Row.Number, strings.Join(s.Reasons, "；"))
	}
}
