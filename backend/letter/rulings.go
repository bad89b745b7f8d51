package letter

import (
	"fmt"
	"slices"
	"strings"
)

// Rulings are the rows of the remedy table that can hold for a letter of the
// template by an issuer of that capacity, for a person who reads the rulebook.
func (t *Template) Rulings(c Capacity) []Ruling {
	if t.Remedy == RemedyNone {
		return []Ruling{{Remedy: RemedyNone, Source: "本文书不涉及救济途径"}}
	}
	var out []Ruling
	for bits := range 1 << 6 {
		flag := func(i int) bool { return bits>>i&1 == 1 }
		r, ok := Rule(Situation{Kind: t.Kind, Family: t.Family, Capacity: c, Consumer: flag(0), Civil: flag(1),
			Internal: flag(2), Open: flag(3), First: flag(4), Choice: flag(5)})
		if ok && !slices.ContainsFunc(out, func(o Ruling) bool { return o.Remedy == r.Remedy }) {
			out = append(out, r)
		}
	}
	return out
}

// Text is what is printed, with blanks for what the profile says; "" for
// RemedyNone.
func (r Ruling) Text() string {
	text := remedyText[r.Remedy]
	blanks := make([]any, strings.Count(text, "%s"))
	for i := range blanks {
		blanks[i] = Blank
	}
	return fmt.Sprintf(text, blanks...)
}
