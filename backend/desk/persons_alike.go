package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/field"
	"jiesu/backend/view"
)

// maxAlike is how many suggestions a card shows.
const maxAlike = 20

// alike finds cases whose complainant may be the card's, with the reasons. The
// same name alone is none; neither is one an officer has set apart, nor a
// protected case: nobody is led to its person by the program.
func (d *Desk) alike(ctx context.Context, book *casebook.Book, cases []*complaint.Case) ([]PersonSuggestion, error) {
	out := []PersonSuggestion{}
	seen := map[string]bool{}
	for _, c := range cases {
		seen[c.ID] = true
	}
	now := d.o.Now()
	for _, words := range slices.Concat(partValues(cases, "phone"), partValues(cases, "id_number"), partValues(cases, "name")) {
		if len([]rune(words)) < 2 {
			continue
		}
		ids, err := caseIDs(ctx, book, words)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if seen[id] || len(out) >= maxAlike {
				continue
			}
			seen[id] = true
			other, err := book.Case(id)
			if err != nil || setApart(cases, other) {
				continue
			}
			row, err := book.Row(id)
			if reasons := reasonsOf(cases, other); err == nil && len(reasons) > 0 {
				out = append(out, PersonSuggestion{Row: caseRow(book, row, now), Reasons: reasons})
			}
		}
	}
	slices.SortFunc(out, likelier)
	return out, nil
}

// likelier puts the one with more in common first, then the later received;
// cases of one moment stand by number.
func likelier(a, b PersonSuggestion) int {
	return cmp.Or(len(b.Reasons)-len(a.Reasons), strings.Compare(b.Row.ReceivedAt, a.Row.ReceivedAt), strings.Compare(a.Row.Number, b.Row.Number))
}

func setApart(cases []*complaint.Case, other *complaint.Case) bool {
	return slices.ContainsFunc(cases, func(c *complaint.Case) bool {
		same, said := other.Persons[c.ID]
		own, saidHere := c.Persons[other.ID]
		return said && !same || saidHere && !own
	})
}

// reasonsOf says in words what two have in common.
func reasonsOf(cases []*complaint.Case, other *complaint.Case) (reasons []string) {
	one := []*complaint.Case{other}
	if p := common(partValues(cases, "phone"), partValues(one, "phone")); p != "" {
		reasons = append(reasons, "电话相同："+field.MaskText("phone", p))
	}
	mine, others := tails(cases), tails(one)
	if p := common(mine, others); p != "" {
		reasons = append(reasons, "证件号码后四位相同："+p)
	}
	if name := common(partValues(cases, "name"), partValues(one, "name")); name != "" {
		if common(folded(partValues(cases, "address")), folded(partValues(one, "address"))) != "" {
			reasons = append(reasons, "姓名和地址相同："+name)
		}
	}
	return reasons
}

func tails(cases []*complaint.Case) (out []string) {
	for _, id := range partValues(cases, "id_number") {
		out = append(out, tail(id))
	}
	return out
}

// tail is the last four characters of an identity number.
func tail(id string) string {
	r := []rune(id)
	return string(r[max(len(r)-4, 0):])
}

func folded(list []string) (out []string) {
	for _, s := range list {
		out = append(out, strings.ReplaceAll(view.Fold(s), " ", ""))
	}
	return out
}

func common(a, b []string) string {
	for _, s := range a {
		if slices.Contains(b, s) {
			return s
		}
	}
	return ""
}

func partOf(c *complaint.Case, part string) string {
	m, _ := c.Fields["complainant"].(map[string]any)
	s, _ := m[part].(string)
	return s
}

// partsOf are the different values of a part of the complainants; telephones
// one by one.
func partValues(cases []*complaint.Case, part string) []string {
	out := []string{}
	for _, c := range cases {
		values := []string{partOf(c, part)}
		if part == "phone" {
			values = strings.Split(values[0], "、")
		}
		for _, s := range values {
			if s != "" && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

func fieldText(def field.Def, v string) string { return field.ShowText(def, v) }

func receivedAt(c *complaint.Case) time.Time {
	if m := c.Marks[complaint.ReceivedMark]; len(m) > 0 {
		return m[0].At
	}
	return time.Time{}
}
