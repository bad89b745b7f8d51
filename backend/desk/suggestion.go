package desk

import (
	"slices"
	"strconv"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/casebook"
	"jiesu/backend/inbox"
	"jiesu/backend/intake"
	"jiesu/backend/message"
	"jiesu/backend/regime"
)

func itoa(n int) string { return strconv.Itoa(n) }

func stampDay(t time.Time) string {
	if t.IsZero() {
		return "日期不明"
	}
	return zoned(t).Format("2006-01-02 15:04")
}

// suggested lists what was found in a mail, in the order of the form.
func suggested(s intake.Suggestion) []Suggested {
	out := []Suggested{}
	for _, f := range []struct {
		id, label string
		found     *intake.Field
	}{
		{"complainant.name", "投诉人", s.Complainant.Name}, {"complainant.phone", "电话", s.Complainant.Phone},
		{"complainant.address", "地址", s.Complainant.Address}, {"complainant.id_number", "证件号码", s.Complainant.IDNumber},
		{"complainant.email", "电子邮箱", s.Complainant.Email}, {"respondent.name", "被投诉人", s.Respondent.Name},
		{"request", "请求", s.Request}, {"facts", "事实", s.Facts}, {"matter", "事项类型", s.Matter}, {"category", "分类", s.Category},
	} {
		if f.found == nil {
			out = append(out, Suggested{Field: f.id, Label: f.label, Word: "缺", Why: "邮件中没有找到"})
			continue
		}
		row := oneSuggested(f.id, f.label, *f.found)
		for _, a := range f.found.Alternatives {
			row.Alternatives = append(row.Alternatives, oneSuggested(f.id, f.label, a))
		}
		out = append(out, row)
	}
	return out
}

func oneSuggested(id, label string, f intake.Field) Suggested {
	row := Suggested{Field: id, Label: label, Value: f.Value, Confidence: f.Confidence, Why: f.Why, Word: "可能",
		Span: &Span{Source: f.Source, Start: f.Span[0], End: f.Span[1]}}
	if f.Confidence >= intake.Sure {
		row.Word = "确定"
	}
	if f.Value == "" {
		row.Word = "缺"
	}
	return row
}

func valueOf(f *intake.Field) string {
	if f == nil {
		return ""
	}
	return f.Value
}

// filledForm is the registration form filled with what was found. The date of
// receipt is when the mail reached the mailbox, never silently today.
func (d *Desk) filledForm(book *casebook.Book, m *inbox.Message, parsed *message.Message, s intake.Suggestion) RegisterInput {
	in := RegisterInput{Message: m.ID, ReceivedAt: stamp(m.Received.Date), Request: valueOf(s.Request), Facts: valueOf(s.Facts),
		Complainant: Person{Name: valueOf(s.Complainant.Name), Phone: valueOf(s.Complainant.Phone), Address: valueOf(s.Complainant.Address),
			IDNumber: valueOf(s.Complainant.IDNumber), Email: valueOf(s.Complainant.Email)},
		Respondent: Unit{Name: valueOf(s.Respondent.Name)}}
	if in.ReceivedAt == "" || m.Received.Date.After(d.o.Now()) {
		in.ReceivedAt = stamp(d.o.Now())
	}
	if in.Facts == "" {
		in.Facts = clip(parsed.Text, 20000)
	}
	day, _ := calendar.ParseDate(in.ReceivedAt[:10])
	r, err := d.regimeFor(book, "", day)
	if err != nil {
		return in
	}
	in.Regime, in.Channel = r.ID, mailChannel(r)
	if len(r.Matters) > 0 {
		in.Matter = r.Matters[0].ID
	}
	for _, matter := range r.Matters {
		if matter.Label == valueOf(s.Matter) {
			in.Matter = matter.ID
		}
	}
	return in
}

// mailChannel is the channel a mail comes by under a rulebook.
func mailChannel(r *regime.Regime) string {
	for _, id := range []string{"email", "online", "letter", "written"} {
		if slices.ContainsFunc(r.Channels, func(c regime.Channel) bool { return c.ID == id }) {
			return id
		}
	}
	if len(r.Channels) > 0 {
		return r.Channels[0].ID
	}
	return ""
}
