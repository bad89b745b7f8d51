package complaint

import "jiesu/backend/journal"

// Undo takes one act out of the fold. It is appended; nothing is deleted, and
// an undo can itself be undone.
type Undo struct {
	Act journal.ID `json:"act"`
}

// Do implements Effect.
func (*Undo) Do() string { return "undo" }

func (e *Undo) check() error { return need(e.Act != "", "undo") }

func (*Undo) apply(*Case, *applied) {} // Fold leaves the named act out

func (*Undo) line() string { return "撤销上一步" }
