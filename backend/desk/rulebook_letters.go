package desk

import (
	"fmt"
	"slices"
	"strings"

	"jiesu/backend/complaint"
	"jiesu/backend/letter"
	"jiesu/backend/regime"
)

// letterProblems are the faults of a rulebook's letters: only here are both the
// rules and the templates known.
func (d *Desk) letterProblems(r *regime.Regime) []regime.Problem {
	if err := d.loadLetters(); err != nil {
		return []regime.Problem{{Message: "文书模板读不出来，文书没有检查：" + err.Error()}}
	}
	var out []regime.Problem
	for i, use := range r.Letters {
		at := fmt.Sprintf("letters[%d]", i)
		say := func(key, format string, args ...any) {
			out = append(out, regime.Problem{Path: at + key, Message: fmt.Sprintf("文书“%s”："+format, append([]any{use.Label}, args...)...)})
		}
		t := d.letterSet.templates[use.Template]
		if t == nil {
			if use.Template != "" { // that it is missing is said already
				say(".template", "没有模板“%s”", use.Template)
			}
			continue
		}
		if use.Act != "" && use.Act != string(t.Kind) {
			say(".act", "行为种类 act 是“%s”，模板“%s”却是“%s”；救济途径按行为种类定，两者须一致", use.Act, t.ID, t.Kind)
		}
		if why := misfitLetter(r, t); why != "" {
			say(".template", "%s", why)
		}
		for _, m := range t.Mandatory {
			if m.When == nil && !complaint.Supplies(r, m.Field) {
				say(".template", "必备的“%s”（%s）没有登记项、动作或单位资料提供，永远不能签发", m.Label, m.Field)
			}
		}
	}
	return out
}

// misfitLetter: of the offices the rulebook is for, at least one must be able
// to issue the letter, and with a remedy that the law gives its kind.
func misfitLetter(r *regime.Regime, t *letter.Template) string {
	var why []string
	for _, c := range letter.Capacities {
		if !r.FitsCapacity(string(c)) {
			continue
		}
		if err := t.Suits(c); err != nil {
			why = append(why, err.Error())
			continue
		}
		return ""
	}
	return strings.Join(slices.Compact(why), "；")
}
