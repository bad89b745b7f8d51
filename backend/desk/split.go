package desk

import (
	"context"
	"slices"
	"strings"

	"jiesu/backend/calendar"
	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/field"
	"jiesu/backend/inbox"
	"jiesu/backend/regime"
)

// SplitInput is a part of a case that becomes a case of its own.
type SplitInput struct {
	RegisterInput
	Open    bool     `json:"open,omitempty"`    // split off a case whose person asked for secrecy, this part is open; the complaint in a report always is
	Excerpt *Excerpt `json:"excerpt,omitempty"` // of a report found in a complaint: what the complaint keeps
}

// Excerpt is what a complaint says once the report in it is taken out: the
// officer's own words, and the files that hold nothing of the report.
type Excerpt struct {
	Request string   `json:"request"`
	Facts   string   `json:"facts"`
	Files   []string `json:"files,omitempty"` // ids of attachments that stay
}

// Split registers part of a case as a case of its own, all or nothing. The
// parts know each other, except where the person of one is protected and that
// of the other is not (121号 art. 37): then only the protected half knows of
// the other, and says so only to those who may see the person.
func (d *Desk) Split(ctx context.Context, number string, in SplitInput) (Registered, error) {
	o, err := d.change(ctx, number)
	if err != nil {
		return Registered{}, err
	}
	protected, err := d.protected(o.book, in.RegisterInput)
	switch {
	case err != nil:
		return Registered{}, err
	case protected && !o.c.Protected:
		return d.splitReport(ctx, o, in)
	case o.c.Protected && !protected && (in.Open || o.isReport()):
		return d.splitComplaint(ctx, o, in)
	}
	in.Protected = in.Protected || o.c.Protected
	w, reg, err := d.part(o, in.RegisterInput)
	if err != nil {
		return reg, err
	}
	w.Cases[0].Act.Effects = append(w.Cases[0].Act.Effects, &complaint.Split{From: o.c.ID})
	from := complaint.Simple(d.env(o.book, o.me, o.regime, o.c), complaint.SplitAction, "分案至 "+reg.Number, "", &complaint.Split{Into: reg.ID})
	return d.saveParts(ctx, o, reg, w, from)
}

// isReport reports whether the case is protected by what it is, not because
// its person asked for secrecy.
func (o opened) isReport() bool {
	id, _ := o.c.Fields["matter"].(string)
	m, ok := o.regime.Matter(id)
	return ok && protects(m)
}

// part is the registration of a part, not saved yet.
func (d *Desk) part(o opened, in RegisterInput) (casebook.Write, Registered, error) {
	number, serial, err := d.nextNumber(o.book, o.me)
	if err != nil {
		return casebook.Write{}, Registered{}, err
	}
	act, err := d.registration(o.book, o.me, in, serial)
	if err != nil {
		return casebook.Write{}, Registered{}, err
	}
	reg := Registered{Number: number, ID: o.book.ID()}
	w, err := caseWrite(o.book, reg.ID, act, in)
	return casebook.Write{Cases: []casebook.CaseWrite{w}}, reg, err
}

// saveParts saves the new case and what the old one says of it, in entries of
// their own: one entry in two cases would be a trace.
func (d *Desk) saveParts(ctx context.Context, o opened, reg Registered, part casebook.Write, from *complaint.Act) (Registered, error) {
	old := casebook.Write{Cases: []casebook.CaseWrite{{ID: o.c.ID, Act: from, Seen: o.c.Heads}}}
	ids, err := o.book.AppendTogether(ctx, []casebook.Write{part, old})
	if err != nil {
		return Registered{}, err
	}
	row, err := o.book.Row(reg.ID)
	reg.Act, reg.Stage = string(ids[0]), row.Stage
	return reg, err
}

// protected reports whether a registration seals its person: the officer says
// so, or the matter is one of those.
func (d *Desk) protected(book *casebook.Book, in RegisterInput) (bool, error) {
	if in.Protected || len(in.Viewers) > 0 {
		return true, nil
	}
	received, err := readMoment(in.ReceivedAt, "received_at")
	if err != nil || received.IsZero() {
		return false, err
	}
	r, err := d.regimeFor(book, in.Regime, calendar.DateOf(received))
	if err != nil {
		return false, err
	}
	m, ok := r.Matter(in.Matter)
	if !ok && in.Matter == "" && len(r.Matters) > 0 {
		m = r.Matters[0]
	}
	return protects(m), nil
}

// splitComplaint takes a complaint out of a protected case. The new case holds
// what the officer wrote and nothing else; the link stands in the identity part
// of the old one.
func (d *Desk) splitComplaint(ctx context.Context, o opened, in SplitInput) (Registered, error) {
	if o.c.Sealed {
		return Registered{}, fault.New(fault.Forbidden, "identity-key", "您不能查看本案受保护的人员，也就不能分出投诉", "请由可见受保护人员身份的人员办理")
	}
	if err := noTrace(in.Request, in.Facts, o.c.Number); err != nil {
		return Registered{}, err
	}
	in.Message = ""
	w, reg, err := d.part(o, in.RegisterInput)
	if err != nil {
		return reg, err
	}
	from := complaint.Simple(d.env(o.book, o.me, o.regime, o.c), complaint.SplitAction, "整理材料", "")
	from.Identity = complaint.Effects{&complaint.Split{Into: reg.ID}}
	from.Protect(o.regime, o.c)
	return d.saveParts(ctx, o, reg, w, from)
}

// splitReport takes a report out of a case that was registered as a complaint.
// The complaint keeps its number, its steps and its letters, for they have been
// told; what it says is from now on the officer's excerpt. The report is new
// and keeps the original, the files, the notes and the mail. What others could
// read before they have read; nothing is shown to them any more.
func (d *Desk) splitReport(ctx context.Context, o opened, in SplitInput) (Registered, error) {
	if in.Excerpt == nil {
		return Registered{}, fault.New(fault.Refused, "excerpt-missing", "从投诉中分出举报，请写明投诉一方保留的摘录", "摘录由承办人写，不提举报；原件随举报保存").At("excerpt")
	}
	files := o.filesBut(in.Excerpt.Files)
	from, err := d.redacted(o, *in.Excerpt, files)
	if err != nil {
		return Registered{}, err
	}
	in.Protected = true
	in.Message, _ = o.c.Fields["message"].(string)
	w, reg, err := d.part(o, in.RegisterInput)
	if err != nil {
		return reg, err
	}
	act := w.Cases[0].Act
	for _, f := range files {
		act.Effects = append(act.Effects, &complaint.Add{Field: complaint.AttachmentsField, ID: o.book.ID(), Row: f.Values})
	}
	act.Protect(o.regime, nil)
	act.Identity = append(act.Identity, &complaint.Split{From: o.c.ID})
	act.Identity = append(act.Identity, &complaint.Set{Values: map[string]any{"original": o.original()}})
	if in.Message != "" {
		w.Messages = append(w.Messages, casebook.MessageWrite{ID: in.Message, Act: inbox.Act{Do: inbox.Moved, At: d.o.Now(),
			Officer: o.me.Officer.Name, Office: o.me.Unit.Code, Case: reg.ID}})
	}
	return d.saveParts(ctx, o, reg, w, from)
}

// filesBut are the attachments that do not stay.
func (o opened) filesBut(stay []string) (out []complaint.Row) {
	for _, r := range o.c.Rows[complaint.AttachmentsField] {
		if !slices.Contains(stay, r.ID) {
			out = append(out, r)
		}
	}
	return out
}

// redacted is what the complaint says of it: a correction like any other.
func (d *Desk) redacted(o opened, e Excerpt, files []complaint.Row) (*complaint.Act, error) {
	if err := noTrace(e.Request, e.Facts, ""); err != nil {
		return nil, err
	}
	set := map[string]any{"request": nil, "facts": nil}
	for id, s := range map[string]string{"request": e.Request, "facts": e.Facts} {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		def, _ := o.regime.FieldDef(id)
		v, err := field.Normalise(def, s)
		if err != nil {
			return nil, err
		}
		set[id] = v
	}
	if set["request"] == nil && set["facts"] == nil {
		return nil, fault.New(fault.Refused, "field-required", "请写明投诉一方保留的事实或请求", "至少写明一项").At("excerpt")
	}
	redact := &complaint.Redact{Fields: []string{"message"}}
	for _, f := range files {
		redact.Files = append(redact.Files, f.ID)
	}
	if where := o.stillNames(set); where != "" {
		return nil, fault.New(fault.Refused, "excerpt-names-report", "投诉一方的“"+where+"”仍提到举报", "请先更正这一项，再分案").At("excerpt")
	}
	return complaint.Simple(d.env(o.book, o.me, o.regime, o.c), complaint.EditAction, "更正", "", redact, &complaint.Set{Values: set}), nil
}

// namesReport reports whether a text speaks of a report; the name of the rule
// that governs both (投诉举报处理办法) does not.
func namesReport(s string) bool {
	return strings.Contains(strings.ReplaceAll(s, "投诉举报", ""), reportWord)
}

// noTrace refuses an excerpt that speaks of the report.
func noTrace(request, facts, number string) error {
	for id, s := range map[string]string{"request": request, "facts": facts} {
		if namesReport(s) || number != "" && strings.Contains(s, number) {
			return fault.New(fault.Refused, "excerpt-names-report", "摘录中提到了举报，投诉一方不能留有举报的痕迹", "请改写摘录，只写投诉的请求和事实").At(id)
		}
	}
	return nil
}

// stillNames is the label of a fact that stays and speaks of a report, or "".
func (o opened) stillNames(but map[string]any) string {
	facts := o.fields()
	for _, def := range append(regime.StandardFields(), o.regime.Fields...) {
		if _, replaced := but[def.ID]; replaced || def.ID == "respondent" || def.Type == field.Choice {
			continue
		}
		if v, ok := facts[def.ID]; ok && namesReport(field.ShowText(def, v)) {
			return def.Label
		}
	}
	return ""
}

// original is what leaves the complaint in words, for the report to keep.
func (o opened) original() string {
	request, _ := o.c.Fields["request"].(string)
	facts, _ := o.c.Fields["facts"].(string)
	out := []string{"请求：" + request, "事实：" + facts}
	for _, s := range o.c.History {
		if s.Line != "" {
			out = append(out, zoned(s.At).Format("2006-01-02 15:04 ")+s.Label+"："+s.Line)
		}
	}
	return strings.Join(out, "\n")
}
