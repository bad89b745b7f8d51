package deadline_test

import (
	"os"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiesu/backend/deadline"
	"jiesu/backend/regime"
)

func TestTheClocksOfTheShippedSystems(t *testing.T) {
	book, err := regime.Load(os.DirFS("../../assets/regimes"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, regime string
		marks        map[string][]string
		facts        facts
		want         map[string]string // clock: "state day"; absent clocks must not apply
	}{
		{"S16 来电", "cn.property.zz98", map[string][]string{"received": {"2026-11-20 10:00"}}, facts{"channel": "phone"},
			map[string]string{"tell-desk": "running 2026-11-20 11:00", "escalate": "waiting ", "report-desk": "waiting ", "record": "waiting ", "follow-up": "waiting "}},
		{"S16 来人 not solved on the spot: the two hours run from 接诉", "cn.property.zz98", map[string][]string{"received": {"2026-11-20 10:00"}}, facts{"channel": "visit"},
			map[string]string{"report-up": "running 2026-11-20 12:00", "escalate": "waiting ", "report-desk": "waiting ", "record": "waiting ", "follow-up": "waiting "}},
		{"S16 handled on the spot on a Thursday", "cn.property.zz98",
			map[string][]string{"received": {"2026-11-19 10:00"}, "handled": {"2026-11-19 10:30"}, "desk-reported": {"2026-11-19 11:00"}}, facts{"channel": "visit"},
			map[string]string{"report-up": "stopped 2026-11-19 12:00", "escalate": "waiting ", "report-desk": "stopped 2026-11-19", "record": "running 2026-11-19", "follow-up": "running 2026-11-22"}},
		{"S7 accepted: no length is set", "cn.gov.general", map[string][]string{"received": {"2026-11-16 10:00"}, "accepted": {"2026-11-16"}}, facts{},
			map[string]string{"acceptance": "stopped ", "materials": "unset ", "handling": "unset ", "notification": "unset ",
				"review-answer": "waiting ", "lawsuit-answer": "waiting "}},
		{"S7 复议答复 and 诉讼答辩", "cn.gov.general", map[string][]string{"received": {"2026-06-01"}, "review-notice": {"2026-09-18"}, "lawsuit-notice": {"2026-09-10"}}, facts{},
			map[string]string{"acceptance": "unset ", "materials": "unset ", "handling": "unset ", "notification": "unset ",
				"review-answer": "running 2026-10-09", "lawsuit-answer": "running 2026-09-28"}},
		{"S7 复议答复 in the short procedure: five working days over 国庆", "cn.gov.general",
			map[string][]string{"received": {"2026-06-01"}, "simple-review-notice": {"2026-09-29"}}, facts{},
			map[string]string{"acceptance": "unset ", "materials": "unset ", "handling": "unset ", "notification": "unset ",
				"review-answer": "waiting ", "simple-review-answer": "running 2026-10-12", "lawsuit-answer": "waiting "}},
		{"S7 refused: 复议期间 ends on a rest day and rolls (复议法 88); 起诉 runs from the review's decision", "cn.gov.general",
			map[string][]string{"received": {"2026-07-20"}, "refused": {"2026-07-21"}, "delivered": {"2026-07-29"}}, facts{"letter": "refusal"},
			map[string]string{"acceptance": "stopped ", "materials": "unset ", "handling": "unset ", "notification": "stopped ",
				"review-answer": "waiting ", "lawsuit-answer": "waiting ", "review-window": "running 2026-09-28"}},
		{"S7 decided: 起诉期限 ends in the holiday and rolls", "cn.gov.general",
			map[string][]string{"received": {"2026-03-02"}, "decided": {"2026-04-01"}, "delivered": {"2026-04-04"}}, facts{"letter": "decision"},
			map[string]string{"acceptance": "unset ", "materials": "unset ", "handling": "unset ", "notification": "stopped ",
				"review-answer": "waiting ", "lawsuit-answer": "waiting ", "review-window": "running 2026-06-03", "lawsuit-window": "running 2026-10-08"}},
		{"S7 told 无法核实", "cn.gov.general",
			map[string][]string{"received": {"2026-03-02"}, "decided": {"2026-04-01"}, "delivered": {"2026-04-09"}}, facts{"letter": "result"},
			map[string]string{"acceptance": "unset ", "materials": "unset ", "handling": "unset ", "notification": "stopped ",
				"review-answer": "waiting ", "lawsuit-answer": "waiting ", "review-window": "running 2026-06-08", "lawsuit-window": "running 2026-10-09"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := book.Latest(tt.regime)
			if err != nil {
				t.Fatal(err)
			}
			now := at(t, tt.marks["received"][0])
			got := map[string]string{}
			for _, d := range deadline.Compute(deadline.Input{Regime: r.ID, Clocks: r.Clocks, Calendar: cal(t), Marks: marks(t, tt.marks), Facts: known{facts: tt.facts, set: counted(tt.marks)}, Now: now}) {
				got[d.ID] = d.State + " " + d.Day()
			}
			for id, want := range tt.want {
				if got[id] != want {
					t.Errorf("%s: got %q, want %q", id, got[id], want)
				}
			}
			if len(got) != len(tt.want) {
				t.Errorf("got %v", got)
			}
		})
	}
}

func counted(marks map[string][]string) map[string]int {
	out := map[string]int{}
	for id, list := range marks {
		out[id] = len(list)
	}
	return out
}

// facts are the fields of a case, and its letter.
type facts map[string]any

// known answers a guard about them; what else a guard may ask, no clock does.
type known struct {
	regime.Facts
	facts
	set map[string]int // how often marks are set
}

func (k known) Field(path string) (any, bool) { v, ok := k.facts[path]; return v, ok }
func (known) Stage(string) string             { return "" }
func (k known) MarkCount(id string) int       { return k.set[id] }
func (known) MarkAt(string) (time.Time, bool) { return time.Time{}, false }
func (k known) LetterIssued(kind string) bool { return k.facts["letter"] == kind }

func TestRulesThatAlwaysHold(t *testing.T) {
	c := cal(t)
	spans := []string{"7workday", "60day", "3month", "sameday", "2hour", "45workday"}
	rolls := []string{"none", "statutory_day", "holiday_break", "rest_day"}
	rapid.Check(t, func(r *rapid.T) {
		start := at(t, "2024-01-01").Add(time.Duration(rapid.IntRange(0, 2_000_000).Draw(r, "start")) * time.Minute)
		k := clock(func(k *regime.Clock) {
			k.Span, k.Roll = rapid.SampledFrom(spans).Draw(r, "span"), rapid.SampledFrom(rolls).Draw(r, "roll")
		})
		in := deadline.Input{Clocks: []regime.Clock{k}, Calendar: c, Now: start, Marks: map[string][]time.Time{"received": {start}}}
		d := deadline.Compute(in)[0]
		if d.YellowAt.After(d.RedAt) || d.YellowAt.Before(start) || d.RedAt.After(d.Due.Add(time.Second)) || d.Due.Before(start) {
			r.Fatalf("yellow %v red %v due %v", d.YellowAt, d.RedAt, d.Due)
		}
		if k.Roll == "rest_day" && d.ByDay && k.Span != "sameday" {
			if works, _ := c.IsWorkday(d.DueDate); !works {
				r.Fatalf("due on a rest day %s", d.DueDate)
			}
		}
		from := start.Add(time.Duration(rapid.IntRange(0, 40*24*60).Draw(r, "from")) * time.Minute)
		in.Suspensions = []deadline.Suspension{{Clock: "k", From: from, To: from.Add(72 * time.Hour)}}
		if paused := deadline.Compute(in)[0]; paused.Due.Before(d.Due) {
			r.Fatalf("a pause made it due earlier: %v, %v", paused.Due, d.Due)
		}
		in.Now = from
		if e, ok := deadline.Explain(in, "k"); !ok || e.Deadline.Day() != deadline.Compute(in)[0].Day() {
			r.Fatal("the explanation says otherwise than the list")
		}
	})
}

func BenchmarkComputeAClockOf60Days(b *testing.B) {
	c := cal(b)
	k := clock(func(k *regime.Clock) { k.Span, k.Roll = "60day", "holiday_break" })
	in := deadline.Input{Clocks: []regime.Clock{k, clock(nil)}, Calendar: c, Now: at(b, "2026-08-04"), Marks: marks(b, map[string][]string{"received": {"2026-08-03"}})}
	for b.Loop() {
		deadline.Compute(in)
	}
}
