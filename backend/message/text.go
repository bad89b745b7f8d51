package message

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

var meta = regexp.MustCompile(`(?i)<meta[^>]{0,300}charset\s*=\s*["']?([A-Za-z0-9_\-]{1,40})`)

func metaCharset(b []byte) string {
	if m := meta.FindSubmatch(b[:min(len(b), 4096)]); m != nil {
		return string(m[1])
	}
	return ""
}

func looksHTML(b []byte) bool {
	head := bytes.ToLower(b[:min(len(b), 2000)])
	return bytes.Contains(head, []byte("<html")) || bytes.Contains(head, []byte("<!doctype html")) || bytes.Contains(head, []byte("<body"))
}

// htmlText makes plain text of HTML: cells are parted by tabs, rows and blocks
// by line ends, quotes marked with ">". It walks tokens and builds no tree, so
// deep nesting costs nothing.
func (p *reader) htmlText(s string) string {
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(1 << 20)
	w := htmlWriter{}
	for n := 0; ; n++ {
		if n == maxTokens || n%1024 == 1023 && p.spent() {
			p.m.warn("html", "邮件的网页正文过于复杂，只读取了前一部分")
			break
		}
		t := z.Next()
		if t == html.ErrorToken {
			break
		}
		switch t {
		case html.TextToken:
			if w.skip == 0 {
				w.text(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			name, _ := z.TagName()
			w.tag(string(name), t == html.EndTagToken, t == html.SelfClosingTagToken)
		}
	}
	return w.out.String()
}

type htmlWriter struct {
	out   strings.Builder
	col   int  // characters in this line
	space bool // a blank is due before the next word
	skip  int  // inside script, style …
	pre   int
	quote int
	cell  bool // a tab is due before the next word
}

func (w *htmlWriter) text(s string) {
	if w.pre > 0 {
		for i, line := range strings.Split(s, "\n") {
			if i > 0 {
				w.newline()
			}
			w.word(strings.TrimRight(line, "\r"))
		}
		return
	}
	s = strings.ReplaceAll(s, "\u00a0", " ")
	if s != "" && strings.TrimLeft(s, " \t\r\n") != s {
		w.space = true
	}
	for i, f := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\t' || r == '\r' || r == '\n' }) {
		if i > 0 {
			w.space = true
		}
		w.word(f)
	}
	if s != "" && strings.TrimRight(s, " \t\r\n") != s {
		w.space = true
	}
}

func (w *htmlWriter) word(s string) {
	if s == "" {
		return
	}
	switch {
	case w.col == 0 && w.quote > 0:
		w.out.WriteString(strings.Repeat("> ", min(w.quote, 5)))
	case w.col > 0 && w.cell:
		w.out.WriteByte('\t')
	case w.col > 0 && w.space:
		w.out.WriteByte(' ')
	}
	w.out.WriteString(s)
	w.col += len(s)
	w.space, w.cell = false, false
}

func (w *htmlWriter) newline() {
	w.out.WriteByte('\n')
	w.col, w.space, w.cell = 0, false, false
}

func (w *htmlWriter) block() {
	if w.col > 0 {
		w.newline()
	}
}

func (w *htmlWriter) tag(name string, end, self bool) {
	step := 1
	if end {
		step = -1
	}
	if self {
		step = 0
	}
	switch name {
	case "script", "style", "head", "title", "noscript", "template":
		w.skip = max(0, w.skip+step)
	case "body":
		w.skip = 0 // a head that was never closed
	case "br":
		w.newline()
	case "td", "th":
		w.cell = w.cell || !end && w.col > 0
	case "blockquote":
		w.block()
		w.quote = max(0, w.quote+step)
	case "pre":
		w.block()
		w.pre = max(0, w.pre+step)
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol":
		w.block()
	case "div", "tr", "li", "hr", "section", "article", "header", "footer", "dt", "dd", "center", "form":
		w.block()
	}
}

// tidy gives every body the same line ends and takes out what cannot be shown.
func tidy(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200b || r == 0xfeff {
			return -1
		}
		return r
	}, s)
	lines := strings.Split(s, "\n")
	out := lines[:0]
	empty := 0
	for _, line := range lines {
		line = strings.TrimRight(line, " \t\u00a0")
		if empty++; line != "" {
			empty = 0
		}
		if empty <= 2 {
			out = append(out, line)
		}
	}
	return strings.Trim(strings.Join(out, "\n"), "\n")
}

// unflow joins the lines that a program broke for width (RFC 3676).
func unflow(s string, delsp bool) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	var out strings.Builder
	for i, line := range lines {
		line = strings.TrimPrefix(line, " ") // space-stuffing
		flows := strings.HasSuffix(line, " ") && line != "-- " && i+1 < len(lines) && !strings.HasPrefix(lines[i+1], ">")
		if flows && delsp {
			line = strings.TrimSuffix(line, " ")
		}
		out.WriteString(line)
		if !flows && i+1 < len(lines) {
			out.WriteByte('\n')
		}
	}
	return out.String()
}
