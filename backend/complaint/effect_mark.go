package complaint

import "time"

// Mark sets a named moment: what clocks and reports count from. A mark may be
// set several times; all moments stay.
type Mark struct {
	Name string    `json:"name"`
	At   time.Time `json:"at"`
}

// Do implements Effect.
func (*Mark) Do() string { return "mark" }

func (e *Mark) check() error { return need(e.Name != "" && !e.At.IsZero(), "mark") }

func (e *Mark) apply(c *Case, by *applied) {
	c.Marks[e.Name] = append(c.Marks[e.Name], Moment{At: e.At, Act: string(by.id)})
}

func (*Mark) line() string { return "" }
