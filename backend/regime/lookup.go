package regime

import (
	"slices"
	"strings"

	"jiesu/backend/field"
)

// StandardFields are the facts every case has; a regime does not repeat them.
// category is a choice where the regime has a list "category".
func StandardFields() []field.Def { return slices.Clone(standardFields) }

var standardFields = slices.Concat([]field.Def{
	{ID: "matter", Label: "事项", Type: field.Choice},
	{ID: "channel", Label: "渠道", Type: field.Choice},
	{ID: "received_at", Label: "收到时间", Type: field.DateTime, Help: "本单位签收的时间；时限从有权处理的单位收到起算"},
	{ID: "sent_at", Label: "交寄时间", Type: field.DateTime},
	{ID: "forwarded_at", Label: "分送到本机关时间", Type: field.DateTime},
	{ID: "handed_at", Label: "交承办人时间", Type: field.DateTime},
	{ID: "complainant", Label: "投诉人", Type: field.Person, Privacy: field.Personal},
	{ID: "agent", Label: "代理人", Type: field.Person, Privacy: field.Personal,
		Help: "scope 一般 general 或特别 special（撤回、和解须特别授权）、matters 代理事项、authority 依据、until 期限、original_seen 已核原件、id_seen 已核证件"},
	{ID: "respondent", Label: "被投诉人", Type: field.Unit},
	{ID: "request", Label: "投诉请求", Type: field.LongText},
	{ID: "facts", Label: "事实和理由", Type: field.LongText},
	{ID: "category", Label: "类别", Type: field.Text},
}, standardPeople(), recusalFields())

// StandardMarks are set at registration, whatever the regime: the four dates a
// complaint may have, and the moment it was written down; then those that
// records of contacts set.
func StandardMarks() []string {
	return []string{"received", "sent", "forwarded", "handed", "registered", ToldMark, NoContactMark, UnreachableMark, DecidedToldMark, "recusal-asked", "recusal-decided"}
}

// Key is how a version of a regime is named: "cn.gov.general@2026.1".
func (r *Regime) Key() string { return r.ID + "@" + r.Version }

// FieldDef is a field with its options filled in, standard fields included.
func (r *Regime) FieldDef(id string) (field.Def, bool) {
	for i := range len(r.Fields) + len(standardFields) {
		var d field.Def
		if i < len(r.Fields) {
			d = r.Fields[i]
		} else {
			d = standardFields[i-len(r.Fields)]
		}
		if d.ID != id {
			continue
		}
		switch {
		case id == "matter" && d.Options == nil:
			for _, m := range r.Matters {
				d.Options = append(d.Options, field.Option{ID: m.ID, Label: m.Label})
			}
		case id == "channel" && d.Options == nil:
			for _, c := range r.Channels {
				d.Options = append(d.Options, field.Option{ID: c.ID, Label: c.Label})
			}
		case id == "category" && d.Type == field.Text && r.list("category") != nil:
			d.Type, d.List = field.Choice, "category"
		}
		return r.filled(d), true
	}
	if choice, ok := strings.CutSuffix(id, field.TextOf("")); ok && choice != "" {
		if def, ok := r.FieldDef(choice); ok {
			return r.textOf(def)
		}
	}
	return field.Def{}, false
}

// filled gives a definition, and those of its rows, the options of its list.
func (r *Regime) filled(d field.Def) field.Def {
	if l := r.list(d.List); l != nil {
		d.Options = nil
		for _, item := range l.Items {
			d.Options = append(d.Options, field.Option{ID: item.ID, Label: item.Label, NeedsText: item.Has("needs_text"), Added: item.Has(AddedFlag)})
		}
	}
	if len(d.Items) > 0 {
		items := make([]field.Def, len(d.Items))
		for i, item := range d.Items {
			items[i] = r.filled(item)
		}
		d.Items = items
	}
	return d
}

func (r *Regime) list(id string) *List {
	if i := slices.IndexFunc(r.Lists, func(l List) bool { return l.ID == id }); id != "" && i >= 0 {
		return &r.Lists[i]
	}
	return nil
}

// List finds a list.
func (r *Regime) List(id string) (List, bool) {
	if l := r.list(id); l != nil {
		return *l, true
	}
	return List{}, false
}

// ListItem finds one item of a list.
func (r *Regime) ListItem(list, id string) (ListItem, bool) {
	if l := r.list(list); l != nil {
		if i := slices.IndexFunc(l.Items, func(x ListItem) bool { return x.ID == id }); i >= 0 {
			return l.Items[i], true
		}
	}
	return ListItem{}, false
}

// Action finds an action by its id on the first track that has it.
func (r *Regime) Action(id string) (Action, bool) { return r.ActionOn("", id) }

// ActionOn finds an action of one track; track empty: of any.
func (r *Regime) ActionOn(track, id string) (Action, bool) {
	i := slices.IndexFunc(r.Actions, func(a Action) bool { return a.ID == id && (track == "" || a.Track == track) })
	if i < 0 {
		return Action{}, false
	}
	return r.Actions[i], true
}

// Track finds a track.
func (r *Regime) Track(id string) (Track, bool) {
	i := slices.IndexFunc(r.Tracks, func(t Track) bool { return t.ID == id })
	if i < 0 {
		return Track{}, false
	}
	return r.Tracks[i], true
}

// Stage finds a stage of a track.
func (r *Regime) Stage(track, id string) (Stage, bool) {
	t, _ := r.Track(track)
	i := slices.IndexFunc(t.Stages, func(s Stage) bool { return s.ID == id })
	if i < 0 {
		return Stage{}, false
	}
	return t.Stages[i], true
}

// Clock finds a clock.
func (r *Regime) Clock(id string) (Clock, bool) {
	i := slices.IndexFunc(r.Clocks, func(c Clock) bool { return c.ID == id })
	if i < 0 {
		return Clock{}, false
	}
	return r.Clocks[i], true
}

// Letter finds a kind of letter.
func (r *Regime) Letter(kind string) (LetterUse, bool) {
	i := slices.IndexFunc(r.Letters, func(l LetterUse) bool { return l.Kind == kind })
	if i < 0 {
		return LetterUse{}, false
	}
	return r.Letters[i], true
}

// Channel finds a channel.
func (r *Regime) Channel(id string) (Channel, bool) {
	i := slices.IndexFunc(r.Channels, func(c Channel) bool { return c.ID == id })
	if i < 0 {
		return Channel{}, false
	}
	return r.Channels[i], true
}

// Matter finds a matter.
func (r *Regime) Matter(id string) (Matter, bool) {
	i := slices.IndexFunc(r.Matters, func(m Matter) bool { return m.ID == id })
	if i < 0 {
		return Matter{}, false
	}
	return r.Matters[i], true
}

// Cell is what a matrix says of two values, empty where one is not known.
func (m *Matrix) Cell(row, column any) string {
	r, _ := row.(string)
	c, _ := column.(string)
	return m.Cells[r][c]
}

// Has says whether a matter has a flag.
func (m Matter) Has(flag string) bool { return slices.Contains(m.Flags, flag) }

// Has says whether an item has a flag.
func (i ListItem) Has(flag string) bool { return slices.Contains(i.Flags, flag) }

// RegisterAction is the action that makes a case; no case can do it again.
const RegisterAction = "register"

// At says whether the action may be done at a stage of its track.
func (a *Action) At(s Stage) bool {
	if a.ID == RegisterAction {
		return false
	}
	if len(a.Stages) == 0 {
		return !s.End
	}
	return slices.Contains(a.Stages, s.ID)
}

func splitStage(s string) (track, stage string) {
	track, stage, ok := strings.Cut(s, ":")
	if !ok {
		return "", s
	}
	return track, stage
}
