// Package intake reads what a complaint mail says: who complains, of whom, of
// what, and what they want. Every suggestion bears its place in the mail, a
// confidence and a reason in the officer's words.
//
// It decides nothing and stores nothing: a suggestion is a proposal that a
// person, or the rule of Complete, accepts. It knows no regime and no case;
// it may suggest better in later versions, so nothing may depend on what it
// once said.
package intake

import (
	"jiesu/backend/message"
)

// Sure is the confidence from which a value may be taken over unseen.
const Sure = 0.9

// Where a value was found. Spans of SourceText are offsets in characters into
// message.Text, those of the others into the subject or the sender's name.
const (
	SourceText    = "text"
	SourceSubject = "subject"
	SourceFrom    = "from"
)

// Field is one suggested value. If the mail gives several that differ, Value
// is empty, Confidence 0 and a person chooses among Alternatives.
type Field struct {
	Value        string  `json:"value"`
	Raw          string  `json:"raw,omitempty"` // as it stands in the mail
	Confidence   float64 `json:"confidence"`
	Span         [2]int  `json:"span"` // first character and the one after the last
	Source       string  `json:"source"`
	Why          string  `json:"why"`
	Alternatives []Field `json:"alternatives,omitempty"`
}

// Party is a complainant or a respondent. Fields that were not found are nil.
type Party struct {
	Name     *Field `json:"name,omitempty"`
	Phone    *Field `json:"phone,omitempty"`
	Address  *Field `json:"address,omitempty"`
	IDNumber *Field `json:"id_number,omitempty"`
	Email    *Field `json:"email,omitempty"`
}

// Suggestion is all that was found in a mail.
type Suggestion struct {
	Complainant Party  `json:"complainant"`
	Respondent  Party  `json:"respondent"`
	Request     *Field `json:"request,omitempty"`
	Facts       *Field `json:"facts,omitempty"`
	Matter      *Field `json:"matter,omitempty"`   // 投诉, 举报 or 咨询
	Category    *Field `json:"category,omitempty"` // a hint in words
	auto        bool
}

// Complete reports that the mail may be registered without a person looking:
// a name, a way to reach the complainant and what it is about are all sure,
// and no program wrote it.
func (s Suggestion) Complete() bool {
	c := s.Complainant
	return !s.auto && sure(c.Name) && (sure(c.Phone) || sure(c.Email)) && (sure(s.Facts) || sure(s.Request))
}

func sure(f *Field) bool { return f != nil && f.Value != "" && f.Confidence >= Sure }

// Suggest reads a mail.
func Suggest(m *message.Message) Suggestion {
	t := newText(m.Text)
	r := &reading{t: t, subject: newText(m.Subject), m: m, zones: findZones(t)}
	r.labels()
	r.numbers()
	r.people()
	r.organisations()
	r.places()
	r.prose()
	r.sender()
	return Suggestion{
		Complainant: Party{
			Name:     r.pick(complainantName),
			Phone:    r.pick(complainantPhone),
			Address:  r.pick(complainantAddress),
			IDNumber: r.pick(complainantID),
			Email:    r.pick(complainantEmail),
		},
		Respondent: Party{
			Name:    r.pick(respondentName),
			Phone:   r.pick(respondentPhone),
			Address: r.pick(respondentAddress),
		},
		Request:  r.pick(request),
		Facts:    r.pick(facts),
		Matter:   r.pick(matter),
		Category: r.pick(category),
		auto:     m.Auto || m.Bounce,
	}
}
