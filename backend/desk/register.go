package desk

import (
	"context"
	"encoding/json"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/inbox"
	"jiesu/backend/office"
	"jiesu/backend/regime"
	"jiesu/backend/view"
)

// Register writes a complaint down; it is on disk when this returns.
func (d *Desk) Register(ctx context.Context, in RegisterInput) (Registered, error) {
	book, me, err := d.writable(ctx)
	if err != nil {
		return Registered{}, err
	}
	return d.register(ctx, book, me, in)
}

func (d *Desk) register(ctx context.Context, book *casebook.Book, me casebook.Me, in RegisterInput, more ...casebook.CaseWrite) (Registered, error) {
	number, serial, err := d.nextNumber(book, me)
	if err != nil {
		return Registered{}, err
	}
	act, err := d.registration(book, me, in, serial)
	if err != nil {
		return Registered{}, err
	}
	id := book.ID()
	first, err := caseWrite(book, id, act, in)
	if err != nil {
		return Registered{}, err
	}
	w := casebook.Write{Cases: append([]casebook.CaseWrite{first}, more...)}
	if in.Message != "" {
		m, err := d.mail(ctx, book, in.Message)
		if err != nil {
			return Registered{}, err
		}
		if m.Case != "" {
			return Registered{}, fault.New(fault.Refused, "message-registered", "这封邮件已经登记过", "请打开已登记的案件，或把邮件并入它")
		}
		w.Messages = append(w.Messages, casebook.MessageWrite{ID: in.Message, Act: inbox.Act{Do: inbox.Registered, At: d.o.Now(),
			Officer: me.Officer.Name, Office: me.Unit.Code, Case: id}})
	}
	entry, err := book.Append(ctx, w)
	if err != nil {
		return Registered{}, err
	}
	d.dropDraft(ctx, book, in.Draft)
	row, err := book.Row(id)
	return Registered{Number: number, ID: id, Stage: row.Stage, Act: string(entry)}, err
}

// caseWrite is the first entry of a case, with the officers who are named to
// see its person.
func caseWrite(book *casebook.Book, id string, act *complaint.Act, in RegisterInput) (casebook.CaseWrite, error) {
	w := casebook.CaseWrite{ID: id, Act: act}
	if len(in.Viewers) == 0 {
		return w, nil
	}
	var err error
	if w.Viewers, err = viewers(book, in.Viewers); err == nil {
		act.Effects = append(act.Effects, &complaint.Set{Values: map[string]any{viewersField: namesOf(w.Viewers)}})
	}
	return w, err
}

// regimeFor is the version of a rulebook in force on the day of receipt, of
// those that are meant for this office.
func (d *Desk) regimeFor(book *casebook.Book, id string, received calendar.Date) (*regime.Regime, error) {
	rules := book.Rules()
	var profile map[string]string
	if unit := book.Office().Units[ownUnit(book)]; unit != nil {
		profile = unit.Profile
	}
	if id == "" {
		id = usualOn(rules.Regimes, profile["regime"], received)
	}
	named := func(r *regime.Regime) bool { return id != "" && (r.ID == id || r.System == id) }
	var unfit error
	for _, r := range rules.Regimes.For(received, "", "") {
		if !named(r) {
			continue
		}
		if err := misfit(r, profile); err == nil {
			return r, nil
		} else if unfit == nil {
			unfit = err
		}
	}
	if unfit != nil {
		return nil, unfit
	}
	for _, r := range rules.Regimes.All() {
		if named(r) {
			return rules.Regimes.Latest(r.ID) // Register says from when to when it applies
		}
	}
	return nil, fault.New(fault.Usage, "unknown-regime", "没有这份办法："+id, "用 regime list 查看可用的办法").At("regime")
}

// usualOn is the office's usual rulebook or, of a day on which that was not in
// force, the one of the same system that was: 第20号令 before 第121号令.
func usualOn(all *regime.Book, usual string, received calendar.Date) string {
	own, err := all.Latest(usual)
	if err != nil || own.System == "" {
		return usual
	}
	then := usual
	for _, r := range all.For(received, "", "") {
		switch {
		case r.ID == usual:
			return usual
		case r.System == own.System:
			then = r.ID
		}
	}
	return then
}

func ownUnit(book *casebook.Book) string {
	me, err := book.Me()
	if err != nil {
		return ""
	}
	return me.Unit.ID
}

// nextNumber is the case number that comes next here.
func (d *Desk) nextNumber(book *casebook.Book, me casebook.Me) (string, complaint.Serial, error) {
	s := complaint.Serial{Kind: "case", Year: zoned(d.o.Now()).Year()}
	var err error
	s.N, err = book.NextSerial(s.Kind, s.Year)
	return d.number(me, s), s, err
}

// registerFields gathers the form's values by field id.
func registerFields(in RegisterInput) (map[string]any, error) {
	out := map[string]any{}
	for k, v := range in.Fields {
		out[k] = v
	}
	for k, v := range map[string]any{"complainant": in.Complainant, "respondent": in.Respondent} {
		m, err := asMap(v)
		if err != nil {
			return nil, err
		}
		out[k] = m
	}
	if in.Agent != nil {
		m, err := asMap(in.Agent)
		if err != nil {
			return nil, err
		}
		out["agent"] = m
	}
	for k, v := range map[string]string{"request": in.Request, "facts": in.Facts, "category": in.Category,
		"sent_at": in.SentAt, "forwarded_at": in.ForwardedAt, "handed_at": in.HandedAt} {
		if v != "" {
			out[k] = v
		}
	}
	return out, nil
}

// asMap is a shape as the plain map that fields are.
func asMap(v any) (map[string]any, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var m map[string]any
	err = json.Unmarshal(raw, &m)
	for k, x := range m {
		if x == "" || x == nil {
			delete(m, k)
		}
	}
	return m, err
}

// env is what decisions on a case are made in; c is nil for a new case.
func (d *Desk) env(book *casebook.Book, me casebook.Me, r *regime.Regime, c *complaint.Case) complaint.Env {
	env := complaint.Env{Regime: r, Officer: complaint.Ref{ID: me.Officer.ID, Name: me.Officer.Name}, Office: me.Unit.Code,
		HasRole: me.Has, Now: d.o.Now(), NewID: book.ID}
	env.InCharge = func(unit string) bool { return me.Unit.InCharge(me.Officer, unit) }
	env.Skilled, env.Area = me.Unit.Skilled, me.Unit.Profile["area"]
	env.LimitOf = func(role, group string) (string, bool) {
		most, own := me.Unit.Limits[office.LimitKey(r.ID, role, group)]
		return most, own && most != ""
	}
	if c != nil {
		limits := book.Deadlines(c)
		env.Clock = func(id string) string {
			for _, l := range limits {
				if l.ID == id {
					return l.State
				}
			}
			return ""
		}
		env.ClockEnd = func(id string) (time.Time, bool) {
			for _, l := range limits {
				if l.ID == id && !l.Due.IsZero() {
					return l.Due, true
				}
			}
			return time.Time{}, false
		}
	}
	return env
}

// Similar finds cases that may be the same complaint: by phone, by name, by
// respondent with the same words.
func (d *Desk) Similar(ctx context.Context, in RegisterInput) ([]CaseRow, error) {
	book, err := d.open()
	if err != nil {
		return nil, err
	}
	now := d.o.Now()
	out := []CaseRow{}
	seen := map[string]bool{}
	for _, words := range []string{in.Complainant.Phone, in.Complainant.IDNumber, in.Complainant.Name + " " + in.Respondent.Name, in.Complainant.Name} {
		if len([]rune(words)) < 2 {
			continue
		}
		rows, _, err := book.Select(ctx, view.Query{Words: words, Sort: "-received"}, 0, 5)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if !seen[r.Case] && len(out) < 5 {
				seen[r.Case] = true
				out = append(out, caseRow(book, r, now))
			}
		}
	}
	return out, nil
}
