package complaint

import (
	"time"

	"jiesu/backend/journal"
)

// Case is the folded state of one case. It is a projection: casebook stores it
// for speed and throws it away when the program changes.
type Case struct {
	ID         string                `json:"id"`
	Number     string                `json:"number"`
	Regime     Bound                 `json:"regime"`
	Fields     map[string]any        `json:"fields"`
	Rows       map[string][]Row      `json:"rows,omitempty"`
	Claims     map[string][]claim    `json:"claims"`
	Flags      map[string]journal.ID `json:"flags,omitempty"` // yes-or-no fields that say yes: the act that set them
	Tracks     []Track               `json:"tracks"`
	Marks      map[string][]Moment   `json:"marks"`
	Pauses     []Pause               `json:"pauses,omitempty"`
	Restarts   []Pause               `json:"restarts,omitempty"`
	Extensions []Extension           `json:"extensions,omitempty"`
	Letters    []Letter              `json:"letters,omitempty"`
	Notes      []Noted               `json:"notes,omitempty"`
	Links      []Linked              `json:"links,omitempty"`
	Persons    map[string]bool       `json:"persons,omitempty"` // other cases: their complainant is the same person, or is not
	MergedInto string                `json:"merged_into,omitempty"`
	Assigned   map[string]Ref        `json:"assigned,omitempty"`
	History    []Step                `json:"history"`

	Contradictions []Contradiction `json:"contradictions,omitempty"`
	Heads          []journal.ID    `json:"heads"`
	Waiting        int             `json:"waiting,omitempty"`   // entries whose parents nobody has brought yet
	ReadOnly       bool            `json:"read_only,omitempty"` // holds what only a newer program understands
	Protected      bool            `json:"protected,omitempty"` // has an identity part
	Sealed         bool            `json:"sealed,omitempty"`    // and it could not be read here
}

// Bound names the regime a case is bound to, frozen at receipt.
type Bound struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Hash    string `json:"hash"`
	Title   string `json:"title,omitempty"`
}

// Row is a row of a group.
type Row struct {
	ID     string         `json:"id"`
	Values map[string]any `json:"values"`
	Act    string         `json:"act"`
	At     time.Time      `json:"at"`
	By     string         `json:"by"`
}

// Track is the state of one strand of work.
type Track struct {
	ID         string    `json:"id"`
	Label      string    `json:"label"`
	Stage      string    `json:"stage"`
	StageLabel string    `json:"stage_label"`
	Waits      string    `json:"waits,omitempty"`
	Next       string    `json:"next,omitempty"`
	Ended      bool      `json:"ended,omitempty"`
	Since      time.Time `json:"since"`
	Passed     []string  `json:"passed,omitempty"` // stages gone through
}

// Moment is one setting of a mark.
type Moment struct {
	At  time.Time `json:"at"`
	Act string    `json:"act"`
}

// Pause is a span in which a clock does not count; To is zero while it lasts.
type Pause struct {
	Clock  string    `json:"clock"`
	From   time.Time `json:"from"`
	To     time.Time `json:"to,omitzero"`
	Reason string    `json:"reason,omitempty"`
	Act    string    `json:"act"`
}

// Extension lengthens a clock.
type Extension struct {
	Clock  string    `json:"clock"`
	Span   string    `json:"span"`
	Reason string    `json:"reason,omitempty"`
	At     time.Time `json:"at"`
	Act    string    `json:"act"`
}

// Letter is an issued letter and what became of it.
type Letter struct {
	LetterIssued
	At         time.Time `json:"at"`
	By         string    `json:"by"`
	Act        string    `json:"act"`
	Voided     bool      `json:"voided,omitempty"`
	VoidReason string    `json:"void_reason,omitempty"`
	Delivered  time.Time `json:"delivered,omitzero"`
	Way        string    `json:"way,omitempty"`
}

// Noted is a remark.
type Noted struct {
	Text string    `json:"text"`
	Kind string    `json:"kind,omitempty"`
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	Act  string    `json:"act"`
}

// Linked is a relation to another case.
type Linked struct {
	Case string `json:"case"`
	Kind string `json:"kind"`
}

// Step is one act in the history, as the timeline shows it.
type Step struct {
	Act        journal.ID   `json:"act"`
	Action     string       `json:"action"`
	Label      string       `json:"label"`
	Track      string       `json:"track,omitempty"`
	At         time.Time    `json:"at"`
	Recorded   time.Time    `json:"recorded"`
	Officer    Ref          `json:"officer"`
	Office     string       `json:"office"`
	Replica    string       `json:"replica"`
	Line       string       `json:"line"`
	Kind       string       `json:"kind"`                 // letter, contact, limit, work
	Dropped    journal.ID   `json:"dropped,omitempty"`    // the undo or resolve that took its effect
	Reversible bool         `json:"reversible,omitempty"` // its action may be undone
	Letter     string       `json:"letter,omitempty"`
	Parents    []journal.ID `json:"parents,omitempty"` // what its author had seen
}

func newCase(id string) *Case {
	return &Case{ID: id, Fields: map[string]any{}, Rows: map[string][]Row{}, Claims: map[string][]claim{},
		Marks: map[string][]Moment{}, Assigned: map[string]Ref{}}
}

func (c *Case) track(id string) *Track {
	for i := range c.Tracks {
		if c.Tracks[i].ID == id {
			return &c.Tracks[i]
		}
	}
	return nil
}

// Track gives the state of a track, and whether it is open at all.
func (c *Case) Track(id string) (Track, bool) {
	if t := c.track(id); t != nil {
		return *t, true
	}
	return Track{}, false
}

func (c *Case) letter(id string) *Letter {
	for i := range c.Letters {
		if c.Letters[i].ID == id {
			return &c.Letters[i]
		}
	}
	return nil
}

func (c *Case) addLink(l Linked) {
	for _, have := range c.Links {
		if have == l {
			return
		}
	}
	c.Links = append(c.Links, l)
}

// Ended reports whether every track has ended.
func (c *Case) Ended() bool {
	for _, t := range c.Tracks {
		if !t.Ended {
			return false
		}
	}
	return len(c.Tracks) > 0
}

// Main is the track the lists show: the first that has not ended, else the first.
func (c *Case) Main() Track {
	for _, t := range c.Tracks {
		if !t.Ended {
			return t
		}
	}
	if len(c.Tracks) > 0 {
		return c.Tracks[0]
	}
	return Track{}
}
