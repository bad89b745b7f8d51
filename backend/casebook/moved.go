package casebook

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/complaint"
	"jiesu/backend/deadline"
	"jiesu/backend/regime"
	"jiesu/backend/store"
	"jiesu/backend/view"
)

// Move is a limit whose end a changed calendar moved.
type Move struct {
	Case   string `json:"case"`
	Number string `json:"number"`
	Clock  string `json:"clock"`
	Label  string `json:"label"`
	Old    string `json:"old"`
	New    string `json:"new"`
	Late   bool   `json:"late,omitempty"` // what was done in time is now late
}

// Moved is a change of the calendar and what it moved.
type Moved struct {
	At    time.Time `json:"at"`
	What  []string  `json:"what"`
	Moves []Move    `json:"moves"`
	Firm  int       `json:"firm,omitempty"` // limits that are no longer provisional
}

const (
	movedKind  = "moved"
	movedPart  = 800 // moves in one local record
	movedKeeps = 60  // records kept
)

// noteMoves compares the limits of all open cases by the old calendar and the
// new, and keeps what moved on this machine. The caller holds b.mu, without
// which nothing of the office or its rules is replaced.
func (b *Book) noteMoves(ctx context.Context, old calendars) error {
	now := b.opts.Now()
	moved := Moved{At: now, What: b.changedDays(old), Moves: []Move{}}
	err := b.eachOpen(ctx, func(c *complaint.Case, r *regime.Regime, code string) {
		in := view.Limits(c, r, old.of(code), b.clockSpans(c), now)
		before := deadline.Compute(in)
		in.Calendar = b.days.of(code)
		moved.compare(c, before, deadline.Compute(in))
	})
	if err != nil {
		return err
	}
	if err := b.keepMoved(moved); err != nil {
		return err
	}
	return b.keepCounted()
}

func (m *Moved) compare(c *complaint.Case, before, after []deadline.Deadline) {
	for i, n := range after {
		o := before[i]
		late := n.Late && !o.Late
		if n.State != deadline.Stopped && o.Provisional && !n.Provisional {
			m.Firm++
		}
		if (n.State == deadline.Stopped || o.Day() == n.Day()) && !late {
			continue
		}
		m.Moves = append(m.Moves, Move{Case: c.ID, Number: c.Number, Clock: n.ID, Label: n.Label, Old: o.Day(), New: n.Day(), Late: late})
	}
}

// eachOpen folds every open case.
func (b *Book) eachOpen(ctx context.Context, fn func(c *complaint.Case, r *regime.Regime, code string)) error {
	return b.db.View(func(t *store.Txn) error {
		return t.Scan([]byte{prefixRow}, store.ScanOptions{}, func(k, raw []byte) error {
			var row view.Row
			if json.Unmarshal(raw, &row) != nil || row.Closed {
				return ctx.Err()
			}
			c, _, err := b.foldCase(t, hex.EncodeToString(k[1:]))
			if err != nil {
				return err
			}
			if r, err := b.rules.Regimes.Get(c.Regime.ID, c.Regime.Version); err == nil {
				fn(c, r, firstOffice(c))
			}
			return ctx.Err()
		})
	})
}

// keepMoved writes the list in parts, newest last, and drops the oldest.
func (b *Book) keepMoved(m Moved) error {
	var changes []Local
	rest := m.Moves
	for part := 0; part == 0 || len(rest) > 0; part++ {
		n := min(len(rest), movedPart)
		m.Moves, rest = rest[:n], rest[n:]
		id := fmt.Sprintf("%s-%03d", m.At.UTC().Format("20060102T150405.000000000"), part)
		changes = append(changes, Local{movedKind, id, m})
		m.Firm = 0 // counted once
	}
	var have []string
	prefix := localKey(movedKind, "")
	err := b.db.View(func(t *store.Txn) error {
		return t.Scan(prefix, store.ScanOptions{KeysOnly: true}, func(k, _ []byte) error {
			have = append(have, string(k[len(prefix):]))
			return nil
		})
	})
	if err != nil {
		return err
	}
	for _, id := range have[:max(0, min(len(have), len(have)+len(changes)-movedKeeps))] {
		changes = append(changes, Local{movedKind, id, nil})
	}
	return b.putLocal(changes...)
}

// MovedLog is what changes of the calendar moved, newest first.
func (b *Book) MovedLog() ([]Moved, error) {
	out := []Moved{}
	err := b.Locals(movedKind, func(_ string, raw json.RawMessage) error {
		var m Moved
		if err := json.Unmarshal(raw, &m); err != nil {
			return err
		}
		if n := len(out); n > 0 && out[n-1].At.Equal(m.At) {
			out[n-1].Moves = append(out[n-1].Moves, m.Moves...)
			return nil
		}
		out = append(out, m)
		return nil
	})
	slices.Reverse(out)
	return out, err
}

// changedDays says in words what of the calendars changed.
func (b *Book) changedDays(old calendars) []string {
	out := []string{}
	for _, year := range b.days.national.Years() {
		if !b.days.national.SameYear(old.national, year) {
			out = append(out, fmt.Sprintf("载入%d年的放假安排", year))
		}
	}
	for _, u := range b.counting() {
		out = append(out, ownDaysChanged(u.Name, old.of(u.Code), b.days.of(u.Code))...)
	}
	return out
}

func ownDaysChanged(unit string, old, now *calendar.Calendar) []string {
	before, after := map[calendar.Date]calendar.Edit{}, map[calendar.Date]calendar.Edit{}
	for _, e := range old.Edits() {
		before[e.Date] = e
	}
	var out []string
	for _, e := range now.Edits() {
		after[e.Date] = e
		if before[e.Date] != e {
			out = append(out, unit+e.Date.Chinese()+map[bool]string{true: "休息", false: "上班"}[e.Off]+"："+e.Name)
		}
	}
	for _, e := range old.Edits() {
		if _, kept := after[e.Date]; !kept {
			out = append(out, unit+"取消"+e.Date.Chinese()+"的设定")
		}
	}
	return out
}
