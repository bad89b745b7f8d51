package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"jiesu/backend/casebook"
	"jiesu/backend/fault"
	"jiesu/backend/inbox"
	"jiesu/backend/office"
	"jiesu/backend/view"
)

// lookKind are the records of who looked at protected persons and at person
// cards (查看记录), kept on the machine where it was done.
const lookKind = "look"

// oneSitting is how long looking at one thing again is the same look: the
// window asks for a case anew whenever something changes.
const oneSitting = 10 * time.Minute

// Look is one line of the record of who looked.
type Look struct {
	At      string `json:"at"`
	Officer string `json:"officer"`
	Of      string `json:"of"` // case or person card
	Number  string `json:"number,omitempty"`
	What    string `json:"what"`
}

// looked remembers the looks of this sitting.
type looked struct {
	mu   sync.Mutex
	last map[string]time.Time
}

var (
	errHiddenMail = fault.New(fault.Forbidden, "message-identity", "这封邮件写有受保护人员的身份，您不能查看", "请由可见受保护人员身份的人员办理")
	errHiddenFile = fault.New(fault.Forbidden, "attachment-identity", "这份材料写有受保护人员的身份，您不能打开", "请由可见受保护人员身份的人员办理")
)

// look writes down that the officer at the desk sees something protected.
// Where that cannot be written, it is not shown.
func (d *Desk) look(ctx context.Context, book *casebook.Book, me casebook.Me, of, number, what string) error {
	now := d.o.Now()
	key := me.Officer.ID + "/" + of + "/" + what
	d.looks.mu.Lock()
	defer d.looks.mu.Unlock()
	if last, ok := d.looks.last[key]; ok && now.Sub(last) < oneSitting {
		return nil
	}
	row := Look{At: stamp(now), Officer: me.Officer.Name, Of: of, Number: number, What: what}
	if err := book.PutLocal(ctx, casebook.Local{Kind: lookKind, ID: fmt.Sprintf("%s/%020d/%s", of, now.UnixNano(), me.Officer.ID), Value: row}); err != nil {
		return err
	}
	if d.looks.last == nil {
		d.looks.last = map[string]time.Time{}
	}
	d.looks.last[key] = now
	return nil
}

// lookAt is look for the person of a protected case; of others nothing is kept.
func (d *Desk) lookAt(ctx context.Context, o opened, what string) error {
	if !o.c.Protected || o.c.Sealed {
		return nil
	}
	return d.look(ctx, o.book, o.me, o.c.ID, o.c.Number, what)
}

// Looks lists who looked at a protected case or a person card on this machine,
// the latest first.
func (d *Desk) Looks(_ context.Context, of string) ([]Look, error) {
	book, me, err := d.entered()
	if err != nil {
		return nil, err
	}
	if id, err := book.Resolve(of); err == nil {
		of = id
		if !mayReview(book, me, id) {
			return nil, fault.New(fault.Forbidden, "looks", "您不能查看这件的查看记录", "请由可见受保护人员身份的人员、管理员或监督人员查看")
		}
	}
	out := []Look{}
	err = book.Locals(lookKind, func(id string, raw json.RawMessage) error {
		var l Look
		if strings.HasPrefix(id, of+"/") && json.Unmarshal(raw, &l) == nil {
			out = append(out, l)
		}
		return nil
	})
	slices.Reverse(out)
	return out, err
}

func mayReview(book *casebook.Book, me casebook.Me, id string) bool {
	return book.Sees(id) || me.Has(office.Auditor) || me.Has(office.Administrator)
}

// shownTo is a case as the officer may see it now: the protected person only
// when the look is written down.
func (d *Desk) shownTo(ctx context.Context, o opened) opened {
	if err := d.lookAt(ctx, o, "案件"); err != nil {
		d.o.Log("look: " + fault.Of(err).Code)
		if c, err := o.book.Closed(o.c.ID); err == nil {
			o.c = c
		}
	}
	return o
}

// hiddenMail reports whether a mail leads to a person this officer may not see.
func hiddenMail(book *casebook.Book, m *inbox.Message) bool {
	if m.Received.Sealed {
		return true
	}
	if m.Case == "" {
		return false
	}
	row, err := book.Row(m.Case)
	return err == nil && row.Protected && !book.Sees(m.Case)
}

// mail is a received mail for an officer who may read it.
func (d *Desk) mail(ctx context.Context, book *casebook.Book, id string) (*inbox.Message, error) {
	m, err := book.Message(id)
	if err != nil {
		return nil, err
	}
	if hiddenMail(book, m) {
		return nil, errHiddenMail
	}
	if row, err := book.Row(m.Case); m.Case == "" || err != nil || !row.Protected {
		return m, nil
	}
	me, err := book.Me()
	if err != nil {
		return nil, err
	}
	return m, d.look(ctx, book, me, m.Case, "", "来件")
}

// hiddenMailRow is the line of a mail for those who may not read it.
func (d *Desk) hiddenMailRow(book *casebook.Book, m *inbox.Message) MessageRow {
	row := MessageRow{ID: m.ID, From: view.HiddenName, Subject: view.HiddenName, Date: stamp(m.Received.Date), State: m.State}
	if c, err := book.Row(m.Case); m.Case != "" && err == nil {
		row.Case = c.Number
	}
	return row
}
