package desk

import (
	"context"
	"slices"

	"jiesu/backend/complaint"
	"jiesu/backend/field"
	"jiesu/backend/regime"
)

// Actions lists what this officer may do to a case now; all: the rest too,
// each with why not.
func (d *Desk) Actions(ctx context.Context, number string, all bool) ([]ActionRow, error) {
	o, err := d.openCase(number)
	if err != nil {
		return nil, err
	}
	env := d.env(o.book, o.me, o.regime, o.c)
	out, load := []ActionRow{}, map[string]int{}
	for _, offer := range complaint.Offers(o.c, env) {
		if !offer.Allowed && !all {
			continue
		}
		action := offer.Action
		facts := complaint.FactsFor(o.c, env, action.Track)
		action.Fields = stillAsked(action, facts)
		row := actionRow(o.regime, action, o.prefilled)
		o.fillRows(row.Fields)
		if err := o.fillCandidates(ctx, load, offer.Action, facts, row.Fields); err != nil {
			return nil, err
		}
		row.Allowed, row.Why = offer.Allowed, offer.Why
		out = append(out, row)
	}
	return out, nil
}

// stillAsked judges what is known of the fields' conditions before the form is
// filled in: those on the case. What is left depends on the form alone.
func stillAsked(a regime.Action, facts regime.Facts) []regime.FieldUse {
	onForm := func(id string) bool {
		return slices.ContainsFunc(a.Fields, func(u regime.FieldUse) bool { return u.ID == id })
	}
	out := make([]regime.FieldUse, 0, len(a.Fields))
	for _, use := range a.Fields {
		left, may := use.When.Left(facts, onForm)
		if !may {
			continue
		}
		if left == nil && use.Required == field.When {
			use.Required = field.Always
		}
		use.When = left
		out = append(out, use)
	}
	return out
}

// fillRows offers the rows of the case to the fields that pick one.
func (o opened) fillRows(fields []FieldRow) {
	for i := range fields {
		def, _ := o.regime.FieldDef(fields[i].ID)
		if def.Type != field.RowOf {
			continue
		}
		for _, choice := range complaint.RowChoices(o.c, o.regime, def) {
			fields[i].Options = append(fields[i].Options, OptionRow{ID: choice.ID, Label: choice.Label})
		}
	}
}

// prefilled is the value a form starts with: what the case already has. A
// moment is asked anew each time.
func (o opened) prefilled(use regime.FieldUse, def field.Def) any {
	if def.Type == field.Group || def.Type == field.File || def.Type == field.RowOf {
		return nil
	}
	if use.Default == "now" {
		return use.Default
	}
	if v, ok := o.c.Fields[use.ID]; ok {
		return v
	}
	return use.Default
}

// RegimeActions lists all actions of a rulebook.
func (d *Desk) RegimeActions(_ context.Context, id string) ([]ActionRow, error) {
	rules := d.rules
	if book, err := d.open(); err == nil && book.Unlocked() {
		rules = book.Rules()
	}
	r, err := rules.Regimes.Latest(id)
	if err != nil {
		return nil, err
	}
	out := []ActionRow{}
	for _, a := range r.Actions {
		row := actionRow(r, a, func(use regime.FieldUse, _ field.Def) any { return use.Default })
		row.Allowed = true
		out = append(out, row)
	}
	return out, nil
}

func actionRow(r *regime.Regime, a regime.Action, value func(regime.FieldUse, field.Def) any) ActionRow {
	row := ActionRow{ID: a.ID, Label: a.Label, Track: a.Track, Article: a.Article, Guidance: a.Guidance, Reversible: a.Reversible,
		Confirm: a.Confirm, Key: a.Key, Fields: []FieldRow{}, Letters: []LetterUse{}}
	for _, use := range a.Fields {
		def, ok := r.FieldDef(use.ID)
		if !ok {
			continue
		}
		f := fieldRow(r, def)
		if use.Label != "" {
			f.Label = use.Label
		}
		f.Required = string(use.Required)
		if use.Required == "" {
			f.Required = string(field.Never)
		}
		if use.When != nil {
			f.When = use.When
		}
		f.Value = value(use, def)
		row.Fields = append(row.Fields, f)
	}
	for _, kind := range a.Letters {
		if l, ok := r.Letter(kind); ok {
			row.Letters = append(row.Letters, LetterUse{Kind: l.Kind, Label: l.Label})
		}
	}
	return row
}

func fieldRow(r *regime.Regime, def field.Def) FieldRow {
	f := FieldRow{ID: def.ID, Label: def.Label, Type: string(def.Type), Required: string(field.Never), Options: []OptionRow{},
		Min: def.Min, Max: def.Max, Help: def.Help}
	if def.Type == field.RowOf { // for whoever fills it in, a choice
		f.Type = string(field.Choice)
	}
	for _, o := range def.Options {
		opt := OptionRow{ID: o.ID, Label: o.Label}
		if item, ok := r.ListItem(def.List, o.ID); ok {
			opt.Help, opt.Article = item.Text, item.Article
		}
		f.Options = append(f.Options, opt)
	}
	for i, item := range def.Items {
		column := fieldRow(r, item)
		if i > 0 && item.ID == field.TextOf(def.Items[i-1].ID) { // 其他 of the column before
			column.Required, column.When = string(field.When), whenOther(def.Items[i-1])
		} else if item.Min != nil && *item.Min > 0 && (item.Type == field.Text || item.Type == field.LongText) {
			column.Required = string(field.Always)
		}
		f.Item = append(f.Item, column)
	}
	return f
}

// whenOther is when the text of a choice is asked: an option that says nothing
// by itself is chosen.
func whenOther(choice field.Def) *regime.Guard {
	g := &regime.Guard{Field: choice.ID}
	for _, o := range choice.Options {
		if o.NeedsText {
			g.In = append(g.In, o.ID)
		}
	}
	return g
}

// Regimes lists the rulebooks that can be used here.
func (d *Desk) Regimes(_ context.Context) ([]RegimeRow, error) {
	rules := d.rules
	if book, err := d.open(); err == nil && book.Unlocked() {
		rules = book.Rules()
	}
	out := []RegimeRow{}
	for _, r := range rules.Regimes.All() {
		out = append(out, regimeRow(r))
	}
	return out, nil
}

func regimeRow(r *regime.Regime) RegimeRow {
	return RegimeRow{ID: r.ID, Title: r.Title, System: r.System, Version: r.Version, EffectiveFrom: r.From, EffectiveTo: r.To}
}

// RegimeForm says what registration under a rulebook asks.
func (d *Desk) RegimeForm(_ context.Context, id string) (RegimeForm, error) {
	rules := d.rules
	if book, err := d.open(); err == nil && book.Unlocked() {
		rules = book.Rules()
		if id == "" {
			if me, err := book.Me(); err == nil {
				id = me.Unit.Profile["regime"]
			}
		}
	}
	r, err := rules.Regimes.Latest(id)
	if err != nil {
		return RegimeForm{}, err
	}
	out := RegimeForm{Regime: regimeRow(r), Matters: []OptionRow{}, Channels: []OptionRow{}, Categories: []OptionRow{}, Standard: []FieldRow{}, Fields: []FieldRow{},
		Anonymous: []string{}, Protected: []string{}}
	for _, m := range r.Matters {
		out.Matters = append(out.Matters, OptionRow{ID: m.ID, Label: m.Label, Help: m.Help})
		if m.Has(regime.AnonymousFlag) {
			out.Anonymous = append(out.Anonymous, m.ID)
		}
		if m.Has(regime.ProtectedFlag) {
			out.Protected = append(out.Protected, m.ID)
		}
	}
	for _, c := range r.Channels {
		out.Channels = append(out.Channels, OptionRow{ID: c.ID, Label: c.Label, Help: c.Guidance})
	}
	if def, ok := r.FieldDef("category"); ok {
		out.Categories = fieldRow(r, def).Options
	}
	out.asks(r)
	return out, nil
}

// asks fills in what the rulebook's own registration asks, the fields every
// registration has apart.
func (form *RegimeForm) asks(r *regime.Regime) {
	a, ok := r.Action(complaint.RegisterAction)
	if !ok {
		return
	}
	form.Article, form.Guidance = a.Article, a.Guidance
	for _, f := range actionRow(r, a, func(use regime.FieldUse, _ field.Def) any { return use.Default }).Fields {
		if !standard[f.ID] {
			form.Fields = append(form.Fields, f)
			continue
		}
		f.Options = []OptionRow{} // those of the lists of the form
		if def, _ := r.FieldDef(f.ID); def.Label == f.Label {
			f.Label = ""
		}
		form.Standard = append(form.Standard, f)
	}
}

// standard are the fields every registration form has by itself.
var standard = map[string]bool{"matter": true, "channel": true, "received_at": true, "sent_at": true, "forwarded_at": true, "handed_at": true,
	"complainant": true, "agent": true, "respondent": true, "request": true, "facts": true, "category": true}
