package complaint

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"jiesu/backend/field"
	"jiesu/backend/regime"
)

// Masked stands where the text of a protected case named the person.
const Masked = "（保密）"

// originalNote is the kind of a note of the identity part that says in full
// what the open part says masked.
const originalNote = "original"

// secretFields go whole into the identity part of a protected case, with every
// field the regime calls reporter. "message" leads to the mail he wrote.
var secretFields = []string{"complainant", "agent", "guardian", "scribe", "members", "heirs", "consents", "message", "original"}

// nameless are the fields whose text is never masked: a party's own name is
// not the reporter's even where it sounds like it.
var nameless = []string{"respondent"}

// Protect moves what tells who the protected person is into the act's identity
// part: his fields, files and mail whole, and of every text the original, in
// place of which the open part says it masked. An officer who may not see the
// person knows nothing to mask; what he writes stays as it is.
func (a *Act) Protect(r *regime.Regime, c *Case) {
	known := secrets(a, c)
	var open Effects
	for _, e := range a.Effects {
		out, hidden := divide(e, r, known, c == nil || !c.Sealed)
		open, a.Identity = append(open, out...), append(a.Identity, hidden...)
	}
	if masked := known.mask(a.Reason); masked != a.Reason {
		a.Identity = append(a.Identity, &Note{Text: "理由：" + a.Reason, Kind: originalNote})
		a.Reason = masked
	}
	if len(open) == 0 { // an act must say something to everybody
		open = Effects{&Set{Values: map[string]any{"protected": true}}}
	}
	a.Effects = open
}

// divide says what of an effect everybody may read and what the few.
func divide(e Effect, r *regime.Regime, known secretWords, files bool) (open, hidden Effects) {
	if group, row, ok := rowEffect(e); ok {
		return divideRow(e, group, row, r, known)
	}
	switch e := e.(type) {
	case *Set:
		return divideSet(e, r, known)
	case *Add:
		if e.Field == AttachmentsField && files && opens(e.Row) {
			return Effects{&Add{Field: e.Field, ID: e.ID, Row: closedFile(e.Row)}}, Effects{e}
		}
	}
	if _, whole := e.(*LetterIssued); whole { // DecideLetter has divided it
		return Effects{e}, nil
	}
	masked := known.maskEffect(e)
	if masked == nil {
		return Effects{e}, nil
	}
	switch e := e.(type) {
	case *Add, *Update: // said again in full
		return Effects{masked}, Effects{e}
	case *Note:
		return Effects{masked}, Effects{&Note{Text: e.Text, Kind: originalNote}}
	}
	return Effects{masked}, Effects{&Note{Text: e.line(), Kind: originalNote}}.said()
}

// said leaves out notes that say nothing.
func (es Effects) said() Effects {
	return slices.DeleteFunc(es, func(e Effect) bool { return e.check() != nil })
}

func divideSet(e *Set, r *regime.Regime, known secretWords) (open, hidden Effects) {
	show, hide := map[string]any{}, map[string]any{}
	for path, v := range e.Values {
		head, _, _ := strings.Cut(path, ".")
		if isSecret(r, head) {
			hide[path] = v
			continue
		}
		show[path] = v
		if slices.Contains(nameless, head) {
			continue
		}
		if masked, changed := known.maskValue(v); changed {
			show[path], hide[path] = masked, v
		}
	}
	if len(show) > 0 {
		open = Effects{&Set{Values: show}}
	}
	if len(hide) > 0 {
		hidden = Effects{&Set{Values: hide}}
	}
	return open, hidden
}

func isSecret(r *regime.Regime, id string) bool {
	if slices.Contains(secretFields, id) {
		return true
	}
	return r != nil && slices.ContainsFunc(r.Fields, func(d field.Def) bool { return d.ID == id && d.Privacy == field.Reporter })
}

// closedFile is a file's row as those see it who may not open it: the sealed
// bytes are exchanged, the key and the name are not.
func closedFile(row map[string]any) map[string]any {
	out := map[string]any{"name": Masked + "材料"}
	if v, ok := row["size"]; ok {
		out["size"] = v
	}
	if blob, ok := row["blob"].(map[string]any); ok {
		out["blob"] = map[string]any{"hash": blob["hash"], "size": blob["size"]}
	}
	return out
}

// opens says whether a file's row bears the key to it; one that was closed does
// not.
func opens(row map[string]any) bool {
	blob, ok := row["blob"].(map[string]any)
	return ok && blob["key"] != nil
}

// secretWords find in a text what tells who a person is.
type secretWords []*regexp.Regexp

// secrets are the words of the person that the act brings or the case has.
func secrets(a *Act, c *Case) secretWords {
	var w secretWords
	take := func(values map[string]any) {
		for path, v := range values {
			head, part, _ := strings.Cut(path, ".")
			if !slices.Contains(secretFields, head) || head == "message" || head == "original" {
				continue
			}
			if s, ok := v.(string); ok && part != "" {
				w = w.add(part, s)
			}
			if m, ok := v.(map[string]any); ok {
				w = w.addPerson(m)
			}
		}
	}
	for _, e := range slices.Concat(a.Effects, a.Identity) {
		switch e := e.(type) {
		case *Set:
			take(e.Values)
		case *Add:
			if slices.Contains(secretFields, e.Field) {
				w = w.addPerson(e.Row)
			}
		}
	}
	if c == nil {
		return w
	}
	take(c.Fields)
	for _, id := range secretFields {
		for _, row := range c.Rows[id] {
			w = w.addPerson(row.Values)
		}
	}
	return w
}

func (w secretWords) addPerson(m map[string]any) secretWords {
	for part, v := range m {
		if s, ok := v.(string); ok {
			w = w.add(part, s)
		}
	}
	return w
}

// add takes a part of a person. A name of one character cannot be told from
// the same character in a word, so it is not looked for.
func (w secretWords) add(part, s string) secretWords {
	switch part {
	case "phone":
		for _, p := range strings.FieldsFunc(s, func(r rune) bool { return r == '、' || r == ',' || r == '；' || r == ' ' }) {
			w = w.addWord(p, 5)
		}
	case "name", "answered_by":
		w = w.addWord(s, 2)
	case "id_number", "address", "email", "number", "org":
		w = w.addWord(s, 5)
	}
	return w
}

// addWord looks for a word however it is spaced, and in either case.
func (w secretWords) addWord(s string, least int) secretWords {
	var b strings.Builder
	n := 0
	for _, r := range s {
		if unicode.IsSpace(r) || strings.ContainsRune("-·•・‧－", r) {
			continue
		}
		if n > 0 {
			b.WriteString(`[\s\-·•・‧－]*`)
		}
		b.WriteString(regexp.QuoteMeta(string(r)))
		n++
	}
	if n < least {
		return w
	}
	re, err := regexp.Compile("(?i)" + b.String())
	if err != nil { // quoted runes always compile
		return w
	}
	return append(w, re)
}

func (w secretWords) mask(s string) string {
	for _, re := range w {
		s = re.ReplaceAllLiteralString(s, Masked)
	}
	return s
}

// maskValue masks the texts of a value of a case.
func (w secretWords) maskValue(v any) (masked any, changed bool) {
	switch v := v.(type) {
	case string:
		s := w.mask(v)
		return s, s != v
	case []any:
		out := make([]any, len(v))
		for i, each := range v {
			m, did := w.maskValue(each)
			out[i], changed = m, changed || did
		}
		return out, changed
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, each := range v {
			m, did := w.maskValue(each)
			out[k], changed = m, changed || did
		}
		return out, changed
	}
	return v, false
}

// maskEffect is the effect with its texts masked, nil where nothing was found.
func (w secretWords) maskEffect(e Effect) Effect {
	raw, err := json.Marshal(e)
	var with map[string]any
	if err != nil || json.Unmarshal(raw, &with) != nil {
		return nil
	}
	masked, changed := w.maskValue(with)
	if !changed {
		return nil
	}
	if raw, err = json.Marshal(masked); err != nil {
		return nil
	}
	out := decodeEffect(stored{Do: e.Do(), With: raw})
	if _, broken := out.(*Unknown); broken {
		return nil
	}
	return out
}
