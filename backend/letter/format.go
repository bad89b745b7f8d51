package letter

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// text is a compiled template text: literals and placeholders in turn.
type text []segment

type segment struct {
	lit     string
	path    string
	formats []format
}

type format struct{ name, arg string }

// Blank is printed where a mandatory value is absent.
const Blank = "____"

const maxFormats = 4

// compile reads the {path|format} placeholders of s.
func compile(s string) (text, error) {
	var out text
	for s != "" {
		open := strings.IndexAny(s, "{}")
		if open < 0 {
			return append(out, segment{lit: s}), nil
		}
		end := strings.IndexAny(s[open+1:], "{}")
		if s[open] == '}' || end < 0 || s[open+1+end] == '{' {
			return nil, fmt.Errorf("花括号不成对：%s", s)
		}
		if open > 0 {
			out = append(out, segment{lit: s[:open]})
		}
		seg, err := placeholder(s[open+1 : open+1+end])
		if err != nil {
			return nil, err
		}
		out = append(out, seg)
		s = s[open+end+2:]
	}
	return out, nil
}

func placeholder(s string) (segment, error) {
	parts := strings.Split(s, "|")
	seg := segment{path: parts[0]}
	if !validPath(seg.path) {
		return seg, fmt.Errorf("字段名不合规则：{%s}", s)
	}
	if len(parts) > maxFormats+1 {
		return seg, fmt.Errorf("格式太多：{%s}", s)
	}
	for _, p := range parts[1:] {
		name, arg, _ := strings.Cut(p, ":")
		if !knownFormat(name) {
			return seg, fmt.Errorf("没有这种格式：{%s}", s)
		}
		seg.formats = append(seg.formats, format{name, arg})
	}
	return seg, nil
}

func knownFormat(name string) bool {
	switch name {
	case "date", "datetime", "money", "han-number", "mask-id", "mask-phone", "join", "before", "after", "default":
		return true
	}
	return false
}

// paths are the fields a text prints.
func (t text) paths() []string {
	var out []string
	for _, s := range t {
		if s.path != "" {
			out = append(out, s.path)
		}
	}
	return out
}

// literal is the text that stands in the template itself, affixes included:
// what the lint of E3 rule 3 looks at.
func (t text) literal() string {
	var b strings.Builder
	for _, s := range t {
		b.WriteString(s.lit)
		for _, f := range s.formats {
			b.WriteString(f.arg)
		}
	}
	return b.String()
}

// fill writes the text with the values of the scope; blank tells which absent
// fields print as ____.
func (t text) fill(s scope, blank func(path string) bool) string {
	if len(t) == 1 && t[0].path == "" {
		return t[0].lit
	}
	var b strings.Builder
	for _, seg := range t {
		if seg.path == "" {
			b.WriteString(seg.lit)
			continue
		}
		out := render(s.get(seg.path), seg.formats, s.index)
		if out == "" && blank(seg.path) {
			out = Blank
		}
		b.WriteString(out)
	}
	return b.String()
}

// render applies the formats in turn. A value that does not fit a format is
// printed as it is: a wrong-looking date is seen, an empty one is not.
func render(v any, formats []format, index int) string {
	if isEmpty(v) {
		for _, f := range formats {
			if f.name == "default" && f.arg == "#" {
				return strconv.Itoa(index)
			}
			if f.name == "default" {
				return f.arg
			}
		}
		return ""
	}
	out := plain(v)
	for _, f := range formats {
		switch f.name {
		case "date":
			if t, ok := moment(v); ok {
				out = chineseDate(t)
			}
		case "datetime":
			if t, ok := moment(v); ok {
				out = chineseDate(t) + t.Format("15时04分")
			}
		case "money":
			out = money(out)
		case "han-number":
			if n, err := strconv.Atoi(out); err == nil && n >= 0 && n < 10000 {
				out = HanNumber(n)
			}
		case "mask-id":
			out = mask(out, 6, 4)
		case "mask-phone":
			out = mask(out, 3, 4)
		case "join":
			out = strings.Join(texts(v), f.arg)
		case "before":
			out = f.arg + out
		case "after":
			out += f.arg
		}
	}
	return out
}

// china is the one time zone of the trade; a fixed zone needs no zone files.
var china = time.FixedZone("CST", 8*60*60)

// moment reads a date or time as officers and acts write it.
func moment(v any) (time.Time, bool) {
	switch x := v.(type) {
	case time.Time:
		return x.In(china), true
	case string:
		if t, err := time.Parse(time.RFC3339, x); err == nil {
			return t.In(china), true
		}
		for _, layout := range []string{"2006-01-02", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15:04:05"} {
			if t, err := time.ParseInLocation(layout, x, china); err == nil {
				return t, true
			}
		}
	}
	return time.Time{}, false
}

func chineseDate(t time.Time) string {
	t = t.In(china)
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}

// money prints yuan with two decimals and thousands: 1,234.50元. Whole fen
// are counted, so no half fen is lost in the printing.
func money(as string) string {
	f, err := strconv.ParseFloat(as, 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) > 1e13 {
		return as
	}
	fen := int64(math.Round(f * 100))
	sign := ""
	if fen < 0 {
		sign, fen = "-", -fen
	}
	digits := strconv.FormatInt(fen/100, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return fmt.Sprintf("%s%s.%02d元", sign, digits, fen%100)
}

// mask keeps head and tail characters; what is too short is hidden whole.
func mask(s string, head, tail int) string {
	r := []rune(s)
	if len(r) < head+tail+2 {
		return strings.Repeat("*", len(r))
	}
	for i := head; i < len(r)-tail; i++ {
		r[i] = '*'
	}
	return string(r)
}

// HanNumber writes 0 to 9999 in hanzi: 十, 六十, 一百零五.
func HanNumber(n int) string {
	const digits = "零一二三四五六七八九"
	digit := func(d int) string { return string([]rune(digits)[d]) }
	if n == 0 {
		return digit(0)
	}
	var b strings.Builder
	gap := false
	for _, u := range []struct {
		value int
		name  string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / u.value % 10
		if d == 0 {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteString(digit(0))
			gap = false
		}
		if !(u.value == 10 && d == 1 && b.Len() == 0) { // 十五, not 一十五
			b.WriteString(digit(d))
		}
		b.WriteString(u.name)
	}
	return b.String()
}
