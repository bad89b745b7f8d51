package desk

import (
	"context"
	"io"
	"time"

	"jiesu/backend/fault"
)

var errPending = fault.New(fault.Failed, "pending", "此功能正在编写", "")

// Options open a desk.
type Options struct {
	Dir string           // data folder
	Now func() time.Time // the clock
	Log func(id, line string)
}

// Desk is an opened data folder with an officer in it (or none yet).
type Desk struct{}

// New prepares a desk on a data folder without opening it.
func New(o Options) (*Desk, error) { return nil, errPending }

// --- setup.go
func (d *Desk) Status(ctx context.Context) (SetupStatus, error) { return SetupStatus{}, errPending }
func (d *Desk) Create(ctx context.Context, in InitInput) (InitResult, error) {
	return InitResult{}, errPending
}
func (d *Desk) Unlock(ctx context.Context, officer string, password []byte) error { return errPending }
func (d *Desk) Recover(ctx context.Context, code, officer string, password []byte) error {
	return errPending
}
func (d *Desk) Lock(ctx context.Context) error { return errPending }
func (d *Desk) Close() error                   { return errPending }

// --- officers.go, profile.go, settings.go
func (d *Desk) Officers(ctx context.Context) ([]OfficerRow, error) { return nil, errPending }
func (d *Desk) AddOfficer(ctx context.Context, name, phone string, roles []string, password []byte) (OfficerRow, error) {
	return OfficerRow{}, errPending
}
func (d *Desk) RetireOfficer(ctx context.Context, name string) error      { return errPending }
func (d *Desk) ChangePassword(ctx context.Context, old, new []byte) error { return errPending }
func (d *Desk) Profile(ctx context.Context) (ProfileForm, error)          { return ProfileForm{}, errPending }
func (d *Desk) SetProfile(ctx context.Context, p Profile) (ProfileForm, error) {
	return ProfileForm{}, errPending
}
func (d *Desk) Regimes(ctx context.Context) ([]RegimeRow, error) { return nil, errPending }
func (d *Desk) RegimeForm(ctx context.Context, id string) (RegimeForm, error) {
	return RegimeForm{}, errPending
}
func (d *Desk) AddRegime(ctx context.Context, file []byte) (RegimeRow, error) {
	return RegimeRow{}, errPending
}
func (d *Desk) ClockSettings(ctx context.Context) ([]ClockSetting, error)      { return nil, errPending }
func (d *Desk) SetClock(ctx context.Context, regime, clock, span string) error { return errPending }
func (d *Desk) CalendarYear(ctx context.Context, year int) (CalendarYear, error) {
	return CalendarYear{}, errPending
}
func (d *Desk) LoadCalendar(ctx context.Context, file []byte) (CalendarYear, error) {
	return CalendarYear{}, errPending
}

// --- register.go, cases.go, act.go
func (d *Desk) Register(ctx context.Context, in RegisterInput) (Registered, error) {
	return Registered{}, errPending
}
func (d *Desk) WorkList(ctx context.Context) (WorkList, error) { return WorkList{}, errPending }
func (d *Desk) List(ctx context.Context, q CaseQuery, from, count int) (CasePage, error) {
	return CasePage{}, errPending
}
func (d *Desk) Show(ctx context.Context, number string) (CaseDetail, error) {
	return CaseDetail{}, errPending
}
func (d *Desk) Reveal(ctx context.Context, number, property string) (string, error) {
	return "", errPending
}
func (d *Desk) Actions(ctx context.Context, number string, all bool) ([]ActionRow, error) {
	return nil, errPending
}
func (d *Desk) RegimeActions(ctx context.Context, regime string) ([]ActionRow, error) {
	return nil, errPending
}
func (d *Desk) Act(ctx context.Context, in ActInput) (Change, error) { return Change{}, errPending }
func (d *Desk) Undo(ctx context.Context, number, entry string) (Change, error) {
	return Change{}, errPending
}
func (d *Desk) Edit(ctx context.Context, number string, fields map[string]any, reason string) (Change, error) {
	return Change{}, errPending
}
func (d *Desk) Note(ctx context.Context, number, text string) (Change, error) {
	return Change{}, errPending
}
func (d *Desk) Attach(ctx context.Context, number, name string, r io.Reader) (Change, error) {
	return Change{}, errPending
}
func (d *Desk) Link(ctx context.Context, number, other string) (Change, error) {
	return Change{}, errPending
}
func (d *Desk) Merge(ctx context.Context, number, into string) (Change, error) {
	return Change{}, errPending
}
func (d *Desk) Split(ctx context.Context, number string, in RegisterInput) (Registered, error) {
	return Registered{}, errPending
}
func (d *Desk) Explain(ctx context.Context, number, clock string) (Explanation, error) {
	return Explanation{}, errPending
}
func (d *Desk) Find(ctx context.Context, query string) ([]Found, error) { return nil, errPending }
func (d *Desk) Similar(ctx context.Context, in RegisterInput) ([]CaseRow, error) {
	return nil, errPending
}
func (d *Desk) Attachment(ctx context.Context, number, id string) (AttachmentRow, io.ReadCloser, error) {
	return AttachmentRow{}, nil, errPending
}

// --- drafts.go
func (d *Desk) Drafts(ctx context.Context) ([]DraftRow, error)   { return nil, errPending }
func (d *Desk) SaveDraft(ctx context.Context, in DraftRow) error { return errPending }
func (d *Desk) DropDraft(ctx context.Context, id string) error   { return errPending }

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

// --- share.go
func (d *Desk) ShareCreate(ctx context.Context, folder string) (string, error) { return "", errPending } // space id
func (d *Desk) ShareInvite(ctx context.Context) ([]byte, error)                { return nil, errPending }
func (d *Desk) ShareJoin(ctx context.Context, folder string, invitation []byte) error {
	return errPending
}
func (d *Desk) ShareAdmit(ctx context.Context, replica string) ([]string, error) {
	return nil, errPending
}                                                                 // empty: all valid requests
func (d *Desk) ShareSync(ctx context.Context) (SyncResult, error) { return SyncResult{}, errPending }
func (d *Desk) ShareStatus(ctx context.Context) (ShareStatus, error) {
	return ShareStatus{}, errPending
}
func (d *Desk) Contradictions(ctx context.Context) ([]ContradictionRow, error) {
	return nil, errPending
}
func (d *Desk) Resolve(ctx context.Context, id, keep, reason string) (Change, error) {
	return Change{}, errPending
}

// --- keep.go
func (d *Desk) Verify(ctx context.Context) (VerifyResult, error)  { return VerifyResult{}, errPending }
func (d *Desk) Rebuild(ctx context.Context) (VerifyResult, error) { return VerifyResult{}, errPending }
func (d *Desk) Backup(ctx context.Context, file string) error     { return errPending }
func (d *Desk) Restore(ctx context.Context, file string) error    { return errPending }

// Subscribe tells the window what changed; kind is cases, messages, share or office.
func (d *Desk) Subscribe(func(kind string, ids []string)) (cancel func()) { return func() {} }
