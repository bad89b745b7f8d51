package intake

import (
	"math"
	"sort"
	"strings"

	"jiesu/backend/message"
)

// key names a field of the suggestion.
type key int

const (
	none key = iota
	complainantName
	complainantPhone
	complainantAddress
	complainantID
	complainantEmail
	respondentName
	respondentPhone
	respondentAddress
	request
	facts
	matter
	category
)

// layer says how a value was found; two layers that agree confirm each other.
type layer int

const (
	byLabel layer = iota
	byPattern
	byPhrase
	bySignature
	bySubject
	bySender
)

// candidate is a value that may be the one of its field.
type candidate struct {
	Field
	key   key
	layer layer
}

// reading is one mail being read.
type reading struct {
	m       *message.Message
	t       *text
	subject *text
	zones   []zone
	found   []candidate
}

const (
	agreement    = 0.1 // two layers say the same
	quotePenalty = 0.3 // it stands in a quoted or forwarded mail
	replyPenalty = 0.2 // and that mail was probably our own
	clear        = 0.1 // by this much the better of two values wins
	serious      = 0.6 // below this a second value raises no doubt
)

// add notes a value found at bytes start to end of the text.
func (r *reading) add(k key, l layer, value string, start, end int, confidence float64, why string) {
	value = strings.TrimSpace(value)
	if value == "" || end <= start {
		return
	}
	if r.quoted(start) {
		confidence -= quotePenalty
		if r.reply() {
			confidence -= replyPenalty
		}
		why += "；在引用或转发的部分"
	}
	span := r.t.span(start, end)
	if value == r.t.s[start:end] && k != complainantPhone && k != respondentPhone && k != complainantID {
		value = r.t.raw(span) // words stay as written, numbers become plain
	}
	r.note(k, l, Field{Value: value, Raw: r.t.raw(span), Span: span, Source: SourceText, Confidence: confidence, Why: why})
}

// reply reports that the writer wrote something before what is quoted.
func (r *reading) reply() bool {
	return len(r.zones) > 0 && len([]rune(strings.TrimSpace(r.t.s[:r.zones[0].start]))) >= 15
}

func (r *reading) note(k key, l layer, f Field) {
	f.Confidence = math.Round(math.Max(f.Confidence, 0.05)*100) / 100
	r.found = append(r.found, candidate{f, k, l})
}

// has reports that a labelled value of the field is there already.
func (r *reading) has(k key) bool {
	for _, c := range r.found {
		if c.key == k && c.layer == byLabel {
			return true
		}
	}
	return false
}

// taken reports that a labelled value covers this place.
func (r *reading) taken(start int) bool {
	at := r.t.back[start]
	for _, c := range r.found {
		if c.layer == byLabel && c.Source == SourceText && c.key != facts && c.key != request && at >= c.Span[0] && at < c.Span[1] {
			return true
		}
	}
	return false
}

// pick settles a field: agreeing values are joined, a clear winner is
// suggested, otherwise a person must choose.
func (r *reading) pick(k key) *Field {
	var groups []candidate
	for _, c := range r.found {
		if c.key == k {
			groups = join(groups, c)
		}
	}
	if len(groups) == 0 {
		return nil
	}
	sort.SliceStable(groups, func(i, j int) bool { return groups[i].Confidence > groups[j].Confidence })
	best := groups[0].Field
	rest := groups[1:min(len(groups), 5)]
	if len(rest) > 0 && rest[0].Confidence >= serious && best.Confidence-rest[0].Confidence < clear {
		choice := Field{Source: best.Source, Span: best.Span, Why: "邮件中有不同的写法，请选择"}
		for _, c := range groups[:min(len(groups), 5)] {
			choice.Alternatives = append(choice.Alternatives, c.Field)
		}
		return &choice
	}
	for _, c := range rest {
		best.Alternatives = append(best.Alternatives, c.Field)
	}
	return &best
}

func join(groups []candidate, c candidate) []candidate {
	for i := range groups {
		g := &groups[i]
		if !same(g.key, g.Value, c.Value) {
			continue
		}
		sum := math.Max(g.Confidence, c.Confidence)
		if g.layer != c.layer {
			sum = math.Min(sum+agreement, 0.99)
		}
		if c.Confidence > g.Confidence {
			g.Field, g.layer = c.Field, c.layer
		}
		g.Confidence = math.Round(sum*100) / 100
		return groups
	}
	return append(groups, c)
}

// same reports that two writings mean one value.
func same(k key, a, b string) bool {
	if a == b {
		return true
	}
	switch k {
	case complainantPhone, respondentPhone:
		return digits(a) == digits(b)
	case respondentName: // a firm and its short name
		return strings.Contains(a, b) || strings.Contains(b, a)
	case complainantAddress, respondentAddress:
		a, b = strings.ReplaceAll(a, " ", ""), strings.ReplaceAll(b, " ", "")
		return strings.Contains(a, b) || strings.Contains(b, a)
	case complainantEmail, complainantID:
		return strings.EqualFold(a, b)
	}
	return false
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
