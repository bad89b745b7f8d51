package desk

import (
	"slices"
	"strings"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/letter"
	"jiesu/backend/office"
	"jiesu/backend/regime"
)

// paper is a letter about to be filled, and what it lacks.
type paper struct {
	o        opened
	use      regime.LetterUse
	template *letter.Template
	head     complaint.Letterhead
	now      time.Time
	missing  []Missing
}

// paper prepares a letter of a case. The number and the date are not missed:
// they are given when it is issued.
func (d *Desk) paper(o opened, use regime.LetterUse, now time.Time) (*paper, error) {
	if err := d.loadLetters(); err != nil {
		return nil, err
	}
	t := d.letterSet.templates[use.Template]
	if t == nil {
		return nil, fault.New(fault.Failed, "no-template", "没有《"+use.Label+"》的文书模板", "请检查办法文件中的 template："+use.Template)
	}
	p := &paper{o: o, use: use, template: t, now: now, missing: []Missing{}}
	p.head = complaint.Letterhead{Office: officeValues(o.me.Unit), Officer: officerValues(o), Limit: d.limitText(o), Until: extendedTo(o),
		Sample: strings.HasSuffix(d.o.Dir, PracticeSuffix)}
	if o.c.Sealed {
		p.missing = append(p.missing, Missing{Field: "complainant", Label: "投诉人（身份受保护，您不能查看）", Where: "case"})
	}
	if use.Word != "" && o.me.Unit.Profile["code_word"] == "" {
		p.missing = append(p.missing, Missing{Field: "office.code_word", Label: "机关代字", Where: "profile"})
	}
	_, lacks := letter.Fill(t, complaint.Values(o.c, o.regime, p.head), letter.Options{Draft: true})
	for _, m := range lacks {
		p.missing = append(p.missing, Missing{Field: m.Field, Label: m.Label, Where: complaint.Where(m.Field)})
	}
	return p, nil
}

// document fills the template for the complainant, or the copy for "respondent".
func (p *paper) document(copy string) letter.Document {
	head := p.head
	head.Copy = copy
	doc, _ := letter.Fill(p.template, complaint.Values(p.o.c, p.o.regime, head), letter.Options{Draft: head.Number == ""})
	return doc
}

// officeValues are the profile as letters name it.
func officeValues(u *office.Unit) map[string]any {
	out := map[string]any{}
	for k, v := range u.Profile {
		out[k] = v
	}
	out["refusal_free"] = u.Profile["refusal_free"] == "true"
	out["name"] = u.Name
	out["self"] = "本机关"
	switch letter.Capacity(u.Profile["capacity"]) {
	case letter.Authorized, letter.Institution, letter.Enterprise: // no 机关
		out["self"] = "本单位"
	}
	return out
}

// officerValues are the 承办人: whom the case is assigned to, else who is at
// the desk. Who has no telephone is reached through the office's.
func officerValues(o opened) letter.Values {
	name, phone := o.me.Officer.Name, o.me.Officer.Phone
	if to := o.c.Slot(complaint.AssigneeSlot); to != "" && to != name {
		name, phone = to, ""
		if known := o.me.Unit.OfficerByName(to); known != nil {
			phone = known.Phone
		}
	}
	if phone == "" {
		phone = o.me.Unit.Profile["phone"]
	}
	return letter.Values{"name": name, "phone": phone}
}

// limitText says how long handling may take from acceptance on, where a law,
// the rule or the office has set it.
func (d *Desk) limitText(o opened) string {
	for _, l := range o.book.Deadlines(o.c) {
		c, _ := o.regime.Clock(l.ID)
		span, err := calendar.ParseSpan(l.Span)
		if !slices.Contains(c.Start, "accepted") || l.Span == "" || err != nil || !span.ByDays() || l.Origin == regime.Unset {
			continue
		}
		return "自受理之日起" + span.Chinese() + "内（" + l.OriginText() + "）。"
	}
	return ""
}

// extendedTo is the day on which the limit extended last now ends.
func extendedTo(o opened) string {
	if len(o.c.Extensions) == 0 {
		return ""
	}
	last := o.c.Extensions[len(o.c.Extensions)-1].Clock
	for _, l := range o.book.Deadlines(o.c) {
		if l.ID == last && !l.DueDate.IsZero() {
			return l.DueDate.String()
		}
	}
	return ""
}
