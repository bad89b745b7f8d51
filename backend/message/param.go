package message

import (
	"bytes"
	"sort"
	"strconv"
	"strings"
)

// value is a header value with parameters: Content-Type and its like.
type value struct {
	main   string // lower case
	params map[string]string
}

// segment is one piece of a parameter in pieces (RFC 2231 3).
type segment struct {
	n       int
	percent bool
	text    string
}

// parameters reads a value with parameters, by RFC 2231 or by whatever the
// sending program thought: raw GBK, encoded words, missing quotes.
func (p *reader) parameters(v []byte) value {
	parts := splitOutsideQuotes(p.raw(v), ';', maxParams+1)
	if len(parts) > maxParams+1 {
		p.m.warn("params", "邮件头的参数超过 100 个，其余未读取")
		parts = parts[:maxParams+1]
	}
	out := value{params: map[string]string{}}
	out.main = strings.ToLower(strings.Trim(parts[0], " \t\""))
	if i := strings.IndexAny(out.main, " \t("); i > 0 {
		out.main = out.main[:i]
	}
	pieces := map[string][]segment{}
	for _, s := range parts[1:] {
		k, text, ok := strings.Cut(s, "=")
		if !ok {
			continue
		}
		k, text = strings.ToLower(strings.TrimSpace(k)), unquote(text)
		if base, rest, ok := strings.Cut(k, "*"); ok && base != "" {
			number, starred := strings.CutSuffix(rest, "*")
			n, _ := strconv.Atoi(number)
			pieces[base] = append(pieces[base], segment{n, starred || rest == "", text})
		} else if _, seen := out.params[k]; !seen {
			out.params[k] = p.decodeWords(text)
		}
	}
	for k, segments := range pieces {
		out.params[k] = p.joinSegments(segments)
	}
	return out
}

func (p *reader) joinSegments(segments []segment) string {
	sort.SliceStable(segments, func(i, j int) bool { return segments[i].n < segments[j].n })
	charset := ""
	var raw []byte
	for i, s := range segments {
		text := s.text
		if i == 0 && s.percent {
			if fields := strings.SplitN(text, "'", 3); len(fields) == 3 {
				charset, text = fields[0], fields[2]
			}
		}
		if s.percent || charset != "" {
			raw = append(raw, decodePercent([]byte(text))...)
		} else {
			raw = append(raw, text...)
		}
	}
	if bytes.Contains(raw, []byte("=?")) {
		return p.decodeWords(string(raw))
	}
	return p.text(raw, charset)
}

// unquote takes the quotes off a quoted string (RFC 5322 3.2.4). A backslash
// before anything but a quote or a backslash is a part of a Windows path.
func unquote(s string) string {
	s = strings.TrimSpace(s)
	if !strings.HasPrefix(s, `"`) {
		return s
	}
	s = s[1:]
	if i := strings.LastIndexByte(s, '"'); i >= 0 {
		s = s[:i]
	}
	return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(s)
}

// splitOutsideQuotes splits at sep, into at most limit pieces and the rest.
func splitOutsideQuotes(s string, sep byte, limit int) []string {
	var out []string
	quoted, start := false, 0
	for i := 0; i < len(s) && len(out) < limit; i++ {
		switch c := s[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == sep && !quoted:
			out = append(out, s[start:i])
			start = i + 1
		}
	}
	return append(out, s[start:])
}
