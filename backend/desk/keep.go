package desk

import "context"

// Verify reads everything and compares it.
func (d *Desk) Verify(ctx context.Context) (VerifyResult, error) {
	book, err := d.open()
	if err != nil {
		return VerifyResult{}, err
	}
	entries, cases, problems, err := book.Verify(ctx)
	if problems == nil {
		problems = []string{}
	}
	return VerifyResult{OK: err == nil && len(problems) == 0, Entries: entries, Cases: cases, Problems: problems}, err
}

// Rebuild makes the database anew from the journal and verifies it.
func (d *Desk) Rebuild(ctx context.Context) (VerifyResult, error) {
	book, err := d.open()
	if err != nil {
		return VerifyResult{}, err
	}
	if err := book.Rebuild(ctx); err != nil {
		return VerifyResult{}, err
	}
	return d.Verify(ctx)
}
