package view

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"jiesu/backend/complaint"
)

// Fold makes text and queries comparable: NFKC, lower case, one space between
// words.
func Fold(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(norm.NFKC.String(s))), " ")
}

// HasWords reports whether a folded text holds every word of a folded query.
func HasWords(text, query string) bool {
	for _, w := range strings.Fields(query) {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return text != ""
}

// Text is what a case can be found by: numbers, parties, phones, facts, notes,
// letters. A protected person is not in it: a search by the name finds nothing
// for anybody, the case is found by its number.
func Text(c *complaint.Case, r Row) string {
	var b strings.Builder
	add := func(s string) {
		if s != "" {
			b.WriteString(s)
			b.WriteByte('\n')
		}
	}
	add(r.Number)
	for id, v := range sortedFields(c.Fields) {
		if c.Protected && (id == "complainant" || id == "agent") {
			continue
		}
		addValue(add, v)
	}
	for _, rows := range sortedFields(c.Rows) {
		for _, row := range rows {
			addValue(add, withoutSecrets(row.Values))
		}
	}
	for _, n := range c.Notes {
		add(n.Text)
	}
	for _, l := range c.Letters {
		add(l.Number)
		add(l.Label)
	}
	add(r.Assignee)
	add(r.StageLabel)
	return Fold(b.String())
}

func withoutSecrets(row map[string]any) map[string]any {
	out := map[string]any{}
	for k, v := range row {
		if k != "blob" && k != "sha256" {
			out[k] = v
		}
	}
	return out
}

func addValue(add func(string), v any) {
	switch v := v.(type) {
	case string:
		add(v)
	case map[string]any:
		for _, inner := range sortedFields(v) {
			addValue(add, inner)
		}
	case []any:
		for _, inner := range v {
			addValue(add, inner)
		}
	}
}
