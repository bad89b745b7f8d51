package desk

// SetupStatus says what the program found at start.
type SetupStatus struct {
	Exists    bool     `json:"exists"`   // a data folder is there
	Unlocked  bool     `json:"unlocked"` // an officer is in
	Officers  []string `json:"officers"`
	DataDir   string   `json:"data_dir"`
	Practice  bool     `json:"practice"`   // 练习: sample data in a folder of its own
	ClockWarn string   `json:"clock_warn"` // the system date cannot be right, in words
	ReadOnly  string   `json:"read_only"`
	Version   string   `json:"version"`
}

// InitInput makes a data folder.
type InitInput struct {
	OfficeCode string `json:"office_code"`
	OfficeName string `json:"office_name"`
	Officer    string `json:"officer"`
	Password   string `json:"password"`
	Issuer     string `json:"issuer,omitempty"`
	Capacity   string `json:"capacity,omitempty"`
	Sector     string `json:"sector,omitempty"`
	CodeWord   string `json:"code_word,omitempty"`
	ReviewBody string `json:"review_body,omitempty"`
	Court      string `json:"court,omitempty"`
	Regime     string `json:"regime,omitempty"`

	RecoveryFile string `json:"recovery_file,omitempty"` // where to write the recovery sheet (PDF); empty: nowhere
}

// InitResult carries the recovery code, shown once.
type InitResult struct {
	Replica      string `json:"replica"`
	RecoveryCode string `json:"recovery_code"`
	RecoveryPath string `json:"recovery_path"` // where the sheet was written, empty: nowhere
}

// RecoverySheet is what stands on the recovery sheet.
type RecoverySheet struct {
	OfficeCode string `json:"office_code"`
	OfficeName string `json:"office_name"`
	Officer    string `json:"officer"`
	Code       string `json:"code"`
}

// Profile is the office as letters name it (domain E1).
type Profile struct {
	OfficeCode     string `json:"office_code"`
	OfficeName     string `json:"office_name"`
	Issuer         string `json:"issuer"`   // 落款机关
	Capacity       string `json:"capacity"` // 主体资格 id
	Sector         string `json:"sector"`   // 行业 id: which rulebooks are offered
	CodeWord       string `json:"code_word"`
	System         string `json:"system"`
	ReviewBody     string `json:"review_body"`
	ReviewAddress  string `json:"review_address"`
	ReviewOnline   string `json:"review_online"`
	Court          string `json:"court"`
	Appeal         string `json:"appeal"` // 异议受理部门, for those without administrative power
	AppealDays     string `json:"appeal_days"`
	Department     string `json:"department"`
	Address        string `json:"address"`
	Phone          string `json:"phone"`
	Hours          string `json:"hours"`
	ConfirmedBy    string `json:"confirmed_by"` // 法制审核
	ConfirmedOn    string `json:"confirmed_on"`
	RefusalFree    bool   `json:"refusal_free"` // 法制 confirmed FY2 for refusals
	AuthorityBasis string `json:"authority_basis"`
	Area           string `json:"area"` // 行政区划代码: who is of another area is told
}

// ProfileForm is the profile with its choices and what is missing.
type ProfileForm struct {
	Profile    Profile     `json:"profile"`
	Capacities []OptionRow `json:"capacities"`
	Sectors    []OptionRow `json:"sectors"`
	Systems    []OptionRow `json:"systems"`
	Missing    []string    `json:"missing"` // what no decision can issue without
	Advice     []string    `json:"advice"`  // e.g. 上级主管部门 is not the review body
}

// OfficerRow is one person of this office.
type OfficerRow struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Phone   string   `json:"phone"`
	Roles   []string `json:"roles"`
	Retired bool     `json:"retired"`
	Office  string   `json:"office"`

	InCharge []string `json:"in_charge"` // units and departments this person answers for
	Skills   []string `json:"skills"`    // what this person knows (专长)
}

// RegimeRow is one rulebook.
type RegimeRow struct {
	ID            string `json:"id"`
	Title         string `json:"title"`
	System        string `json:"system"`
	Version       string `json:"version"`
	EffectiveFrom string `json:"effective_from"`
	EffectiveTo   string `json:"effective_to"`
}

// RegimeForm is what registration under a rulebook asks.
type RegimeForm struct {
	Regime     RegimeRow   `json:"regime"`
	Matters    []OptionRow `json:"matters"`
	Channels   []OptionRow `json:"channels"`
	Categories []OptionRow `json:"categories"`
	Standard   []FieldRow  `json:"standard"`  // the fields of every registration form that this one asks; no label: they keep their usual name
	Fields     []FieldRow  `json:"fields"`    // its own
	Article    string      `json:"article"`   // of registering
	Guidance   string      `json:"guidance"`  // and the rule of conduct
	Anonymous  []string    `json:"anonymous"` // matters that need no name
	Protected  []string    `json:"protected"` // matters whose complainant only some may see
}

// ClockSetting is a limit the office itself sets.
type ClockSetting struct {
	Regime  string `json:"regime"`
	Clock   string `json:"clock"`
	Label   string `json:"label"`
	Span    string `json:"span"`
	Origin  string `json:"origin"`
	Article string `json:"article"`
	Locked  bool   `json:"locked"`          // the law sets a limit: only what Bound says may be set
	Law     string `json:"law,omitempty"`   // what the law says beside the rulebook's own limit
	Bound   string `json:"bound,omitempty"` // 只能更短 or 只能更长, where the law sets a limit
	Own     bool   `json:"own"`             // this office has set it
	ByCase  bool   `json:"by_case"`         // a field of the case says how long, nobody else does
}

// CalendarYear is one year for the calendar screen.
type CalendarYear struct {
	Year   int           `json:"year"`
	Known  bool          `json:"known"`
	Source string        `json:"source"`
	Days   []CalendarDay `json:"days"` // the days that differ from plain Monday to Friday
	Own    []OwnDay      `json:"own"`  // this office's own days of the year
	Years  []int         `json:"years"`
	Doubts []string      `json:"doubts,omitempty"` // what looks wrong in a file just loaded
}

// OwnDay is a day on which this office works otherwise than the national
// arrangement says.
type OwnDay struct {
	Date string `json:"date"`
	Work bool   `json:"work"`
	Name string `json:"name"`
}

// CalendarChange is a change of the calendar and the limits it moved.
type CalendarChange struct {
	At    string         `json:"at"`
	What  []string       `json:"what"`
	Moves []CalendarMove `json:"moves"`
	Firm  int            `json:"firm"` // limits that are no longer 暂定
}

// CalendarMove is a limit that ends on another day now.
type CalendarMove struct {
	Number string `json:"number"`
	Clock  string `json:"clock"`
	Old    string `json:"old"`
	New    string `json:"new"`
	Late   bool   `json:"late,omitempty"` // what was done in time is late now
}

// CalendarDay is one such day.
type CalendarDay struct {
	Date string `json:"date"`
	Work bool   `json:"work"`
	Why  string `json:"why"`
}

// MailAccount is a mailbox of this machine. The password is never read back.
type MailAccount struct {
	ID        string `json:"id"`
	Server    string `json:"server"` // host:port
	User      string `json:"user"`
	TLS       string `json:"tls"` // on, starttls, off
	Folder    string `json:"folder"`
	CAFile    string `json:"ca_file"`
	Password  string `json:"password,omitempty"`
	Saved     bool   `json:"saved"`               // a password is stored
	Protected bool   `json:"protected,omitempty"` // a mailbox for reports: what comes is sealed for those who may see protected persons
}

// MailImport is the outcome of one fetch.
type MailImport struct {
	Seen       int          `json:"seen"`
	Imported   int          `json:"imported"`
	Threaded   int          `json:"threaded"`
	Duplicates int          `json:"duplicates"`
	SetAside   int          `json:"set_aside"`
	Registered int          `json:"registered"`
	Failed     []MailFailed `json:"failed"`
}

// MailFailed is a message that could not be fetched or read.
type MailFailed struct {
	UID uint32 `json:"uid"`
	Why string `json:"why"`
}

// MessageRow is one received message.
type MessageRow struct {
	ID          string `json:"id"`
	From        string `json:"from"`
	Subject     string `json:"subject"`
	Date        string `json:"date"`
	State       string `json:"state"` // new, registered, dismissed, joined, unreadable
	Case        string `json:"case,omitempty"`
	Attachments int    `json:"attachments"`
	Auto        bool   `json:"auto"`
	Warning     string `json:"warning,omitempty"`
	Snippet     string `json:"snippet"`
}

// MessagePage is a window of messages with counts for the filter.
type MessagePage struct {
	Total  int            `json:"total"`
	Counts map[string]int `json:"counts"` // by state
	Rows   []MessageRow   `json:"rows"`
}

// Span is a place in a message: runes from Start to before End of its source.
type Span struct {
	Source string `json:"source"` // text, subject, from
	Start  int    `json:"start"`
	End    int    `json:"end"`
}

// Suggested is one proposed value.
type Suggested struct {
	Field        string      `json:"field"` // complainant.name …
	Label        string      `json:"label"`
	Value        string      `json:"value"`
	Confidence   float64     `json:"confidence"`
	Word         string      `json:"word"` // 确定, 可能, 缺
	Span         *Span       `json:"span,omitempty"`
	Why          string      `json:"why"`
	Alternatives []Suggested `json:"alternatives,omitempty"`
}

// MessageDetail is a message beside what was found in it.
type MessageDetail struct {
	MessageRow
	To          string          `json:"to"`
	Text        string          `json:"text"`
	Attachments []AttachmentRow `json:"files"`
	Suggestion  []Suggested     `json:"suggestion"`
	Input       RegisterInput   `json:"input"`    // the form filled
	Complete    bool            `json:"complete"` // nothing is missing
	Similar     []CaseRow       `json:"similar"`  // possible duplicates
	Warnings    []string        `json:"warnings"`
	Path        string          `json:"path"` // the original, /message/…
}

// LetterKind is a letter a case can have now.
type LetterKind struct {
	Kind     string    `json:"kind"`
	Label    string    `json:"label"`
	Complete bool      `json:"complete"`
	Missing  []Missing `json:"missing"`
	Issued   string    `json:"issued,omitempty"` // number, when it is already out
}

// LetterQueueRow is a letter of the queue with the line of its case.
type LetterQueueRow struct {
	Case        string `json:"case"` // id
	Number      string `json:"number"`
	Complainant string `json:"complainant"`
	Respondent  string `json:"respondent"`
	Light       string `json:"light"`
	Due         string `json:"due"`
	DueText     string `json:"due_text"`
	Kind        string `json:"kind"`
	Label       string `json:"label"`
	Complete    bool   `json:"complete"`
	Missing     int    `json:"missing"`
	Issued      string `json:"issued"` // its number, empty: still to issue
	Letter      string `json:"letter"` // id of the issued one
	At          string `json:"at"`     // when it was issued
}

// Missing is one thing a letter cannot issue without.
type Missing struct {
	Field string `json:"field"`
	Label string `json:"label"`
	Where string `json:"where"` // case, profile, action
}

// Issued is a letter that took its number.
type Issued struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	SHA256 string `json:"sha256"`
	Act    string `json:"act"`
	Path   string `json:"path"`
}

// ShareStatus is the exchange in words.
type ShareStatus struct {
	State    string      `json:"state"` // off, waiting, online, offline
	Line     string      `json:"line"`  // 共享文件夹 10:32 已同步 …
	Folder   string      `json:"folder"`
	Space    string      `json:"space"`
	Unsent   int         `json:"unsent"`
	Offices  []ShareFrom `json:"offices"`
	Skipped  []Skipped   `json:"skipped"`
	Requests []JoinAsk   `json:"requests"`
	Log      []string    `json:"log"`
	Forked   string      `json:"forked"`
}

// ShareFrom is one replica of the space.
type ShareFrom struct {
	Replica string `json:"replica"`
	Office  string `json:"office"`
	Last    string `json:"last"`
	Have    uint64 `json:"have"`
	Behind  int    `json:"behind"`
	Clock   string `json:"clock"` // 时钟异常 …, or empty
	Own     bool   `json:"own"`
}

// Skipped is a file that was left alone.
type Skipped struct {
	File string `json:"file"`
	Why  string `json:"why"`
}

// JoinAsk is an office that asks to be admitted.
type JoinAsk struct {
	Replica string `json:"replica"`
	Office  string `json:"office"`
	At      string `json:"at"`
	Valid   bool   `json:"valid"`
	Why     string `json:"why"`
}

// SyncResult is one round of exchange.
type SyncResult struct {
	Published      int       `json:"published"`
	Received       int       `json:"received"`
	Offices        int       `json:"offices"`
	Waiting        int       `json:"waiting"`
	Contradictions int       `json:"contradictions"`
	Admitted       []string  `json:"admitted"`
	Skipped        []Skipped `json:"skipped"`
}

// VerifyResult is the outcome of a full check.
type VerifyResult struct {
	OK       bool     `json:"ok"`
	Entries  int      `json:"entries"`
	Cases    int      `json:"cases"`
	Problems []string `json:"problems"`
}

// DraftRow is a form kept before it was sent.
type DraftRow struct {
	ID    string         `json:"id"` // register, or case id + action
	Title string         `json:"title"`
	At    string         `json:"at"`
	Data  map[string]any `json:"data"`
}

// Found is one line of the command palette's answer.
type Found struct {
	Kind  string `json:"kind"` // case, message, screen, action
	ID    string `json:"id"`
	Title string `json:"title"`
	Hint  string `json:"hint"`
}
