package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"jiesu/backend/complaint"
	"jiesu/backend/office"
	"jiesu/backend/regime"
	"jiesu/backend/view"
)

// candidate is an officer whom a form may name, with what speaks for him.
type candidate struct {
	officer *office.Officer
	skilled bool // has what the case calls for, or it calls for nothing
	open    int  // cases he has in hand
}

// fillCandidates offers the people of this office to the fields that say who
// works on the case: those with the skills it calls for first, then who has the
// fewest cases in hand. Any other name may be written.
func (o opened) fillCandidates(ctx context.Context, load map[string]int, a regime.Action, facts regime.Facts, fields []FieldRow) error {
	for i := range fields {
		names := func(e regime.EffectSpec) bool { return e.Assign != nil && e.Assign.From == fields[i].ID }
		if fields[i].Type != "text" || !slices.ContainsFunc(a.Effects, names) {
			continue
		}
		list, err := o.candidates(ctx, load, a.SkillOf(fields[i].ID), facts)
		if err != nil {
			return err
		}
		for _, who := range list {
			fields[i].Suggest = append(fields[i].Suggest, OptionRow{ID: who.officer.Name, Label: who.officer.Name, Help: who.words()})
		}
	}
	return nil
}

// candidates counts what each has in hand once for all forms of a case (load).
func (o opened) candidates(ctx context.Context, load map[string]int, skill *regime.Skilled, facts regime.Facts) ([]candidate, error) {
	var names []string
	var asked bool
	if skill != nil {
		names, _, asked = facts.Skilled(skill)
	}
	var out []candidate
	for _, each := range o.me.Unit.Officers {
		if each.Retired || !slices.ContainsFunc(each.Roles, func(r string) bool { return r != office.Auditor }) || o.c.Recused(complaint.Ref{ID: each.ID, Name: each.Name}) {
			continue
		}
		if _, counted := load[each.Name]; !counted {
			_, open, err := o.book.Select(ctx, view.Query{Assignee: each.Name, Open: "open"}, 0, 1)
			if err != nil {
				return nil, err
			}
			load[each.Name] = open
		}
		out = append(out, candidate{each, !asked || slices.Contains(names, each.Name), load[each.Name]})
	}
	slices.SortFunc(out, func(a, b candidate) int {
		if a.skilled != b.skilled {
			return map[bool]int{true: -1, false: 1}[a.skilled]
		}
		return cmp.Or(cmp.Compare(a.open, b.open), strings.Compare(a.officer.Name, b.officer.Name))
	})
	return out, nil
}

// words say what a candidate knows and has in hand.
func (c candidate) words() string {
	words := fmt.Sprintf("在办 %d 件", c.open)
	if len(c.officer.Skills) > 0 {
		words = "专长：" + strings.Join(c.officer.Skills, "、") + "；" + words
	}
	if !c.skilled {
		words += "；不具备所需专长"
	}
	return words
}
