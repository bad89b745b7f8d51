package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"jiesu/backend/casebook"
	"jiesu/backend/fault"
	"jiesu/backend/mailbox"
)

// accountKind are the mailboxes of this machine, by id. They are sealed with
// the rest of the local log and never exchanged.
const accountKind = "mail-account"

// MailAccounts lists the mailboxes of this machine, without passwords.
func (d *Desk) MailAccounts(_ context.Context) ([]MailAccount, error) {
	book, _, err := d.entered()
	if err != nil {
		return nil, err
	}
	out := []MailAccount{}
	err = book.Locals(accountKind, func(_ string, raw json.RawMessage) error {
		var a MailAccount
		if json.Unmarshal(raw, &a) == nil {
			a.Saved, a.Password = a.Password != "", ""
			out = append(out, a)
		}
		return nil
	})
	return out, err
}

// SetMailAccount keeps a mailbox; an empty password keeps the old one. An
// account without a server is forgotten.
func (d *Desk) SetMailAccount(ctx context.Context, a MailAccount) (MailAccount, error) {
	book, _, err := d.writable(ctx)
	if err != nil {
		return MailAccount{}, err
	}
	if a.ID == "" {
		a.ID = book.ID()
	}
	if strings.TrimSpace(a.Server) == "" {
		return MailAccount{}, book.PutLocal(ctx, casebook.Local{Kind: accountKind, ID: a.ID})
	}
	if a, err = d.withPassword(book, a); err != nil {
		return MailAccount{}, err
	}
	if _, err := account(a); err != nil {
		return MailAccount{}, err
	}
	a.Saved = false
	if err := book.PutLocal(ctx, casebook.Local{Kind: accountKind, ID: a.ID, Value: a}); err != nil {
		return MailAccount{}, err
	}
	a.Saved, a.Password = a.Password != "", ""
	return a, nil
}

// withPassword fills in the kept password of a kept account.
func (d *Desk) withPassword(book *casebook.Book, a MailAccount) (MailAccount, error) {
	if a.ID == "" {
		return a, nil
	}
	var old MailAccount
	found, err := book.Local(accountKind, a.ID, &old)
	if err != nil || !found {
		return a, err
	}
	if a.Server == "" {
		old.Saved = false
		return old, nil
	}
	if a.Password == "" {
		a.Password = old.Password
	}
	return a, nil
}

func account(a MailAccount) (mailbox.Account, error) {
	security := mailbox.Security(a.TLS)
	if a.TLS == "" {
		security = mailbox.TLS
	}
	if !slices.Contains([]mailbox.Security{mailbox.TLS, mailbox.StartTLS, mailbox.Plain}, security) {
		return mailbox.Account{}, fault.New(fault.Usage, "mail-tls", "加密方式不对："+a.TLS, "可选 on、starttls、off").At("tls")
	}
	if strings.TrimSpace(a.Server) == "" || strings.TrimSpace(a.User) == "" {
		return mailbox.Account{}, fault.New(fault.Usage, "mail-account", "请填写邮件服务器和账号", "例如 imap.163.com:993").At("server")
	}
	return mailbox.Account{Server: strings.TrimSpace(a.Server), User: strings.TrimSpace(a.User), Password: a.Password, Security: security,
		CAFile: a.CAFile, Folder: a.Folder}, nil
}

// CheckMail tries a mailbox and says how many messages it sees.
func (d *Desk) CheckMail(ctx context.Context, a MailAccount) (string, error) {
	book, _, err := d.entered()
	if err != nil {
		return "", err
	}
	if a, err = d.withPassword(book, a); err != nil {
		return "", err
	}
	acc, err := account(a)
	if err != nil {
		return "", err
	}
	s, err := mailbox.Check(ctx, acc)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("连接成功：“%s”里有 %d 封邮件", s.Folder, s.Messages), nil
}

// ImportMail fetches what is new; register also registers every message whose
// suggestion is complete. What was fetched before an error stays.
func (d *Desk) ImportMail(ctx context.Context, a MailAccount, register bool, progress func(done, total int)) (MailImport, error) {
	out := MailImport{Failed: []MailFailed{}}
	book, _, err := d.writable(ctx)
	if err != nil {
		return out, err
	}
	if a, err = d.withPassword(book, a); err != nil {
		return out, err
	}
	acc, err := account(a)
	if err != nil {
		return out, err
	}
	d.mailMu.Lock()
	defer d.mailMu.Unlock()
	in, err := d.newIntake(book)
	if err != nil {
		return out, err
	}
	in.protected = a.Protected
	report, err := mailbox.Fetch(ctx, acc, in, in, mailbox.Options{Full: true, Progress: progress})
	out.Seen, out.Imported, out.Duplicates, out.SetAside, out.Threaded = report.Messages, len(in.stored), in.duplicates, len(report.SetAside), in.threaded
	for _, e := range append(report.Failed, report.SetAside...) {
		out.Failed = append(out.Failed, MailFailed{UID: e.UID, Why: e.Why})
	}
	if err != nil {
		return out, err
	}
	if register {
		out.Registered, err = d.registerComplete(ctx, in.stored)
	}
	return out, err
}

// registerComplete registers the messages that need no person.
func (d *Desk) registerComplete(ctx context.Context, ids []string) (n int, err error) {
	for _, id := range ids {
		m, err := d.Message(ctx, id)
		if isCode(err, "message-identity") {
			continue // it waits for somebody who may read it
		}
		if err != nil {
			return n, err
		}
		if m.State != "new" || !m.Complete || len(m.Similar) > 0 {
			continue
		}
		if _, err := d.RegisterMessage(ctx, id, m.Input); err != nil {
			if f := fault.Of(err); f.Kind != fault.Refused && f.Kind != fault.Usage && f.Kind != fault.Forbidden {
				return n, err
			}
			continue // it waits for a person, who will read why
		}
		n++
	}
	return n, nil
}
