package mailbox

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

var errTorn = errors.New("mailbox: the line broke inside a mail")

var errTooLarge = errors.New("mailbox: the mail is over the limit")

// take asks for mails with one command, by UID or by sequence number, and
// hands the complete ones to the sink. It asks for nothing but UID and
// BODY.PEEK[]: odd envelopes and structures kill the connection.
func (f *fetch) take(ctx context.Context, uids []imap.UID, bySequence bool) error {
	var set imap.NumSet = imap.UIDSetNum(uids...)
	byNum := map[uint32]imap.UID{}
	if bySequence {
		nums, err := f.s.sequence(uids)
		if err != nil {
			if errors.Is(err, errGone) || answered(err) {
				return nil // still missing
			}
			return err
		}
		for i, n := range nums {
			byNum[n] = uids[i]
		}
		set = imap.SeqSetNum(nums...)
	}
	cmd := f.s.c.Fetch(set, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{{Peek: true}}})
	// A mail is believed when the answer goes on after it: a server that
	// announces a wrong length shows in what follows.
	var last *Mail
	var err error
	for data := cmd.Next(); data != nil && err == nil; data = cmd.Next() {
		if err = f.store(ctx, last); err == nil {
			last, err = f.receive(ctx, data, byNum[data.SeqNum])
		}
		if err != nil {
			f.s.cut() // the rest of the answer is not waited for
		}
		if errors.Is(err, errTorn) {
			return err // go-imap must not read on from a torn literal, as Close would
		}
	}
	end := cmd.Close()
	if err != nil {
		return err
	}
	if end != nil && !answered(end) {
		return end
	}
	return f.store(ctx, last)
}

// receive reads one mail of an answer, nil if it is none that is wanted.
// expected is its UID if it was asked for by sequence number.
func (f *fetch) receive(ctx context.Context, data *imapclient.FetchMessageData, expected imap.UID) (*Mail, error) {
	var uid imap.UID
	var body []byte
	complete := false
	for item := data.Next(); item != nil; item = data.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			uid = item.UID
		case imapclient.FetchItemDataBodySection:
			if item.Literal == nil {
				continue
			}
			size := item.Literal.Size()
			if size > MaxMail {
				return nil, f.setAside(ctx, max(uid, expected), size)
			}
			var err error
			if body, err = readAll(item.Literal, size); err != nil {
				return nil, err
			}
			complete = true
		}
	}
	if uid == 0 {
		uid = expected
	}
	if !complete || uid == 0 || expected != 0 && uid != expected {
		return nil, nil
	}
	sum := sha256.Sum256(body)
	return &Mail{f.place(uid), body, hex.EncodeToString(sum[:])}, nil
}

// store hands a mail to the sink, once.
func (f *fetch) store(ctx context.Context, m *Mail) error {
	if m == nil || len(f.missing([]imap.UID{imap.UID(m.UID)})) == 0 {
		return nil
	}
	if err := ctx.Err(); err != nil { // what is left of the answer may be here already
		return stop{err}
	}
	if err := f.sink.Store(ctx, *m); err != nil {
		return stop{err}
	}
	f.report.Fetched++
	f.failing = 0
	f.done(imap.UID(m.UID))
	return nil
}

// readAll reads a literal to its announced end. go-imap gives no error when
// the line is cut inside.
func readAll(r io.Reader, size int64) ([]byte, error) {
	var buf bytes.Buffer
	buf.Grow(int(min(size, 1<<20))) // an announcement alone costs no memory
	if n, err := io.Copy(&buf, r); err != nil || n != size {
		return nil, errTorn
	}
	return buf.Bytes(), nil
}

// setAside notes a mail over the limit and drops the line, which is cheaper
// than to read on.
func (f *fetch) setAside(ctx context.Context, uid imap.UID, size int64) error {
	if uid == 0 || len(f.missing([]imap.UID{uid})) == 0 {
		return errTooLarge
	}
	e := Entry{Place: f.place(uid), Size: size, Code: "too-large", Why: "邮件超过 64 MB，没有取回，请在网页邮箱中查看"}
	if err := f.sink.SetAside(ctx, e); err != nil {
		return stop{err}
	}
	f.report.SetAside = append(f.report.SetAside, e)
	f.done(uid)
	return errTooLarge
}
