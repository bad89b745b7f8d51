package view

import (
	"encoding/binary"
	"encoding/hex"
	"hash/fnv"
	"slices"
	"time"
)

// column is what the table keeps of a case in memory.
type column struct {
	id       [16]byte
	yellow   uint32 // seconds since 2000, 0: never
	red      uint32
	received uint32
	stage    uint32 // FNV of the stage and so on: equal means equal
	regime   uint32
	channel  uint32
	assignee uint32
	next     uint32
	flags    uint8
}

const (
	flagClosed = 1 << iota
	flagConflict
	flagRuns
	flagPaused
)

const columnSize = 16 + 8*4 + 1

var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func seconds(t time.Time) uint32 {
	if s := t.Sub(epoch) / time.Second; !t.IsZero() && s > 0 && s < 1<<32 {
		return uint32(s)
	}
	return 0
}

func code(s string) uint32 {
	if s == "" {
		return 0
	}
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32()
}

// Pack is the row's column for the database.
func (r Row) Pack() []byte {
	c := column{yellow: seconds(r.Yellow), red: seconds(r.Red), received: seconds(r.Received), stage: code(r.Stage), regime: code(r.Regime),
		channel: code(r.Channel), assignee: code(r.Assignee), next: code(r.Next)}
	raw, err := hex.DecodeString(r.Case)
	if err == nil {
		copy(c.id[:], raw)
	}
	for flag, on := range map[uint8]bool{flagClosed: r.Closed, flagConflict: r.Conflict, flagRuns: r.Clock != "", flagPaused: r.Paused} {
		if on {
			c.flags |= flag
		}
	}
	out := append(make([]byte, 0, columnSize), c.id[:]...)
	for _, v := range []uint32{c.yellow, c.red, c.received, c.stage, c.regime, c.channel, c.assignee, c.next} {
		out = binary.BigEndian.AppendUint32(out, v)
	}
	return append(out, c.flags)
}

func unpack(raw []byte) (c column, ok bool) {
	if len(raw) != columnSize {
		return c, false
	}
	copy(c.id[:], raw)
	for i, p := range []*uint32{&c.yellow, &c.red, &c.received, &c.stage, &c.regime, &c.channel, &c.assignee, &c.next} {
		*p = binary.BigEndian.Uint32(raw[16+4*i:])
	}
	c.flags = raw[columnSize-1]
	return c, true
}

// Table holds the columns of all cases, by document number, and their orders.
// It is not safe for concurrent use; casebook guards it.
type Table struct {
	columns []column // by document number; a zero id is no case
	byDue   []uint32 // open ones with a limit by red, then the other open ones, then the closed
	byDate  []uint32 // received first, first
}

// NewTable is an empty table.
func NewTable() *Table { return &Table{} }

// Load takes a packed column without keeping order; Sort must follow.
func (t *Table) Load(doc uint32, raw []byte) {
	c, ok := unpack(raw)
	if !ok {
		return
	}
	if n := int(doc) + 1; n > len(t.columns) {
		t.columns = append(t.columns, make([]column, n-len(t.columns))...)
	}
	t.columns[doc] = c
}

// Sort makes the orders anew after Load.
func (t *Table) Sort() {
	t.byDue, t.byDate = t.byDue[:0], t.byDate[:0]
	for doc := range t.columns {
		if t.columns[doc].id != ([16]byte{}) {
			t.byDue, t.byDate = append(t.byDue, uint32(doc)), append(t.byDate, uint32(doc))
		}
	}
	slices.SortFunc(t.byDue, func(a, b uint32) int { return compare(t.dueKey(a), t.dueKey(b)) })
	slices.SortFunc(t.byDate, func(a, b uint32) int { return compare(t.dateKey(a), t.dateKey(b)) })
}

// Set takes a case's new column and keeps the orders.
func (t *Table) Set(doc uint32, raw []byte) {
	if int(doc) < len(t.columns) && t.columns[doc].id != ([16]byte{}) {
		t.byDue = take(t.byDue, doc, t.dueKey)
		t.byDate = take(t.byDate, doc, t.dateKey)
	}
	t.Load(doc, raw)
	if int(doc) < len(t.columns) {
		t.byDue = put(t.byDue, doc, t.dueKey)
		t.byDate = put(t.byDate, doc, t.dateKey)
	}
}

func (t *Table) dueKey(doc uint32) uint64 {
	c := &t.columns[doc]
	var class, at uint64
	switch {
	case c.flags&flagClosed != 0:
		class, at = 2, uint64(^c.received)
	case c.flags&flagRuns == 0:
		class, at = 1, uint64(c.received)
	default:
		at = uint64(c.red)
	}
	return class<<62 | at<<29 | uint64(doc)&(1<<29-1)
}

func (t *Table) dateKey(doc uint32) uint64 {
	return uint64(t.columns[doc].received)<<32 | uint64(doc)
}

func compare(a, b uint64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func find(order []uint32, doc uint32, keyOf func(uint32) uint64) (int, bool) {
	return slices.BinarySearchFunc(order, keyOf(doc), func(d uint32, k uint64) int { return compare(keyOf(d), k) })
}

func put(order []uint32, doc uint32, keyOf func(uint32) uint64) []uint32 {
	i, _ := find(order, doc, keyOf)
	return slices.Insert(order, i, doc)
}

func take(order []uint32, doc uint32, keyOf func(uint32) uint64) []uint32 {
	if i, ok := find(order, doc, keyOf); ok {
		return slices.Delete(order, i, i+1)
	}
	return order
}
