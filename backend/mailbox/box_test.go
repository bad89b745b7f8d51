package mailbox_test

import (
	"context"
	"sync"

	"jiesu/backend/mailbox"
)

// box is a ledger and sink in memory: the two must agree, as in the desk.
type box struct {
	mu    sync.Mutex
	mails map[mailbox.Place][]byte
	sums  map[mailbox.Place]string
	aside []mailbox.Entry
	after func(n int) error // called after the n-th mail
}

func newBox() *box {
	return &box{mails: map[mailbox.Place][]byte{}, sums: map[mailbox.Place]string{}}
}

func (b *box) Known(_ context.Context, p mailbox.Place) (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range b.aside {
		if e.Place == p {
			return true, nil
		}
	}
	_, ok := b.mails[p]
	return ok, nil
}

func (b *box) Highest(_ context.Context, account, folder string, validity uint32) (uint32, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var top uint32
	for p := range b.mails {
		if p.Account == account && p.Folder == folder && p.UIDValidity == validity {
			top = max(top, p.UID)
		}
	}
	return top, nil
}

func (b *box) Store(_ context.Context, m mailbox.Mail) error {
	b.mu.Lock()
	b.mails[m.Place] = m.Bytes
	b.sums[m.Place] = m.SHA256
	n := len(b.mails)
	b.mu.Unlock()
	if b.after != nil {
		return b.after(n)
	}
	return nil
}

func (b *box) SetAside(_ context.Context, e mailbox.Entry) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.aside = append(b.aside, e)
	return nil
}

// byUID gives the mails by UID.
func (b *box) byUID() map[uint32]string {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := map[uint32]string{}
	for p, m := range b.mails {
		out[p.UID] = string(m)
	}
	return out
}
