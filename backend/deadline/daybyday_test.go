package deadline_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"jiesu/backend/deadline"
	"jiesu/backend/regime"
)

// almanac is a straightforward count of days that shares nothing with the
// program but the published lists: it steps from midnight to midnight and asks
// of every single day whether it is worked.
type almanac struct {
	listed   map[string]bool // day of a year file → off
	national map[string]bool // 法定节假日 themselves, written down by hand
}

func readAlmanac(t *testing.T) almanac {
	t.Helper()
	a := almanac{listed: map[string]bool{}, national: map[string]bool{}}
	files, err := filepath.Glob("../../assets/calendars/20*.json")
	if err != nil || len(files) < 7 {
		t.Fatal("no year files")
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var file struct {
			Days []struct {
				Date string `json:"date"`
				Off  bool   `json:"isOffDay"`
			} `json:"days"`
		}
		if err := json.Unmarshal(raw, &file); err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Days {
			a.listed[d.Date] = d.Off
		}
	}
	for _, d := range nationalDays {
		a.national[d] = true
	}
	return a
}

// nationalDays are 元旦, 春节, 清明, 劳动节, 端午, 中秋, 国庆 of 2020 to 2026 as
// 放假办法 art. 2 gave them: 除夕 and 5月2日 from 2025 on.
var nationalDays = []string{
	"2020-01-01", "2020-01-25", "2020-01-26", "2020-01-27", "2020-04-04", "2020-05-01", "2020-06-25", "2020-10-01", "2020-10-02", "2020-10-03", "2020-10-04",
	"2021-01-01", "2021-02-12", "2021-02-13", "2021-02-14", "2021-04-04", "2021-05-01", "2021-06-14", "2021-09-21", "2021-10-01", "2021-10-02", "2021-10-03",
	"2022-01-01", "2022-02-01", "2022-02-02", "2022-02-03", "2022-04-05", "2022-05-01", "2022-06-03", "2022-09-10", "2022-10-01", "2022-10-02", "2022-10-03",
	"2023-01-01", "2023-01-22", "2023-01-23", "2023-01-24", "2023-04-05", "2023-05-01", "2023-06-22", "2023-09-29", "2023-10-01", "2023-10-02", "2023-10-03",
	"2024-01-01", "2024-02-10", "2024-02-11", "2024-02-12", "2024-04-04", "2024-05-01", "2024-06-10", "2024-09-17", "2024-10-01", "2024-10-02", "2024-10-03",
	"2025-01-01", "2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31", "2025-04-04", "2025-05-01", "2025-05-02", "2025-05-31", "2025-10-01", "2025-10-02", "2025-10-03", "2025-10-06",
	"2026-01-01", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-04-05", "2026-05-01", "2026-05-02", "2026-06-19", "2026-09-25", "2026-10-01", "2026-10-02", "2026-10-03",
}

func key(d time.Time) string { return d.Format("2006-01-02") }

func (a almanac) works(d time.Time) bool {
	if off, ok := a.listed[key(d)]; ok {
		return !off
	}
	return d.Weekday() >= time.Monday && d.Weekday() <= time.Friday
}

func next(d time.Time) time.Time { return d.AddDate(0, 0, 1) }

// rolled is where an end goes under each reading.
func (a almanac) rolled(d time.Time, roll string) time.Time {
	off, listed := a.listed[key(d)]
	switch {
	case roll == "statutory_day":
		for a.national[key(d)] {
			d = next(d)
		}
	case roll == "rest_day", roll == "holiday_break" && listed && off:
		for !a.works(d) {
			d = next(d)
		}
	}
	return d
}

// drawn is a limit drawn at random.
type drawn struct {
	n                    int
	unit, roll           string
	included             bool
	start, pause, resume time.Time // pause is zero: none
	cutoff, hours        string
	more                 int // by how many of the unit it is extended
}

func (x drawn) span() string {
	if x.unit == "sameday" || x.unit == "immediate" {
		return x.unit
	}
	return fmt.Sprint(x.n, x.unit)
}

// end counts day by day to where the limit ends, before any roll.
func (a almanac) end(x drawn) time.Time {
	d := time.Date(x.start.Year(), x.start.Month(), x.start.Day(), 0, 0, 0, 0, x.start.Location())
	if x.cutoff != "" && x.start.Format("15:04:05") > x.cutoff+":00" {
		d = next(d)
	}
	if x.unit == "sameday" {
		return d
	}
	if !x.included {
		d = next(d)
	}
	left := x.n
	if x.unit == "month" || x.unit == "year" {
		left = monthsLong(d, x)
	}
	for ; ; d = next(d) {
		if x.unit == "workday" && !a.works(d) || a.paused(d, x) {
			continue
		}
		if left--; left == 0 {
			return d
		}
	}
}

func (a almanac) paused(d time.Time, x drawn) bool {
	return !x.pause.IsZero() && key(d) >= key(x.pause) && key(d) < key(x.resume)
}

// monthsLong is how many days lie from the first counted day to the day of the
// same number in a later month, or to that month's last (民法典 art. 202).
func monthsLong(first time.Time, x drawn) int {
	from := first
	if !x.included {
		from = first.AddDate(0, 0, -1)
	}
	months := x.n
	if x.unit == "year" {
		months *= 12
	}
	year, month := from.Year(), int(from.Month())
	for range months {
		if month++; month == 13 {
			year, month = year+1, 1
		}
	}
	days := 0
	for d := from; ; d = next(d) {
		if d.Year() == year && int(d.Month()) == month && (d.Day() == from.Day() || next(d).Day() == 1) {
			return days
		}
		days++
	}
}

func (x drawn) clock() regime.Clock {
	k := regime.Clock{ID: "k", Label: "样本", Span: x.span(), Start: []string{"received"}, Stop: []string{"done"}, Roll: x.roll,
		Cutoff: x.cutoff, Hours: x.hours, Origin: regime.ByUnit}
	if x.included {
		k.First = "included"
	}
	if x.more > 0 {
		k.Extend = &regime.Extend{Times: 1}
	}
	return k
}

func (x drawn) input(t testing.TB) deadline.Input {
	in := deadline.Input{Calendar: cal(t), Clocks: []regime.Clock{x.clock()}, Marks: map[string][]time.Time{"received": {x.start}},
		Now: x.start.AddDate(1, 0, 0)}
	if !x.pause.IsZero() {
		in.Suspensions = []deadline.Suspension{{Clock: "k", From: x.pause, To: x.resume}}
	}
	if x.more > 0 {
		in.Extensions = []deadline.Extension{{Clock: "k", Span: fmt.Sprint(x.more, x.unit), At: x.start}}
	}
	return in
}

// draw makes a limit that ends within the years that have a file.
func draw(r *rand.Rand, unit, roll string) drawn {
	most := map[string]int{"workday": 60, "day": 120, "month": 9, "year": 2}[unit]
	x := drawn{unit: unit, roll: roll, n: 1 + r.IntN(max(most, 1)), included: r.IntN(4) == 0}
	zone := time.FixedZone("", 8*3600)
	x.start = time.Date(2020, 1, 3, 0, 0, 0, 0, zone).Add(time.Duration(r.IntN(4*365*24*3600)) * time.Second)
	if unit != "year" {
		x.start = x.start.AddDate(r.IntN(3), 0, 0)
	}
	if r.IntN(3) == 0 && !x.included {
		x.cutoff = "17:30"
	}
	if r.IntN(3) == 0 && unit != "sameday" {
		x.pause = x.start.Add(time.Duration(1+r.IntN(20*24)) * time.Hour)
		x.resume = x.pause.Add(time.Duration(1+r.IntN(20*24)) * time.Hour)
	}
	if r.IntN(3) == 0 && (unit == "workday" || unit == "day") {
		x.more = 1 + r.IntN(20)
	}
	return x
}

const eachUnit = 1000

// TestRandomDatesAgreeWithACountDayByDay: every unit that ends with a day, with
// every way to roll, with pauses, extensions, cutoffs and first days.
func TestRandomDatesAgreeWithACountDayByDay(t *testing.T) {
	a := readAlmanac(t)
	rolls := []string{"none", "statutory_day", "holiday_break", "rest_day"}
	moved := map[string]int{}
	for _, unit := range []string{"sameday", "workday", "day", "month", "year"} {
		for i, roll := range rolls {
			r := rand.New(rand.NewPCG(7, uint64(len(unit)*10+i)))
			for n := range eachUnit {
				x := draw(r, unit, roll)
				whole := x
				whole.n += x.more // an extension goes on from the old end
				end := a.end(whole)
				in := x.input(t)
				d := deadline.Compute(in)[0]
				if got, want := d.DueDate.String(), key(a.rolled(end, roll)); got != want {
					t.Fatalf("%d. %+v\nends %s, counted %s", n, x, got, want)
				}
				if key(end) != d.DueDate.String() {
					moved[roll]++
				}
				a.checkReadings(t, x, end, d)
				if e, ok := deadline.Explain(in, "k"); !ok || e.Deadline.DueDate != d.DueDate {
					t.Fatalf("%+v: explained to another day", x)
				}
			}
		}
	}
	for _, roll := range rolls[1:] {
		if moved[roll] < 20 {
			t.Errorf("%s moved only %d ends: it is hardly tested", roll, moved[roll])
		}
	}
}

// checkReadings: the other readings are told whenever they differ, and act_by
// is the last working day on or before the earliest of them, but not before the
// limit began.
func (a almanac) checkReadings(t *testing.T, x drawn, end time.Time, d deadline.Deadline) {
	t.Helper()
	earliest, want := end, []string{}
	if x.roll != "none" {
		for _, roll := range []string{"statutory_day", "holiday_break", "rest_day"} {
			want = append(want, key(a.rolled(end, roll)))
		}
		earliest = a.rolled(end, "statutory_day") // it moves least
		if want[0] == want[1] && want[1] == want[2] {
			want = nil
		}
	}
	if len(d.Others) != len(want) {
		t.Fatalf("%+v: %d readings, want %v", x, len(d.Others), want)
	}
	for i, r := range d.Others {
		if r.Due.String() != want[i] {
			t.Fatalf("%+v: reading %s is %s, want %s", x, r.Roll, r.Due, want[i])
		}
	}
	act := earliest
	for !a.works(act) {
		act = act.AddDate(0, 0, -1)
	}
	if key(act) < key(x.start) {
		act = earliest
	}
	if d.ActBy.String() != key(act) {
		t.Fatalf("%+v: act by %s, want %s", x, d.ActBy, key(act))
	}
}

// TestRandomMomentsAgreeWithACountMinuteByMinute: minutes and hours on the wall
// and in office hours, with pauses.
func TestRandomMomentsAgreeWithACountMinuteByMinute(t *testing.T) {
	a := readAlmanac(t)
	for _, unit := range []string{"minute", "hour", "immediate"} {
		for _, hours := range []string{"wall", "business"} {
			r := rand.New(rand.NewPCG(11, uint64(len(unit)+len(hours))))
			for n := range eachUnit {
				x := draw(r, "minute", "none")
				x.unit, x.hours, x.n, x.included, x.cutoff, x.more = unit, hours, 1+r.IntN(map[string]int{"minute": 600, "hour": 60, "immediate": 1}[unit]), false, "", 0
				x.start = x.start.Truncate(time.Minute)
				if !x.pause.IsZero() {
					x.pause = x.start.Add(time.Duration(r.IntN(900)) * time.Minute)
					x.resume = x.pause.Add(time.Duration(1+r.IntN(3000)) * time.Minute)
				}
				d := deadline.Compute(x.input(t))[0]
				if want := a.moment(x); !d.Due.Equal(want) {
					t.Fatalf("%d. %+v\nends %s, counted %s", n, x, d.Due, want)
				}
			}
		}
	}
}

// moment counts minute by minute.
func (a almanac) moment(x drawn) time.Time {
	left := map[string]int{"minute": x.n, "hour": 60 * x.n}[x.unit]
	counts := func(at time.Time) bool {
		paused := !x.pause.IsZero() && !at.Before(x.pause) && at.Before(x.resume)
		return !paused && (x.hours != "business" || a.open(at))
	}
	at := x.start
	for ; left > 0; at = at.Add(time.Minute) {
		if counts(at) {
			left--
		}
	}
	for x.unit == "immediate" && x.hours == "business" && !counts(at) { // when the office opens
		at = at.Add(time.Minute)
	}
	return at
}

// open: 09:00-12:00 and 13:30-17:30 on a working day.
func (a almanac) open(at time.Time) bool {
	clock := at.Format("15:04")
	return a.works(at) && (clock >= "09:00" && clock < "12:00" || clock >= "13:30" && clock < "17:30")
}

// TestIntoAYearThatIsNotAnnounced: whatever counts into it is provisional, and
// nothing else is.
func TestIntoAYearThatIsNotAnnounced(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	seen := map[bool]int{}
	for range eachUnit {
		x := drawn{unit: "workday", n: 1 + r.IntN(40), start: time.Date(2026, 10, 20, 10, 0, 0, 0, time.FixedZone("", 8*3600)).AddDate(0, 0, r.IntN(60))}
		d := deadline.Compute(x.input(t))[0]
		if into := d.DueDate.Year() > 2026; d.Provisional != into {
			t.Fatalf("%+v: due %s, provisional %v", x, d.DueDate, d.Provisional)
		}
		seen[d.Provisional]++
	}
	if seen[true] < 100 || seen[false] < 100 {
		t.Errorf("drawn one-sidedly: %v", seen)
	}
}
