package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/view"
)

// The states of a letter that the queue can be asked for.
const (
	LettersToIssue = "to-issue"
	LettersGone    = "issued"
)

const (
	maxQueue = 300  // rows of an answer: more nobody works through
	maxWalk  = 2000 // open cases looked at for letters to issue
)

var errLetterState = fault.New(fault.Usage, "letter-state", "文书队列只有待签发和已签发", "请用 to-issue 或 issued")

// LetterQueue is what could go out now, the most urgent case first, or what
// went out, the newest first, of closed cases too.
func (d *Desk) LetterQueue(ctx context.Context, state string) ([]LetterQueueRow, error) {
	book, me, err := d.entered()
	if err != nil {
		return nil, err
	}
	switch state {
	case LettersToIssue:
		return d.lettersToIssue(ctx, book, me)
	case LettersGone:
		return d.lettersIssued(ctx, book)
	}
	return nil, errLetterState
}

// lettersToIssue asks the open cases, the most urgent first. Forms without a
// 文号 accompany a case; nobody waits for them.
func (d *Desk) lettersToIssue(ctx context.Context, book *casebook.Book, me casebook.Me) ([]LetterQueueRow, error) {
	out := []LetterQueueRow{}
	for from := 0; from < maxWalk; from += groupRows {
		rows, _, err := book.Select(ctx, view.Query{Open: "open"}, from, groupRows)
		if err != nil || len(rows) == 0 {
			return out, err
		}
		for _, row := range rows {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if out, err = d.waitingLetters(out, book, me, row); err != nil {
				return nil, err
			}
			if len(out) >= maxQueue {
				return out[:maxQueue], nil
			}
		}
	}
	return out, nil
}

func (d *Desk) waitingLetters(out []LetterQueueRow, book *casebook.Book, me casebook.Me, row view.Row) ([]LetterQueueRow, error) {
	c, err := book.Case(row.Case)
	if err != nil {
		return out, err
	}
	r, err := book.RegimeOf(c)
	if err != nil {
		return out, nil // a rulebook that is not here: no letter can be made of it
	}
	kinds, err := d.letterKinds(opened{book, me, c, r})
	if err != nil {
		return out, err
	}
	for _, k := range kinds {
		if use, _ := r.Letter(k.Kind); k.Issued != "" || use.Word == "" {
			continue
		}
		q := d.queueRow(book, row)
		q.Kind, q.Label, q.Complete, q.Missing = k.Kind, k.Label, k.Complete, len(k.Missing)
		out = append(out, q)
	}
	return out, nil
}

// lettersIssued finds the cases by the names of the letters, which the search
// knows: of each kind those of the cases received last.
func (d *Desk) lettersIssued(ctx context.Context, book *casebook.Book) ([]LetterQueueRow, error) {
	out := []LetterQueueRow{}
	seen := map[string]bool{}
	for _, label := range letterLabels(book) {
		rows, _, err := book.Select(ctx, view.Query{Words: label, Sort: "-received"}, 0, maxQueue)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if seen[row.Case] {
				continue
			}
			seen[row.Case] = true
			c, err := book.Case(row.Case)
			if err != nil {
				return nil, err
			}
			out = append(out, d.goneLetters(book, row, c)...)
		}
	}
	slices.SortStableFunc(out, func(a, b LetterQueueRow) int { return cmp.Compare(b.At, a.At) })
	return out[:min(len(out), maxQueue)], nil
}

func letterLabels(book *casebook.Book) []string {
	var labels []string
	for _, r := range book.Rules().Regimes.All() {
		for _, l := range r.Letters {
			if !slices.Contains(labels, l.Label) {
				labels = append(labels, l.Label)
			}
		}
	}
	return labels
}

// goneLetters are the valid letters of a case; a second copy is not one more.
func (d *Desk) goneLetters(book *casebook.Book, row view.Row, c *complaint.Case) []LetterQueueRow {
	var out []LetterQueueRow
	for _, l := range c.Letters {
		if l.Voided || strings.HasSuffix(l.Kind, complaint.CopySuffix) {
			continue
		}
		q := d.queueRow(book, row)
		q.Kind, q.Label, q.Complete, q.Issued, q.Letter, q.At = l.Kind, l.Label, true, l.Number, l.ID, stamp(l.At)
		out = append(out, q)
	}
	return out
}

func (d *Desk) queueRow(book *casebook.Book, r view.Row) LetterQueueRow {
	c := caseRow(book, r, d.o.Now())
	return LetterQueueRow{Case: c.ID, Number: c.Number, Complainant: c.Complainant, Respondent: c.Respondent, Light: c.Light, Due: c.Due, DueText: c.DueText}
}
