package complaint

// Assign gives the case to somebody. It claims the slot ("assignee" or a
// regime's own); the same person twice does not contradict.
type Assign struct {
	Slot string `json:"slot"`
	To   Ref    `json:"to"`
}

// AssigneeSlot is who handles the case (承办人).
const AssigneeSlot = "assignee"

// Do implements Effect.
func (*Assign) Do() string { return "assign" }

func (e *Assign) check() error { return need(e.Slot != "" && e.To.Name != "", "assign") }

func (e *Assign) apply(c *Case, by *applied) {
	c.claim(e.Slot, claim{Act: by.id, Value: e.To.Name}, by)
	if c.Slot(e.Slot) == e.To.Name {
		c.Assigned[e.Slot] = e.To
	}
}

func (e *Assign) line() string { return "承办：" + e.To.Name }
