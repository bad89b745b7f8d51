package desk

import (
	"context"

	"jiesu/backend/fault"
)

var errPending = fault.New(fault.Failed, "pending", "此功能正在编写", "")

type lettersOnce struct{}

// --- letters.go
func (d *Desk) LetterKinds(ctx context.Context, number string) ([]LetterKind, error) {
	return nil, errPending
}
func (d *Desk) LetterPreview(ctx context.Context, number, kind string) ([]byte, error) {
	return nil, errPending
} // a draft PDF
func (d *Desk) LetterIssue(ctx context.Context, number, kind string) (Issued, []byte, error) {
	return Issued{}, nil, errPending
}
func (d *Desk) LetterExport(ctx context.Context, number, letter string) ([]byte, error) {
	return nil, errPending
} // letter id or 文号
func (d *Desk) LetterVoid(ctx context.Context, number, letter, reason string) (Change, error) {
	return Change{}, errPending
}
