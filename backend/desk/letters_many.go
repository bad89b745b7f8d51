package desk

import (
	"context"

	"jiesu/backend/fault"
	"jiesu/backend/letter"
	"jiesu/backend/letter/pdf"
)

// LettersIssued is the outcome of letters issued in one go.
type LettersIssued struct {
	Issued  []LetterOf  `json:"issued"`
	Skipped []LetterNot `json:"skipped"`
}

// LetterOf is an issued letter with its case.
type LetterOf struct {
	Issued
	Case string `json:"case"` // number
}

// LetterNot is a case that got no letter, and why not.
type LetterNot struct {
	Number string `json:"number"`
	Why    string `json:"why"`
}

// LetterIssueMany issues one kind of letter for many cases and gives them, with
// the respondents' copies, as one file to print; nil when none was issued. A
// case that is refused is skipped. What was issued before an error stays, and
// is in the answer.
func (d *Desk) LetterIssueMany(ctx context.Context, numbers []string, kind string) (LettersIssued, []byte, error) {
	out := LettersIssued{Issued: []LetterOf{}, Skipped: []LetterNot{}}
	var docs []letter.Document
	var failed error
	for _, number := range numbers {
		issued, _, p, err := d.issue(ctx, number, kind)
		if f := fault.Of(err); err != nil && (f.Kind == fault.Refused || f.Kind == fault.NotFound) {
			out.Skipped = append(out.Skipped, LetterNot{number, f.Message})
			continue
		}
		if failed = err; failed != nil {
			break
		}
		out.Issued = append(out.Issued, LetterOf{issued, p.o.c.Number})
		docs = append(docs, p.document(""))
		if p.template.Recipient == "both" {
			docs = append(docs, p.document("respondent"))
		}
	}
	if len(docs) == 0 {
		return out, nil, failed
	}
	// Drawn even when ctx has ended: the numbers are taken.
	raw, err := pdf.RenderAll(context.WithoutCancel(ctx), d.letterSet.fonts, docs, pdf.Options{Created: d.o.Now()})
	return out, raw, firstError(failed, err)
}
