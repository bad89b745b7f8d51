package desk

// The shapes that jiesuctl prints and the window shows. Times are RFC 3339
// with the offset of China, dates "2006-01-02", both as strings; lists are
// never null.

// Person is a party who is a human being or writes as one.
type Person struct {
	Name     string `json:"name"`
	Kind     string `json:"kind,omitempty"` // natural, legal, other
	Phone    string `json:"phone,omitempty"`
	Address  string `json:"address,omitempty"`
	IDType   string `json:"id_type,omitempty"` // empty: resident; passport, military, …
	IDNumber string `json:"id_number,omitempty"`
	Email    string `json:"email,omitempty"`
	Birth    string `json:"birth,omitempty"`   // date
	DiedOn   string `json:"died_on,omitempty"` // date

	// Of who speaks for the complainant.
	Scope         string `json:"scope,omitempty"` // general, special
	Matters       string `json:"matters,omitempty"`
	Authority     string `json:"authority,omitempty"` // 授权委托书, 律师 …
	Until         string `json:"until,omitempty"`     // date
	OriginalSeen  bool   `json:"original_seen,omitempty"`
	IDSeen        bool   `json:"id_seen,omitempty"`
	Relation      string `json:"relation,omitempty"`
	RelationProof string `json:"relation_proof,omitempty"`
}

// Unit is a party that is an organisation.
type Unit struct {
	Name    string `json:"name"`
	Code    string `json:"code,omitempty"` // 统一社会信用代码
	Address string `json:"address,omitempty"`
	Head    string `json:"head,omitempty"`
	Phone   string `json:"phone,omitempty"`
	Area    string `json:"area,omitempty"` // 行政区划代码
}

// RegisterInput is a complaint as it comes in.
type RegisterInput struct {
	Regime      string         `json:"regime"`
	Matter      string         `json:"matter"`
	Channel     string         `json:"channel"`
	ReceivedAt  string         `json:"received_at"` // 单位签收
	SentAt      string         `json:"sent_at,omitempty"`
	ForwardedAt string         `json:"forwarded_at,omitempty"`
	HandedAt    string         `json:"handed_at,omitempty"`
	Complainant Person         `json:"complainant"`
	Agent       *Person        `json:"agent,omitempty"`
	Respondent  Unit           `json:"respondent"`
	Request     string         `json:"request"`
	Facts       string         `json:"facts"`
	Category    string         `json:"category"`
	Fields      map[string]any `json:"fields,omitempty"`
	Protected   bool           `json:"protected,omitempty"` // 保密: the person is sealed under the identity key
	Viewers     []string       `json:"viewers,omitempty"`   // 保密, and only these officers (names or ids) see the person
	Message     string         `json:"message,omitempty"`   // id of the received message it comes from
	Draft       string         `json:"draft,omitempty"`     // id of the draft to drop
}

// Registered is the answer to a registration.
type Registered struct {
	Number string `json:"number"`
	ID     string `json:"id"`
	Stage  string `json:"stage"`
	Act    string `json:"act"` // entry id, for 撤销
}

// CaseRow is one line of a list.
type CaseRow struct {
	ID          string `json:"id"`
	Number      string `json:"number"`
	Regime      string `json:"regime"`
	RegimeTitle string `json:"regime_title"`
	Stage       string `json:"stage"`
	StageLabel  string `json:"stage_label"`
	Light       string `json:"light"` // red, yellow, green, grey
	Complainant string `json:"complainant"`
	Respondent  string `json:"respondent"`
	Next        string `json:"next"`             // action id
	NextLabel   string `json:"next_label"`       // what to do next, in words
	Due         string `json:"due"`              // date or time, empty: none runs
	DueText     string `json:"due_text"`         // 剩3个工作日, 超期2天 …
	DueLabel    string `json:"due_label"`        // which limit
	Demand      string `json:"demand,omitempty"` // a limit ran out: who must do what now
	Assignee    string `json:"assignee"`
	Channel     string `json:"channel"`
	ReceivedAt  string `json:"received_at"`
	Office      string `json:"office"`
	Conflict    bool   `json:"conflict"`
	Closed      bool   `json:"closed"`
}

// CaseQuery asks for cases. Empty fields do not narrow.
type CaseQuery struct {
	Query    string `json:"query"` // words; also 投诉人: 被投诉人: 灯: 编号: prefixes
	Stage    string `json:"stage"`
	Light    string `json:"light"`
	Regime   string `json:"regime"`
	Channel  string `json:"channel"`
	Assignee string `json:"assignee"`
	Open     string `json:"open"`     // open, closed, empty: both
	Received string `json:"received"` // "2026-01-01..2026-03-31", either end may be missing
	Sort     string `json:"sort"`     // due (default), received, number; "-" in front: descending
	Limit    int    `json:"limit"`
}

// CasePage is a window of a query's answer.
type CasePage struct {
	Total int       `json:"total"`
	From  int       `json:"from"`
	Rows  []CaseRow `json:"rows"`
	AsOf  string    `json:"as_of"`
}

// ClockRow is one time limit of a case.
type ClockRow struct {
	ID          string   `json:"id"`
	Label       string   `json:"label"`
	Due         string   `json:"due"`
	DueText     string   `json:"due_text"`
	ActBy       string   `json:"act_by"`
	State       string   `json:"state"` // waiting, running, paused, stopped, overdue, unset
	Light       string   `json:"light"`
	Provisional bool     `json:"provisional"`
	Origin      string   `json:"origin"` // 法定, 办法规定, 本单位设定, 本案约定, 未设定
	Basis       string   `json:"basis"`
	Readings    []string `json:"readings,omitempty"`
	Start       string   `json:"start,omitempty"`
	Stopped     string   `json:"stopped,omitempty"`
	Ignored     []string `json:"ignored,omitempty"`    // extensions beyond the rule's number, in words
	Demands     string   `json:"demands,omitempty"`    // overdue: the action that is due now
	OnOverdue   string   `json:"on_overdue,omitempty"` // and who owes it
}

// TrackRow is the state of one track.
type TrackRow struct {
	ID         string     `json:"id"`
	Label      string     `json:"label"`
	Stage      string     `json:"stage"`
	StageLabel string     `json:"stage_label"`
	Ended      bool       `json:"ended"`
	Stages     []StageRow `json:"stages"`             // for the stage bar
	Guidance   string     `json:"guidance,omitempty"` // what the rule asks for while the case stands here
}

// StageRow is one step of the stage bar.
type StageRow struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	State string `json:"state"` // done, current, open
}

// HistoryRow is one line of the timeline.
type HistoryRow struct {
	ID         string `json:"id"`
	Type       string `json:"type"` // action id
	Label      string `json:"label"`
	At         string `json:"at"`
	RecordedAt string `json:"recorded_at"`
	Officer    string `json:"officer"`
	Replica    string `json:"replica"`
	Office     string `json:"office"`
	Own        bool   `json:"own"` // written on this machine
	Line       string `json:"line"`
	Kind       string `json:"kind"` // letter, contact, limit, work: the filter chips
	Undone     bool   `json:"undone"`
	Reversible bool   `json:"reversible"`
	Letter     string `json:"letter,omitempty"` // issued letter's id
}

// LetterRow is one issued letter.
type LetterRow struct {
	ID        string `json:"id"`
	Kind      string `json:"kind"`
	Label     string `json:"label"`
	Number    string `json:"number"`
	IssuedAt  string `json:"issued_at"`
	SHA256    string `json:"sha256"`
	Voided    bool   `json:"voided"`
	Delivered string `json:"delivered,omitempty"` // when and how
	Path      string `json:"path,omitempty"`      // for the window: /letter/…
}

// AttachmentRow is one file of a case.
type AttachmentRow struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Type    string `json:"type"`
	Size    int64  `json:"size"`
	SHA256  string `json:"sha256"`
	AddedAt string `json:"added_at"`
	By      string `json:"by"`
	Here    bool   `json:"here"` // false: 附件未到
	Path    string `json:"path,omitempty"`
}

// PropertyRow is one fact of a case for the property list.
type PropertyRow struct {
	ID      string `json:"id"`
	Label   string `json:"label"`
	Text    string `json:"text"`
	Masked  bool   `json:"masked"`
	Privacy string `json:"privacy,omitempty"`
}

// ContradictionRow is what two offices did apart.
type ContradictionRow struct {
	ID       string            `json:"id"`
	Case     string            `json:"case"`
	Number   string            `json:"number"`
	Slots    []string          `json:"slots"`
	Label    string            `json:"label"` // 受理决定, 处理决定 …
	Branches []ContradictionBy `json:"branches"`
}

// ContradictionBy is one side.
type ContradictionBy struct {
	Entry   string `json:"entry"`
	Officer string `json:"officer"`
	Office  string `json:"office"`
	At      string `json:"at"`
	Line    string `json:"line"`
	Own     bool   `json:"own"`
	Letters string `json:"letters,omitempty"` // what was already issued on it
	Told    bool   `json:"told"`              // the complainant was already told
}

// RegimeRef names the rulebook a case is bound to.
type RegimeRef struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Title   string `json:"title,omitempty"`
}

// CaseDetail is one case whole.
type CaseDetail struct {
	Number         string             `json:"number"`
	ID             string             `json:"id"`
	Regime         RegimeRef          `json:"regime"`
	Stage          string             `json:"stage"`
	StageLabel     string             `json:"stage_label"`
	Tracks         []TrackRow         `json:"tracks"`
	ReceivedAt     string             `json:"received_at"`
	Channel        string             `json:"channel"`
	Complainant    Person             `json:"complainant"`
	Respondent     Unit               `json:"respondent"`
	Request        string             `json:"request"`
	Facts          string             `json:"facts"`
	Category       string             `json:"category"`
	Fields         map[string]any     `json:"fields"`
	Properties     []PropertyRow      `json:"properties"`
	Clocks         []ClockRow         `json:"clocks"`
	History        []HistoryRow       `json:"history"`
	Letters        []LetterRow        `json:"letters"`
	Attachments    []AttachmentRow    `json:"attachments"`
	Contradictions []ContradictionRow `json:"contradictions"`
	Links          []CaseRow          `json:"links"`
	Proposals      []ProposalRow      `json:"proposals"`  // what earlier cases suggest; an officer decides
	Primary        string             `json:"primary"`    // the one action this step asks for
	Incomplete     string             `json:"incomplete"` // 等待某网点较早的记录 …, or empty
	ReadOnly       string             `json:"read_only"`  // 需要升级 …, or empty
	Assignee       string             `json:"assignee"`
	Protected      bool               `json:"protected"`         // the person is sealed and this officer may not see
	Viewers        []string           `json:"viewers,omitempty"` // who alone may see the person, where officers are named
	Notices        []NoticeRow        `json:"notices,omitempty"`
	Reached        string             `json:"reached"` // 已到达 2/3 处
	Heads          []string           `json:"heads"`   // what the screen shows: given back as ActInput.Seen
}

// NoticeRow is something to know of a case before work goes on: a power of
// attorney that ends, a respondent of another area.
type NoticeRow struct {
	ID      string      `json:"id"`
	Text    string      `json:"text"`
	Actions []OptionRow `json:"actions,omitempty"` // what the rulebook offers about it
}

// ActionRow is something that may be done now, or why not.
type ActionRow struct {
	ID         string      `json:"id"`
	Label      string      `json:"label"`
	Track      string      `json:"track"`
	Article    string      `json:"article"`
	Guidance   string      `json:"guidance,omitempty"`
	Fields     []FieldRow  `json:"fields"`
	Letters    []LetterUse `json:"letters"`
	Allowed    bool        `json:"allowed"`
	Why        string      `json:"why,omitempty"` // why not
	Reversible bool        `json:"reversible"`
	Confirm    string      `json:"confirm,omitempty"`
	Key        string      `json:"key,omitempty"`
}

// FieldRow is one input of a form.
type FieldRow struct {
	ID       string      `json:"id"`
	Label    string      `json:"label"`
	Type     string      `json:"type"`
	Required string      `json:"required"` // never, always, when
	When     any         `json:"when,omitempty"`
	Options  []OptionRow `json:"options"`
	Suggest  []OptionRow `json:"suggest,omitempty"` // of a text: likely values, the best first; any other may be written
	Min      *float64    `json:"min,omitempty"`
	Max      *float64    `json:"max,omitempty"`
	Item     []FieldRow  `json:"item,omitempty"`
	Value    any         `json:"value,omitempty"` // prefilled
	Help     string      `json:"help,omitempty"`
	Article  string      `json:"article,omitempty"`
}

// OptionRow is one choice.
type OptionRow struct {
	ID      string `json:"id"`
	Label   string `json:"label"`
	Help    string `json:"help,omitempty"` // what it says in full
	Article string `json:"article,omitempty"`
}

// LetterUse is a letter that can be made.
type LetterUse struct {
	Kind  string `json:"kind"`
	Label string `json:"label"`
}

// ActInput does an action to a case.
type ActInput struct {
	Case   string         `json:"case"` // number or id
	Action string         `json:"action"`
	Track  string         `json:"track,omitempty"`
	At     string         `json:"at,omitempty"`     // when it happened; empty: now
	Reason string         `json:"reason,omitempty"` // why it is written down so late
	Fields map[string]any `json:"fields"`
	Seen   []string       `json:"seen,omitempty"`  // heads the screen showed; empty: the present ones
	Draft  string         `json:"draft,omitempty"` // draft to drop
}

// Change is the answer to every act: what the window patches.
type Change struct {
	Act        string  `json:"act"` // entry id
	Line       string  `json:"line"`
	Row        CaseRow `json:"row"`
	Reversible bool    `json:"reversible"`
}

// Explanation is the day-by-day reason of one due date.
type Explanation struct {
	Clock    ClockRow     `json:"clock"`
	Days     []ExplainDay `json:"days"`
	Readings []string     `json:"readings"`
	Text     string       `json:"text"`
}

// ExplainDay is one day of it.
type ExplainDay struct {
	Date   string `json:"date"`
	Counts bool   `json:"counts"`
	Why    string `json:"why"`
}

// WorkList is the first screen.
type WorkList struct {
	Counters []Counter   `json:"counters"`
	Groups   []WorkGroup `json:"groups"`
	Week     []WeekDay   `json:"week"` // the next seven days
	AsOf     string      `json:"as_of"`
	Today    string      `json:"today"` // 2026年11月24日 星期二（工作日）
	Holiday  string      `json:"holiday"`
}

// Counter is one number that filters.
type Counter struct {
	ID    string `json:"id"` // overdue, today, accept, contradiction
	Label string `json:"label"`
	Count int    `json:"count"`
	Light string `json:"light"`
}

// WorkGroup is what waits for one kind of next step.
type WorkGroup struct {
	Action string    `json:"action"`
	Label  string    `json:"label"`
	Total  int       `json:"total"`
	Rows   []CaseRow `json:"rows"` // at most 200
}

// WeekDay is one bar of the strip below the work list.
type WeekDay struct {
	Date    string `json:"date"`
	Label   string `json:"label"`
	Workday bool   `json:"workday"`
	Count   int    `json:"count"`
}
