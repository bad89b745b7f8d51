package complaint

import (
	"time"

	"jiesu/backend/journal"
)

// Suspend stops a clock from counting (中止); the office pauses nothing that
// the law lets run: regimes offer it only where an article does.
type Suspend struct {
	Clock  string    `json:"clock"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason,omitempty"`
}

// Do implements Effect.
func (*Suspend) Do() string { return "suspend" }

func (e *Suspend) check() error { return need(e.Clock != "" && !e.At.IsZero(), "suspend") }

func (e *Suspend) apply(c *Case, by *applied) {
	c.Pauses = append(c.Pauses, Pause{Clock: e.Clock, From: e.At, Reason: e.Reason, Act: string(by.id)})
}

func (e *Suspend) line() string { return "时限中止：" + e.Reason }

// Resume lets a clock count again: it ends every pause its author had seen.
type Resume struct {
	Clock string    `json:"clock"`
	At    time.Time `json:"at"`
}

// Do implements Effect.
func (*Resume) Do() string { return "resume" }

func (e *Resume) check() error { return need(e.Clock != "" && !e.At.IsZero(), "resume") }

func (e *Resume) apply(c *Case, by *applied) {
	for i := range c.Pauses { // two offices may have paused it apart
		p := &c.Pauses[i]
		if p.Clock == e.Clock && p.To.IsZero() && (p.Act == string(by.id) || by.saw(journal.ID(p.Act))) {
			p.To = e.At
		}
	}
}

func (*Resume) line() string { return "时限恢复计算" }

// Extend lengthens a clock (延期), with who approved it.
type Extend struct {
	Clock      string `json:"clock"`
	Span       string `json:"span"`
	Reason     string `json:"reason,omitempty"`
	ApprovedBy string `json:"approved_by,omitempty"`
}

// Do implements Effect.
func (*Extend) Do() string { return "extend" }

func (e *Extend) check() error { return need(e.Clock != "" && e.Span != "", "extend") }

func (e *Extend) apply(c *Case, by *applied) {
	c.Extensions = append(c.Extensions, Extension{Clock: e.Clock, Span: e.Span, Reason: e.Reason, Act: string(by.id), At: by.act.At})
}

func (e *Extend) line() string { return "时限延长：" + e.Reason }

// Restart begins a clock anew (121号 art. 35, merged reports).
type Restart struct {
	Clock string    `json:"clock"`
	At    time.Time `json:"at"`
}

// Do implements Effect.
func (*Restart) Do() string { return "restart" }

func (e *Restart) check() error { return need(e.Clock != "" && !e.At.IsZero(), "restart") }

func (e *Restart) apply(c *Case, by *applied) {
	c.Restarts = append(c.Restarts, Pause{Clock: e.Clock, From: e.At, Act: string(by.id)})
}

func (*Restart) line() string { return "时限重新计算" }
