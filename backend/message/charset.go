package message

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// Names of the charsets that get a treatment of their own.
const (
	csUTF8   = "utf-8"
	csGB     = "gb18030" // stands for GB2312 and GBK too, it contains both
	csBig5   = "big5"
	csHZ     = "hz-gb-2312"
	csLatin  = "windows-1252" // stands for ISO-8859-1 too
	csSJIS   = "shift_jis"
	csEUCKR  = "euc-kr"
	csISO2JP = "iso-2022-jp"
)

// candidates are the charsets that undeclared bytes may be in.
var candidates = []string{csGB, csBig5, csLatin, csSJIS, csEUCKR}

// canonical gives the name that a declared charset goes by, "" for none and
// for names that declare nothing.
func canonical(name string) string {
	name = strings.ToLower(strings.Trim(name, " \t\r\n\"'=;"))
	if i := strings.IndexByte(name, '*'); i > 0 {
		name = name[:i] // RFC 2231 5: a language
	}
	switch name {
	case "", "us-ascii", "ascii", "default", "unknown", "unknown-8bit", "x-unknown", "binary", "8bit", "7bit":
		return ""
	case "utf-8", "utf8", "utf8mb4", "unicode-1-1-utf-8", "utf_8":
		return csUTF8
	case "gb2312", "gbk", "cp936", "ms936", "x-gbk", "gb_2312-80", "gb-2312", "euc-cn", "gb18030", "gb18030-2000", "chinese", "936", "windows-936":
		return csGB
	case "big5", "big5-hkscs", "cp950", "x-x-big5", "big-5", "x-big5":
		return csBig5
	case "hz", csHZ:
		return csHZ
	case "iso-8859-1", "latin1", "cp1252", csLatin:
		return csLatin
	case "ks_c_5601-1987", "cp949", csEUCKR:
		return csEUCKR
	case "cp932", "ms932", "sjis", "x-sjis", "windows-31j", csSJIS:
		return csSJIS
	}
	return name
}

// encodingOf gives the decoder of a canonical name, nil for UTF-8 and for
// names nobody knows.
func encodingOf(name string) encoding.Encoding {
	switch name {
	case "", csUTF8:
		return nil
	case csGB:
		return simplifiedchinese.GB18030
	case csHZ:
		return simplifiedchinese.HZGB2312
	case csBig5:
		return traditionalchinese.Big5
	case csLatin:
		return charmap.Windows1252
	case csSJIS:
		return japanese.ShiftJIS
	case csEUCKR:
		return korean.EUCKR
	}
	if e, err := htmlindex.Get(name); err == nil {
		return e
	}
	if e, err := ianaindex.MIME.Encoding(name); err == nil {
		return e
	}
	return nil
}

func decodeAs(b []byte, name string) string {
	e := encodingOf(name)
	if e == nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(out)
}

// text decodes b, which declares a charset. A declaration that does not fit
// the bytes is put right.
func (p *reader) text(b []byte, declared string) string {
	name := canonical(declared)
	switch {
	case name == csHZ || strings.HasPrefix(name, "iso-2022") || strings.HasPrefix(name, "utf-16") || strings.HasPrefix(name, "utf-32"):
		if !wide(name) || !plainASCII(b) {
			return decodeAs(b, name)
		}
		return string(b)
	case plainASCII(b):
		return string(b)
	case bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")):
		return decodeAs(b, "utf-16")
	case name == csUTF8 && mostlyUTF8(b):
		return strings.ToValidUTF8(string(b), "\uFFFD")
	case name == csUTF8:
		p.misdeclared()
		return p.undeclared(b)
	case name == "" || encodingOf(name) == nil:
		return p.undeclared(b)
	}
	s := decodeAs(b, name)
	if utf8.Valid(b) && plausible(string(b), csUTF8) > plausible(s, name) {
		p.misdeclared()
		return string(b)
	}
	if name == csLatin || doubtful(s, name) {
		if t := p.undeclared(b); t != s {
			p.misdeclared()
			return t
		}
	}
	return s
}

func (p *reader) misdeclared() {
	p.m.warn("charset", "邮件声明的字符编码与内容不符，已按内容识别")
}

// undeclared decodes bytes of which nothing is known but the mail they are in.
// Valid UTF-8 alone proves nothing: some short GBK names are valid UTF-8.
func (p *reader) undeclared(b []byte) string {
	if utf8.Valid(b) {
		s := string(b)
		if p.charset == "" || p.charset == csUTF8 || plausible(s, csUTF8) >= 1 {
			return s
		}
		if t := decodeAs(b, p.charset); plausible(t, p.charset) > plausible(s, csUTF8) {
			return t
		}
		return s
	}
	if p.charset != "" && p.charset != csUTF8 {
		if s := decodeAs(b, p.charset); !strings.ContainsRune(s, '\uFFFD') {
			return s
		}
	}
	return decodeAs(b, guess(b))
}

// wide reports charsets in which ASCII letters are two or four bytes.
func wide(name string) bool { return strings.HasPrefix(name, "utf-") }

// mostlyUTF8 bears a text cut inside a character or with a few bad bytes.
func mostlyUTF8(b []byte) bool {
	bad, all := 0, 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			bad++
		}
		if r >= utf8.RuneSelf {
			all++
		}
		b = b[n:]
	}
	return bad*10 <= all
}

// doubtful reports a decoded text that hardly anyone wrote.
func doubtful(s, name string) bool {
	return strings.Count(s, "\uFFFD")*20 > utf8.RuneCountInString(s) ||
		(name == csGB || name == csBig5) && plausible(s, name) < 1
}

// plainASCII reports bytes without anything to decode.
func plainASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf || c == 0 {
			return false
		}
	}
	return true
}
