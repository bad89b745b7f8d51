package desk

import (
	"context"
	"slices"
	"strings"

	"jiesu/backend/calendar"
	"jiesu/backend/deadline"
	"jiesu/backend/field"
	"jiesu/backend/letter"
	"jiesu/backend/regime"
)

// rulebook finds a rulebook by "id@version", or by id or system (S7) the
// version last come into force.
func (d *Desk) rulebook(name string) (*regime.Regime, error) {
	book := d.regimes()
	if id, version, ok := strings.Cut(name, "@"); ok {
		return book.Get(id, version)
	}
	for _, r := range book.All() {
		if r.System == name && name != "" {
			name = r.ID
		}
	}
	return book.Latest(name)
}

// ReadRegime is a rulebook as a person reads it. It needs no data folder and no
// right to see cases.
func (d *Desk) ReadRegime(_ context.Context, name string) (RegimeReading, error) {
	r, err := d.rulebook(name)
	if err != nil {
		return RegimeReading{}, err
	}
	out := RegimeReading{RegimeAbout: aboutOf(r), Channels: []ReadChannel{}, Tracks: []ReadTrack{}, Actions: []ReadAction{},
		Limits: d.readLimits(r), Letters: d.readLetters(r), Lists: readLists(r), People: readRoles(r), Fields: []OptionRow{}, Versions: []RegimeVersion{}}
	for _, c := range r.Channels {
		out.Channels = append(out.Channels, d.readChannel(r, c))
	}
	for i := range r.Tracks {
		out.Tracks = append(out.Tracks, readTrack(r, &r.Tracks[i]))
	}
	for i := range r.Actions {
		out.Actions = append(out.Actions, readAction(r, &r.Actions[i]))
	}
	for _, f := range r.Fields {
		out.Fields = append(out.Fields, OptionRow{ID: f.ID, Label: f.Label, Help: f.Help})
	}
	for _, other := range d.regimes().All() {
		if other.ID == r.ID {
			out.Versions = append(out.Versions, RegimeVersion{Version: other.Version, EffectiveFrom: other.From, EffectiveTo: other.To})
		}
	}
	slices.Reverse(out.Versions)
	_, shippedErr := d.rules.Regimes.Get(r.ID, r.Version)
	out.Adopted = shippedErr != nil
	return out, nil
}

var waitsWords = map[string]string{"office": "本单位", "complainant": "投诉人", "respondent": "被投诉人", "other": "其他单位"}

func readTrack(r *regime.Regime, t *regime.Track) ReadTrack {
	out := ReadTrack{ID: t.ID, Label: t.Label, Many: t.Many, Opened: []string{}, Stages: []ReadStage{}, Ways: []ReadWay{}}
	for _, m := range r.Matters {
		if slices.Contains(m.Tracks, t.ID) {
			out.Opened = append(out.Opened, "登记为"+m.Label)
		}
	}
	for _, s := range t.Stages {
		out.Stages = append(out.Stages, ReadStage{ID: s.ID, Label: s.Label, Waits: waitsWords[s.Waits], End: s.End, Guidance: stageGuidance(r, t.ID, s.ID)})
	}
	for i := range r.Actions {
		a := &r.Actions[i]
		for _, e := range a.Effects {
			if e.OpenTrack == t.ID {
				out.Opened = append(out.Opened, "“"+a.Label+"”")
			}
			out.Ways = append(out.Ways, waysOf(r, t, a, e)...)
		}
	}
	return out
}

// waysOf are the ways an effect goes: from no stage that the action's or the
// effect's own condition rules out.
func waysOf(r *regime.Regime, t *regime.Track, a *regime.Action, e regime.EffectSpec) []ReadWay {
	if a.Track != t.ID || e.Go == "" {
		return nil
	}
	var out []ReadWay
	for _, s := range t.Stages {
		if a.At(s) && s.ID != e.Go && a.Guard.AllowsAt(t.ID, s.ID) && e.When.AllowsAt(t.ID, s.ID) {
			out = append(out, ReadWay{From: s.ID, To: e.Go, Action: a.ID, Label: a.Label, When: r.GuardWords(e.When)})
		}
	}
	return out
}

func readAction(r *regime.Regime, a *regime.Action) ReadAction {
	out := ReadAction{ID: a.ID, Track: a.Track, Label: a.Label, Stages: []string{}, Roles: []string{}, When: r.GuardWords(a.Guard), Fields: []string{},
		Letters: []string{}, Article: a.Article, Guidance: a.Guidance}
	for _, id := range a.Stages {
		s, _ := r.Stage(a.Track, id)
		out.Stages = append(out.Stages, s.Label)
	}
	for _, id := range a.Roles {
		out.Roles = append(out.Roles, r.RoleLabel(id))
	}
	for _, use := range a.Fields {
		out.Fields = append(out.Fields, useLabel(r, use))
	}
	for _, kind := range a.Letters {
		l, _ := r.Letter(kind)
		out.Letters = append(out.Letters, l.Label)
	}
	return out
}

// useLabel is a field of a form, with * where it must be filled.
func useLabel(r *regime.Regime, use regime.FieldUse) string {
	label := use.Label
	if label == "" {
		def, _ := r.FieldDef(use.ID)
		label = def.Label
	}
	if use.Required == field.Always {
		label += "*"
	}
	return label
}

func (d *Desk) readLimits(r *regime.Regime) []ReadLimit {
	own := map[string]string{}
	if _, me, err := d.entered(); err == nil {
		own = me.Unit.Clocks
	}
	out := []ReadLimit{}
	for i := range r.Clocks {
		out = append(out, readLimit(r, &r.Clocks[i], own[r.ID+"/"+r.Clocks[i].ID]))
	}
	return out
}

func readLimit(r *regime.Regime, c *regime.Clock, own string) ReadLimit {
	out := ReadLimit{ID: c.ID, Label: c.Label, Span: c.Span, Words: spanOrField(r, c), Start: marks(r, c.Start), Stop: stopWords(r, c),
		Excludes: excluded(r, c), Only: r.GuardWords(c.Guard), Origin: ruleOrigin(c), Article: c.Article, Note: c.Note, Binds: "本单位"}
	if own != "" {
		out.Span, out.Words, out.Origin, out.Own = own, chineseSpan(own), deadline.OriginWords(regime.ByUnit, true), true
	}
	if roll, err := calendar.ParseRoll(c.Roll); err == nil && c.Roll != "" {
		out.Roll = roll.Chinese()
	}
	if c.Extend != nil {
		out.Extend = extension(r, c.Extend)
	}
	for _, w := range c.WarnAt {
		out.Warn = strings.TrimPrefix(out.Warn+"、届满前"+chineseSpan(w), "、")
	}
	if c.Overdue != "" {
		out.Overdue = "转" + r.RoleLabel(c.Overdue)
	}
	if a, ok := r.Action(c.Demands); ok {
		out.Overdue += "，须办理“" + a.Label + "”"
	}
	if c.Law != nil {
		out.Law = c.Law.Article + "：" + chineseSpan(c.Law.Span)
	}
	if c.Binds == regime.BindsCitizen {
		out.Binds = "投诉人"
	}
	return out
}

func chineseSpan(s string) string {
	span, err := calendar.ParseSpan(s)
	if err != nil {
		return s
	}
	return span.Chinese()
}

func spanOrField(r *regime.Regime, c *regime.Clock) string {
	if c.SpanFrom != "" {
		def, _ := r.FieldDef(c.SpanFrom)
		return "按“" + def.Label + "”"
	}
	return chineseSpan(c.Span)
}

func marks(r *regime.Regime, ids []string) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = r.MarkWords(id)
	}
	return strings.Join(slices.Compact(words), "、")
}

// stopWords says what ends a limit; of one of telling also the contact on record.
func stopWords(r *regime.Regime, c *regime.Clock) string {
	words := marks(r, c.Stop)
	if len(c.Told) > 0 {
		words += "，或者" + marks(r, c.Told) + "后联系记录为已告知、没有任何联系方式"
	}
	return words
}

// excluded are the days and hours that do not count.
func excluded(r *regime.Regime, c *regime.Clock) []string {
	out := []string{}
	span, err := calendar.ParseSpan(c.Span)
	switch {
	case err != nil || c.Span == "":
	case span.ByDays() && c.First != "included":
		out = append(out, "当日不算，从次日起算")
	case span.ByDays():
		out = append(out, "当日算第一日")
	}
	if span.Unit == calendar.UnitWorkday {
		out = append(out, "不计休息日和放假日，调休上班日计入")
	}
	if c.Hours == "business" {
		out = append(out, "只计办公时间")
	}
	if c.Cutoff != "" {
		out = append(out, c.Cutoff+" 以后收到的按次日算")
	}
	if len(c.Pause) > 0 {
		out = append(out, "自"+marks(r, c.Pause)+"至"+marks(r, c.Resume)+"的时间不计")
	}
	if len(c.Restart) > 0 {
		out = append(out, marks(r, c.Restart)+"后重新起算")
	}
	return out
}

func extension(r *regime.Regime, e *regime.Extend) string {
	words := "可以延长" + han(e.Times) + "次"
	if e.Span != "" {
		words += "，每次不超过" + chineseSpan(e.Span)
	}
	if e.By != "" {
		words += "，由" + r.RoleLabel(e.By) + "批准"
	}
	if e.Notify {
		words += "，并告知投诉人"
	}
	return words
}

func han(n int) string {
	if n > 0 && n < 10 {
		return string([]rune("一二三四五六七八九")[n-1])
	}
	return "多"
}

// readLetters: which remedies are printed depends on what the office is. Where
// the source's own sentence may not be printed, the note says why.
func (d *Desk) readLetters(r *regime.Regime) []ReadLetter {
	out := []ReadLetter{}
	templates := map[string]*letter.Template{}
	if err := d.loadLetters(); err == nil {
		templates = d.letterSet.templates
	}
	capacity := letter.Capacity("")
	if _, me, err := d.entered(); err == nil {
		capacity = letter.Capacity(me.Unit.Profile["capacity"])
	}
	for _, l := range r.Letters {
		row := ReadLetter{Kind: l.Kind, Label: l.Label, When: r.GuardWords(l.When), Article: l.Article, Needs: []string{}, Remedy: []ReadRemedy{}}
		if t := templates[l.Template]; t != nil {
			row.Title = t.Title
			for _, m := range t.Mandatory {
				row.Needs = append(row.Needs, m.Label)
			}
			row.Remedy = remedies(r, t, capacity)
		}
		out = append(out, row)
	}
	return out
}

func remedies(r *regime.Regime, t *letter.Template, capacity letter.Capacity) []ReadRemedy {
	out := []ReadRemedy{}
	for _, c := range letter.Capacities {
		if capacity != "" && c != capacity || !r.FitsCapacity(string(c)) || t.Suits(c) != nil {
			continue
		}
		for _, ruling := range t.Rulings(c) {
			row := ReadRemedy{Text: ruling.Text(), Note: remedyNote(ruling, c)}
			if !slices.Contains(out, row) {
				out = append(out, row)
			}
		}
	}
	return out
}

func remedyNote(ruling letter.Ruling, c letter.Capacity) string {
	switch ruling.Remedy {
	case letter.RemedyNone:
		return "不写救济途径：" + ruling.Source
	case letter.RemedyOwn, letter.RemedyStaff:
		return "本单位为" + c.Label() + "，没有行政主体资格，不是行政复议和行政诉讼的对象：原文即使写有复议、诉讼也不印，只写本单位的申诉途径（" + ruling.Source + "）"
	}
	return "依据：" + ruling.Source
}

func readLists(r *regime.Regime) []ReadList {
	out := []ReadList{}
	for _, l := range r.Lists {
		row := ReadList{ID: l.ID, Label: l.Label, Open: l.Open, Items: []ReadListItem{}}
		for _, item := range l.Items {
			row.Items = append(row.Items, ReadListItem{ID: item.ID, Label: item.Label, Text: item.Text, Article: item.Article, Own: item.Has(regime.AddedFlag)})
		}
		out = append(out, row)
	}
	return out
}

func readRoles(r *regime.Regime) []ReadRole {
	out := []ReadRole{}
	for _, role := range r.Roles {
		row := ReadRole{ID: role.ID, Label: role.Label, Does: []string{}, Overdue: []string{}}
		for _, a := range r.Actions {
			if slices.Contains(a.Roles, role.ID) {
				row.Does = append(row.Does, a.Label)
			}
		}
		for _, c := range r.Clocks {
			if c.Overdue == role.ID {
				row.Overdue = append(row.Overdue, c.Label)
			}
		}
		out = append(out, row)
	}
	return out
}
