// Package message reads a mail as it really arrives: broken headers, raw GBK
// file names, wrong charsets, missing boundaries, hostile shapes. Reading has
// hard limits and never fails: whatever is wrong becomes a warning, and the
// original bytes, which the caller keeps, stay the truth.
//
// It is not a mail writer, knows no network and no complaints, and renders no
// HTML: a body is plain text. Fields and warning codes are append-only;
// reading the same bytes again may find more than an older program found, so
// a parsed message is never stored in place of the mail.
package message

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"
)

// Address is a mailbox with its display name.
type Address struct {
	Name    string `json:"name"`
	Address string `json:"address"`
}

// Warning says in a sentence for a person what was odd about a mail.
type Warning struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// Attachment describes one part that is not the body. Message.Content gives
// its bytes.
type Attachment struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	Inline bool   `json:"inline,omitempty"`

	raw      []byte
	encoding string
}

// Message is a read mail.
type Message struct {
	MessageID   string       `json:"message_id"`
	InReplyTo   []string     `json:"in_reply_to,omitempty"`
	References  []string     `json:"references,omitempty"`
	Date        time.Time    `json:"date,omitzero"`
	RawDate     string       `json:"raw_date,omitempty"`
	From        Address      `json:"from"`
	To          []Address    `json:"to"`
	Cc          []Address    `json:"cc,omitempty"`
	ReplyTo     []Address    `json:"reply_to,omitempty"`
	Subject     string       `json:"subject"`
	Text        string       `json:"text"`           // the body as plain text, lines end in \n
	HTML        bool         `json:"html,omitempty"` // Text was made from HTML
	Attachments []Attachment `json:"attachments"`
	Auto        bool         `json:"auto"`   // an automatic answer, a receipt, bulk mail
	Bounce      bool         `json:"bounce"` // a report that a mail could not be delivered
	Warnings    []Warning    `json:"warnings"`
}

// Parse reads a mail from r. It never returns nil; what could not be read is
// in Warnings.
func Parse(ctx context.Context, r io.Reader) *Message {
	b, err := io.ReadAll(io.LimitReader(r, maxSize+1))
	m := ParseBytes(ctx, b)
	if err != nil {
		m.warn("read", "邮件没有读完，请重新取回或查看原件")
	}
	return m
}

// ParseBytes is Parse for bytes at hand. The message keeps b; it must not be
// changed afterwards.
func ParseBytes(ctx context.Context, b []byte) *Message {
	m := &Message{To: []Address{}, Attachments: []Attachment{}, Warnings: []Warning{}}
	if len(b) > maxSize {
		b = b[:maxSize]
		m.warn("size", "邮件超过 64 MB，只读取了前一部分，请查看原件")
	}
	p := newReader(ctx, m, len(b))
	guarded(m, func() { p.message(b) })
	guarded(m, func() { p.finish() })
	return m
}

// Content gives the decoded bytes of attachment i.
func (m *Message) Content(i int) ([]byte, error) {
	if i < 0 || i >= len(m.Attachments) {
		return nil, fmt.Errorf("message: no attachment %d of %d", i, len(m.Attachments))
	}
	a := m.Attachments[i]
	return bytes.Clone(decodeTransfer(a.raw, a.encoding)), nil
}

// warn adds a warning once per code.
func (m *Message) warn(code, text string) {
	for _, w := range m.Warnings {
		if w.Code == code {
			return
		}
	}
	m.Warnings = append(m.Warnings, Warning{code, text})
}

// guarded keeps a bug in the reading of hostile bytes from taking the desk
// down: what was read before it stays.
func guarded(m *Message, read func()) {
	defer func() {
		if recover() != nil {
			m.warn("panic", "邮件格式异常，未能读全，需人工处理原件")
		}
	}()
	read()
}
