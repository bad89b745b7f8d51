package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"jiesu/backend/calendar"
	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/deadline"
	"jiesu/backend/field"
	"jiesu/backend/regime"
	"jiesu/backend/view"
)

// opened is a case with what belongs to it.
type opened struct {
	book   *casebook.Book
	me     casebook.Me
	c      *complaint.Case
	regime *regime.Regime
}

func (d *Desk) openCase(number string) (opened, error) {
	book, me, err := d.entered()
	if err != nil {
		return opened{}, err
	}
	id, err := book.Resolve(number)
	if err != nil {
		return opened{}, err
	}
	c, err := book.Case(id)
	if err != nil {
		return opened{}, err
	}
	r, err := book.RegimeOf(c)
	return opened{book, me, c, r}, err
}

// Show gives one case whole.
func (d *Desk) Show(ctx context.Context, number string) (CaseDetail, error) {
	o, err := d.openCase(number)
	if err != nil {
		return CaseDetail{}, err
	}
	o = d.shownTo(ctx, o)
	c := o.c
	main := c.Main()
	out := CaseDetail{Number: c.Number, ID: c.ID, Regime: RegimeRef{ID: c.Regime.ID, Version: c.Regime.Version, Title: c.Regime.Title},
		Stage: main.Stage, StageLabel: main.StageLabel, Tracks: trackRows(c, o.regime), Fields: o.fields(),
		Clocks: []ClockRow{}, History: d.historyRows(o), Letters: letterRows(c), Attachments: attachmentRows(o.book, c),
		Contradictions: contradictionRows(o.book, c), Links: []CaseRow{}, Primary: main.Next, Assignee: c.Slot(complaint.AssigneeSlot),
		Protected: c.Sealed, Properties: o.properties(), Proposals: d.proposals(ctx, o), Viewers: viewerNames(c), Reached: d.reached(o.book, c), Heads: []string{}}
	if m := c.Marks[complaint.ReceivedMark]; len(m) > 0 {
		out.ReceivedAt = stamp(m[0].At)
	}
	out.parties(c)
	cal := o.calendar()
	for _, l := range o.book.Deadlines(c) {
		out.Clocks = append(out.Clocks, demanded(d.clockRow(cal, l), l, o.regime))
	}
	now := d.o.Now()
	for _, l := range c.Links {
		if row, err := o.book.Row(l.Case); err == nil {
			out.Links = append(out.Links, caseRow(o.book, row, now))
		}
	}
	for _, n := range c.Notices(now) {
		out.Notices = append(out.Notices, NoticeRow{ID: n.ID, Text: n.Text})
	}
	out.Notices = append(out.Notices, noticeRows(o.regime, complaint.FactsIn(c, d.env(o.book, o.me, o.regime, c)))...)
	for _, h := range c.Heads {
		out.Heads = append(out.Heads, string(h))
	}
	out.warn(c)
	return out, nil
}

// parties fills in who complains about whom, and what for.
func (out *CaseDetail) parties(c *complaint.Case) {
	for key, into := range map[string]any{"complainant": &out.Complainant, "respondent": &out.Respondent} {
		raw, _ := json.Marshal(c.Fields[key])
		json.Unmarshal(raw, into) // of another shape: shown among the properties only
	}
	if c.Sealed {
		out.Complainant = Person{Name: view.HiddenName}
	}
	for key, into := range map[string]*string{"channel": &out.Channel, "request": &out.Request, "facts": &out.Facts, "category": &out.Category} {
		*into, _ = c.Fields[key].(string)
	}
}

// warn says why the case is not whole, or not to be worked on as it stands.
func (out *CaseDetail) warn(c *complaint.Case) {
	if c.Waiting > 0 {
		out.Incomplete = fmt.Sprintf("有 %d 条记录在等待更早的记录或尚未被确认，同步后会自动补上", c.Waiting)
	}
	if c.ReadOnly {
		out.ReadOnly = "需要升级：本案含有由更新版本写入的内容"
	}
	if len(c.Contradictions) > 0 {
		out.Primary = complaint.ResolveAction
	}
}

// fields are the case's facts by id, with the rows of its groups.
func (o opened) fields() map[string]any {
	out := map[string]any{}
	for k, v := range o.c.Fields {
		if k != complaint.LabelsField {
			out[k] = v
		}
	}
	for name, rows := range o.c.Rows {
		if name == complaint.AttachmentsField {
			continue
		}
		list := []any{}
		for _, r := range rows {
			list = append(list, r.Values)
		}
		out[name] = list
	}
	if o.c.Sealed {
		delete(out, "complainant")
		delete(out, "agent")
		delete(out, "guardian")
	}
	return out
}

// properties are the case's facts in words, personal ones masked.
func (o opened) properties() []PropertyRow {
	out := []PropertyRow{}
	facts := o.fields()
	seen := map[string]bool{}
	for _, def := range append(regime.StandardFields(), o.regime.Fields...) {
		value, ok := facts[def.ID]
		if full, found := o.regime.FieldDef(def.ID); found {
			def = o.c.Labelled(full)
		}
		if !ok || seen[def.ID] || field.Empty(value) {
			continue
		}
		seen[def.ID] = true
		text := field.ShowText(def, value)
		masked := field.ShowText(def, field.Masked(def, value))
		out = append(out, PropertyRow{ID: def.ID, Label: def.Label, Text: masked, Masked: masked != text, Privacy: string(def.Privacy)})
	}
	return out
}

// Reveal shows one masked fact; that it was asked for is logged, what it is
// not.
func (d *Desk) Reveal(ctx context.Context, number, property string) (string, error) {
	o, err := d.openCase(number)
	if err != nil {
		return "", err
	}
	def, ok := o.regime.FieldDef(property)
	value, has := o.fields()[property]
	if !ok || !has {
		return "", nil
	}
	if err := d.lookAt(ctx, o, def.Label); err != nil {
		return "", err
	}
	d.o.Log("reveal case " + o.c.ID + " field " + property + " officer " + o.me.Officer.ID)
	return field.ShowText(o.c.Labelled(def), value), nil
}

func trackRows(c *complaint.Case, r *regime.Regime) []TrackRow {
	out := []TrackRow{}
	for _, t := range c.Tracks {
		row := TrackRow{ID: t.ID, Label: t.Label, Stage: t.Stage, StageLabel: t.StageLabel, Ended: t.Ended, Stages: []StageRow{},
			Guidance: stageGuidance(r, t.ID, t.Stage)}
		passed := map[string]bool{}
		for _, s := range t.Passed {
			passed[s] = true
		}
		def, _ := r.Track(t.ID)
		for _, s := range def.Stages {
			state := "open"
			switch {
			case s.ID == t.Stage:
				state = "current"
			case passed[s.ID]:
				state = "done"
			case s.End || t.Ended: // an end the case did not take
				continue
			}
			row.Stages = append(row.Stages, StageRow{ID: s.ID, Label: s.Label, State: state})
		}
		out = append(out, row)
	}
	return out
}

func (d *Desk) historyRows(o opened) []HistoryRow {
	out := []HistoryRow{}
	own := o.book.Replica()
	for _, s := range o.c.History {
		out = append(out, HistoryRow{ID: string(s.Act), Type: s.Action, Label: s.Label, At: stamp(s.At), RecordedAt: stamp(s.Recorded),
			Officer: s.Officer.Name, Replica: s.Replica, Office: officeName(o.book, s.Office), Own: s.Replica == own, Line: s.Line,
			Kind: s.Kind, Undone: s.Dropped != "", Reversible: s.Reversible && s.Dropped == "", Letter: s.Letter})
	}
	return out
}

func letterRows(c *complaint.Case) []LetterRow {
	out := []LetterRow{}
	for _, l := range c.Letters {
		row := LetterRow{ID: l.ID, Kind: l.Kind, Label: l.Label, Number: l.Number, IssuedAt: stamp(l.At), SHA256: l.SHA256, Voided: l.Voided,
			Path: "/letter/" + c.ID + "/issued/" + l.ID}
		if !l.Delivered.IsZero() {
			row.Delivered = zoned(l.Delivered).Format("2006-01-02 ") + l.Way
		}
		out = append(out, row)
	}
	return out
}

func attachmentRows(book *casebook.Book, c *complaint.Case) []AttachmentRow {
	out := []AttachmentRow{}
	for _, r := range c.Rows[complaint.AttachmentsField] {
		ref, _ := casebook.RowBlob(r.Values)
		row := AttachmentRow{ID: r.ID, Size: ref.Size, AddedAt: stamp(r.At), By: r.By, Here: book.HasBlob(ref.Hash), Path: "/attachment/" + c.ID + "/" + r.ID}
		row.Name, _ = r.Values["name"].(string)
		row.Type, _ = r.Values["type"].(string)
		row.SHA256, _ = r.Values["sha256"].(string)
		out = append(out, row)
	}
	return out
}

// calendar is that of the office that owes the acts of this case.
func (o opened) calendar() *calendar.Calendar {
	office := ""
	if len(o.c.History) > 0 {
		office = o.c.History[0].Office
	}
	return o.book.CalendarOf(office)
}

// clockRow shows a limit by the calendar of the office that owes the act.
func (d *Desk) clockRow(cal *calendar.Calendar, l deadline.Deadline) ClockRow {
	now := d.o.Now()
	row := ClockRow{ID: l.ID, Label: l.Label, State: l.State, Light: l.Light, Provisional: l.Provisional,
		Origin: l.OriginText(), Basis: l.Basis, Ignored: l.Ignored, Start: stamp(l.Start), Stopped: stamp(l.StoppedAt), Due: dueStamp(l.Due, l.ByDay)}
	if row.Due == "" && !l.DueDate.IsZero() { // the complainant's: it lights no lamp here
		row.Due = l.DueDate.String()
	}
	if !l.ActBy.IsZero() {
		row.ActBy = l.ActBy.String()
	}
	if span, err := calendar.ParseSpan(l.Span); err == nil && l.Origin != regime.Statutory && !l.Several { // what a law says stands in its article
		row.Basis = strings.TrimPrefix(l.Basis+"；"+span.Chinese(), "；")
	}
	for _, r := range l.Others {
		row.Readings = append(row.Readings, readingText(r))
	}
	if l.State != deadline.Stopped {
		row.DueText = dueText(l.Due, l.ByDay, l.RedAt, now, cal, l.State == deadline.Paused)
	}
	return row
}
