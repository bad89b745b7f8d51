package casebook

import (
	"fmt"
	"testing"

	"jiesu/backend/calendar"
	"jiesu/backend/office"
)

// without is the shipped calendar as a program knew it that had no file of a
// year yet.
func without(t *testing.T, opts Options, year int) *calendar.Calendar {
	t.Helper()
	var years []calendar.Year
	for _, y := range opts.Rules.Calendar.Years() {
		if y != year {
			years = append(years, opts.Rules.Calendar.File(y))
		}
	}
	return calendar.New(years...)
}

func TestAYearTheProgramBringsTellsWhatItMoved(t *testing.T) {
	opts := options(t.TempDir())
	old := opts
	old.Rules.Calendar = without(t, opts, 2026)
	b := create(t, old)
	if err := b.Decide(ctx, nil, &office.SetClock{Regime: "cn.gov.general", Clock: "acceptance", Span: "7workday"}); err != nil {
		t.Fatal(err)
	}
	id, number, err := register(b, 1)
	if err != nil {
		t.Fatal(err)
	}
	if d := must(b.Case(id)); b.Deadlines(d)[0].Day() != "2026-09-30" || !b.Deadlines(d)[0].Provisional {
		t.Fatalf("before: %+v", b.Deadlines(d)[0])
	}
	b.Close()

	for range 2 { // the second opening finds nothing new
		b = unlock(t, opts, "样本经办")
		d := b.Deadlines(must(b.Case(id)))[0]
		row := must(b.Row(id))
		if d.Day() != "2026-09-29" || d.Provisional || !row.Due.Equal(d.Due) || !row.Red.Equal(d.RedAt) || !row.Yellow.Equal(d.YellowAt) {
			t.Fatalf("after: %+v, the row %+v", d, row)
		}
		log, err := b.MovedLog()
		if err != nil || len(log) != 1 || len(log[0].Moves) != 1 || log[0].Firm != 1 || log[0].What[0] != "载入2026年的放假安排" {
			t.Fatalf("%v %+v", err, log)
		}
		if m := log[0].Moves[0]; m.Number != number || m.Clock != "acceptance" || m.Old != "2026-09-30" || m.New != "2026-09-29" {
			t.Fatalf("%+v", m)
		}
		sound(t, b)
		b.Close()
	}
}

// A notice may be changed during the year, and changed back: the file adopted
// last counts, whatever its hash.
func TestTheYearFileAdoptedLastCounts(t *testing.T) {
	b := create(t, options(t.TempDir()))
	file := func(day string) []byte {
		return []byte(fmt.Sprintf(`{"year":2027,"days":[{"name":"元旦","date":%q,"isOffDay":true}]}`, day))
	}
	adopt := func(version, day string) {
		t.Helper()
		if err := b.Decide(ctx, nil, &office.Adopt{Kind: "calendar", ID: "2027", Version: version, Content: file(day)}); err != nil {
			t.Fatal(err)
		}
		works, why := b.CalendarOf("").IsWorkday(must(calendar.ParseDate(day)))
		if works {
			t.Errorf("%s adopted last: %s is worked (%s)", version, day, why)
		}
		for _, other := range []string{"2027-01-04", "2027-01-05"} {
			if works, _ := b.CalendarOf("").IsWorkday(must(calendar.ParseDate(other))); !works && other != day {
				t.Errorf("%s adopted last: %s rests", version, other)
			}
		}
	}
	adopt("z", "2027-01-04")
	adopt("a", "2027-01-05")
	adopt("z", "2027-01-04")
	log, err := b.MovedLog()
	if err != nil || len(log) != 3 {
		t.Errorf("%d changes are told: %v", len(log), err)
	}
}

func TestALongListOfMovesIsKeptInPartsAndOldOnesGo(t *testing.T) {
	b := create(t, options(t.TempDir()))
	keep := func(n int) {
		t.Helper()
		m := Moved{At: b.Now(), What: []string{"样本"}, Moves: []Move{}, Firm: n}
		for i := range n {
			m.Moves = append(m.Moves, Move{Number: fmt.Sprint(i), Clock: "handling", Label: "办理", Old: "2027-01-11", New: "2027-01-12"})
		}
		if err := b.keepMoved(m); err != nil {
			t.Fatal(err)
		}
	}
	keep(2*movedPart + 1)
	log, err := b.MovedLog()
	if err != nil || len(log) != 1 || len(log[0].Moves) != 2*movedPart+1 || log[0].Firm != 2*movedPart+1 {
		t.Fatalf("%v: %d changes", err, len(log))
	}
	for range movedKeeps {
		keep(0)
	}
	if log, err = b.MovedLog(); err != nil || len(log) != movedKeeps || len(log[movedKeeps-1].Moves) != 0 {
		t.Fatalf("%v: %d changes", err, len(log))
	}
}
