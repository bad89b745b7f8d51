package desk

import (
	"context"
	"io"

	"jiesu/backend/fault"
)

var errPending = fault.New(fault.Failed, "pending", "此功能正在编写", "")

type lettersOnce struct{}

// --- mail.go
func (d *Desk) MailAccounts(ctx context.Context) ([]MailAccount, error) { return nil, errPending }
func (d *Desk) SetMailAccount(ctx context.Context, a MailAccount) (MailAccount, error) {
	return MailAccount{}, errPending
}
func (d *Desk) CheckMail(ctx context.Context, a MailAccount) (string, error) { return "", errPending }
func (d *Desk) ImportMail(ctx context.Context, a MailAccount, register bool, progress func(done, total int)) (MailImport, error) {
	return MailImport{}, errPending
}
func (d *Desk) ImportFile(ctx context.Context, name string, r io.Reader) (MessageRow, error) {
	return MessageRow{}, errPending
}
func (d *Desk) Messages(ctx context.Context, state, query string, from, count int) (MessagePage, error) {
	return MessagePage{}, errPending
}
func (d *Desk) Message(ctx context.Context, id string) (MessageDetail, error) {
	return MessageDetail{}, errPending
}
func (d *Desk) MessageFile(ctx context.Context, id string, index int) (AttachmentRow, io.ReadCloser, error) {
	return AttachmentRow{}, nil, errPending
} // index -1: the original
func (d *Desk) RegisterMessage(ctx context.Context, id string, in RegisterInput) (Registered, error) {
	return Registered{}, errPending
}
func (d *Desk) DismissMessage(ctx context.Context, id, reason string) error { return errPending }
func (d *Desk) JoinMessage(ctx context.Context, id, number string) (Change, error) {
	return Change{}, errPending
}

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

// --- keep.go
func (d *Desk) Backup(ctx context.Context, file string) error  { return errPending }
func (d *Desk) Restore(ctx context.Context, file string) error { return errPending }
