package desk

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"

	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/inbox"
	"jiesu/backend/intake"
	"jiesu/backend/message"
	"jiesu/backend/view"
)

// Messages gives a window of the received mails, newest first, and counts by
// state for the filter.
func (d *Desk) Messages(_ context.Context, state, query string, from, count int) (MessagePage, error) {
	out := MessagePage{Counts: map[string]int{}, Rows: []MessageRow{}}
	book, err := d.open()
	if err != nil {
		return out, err
	}
	words := view.Fold(query)
	var found []*inbox.Message
	err = book.Messages(func(m *inbox.Message) error {
		r := m.Received
		hidden := hiddenMail(book, m)
		if words != "" && (hidden || !view.HasWords(view.Fold(r.Subject+"\n"+r.FromName+"\n"+r.FromAddress+"\n"+r.Snippet), words)) {
			return nil
		}
		out.Counts[m.State]++
		if state == "" || m.State == state {
			found = append(found, m)
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	slices.SortFunc(found, func(a, b *inbox.Message) int {
		if c := b.Received.Date.Compare(a.Received.Date); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	out.Total = len(found)
	if count <= 0 {
		count = 200
	}
	for _, m := range found[min(max(from, 0), len(found)):min(max(from, 0)+count, len(found))] {
		out.Rows = append(out.Rows, d.messageRow(book, m))
	}
	return out, nil
}

func (d *Desk) messageRow(book *casebook.Book, m *inbox.Message) MessageRow {
	if hiddenMail(book, m) {
		return d.hiddenMailRow(book, m)
	}
	r := m.Received
	row := MessageRow{ID: m.ID, From: r.FromName, Subject: r.Subject, Date: stamp(r.Date), State: m.State, Attachments: r.Files, Auto: r.Auto,
		Warning: r.Warning, Snippet: r.Snippet}
	if row.From == "" {
		row.From = r.FromAddress
	}
	if m.Case != "" {
		if c, err := book.Row(m.Case); err == nil {
			row.Case = c.Number
		}
	}
	if len(m.Others) > 0 {
		row.Warning = "两个网点都登记了这封邮件，请并案或撤回其中一件"
	}
	return row
}

// Message gives a mail beside what was found in it.
func (d *Desk) Message(ctx context.Context, id string) (MessageDetail, error) {
	book, err := d.open()
	if err != nil {
		return MessageDetail{}, err
	}
	m, err := d.mail(ctx, book, id)
	if err != nil {
		return MessageDetail{}, err
	}
	out := MessageDetail{MessageRow: d.messageRow(book, m), Attachments: []AttachmentRow{}, Suggestion: []Suggested{}, Similar: []CaseRow{},
		Warnings: []string{}, Path: "/message/" + id}
	parsed, err := d.parsed(ctx, book, m)
	if isCode(err, "blob-not-here") {
		out.Warnings = append(out.Warnings, "邮件原件尚未从登记它的网点送到")
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.Text = parsed.Text
	var to []string
	for _, a := range parsed.To {
		to = append(to, a.Address)
	}
	out.To = strings.Join(to, ", ")
	for i, a := range parsed.Attachments {
		out.Attachments = append(out.Attachments, AttachmentRow{ID: itoa(i), Name: a.Name, Type: a.Type, Size: a.Size, SHA256: a.SHA256, Here: true, Path: out.Path + "/" + itoa(i)})
	}
	for _, w := range parsed.Warnings {
		out.Warnings = append(out.Warnings, w.Text)
	}
	s := intake.Suggest(parsed)
	out.Suggestion = suggested(s)
	out.Complete = s.Complete()
	out.Input = d.filledForm(book, m, parsed, s)
	if m.State == inbox.New {
		out.Similar, err = d.Similar(ctx, out.Input)
	}
	return out, err
}

func (d *Desk) parsed(ctx context.Context, book *casebook.Book, m *inbox.Message) (*message.Message, error) {
	r, err := original(book, m)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return message.ParseBytes(ctx, raw), nil
}

// MessageFile opens a part of a mail; index -1 is the original.
func (d *Desk) MessageFile(ctx context.Context, id string, index int) (AttachmentRow, io.ReadCloser, error) {
	book, err := d.open()
	if err != nil {
		return AttachmentRow{}, nil, err
	}
	m, err := d.mail(ctx, book, id)
	if err != nil {
		return AttachmentRow{}, nil, err
	}
	if index < 0 {
		r, err := original(book, m)
		name := clip(m.Received.Subject, 60)
		if name == "" {
			name = "邮件"
		}
		return AttachmentRow{ID: "original", Name: name + ".eml", Type: "message/rfc822", Size: m.Received.Blob.Size, Here: err == nil}, r, err
	}
	parsed, err := d.parsed(ctx, book, m)
	if err != nil {
		return AttachmentRow{}, nil, err
	}
	if index >= len(parsed.Attachments) {
		return AttachmentRow{}, nil, fault.New(fault.NotFound, "attachment-not-found", "邮件没有这个附件", "请刷新后重试")
	}
	raw, err := parsed.Content(index)
	a := parsed.Attachments[index]
	return AttachmentRow{ID: itoa(index), Name: a.Name, Type: a.Type, Size: a.Size, SHA256: a.SHA256, Here: true}, io.NopCloser(bytes.NewReader(raw)), err
}

// RegisterMessage registers a mail as a case; its attachments go with it.
func (d *Desk) RegisterMessage(ctx context.Context, id string, in RegisterInput) (Registered, error) {
	book, _, err := d.writable(ctx)
	if err != nil {
		return Registered{}, err
	}
	m, err := d.mail(ctx, book, id)
	if err != nil {
		return Registered{}, err
	}
	in.Message = id
	reg, err := d.Register(ctx, in)
	if err != nil {
		return reg, err
	}
	return reg, d.attachMail(ctx, book, m, reg.ID)
}

// attachMail adds the mail's files to a case as materials.
func (d *Desk) attachMail(ctx context.Context, book *casebook.Book, m *inbox.Message, caseID string) error {
	parsed, err := d.parsed(ctx, book, m)
	if err != nil {
		return err
	}
	rows, err := mailFiles(ctx, book, parsed)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if _, err := d.attach(ctx, caseID, row); err != nil {
			return err
		}
	}
	return nil
}

// DismissMessage says that a mail is no complaint; it can be taken back by
// registering or joining it later.
func (d *Desk) DismissMessage(ctx context.Context, id, reason string) error {
	book, me, err := d.writable(ctx)
	if err != nil {
		return err
	}
	m, err := d.mail(ctx, book, id)
	if err != nil {
		return err
	}
	if m.Case != "" {
		return fault.New(fault.Refused, "message-registered", "这封邮件已经登记", "如登记有误，请在案件中撤回")
	}
	act := inbox.Act{Do: inbox.Dismissed, At: d.o.Now(), Officer: me.Officer.Name, Office: me.Unit.Code, Reason: clip(reason, 500)}
	if m.State == inbox.Dismissed {
		act.Do = "reopened"
	}
	_, err = book.Append(ctx, casebook.Write{Messages: []casebook.MessageWrite{{ID: id, Act: act}}})
	return err
}

// JoinMessage adds a mail to a case that is there already: 催办 or 补充材料.
func (d *Desk) JoinMessage(ctx context.Context, id, number string) (Change, error) {
	o, err := d.change(ctx, number)
	if err != nil {
		return Change{}, err
	}
	m, err := d.mail(ctx, o.book, id)
	if err == nil && o.c.Sealed { // what the mail says of its writer could not be sealed
		err = errHiddenFile
	}
	if err != nil {
		return Change{}, err
	}
	if m.Case != "" && m.Case != o.c.ID {
		return Change{}, fault.New(fault.Refused, "message-registered", "这封邮件已经登记为另一案件", "请改用并案")
	}
	act := complaint.Simple(d.env(o.book, o.me, o.regime, o.c), complaint.AttachAction, "并入邮件", "",
		&complaint.Note{Text: "收到邮件“" + m.Received.Subject + "”（" + stampDay(m.Received.Date) + "）", Kind: "contact"})
	if o.c.Protected {
		act.Protect(o.regime, o.c)
	}
	change, err := d.save(ctx, o, casebook.Write{Cases: []casebook.CaseWrite{{ID: o.c.ID, Act: act, Seen: o.c.Heads}},
		Messages: []casebook.MessageWrite{{ID: id, Act: inbox.Act{Do: inbox.Joined, At: d.o.Now(), Officer: o.me.Officer.Name, Office: o.me.Unit.Code, Case: o.c.ID}}}})
	if err != nil {
		return change, err
	}
	return change, d.attachMail(ctx, o.book, m, o.c.ID)
}
