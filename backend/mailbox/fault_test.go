package mailbox_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jiesu/backend/fault"
	"jiesu/backend/mailbox"
	"jiesu/backend/mailbox/mailboxtest"
)

// nine mails with gaps between the UIDs.
func nineMails() map[uint32]string {
	out := map[uint32]string{}
	for i := range uint32(9) {
		out[3+i*2] = fmt.Sprintf("Subject: sample %d\r\n\r\n%s\r\n", i, strings.Repeat("x", int(i)*300))
	}
	return out
}

func scripted(s *mailboxtest.Script) mailbox.Account {
	return mailbox.Account{
		Server: s.Addr, User: "u", Password: "p", Security: mailbox.Plain,
		Idle: 400 * time.Millisecond, Backoff: 5 * time.Millisecond, Retries: 3,
	}
}

// once does something on the first command that starts so.
func once(prefix string, do func(c *mailboxtest.Conn, tag, command string)) func(*mailboxtest.Conn, string, string) bool {
	var used atomic.Bool
	return func(c *mailboxtest.Conn, tag, command string) bool {
		if strings.HasPrefix(command, prefix) && used.CompareAndSwap(false, true) {
			do(c, tag, command)
			return true
		}
		return false
	}
}

// serverFaults are what servers were seen doing to mails.
var serverFaults = []struct {
	name   string
	before func(s *mailboxtest.Script) func(c *mailboxtest.Conn, tag, command string) bool
	failed int // mails that must be named
	aside  int
}{
	{name: "a good server", before: nil},
	{name: "the UID comes after the body", before: func(s *mailboxtest.Script) func(*mailboxtest.Conn, string, string) bool {
		return eachMail(s, func(c *mailboxtest.Conn, uid uint32, m string) {
			c.Say("* %d FETCH (BODY[] {%d}\r\n%s UID %d)", s.Sequence(uid), len(m), m, uid)
		})
	}},
	{name: "the UID never comes", before: func(s *mailboxtest.Script) func(*mailboxtest.Conn, string, string) bool {
		return eachMail(s, func(c *mailboxtest.Conn, uid uint32, m string) {
			c.Say("* %d FETCH (BODY[] {%d}\r\n%s)", s.Sequence(uid), len(m), m)
		})
	}},
	{name: "flags are told before the mail", before: func(s *mailboxtest.Script) func(*mailboxtest.Conn, string, string) bool {
		return once("UID FETCH", func(c *mailboxtest.Conn, tag, command string) {
			c.Say("* 3 FETCH (UID 7 FLAGS (\\Seen))")
			c.Answer(tag, command)
		})
	}},
	{name: "the line is cut inside a mail", before: func(s *mailboxtest.Script) func(*mailboxtest.Conn, string, string) bool {
		return once("UID FETCH", func(c *mailboxtest.Conn, tag, command string) {
			c.Mail(3)
			c.Say("* 2 FETCH (UID 5 BODY[] {5000}\r\nSubj")
			c.Close()
		})
	}},
	{name: "a command is never answered", before: func(s *mailboxtest.Script) func(*mailboxtest.Conn, string, string) bool {
		return once("UID FETCH", func(*mailboxtest.Conn, string, string) {})
	}},
	{name: "a slow but steady line", before: func(s *mailboxtest.Script) func(*mailboxtest.Conn, string, string) bool {
		return once("UID FETCH", func(c *mailboxtest.Conn, tag, command string) {
			m := s.Mails[19]
			fmt.Fprintf(c, "* 9 FETCH (UID 19 BODY[] {%d}\r\n", len(m))
			for i := range 10 {
				from, to := len(m)*i/10, len(m)*(i+1)/10
				fmt.Fprint(c, m[from:to])
				time.Sleep(100 * time.Millisecond)
			}
			c.Say(")")
			c.Answer(tag, command)
		})
	}},
	{name: "an unknown line", before: func(s *mailboxtest.Script) func(*mailboxtest.Conn, string, string) bool {
		return once("UID FETCH", func(c *mailboxtest.Conn, tag, command string) {
			c.Mail(3)
			c.Say("* VANISHED 99")
			c.Answer(tag, command)
		})
	}},
	{name: "an open bracket", before: func(s *mailboxtest.Script) func(*mailboxtest.Conn, string, string) bool {
		return once("UID FETCH", func(c *mailboxtest.Conn, tag, command string) {
			c.Say("* OK [X no bracket")
			c.Answer(tag, command)
		})
	}},
	{name: "one mail always breaks the line", failed: 1, before: func(s *mailboxtest.Script) func(*mailboxtest.Conn, string, string) bool {
		return eachMail(s, func(c *mailboxtest.Conn, uid uint32, m string) {
			if uid == 9 {
				c.Say("* %d FETCH (UID 9 BODY[] {3}\r\n%s)", s.Sequence(uid), m)
				return
			}
			c.Mail(uid)
		})
	}},
	{name: "one mail never comes", failed: 1, before: func(s *mailboxtest.Script) func(*mailboxtest.Conn, string, string) bool {
		return eachMail(s, func(c *mailboxtest.Conn, uid uint32, m string) {
			if uid != 9 {
				c.Mail(uid)
			}
		})
	}},
	{name: "one mail comes as NIL", failed: 1, before: func(s *mailboxtest.Script) func(*mailboxtest.Conn, string, string) bool {
		return eachMail(s, func(c *mailboxtest.Conn, uid uint32, m string) {
			if uid == 9 {
				c.Say("* %d FETCH (UID 9 BODY[] NIL)", s.Sequence(uid))
				return
			}
			c.Mail(uid)
		})
	}},
	{name: "one mail is over the limit", aside: 1, before: func(s *mailboxtest.Script) func(*mailboxtest.Conn, string, string) bool {
		return eachMail(s, func(c *mailboxtest.Conn, uid uint32, m string) {
			if uid == 9 {
				c.Say("* %d FETCH (UID 9 BODY[] {%d}", s.Sequence(uid), mailbox.MaxMail+1)
				fmt.Fprint(c, strings.Repeat("x", 100_000))
				return
			}
			c.Mail(uid)
		})
	}},
	{name: "the server says NO to some fetches", before: func(s *mailboxtest.Script) func(*mailboxtest.Conn, string, string) bool {
		return once("UID FETCH", func(c *mailboxtest.Conn, tag, command string) {
			c.Mail(3)
			c.Say("%s NO busy", tag)
		})
	}},
	{name: "a mail is sent twice and one nobody asked for", before: func(s *mailboxtest.Script) func(*mailboxtest.Conn, string, string) bool {
		return once("UID FETCH", func(c *mailboxtest.Conn, tag, command string) {
			c.Mail(3)
			c.Mail(3)
			c.Say("* 99 FETCH (UID 999 BODY[] {2}\r\nxx)")
			c.Answer(tag, command)
		})
	}},
}

// TestFaultsOfServers: every mail comes in spite of what servers do, or is
// named as not fetched; the others are not harmed by it.
func TestFaultsOfServers(t *testing.T) {
	for _, tt := range serverFaults {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := &mailboxtest.Script{Mails: nineMails()}
			if tt.before != nil {
				s.Before = tt.before(s)
			}
			s.Serve(t)
			b := newBox()
			start := time.Now()
			r, err := mailbox.Fetch(t.Context(), scripted(s), b, b, mailbox.Options{})
			if err != nil {
				t.Fatalf("%v, %+v", err, r)
			}
			if len(r.Failed) != tt.failed || len(r.SetAside) != tt.aside || len(b.aside) != tt.aside {
				t.Errorf("report %+v", r)
			}
			if tt.failed == 1 && (r.Failed[0].UID != 9 || r.Failed[0].Why == "") || tt.aside == 1 && r.SetAside[0].UID != 9 {
				t.Errorf("the wrong mail is named: %+v", r)
			}
			got := b.byUID()
			if len(got) != 9-tt.failed-tt.aside || r.Fetched != len(got) {
				t.Errorf("%d mails, %+v", len(got), r)
			}
			for uid, m := range got {
				if m != s.Mails[uid] {
					t.Errorf("mail %d differs: %d bytes of %d", uid, len(m), len(s.Mails[uid]))
				}
			}
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
			modest(t, s)
		})
	}
}

// eachMail answers every FETCH mail by mail.
func eachMail(s *mailboxtest.Script, say func(c *mailboxtest.Conn, uid uint32, m string)) func(*mailboxtest.Conn, string, string) bool {
	return func(c *mailboxtest.Conn, tag, command string) bool {
		uids, ok := s.Asked(command)
		if !ok {
			return false
		}
		for _, uid := range uids {
			say(c, uid, s.Mails[uid])
		}
		c.Say("%s OK done", tag)
		return true
	}
}

// modest checks that nothing was asked that changes a mailbox or that servers
// answer badly.
func modest(t *testing.T, s *mailboxtest.Script) {
	t.Helper()
	for _, c := range s.Commands() {
		for _, word := range []string{"SELECT", "STORE", "EXPUNGE", "ENVELOPE", "BODYSTRUCTURE", "RFC822", "NAMESPACE", "SINCE", "UNSEEN", "BODY[]"} {
			if strings.Contains(c, word) {
				t.Errorf("it sent %q", c)
			}
		}
	}
}

func TestFaultsBeforeTheFirstMail(t *testing.T) {
	no := func(prefix, answer string) func(*mailboxtest.Conn, string, string) bool {
		return func(c *mailboxtest.Conn, tag, command string) bool {
			if !strings.HasPrefix(command, prefix) {
				return false
			}
			c.Say("%s %s", tag, answer)
			return true
		}
	}
	tests := []struct {
		name   string
		script mailboxtest.Script
		code   string
		hint   string
	}{
		{"login refused, in GBK", mailboxtest.Script{Before: no("LOGIN", "NO \xc7\xeb\xca\xb9\xd3\xc3\xca\xda\xc8\xa8\xc2\xeb\xb5\xc7\xc2\xbc")}, "mail-login", "授权码"},
		{"login not allowed", mailboxtest.Script{Caps: "IMAP4rev1 LOGINDISABLED"}, "mail-login-disabled", "993"},
		{"NetEase without a name", mailboxtest.Script{Before: no("EXAMINE", "NO EXAMINE Unsafe Login. Please contact kefu@188.com for help")}, "mail-unsafe-login", "kefu@188.com"},
		{"no folder", mailboxtest.Script{Before: no("EXAMINE", "NO [NONEXISTENT] no")}, "mail-folder", "INBOX"},
		{"the server hangs up at once", mailboxtest.Script{Greeting: "* BYE too many connections"}, "mail-unreachable", "稍后"},
		{"the server speaks no IMAP", mailboxtest.Script{Greeting: "SSH-2.0-OpenSSH"}, "mail-unreachable", "端口"},
		{"the search is refused", mailboxtest.Script{Before: no("UID SEARCH", "BAD what")}, "mail-answer", ".eml"},
		{"no answer to the search", mailboxtest.Script{Before: func(_ *mailboxtest.Conn, _, command string) bool { return strings.HasPrefix(command, "UID SEARCH") }}, "mail-cut", "中断处"},
		{"no answer to the login", mailboxtest.Script{Before: func(_ *mailboxtest.Conn, _, command string) bool { return strings.HasPrefix(command, "LOGIN") }}, "mail-cut", "中断处"},
	}
	for i := range tests {
		tt := &tests[i]
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.script.Mails = nineMails()
			s := tt.script.Serve(t)
			b := newBox()
			start := time.Now()
			_, err := mailbox.Fetch(t.Context(), scripted(s), b, b, mailbox.Options{})
			f := fault.Of(err)
			if err == nil || f.Code != tt.code || !strings.Contains(f.Hint, tt.hint) {
				t.Errorf("fault %+v", f)
			}
			if d := time.Since(start); d > 8*time.Second {
				t.Errorf("took %v", d)
			}
			if err != nil && (strings.Contains(err.Error(), "\xc7\xeb") || strings.Contains(err.Error(), "Please")) {
				t.Errorf("the server's words are passed on: %q", err)
			}
		})
	}
}

func TestNetEaseOpensAfterTheNameIsGiven(t *testing.T) {
	s := &mailboxtest.Script{Mails: nineMails(), Caps: "IMAP4rev1"} // knows ID but does not say so
	var named atomic.Bool
	s.Before = func(c *mailboxtest.Conn, tag, command string) bool {
		switch {
		case strings.HasPrefix(command, "ID ("):
			named.Store(true)
		case strings.HasPrefix(command, "EXAMINE") && !named.Load():
			c.Say("%s NO Unsafe Login. Please contact kefu@188.com for help", tag)
			return true
		}
		return false
	}
	s.Serve(t)
	status, err := mailbox.Check(t.Context(), scripted(s))
	if err != nil || status.Messages != 9 {
		t.Fatalf("%+v, %v", status, err)
	}
}

func TestTheNameIsGivenRightAfterLogin(t *testing.T) {
	s := (&mailboxtest.Script{Mails: nineMails()}).Serve(t)
	if _, err := mailbox.Check(t.Context(), scripted(s)); err != nil {
		t.Fatal(err)
	}
	all := strings.Join(s.Commands(), "|")
	login, id, examine := strings.Index(all, "LOGIN"), strings.Index(all, "ID ("), strings.Index(all, "EXAMINE")
	if login < 0 || id < login || examine < id || !strings.Contains(all, "jiesu") {
		t.Errorf("commands %s", all)
	}
}

func TestUIDValidity(t *testing.T) {
	s := (&mailboxtest.Script{Mails: nineMails()}).Serve(t)
	b := newBox()
	fetched := func() int {
		r, err := mailbox.Fetch(t.Context(), scripted(s), b, b, mailbox.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return r.Fetched
	}
	if n := fetched(); n != 9 {
		t.Fatalf("%d mails", n)
	}
	if n := fetched(); n != 0 {
		t.Errorf("%d mails again though nothing changed", n)
	}
	s.UIDValidity = 8
	if n := fetched(); n != 9 {
		t.Errorf("%d mails after the folder was made anew", n)
	}
}

func TestUIDValidityZeroTrustsNoUID(t *testing.T) {
	s := &mailboxtest.Script{Mails: nineMails()}
	s.Before = func(c *mailboxtest.Conn, tag, command string) bool {
		if !strings.HasPrefix(command, "EXAMINE") {
			return false
		}
		c.Say("* 9 EXISTS\r\n%s OK done", tag)
		return true
	}
	s.Serve(t)
	b := newBox()
	for range 2 {
		if r, err := mailbox.Fetch(t.Context(), scripted(s), b, b, mailbox.Options{}); err != nil || r.Fetched != 9 {
			t.Fatalf("%+v, %v", r, err)
		}
	}
}

// TestAHoleIsFilledByAFullFetch: a mail that failed lies below the highest
// known UID; only a look at all finds it again.
func TestAHoleIsFilledByAFullFetch(t *testing.T) {
	s := &mailboxtest.Script{Mails: nineMails()}
	var well atomic.Bool
	hide := eachMail(s, func(c *mailboxtest.Conn, uid uint32, m string) {
		if uid != 9 {
			c.Mail(uid)
		}
	})
	s.Before = func(c *mailboxtest.Conn, tag, command string) bool { return !well.Load() && hide(c, tag, command) }
	s.Serve(t)
	b := newBox()
	if r, err := mailbox.Fetch(t.Context(), scripted(s), b, b, mailbox.Options{}); err != nil || len(r.Failed) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	well.Store(true)
	if r, err := mailbox.Fetch(t.Context(), scripted(s), b, b, mailbox.Options{Full: true}); err != nil || r.Fetched != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
}

// TestADyingServerEndsTheRun: what came stays, the rest waits for the next run.
func TestADyingServerEndsTheRun(t *testing.T) {
	s := &mailboxtest.Script{Mails: nineMails()}
	s.Before = func(c *mailboxtest.Conn, tag, command string) bool {
		if c.Number > 1 {
			c.Close()
			return true
		}
		if strings.HasPrefix(command, "UID FETCH") {
			c.Mail(3)
			c.Mail(5) // nothing follows it, so it is not believed
			c.Close()
			return true
		}
		return false
	}
	s.Serve(t)
	b := newBox()
	r, err := mailbox.Fetch(t.Context(), scripted(s), b, b, mailbox.Options{})
	if f := fault.Of(err); err == nil || f.Kind != fault.Retry || r.Fetched != 1 || len(b.mails) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if n := s.Conns(); n > 6 {
		t.Errorf("%d connections", n)
	}
}
