package desk

// RegimeReading is a rulebook as a person reads it.
type RegimeReading struct {
	RegimeAbout
	Channels []ReadChannel   `json:"channels"`
	Tracks   []ReadTrack     `json:"tracks"`
	Actions  []ReadAction    `json:"actions"`
	Limits   []ReadLimit     `json:"limits"`
	Letters  []ReadLetter    `json:"letters"`
	Lists    []ReadList      `json:"lists"`
	People   []ReadRole      `json:"people"`   // roles with what they do
	Fields   []OptionRow     `json:"fields"`   // what is written down, with its help
	Versions []RegimeVersion `json:"versions"` // all of the same id, the newest first
	Adopted  bool            `json:"adopted"`  // taken into use by an office; else it came with the program
}

// RegimeVersion is one version of a rulebook.
type RegimeVersion struct {
	Version       string `json:"version"`
	EffectiveFrom string `json:"effective_from"`
	EffectiveTo   string `json:"effective_to"`
}

// ReadTrack is a strand of work as a picture: boxes and the ways between them.
type ReadTrack struct {
	ID     string      `json:"id"`
	Label  string      `json:"label"`
	Opened []string    `json:"opened"` // what opens it: matters and actions, in words
	Many   bool        `json:"many"`
	Stages []ReadStage `json:"stages"`
	Ways   []ReadWay   `json:"ways"`
}

// ReadStage is a box of the picture.
type ReadStage struct {
	ID       string `json:"id"`
	Label    string `json:"label"`
	Waits    string `json:"waits"` // for whom, in words
	End      bool   `json:"end"`
	Guidance string `json:"guidance"`
}

// ReadWay is an arrow of the picture.
type ReadWay struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Action string `json:"action"`
	Label  string `json:"label"`
	When   string `json:"when"` // only then, in words
}

// ReadAction is what can be done.
type ReadAction struct {
	ID       string   `json:"id"`
	Track    string   `json:"track"`
	Label    string   `json:"label"`
	Stages   []string `json:"stages"` // labels; none: at every stage
	Roles    []string `json:"roles"`  // labels; none: every officer who may act
	When     string   `json:"when"`
	Fields   []string `json:"fields"` // labels, * those that must be filled
	Letters  []string `json:"letters"`
	Article  string   `json:"article"`
	Guidance string   `json:"guidance"`
}

// ReadLimit is a limit of time in words.
type ReadLimit struct {
	ID       string   `json:"id"`
	Label    string   `json:"label"`
	Span     string   `json:"span"` // as the file has it
	Words    string   `json:"words"`
	Start    string   `json:"start"`
	Stop     string   `json:"stop"`
	Excludes []string `json:"excludes"` // what does not count: pauses, restarts, the first day
	Only     string   `json:"only"`     // only then
	Roll     string   `json:"roll"`
	Extend   string   `json:"extend"`
	Warn     string   `json:"warn"`
	Overdue  string   `json:"overdue"`
	Origin   string   `json:"origin"`
	Article  string   `json:"article"`
	Law      string   `json:"law"`
	Binds    string   `json:"binds"`
	Note     string   `json:"note"`
	Own      bool     `json:"own"` // this office has set it
}

// ReadLetter is a letter with what it tells of remedies.
type ReadLetter struct {
	Kind    string       `json:"kind"`
	Label   string       `json:"label"`
	Title   string       `json:"title"` // of the template
	When    string       `json:"when"`
	Article string       `json:"article"`
	Needs   []string     `json:"needs"` // what it cannot be issued without
	Remedy  []ReadRemedy `json:"remedy"`
}

// ReadRemedy is a paragraph on remedies that can be printed here, and why.
type ReadRemedy struct {
	Text string `json:"text"` // empty: none
	Note string `json:"note"`
}

// ReadList is a list of choices.
type ReadList struct {
	ID    string         `json:"id"`
	Label string         `json:"label"`
	Open  bool           `json:"open"`
	Items []ReadListItem `json:"items"`
}

// ReadListItem is one choice.
type ReadListItem struct {
	ID      string `json:"id"`
	Label   string `json:"label"`
	Text    string `json:"text"`
	Article string `json:"article"`
	Own     bool   `json:"own"` // added by an office
}

// ReadRole is a role with what it does and what comes to it.
type ReadRole struct {
	ID      string   `json:"id"`
	Label   string   `json:"label"`
	Does    []string `json:"does"`
	Overdue []string `json:"overdue"` // limits that come to it once they have run out
}

// ReadChannel is how somebody who comes that way is received.
type ReadChannel struct {
	ID       string     `json:"id"`
	Label    string     `json:"label"`
	Says     []string   `json:"says"`     // conduct
	Asks     []string   `json:"asks"`     // what to ask, * what must be known
	Matters  []string   `json:"matters"`  // what belongs where
	Next     []ReadStep `json:"next"`     // what is done next, the first one first
	Limits   []string   `json:"limits"`   // what runs from now on, in words
	Guidance string     `json:"guidance"` // as the file has it
}

// ReadStep is a next step with its article and conduct.
type ReadStep struct {
	Label    string `json:"label"`
	Article  string `json:"article"`
	Guidance string `json:"guidance"`
	Roles    string `json:"roles"`
}

// RegimeDiff is what differs between two versions.
type RegimeDiff struct {
	Before RegimeRow    `json:"before"`
	After  RegimeRow    `json:"after"`
	Rows   []RegimeMove `json:"rows"`
}

// RegimeMove is one thing that was added, removed or changed.
type RegimeMove struct {
	Part   string       `json:"part"` // 阶段, 时限, 字段, 文书 …
	ID     string       `json:"id"`
	Label  string       `json:"label"`
	Change string       `json:"change"` // added, removed, changed
	Values []RegimeTurn `json:"values"` // of a changed one
}

// RegimeTurn is one value before and after.
type RegimeTurn struct {
	What   string `json:"what"`
	Before string `json:"before"`
	After  string `json:"after"`
}
