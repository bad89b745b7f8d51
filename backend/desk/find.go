package desk

import (
	"context"
	"strings"

	"jiesu/backend/inbox"
	"jiesu/backend/view"
)

// Find answers the command palette: cases and mails that hold the words.
func (d *Desk) Find(ctx context.Context, query string) ([]Found, error) {
	book, err := d.open()
	if err != nil {
		return nil, err
	}
	out := []Found{}
	q := view.Query{Words: strings.TrimSpace(query)}
	if q.Words == "" {
		q = view.Query{Open: "open"}
	}
	now := d.o.Now()
	rows, _, err := book.Select(ctx, q, 0, 8)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		row := caseRow(book, r, now)
		out = append(out, Found{Kind: "case", ID: r.Case, Title: r.Number + "  " + row.Complainant + " → " + row.Respondent, Hint: strings.TrimSpace(r.StageLabel + " " + row.DueText)})
	}
	folded := view.Fold(query)
	if folded == "" {
		return out, nil
	}
	err = book.Messages(func(m *inbox.Message) error {
		if hiddenMail(book, m) {
			return nil
		}
		text := view.Fold(m.Received.Subject + "\n" + m.Received.FromName + "\n" + m.Received.FromAddress)
		if len(out) < 16 && view.HasWords(text, folded) {
			out = append(out, Found{Kind: "message", ID: m.ID, Title: m.Received.Subject, Hint: m.Received.FromName})
		}
		return nil
	})
	return out, err
}
