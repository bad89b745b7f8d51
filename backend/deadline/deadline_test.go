package deadline_test

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/deadline"
	"jiesu/backend/regime"
)

// cal is the shipped calendar, read once.
func cal(t testing.TB) *calendar.Calendar {
	t.Helper()
	c, err := readOnce()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var readOnce = sync.OnceValues(func() (*calendar.Calendar, error) { return calendar.Load(os.DirFS("../../assets/calendars")) })

func at(t testing.TB, s string) time.Time {
	t.Helper()
	for _, layout := range []string{"2006-01-02 15:04", time.DateOnly} {
		if m, err := time.ParseInLocation(layout, s, calendar.Zone()); err == nil {
			return m
		}
	}
	t.Fatalf("no time: %q", s)
	return time.Time{}
}

// marks writes {"received": {"2026-09-18 10:00"}}.
func marks(t testing.TB, m map[string][]string) map[string][]time.Time {
	t.Helper()
	out := map[string][]time.Time{}
	for id, list := range m {
		for _, s := range list {
			out[id] = append(out[id], at(t, s))
		}
	}
	return out
}

func clock(change func(*regime.Clock)) regime.Clock {
	c := regime.Clock{ID: "k", Label: "受理", Span: "7workday", Start: []string{"received"}, Stop: []string{"done"},
		Origin: regime.Statutory, Article: "第十五条"}
	if change != nil {
		change(&c)
	}
	return c
}

func one(t testing.TB, in deadline.Input) deadline.Deadline {
	t.Helper()
	if in.Calendar == nil {
		in.Calendar = cal(t)
	}
	list := deadline.Compute(in)
	if len(list) != 1 {
		t.Fatalf("%d deadlines", len(list))
	}
	return list[0]
}

func TestVectorsThroughAClock(t *testing.T) {
	c := cal(t)
	for _, tt := range []struct {
		start, span, roll, due, actBy string
		provisional                   bool
		readings                      int
	}{
		{"2026-09-18", "7workday", "", "2026-09-29", "2026-09-29", false, 0},
		{"2026-09-24", "7workday", "", "2026-10-12", "2026-10-12", false, 0},
		{"2026-02-12", "7workday", "", "2026-02-28", "2026-02-28", false, 0},
		{"2025-12-29", "7workday", "", "2026-01-08", "2026-01-08", false, 0},
		{"2026-04-30", "5workday", "", "2026-05-11", "2026-05-11", false, 0},
		{"2026-09-30", "5workday", "", "2026-10-13", "2026-10-13", false, 0},
		{"2026-11-23", "7workday", "", "2026-12-02", "2026-12-02", false, 0},
		{"2026-12-25", "7workday", "", "2027-01-06", "2027-01-06", true, 0},
		{"2023-09-09", "7workday", "", "2023-09-19", "2023-09-19", false, 0},
		{"2023-06-28", "7workday", "", "2023-07-07", "2023-07-07", false, 0},
		{"2026-09-26", "7workday", "", "2026-10-12", "2026-10-12", false, 0},
		{"2026-10-01", "7workday", "", "2026-10-15", "2026-10-15", false, 0},
		{"2026-08-03", "60day", "holiday_break", "2026-10-08", "2026-09-30", false, 3},
		{"2026-08-03", "60day", "statutory_day", "2026-10-04", "2026-09-30", false, 3},
		{"2026-08-03", "60day", "rest_day", "2026-10-08", "2026-09-30", false, 3},
		{"2026-08-03", "60day", "none", "2026-10-02", "2026-09-30", false, 0},
		{"2026-07-29", "60day", "holiday_break", "2026-09-28", "2026-09-24", false, 3},
		{"2026-06-10", "60day", "holiday_break", "2026-08-09", "2026-08-07", false, 3},
		{"2026-06-10", "60day", "rest_day", "2026-08-10", "2026-08-07", false, 3},
		{"2026-04-15", "60day", "holiday_break", "2026-06-14", "2026-06-12", false, 3},
		{"2026-08-31", "6month", "", "2027-02-28", "2027-02-26", false, 0},
	} {
		t.Run(tt.start+" "+tt.span+" "+tt.roll, func(t *testing.T) {
			in := deadline.Input{Calendar: c, Now: at(t, tt.start), Marks: marks(t, map[string][]string{"received": {tt.start + " 10:00"}}),
				Clocks: []regime.Clock{clock(func(k *regime.Clock) { k.Span, k.Roll = tt.span, tt.roll })}}
			d := one(t, in)
			if d.Day() != tt.due || d.ActBy.String() != tt.actBy || d.Provisional != tt.provisional || len(d.Others) != tt.readings {
				t.Fatalf("got due %s act by %s provisional %v readings %v", d.Day(), d.ActBy, d.Provisional, d.Others)
			}
			if d.State != deadline.Running || d.Light != deadline.Green || !d.ByDay {
				t.Fatalf("got %s %s", d.State, d.Light)
			}
			e, ok := deadline.Explain(in, "k")
			if !ok || e.Deadline.DueDate != d.DueDate || len(e.Days) == 0 || !strings.Contains(e.Text(), "法定，第十五条") {
				t.Fatalf("the explanation says otherwise: %+v", e)
			}
			if tt.readings > 0 && !strings.Contains(e.Text(), "不同理解") {
				t.Fatalf("the other readings are not told: %s", e.Text())
			}
			if tt.provisional && !strings.Contains(d.DueText, "暂定") {
				t.Fatalf("due text %s", d.DueText)
			}
		})
	}
}

func TestLightsAndStatesOverTime(t *testing.T) {
	k := clock(func(k *regime.Clock) {
		k.Span, k.Roll, k.WarnAt = "60day", "holiday_break", []string{"2workday", "5workday"}
	})
	m := map[string][]string{"received": {"2026-08-03 10:00"}} // due 10-08, act by 09-30
	for _, tt := range []struct{ now, state, light string }{
		{"2026-08-03 10:00", "running", "green"},
		{"2026-09-21 23:59", "running", "green"}, // five working days before 09-30: 09-22
		{"2026-09-22 00:00", "running", "yellow"},
		{"2026-09-30 23:59", "running", "yellow"},
		{"2026-10-01 00:00", "running", "red"}, // no working day is left by the strictest reading
		{"2026-10-08 23:59", "running", "red"},
		{"2026-10-09 00:00", "overdue", "red"},
	} {
		d := one(t, deadline.Input{Clocks: []regime.Clock{k}, Marks: marks(t, m), Now: at(t, tt.now)})
		if d.State != tt.state || d.Light != tt.light || d.LightAt(at(t, tt.now)) != tt.light {
			t.Errorf("%s: %s %s, want %s %s", tt.now, d.State, d.Light, tt.state, tt.light)
		}
	}
	for _, tt := range []struct {
		done string
		late bool
	}{{"2026-10-08", false}, {"2026-10-08 23:59", false}, {"2026-10-09", true}} {
		m["done"] = []string{tt.done}
		d := one(t, deadline.Input{Clocks: []regime.Clock{k}, Marks: marks(t, m), Now: at(t, "2026-12-01")})
		if d.State != deadline.Stopped || d.Light != deadline.Grey || d.Late != tt.late {
			t.Errorf("done %s: %s %s late=%v", tt.done, d.State, d.Light, d.Late)
		}
	}
}

func TestStartAndStop(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*regime.Clock)
		marks  map[string][]string
		state  string
		due    string
	}{
		{"nothing has started it", nil, nil, "waiting", ""},
		{"no length is set", func(k *regime.Clock) { k.Span, k.Origin = "", regime.Unset }, map[string][]string{"received": {"2026-11-23"}}, "unset", ""},
		{"the first start mark that is set counts", func(k *regime.Clock) { k.Start = []string{"forwarded", "received"} },
			map[string][]string{"received": {"2026-11-16"}, "forwarded": {"2026-11-23"}}, "running", "2026-12-02"},
		{"the second where the first is not set", func(k *regime.Clock) { k.Start = []string{"forwarded", "received"} },
			map[string][]string{"received": {"2026-11-23"}}, "running", "2026-12-02"},
		{"of two offices' dates the earlier counts", nil, map[string][]string{"received": {"2026-11-25", "2026-11-23"}}, "running", "2026-12-02"},
		{"a date without a time stops a clock of the same day", nil, map[string][]string{"received": {"2026-11-23 10:00"}, "done": {"2026-11-23"}}, "stopped", "2026-12-02"},
		{"an end before the start does not stop it", nil, map[string][]string{"received": {"2026-11-23"}, "done": {"2026-11-20"}}, "running", "2026-12-02"},
		{"handled, reopened, handled again", func(k *regime.Clock) { k.Span = "3day" },
			map[string][]string{"received": {"2026-11-16", "2026-11-23"}, "done": {"2026-11-17"}}, "running", "2026-11-26"},
		{"received after the cutoff counts as the next day", func(k *regime.Clock) { k.Cutoff = "17:30" },
			map[string][]string{"received": {"2026-11-23 17:31"}}, "running", "2026-12-03"},
		{"received at the cutoff does not", func(k *regime.Clock) { k.Cutoff = "17:30" },
			map[string][]string{"received": {"2026-11-23 17:30"}}, "running", "2026-12-02"},
		{"the first day included", func(k *regime.Clock) { k.First = "included" },
			map[string][]string{"received": {"2026-11-23"}}, "running", "2026-12-01"},
		{"restarted by a mark", func(k *regime.Clock) { k.Restart = []string{"again"} },
			map[string][]string{"received": {"2026-11-16"}, "again": {"2026-11-23"}}, "running", "2026-12-02"},
		{"restarted before it started: not at all", func(k *regime.Clock) { k.Restart = []string{"again"} },
			map[string][]string{"received": {"2026-11-23"}, "again": {"2026-11-16"}}, "running", "2026-12-02"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := one(t, deadline.Input{Clocks: []regime.Clock{clock(tt.change)}, Marks: marks(t, tt.marks), Now: at(t, "2026-11-24")})
			if d.State != tt.state || d.Day() != tt.due {
				t.Fatalf("got %s %q, want %s %q", d.State, d.Day(), tt.state, tt.due)
			}
			if tt.due == "" && (d.Light != deadline.Grey || !d.Due.IsZero()) {
				t.Fatalf("light %s due %v", d.Light, d.Due)
			}
		})
	}
}

func TestPausesExtensionsRestarts(t *testing.T) {
	k := clock(func(k *regime.Clock) {
		k.Span, k.Pause, k.Resume = "60day", []string{"sent"}, []string{"back"}
		k.Extend = &regime.Extend{Times: 1, Span: "30day"}
	})
	sus := func(from, to string) deadline.Suspension {
		s := deadline.Suspension{Clock: "k", From: at(t, from), Reason: "鉴定"}
		if to != "" {
			s.To = at(t, to)
		}
		return s
	}
	ext := func(span, when string) deadline.Extension {
		return deadline.Extension{Clock: "k", Span: span, At: at(t, when)}
	}
	for _, tt := range []struct {
		name  string
		in    deadline.Input
		now   string
		state string
		due   string
	}{
		{"without", deadline.Input{}, "2026-08-10", "running", "2026-10-02"},
		{"ten days of 鉴定", deadline.Input{Suspensions: []deadline.Suspension{sus("2026-08-10", "2026-08-20")}}, "2026-08-21", "running", "2026-10-12"},
		{"two that overlap count once", deadline.Input{Suspensions: []deadline.Suspension{sus("2026-08-10", "2026-08-20"), sus("2026-08-15", "2026-08-18")}}, "2026-08-21", "running", "2026-10-12"},
		{"one inside a day counts nothing", deadline.Input{Suspensions: []deadline.Suspension{sus("2026-08-10 09:00", "2026-08-10 17:00")}}, "2026-08-21", "running", "2026-10-02"},
		{"one that lasts", deadline.Input{Suspensions: []deadline.Suspension{sus("2026-08-10", "")}}, "2026-08-20 12:00", "paused", "2026-10-12"},
		{"one after the end changes nothing", deadline.Input{Suspensions: []deadline.Suspension{sus("2026-10-05", "")}}, "2026-10-20", "overdue", "2026-10-02"},
		{"another clock's", deadline.Input{Suspensions: []deadline.Suspension{{Clock: "x", From: at(t, "2026-08-10")}}}, "2026-08-20", "running", "2026-10-02"},
		{"extended", deadline.Input{Extensions: []deadline.Extension{ext("30day", "2026-09-01")}}, "2026-09-02", "running", "2026-11-01"},
		{"extended by more than may be", deadline.Input{Extensions: []deadline.Extension{ext("45day", "2026-09-01")}}, "2026-09-02", "running", "2026-11-01"},
		{"extended twice where once may be", deadline.Input{Extensions: []deadline.Extension{ext("30day", "2026-09-01"), ext("30day", "2026-09-02")}}, "2026-09-02", "running", "2026-11-01"},
		{"extended in working days", deadline.Input{Extensions: []deadline.Extension{ext("5workday", "2026-09-01")}}, "2026-09-02", "running", "2026-10-13"},
		{"extended by nonsense", deadline.Input{Extensions: []deadline.Extension{ext("soon", "2026-09-01")}}, "2026-09-02", "running", "2026-10-02"},
		{"restarted", deadline.Input{Restarts: []deadline.Restart{{Clock: "k", At: at(t, "2026-08-10")}}}, "2026-08-11", "running", "2026-10-09"},
		{"restarted: an older extension is gone", deadline.Input{Restarts: []deadline.Restart{{Clock: "k", At: at(t, "2026-08-10")}},
			Extensions: []deadline.Extension{ext("30day", "2026-08-05")}}, "2026-08-11", "running", "2026-10-09"},
		{"paused by marks", deadline.Input{Marks: marks(t, map[string][]string{"sent": {"2026-08-10"}, "back": {"2026-08-20"}})}, "2026-08-21", "running", "2026-10-12"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := tt.in
			if in.Marks == nil {
				in.Marks = map[string][]time.Time{}
			}
			in.Marks["received"] = []time.Time{at(t, "2026-08-03 10:00")}
			in.Clocks, in.Now, in.Calendar = []regime.Clock{k}, at(t, tt.now), cal(t)
			d := one(t, in)
			if d.State != tt.state || d.Day() != tt.due {
				t.Fatalf("got %s %s, want %s %s", d.State, d.Day(), tt.state, tt.due)
			}
			if (d.State == deadline.Paused) != (d.Light == deadline.Grey) {
				t.Fatalf("%s is %s", d.State, d.Light)
			}
			e, _ := deadline.Explain(in, "k")
			if e.Deadline.Day() != tt.due || e.Days[len(e.Days)-1].Date != d.DueDate {
				t.Fatalf("the explanation ends on %v", e.Days[len(e.Days)-1])
			}
			if len(in.Suspensions) == 1 && tt.due == "2026-10-12" &&
				!slices.ContainsFunc(e.Days, func(x calendar.Day) bool { return !x.Counts && x.Why == "暂停计算：鉴定" }) {
				t.Fatal("no day says that it was paused")
			}
		})
	}
}

func TestHoursAndMoments(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*regime.Clock)
		start  string
		now    string
		due    string
		state  string
		light  string
	}{
		{"one hour on the wall", func(k *regime.Clock) { k.Span, k.WarnAt = "1hour", []string{"20minute"} }, "2026-11-23 10:00", "2026-11-23 10:39", "2026-11-23 11:00", "running", "green"},
		{"its last twenty minutes", func(k *regime.Clock) { k.Span, k.WarnAt = "1hour", []string{"20minute"} }, "2026-11-23 10:00", "2026-11-23 10:40", "2026-11-23 11:00", "running", "yellow"},
		{"at its end", func(k *regime.Clock) { k.Span = "1hour" }, "2026-11-23 10:00", "2026-11-23 11:01", "2026-11-23 11:00", "overdue", "red"},
		{"over midnight", func(k *regime.Clock) { k.Span = "30minute" }, "2026-11-23 23:45", "2026-11-23 23:46", "2026-11-24 00:15", "running", "green"},
		{"in office hours", func(k *regime.Clock) { k.Span, k.Hours = "2hour", "business" }, "2026-11-20 17:00", "2026-11-20 17:10", "2026-11-23 10:30", "running", "green"},
		{"the same day", func(k *regime.Clock) { k.Span = "sameday" }, "2026-11-23 16:00", "2026-11-23 16:01", "2026-11-23", "running", "yellow"},
		{"the next day", func(k *regime.Clock) { k.Span = "sameday" }, "2026-11-23 16:00", "2026-11-24 00:00", "2026-11-23", "overdue", "red"},
		{"the same day on a Saturday", func(k *regime.Clock) { k.Span = "sameday" }, "2026-11-21 16:00", "2026-11-21 16:01", "2026-11-21", "running", "yellow"},
		{"at once is red at once", func(k *regime.Clock) { k.Span = "immediate" }, "2026-11-23 16:00", "2026-11-23 16:00", "2026-11-23 16:00", "running", "red"},
		{"at once and the next day", func(k *regime.Clock) { k.Span = "immediate" }, "2026-11-23 16:00", "2026-11-24 08:00", "2026-11-23 16:00", "overdue", "red"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := deadline.Input{Clocks: []regime.Clock{clock(tt.change)}, Calendar: cal(t),
				Marks: marks(t, map[string][]string{"received": {tt.start}}), Now: at(t, tt.now)}
			d := one(t, in)
			if d.Day() != tt.due || d.State != tt.state || d.Light != tt.light {
				t.Fatalf("got %s %s %s", d.Day(), d.State, d.Light)
			}
			if e, ok := deadline.Explain(in, "k"); !ok || !strings.Contains(e.Text(), "起点") {
				t.Fatalf("%v", e)
			}
		})
	}
}

func TestTheOfficesOwnLength(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*regime.Clock)
		own    string
		due    string
		origin string
	}{
		{"where the rule has none", func(k *regime.Clock) { k.Span, k.Origin = "", regime.Unset }, "5workday", "2026-11-30", "本单位设定"},
		{"in place of the unit's", func(k *regime.Clock) { k.Origin = regime.ByUnit }, "10workday", "2026-12-07", "本单位设定"},
		{"not replaced", func(k *regime.Clock) { k.Origin = regime.ByUnit }, "", "2026-12-02", "办法规定"},
		{"shorter than the law", nil, "5workday", "2026-11-30", "本单位设定"},
		{"longer than the law", nil, "10workday", "2026-12-02", "法定"},
		{"longer than the law, for the citizen", func(k *regime.Clock) { k.Binds = regime.BindsCitizen }, "10workday", "2026-12-07", "本单位设定"},
		{"shorter than the law, for the citizen", func(k *regime.Clock) { k.Binds = regime.BindsCitizen }, "5workday", "2026-12-02", "法定"},
		{"nonsense", nil, "soon", "2026-12-02", "法定"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, key := range []string{"k", "cn.test/k"} {
				d := one(t, deadline.Input{Regime: "cn.test", Clocks: []regime.Clock{clock(tt.change)}, Overrides: map[string]string{key: tt.own},
					Marks: marks(t, map[string][]string{"received": {"2026-11-23"}}), Now: at(t, "2026-11-23")})
				if d.Day() != tt.due || d.OriginText() != tt.origin {
					t.Fatalf("got %s %s", d.Day(), d.OriginText())
				}
				if d.Binds == regime.BindsCitizen && (!d.Due.IsZero() || d.Light != deadline.Grey) {
					t.Fatal("a citizen's limit is no task of the office's")
				}
			}
		})
	}
}

func TestWhoSetALimitIsSaidOnce(t *testing.T) {
	for own, want := range map[string]string{
		"5workday": "样本：5个工作日（本单位设定，第五条）",
		"":         "样本：未设定（第五条）",
	} {
		k := clock(func(k *regime.Clock) { k.Label, k.Span, k.Origin, k.Article = "样本", "", regime.Unset, "第五条" })
		e, ok := deadline.Explain(deadline.Input{Regime: "cn.test", Calendar: cal(t), Clocks: []regime.Clock{k}, Overrides: map[string]string{"k": own},
			Marks: marks(t, map[string][]string{"received": {"2026-11-23"}}), Now: at(t, "2026-11-23")}, "k")
		if !ok || e.Notes[0] != want {
			t.Errorf("%q: %v", own, e.Notes)
		}
	}
}

func TestALimitOfHoursTellsTheMinute(t *testing.T) {
	for span, want := range map[string]string{
		"1hour":     "起点：2026年11月23日 23:50（即时起算）|到期：2026年11月24日 00:50|2026年11月24日 00:20按时办完",
		"immediate": "起点：2026年11月23日 23:50（即时起算）|到期：立即|2026年11月24日 00:20逾期办完",
		"sameday":   "起点：2026年11月23日（当日）|到期：2026年11月23日 周一|2026年11月24日逾期办完",
		"5day":      "起点：2026年11月23日（当日不计入，从次日起算）|到期：2026年11月28日 周六|到期日不上班，最迟在2026年11月27日（最后一个工作日）办完|2026年11月24日按时办完",
	} {
		k := clock(func(k *regime.Clock) {
			k.Span, k.Origin, k.Roll, k.Stop = span, regime.ByUnit, "none", []string{"told"}
		})
		e, _ := deadline.Explain(deadline.Input{Calendar: cal(t), Clocks: []regime.Clock{k}, Now: at(t, "2026-11-25"),
			Marks: marks(t, map[string][]string{"received": {"2026-11-23 23:50"}, "told": {"2026-11-24 00:20"}})}, "k")
		if got := strings.Join(e.Notes[1:], "|"); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", span, got, want)
		}
	}
}
