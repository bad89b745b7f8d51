package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/complaint"
	"jiesu/backend/deadline"
	"jiesu/backend/field"
	"jiesu/backend/regime"
	"jiesu/backend/view"
)

// ProposalRow is what a rule reads in the office's other cases. It proposes:
// nothing is set until an officer does the action.
type ProposalRow struct {
	Rule        string         `json:"rule"`
	Label       string         `json:"label"`
	Action      string         `json:"action"`
	ActionLabel string         `json:"action_label"`
	Value       string         `json:"value"` // what it proposes, in words
	Why         string         `json:"why"`
	Article     string         `json:"article"`
	Cases       []ProposalCase `json:"cases"` // the earlier ones, oldest first
}

// ProposalCase is an earlier case that counts.
type ProposalCase struct {
	ID         string         `json:"id"`
	Number     string         `json:"number"`
	ReceivedAt string         `json:"received_at"`
	StageLabel string         `json:"stage_label"`
	Shows      []ProposalFact `json:"shows"`
}

// ProposalFact is one fact of it, in words.
type ProposalFact struct {
	Label string `json:"label"`
	Text  string `json:"text"`
}

// maxEarlier bounds how many cases a rule looks at: the latest ones.
const maxEarlier = 200

// proposals asks the rules of the case's rulebook about the other cases. A case
// that has ended, or that may not be acted on now, gets none.
func (d *Desk) proposals(ctx context.Context, o opened) []ProposalRow {
	out := []ProposalRow{}
	if len(o.regime.Rules) == 0 || o.c.Ended() {
		return out
	}
	offers := complaint.Offers(o.c, d.env(o.book, o.me, o.regime, o.c))
	for _, rule := range o.regime.Rules {
		for _, offer := range offers {
			if offer.Action.ID != rule.Proposes || !offer.Allowed || o.follows(rule, offer.Action) {
				continue
			}
			if p, ok := d.proposal(ctx, o, rule); ok {
				p.ActionLabel = offer.Action.Label
				out = append(out, p)
			}
			break
		}
	}
	return out
}

// follows says whether the case already has what the rule proposes.
func (o opened) follows(rule regime.Rule, a regime.Action) bool {
	for _, use := range a.Fields {
		if def, ok := o.regime.FieldDef(use.ID); ok && rule.Value != "" {
			if v := o.c.Fields[use.ID]; !field.Empty(v) && field.ShowText(def, v) == rule.Value {
				return true
			}
		}
	}
	return false
}

func (d *Desk) proposal(ctx context.Context, o opened, rule regime.Rule) (ProposalRow, bool) {
	if rule.Kind == regime.RuleDraw {
		return d.drawn(o, rule)
	}
	earlier := d.earlier(ctx, o, rule)
	if len(earlier) < max(rule.Count, 1) || !helpedNothing(rule.Between, earlier, o.c) {
		return ProposalRow{}, false
	}
	p := ProposalRow{Rule: rule.ID, Label: rule.Label, Action: rule.Proposes, Value: rule.Value, Article: rule.Article, Cases: []ProposalCase{}}
	p.Why = fmt.Sprintf("此前有 %d 件", len(earlier))
	if span, err := calendar.ParseSpan(rule.Span); err == nil && rule.Span != "" {
		p.Why = fmt.Sprintf("此前%s内有 %d 件", span.Chinese(), len(earlier))
	}
	p.Why += "同类情形（" + sameLabels(o.regime, rule.Same) + "相同）"
	if rule.Between != "" {
		p.Why += "，其间已经整改，之后又有发生"
	}
	for _, c := range earlier {
		p.Cases = append(p.Cases, proposalCase(o, rule, c))
	}
	return p, true
}

func sameLabels(r *regime.Regime, paths []string) string {
	var labels []string
	for _, path := range paths {
		id, _, _ := strings.Cut(path, ".")
		if def, ok := r.FieldDef(id); ok {
			labels = append(labels, def.Label)
		}
	}
	return strings.Join(labels, "、")
}

// proposalCase is what is shown of an earlier case: never a person.
func proposalCase(o opened, rule regime.Rule, c *complaint.Case) ProposalCase {
	row := ProposalCase{ID: c.ID, Number: c.Number, ReceivedAt: stamp(received(c)), StageLabel: c.Main().StageLabel, Shows: []ProposalFact{}}
	facts := opened{c: c}.fields()
	for _, id := range rule.Shows {
		def, ok := o.regime.FieldDef(id)
		if v := facts[id]; ok && def.Type != field.Person && !field.Empty(v) {
			row.Shows = append(row.Shows, ProposalFact{Label: def.Label, Text: field.ShowText(def, field.Masked(def, v))})
		}
	}
	return row
}

// earlier are the cases of the same rulebook received before this one that
// agree with it and count, oldest first.
func (d *Desk) earlier(ctx context.Context, o opened, rule regime.Rule) []*complaint.Case {
	mine := complaint.FactsAt(o.c, d.o.Now())
	want := map[string]string{}
	words := ""
	for _, path := range rule.Same {
		v, ok := mine.Field(path)
		if !ok {
			return nil // nothing to agree with
		}
		want[path] = plainText(v)
		if strings.HasSuffix(path, ".name") && len([]rune(want[path])) > 1 {
			words = want[path] // searched for; the others are compared
		}
	}
	rows, _, err := o.book.Select(ctx, view.Query{Words: words, Regime: o.c.Regime.ID, Sort: "-received"}, 0, maxEarlier)
	if err != nil {
		d.o.Log("rule " + rule.ID + ": " + err.Error())
		return nil
	}
	var out []*complaint.Case
	for _, row := range rows {
		if c, err := o.book.Case(row.Case); err == nil && d.counts(o.c, c, rule, want) {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b *complaint.Case) int {
		return cmp.Or(received(a).Compare(received(b)), strings.Compare(a.ID, b.ID))
	})
	return out
}

// counts says whether another case counts for a rule. One whose person this
// officer may not see does not exist here (121号 art. 37); what was split from
// or merged into this one is the same affair.
func (d *Desk) counts(mine, c *complaint.Case, rule regime.Rule, want map[string]string) bool {
	if c.ID == mine.ID || c.Sealed || c.MergedInto != "" || linked(mine, c) || !before(c, mine) {
		return false
	}
	if !withinSpan(rule.Span, received(c), received(mine)) {
		return false
	}
	facts := complaint.FactsAt(c, d.o.Now())
	for path, text := range want {
		if v, ok := facts.Field(path); !ok || plainText(v) != text {
			return false
		}
	}
	if rule.Where != nil {
		ok, _ := rule.Where.Eval(facts)
		return ok
	}
	return true
}

func linked(a, b *complaint.Case) bool {
	to := func(c *complaint.Case, id string) bool {
		return slices.ContainsFunc(c.Links, func(l complaint.Linked) bool {
			return l.Case == id && (strings.HasPrefix(l.Kind, "split") || strings.HasPrefix(l.Kind, "merged"))
		})
	}
	return to(a, b.ID) || to(b, a.ID)
}

func received(c *complaint.Case) time.Time {
	if m := c.Marks[complaint.ReceivedMark]; len(m) > 0 {
		return m[0].At
	}
	return time.Time{}
}

// before puts cases received at one moment in the order of their numbers.
func before(a, b *complaint.Case) bool {
	return cmp.Or(received(a).Compare(received(b)), strings.Compare(a.Number, b.Number)) < 0
}

// withinSpan says whether the later moment is not past the span from the
// earlier one on; without a span it always is.
func withinSpan(span string, earlier, later time.Time) bool {
	if span == "" {
		return true
	}
	s, err := calendar.ParseSpan(span)
	if err != nil {
		return false
	}
	return !later.After(calendar.After(earlier, s))
}

// helpedNothing says whether the mark (a correction) stands on an earlier case
// and another of them, or this one, came in after it.
func helpedNothing(mark string, earlier []*complaint.Case, mine *complaint.Case) bool {
	if mark == "" {
		return true
	}
	for _, c := range earlier {
		for _, m := range c.Marks[mark] {
			for _, later := range append(slices.Clone(earlier), mine) {
				if later != c && received(later).After(m.At) {
					return true
				}
			}
		}
	}
	return false
}

// plainText is a value to compare: what differs only in white space or in the
// width of brackets is the same name.
func plainText(v any) string {
	return strings.NewReplacer(" ", "", "　", "", "（", "(", "）", ")").Replace(fmt.Sprint(v))
}

// demanded adds to an overdue limit what is due now and who owes it.
func demanded(row ClockRow, l deadline.Deadline, r *regime.Regime) ClockRow {
	row.Demands = l.Demands
	for _, role := range r.Roles {
		if role.ID == l.Role {
			row.OnOverdue = role.Label
		}
	}
	return row
}
