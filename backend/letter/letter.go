// Package letter turns a template and the values of a case into a document:
// resolved blocks of plain text, and the list of what is still missing.
//
// It is not a layout (backend/letter/pdf draws), not a case (complaint.Values
// gives the values) and not a programming language.
//
// # The template file (format 0)
//
// One JSON file (UTF-8) per letter, at most 256 KB, nested at most 12 deep,
// unknown and repeated keys refused:
//
//	{"format": 0, "id": "s7-acceptance", "version": "1",
//	 "kind": "acceptance",        one id per meaning, see Kinds
//	 "family": "government",      which row of the remedy table: see Families
//	 "title": "受理通知书",         what the officer picks from
//	 "paper": "letter" | "form",  信函格式 of GB/T 9704-2012, or a printed form
//	 "recipient": "complainant" | "respondent" | "both" | "office",
//	 "capacities": [...],         the 主体资格 it is for; absent: any
//	 "remedy": "auto" | ID,       the 救济途径, checked against remedy_table.go
//	 "mandatory": [{"field": PATH, "label": 中文, "when": GUARD}],
//	 "blocks": [BLOCK, ...]}
//
// A block is {"kind", "when", …} with kind one of
//
//	letterhead, number, title, addressee, paragraph, contact, note, cc, footer   "lead" (in 黑体), "text", "each"
//	paragraph     may have "ticks" in place of text
//	heading       "level" 1 or 2, "text"; numbered by the program: 一、 （一）
//	list          "each" (a list among the values) with "text" per item
//	attachments   "each", "text" per item; numbered by the program
//	table         "columns" (relative widths), "rows": [{"when","each","height","cells":[CELL]}]
//	remedy        no text: the paragraph of the remedy table; at most one, never with "when"
//	signature     "text" (issuer), "date", "seal"
//
// CELL is {"text" or "lines": [LINE], "foot": [LINE], "span", "head", "align"};
// LINE is {"lead", "text", "ticks", "align", "when"}; foot lines stand at the
// bottom of the cell. Ticks are {"field", "style": "paren"|"box", "join",
// "options": [{"id","label"}]}.
//
// Text holds placeholders {path|format|format}. Inside "each", {.name} is a key
// of the item, {.} the item (of a map its "text"), {#} its number. Formats: date, datetime,
// money, han-number, mask-id, mask-phone, join:S (lists), before:S and after:S
// (only where there is a value), default:S (default:# is the item's number).
// A mandatory value that is absent prints as ____. There are no expressions.
//
// GUARD is one of {"all":[…]}, {"any":[…]}, {"not":…}, {"field":PATH} with
// "is", "in" or "empty"; at most three deep.
//
// # Promise
//
// A format is never changed in meaning: format 0 files of today fill the same
// way for ever; new needs get a new format number. Issued letters do not rely
// on this: their PDF is stored.
package letter

// Format is the template format this package writes and reads.
const Format = 0

// Template is one letter form, loaded and checked. It is read-only after Load
// and may be used by many goroutines.
type Template struct {
	Format     int         `json:"format"`
	ID         string      `json:"id"`
	Version    string      `json:"version"`
	Kind       Kind        `json:"kind"`
	Family     Family      `json:"family"`
	Title      string      `json:"title"`
	Paper      Paper       `json:"paper"`
	Recipient  string      `json:"recipient"`
	Capacities []Capacity  `json:"capacities,omitempty"`
	Remedy     RemedyID    `json:"remedy"`
	Mandatory  []Mandatory `json:"mandatory,omitempty"`
	Blocks     []Block     `json:"blocks"`

	// Hash is the SHA-256 of the file, by which an act binds the template.
	Hash string `json:"-"`

	texts map[string]text // every text of the file, compiled once
	lines map[string]int  // "blocks.3" → line in the file, for messages
}

// Paper is the page the letter is printed on.
type Paper string

// The two papers.
const (
	PaperLetter Paper = "letter" // 信函格式, GB/T 9704-2012 10.1
	PaperForm   Paper = "form"   // a form sheet: no red head, smaller type
)

// Mandatory is a value without which the letter may not be issued.
// Field may hold [] after a list: "decision.evidence[].proves".
type Mandatory struct {
	Field string `json:"field"`
	Label string `json:"label"`
	When  *Guard `json:"when,omitempty"`
}

// Block is one piece of a template; see the package comment for which keys
// go with which kind.
type Block struct {
	Kind    BlockKind `json:"kind"`
	When    *Guard    `json:"when,omitempty"`
	Each    string    `json:"each,omitempty"`
	Lead    string    `json:"lead,omitempty"`
	Text    string    `json:"text,omitempty"`
	Level   int       `json:"level,omitempty"`
	Date    string    `json:"date,omitempty"`
	Seal    bool      `json:"seal,omitempty"`
	Columns []float64 `json:"columns,omitempty"`
	Rows    []Row     `json:"rows,omitempty"`
	Ticks   *Ticks    `json:"ticks,omitempty"`
}

// Row is one row of a table; with Each it is repeated. Height is its least
// height in mm.
type Row struct {
	When   *Guard  `json:"when,omitempty"`
	Each   string  `json:"each,omitempty"`
	Height float64 `json:"height,omitempty"`
	Cells  []Cell  `json:"cells"`
}

// Cell is one cell; Span counts columns.
type Cell struct {
	Text  string `json:"text,omitempty"`
	Lines []Line `json:"lines,omitempty"`
	Foot  []Line `json:"foot,omitempty"`
	Span  int    `json:"span,omitempty"`
	Head  bool   `json:"head,omitempty"`
	Align Align  `json:"align,omitempty"`
}

// Line is one line (it may wrap) of a cell.
type Line struct {
	When  *Guard `json:"when,omitempty"`
	Lead  string `json:"lead,omitempty"`
	Text  string `json:"text,omitempty"`
	Ticks *Ticks `json:"ticks,omitempty"`
	Align Align  `json:"align,omitempty"`
}

// Align places a line in its cell; empty is left.
type Align string

// The alignments.
const (
	Left   Align = ""
	Center Align = "center"
	Right  Align = "right"
)

// Ticks prints options and ticks those the field holds.
type Ticks struct {
	Field   string   `json:"field"`
	Style   string   `json:"style"`
	Join    string   `json:"join,omitempty"`
	Options []Option `json:"options"`
}

// Option is one tickable option.
type Option struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// BlockKind names what a block is.
type BlockKind string

// The block kinds.
const (
	Letterhead  BlockKind = "letterhead"
	Number      BlockKind = "number"
	Title       BlockKind = "title"
	Addressee   BlockKind = "addressee"
	Paragraph   BlockKind = "paragraph"
	Heading     BlockKind = "heading"
	List        BlockKind = "list"
	TableBlock  BlockKind = "table"
	Contact     BlockKind = "contact"
	Remedy      BlockKind = "remedy"
	Signature   BlockKind = "signature"
	Attachments BlockKind = "attachments"
	CarbonCopy  BlockKind = "cc"
	Note        BlockKind = "note"
	Footer      BlockKind = "footer"
)

// Kind is what a letter does; one meaning has one id everywhere.
type Kind string

// The kinds the program knows. Do not rename: regimes and scripts name them.
const (
	Receipt            Kind = "receipt"
	Acceptance         Kind = "acceptance"
	Refusal            Kind = "refusal"
	MaterialsRequest   Kind = "materials-request"
	Transfer           Kind = "transfer"
	Extension          Kind = "extension"
	Appraisal          Kind = "appraisal"
	MediationNotice    Kind = "mediation-notice"
	MediationAgreement Kind = "mediation-agreement"
	Termination        Kind = "termination"
	Decision           Kind = "decision"
	Result             Kind = "result"
	ReportResult       Kind = "report-result"
	PetitionOpinion    Kind = "petition-opinion"
	PetitionReview     Kind = "petition-review"
	PetitionFinal      Kind = "petition-final"
	StaffSanction      Kind = "staff-sanction"
	StaffAppeal        Kind = "staff-appeal"   // on the appeal against a sanction: the office's last word
	HearingNotice      Kind = "hearing-notice" // what is intended, and the right to be heard before it
	Progress           Kind = "progress"       // how far a case is
	DeliveryReceipt    Kind = "receipt-of-delivery"
	RecordForm         Kind = "record-form"
)
