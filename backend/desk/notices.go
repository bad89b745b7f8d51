package desk

import (
	"context"

	"jiesu/backend/complaint"
	"jiesu/backend/regime"
)

// noticeRows are the notices of a rulebook that a case calls for.
func noticeRows(r *regime.Regime, facts regime.Facts) []NoticeRow {
	var out []NoticeRow
	for _, n := range r.Notices {
		if holds, _ := n.When.Eval(facts); !holds {
			continue
		}
		row := NoticeRow{ID: n.ID, Text: n.Label + "：" + n.Text}
		if n.Article != "" {
			row.Text += "（" + n.Article + "）"
		}
		for _, id := range n.Actions {
			if a, ok := r.Action(id); ok {
				row.Actions = append(row.Actions, OptionRow{ID: a.ID, Label: a.Label})
			}
		}
		out = append(out, row)
	}
	return out
}

// PreviewNotices is what the rulebook has to say of a complaint that is still
// to be registered. Nothing is stored.
func (d *Desk) PreviewNotices(_ context.Context, in RegisterInput) ([]NoticeRow, error) {
	book, me, c, err := d.preview(in)
	if err != nil {
		return nil, err
	}
	r, err := book.RegimeOf(c)
	if err != nil {
		return nil, err
	}
	return append([]NoticeRow{}, noticeRows(r, complaint.FactsIn(c, d.env(book, me, r, c)))...), nil
}
