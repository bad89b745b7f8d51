package desk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/inbox"
	"jiesu/backend/mailbox"
	"jiesu/backend/message"
	"jiesu/backend/regime"
	"jiesu/backend/seal"
)

// placeKind notes places whose mail brought no new message: duplicates, and
// those set aside. The others are noted by the received act itself.
const placeKind = "mail-place"

// MaxMail is the largest mail that is taken.
const MaxMail = 64 << 20

// mailIntake is one import: the ledger and the sink of package mailbox.
type mailIntake struct {
	d          *Desk
	book       *casebook.Book
	key        seal.Key
	known      map[mailbox.Place]bool
	highest    map[mailbox.Place]uint32 // by place with UID 0
	byHash     map[string]string        // SHA-256 → message id
	byMessage  map[string]string        // Message-ID → case id, "" if not registered
	stored     []string
	duplicates int
	threaded   int
	protected  bool // a mailbox for reports: every mail is sealed from the first entry on
}

func (d *Desk) newIntake(book *casebook.Book) (*mailIntake, error) {
	in := &mailIntake{d: d, book: book, key: messageKey(book), known: map[mailbox.Place]bool{}, highest: map[mailbox.Place]uint32{},
		byHash: map[string]string{}, byMessage: map[string]string{}}
	err := book.Messages(func(m *inbox.Message) error {
		r := m.Received
		in.note(mailbox.Place{Account: r.Account, Folder: r.Folder, UIDValidity: r.UIDValidity, UID: r.UID})
		in.byHash[r.SHA256] = m.ID
		if r.MessageID != "" {
			in.byMessage[r.MessageID] = m.Case
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return in, book.Locals(placeKind, func(_ string, raw json.RawMessage) error {
		var p mailbox.Place
		if json.Unmarshal(raw, &p) == nil {
			in.note(p)
		}
		return nil
	})
}

// messageKey makes message ids: one for all offices of a space, so that the
// same mail is the same message everywhere.
func messageKey(book *casebook.Book) seal.Key {
	if epoch, k := (spaceKeys{book}).Current(); epoch != "" {
		return k
	}
	return book.LocalKey(seal.ContextSearchTerm)
}

func (in *mailIntake) note(p mailbox.Place) {
	in.known[p] = true
	folder := p
	folder.UID = 0
	in.highest[folder] = max(in.highest[folder], p.UID)
}

// Known implements mailbox.Ledger.
func (in *mailIntake) Known(_ context.Context, p mailbox.Place) (bool, error) {
	return in.known[p], nil
}

// Highest implements mailbox.Ledger.
func (in *mailIntake) Highest(_ context.Context, account, folder string, validity uint32) (uint32, error) {
	return in.highest[mailbox.Place{Account: account, Folder: folder, UIDValidity: validity}], nil
}

// Store implements mailbox.Sink: the original is on disk before anything is
// read from it.
func (in *mailIntake) Store(ctx context.Context, m mailbox.Mail) error {
	if _, dup := in.byHash[m.SHA256]; dup {
		in.duplicates++
		return in.notePlace(ctx, m.Place)
	}
	id, err := in.take(ctx, m.Bytes, inbox.Received{Account: m.Account, Folder: m.Folder, UIDValidity: m.UIDValidity, UID: m.UID, SHA256: m.SHA256})
	if err == nil {
		in.note(m.Place)
		in.stored = append(in.stored, id)
	}
	return err
}

// SetAside implements mailbox.Sink.
func (in *mailIntake) SetAside(ctx context.Context, e mailbox.Entry) error {
	return in.notePlace(ctx, e.Place)
}

func (in *mailIntake) notePlace(ctx context.Context, p mailbox.Place) error {
	in.note(p)
	id := fmt.Sprintf("%s/%s/%d/%d", p.Account, p.Folder, p.UIDValidity, p.UID)
	return in.book.PutLocal(ctx, casebook.Local{Kind: placeKind, ID: id, Value: p})
}

// take keeps the original and appends that it was received.
func (in *mailIntake) take(ctx context.Context, raw []byte, r inbox.Received) (string, error) {
	ref, err := in.book.PutBlob(ctx, bytes.NewReader(raw), MaxMail)
	if err != nil {
		return "", err
	}
	r.Blob = inbox.Blob(ref)
	m := message.ParseBytes(ctx, raw)
	describe(&r, m)
	for _, ref := range append(append([]string{}, m.InReplyTo...), m.References...) {
		if in.byMessage[ref] != "" {
			in.threaded++
			break
		}
	}
	sum, _ := hex.DecodeString(r.SHA256)
	id := hex.EncodeToString(seal.MAC(in.key, seal.ContextSearchTerm, sum)[:16])
	me, err := in.book.Me()
	if err != nil {
		return "", err
	}
	w := casebook.MessageWrite{ID: id, Act: inbox.Act{Do: "received", At: in.d.o.Now(), Officer: me.Officer.Name, Office: me.Unit.Code, Received: &r}}
	if in.protected || in.d.speaksOfReport(in.book, me, m) {
		open := r.Open()
		w.Sealed, w.Act.Received = &r, &open
	}
	_, err = in.book.Append(ctx, casebook.Write{Messages: []casebook.MessageWrite{w}})
	if err == nil {
		in.byHash[r.SHA256], in.byMessage[r.MessageID] = id, ""
	}
	return id, err
}

// reportWord is what a mail that holds a report says of itself.
const reportWord = "举报"

// speaksOfReport reports whether a mail names itself a report in an office
// whose rulebook protects reporters: then it is sealed before anybody has read
// it, because what was once open cannot be taken back.
func (d *Desk) speaksOfReport(book *casebook.Book, me casebook.Me, m *message.Message) bool {
	r, err := book.Rules().Regimes.Latest(me.Unit.Profile["regime"])
	if err != nil || !slices.ContainsFunc(r.Matters, protects) {
		return false
	}
	return strings.Contains(m.Subject, reportWord) || strings.Contains(m.Text, reportWord)
}

func protects(m regime.Matter) bool { return m.Has(regime.ProtectedFlag) }

// describe notes what the list shows of a mail.
func describe(r *inbox.Received, m *message.Message) {
	r.MessageID, r.InReplyTo = m.MessageID, m.InReplyTo
	r.FromName, r.FromAddress, r.Subject = clip(m.From.Name, 200), clip(m.From.Address, 300), clip(m.Subject, 500)
	r.Date, r.Files, r.Auto = m.Date, len(m.Attachments), m.Auto || m.Bounce
	r.Snippet = clip(strings.Join(strings.Fields(m.Text), " "), 120)
	var warnings []string
	for _, w := range m.Warnings {
		warnings = append(warnings, w.Text)
	}
	r.Warning = clip(strings.Join(warnings, "；"), 500)
	r.Broken = m.Text == "" && len(m.Attachments) == 0 && m.From.Address == ""
	if r.Broken && r.Warning == "" {
		r.Warning = "读不出内容，原件已保存，请人工处理"
	}
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// ImportFile takes a mail from a file.
func (d *Desk) ImportFile(ctx context.Context, name string, r io.Reader) (MessageRow, error) {
	book, _, err := d.writable(ctx)
	if err != nil {
		return MessageRow{}, err
	}
	raw, err := io.ReadAll(io.LimitReader(r, MaxMail+1))
	if err != nil {
		return MessageRow{}, fault.New(fault.Failed, "file-not-read", "邮件文件读不出来："+name, "请检查文件是否被占用").Wrap(err)
	}
	if len(raw) > MaxMail || len(raw) == 0 {
		return MessageRow{}, fault.New(fault.Refused, "mail-size", "邮件文件是空的或超过 64 MB："+name, "请检查文件；过大的邮件请把材料另行添加")
	}
	d.mailMu.Lock()
	defer d.mailMu.Unlock()
	in, err := d.newIntake(book)
	if err != nil {
		return MessageRow{}, err
	}
	sum := sha256.Sum256(raw)
	hash := hex.EncodeToString(sum[:])
	id, dup := in.byHash[hash]
	if !dup {
		if id, err = in.take(ctx, raw, inbox.Received{SHA256: hash, Account: "文件"}); err != nil {
			return MessageRow{}, err
		}
	}
	m, err := book.Message(id)
	if err != nil {
		return MessageRow{}, err
	}
	return d.messageRow(book, m), nil
}

// original opens the mail as it came.
func original(book *casebook.Book, m *inbox.Message) (io.ReadCloser, error) {
	return book.OpenBlob(complaint.BlobRef(m.Received.Blob))
}
