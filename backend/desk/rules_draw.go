package desk

import (
	"fmt"

	"jiesu/backend/complaint"
	"jiesu/backend/regime"
)

// drawn proposes the check of a case that a draw takes (抽查); where says which
// cases are left to draw from.
func (d *Desk) drawn(o opened, rule regime.Rule) (ProposalRow, bool) {
	if !rule.Draws(o.c.Number) {
		return ProposalRow{}, false
	}
	if rule.Where != nil {
		if ok, _ := rule.Where.Eval(complaint.FactsAt(o.c, d.o.Now())); !ok {
			return ProposalRow{}, false
		}
	}
	return ProposalRow{Rule: rule.ID, Label: rule.Label, Action: rule.Proposes, Value: rule.Value, Article: rule.Article,
		Why: fmt.Sprintf("按 %d%% 抽查，由统一编号和种子“%s”抽中", rule.Percent, rule.Seed), Cases: []ProposalCase{}}, true
}
