package message

import (
	"bytes"
	"strings"
)

// header is the fields of one header block in their order.
type header []headerField

type headerField struct {
	name  string // lower case
	value []byte // still folded, still encoded
}

// get gives the first value of a field.
func (h header) get(name string) []byte {
	for _, f := range h {
		if f.name == name {
			return f.value
		}
	}
	return nil
}

// splitHeader cuts b into header fields and body. It bears mbox From_ lines,
// junk between fields, a missing blank line and blank lines before the header.
func (p *reader) splitHeader(b []byte) (header, []byte) {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	b = bytes.TrimLeft(b, "\r\n")
	if bytes.HasPrefix(b, []byte("From ")) || bytes.HasPrefix(b, []byte(">From ")) {
		_, b = cutLine(b)
	}
	s := headerScan{b: b}
	for s.pos < len(b) {
		if s.pos > maxHeaderBlock {
			p.m.warn("header-size", "邮件头超过 1 MB，只读取了前一部分")
			return s.fields, afterBlank(b[s.pos:])
		}
		if done := s.line(); done {
			break
		}
	}
	if s.dropped {
		p.m.warn("header-count", "邮件头超过 1000 项，只读取了前一部分")
	}
	return s.fields, b[s.pos:]
}

// headerScan reads a header block line by line. Values are slices of the mail,
// so a field of many lines costs nothing.
type headerScan struct {
	b       []byte
	pos     int // of the next line; of the body when done
	fields  header
	start   int  // of the last field's value
	open    bool // a continuation line belongs to the last field
	junk    int
	dropped bool
}

// line takes one line; done says that the body begins.
func (s *headerScan) line() (done bool) {
	line, rest := cutLine(s.b[s.pos:])
	next := len(s.b) - len(rest)
	switch n := fieldName(line); {
	case len(line) == 0:
		s.pos = next
		return true
	case line[0] == ' ' || line[0] == '\t':
		if blank(line) && !continues(rest) {
			s.pos = next
			return true
		}
		if s.open {
			s.fields[len(s.fields)-1].value = s.b[s.start:min(next, s.start+maxField)]
		}
	case n > 0 && len(s.fields) >= maxHeaders:
		s.open, s.dropped = false, true
	case n > 0:
		name := strings.ToLower(strings.TrimRight(string(line[:n]), " \t"))
		s.start, s.open = s.pos+n+1, true
		s.fields = append(s.fields, headerField{name, s.b[s.start:min(next, s.start+maxField)]})
	default:
		s.junk++
		if s.junk > maxJunk || !headerAhead(rest) {
			return true // the blank line is missing
		}
		s.open = false
	}
	s.pos = next
	return false
}

func cutLine(b []byte) (line, rest []byte) {
	i := bytes.IndexByte(b, '\n')
	if i < 0 {
		return bytes.TrimSuffix(b, []byte("\r")), nil
	}
	return bytes.TrimSuffix(b[:i], []byte("\r")), b[i+1:]
}

// fieldName gives the length of the field name that line starts with, 0 if it
// is no header field (RFC 5322 2.2; blanks before the colon are borne).
func fieldName(line []byte) int {
	for i, c := range line {
		switch {
		case c == ':':
			return i
		case c == ' ' || c == '\t':
			rest := bytes.TrimLeft(line[i:], " \t")
			if i > 0 && len(rest) > 0 && rest[0] == ':' {
				return len(line) - len(rest)
			}
			return 0
		case c <= ' ' || c >= 0x7f:
			return 0
		}
	}
	return 0
}

// continues reports that the header goes on after a line of blanks only.
func continues(rest []byte) bool {
	line, _ := cutLine(rest)
	return len(line) > 0 && (line[0] == ' ' || line[0] == '\t' || fieldName(line) > 0)
}

// headerAhead reports that a well-known field follows before the next blank
// line, so that a line of junk does not cut the header short.
func headerAhead(b []byte) bool {
	for range 60 {
		var line []byte
		line, b = cutLine(b)
		if len(line) == 0 {
			return false
		}
		if n := fieldName(line); n > 0 && wellKnown(strings.ToLower(string(line[:n]))) {
			return true
		}
	}
	return false
}

func wellKnown(name string) bool {
	switch name = strings.TrimSpace(name); name {
	case "subject", "from", "to", "cc", "date", "message-id", "mime-version", "received", "return-path", "reply-to":
		return true
	}
	return strings.HasPrefix(name, "content-") || strings.HasPrefix(name, "x-")
}

func afterBlank(b []byte) []byte {
	i, j := bytes.Index(b, []byte("\n\n")), bytes.Index(b, []byte("\r\n\r\n"))
	switch {
	case j >= 0 && (i < 0 || j < i):
		return b[j+4:]
	case i >= 0:
		return b[i+2:]
	}
	return nil
}

func blank(b []byte) bool { return len(bytes.TrimSpace(b)) == 0 }

// unfold joins the lines of a folded value (RFC 5322 2.2.3).
func unfold(v []byte) []byte {
	if bytes.IndexByte(v, '\n') >= 0 || bytes.IndexByte(v, '\r') >= 0 {
		v = bytes.ReplaceAll(bytes.ReplaceAll(v, []byte("\r"), nil), []byte("\n"), nil)
	}
	return bytes.TrimSpace(v)
}
