// Package regime holds a complaint system (办法) as data: tracks, stages,
// actions, fields, guards, clocks and letters, loaded from YAML files and
// checked. It knows no single case: complaint.Decide reads a regime, the fold
// never does, so a new regime needs no Go.
//
// An open list takes the office's own items without a new version
// (Book.WithItems). A choice F with an item that needs_text gets a text field
// F_text on every form, and a column its C_text, by the loader.
//
// Format 0 is documented by the types below and by assets/regimes/*.yaml. Ids
// are ASCII and for ever; labels are Chinese. A file from outside is hostile:
// at most 512 KiB, depth 16, no anchors or aliases, unknown keys refused; a
// broken file is refused whole, with line and cause, and the old one stays in
// force. A case freezes id, version and content hash at receipt, so a released
// version is never edited: a change is a new version.
package regime

import "jiesu/backend/field"

// Regime is one rulebook in one version.
type Regime struct {
	Format   int      `json:"format" yaml:"format"`
	ID       string   `json:"id" yaml:"id"`                               // "cn.gov.general"
	Version  string   `json:"version" yaml:"version"`                     // "2026.1"
	Extends  string   `json:"extends,omitempty" yaml:"extends,omitempty"` // "cn.base@2026.1": what this file does not say, that one does
	Title    string   `json:"title" yaml:"title"`
	System   string   `json:"system,omitempty" yaml:"system,omitempty"` // S1 to S16, or empty
	Purpose  string   `json:"purpose" yaml:"purpose"`
	Basis    []Basis  `json:"basis,omitempty" yaml:"basis,omitempty"`
	From     string   `json:"effective_from" yaml:"effective_from"`                 // date of receipt it applies from
	To       string   `json:"effective_to,omitempty" yaml:"effective_to,omitempty"` // last such date, empty: open
	Profiles []string `json:"profiles,omitempty" yaml:"profiles,omitempty"`         // capacities it is offered to, empty: all
	Sectors  []string `json:"sectors,omitempty" yaml:"sectors,omitempty"`           // trades it is offered to (Sectors), empty: all

	Issuer      string       `json:"issuer,omitempty" yaml:"issuer,omitempty"`           // who issued the rule
	Interpreter string       `json:"interpreter,omitempty" yaml:"interpreter,omitempty"` // 解释机关
	Supplements []Supplement `json:"supplements,omitempty" yaml:"supplements,omitempty"` // 补充规定

	Matters  []Matter    `json:"matters" yaml:"matters"`   // 投诉, 举报, 咨询 …
	Channels []Channel   `json:"channels" yaml:"channels"` // 渠道
	Fields   []field.Def `json:"fields" yaml:"fields"`
	Lists    []List      `json:"lists,omitempty" yaml:"lists,omitempty"`
	Tracks   []Track     `json:"tracks" yaml:"tracks"`
	Actions  []Action    `json:"actions" yaml:"actions"`
	Clocks   []Clock     `json:"clocks,omitempty" yaml:"clocks,omitempty"`
	Letters  []LetterUse `json:"letters,omitempty" yaml:"letters,omitempty"`
	Roles    []Role      `json:"roles,omitempty" yaml:"roles,omitempty"`
	Matrices []Matrix    `json:"matrices,omitempty" yaml:"matrices,omitempty"`
	Rules    []Rule      `json:"rules,omitempty" yaml:"rules,omitempty"`
	Limits   []Limit     `json:"limits,omitempty" yaml:"limits,omitempty"`
	Measures []Measure   `json:"measures,omitempty" yaml:"measures,omitempty"`
	Notices  []Notice    `json:"notices,omitempty" yaml:"notices,omitempty"`
	Hash     string      `json:"hash,omitempty" yaml:"-"` // of the file's bytes and its base's, set by the loader
}

// Basis is a law or rule the regime rests on.
type Basis struct {
	Title   string `json:"title" yaml:"title"`
	Article string `json:"article,omitempty" yaml:"article,omitempty"`
}

// Supplement is a rule of the office's own that completes the regime; it is
// shown at the stage it touches and frozen with the version.
type Supplement struct {
	Number string `json:"number" yaml:"number"` // its own document number
	Title  string `json:"title" yaml:"title"`
	Issued string `json:"issued" yaml:"issued"` // date
	From   string `json:"effective_from" yaml:"effective_from"`
	Stage  string `json:"stage,omitempty" yaml:"stage,omitempty"` // "main:investigating"; empty: everywhere
	Text   string `json:"text" yaml:"text"`
}

// Matter is a kind of case.
type Matter struct {
	ID     string   `json:"id" yaml:"id"`
	Label  string   `json:"label" yaml:"label"`
	Tracks []string `json:"tracks" yaml:"tracks"`                   // opened at registration
	Flags  []string `json:"flags,omitempty" yaml:"flags,omitempty"` // counts_total, counts_assessment, anonymous (a name is not needed), protected (the reporter is sealed from the first entry on)
	Help   string   `json:"help,omitempty" yaml:"help,omitempty"`   // what belongs here, shown beside the choice
}

// Matrix derives one field from two others: severity × urgency → priority. It
// is filled whenever both are known; every cell must be written.
type Matrix struct {
	ID     string                       `json:"id" yaml:"id"`
	Label  string                       `json:"label" yaml:"label"`
	Row    string                       `json:"row" yaml:"row"`       // a choice field
	Column string                       `json:"column" yaml:"column"` // a choice field
	Sets   string                       `json:"sets" yaml:"sets"`     // a choice field
	Cells  map[string]map[string]string `json:"cells" yaml:"cells"`   // row item → column item → value
}

// Rule looks at other cases of the office (repeat), or draws some of them for a
// check (draw: 抽查), and proposes; an officer decides.
type Rule struct {
	ID       string   `json:"id" yaml:"id"`
	Kind     string   `json:"kind" yaml:"kind"` // repeat, draw
	Label    string   `json:"label" yaml:"label"`
	Same     []string `json:"same,omitempty" yaml:"same,omitempty"`       // fields that must agree: respondent.name, category …
	Where    *Guard   `json:"where,omitempty" yaml:"where,omitempty"`     // the cases that count
	Count    int      `json:"count,omitempty" yaml:"count,omitempty"`     // that many earlier ones at least
	Span     string   `json:"span,omitempty" yaml:"span,omitempty"`       // received within, empty: ever
	Between  string   `json:"between,omitempty" yaml:"between,omitempty"` // a mark set on one of the earlier ones after which another came in: a correction that did not help
	Percent  int      `json:"percent,omitempty" yaml:"percent,omitempty"` // of a draw: how many of a hundred cases
	Seed     string   `json:"seed,omitempty" yaml:"seed,omitempty"`       // of a draw: with the case number it says which ones
	Proposes string   `json:"proposes" yaml:"proposes"`                   // an action
	Value    string   `json:"value,omitempty" yaml:"value,omitempty"`     // what it proposes, in words
	Shows    []string `json:"shows,omitempty" yaml:"shows,omitempty"`     // fields of the earlier cases shown with it
	Article  string   `json:"article,omitempty" yaml:"article,omitempty"`
}

// Limit is how far an officer of a role may go alone with remedies. A role
// without one may not grant any; several of one role each say what they allow.
type Limit struct {
	Role   string   `json:"role" yaml:"role"`
	Field  string   `json:"field" yaml:"field"`                       // a group of remedies
	Kind   string   `json:"kind,omitempty" yaml:"kind,omitempty"`     // its choice column
	Kinds  []string `json:"kinds,omitempty" yaml:"kinds,omitempty"`   // values of it allowed at all, empty: all
	Amount string   `json:"amount,omitempty" yaml:"amount,omitempty"` // its money column
	Max    string   `json:"max,omitempty" yaml:"max,omitempty"`       // most in sum on one case, empty: any, unset: none until the office sets one; the office may set another
}

// Channel is a way a complaint comes in.
type Channel struct {
	ID       string `json:"id" yaml:"id"`
	Label    string `json:"label" yaml:"label"`
	Guidance string `json:"guidance,omitempty" yaml:"guidance,omitempty"`
}

// List is a named set of choices with their article: grounds, categories, scales.
type List struct {
	ID    string     `json:"id" yaml:"id"`
	Label string     `json:"label" yaml:"label"`
	Open  bool       `json:"open,omitempty" yaml:"open,omitempty"` // the source says 等: an office may add, and there is 其他
	Items []ListItem `json:"items" yaml:"items"`
}

// ListItem is one choice of a list.
type ListItem struct {
	ID      string   `json:"id" yaml:"id"`
	Label   string   `json:"label" yaml:"label"`
	Text    string   `json:"text,omitempty" yaml:"text,omitempty"` // as printed in a letter
	Article string   `json:"article,omitempty" yaml:"article,omitempty"`
	Flags   []string `json:"flags,omitempty" yaml:"flags,omitempty"` // satisfied, counts_total, needs_text …
}

// Track is one strand of work in a case; a case ends when all its tracks have.
type Track struct {
	ID     string  `json:"id" yaml:"id"`
	Label  string  `json:"label" yaml:"label"`
	Many   bool    `json:"many,omitempty" yaml:"many,omitempty"`
	Stages []Stage `json:"stages" yaml:"stages"` // the first one is where the track opens
}

// Stage is a step of a track.
type Stage struct {
	ID    string `json:"id" yaml:"id"`
	Label string `json:"label" yaml:"label"`
	Waits string `json:"waits,omitempty" yaml:"waits,omitempty"` // office, complainant, respondent, other
	Next  string `json:"next,omitempty" yaml:"next,omitempty"`   // action the work list proposes first
	End   bool   `json:"end,omitempty" yaml:"end,omitempty"`

	Guidance string `json:"guidance,omitempty" yaml:"guidance,omitempty"` // shown while a case stands here
}

// Action is something an officer can do to a case.
type Action struct {
	ID         string       `json:"id" yaml:"id"` // from assets/regimes/actions.yaml
	Label      string       `json:"label" yaml:"label"`
	Track      string       `json:"track" yaml:"track"`
	Stages     []string     `json:"stages,omitempty" yaml:"stages,omitempty"` // empty: every stage that is not an end
	Roles      []string     `json:"roles,omitempty" yaml:"roles,omitempty"`   // empty: every officer who may act
	Guard      *Guard       `json:"guard,omitempty" yaml:"guard,omitempty"`
	Fields     []FieldUse   `json:"fields,omitempty" yaml:"fields,omitempty"`
	Effects    []EffectSpec `json:"effects,omitempty" yaml:"effects,omitempty"`
	Letters    []string     `json:"letters,omitempty" yaml:"letters,omitempty"` // kinds offered next
	Article    string       `json:"article,omitempty" yaml:"article,omitempty"`
	Guidance   string       `json:"guidance,omitempty" yaml:"guidance,omitempty"`
	Reversible bool         `json:"reversible,omitempty" yaml:"reversible,omitempty"`
	Confirm    string       `json:"confirm,omitempty" yaml:"confirm,omitempty"`             // consequence in the button, for what cannot be undone
	Key        string       `json:"key,omitempty" yaml:"key,omitempty"`                     // single-letter shortcut
	BuiltIn    bool         `json:"-" yaml:"-"`                                             // every rulebook has it, no file says it
	Disposes   string       `json:"disposes,omitempty" yaml:"disposes,omitempty"`           // gives up a right: withdraw, settlement, change, waiver; see complaint
	GivesUp    *Guard       `json:"disposes_when,omitempty" yaml:"disposes_when,omitempty"` // only with such a form; nil: always
}

// FieldUse places a field on an action's form. Every value given is set on
// the case under the field's id, unless Transient.
type FieldUse struct {
	ID        string         `json:"id" yaml:"id"`
	Label     string         `json:"label,omitempty" yaml:"label,omitempty"` // replaces the definition's
	Required  field.Required `json:"required,omitempty" yaml:"required,omitempty"`
	When      *Guard         `json:"when,omitempty" yaml:"when,omitempty"` // shown (and, with required: when, demanded) only then
	Default   any            `json:"default,omitempty" yaml:"default,omitempty"`
	Transient bool           `json:"transient,omitempty" yaml:"transient,omitempty"`
	Of        string         `json:"-" yaml:"-"` // the choice it completes (F_text); made by the loader
}

// Guard is a condition. Several keys in one guard must all hold; depth ≤ 3.
type Guard struct {
	All  []Guard `json:"all,omitempty" yaml:"all,omitempty"`
	Any  []Guard `json:"any,omitempty" yaml:"any,omitempty"`
	Not  *Guard  `json:"not,omitempty" yaml:"not,omitempty"`
	Says string  `json:"says,omitempty" yaml:"says,omitempty"` // the sentence an officer reads when it does not hold

	Field string   `json:"field,omitempty" yaml:"field,omitempty"` // path; with none of the next four: has a value
	Is    any      `json:"is,omitempty" yaml:"is,omitempty"`
	In    []string `json:"in,omitempty" yaml:"in,omitempty"`
	Min   *float64 `json:"min,omitempty" yaml:"min,omitempty"`
	Max   *float64 `json:"max,omitempty" yaml:"max,omitempty"`

	Stage  string      `json:"stage,omitempty" yaml:"stage,omitempty"` // "main:accepted" or "accepted" on the action's track
	Mark   *CountGuard `json:"mark,omitempty" yaml:"mark,omitempty"`
	Clock  *ClockGuard `json:"clock,omitempty" yaml:"clock,omitempty"`
	Role   string      `json:"role,omitempty" yaml:"role,omitempty"`
	NotBy  string      `json:"not_by,omitempty" yaml:"not_by,omitempty"` // this officer did not do that action: independence
	Within *Within     `json:"within,omitempty" yaml:"within,omitempty"`
	Letter string      `json:"letter,omitempty" yaml:"letter,omitempty"` // a letter of that kind is issued and not voided

	Rows      *RowsGuard `json:"rows,omitempty" yaml:"rows,omitempty"`
	Gap       *Gap       `json:"gap,omitempty" yaml:"gap,omitempty"`
	Authority string     `json:"authority,omitempty" yaml:"authority,omitempty"` // a group of remedies that this officer may grant alone (Limits)
	InCharge  string     `json:"in_charge,omitempty" yaml:"in_charge,omitempty"` // a field with a unit or department this officer is in charge of
	NotSelf   string     `json:"not_self,omitempty" yaml:"not_self,omitempty"`   // a field that does not name this officer
	BeforeEnd *BeforeEnd `json:"before_end,omitempty" yaml:"before_end,omitempty"`
	InArea    string     `json:"in_area,omitempty" yaml:"in_area,omitempty"` // a unit whose 行政区划代码 is not outside the office's own
	Skilled   *Skilled   `json:"skilled,omitempty" yaml:"skilled,omitempty"`
}

// Gap compares two moments in fields: until − since is at least (at most) that
// long. A missing one fails.
type Gap struct {
	Since string `json:"since" yaml:"since"`
	Until string `json:"until" yaml:"until"`
	Min   string `json:"min,omitempty" yaml:"min,omitempty"` // a span: 30minute
	Max   string `json:"max,omitempty" yaml:"max,omitempty"`
}

// CountGuard compares how often a mark was set.
type CountGuard struct {
	ID  string `json:"id" yaml:"id"`
	Min *int   `json:"min,omitempty" yaml:"min,omitempty"`
	Max *int   `json:"max,omitempty" yaml:"max,omitempty"`

	From string `json:"from,omitempty" yaml:"from,omitempty"` // only those on or after that day
	To   string `json:"to,omitempty" yaml:"to,omitempty"`     // only those on or before it
}

// ClockGuard asks for a clock's state.
type ClockGuard struct {
	ID string   `json:"id" yaml:"id"`
	In []string `json:"in" yaml:"in"` // running, stopped, paused, overdue, unset, waiting
}

// Within holds while the span since the last such mark has not ended.
type Within struct {
	Mark string `json:"mark" yaml:"mark"`
	Span string `json:"span" yaml:"span"`
}

// EffectSpec says which effect an action has. Exactly one of the effect keys
// is set. "from" names a field of the action's form.
type EffectSpec struct {
	When *Guard `json:"when,omitempty" yaml:"when,omitempty"`

	Set        *SetSpec    `json:"set,omitempty" yaml:"set,omitempty"`
	Add        *AddSpec    `json:"add,omitempty" yaml:"add,omitempty"`       // a row to a group field
	Update     *UpdateSpec `json:"update,omitempty" yaml:"update,omitempty"` // columns of one of its rows
	Clear      string      `json:"clear,omitempty" yaml:"clear,omitempty"`   // takes the rows out of a group: what was offered and not taken
	Decide     *DecideSpec `json:"decide,omitempty" yaml:"decide,omitempty"`
	Classify   *DecideSpec `json:"classify,omitempty" yaml:"classify,omitempty"`
	Go         string      `json:"go,omitempty" yaml:"go,omitempty"` // stage of the action's track
	OpenTrack  string      `json:"open_track,omitempty" yaml:"open_track,omitempty"`
	CloseTrack string      `json:"close_track,omitempty" yaml:"close_track,omitempty"`
	Mark       *MarkSpec   `json:"mark,omitempty" yaml:"mark,omitempty"`
	Assign     *SetSpec    `json:"assign,omitempty" yaml:"assign,omitempty"` // field: assignee slot, from: form field
	Suspend    *ClockSpec  `json:"suspend,omitempty" yaml:"suspend,omitempty"`
	Resume     *ClockSpec  `json:"resume,omitempty" yaml:"resume,omitempty"`
	Extend     *ClockSpec  `json:"extend,omitempty" yaml:"extend,omitempty"`
	Restart    *ClockSpec  `json:"restart,omitempty" yaml:"restart,omitempty"`
	Note       *SetSpec    `json:"note,omitempty" yaml:"note,omitempty"`
	Delivered  *LetterSpec `json:"delivered,omitempty" yaml:"delivered,omitempty"`
}

// SetSpec gives a field a value, fixed or from the form.
type SetSpec struct {
	Field string `json:"field,omitempty" yaml:"field,omitempty"`
	Value any    `json:"value,omitempty" yaml:"value,omitempty"`
	From  string `json:"from,omitempty" yaml:"from,omitempty"`
}

// AddSpec adds a row to a group: columns from form fields, and fixed values.
type AddSpec struct {
	Field   string            `json:"field" yaml:"field"`
	Columns map[string]string `json:"columns" yaml:"columns"`                   // column → form field
	Values  map[string]any    `json:"values,omitempty" yaml:"values,omitempty"` // column → fixed value
}

// UpdateSpec fills columns of the row that a form field of type row names.
type UpdateSpec struct {
	Row     string            `json:"row" yaml:"row"`                           // form field of type row
	Columns map[string]string `json:"columns" yaml:"columns"`                   // column → form field
	Values  map[string]any    `json:"values,omitempty" yaml:"values,omitempty"` // column → fixed value
}

// DecideSpec decides a slot.
type DecideSpec struct {
	Slot  string `json:"slot" yaml:"slot"`
	Value string `json:"value,omitempty" yaml:"value,omitempty"`
	From  string `json:"from,omitempty" yaml:"from,omitempty"`
}

// MarkSpec sets a named moment: the act's own time, or a date field's.
type MarkSpec struct {
	ID string `json:"id" yaml:"id"`
	At string `json:"at,omitempty" yaml:"at,omitempty"` // form field with the moment
}

// ClockSpec works on a clock.
type ClockSpec struct {
	Clock  string `json:"clock" yaml:"clock"`
	Span   string `json:"span,omitempty" yaml:"span,omitempty"`
	From   string `json:"from,omitempty" yaml:"from,omitempty"`     // form field with the span in the clock's unit
	Reason string `json:"reason,omitempty" yaml:"reason,omitempty"` // form field with the reason
}

// LetterSpec records a delivery.
type LetterSpec struct {
	Kind string `json:"kind" yaml:"kind"`
	Way  string `json:"way,omitempty" yaml:"way,omitempty"` // form field
}

// Clock is a rule of time (时限); deadline computes the date (期限).
type Clock struct {
	ID       string   `json:"id" yaml:"id"`
	Label    string   `json:"label" yaml:"label"`
	Track    string   `json:"track,omitempty" yaml:"track,omitempty"`
	Span     string   `json:"span,omitempty" yaml:"span,omitempty"`             // "7workday"; empty: the office sets it, 未设定 until then
	SpanFrom string   `json:"span_from,omitempty" yaml:"span_from,omitempty"`   // or a field says it: minutes (number), a span (text), or the due moment (date, datetime)
	Law      *Law     `json:"law,omitempty" yaml:"law,omitempty"`               // what the law says beside the rule's own span
	Demands  string   `json:"demands,omitempty" yaml:"demands,omitempty"`       // action that is due from on_overdue once it has run out
	Start    []string `json:"start" yaml:"start"`                               // marks; the first that is set counts
	Stop     []string `json:"stop" yaml:"stop"`                                 // any of them stops it
	Told     []string `json:"told_after,omitempty" yaml:"told_after,omitempty"` // once one of these is set, a contact on record that told the person, or that there is no way to reach him, stops it too
	Guard    *Guard   `json:"guard,omitempty" yaml:"guard,omitempty"`
	First    string   `json:"first,omitempty" yaml:"first,omitempty"`   // excluded (default) or included
	Roll     string   `json:"roll,omitempty" yaml:"roll,omitempty"`     // none, statutory_day, holiday_break, rest_day
	Cutoff   string   `json:"cutoff,omitempty" yaml:"cutoff,omitempty"` // "17:30": received later counts as the next day
	Hours    string   `json:"hours,omitempty" yaml:"hours,omitempty"`   // wall (default) or business
	Pause    []string `json:"pause,omitempty" yaml:"pause,omitempty"`   // marks that pause
	Resume   []string `json:"resume,omitempty" yaml:"resume,omitempty"` // marks that resume
	Restart  []string `json:"restart,omitempty" yaml:"restart,omitempty"`
	Extend   *Extend  `json:"extend,omitempty" yaml:"extend,omitempty"`
	WarnAt   []string `json:"warn_at,omitempty" yaml:"warn_at,omitempty"` // spans before the due date: "2workday"; the longest turns it yellow
	Overdue  string   `json:"on_overdue,omitempty" yaml:"on_overdue,omitempty"`
	Origin   string   `json:"origin" yaml:"origin"` // statutory, unit, unset
	Article  string   `json:"article,omitempty" yaml:"article,omitempty"`
	Binds    string   `json:"binds,omitempty" yaml:"binds,omitempty"` // office (default), citizen
	Note     string   `json:"note,omitempty" yaml:"note,omitempty"`   // what an officer should know of the rule, shown by explain
}

// Law is a limit the law sets beside the office's own: of what binds the
// office the shorter holds, of what binds the citizen the longer.
type Law struct {
	Span    string `json:"span" yaml:"span"`
	Article string `json:"article" yaml:"article"`
}

// Extend says how often and by whom a clock may be extended.
type Extend struct {
	Times  int    `json:"times" yaml:"times"`
	Span   string `json:"span,omitempty" yaml:"span,omitempty"` // the most each time
	By     string `json:"by,omitempty" yaml:"by,omitempty"`     // role that approves
	Notify bool   `json:"notify,omitempty" yaml:"notify,omitempty"`
}

// LetterUse says when a letter can be made under this regime.
type LetterUse struct {
	Kind     string `json:"kind" yaml:"kind"` // acceptance, refusal, decision, record-form …
	Label    string `json:"label" yaml:"label"`
	Template string `json:"template" yaml:"template"` // id in assets/letters
	When     *Guard `json:"when,omitempty" yaml:"when,omitempty"`
	Word     string `json:"word,omitempty" yaml:"word,omitempty"` // kind word of the 文号: 受, 不受, 决; empty: form serial only
	Act      string `json:"act" yaml:"act"`                       // act kind for the remedy table (domain E2)
	Copies   int    `json:"copies,omitempty" yaml:"copies,omitempty"`
	Article  string `json:"article,omitempty" yaml:"article,omitempty"`
	Marks    string `json:"marks,omitempty" yaml:"marks,omitempty"` // mark set when it is issued
}

// Role is a function in the trade (受理员, 前台接待员 …).
type Role struct {
	ID    string `json:"id" yaml:"id"`
	Label string `json:"label" yaml:"label"`
}
