package letter

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Values is the tree of merge values: strings, numbers, bools, time.Time, lists
// and maps, reached by dotted path ("complainant.name").
type Values map[string]any

// pathForm allows "a.b_c", ".name", "." and "#"; [] only in mandatory fields.
var pathForm = regexp.MustCompile(`^(#|\.|\.?[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*){0,5})$`)

func validPath(p string) bool { return len(p) <= 120 && pathForm.MatchString(p) }

// Get finds a value by dotted path, nil if there is none.
func (v Values) Get(path string) any {
	var cur any = v
	for path != "" {
		key, rest, _ := strings.Cut(path, ".")
		m := asMap(cur)
		if m == nil {
			return nil
		}
		cur, path = m[key], rest
	}
	return cur
}

// scope is what a placeholder sees: all values and, inside "each", one item.
type scope struct {
	values Values
	item   any
	index  int // 1-based; 0 outside "each"
}

func (s scope) get(path string) any {
	switch {
	case path == "#":
		return s.index
	case path == ".":
		if m := asMap(s.item); m != nil {
			return m["text"]
		}
		return s.item
	case strings.HasPrefix(path, "."):
		if m := asMap(s.item); m != nil {
			return Values(m).Get(path[1:])
		}
		if s.item == Blank { // the one item of an absent list
			return Blank
		}
		return nil
	}
	return s.values.Get(path)
}

func asMap(v any) map[string]any {
	switch m := v.(type) {
	case map[string]any:
		return m
	case Values:
		return m
	}
	return nil
}

// asList gives any list value as []any; a single value is a list of one.
func asList(v any) []any {
	switch l := v.(type) {
	case nil:
		return nil
	case []any:
		return l
	case []string:
		return wrap(l)
	case []Values:
		return wrap(l)
	case []map[string]any:
		return wrap(l)
	}
	if isEmpty(v) {
		return nil
	}
	return []any{v}
}

func wrap[T any](l []T) []any {
	out := make([]any, len(l))
	for i, x := range l {
		out[i] = x
	}
	return out
}

func isEmpty(v any) bool {
	switch x := v.(type) {
	case nil:
		return true
	case string:
		return strings.TrimSpace(x) == ""
	case time.Time:
		return x.IsZero()
	case map[string]any:
		return len(x) == 0
	case Values:
		return len(x) == 0
	case []any:
		return len(x) == 0
	case []string:
		return len(x) == 0
	case []Values:
		return len(x) == 0
	case []map[string]any:
		return len(x) == 0
	}
	return false
}

// texts is the value as the list of its plain texts.
func texts(v any) []string {
	var out []string
	for _, x := range asList(v) {
		out = append(out, plain(x))
	}
	return out
}

// chosen are the texts of a value, and of a choice also its id and its label:
// what guards and ticks compare with.
func chosen(v any) []string {
	out := texts(v)
	for _, x := range asList(v) {
		m := asMap(x)
		for _, key := range []string{"id", "label"} {
			if s, ok := m[key].(string); ok && m["text"] != nil {
				out = append(out, s)
			}
		}
	}
	return out
}

// plain is one value as cleaned text.
func plain(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return Clean(x)
	case bool:
		if x {
			return "是"
		}
		return "否"
	case int:
		return strconv.Itoa(x)
	case int64:
		return strconv.FormatInt(x, 10)
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case time.Time:
		return chineseDate(x)
	case fmt.Stringer:
		return Clean(x.String())
	}
	if m := asMap(v); m != nil {
		return plain(m["text"])
	}
	if l := asList(v); len(l) > 0 {
		return strings.Join(texts(v), "、")
	}
	return ""
}

// Clean makes text from outside safe to print: line ends become \n, tabs a
// space, and characters that would not be seen on paper but change what is
// (controls, direction marks, zero-width, emoji selectors) go.
func Clean(s string) string {
	if !strings.ContainsFunc(s, unseen) {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\r', r == '\u2028', r == '\u2029', r == '\v', r == '\f', r == '\u0085':
			return '\n'
		case r == '\t', r == '\u00A0':
			return ' '
		case unseen(r):
			return -1
		}
		return r
	}, s)
}

func unseen(r rune) bool {
	return r < 0x20 || r >= 0x7F && r <= 0xA0 || r == 0xAD ||
		r >= 0x200B && r <= 0x200F || r >= 0x2028 && r <= 0x202E ||
		r >= 0x2060 && r <= 0x206F || r >= 0xFE00 && r <= 0xFE0F || r == 0xFEFF
}
