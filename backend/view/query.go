package view

import (
	"encoding/hex"
	"slices"
	"time"
)

// Query asks for cases. Empty fields do not narrow.
type Query struct {
	Words    string // substrings, all of them
	Stage    string
	Light    string // red, yellow, green, grey
	Regime   string
	Channel  string
	Assignee string
	Next     string // action that is due next
	Open     string // open, closed
	Conflict bool
	From, To time.Time // received
	RedFrom  time.Time // turns red from
	RedTo    time.Time // and before
	Sort     string    // due (default), received; "-" in front turns it round
}

// Select gives the ids of a window of the answer, and how many there are.
// within, when the query has words, are the documents they were found in.
func (t *Table) Select(q Query, within []uint32, now time.Time, from, count int) (ids []string, total int) {
	order, reverse := t.byDue, false
	switch q.Sort {
	case "-due":
		reverse = true
	case "received":
		order = t.byDate
	case "-received":
		order, reverse = t.byDate, true
	}
	if q.Words != "" {
		order = t.only(order, within)
	}
	match := t.matcher(q, now)
	for i := range order {
		doc := order[i]
		if reverse {
			doc = order[len(order)-1-i]
		}
		if !match(&t.columns[doc]) {
			continue
		}
		if total >= from && total < from+count {
			ids = append(ids, hex.EncodeToString(t.columns[doc].id[:]))
		}
		total++
	}
	return ids, total
}

// only keeps the documents of within in the order.
func (t *Table) only(order []uint32, within []uint32) []uint32 {
	if len(within) < 2000 { // few: sort them, do not walk all
		keyOf := t.dueKey
		if len(order) > 0 && len(t.byDate) > 0 && &order[0] == &t.byDate[0] {
			keyOf = t.dateKey
		}
		kept := make([]uint32, 0, len(within))
		for _, d := range within {
			if int(d) < len(t.columns) && t.columns[d].id != ([16]byte{}) {
				kept = append(kept, d)
			}
		}
		slices.SortFunc(kept, func(a, b uint32) int { return compare(keyOf(a), keyOf(b)) })
		return kept
	}
	in := make([]uint64, len(t.columns)/64+1)
	for _, d := range within {
		if int(d) < len(t.columns) {
			in[d/64] |= 1 << (d % 64)
		}
	}
	kept := make([]uint32, 0, len(within))
	for _, d := range order {
		if in[d/64]&(1<<(d%64)) != 0 {
			kept = append(kept, d)
		}
	}
	return kept
}

func (t *Table) matcher(q Query, now time.Time) func(*column) bool {
	stage, reg, channel, assignee, next := code(q.Stage), code(q.Regime), code(q.Channel), code(q.Assignee), code(q.Next)
	from, to, redFrom, redTo := seconds(q.From), seconds(q.To), seconds(q.RedFrom), seconds(q.RedTo)
	sec := seconds(now)
	return func(c *column) bool {
		closed := c.flags&flagClosed != 0
		switch {
		case stage != 0 && c.stage != stage, reg != 0 && c.regime != reg, channel != 0 && c.channel != channel,
			assignee != 0 && c.assignee != assignee, next != 0 && (c.next != next || closed),
			q.Open == "open" && closed, q.Open == "closed" && !closed, q.Conflict && c.flags&flagConflict == 0,
			from != 0 && c.received < from, to != 0 && c.received > to,
			(redFrom != 0 || redTo != 0) && (closed || c.flags&flagRuns == 0),
			redFrom != 0 && c.red < redFrom, redTo != 0 && c.red >= redTo:
			return false
		}
		return q.Light == "" || c.light(sec) == q.Light
	}
}

func (c *column) light(sec uint32) string {
	switch {
	case c.flags&flagClosed != 0 || c.flags&flagRuns == 0:
		return "grey"
	case c.red <= sec:
		return "red"
	case c.yellow <= sec:
		return "yellow"
	}
	return "green"
}

// Counts are figures over all open cases.
type Counts struct {
	Total, Open, Red, Yellow, Conflict int
	Next                               map[uint32]int // by code of the next action
}

// CodeOf is the code under which Counts.Next counts an action.
func CodeOf(s string) uint32 { return code(s) }

// Count makes the figures as of now.
func (t *Table) Count(now time.Time) Counts {
	n := Counts{Next: map[uint32]int{}}
	sec := seconds(now)
	for i := range t.columns {
		c := &t.columns[i]
		if c.id == ([16]byte{}) {
			continue
		}
		n.Total++
		if c.flags&flagConflict != 0 {
			n.Conflict++
		}
		if c.flags&flagClosed != 0 {
			continue
		}
		n.Open++
		n.Next[c.next]++
		switch c.light(sec) {
		case "red":
			n.Red++
		case "yellow":
			n.Yellow++
		}
	}
	return n
}
