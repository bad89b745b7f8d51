//go:build unix

package mailbox_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"jiesu/backend/fault"
	"jiesu/backend/mailbox"
	"jiesu/backend/mailbox/mailboxtest"
	"jiesu/backend/mailbox/memserver"
)

// sampleMail makes the n-th mail of a seeded set, with every byte value and
// lines of all lengths. Dovecot stores and sends lines with \r\n.
func sampleMail(n int) []byte {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: sample%d@example.cn\r\nSubject: =?utf-8?B?5qC35pys?= %d\r\nMessage-ID: <%d@example.cn>\r\n\r\n", n, n, n)
	for size := r.IntN(20_000); b.Len() < size; {
		line := make([]byte, r.IntN(200))
		for i := range line {
			line[i] = byte(1 + r.IntN(255))
			if line[i] == '\n' || line[i] == '\r' {
				line[i] = '.'
			}
		}
		b.Write(line)
		b.WriteString("\r\n")
	}
	return b.Bytes()
}

func account(d *mailboxtest.Dovecot) mailbox.Account {
	return mailbox.Account{Server: d.TLS, User: d.User, Password: d.Password, CA: d.CA}
}

func TestDovecotGivesEveryByteAndKeepsEveryFlag(t *testing.T) {
	d := mailboxtest.StartDovecot(t)
	const n = 520
	want := map[string]bool{}
	for i := range n {
		m := sampleMail(i)
		d.Put(t, m)
		sum := sha256.Sum256(m)
		want[hex.EncodeToString(sum[:])] = true
	}
	b := newBox()
	last := 0
	o := mailbox.Options{Progress: func(done, total int) { last = done }}
	start := time.Now()
	r, err := mailbox.Fetch(t.Context(), account(d), b, b, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d mails in %v", r.Fetched, time.Since(start))
	if r.Fetched != n || r.New != n || r.Messages != n || len(r.Failed) > 0 || last != n {
		t.Errorf("report %+v, progress %d", r, last)
	}
	for p, sum := range b.sums {
		own := sha256.Sum256(b.mails[p])
		if !want[sum] || hex.EncodeToString(own[:]) != sum {
			t.Fatalf("UID %d is not byte-identical", p.UID)
		}
		delete(want, sum)
	}
	if len(want) > 0 {
		t.Errorf("%d mails are missing", len(want))
	}
	if seen := d.Seen(t); len(seen) > 0 {
		t.Errorf("%d mails were marked as read", len(seen))
	}
	for _, full := range []bool{false, true} {
		r, err = mailbox.Fetch(t.Context(), account(d), b, b, mailbox.Options{Full: full})
		if err != nil || r.New != 0 || r.Fetched != 0 {
			t.Errorf("again, full %v: %+v, %v", full, r, err)
		}
	}
	d.Put(t, sampleMail(n))
	if r, err = mailbox.Fetch(t.Context(), account(d), b, b, mailbox.Options{}); err != nil || r.Fetched != 1 {
		t.Errorf("one more: %+v, %v", r, err)
	}
}

func TestDovecotStopAndResume(t *testing.T) {
	d := mailboxtest.StartDovecot(t)
	for i := range 60 {
		d.Put(t, sampleMail(i))
	}
	b := newBox()
	ctx, cancel := context.WithCancel(t.Context())
	b.after = func(n int) error {
		if n == 20 {
			cancel()
		}
		return nil
	}
	start := time.Now()
	r, err := mailbox.Fetch(ctx, account(d), b, b, mailbox.Options{})
	if !errors.Is(err, context.Canceled) || r.Fetched < 20 || r.Fetched == 60 || time.Since(start) > 10*time.Second {
		t.Fatalf("cancelled: %+v, %v after %v", r, err, time.Since(start))
	}
	full := errors.New("disk full")
	b.after = func(n int) error {
		if n == 40 {
			return full
		}
		return nil
	}
	if r, err = mailbox.Fetch(t.Context(), account(d), b, b, mailbox.Options{}); !errors.Is(err, full) {
		t.Fatalf("an error of the sink: %+v, %v", r, err)
	}
	b.after = nil
	r, err = mailbox.Fetch(t.Context(), account(d), b, b, mailbox.Options{})
	if err != nil || len(b.mails) != 60 {
		t.Fatalf("resumed: %d mails, %+v, %v", len(b.mails), r, err)
	}
}

func TestDovecotSecurityAndFaults(t *testing.T) {
	d := mailboxtest.StartDovecot(t)
	d.Put(t, sampleMail(1))
	caFile := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(caFile, d.CA, 0o600); err != nil {
		t.Fatal(err)
	}
	noCert := filepath.Join(t.TempDir(), "no.pem")
	if err := os.WriteFile(noCert, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		change func(a *mailbox.Account)
		code   string
	}{
		{"TLS with the certificate at hand", func(a *mailbox.Account) {}, ""},
		{"TLS with a certificate file", func(a *mailbox.Account) { a.CA, a.CAFile = nil, caFile }, ""},
		{"STARTTLS", func(a *mailbox.Account) { a.Server, a.Security = d.Plain, mailbox.StartTLS }, ""},
		{"no TLS, because asked for", func(a *mailbox.Account) { a.Server, a.Security = d.Plain, mailbox.Plain }, ""},
		{"an unknown certificate", func(a *mailbox.Account) { a.CA = nil }, "mail-tls"},
		{"an unknown certificate over STARTTLS", func(a *mailbox.Account) { a.Server, a.Security, a.CA = d.Plain, mailbox.StartTLS, nil }, "mail-tls"},
		{"TLS to the plain port", func(a *mailbox.Account) { a.Server = d.Plain }, "mail-tls"},
		{"a wrong password", func(a *mailbox.Account) { a.Password = "wrong" }, "mail-login"},
		{"no such folder", func(a *mailbox.Account) { a.Folder = "没有的文件夹" }, "mail-folder"},
		{"nobody listens", func(a *mailbox.Account) { a.Server = "127.0.0.1:1" }, "mail-unreachable"},
		{"no address", func(a *mailbox.Account) { a.Server = "" }, "mail-address"},
		{"an odd security", func(a *mailbox.Account) { a.Security = "ssl3" }, "mail-security"},
		{"no such certificate file", func(a *mailbox.Account) { a.CAFile = caFile + "x" }, "mail-ca"},
		{"a certificate file without one", func(a *mailbox.Account) { a.CA, a.CAFile = nil, noCert }, "mail-ca"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := account(d)
			tt.change(&a)
			s, err := mailbox.Check(t.Context(), a)
			if tt.code == "" {
				if err != nil || s.Messages != 1 || s.Folder != "INBOX" {
					t.Fatalf("%+v, %v", s, err)
				}
				return
			}
			if f := fault.Of(err); err == nil || f.Code != tt.code || f.Hint == "" {
				t.Fatalf("fault %+v", err)
			}
		})
	}
}

func TestMemoryServer(t *testing.T) {
	s, err := memserver.Start("office@example.cn", "code", sampleMail(1), sampleMail(2))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Add(sampleMail(3)); err != nil {
		t.Fatal(err)
	}
	a := mailbox.Account{Server: s.Addr, User: "office@example.cn", Password: "code", CA: s.CA}
	b := newBox()
	r, err := mailbox.Fetch(t.Context(), a, b, b, mailbox.Options{})
	if err != nil || r.Fetched != 3 {
		t.Fatalf("%+v, %v", r, err)
	}
	for uid, m := range b.byUID() {
		if m != string(sampleMail(int(uid))) {
			t.Errorf("mail %d differs", uid)
		}
	}
	a.CA = nil
	if _, err := mailbox.Check(t.Context(), a); fault.Of(err).Code != "mail-tls" {
		t.Errorf("an unknown certificate: %v", err)
	}
}
