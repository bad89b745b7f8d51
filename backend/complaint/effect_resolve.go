package complaint

import "jiesu/backend/journal"

// Resolve decides a contradiction: the kept act stands, the dropped ones (and
// what was built on them alone) lose their effect and stay in the history.
type Resolve struct {
	Contradiction string       `json:"contradiction"`
	Keep          journal.ID   `json:"keep"`
	Drop          []journal.ID `json:"drop"`
}

// Do implements Effect.
func (*Resolve) Do() string { return "resolve" }

func (e *Resolve) check() error {
	return need(e.Contradiction != "" && e.Keep != "" && len(e.Drop) > 0 && len(e.Drop) <= 1000, "resolve")
}

func (e *Resolve) apply(c *Case, by *applied) {
	c.claim("resolve:"+e.Contradiction, claim{Act: by.id, Value: string(e.Keep)}, by)
}

func (*Resolve) line() string { return "冲突裁决" }
