// Package mailboxtest holds the servers that the tests of fetching mail run
// against: a scripted one that misbehaves on purpose, and a private Dovecot.
// It is imported by tests only.
package mailboxtest

import (
	"bufio"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Script is an IMAP server of plain habits whose answers a test may replace.
type Script struct {
	Addr  string
	Mails map[uint32]string // by UID

	UIDValidity uint32
	Caps        string
	// Before sees every command line without its tag; true: it answered itself.
	Before func(c *Conn, tag, command string) bool
	// Greeting replaces the first line.
	Greeting string

	mu       sync.Mutex
	commands []string
	conns    int
}

// Conn is one connection.
type Conn struct {
	net.Conn
	Number int // of this connection, from 1
	s      *Script
}

// Say sends lines; each gets its line end.
func (c *Conn) Say(format string, args ...any) {
	fmt.Fprintf(c.Conn, format+"\r\n", args...)
}

// Serve starts the server for one test.
func (s *Script) Serve(t testing.TB) *Script {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	s.Addr = l.Addr().String()
	if s.Caps == "" {
		s.Caps = "IMAP4rev1 ID"
	}
	if s.UIDValidity == 0 {
		s.UIDValidity = 7
	}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.conns++
			c := &Conn{conn, s.conns, s}
			s.mu.Unlock()
			go c.serve()
		}
	}()
	return s
}

// Commands gives the command lines that came, without tags and passwords.
func (s *Script) Commands() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.commands)
}

// Conns counts the connections.
func (s *Script) Conns() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conns
}

func (c *Conn) serve() {
	defer c.Close()
	if c.s.Greeting != "" {
		c.Say("%s", c.s.Greeting)
	} else {
		c.Say("* OK ready")
	}
	in := bufio.NewScanner(c.Conn)
	for in.Scan() {
		tag, command, ok := strings.Cut(in.Text(), " ")
		if !ok {
			return
		}
		c.s.mu.Lock()
		shown := command
		if strings.HasPrefix(command, "LOGIN") {
			shown = "LOGIN"
		}
		c.s.commands = append(c.s.commands, shown)
		c.s.mu.Unlock()
		if c.s.Before != nil && c.s.Before(c, tag, command) {
			continue
		}
		if !c.Answer(tag, command) {
			return
		}
	}
}

// Answer gives the plain answer to a command; false ends the connection.
func (c *Conn) Answer(tag, command string) bool {
	switch word := strings.Fields(command); {
	case word[0] == "CAPABILITY":
		c.Say("* CAPABILITY %s", c.s.Caps)
	case word[0] == "ID":
		c.Say(`* ID ("name" "script")`)
	case word[0] == "EXAMINE":
		c.Say("* FLAGS (\\Seen)\r\n* %d EXISTS\r\n* OK [UIDVALIDITY %d] ok", len(c.s.Mails), c.s.UIDValidity)
		c.Say("%s OK [READ-ONLY] done", tag)
		return true
	case word[0] == "UID" && word[1] == "SEARCH":
		c.Say("* SEARCH%s", c.s.list(c.s.matching(searched(word[2:])), false))
	case word[0] == "SEARCH":
		c.Say("* SEARCH%s", c.s.list(c.s.matching(searched(word[1:])), true))
	case word[0] == "FETCH" || word[0] == "UID" && word[1] == "FETCH":
		uids, _ := c.s.Asked(command)
		for _, uid := range uids {
			c.Mail(uid)
		}
	case word[0] == "LOGOUT":
		c.Say("* BYE\r\n%s OK bye", tag)
		return false
	}
	c.Say("%s OK done", tag)
	return true
}

// Asked gives the UIDs that a FETCH command asks for, by UID or by number.
func (s *Script) Asked(command string) ([]uint32, bool) {
	word := strings.Fields(command)
	switch {
	case word[0] == "UID" && word[1] == "FETCH":
		return s.matching(word[2]), true
	case word[0] != "FETCH":
		return nil, false
	}
	var out []uint32
	uids := s.uids()
	for i, uid := range uids {
		if within(word[1], uint32(i+1), uint32(len(uids))) {
			out = append(out, uid)
		}
	}
	return out, true
}

// searched gives the UID set of a SEARCH.
func searched(words []string) string {
	for i, w := range words {
		if w == "UID" && i+1 < len(words) {
			return words[i+1]
		}
	}
	return "1:*"
}

// Mail sends the mail in the good order.
func (c *Conn) Mail(uid uint32) {
	m := c.s.Mails[uid]
	c.Say("* %d FETCH (UID %d BODY[] {%d}\r\n%s)", c.s.Sequence(uid), uid, len(m), m)
}

// Sequence is the sequence number of a mail.
func (s *Script) Sequence(uid uint32) int {
	i, _ := slices.BinarySearch(s.uids(), uid)
	return i + 1
}

func (s *Script) uids() []uint32 {
	var out []uint32
	for uid := range s.Mails {
		out = append(out, uid)
	}
	slices.Sort(out)
	return out
}

func (s *Script) matching(set string) []uint32 {
	var out []uint32
	all := s.uids()
	for _, uid := range all {
		if within(set, uid, all[len(all)-1]) {
			out = append(out, uid)
		}
	}
	return out
}

func (s *Script) list(uids []uint32, sequence bool) string {
	var b strings.Builder
	for _, uid := range uids {
		n := int(uid)
		if sequence {
			n = s.Sequence(uid)
		}
		fmt.Fprintf(&b, " %d", n)
	}
	return b.String()
}

// within reads an IMAP number set; "*" is the last number.
func within(set string, n, last uint32) bool {
	number := func(s string) uint32 {
		if s == "*" {
			return last
		}
		v, _ := strconv.ParseUint(s, 10, 32)
		return uint32(v)
	}
	for _, part := range strings.Split(set, ",") {
		from, to, ranged := strings.Cut(part, ":")
		a, b := number(from), number(from)
		if ranged {
			b = number(to)
		}
		if a > b {
			a, b = b, a
		}
		if n >= a && n <= b {
			return true
		}
	}
	return false
}
