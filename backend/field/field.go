// Package field describes typed facts: what may be written into a form or a
// case, how it is checked, masked and shown.
//
// A value is what JSON can say: string, bool, float64, []any, map[string]any.
// Money is a string with at most two decimals ("1280.50"), never a float; a
// date is "2006-01-02", a datetime RFC 3339 with offset. It is not a form
// library and knows no case and no regime; screens and command line are
// generated from these definitions.
//
// Promise to old data: type names, check names and mask names are append-only;
// a value once accepted stays readable, Check is asked of new input only.
package field

import "slices"

// Type says what a value looks like. The names are the ones jiesuctl prints.
type Type string

// Append-only.
const (
	Text        Type = "text"
	LongText    Type = "longtext"
	Date        Type = "date"
	DateTime    Type = "datetime"
	Number      Type = "number"
	Money       Type = "money"
	Choice      Type = "choice"
	MultiChoice Type = "multichoice"
	Bool        Type = "bool"
	Person      Type = "person" // map: name, phone, address, id_number, email, kind …
	Unit        Type = "unit"   // map: name, code, address, head, phone
	Group       Type = "group"  // list of maps, one level, by Items
	File        Type = "file"   // input {"path"}; stored as an attachment reference
	RowOf       Type = "row"    // a row of the group Rows, by its id
)

// Privacy says who may see a value.
type Privacy string

// Append-only.
const (
	Open     Privacy = ""         // everybody on the desk
	Personal Privacy = "personal" // masked until asked, every look is logged
	Reporter Privacy = "reporter" // protected identity: sealed under the identity key (121号 art. 37)
)

// Required says whether a form may be sent without the value.
type Required string

// Append-only.
const (
	Never  Required = "never"
	Always Required = "always"
	When   Required = "when" // a guard decides; see regime.FieldUse
)

// Option is one choice of a list.
type Option struct {
	ID        string `json:"id" yaml:"id"`
	Label     string `json:"label" yaml:"label"`
	NeedsText bool   `json:"needs_text,omitempty" yaml:"needs_text,omitempty"` // 其他: says nothing by itself, see TextOf
	Added     bool   `json:"added,omitempty" yaml:"-"`                         // by an office, to an open list
}

// TextOf names the text field that belongs to a choice with an option that
// needs one.
func TextOf(choice string) string { return choice + "_text" }

// NeedsText says whether a chosen value says nothing without its text.
func (d Def) NeedsText(value any) bool {
	return slices.ContainsFunc(d.Options, func(o Option) bool { return o.NeedsText && d.Chose(value, o.ID) })
}

// HasOption says whether the definition knows a choice.
func (d Def) HasOption(id string) bool {
	return slices.ContainsFunc(d.Options, func(o Option) bool { return o.ID == id })
}

// Chose says whether a value is an option, or one of several is.
func (Def) Chose(value any, id string) bool {
	if list, ok := value.([]any); ok {
		return slices.ContainsFunc(list, func(v any) bool { return v == id })
	}
	return value == id
}

// Def defines one fact.
type Def struct {
	ID      string   `json:"id" yaml:"id"` // ASCII, for ever
	Label   string   `json:"label" yaml:"label"`
	Type    Type     `json:"type" yaml:"type"`
	List    string   `json:"list,omitempty" yaml:"list,omitempty"`       // id of the regime list its options come from
	Options []Option `json:"options,omitempty" yaml:"options,omitempty"` // or the options themselves
	Min     *float64 `json:"min,omitempty" yaml:"min,omitempty"`         // least value, or least length of a text
	Max     *float64 `json:"max,omitempty" yaml:"max,omitempty"`         // greatest value, or greatest length of a text
	Check   string   `json:"check,omitempty" yaml:"check,omitempty"`     // phone, id_number, uscc, email
	Mask    string   `json:"mask,omitempty" yaml:"mask,omitempty"`       // name, phone, id_number, address, all
	Privacy Privacy  `json:"privacy,omitempty" yaml:"privacy,omitempty"`
	Help    string   `json:"help,omitempty" yaml:"help,omitempty"`
	Items   []Def    `json:"item,omitempty" yaml:"items,omitempty"` // the fields of a group's row
	Rows    string   `json:"rows,omitempty" yaml:"rows,omitempty"`  // of a row field: the group it picks from
}
