package complaint

import (
	"maps"
	"strings"
	"unicode"
	"unicode/utf8"

	"jiesu/backend/field"
	"jiesu/backend/regime"
)

// reader reads the facts of one case the way letters say them.
type reader struct {
	c *Case
	r *regime.Regime
}

// value is the field as it is; nil where there is none.
func (x *reader) value(id string) any { return x.c.Fields[id] }

func (x *reader) text(id string) string {
	s, _ := x.c.Fields[id].(string)
	return s
}

// sentence is a text that ends like one, whoever wrote it.
func (x *reader) sentence(id string) any {
	s := strings.TrimSpace(x.text(id))
	if s == "" {
		return nil
	}
	if last, _ := utf8.DecodeLastRuneInString(s); unicode.IsLetter(last) || unicode.IsDigit(last) {
		s += "。"
	}
	return s
}

// label is the chosen option's label.
func (x *reader) label(id string) any {
	def, ok := x.r.FieldDef(id)
	chosen := x.text(id)
	if !ok || chosen == "" {
		return nil
	}
	return field.ShowText(def, chosen)
}

// item is the chosen item of a list, with its words and its article.
func (x *reader) item(id string) (regime.ListItem, bool) {
	def, _ := x.r.FieldDef(id)
	return x.r.ListItem(def.List, x.text(id))
}

// words are what a letter prints for the chosen item.
func (x *reader) words(id string) any {
	item, ok := x.item(id)
	switch {
	case ok && item.Text != "":
		return item.Text
	case ok:
		return item.Label
	}
	return nil
}

// groundArticle is the article of the ground and what the officer added to it.
func (x *reader) groundArticle(id string) any {
	item, _ := x.item(id)
	var all []string
	for _, s := range []string{item.Article, strings.Trim(x.text("refusal_basis"), " 。；")} {
		if s != "" && !strings.Contains(strings.Join(all, "、"), s) {
			all = append(all, s)
		}
	}
	if all == nil {
		return nil
	}
	return strings.Join(all, "、")
}

// rows are the rows of a group, in the order they were written.
func (x *reader) rows(id string) any {
	var out []any
	for _, r := range x.c.Rows[id] {
		out = append(out, maps.Clone(r.Values))
	}
	if out == nil {
		return nil
	}
	return out
}

// party is a person or a unit. Letters know two kinds of person: one who is
// addressed 你, and one who is addressed 你单位.
func (x *reader) party(id string) any {
	m, ok := named(x.c.Fields[id]).(map[string]any)
	if !ok {
		return nil
	}
	m = maps.Clone(m)
	switch m["kind"] {
	case "legal", "other":
		m["kind"] = "organization"
	}
	if names := x.c.jointNames(textOf(m["name"])); id == "complainant" && names != "" {
		m["name"] = names
	}
	return m
}

func (x *reader) name(id string) any {
	m, _ := x.c.Fields[id].(map[string]any)
	return m["name"]
}

func is(choice string) func(*reader, string) any {
	return func(x *reader, id string) any { return x.text(id) == choice }
}

// way is how the letter is told, where that asks for the online way to review
// (复议法第二十二条第二款).
func (x *reader) way(id string) any {
	if x.text(id) == "electronic" {
		return "platform"
	}
	return nil
}

// mode is 投诉形式 of the record form, which knows three; the rule has a mail
// ticked as 来函.
func (x *reader) mode(id string) any {
	if s := x.text(id); s != "email" {
		return s
	}
	return "letter"
}

func (x *reader) content(id string) any { return lines(x.text(id), x.text("request")) }

func (x *reader) handling(id string) any {
	return lines(x.text(id), lead("原因分析：", x.text("analysis")))
}

func (x *reader) followUp(id string) any {
	way, _ := x.label("followup_way").(string)
	return lines(x.text(id), lead("回访方式：", way), lead("对处理的意见：", x.text("followup_opinion")), lead("处理效果：", x.text("followup_effect")))
}

func lead(words, s string) string {
	if s == "" {
		return ""
	}
	return words + s
}

func lines(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "\n")
}
