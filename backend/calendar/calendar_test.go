package calendar_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"jiesu/backend/calendar"
)

func shipped(t testing.TB) *calendar.Calendar {
	t.Helper()
	c, err := calendar.Load(os.DirFS("../../assets/calendars"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func day(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAddWorkdays(t *testing.T) {
	c := shipped(t)
	for _, tt := range []struct {
		name, start string
		n           int
		due         string
		provisional bool
	}{
		{"a working Sunday counts, the 中秋 break does not", "2026-09-18", 7, "2026-09-29", false},
		{"over 国庆 with a working Saturday", "2026-09-24", 7, "2026-10-12", false},
		{"over 春节 the last day is a working Saturday", "2026-02-12", 7, "2026-02-28", false},
		{"over 元旦 with a working Sunday", "2025-12-29", 7, "2026-01-08", false},
		{"over 劳动节 with a working Saturday", "2026-04-30", 5, "2026-05-11", false},
		{"from the eve of 国庆", "2026-09-30", 5, "2026-10-13", false},
		{"no holiday at all", "2026-11-23", 7, "2026-12-02", false},
		{"into a year that is not announced", "2026-12-25", 7, "2027-01-06", true},
		{"received on a Saturday (不予受理字〔2024〕3号)", "2023-09-09", 7, "2023-09-19", false},
		{"an ordinary Wednesday (蓬安府复〔2023〕33)", "2023-06-28", 7, "2023-07-07", false},
		{"received on a Saturday inside a break", "2026-09-26", 7, "2026-10-12", false},
		{"received on 国庆 itself", "2026-10-01", 7, "2026-10-15", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := c.AddWorkdays(day(t, tt.start), tt.n, true)
			if r.Due.String() != tt.due || r.Provisional != tt.provisional {
				t.Fatalf("got %s provisional=%v, want %s %v", r.Due, r.Provisional, tt.due, tt.provisional)
			}
			counted := 0
			for _, d := range r.Days {
				if d.Why == "" {
					t.Fatalf("%s has no reason", d.Date)
				}
				if d.Counts {
					counted++
				}
			}
			if counted != tt.n || r.Days[0].Counts || r.Days[len(r.Days)-1].Date != r.Due {
				t.Fatalf("the list counts %d days: %v", counted, r.Days)
			}
		})
	}
}

func TestTheFirstDayMayCount(t *testing.T) {
	c := shipped(t)
	if got := c.AddWorkdays(day(t, "2026-09-18"), 1, false).Due.String(); got != "2026-09-18" {
		t.Fatalf("got %s", got)
	}
	if got := c.AddWorkdays(day(t, "2026-09-19"), 1, false).Due.String(); got != "2026-09-20" {
		t.Fatalf("a Saturday cannot be the first working day: got %s", got)
	}
	if got := c.AddDays(day(t, "2026-09-18"), 3, false).Due.String(); got != "2026-09-20" {
		t.Fatalf("got %s", got)
	}
}

func TestIsWorkdayGivesItsReason(t *testing.T) {
	c, err := shipped(t).With(
		calendar.Edit{Date: day(t, "2026-11-20"), Off: true, Name: "壮族三月三调整"},
		calendar.Edit{Date: day(t, "2026-11-21"), Name: "周六值班"})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		date, why string
		works     bool
	}{
		{"2026-09-23", "工作日", true},
		{"2026-09-19", "周末", false},
		{"2026-09-20", "国庆节调休上班", true},
		{"2026-02-18", "春节假期", false},
		{"2026-11-20", "本单位设定休息：壮族三月三调整", false},
		{"2026-11-21", "本单位设定上班：周六值班", true},
		{"2027-02-05", "春节（法定节假日，放假安排未公布）", false},
		{"2027-02-09", "工作日", true},
		{"2031-10-01", "国庆节（法定节假日，放假安排未公布）", false},
		{"2020-02-03", "工作日", true},
		{"2022-12-31", "元旦假期", false},
	} {
		works, why := c.IsWorkday(day(t, tt.date))
		if works != tt.works || why != tt.why {
			t.Errorf("%s: got %v %q, want %v %q", tt.date, works, why, tt.works, tt.why)
		}
	}
	if len(c.Edits()) != 2 || len(shipped(t).Edits()) != 0 {
		t.Error("office days are lost or leak into another calendar")
	}
}

func TestWorkdaysOfEachYear(t *testing.T) {
	c := shipped(t)
	for year, want := range map[int]int{2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248} {
		n := 0
		for d := calendar.NewDate(year, time.January, 1); d.Year() == year; d = d.AddDays(1) {
			if works, _ := c.IsWorkday(d); works {
				n++
			}
			if statutory, name := c.Statutory(d); statutory {
				if works, _ := c.IsWorkday(d); works {
					t.Errorf("%s is %s and a working day", d, name)
				}
			}
		}
		if n != want {
			t.Errorf("%d has %d working days, want %d", year, n, want)
		}
	}
	if got := c.LastKnown().String(); got != "2026-12-31" {
		t.Errorf("last known day %s", got)
	}
}

func TestRoll(t *testing.T) {
	c := shipped(t)
	for _, tt := range []struct{ accepted, day60, literal, byBreak, restDay, actBy string }{
		{"2026-08-03", "2026-10-02", "2026-10-04", "2026-10-08", "2026-10-08", "2026-09-30"},
		{"2026-07-29", "2026-09-27", "2026-09-27", "2026-09-28", "2026-09-28", "2026-09-24"},
		{"2026-06-10", "2026-08-09", "2026-08-09", "2026-08-09", "2026-08-10", "2026-08-07"},
		{"2026-04-15", "2026-06-14", "2026-06-14", "2026-06-14", "2026-06-15", "2026-06-12"},
	} {
		t.Run(tt.accepted, func(t *testing.T) {
			start := day(t, tt.accepted)
			last := c.AddDays(start, 60, true).Due
			if last.String() != tt.day60 {
				t.Fatalf("day 60 is %s", last)
			}
			for roll, want := range map[calendar.Roll]string{
				calendar.RollNone: tt.day60, calendar.RollStatutory: tt.literal,
				calendar.RollHolidayBreak: tt.byBreak, calendar.RollRestDay: tt.restDay,
			} {
				r := c.Roll(last, roll)
				if r.Due.String() != want {
					t.Errorf("%s: got %s, want %s", roll, r.Due, want)
				}
				if roll == calendar.RollNone {
					continue
				}
				if n := len(r.Days); (n == 0) != (r.Due == last) || n > 0 && (r.Days[n-1].Date != r.Due || n != r.Due.Sub(last)+1) {
					t.Errorf("%s: the days rolled over are %v", roll, r.Days)
				}
				if len(r.Readings) != 3 {
					t.Errorf("%s: the other readings are not told: %v", roll, r.Readings)
				}
				if got := c.ActBy(start, r.Earliest).String(); got != tt.actBy {
					t.Errorf("%s: act by %s, want %s", roll, got, tt.actBy)
				}
			}
		})
	}
	if r := c.Roll(day(t, "2026-08-11"), calendar.RollHolidayBreak); len(r.Readings) != 0 || r.Due.String() != "2026-08-11" {
		t.Errorf("a working day has one reading: %+v", r)
	}
	if got := c.ActBy(day(t, "2026-08-08"), day(t, "2026-08-09")).String(); got != "2026-08-09" {
		t.Errorf("act by %s lies before the start", got)
	}
}

func TestMonthsEndOnTheCorrespondingDay(t *testing.T) {
	c := shipped(t)
	for _, tt := range []struct{ name, start, span, due string }{
		{"the same day of the month", "2026-01-15", "6month", "2026-07-15"},
		{"no such day: the month's last", "2026-08-31", "6month", "2027-02-28"},
		{"a leap year", "2027-08-31", "6month", "2028-02-29"},
		{"a year from 29 February", "2024-02-29", "1year", "2025-02-28"},
		{"three years", "2023-04-15", "3year", "2026-04-15"},
		{"the same day", "2026-04-15", "sameday", "2026-04-15"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := calendar.ParseSpan(tt.span)
			if err != nil {
				t.Fatal(err)
			}
			for _, explain := range []bool{false, true} {
				if got := c.Count(day(t, tt.start), s, true, nil, explain).Due.String(); got != tt.due {
					t.Fatalf("got %s, want %s", got, tt.due)
				}
			}
		})
	}
}

func TestPausedDaysDoNotCount(t *testing.T) {
	c := shipped(t)
	from, to := day(t, "2026-11-10"), day(t, "2026-11-20")
	paused := func(d calendar.Date) (bool, string) { return !d.Before(from) && d.Before(to), "鉴定" }
	for span, want := range map[string]string{"60day": "2027-01-11", "10workday": "2026-11-26", "2month": "2027-01-12"} {
		s, _ := calendar.ParseSpan(span)
		if got := c.Count(day(t, "2026-11-02"), s, true, paused, false).Due; got.String() != want {
			t.Errorf("%s: got %s, want %s", span, got, want)
		}
	}
}

func TestSpans(t *testing.T) {
	for in, want := range map[string]string{
		"7workday": "7个工作日", "60day": "60日", "30minute": "30分钟", "2hour": "2小时", "3month": "3个月",
		"1year": "1年", "sameday": "当天", "0sameday": "当天", "immediate": "立即",
	} {
		s, err := calendar.ParseSpan(in)
		if err != nil || s.Chinese() != want {
			t.Errorf("%s: %v %q", in, err, s.Chinese())
		}
		if again, err := calendar.ParseSpan(s.String()); err != nil || again != s {
			t.Errorf("%s does not read back: %v", s, err)
		}
	}
	for _, bad := range []string{"", "7", "day", "0day", "07day", "-1day", "7 day", "7days", "99999999999999999999day", "20001day", "1sameday", strings.Repeat("9", 1000)} {
		if s, err := calendar.ParseSpan(bad); err == nil {
			t.Errorf("%q was taken as %v", bad, s)
		}
	}
}

func TestHostileYearFilesAreRefused(t *testing.T) {
	for name, file := range map[string]string{
		"not JSON":          "]",
		"no year":           `{"days":[{"name":"元旦","date":"2026-01-01","isOffDay":true}]}`,
		"an empty year":     `{"year":2027,"days":[]}`,
		"a day twice":       `{"year":2026,"days":[{"name":"元旦","date":"2026-01-01","isOffDay":true},{"name":"元旦","date":"2026-01-01","isOffDay":false}]}`,
		"another year":      `{"year":2026,"days":[{"name":"元旦","date":"2029-01-01","isOffDay":true}]}`,
		"an impossible day": `{"year":2026,"days":[{"name":"元旦","date":"2026-02-30","isOffDay":true}]}`,
		"a day of no name":  `{"year":2026,"days":[{"date":"2026-01-01","isOffDay":true}]}`,
		"too big":           `{"year":2026,"days":[` + strings.Repeat(" ", 300<<10) + `]}`,
	} {
		if _, err := calendar.ParseYear([]byte(file)); err == nil {
			t.Errorf("%s was taken", name)
		}
		if _, err := calendar.Load(fstest.MapFS{"a.json": {Data: []byte(file)}}); err == nil {
			t.Errorf("%s was loaded", name)
		}
	}
}

func TestALoadedYearEndsTheProvisional(t *testing.T) {
	y, err := calendar.ParseYear([]byte(`{"year":2027,"days":[
		{"name":"元旦","date":"2027-01-01","isOffDay":true},{"name":"元旦","date":"2027-01-04","isOffDay":true},
		{"name":"元旦","date":"2027-01-09","isOffDay":false}]}`))
	if err != nil {
		t.Fatal(err)
	}
	r := shipped(t).WithYears(y).AddWorkdays(day(t, "2026-12-25"), 7, true)
	if r.Provisional || r.Due.String() != "2027-01-07" {
		t.Fatalf("got %s provisional=%v", r.Due, r.Provisional)
	}
}

func TestBusinessHours(t *testing.T) {
	c := shipped(t)
	hours, err := calendar.ParseHours("09:00-12:00,13:30-17:30")
	if err != nil {
		t.Fatal(err)
	}
	at := func(d string, clock string) time.Time {
		m, err := calendar.ParseClock(clock)
		if err != nil {
			t.Fatal(err)
		}
		return day(t, d).At(m)
	}
	for _, tt := range []struct{ name, date, clock, want string }{
		{"inside one piece", "2026-11-23", "09:30", "2026-11-23 11:30"},
		{"over lunch", "2026-11-23", "11:00", "2026-11-23 14:30"},
		{"over the night", "2026-11-23", "16:30", "2026-11-24 10:00"},
		{"over the weekend", "2026-11-20", "17:00", "2026-11-23 10:30"},
		{"before opening", "2026-11-23", "03:00", "2026-11-23 11:00"},
	} {
		got, _ := c.AddBusiness(at(tt.date, tt.clock), 2*time.Hour, hours, nil)
		if s := got.Format("2006-01-02 15:04"); s != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, s, tt.want)
		}
	}
	pause := []calendar.Interval{{From: at("2026-11-23", "10:00"), To: at("2026-11-23", "11:00")}}
	got, _ := c.AddBusiness(at("2026-11-23", "09:30"), time.Hour, hours, pause)
	if s := got.Format("15:04"); s != "11:30" {
		t.Errorf("the pause counts: %s", s)
	}
	if s := calendar.AddWall(at("2026-11-23", "09:30"), time.Hour, pause).Format("15:04"); s != "11:30" {
		t.Errorf("the pause counts on the wall: %s", s)
	}
	for _, bad := range []string{"", "9-12", "12:00-09:00", "09:00-12:00,11:00-13:00", "09:00-25:00"} {
		if _, err := calendar.ParseHours(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

func TestDatesAgreeWithTheStandardLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-2208988800, 7258118399).Draw(t, "unix")
		at := time.Unix(n, 0).In(calendar.Zone())
		d := calendar.DateOf(at)
		if d.String() != at.Format(time.DateOnly) || d.Weekday() != at.Weekday() || d.Year() != at.Year() {
			t.Fatalf("%v became %v %v", at, d, d.Weekday())
		}
		if calendar.DateOf(d.Start()) != d || calendar.DateOf(d.End()) != d || calendar.DateOf(d.End().Add(time.Second)) != d.AddDays(1) {
			t.Fatalf("%v does not hold its own moments", d)
		}
	})
}

func TestRulesThatAlwaysHold(t *testing.T) {
	c := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		start := calendar.NewDate(2020, 1, 1).AddDays(rapid.IntRange(0, 3000).Draw(t, "start"))
		n := rapid.IntRange(1, 120).Draw(t, "n")
		due := c.AddWorkdays(start, n, true).Due
		if works, why := c.IsWorkday(due); !works {
			t.Fatalf("%s is no working day: %s", due, why)
		}
		if !due.After(start) || !c.AddWorkdays(start, n+1, true).Due.After(due) {
			t.Fatal("a longer span does not end later")
		}
		if c.AddWorkdays(start.AddDays(1), n, true).Due.Before(due) {
			t.Fatal("a later start ends earlier")
		}
		if works, _ := c.IsWorkday(start); works && c.WorkdayBefore(due, n) != start {
			t.Fatal("going back does not lead to the start")
		}
		last := c.AddDays(start, n, true).Due
		r := c.Roll(last, calendar.RollRestDay)
		if works, _ := c.IsWorkday(r.Due); !works || r.Due.Before(last) {
			t.Fatalf("rolled to %s", r.Due)
		}
		if act := c.ActBy(start, r.Earliest); act.After(last) && act.After(r.Earliest) || act.Before(start) {
			t.Fatalf("act by %s", act)
		}
	})
}

func FuzzParseYear(f *testing.F) {
	b, err := os.ReadFile("../../assets/calendars/2026.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte(`{"year":2026,"days":[{"name":"元旦","date":"2026-01-01","isOffDay":true}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if y, err := calendar.ParseYear(b); err == nil {
			calendar.New(y).AddWorkdays(calendar.NewDate(y.Year, 1, 1), 300, true)
		}
	})
}

func FuzzParseSpan(f *testing.F) {
	f.Add("7workday")
	f.Add("0sameday")
	f.Fuzz(func(t *testing.T, in string) {
		if s, err := calendar.ParseSpan(in); err == nil {
			if again, err := calendar.ParseSpan(s.String()); err != nil || again != s {
				t.Fatalf("%q does not read back", in)
			}
		}
	})
}
