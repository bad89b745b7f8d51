package app

import (
	"context"
	"path/filepath"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

// Mail is the mailboxes of this machine and what came in.
type Mail struct{ *program }

// Accounts lists the mailboxes.
func (m *Mail) Accounts() ([]desk.MailAccount, error) {
	return ask(m.program, func(d *desk.Desk) ([]desk.MailAccount, error) { return d.MailAccounts(m.ctx) })
}

// SetAccount keeps a mailbox.
func (m *Mail) SetAccount(a desk.MailAccount) (desk.MailAccount, error) {
	return ask(m.program, func(d *desk.Desk) (desk.MailAccount, error) { return d.SetMailAccount(m.ctx, a) })
}

// Check tries a mailbox and says in words what it found.
func (m *Mail) Check(a desk.MailAccount) (string, error) {
	return ask(m.program, func(d *desk.Desk) (string, error) { return d.CheckMail(m.ctx, a) })
}

var errNoAccount = fault.New(fault.NotFound, "mail-account-unknown", "没有这个邮箱", "请在设置中先添加邮箱")

// StartImport fetches what is new; register also registers every message
// whose suggestion is complete. The job's result is a desk.MailImport.
func (m *Mail) StartImport(account string, register bool) (string, error) {
	return ask(m.program, func(d *desk.Desk) (string, error) {
		accounts, err := d.MailAccounts(m.ctx)
		if err != nil {
			return "", err
		}
		for _, a := range accounts {
			if a.ID == account {
				return m.jobs.start(func(ctx context.Context, progress func(int, int)) (any, error) {
					return d.ImportMail(ctx, a, register, progress)
				}), nil
			}
		}
		return "", errNoAccount
	})
}

// StartImportFiles reads .eml files from this machine. The job's result is a
// desk.MailImport.
func (m *Mail) StartImportFiles(paths []string) (string, error) {
	return ask(m.program, func(d *desk.Desk) (string, error) {
		return m.jobs.start(func(ctx context.Context, progress func(int, int)) (any, error) {
			return importFiles(ctx, d, paths, progress)
		}), nil
	})
}

func importFiles(ctx context.Context, d *desk.Desk, paths []string, progress func(int, int)) (desk.MailImport, error) {
	result := desk.MailImport{Seen: len(paths), Failed: []desk.MailFailed{}}
	for i, path := range paths {
		if err := ctx.Err(); err != nil {
			return result, err
		}
		if err := importFile(ctx, d, path); err != nil {
			result.Failed = append(result.Failed, desk.MailFailed{Why: filepath.Base(path) + "：" + fault.Of(err).Message})
		} else {
			result.Imported++
		}
		progress(i+1, len(paths))
	}
	return result, nil
}

func importFile(ctx context.Context, d *desk.Desk, path string) error {
	file, err := openRegular(path)
	if err != nil {
		return errNotAFile.Wrap(err)
	}
	_, err = d.ImportFile(ctx, filepath.Base(path), file)
	return joined(err, file.Close())
}

// Messages gives a window of the messages in one state.
func (m *Mail) Messages(state, query string, from, count int) (desk.MessagePage, error) {
	return ask(m.program, func(d *desk.Desk) (desk.MessagePage, error) { return d.Messages(m.ctx, state, query, from, count) })
}

// Message gives one message with what was found in it.
func (m *Mail) Message(id string) (desk.MessageDetail, error) {
	return ask(m.program, func(d *desk.Desk) (desk.MessageDetail, error) { return d.Message(m.ctx, id) })
}

// Register makes a case of a message.
func (m *Mail) Register(id string, in desk.RegisterInput) (desk.Registered, error) {
	return ask(m.program, func(d *desk.Desk) (desk.Registered, error) { return d.RegisterMessage(m.ctx, id, in) })
}

// Dismiss says that a message is no complaint.
func (m *Mail) Dismiss(id, reason string) error {
	return tell(m.program, func(d *desk.Desk) error { return d.DismissMessage(m.ctx, id, reason) })
}

// Join adds a message to a case that is there already.
func (m *Mail) Join(id, number string) (desk.Change, error) {
	return ask(m.program, func(d *desk.Desk) (desk.Change, error) { return d.JoinMessage(m.ctx, id, number) })
}
