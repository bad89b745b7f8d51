package view

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var noon = time.Date(2026, 9, 18, 12, 0, 0, 0, time.UTC)

// anyRow is a row as cases have them; times lie within some days of noon.
func anyRow(t *rapid.T, doc uint32) Row {
	pick := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
	at := func(name string) time.Time {
		return noon.Add(time.Duration(rapid.IntRange(-5, 5).Draw(t, name)) * 24 * time.Hour)
	}
	r := Row{Case: fmt.Sprintf("%032x", doc+1), Doc: doc, Stage: pick("stage", "registered", "accepted", ""), Regime: pick("regime", "a", "b"),
		Channel: pick("channel", "visit", "email"), Assignee: pick("assignee", "甲", "乙", ""), Next: pick("next", "accept", "decide", ""),
		Closed: rapid.IntRange(0, 3).Draw(t, "closed") == 0, Conflict: rapid.IntRange(0, 3).Draw(t, "conflict") == 0, Received: at("received")}
	if rapid.Bool().Draw(t, "runs") {
		r.Clock, r.Red = "handling", at("red")
		r.Yellow = r.Red.Add(-time.Duration(rapid.IntRange(0, 3).Draw(t, "yellow")) * 24 * time.Hour)
	}
	return r
}

func anyQuery(t *rapid.T) Query {
	pick := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
	q := Query{Stage: pick("q stage", "", "", "accepted"), Light: pick("q light", "", "", "red", "yellow", "green", "grey"), Regime: pick("q regime", "", "", "a"),
		Channel: pick("q channel", "", "", "email"), Assignee: pick("q assignee", "", "", "甲"), Next: pick("q next", "", "", "accept"),
		Open: pick("q open", "", "open", "closed"), Conflict: rapid.IntRange(0, 4).Draw(t, "q conflict") == 0, Sort: pick("sort", "", "due", "-due", "received", "-received")}
	if rapid.IntRange(0, 2).Draw(t, "q from") == 0 {
		q.From, q.To = noon.AddDate(0, 0, -2), noon.AddDate(0, 0, 2)
	}
	if rapid.IntRange(0, 2).Draw(t, "q red") == 0 {
		q.RedFrom, q.RedTo = noon.AddDate(0, 0, -1), noon.AddDate(0, 0, 2)
	}
	return q
}

// fits is what a query means, said plainly over rows.
func fits(q Query, r Row) bool {
	same := func(want, have string) bool { return want == "" || want == have }
	runs := !r.Closed && r.Clock != ""
	return same(q.Stage, r.Stage) && same(q.Regime, r.Regime) && same(q.Channel, r.Channel) && same(q.Assignee, r.Assignee) &&
		(q.Next == "" || q.Next == r.Next && !r.Closed) && (q.Open == "" || (q.Open == "closed") == r.Closed) && (!q.Conflict || r.Conflict) &&
		(q.From.IsZero() || !r.Received.Before(q.From)) && (q.To.IsZero() || !r.Received.After(q.To)) &&
		(q.RedFrom.IsZero() || runs && !r.Red.Before(q.RedFrom)) && (q.RedTo.IsZero() || runs && r.Red.Before(q.RedTo)) &&
		(q.Light == "" || q.Light == r.Light(noon))
}

// before is the order of a list.
func before(sort string) func(a, b Row) int {
	rank := func(r Row) int {
		switch {
		case r.Closed:
			return 2
		case r.Clock == "":
			return 1
		}
		return 0
	}
	due := func(a, b Row) int {
		if c := cmp.Compare(rank(a), rank(b)); c != 0 {
			return c
		}
		by := [3]int{a.Red.Compare(b.Red), a.Received.Compare(b.Received), b.Received.Compare(a.Received)}[rank(a)]
		return cmp.Or(by, cmp.Compare(a.Doc, b.Doc))
	}
	date := func(a, b Row) int { return cmp.Or(a.Received.Compare(b.Received), cmp.Compare(a.Doc, b.Doc)) }
	switch sort {
	case "-due":
		return func(a, b Row) int { return due(b, a) }
	case "received":
		return date
	case "-received":
		return func(a, b Row) int { return date(b, a) }
	}
	return due
}

func TestAListHoldsWhatItsQueryAsksForInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table, rows := NewTable(), map[uint32]Row{}
		for range rapid.IntRange(0, 30).Draw(t, "changes") { // rows come and change
			r := anyRow(t, uint32(rapid.IntRange(0, 15).Draw(t, "doc")))
			rows[r.Doc] = r
			table.Set(r.Doc, r.Pack())
		}
		q := anyQuery(t)
		var within []uint32
		if rapid.Bool().Draw(t, "words") {
			q.Words = "x"
			within = rapid.SliceOfDistinct(rapid.Uint32Range(0, 20), func(d uint32) uint32 { return d }).Draw(t, "found")
		}
		var want []string
		list := slices.Collect(func(yield func(Row) bool) {
			for _, r := range rows {
				if fits(q, r) && (q.Words == "" || slices.Contains(within, r.Doc)) && !yield(r) {
					return
				}
			}
		})
		slices.SortFunc(list, before(q.Sort))
		for _, r := range list {
			want = append(want, r.Case)
		}
		all, total := table.Select(q, within, noon, 0, 1000)
		if total != len(want) || !slices.Equal(all, want) {
			t.Fatalf("%+v:\n%v\nwant\n%v", q, all, want)
		}
		from := rapid.IntRange(0, 10).Draw(t, "from")
		page, total := table.Select(q, within, noon, from, 3)
		if total != len(want) || !slices.Equal(page, want[min(from, len(want)):min(from+3, len(want))]) {
			t.Fatalf("window at %d: %v of %v", from, page, want)
		}
		loaded := NewTable() // as after a start
		for doc, r := range rows {
			loaded.Load(doc, r.Pack())
		}
		loaded.Sort()
		if again, _ := loaded.Select(q, within, noon, 0, 1000); !slices.Equal(again, all) {
			t.Fatalf("loaded anew: %v, kept: %v", again, all)
		}
		counted(t, table, rows)
	})
}

func counted(t *rapid.T, table *Table, rows map[uint32]Row) {
	want := Counts{Next: map[uint32]int{}}
	for _, r := range rows {
		want.Total++
		if r.Conflict {
			want.Conflict++
		}
		if r.Closed {
			continue
		}
		want.Open++
		want.Next[CodeOf(r.Next)]++
		switch r.Light(noon) {
		case "red":
			want.Red++
		case "yellow":
			want.Yellow++
		}
	}
	if got := table.Count(noon); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Fatalf("counted %+v, want %+v", got, want)
	}
}

func TestManyFoundDocumentsGiveTheSameAsFew(t *testing.T) {
	table := NewTable()
	var within []uint32
	for doc := range uint32(5000) {
		r := Row{Case: fmt.Sprintf("%032x", doc+1), Doc: doc, Clock: "c", Red: noon.Add(time.Duration(doc*7919%5000) * time.Minute), Yellow: noon, Received: noon}
		table.Load(doc, r.Pack())
		if doc%2 == 0 {
			within = append(within, doc)
		}
	}
	table.Sort()
	many, total := table.Select(Query{Words: "x"}, within, noon, 0, 100)
	if total != 2500 || len(many) != 100 {
		t.Fatalf("%d of %d", len(many), total)
	}
	few, _ := table.Select(Query{Words: "x"}, within[:1900], noon, 0, 5000)
	var kept []string
	all, _ := table.Select(Query{Words: "x"}, within, noon, 0, 5000)
	for _, id := range all {
		if slices.Contains(few, id) {
			kept = append(kept, id)
		}
	}
	if !slices.Equal(kept, few) {
		t.Error("another order for few than for many")
	}
}
