package desk

import (
	"bytes"
	"context"
	"strings"

	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/inbox"
	"jiesu/backend/message"
)

// maxParts limits the cases made of one letter.
const maxParts = 10

// PartsInput is one letter with several requests: each becomes a case with its
// own number, track and clock. Where one of them protects its person, that one
// keeps the mail and its files, and the others hold nothing of it.
type PartsInput struct {
	Message string          `json:"message,omitempty"` // the received mail it comes from
	Draft   string          `json:"draft,omitempty"`
	Parts   []RegisterInput `json:"parts"`
}

// letterLink is how the cases of one letter know each other.
const letterLink = "same-letter"

// RegisterParts registers the parts of one letter, all or none.
func (d *Desk) RegisterParts(ctx context.Context, in PartsInput) ([]Registered, error) {
	book, me, err := d.writable(ctx)
	if err != nil {
		return nil, err
	}
	if len(in.Parts) == 0 || len(in.Parts) > maxParts {
		return nil, fault.New(fault.Usage, "parts", "一封来件请分成 1 到 10 件", "").At("parts")
	}
	p := parts{d: d, book: book, me: me, in: in.Parts, protected: make([]bool, len(in.Parts))}
	if err := p.judge(); err != nil {
		return nil, err
	}
	if err := p.write(); err != nil {
		return nil, err
	}
	p.link()
	if err := p.keepMail(ctx, in.Message); err != nil {
		return nil, err
	}
	for i, protected := range p.protected {
		if act := p.writes[i].Cases[0].Act; protected {
			act.Protect(nil, nil)
		}
	}
	ids, err := book.AppendTogether(ctx, p.writes)
	if err != nil {
		return nil, err
	}
	d.dropDraft(ctx, book, in.Draft)
	for i, id := range ids {
		row, err := book.Row(p.out[i].ID)
		if err != nil {
			return nil, err
		}
		p.out[i].Act, p.out[i].Stage = string(id), row.Stage
	}
	return p.out, nil
}

// parts is a letter on its way to its cases.
type parts struct {
	d         *Desk
	book      *casebook.Book
	me        casebook.Me
	in        []RegisterInput
	protected []bool
	keeper    int // the part that keeps the mail
	out       []Registered
	writes    []casebook.Write
}

// judge finds which parts protect their person, and refuses an open part that
// would speak of a protected one.
func (p *parts) judge() error {
	secret := false
	for i, in := range p.in {
		var err error
		if p.protected[i], err = p.d.protected(p.book, in); err != nil {
			return atPart(i, err)
		}
		if p.protected[i] && !secret {
			p.keeper, secret = i, true
		}
	}
	for i, in := range p.in {
		if secret && !p.protected[i] {
			if err := noTrace(in.Request, in.Facts, ""); err != nil {
				return atPart(i, err)
			}
		}
	}
	return nil
}

// atPart names the part a fault belongs to.
func atPart(i int, err error) error {
	f := *fault.Of(err)
	f.Message = "第" + itoa(i+1) + "件：" + f.Message
	return f.Wrap(err)
}

func (p *parts) write() error {
	_, serial, err := p.d.nextNumber(p.book, p.me)
	if err != nil {
		return err
	}
	for i, in := range p.in {
		in.Message = ""
		act, err := p.d.registration(p.book, p.me, in, serial)
		if err != nil {
			return atPart(i, err)
		}
		reg := Registered{Number: p.d.number(p.me, serial), ID: p.book.ID()}
		w, err := caseWrite(p.book, reg.ID, act, in)
		if err != nil {
			return atPart(i, err)
		}
		p.out, p.writes = append(p.out, reg), append(p.writes, casebook.Write{Cases: []casebook.CaseWrite{w}})
		serial.N++
	}
	return nil
}

// link lets the parts know each other: of two whose persons are both open both
// say so, a protected one says it in its identity part.
func (p *parts) link() {
	for i := range p.writes {
		act := p.writes[i].Cases[0].Act
		for j := range p.writes {
			link := &complaint.Link{Case: p.out[j].ID, Kind: letterLink}
			switch {
			case i == j:
			case p.protected[i]:
				act.Identity = append(act.Identity, link)
			case !p.protected[j]:
				act.Effects = append(act.Effects, link)
			}
		}
	}
}

// keepMail gives the mail and its files to the part that keeps them.
func (p *parts) keepMail(ctx context.Context, id string) error {
	if id == "" {
		return nil
	}
	m, err := p.d.mail(ctx, p.book, id)
	if err != nil {
		return err
	}
	if m.Case != "" {
		return errMailRegistered
	}
	parsed, err := p.d.parsed(ctx, p.book, m)
	if err != nil {
		return err
	}
	rows, err := mailFiles(ctx, p.book, parsed)
	if err != nil {
		return err
	}
	w := &p.writes[p.keeper]
	act := w.Cases[0].Act
	act.Effects = append(act.Effects, &complaint.Set{Values: map[string]any{"message": id}})
	for _, row := range rows {
		act.Effects = append(act.Effects, &complaint.Add{Field: complaint.AttachmentsField, ID: p.book.ID(), Row: row})
	}
	w.Messages = append(w.Messages, casebook.MessageWrite{ID: id, Act: inbox.Act{Do: inbox.Registered, At: p.d.o.Now(),
		Officer: p.me.Officer.Name, Office: p.me.Unit.Code, Case: p.out[p.keeper].ID}})
	return nil
}

var errMailRegistered = fault.New(fault.Refused, "message-registered", "这封邮件已经登记过", "请打开已登记的案件，或把邮件并入它")

// mailFiles keeps the files of a mail and gives their rows.
func mailFiles(ctx context.Context, book *casebook.Book, parsed *message.Message) (rows []map[string]any, err error) {
	for i, a := range parsed.Attachments {
		if a.Inline && !strings.HasPrefix(a.Type, "image/") {
			continue
		}
		raw, err := parsed.Content(i)
		if err != nil {
			return nil, err
		}
		name := a.Name
		if name == "" {
			name = "附件" + itoa(i+1)
		}
		row, err := keep(ctx, book, name, bytes.NewReader(raw))
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}
