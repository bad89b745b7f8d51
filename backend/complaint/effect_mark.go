package complaint

import (
	"time"

	"jiesu/backend/journal"
)

// Mark sets a named moment: what clocks and reports count from. A mark may be
// set several times; all moments stay, unless the act corrects those its
// author had seen.
type Mark struct {
	Name    string    `json:"name"`
	At      time.Time `json:"at"`
	Correct bool      `json:"correct,omitempty"` // takes the place of the moments seen
}

// Do implements Effect.
func (*Mark) Do() string { return "mark" }

func (e *Mark) check() error { return need(e.Name != "" && !e.At.IsZero(), "mark") }

func (e *Mark) apply(c *Case, by *applied) {
	kept := []Moment{}
	for _, m := range c.Marks[e.Name] {
		if !e.Correct || !by.saw(journal.ID(m.Act)) {
			kept = append(kept, m)
		}
	}
	c.Marks[e.Name] = append(kept, Moment{At: e.At, Act: string(by.id)})
}

func (*Mark) line() string { return "" }
