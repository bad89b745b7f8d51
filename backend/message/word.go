package message

import (
	"bytes"
	"strings"
)

// word is one encoded word of RFC 2047.
type word struct {
	charset string
	base64  bool
	text    []byte
}

// raw makes a header value valid UTF-8 without touching its encoded words,
// which are ASCII. All structure is read after that: the second byte of a GBK
// character may be a backslash.
func (p *reader) raw(v []byte) string {
	v = unfold(v)
	if plainASCII(v) {
		return string(v)
	}
	return p.undeclared(v)
}

// header decodes a header value to text.
func (p *reader) header(v []byte) string { return clean(p.decodeWords(p.raw(v))) }

// decodeWords decodes the encoded words in s. Neighbours in one charset are
// joined before decoding, for many programs cut inside a character.
func (p *reader) decodeWords(s string) string {
	if !strings.Contains(s, "=?") {
		return s
	}
	var out strings.Builder
	var run []word
	flush := func() {
		if len(run) > 0 {
			out.WriteString(p.text(joinWords(run), run[0].charset))
			run = run[:0]
		}
	}
	for s != "" {
		i := strings.Index(s, "=?")
		if i < 0 {
			break
		}
		w, n, ok := cutWord(s[i:])
		if !ok || !p.mayDecode() {
			flush()
			out.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		if gap := s[:i]; strings.TrimSpace(gap) != "" || len(run) == 0 && gap != "" {
			flush()
			out.WriteString(gap)
		}
		if len(run) > 0 && run[0].charset != w.charset {
			flush()
		}
		run = append(run, w)
		s = s[i+n:]
	}
	flush()
	out.WriteString(s)
	return out.String()
}

// mayDecode counts an encoded word.
func (p *reader) mayDecode() bool {
	if p.words >= maxWords {
		p.m.warn("words", "邮件头中的编码词超过 1000 个，其余未解码")
		return false
	}
	p.words++
	return true
}

// cutWord reads the encoded word at the start of s and gives its length.
func cutWord(s string) (w word, n int, ok bool) {
	head := s[2:min(len(s), 64)]
	i := strings.IndexByte(head, '?')
	if i <= 0 || len(head) < i+3 || head[i+2] != '?' || strings.ContainsAny(head[:i], " \t<>@") {
		return w, 0, false
	}
	start := 2 + i + 3
	end := strings.Index(s[start:], "?=")
	if end < 0 {
		return w, 0, false
	}
	w.charset = canonical(head[:i])
	w.text = []byte(s[start : start+end])
	switch head[i+1] {
	case 'b', 'B':
		w.base64 = true
	case 'q', 'Q':
	default:
		return w, 0, false
	}
	return w, start + end + 2, true
}

// joinWords gives the bytes of neighbouring words. Base64 that was cut without
// padding goes on in the next word.
func joinWords(run []word) []byte {
	var out, pending []byte
	for _, w := range run {
		if !w.base64 {
			out = append(append(out, decodeBase64(pending)...), decodeQuoted(w.text, true)...)
			pending = nil
			continue
		}
		pending = append(pending, w.text...)
		if len(pending)%4 == 0 || bytes.HasSuffix(pending, []byte("=")) {
			out = append(out, decodeBase64(pending)...)
			pending = nil
		}
	}
	return append(out, decodeBase64(pending)...)
}

// clean takes out what has no place in one line of text: control characters
// and the marks that turn the writing direction, which disguise file names.
// What is longer than any line of text is cut.
func clean(s string) string {
	if len(s) > maxLine {
		r := []rune(s)
		s = string(r[:min(len(r), maxLine)])
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case r < ' ' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0xfeff:
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}
