package complaint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/fault"
	"jiesu/backend/field"
	"jiesu/backend/regime"
)

// builder makes the effects of one action from its specs and the form.
type builder struct {
	c      *Case
	env    Env
	action *regime.Action
	values map[string]any
	at     time.Time

	derived map[string]bool // of the values: what a matrix says
}

func (b *builder) effects() (Effects, error) {
	out := b.formEffects()
	facts := factsOf(b.c, b.env, b.action.Track, b.values)
	b.pending(facts)
	for _, spec := range b.action.Effects {
		if spec.When != nil {
			if ok, _ := spec.When.Eval(facts); !ok {
				continue
			}
		}
		effects, err := b.of(spec)
		if err != nil {
			return nil, err
		}
		out = append(out, effects...)
	}
	out = append(out, deriveFrom(b.c, b.env.Regime, out)...)
	if len(out) == 0 { // an action that only records that it was done
		out = append(out, &Mark{Name: "done:" + b.action.ID, At: b.at})
	}
	return out, b.dueAhead(out)
}

// formEffects stores what the form says: one set, and rows for the groups.
func (b *builder) formEffects() Effects {
	set := &Set{Values: map[string]any{}}
	for id := range b.derived {
		set.Values[id] = b.values[id]
	}
	var rows Effects
	for _, use := range b.action.Fields {
		value, ok := b.values[use.ID]
		if !ok || use.Transient {
			continue
		}
		def, _ := b.env.Regime.FieldDef(use.ID)
		switch def.Type {
		case field.Group:
			for _, row := range asRows(value) {
				rows = append(rows, &Add{Field: use.ID, ID: b.env.NewID(), Row: row})
			}
		case field.File:
			if row, ok := value.(map[string]any); ok {
				row["field"] = use.ID
				rows = append(rows, &Add{Field: AttachmentsField, ID: b.env.NewID(), Row: row})
			}
		case field.RowOf: // says which row the effects fill, nothing of the case
		default:
			set.Values[use.ID] = value
			keepLabels(set.Values, def, value)
		}
	}
	if len(set.Values) == 0 {
		return rows
	}
	return append(Effects{set}, rows...)
}

// of makes what a spec says; opening a track also goes to its first stage.
func (b *builder) of(s regime.EffectSpec) (Effects, error) {
	if s.Clear != "" {
		var out Effects
		for _, row := range b.c.Rows[s.Clear] {
			out = append(out, &Remove{Field: s.Clear, ID: row.ID})
		}
		return out, nil
	}
	if s.OpenTrack != "" {
		return openTrack(b.env.Regime, s.OpenTrack)
	}
	effect, err := b.one(s)
	if err != nil || effect == nil {
		return nil, err
	}
	return Effects{effect}, nil
}

func openTrack(r *regime.Regime, id string) (Effects, error) {
	out := Effects{&OpenTrack{Track: id, Label: trackLabel(r, id)}}
	t, ok := r.Track(id)
	if !ok || len(t.Stages) == 0 {
		return out, nil
	}
	first, err := goTo(r, id, t.Stages[0].ID)
	return append(out, first), err
}

func (b *builder) one(s regime.EffectSpec) (Effect, error) {
	switch {
	case s.Set != nil:
		if v := b.pick(s.Set.Value, s.Set.From); v != nil {
			return &Set{Values: map[string]any{s.Set.Field: v}}, nil
		}
	case s.Add != nil:
		return b.row(s.Add), nil
	case s.Update != nil:
		return b.update(s.Update)
	case s.Decide != nil:
		return b.decided(s.Decide)
	case s.Classify != nil:
		value := b.text(s.Classify.Value, s.Classify.From)
		of := cmp.Or(s.Classify.From, s.Classify.Slot) // a value of the rulebook's own has the label of the slot's field
		return &Classify{Scheme: s.Classify.Slot, Value: value, Label: b.label(of, value)}, nil
	case s.Go != "":
		return goTo(b.env.Regime, b.action.Track, s.Go)
	case s.CloseTrack != "":
		return &CloseTrack{Track: s.CloseTrack}, nil
	case s.Mark != nil:
		return b.mark(s.Mark)
	case s.Assign != nil:
		return b.assign(s.Assign)
	case s.Note != nil:
		if text := b.text("", s.Note.From); text != "" {
			return &Note{Text: text}, nil
		}
	case s.Delivered != nil:
		way := b.label(s.Delivered.Way, b.text("", s.Delivered.Way))
		return &LetterDelivered{Kind: s.Delivered.Kind, Way: way, At: b.at}, nil
	default:
		return b.clock(s)
	}
	return nil, nil
}

func (b *builder) clock(s regime.EffectSpec) (Effect, error) {
	switch {
	case s.Suspend != nil:
		return &Suspend{Clock: s.Suspend.Clock, At: b.at, Reason: b.text("", s.Suspend.Reason)}, nil
	case s.Resume != nil:
		return &Resume{Clock: s.Resume.Clock, At: b.at}, nil
	case s.Extend != nil:
		if err := b.mayExtend(s.Extend.Clock); err != nil {
			return nil, err
		}
		span := b.text(s.Extend.Span, s.Extend.From)
		return &Extend{Clock: s.Extend.Clock, Span: span, Reason: b.text("", s.Extend.Reason), ApprovedBy: b.env.Officer.Name}, nil
	case s.Restart != nil:
		return &Restart{Clock: s.Restart.Clock, At: b.at}, nil
	}
	return nil, nil
}

// moves says whether the action takes its track to a stage.
func (b *builder) moves() bool {
	return slices.ContainsFunc(b.action.Effects, func(s regime.EffectSpec) bool { return s.Go != "" })
}

// mayExtend refuses an extension that would not count: the rule says how often
// a clock may be extended, each time it runs.
func (b *builder) mayExtend(id string) error {
	k, ok := b.env.Regime.Clock(id)
	if !ok || k.Extend == nil {
		return nil
	}
	var start time.Time
	begun := func(at time.Time) {
		if at.After(start) {
			start = at
		}
	}
	for _, mark := range slices.Concat(k.Start, k.Restart) {
		for _, m := range b.c.Marks[mark] {
			begun(m.At)
		}
	}
	for _, p := range b.c.Restarts { // what was granted before it began anew is gone
		if p.Clock == id {
			begun(p.From)
		}
	}
	used := 0
	for _, x := range b.c.Extensions {
		if x.Clock == id && !calendar.DateOf(x.At).Before(calendar.DateOf(start)) {
			used++
		}
	}
	if used < k.Extend.Times {
		return nil
	}
	return fault.New(fault.Refused, "extended-already", fmt.Sprintf("“%s”时限只能延长%d次，已经延长过", k.Label, k.Extend.Times), articleHint(k.Article))
}

func (b *builder) decided(s *regime.DecideSpec) (Effect, error) {
	value := b.text(s.Value, s.From)
	if value == "" {
		return nil, fault.New(fault.Refused, "field-required", "请先作出选择", "").At(s.From)
	}
	label := b.label(s.From, value)
	if s.From == "" {
		label = b.action.Label
	}
	return &Decided{Slot: s.Slot, Value: value, Label: label}, nil
}

func (b *builder) assign(s *regime.SetSpec) (Effect, error) {
	slot := s.Field
	if slot == "" {
		slot = AssigneeSlot
	}
	var to Ref
	switch v := b.pick(s.Value, s.From).(type) {
	case string:
		to = Ref{ID: v, Name: v}
	case map[string]any:
		to.Name, _ = v["name"].(string)
		to.ID, _ = v["id"].(string)
	}
	if to.Name == "" {
		return nil, nil
	}
	if def, _ := b.env.Regime.FieldDef(s.From); isPerson(def, slot) {
		if why := b.c.partial(to); why != "" {
			return nil, fault.New(fault.Refused, recusedCode, "不能交"+to.Name+"承办："+why, "请交其他人员承办").At(s.From)
		}
	}
	return &Assign{Slot: slot, To: to}, nil
}

// pick is the fixed value, or the form's.
func (b *builder) pick(value any, from string) any {
	if from != "" {
		return b.values[from]
	}
	return value
}

func (b *builder) text(value, from string) string {
	if from == "" {
		return value
	}
	s, _ := b.values[from].(string)
	return s
}

// label is the words of a chosen option.
func (b *builder) label(from, value string) string {
	def, ok := b.env.Regime.FieldDef(from)
	if ok {
		for _, o := range def.Options {
			if o.ID == value {
				return o.Label
			}
		}
	}
	return value
}

// mark names the moment a date field of the form holds, else the act's own.
func (b *builder) mark(s *regime.MarkSpec) (Effect, error) {
	given, _ := b.values[s.At].(string)
	at, ok := ParseMoment(given)
	if !ok {
		return &Mark{Name: s.ID, At: b.at}, nil
	}
	def, _ := b.env.Regime.FieldDef(s.At)
	err := b.c.happened(at, b.env.Now, "“"+def.Label+"”", s.At)
	if err == nil && b.moves() {
		err = b.c.inOrder(b.env.Regime, b.action.Track, at, "“"+def.Label+"”", s.At)
	}
	if err != nil {
		return nil, err
	}
	return &Mark{Name: s.ID, At: at}, nil
}

func goTo(r *regime.Regime, track, stage string) (Effect, error) {
	st, ok := r.Stage(track, stage)
	if !ok {
		return nil, fault.New(fault.Failed, "regime-stage", "办法文件中没有这个环节："+stage, "请检查办法文件")
	}
	return &Go{Track: track, Stage: st.ID, Label: st.Label, Waits: st.Waits, Next: st.Next, End: st.End}, nil
}

func trackLabel(r *regime.Regime, id string) string {
	for _, t := range r.Tracks {
		if t.ID == id {
			return t.Label
		}
	}
	return id
}

func stageLabels(r *regime.Regime, a *regime.Action) string {
	var labels []string
	for _, id := range a.Stages {
		if st, ok := r.Stage(a.Track, id); ok {
			labels = append(labels, st.Label)
		}
	}
	return strings.Join(labels, "、")
}

func roleLabels(r *regime.Regime, ids []string) string {
	names := map[string]string{"handler": "经办人员", "admin": "管理员", "approver": "负责人", "identity": "可见受保护人员身份的人员"}
	for _, role := range r.Roles {
		names[role.ID] = role.Label
	}
	var labels []string
	for _, id := range ids {
		labels = append(labels, names[id])
	}
	if len(labels) == 0 {
		return names["handler"]
	}
	return strings.Join(labels, "、")
}

func asRows(value any) []map[string]any {
	list, _ := value.([]any)
	var rows []map[string]any
	for _, item := range list {
		if row, ok := item.(map[string]any); ok && len(row) > 0 {
			rows = append(rows, row)
		}
	}
	return rows
}
