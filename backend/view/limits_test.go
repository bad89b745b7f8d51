package view

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/complaint"
	"jiesu/backend/deadline"
	"jiesu/backend/journal"
	"jiesu/backend/regime"
)

// longCase is a case of 40 acts in which every clock of its rulebook runs.
func longCase(r *regime.Regime) *complaint.Case {
	var entries []complaint.Entry
	add := func(effects ...complaint.Effect) {
		n := len(entries)
		e := complaint.Entry{Node: journal.Node{ID: journal.ID(fmt.Sprintf("e%02d", n)), Clock: journal.Stamp{Millis: int64(n)}},
			Act: &complaint.Act{Action: "register", At: noon, Effects: effects}}
		if n > 0 {
			e.Parents = []journal.ID{entries[n-1].ID}
		}
		entries = append(entries, e)
	}
	add(&complaint.Decided{Slot: complaint.NumberSlot, Value: "YJ01-AA-2026-000007"}, &complaint.Mark{Name: complaint.ReceivedMark, At: noon})
	for _, k := range r.Clocks {
		for _, mark := range k.Start {
			if len(entries) < 30 {
				add(&complaint.Mark{Name: mark, At: noon})
			}
		}
		if k.Extend != nil && len(entries) < 30 {
			add(&complaint.Extend{Clock: k.ID, Span: "10workday"})
		}
	}
	add(&complaint.Suspend{Clock: r.Clocks[0].ID, At: noon.AddDate(0, 0, 3), Reason: "鉴定"})
	add(&complaint.Resume{Clock: r.Clocks[0].ID, At: noon.AddDate(0, 0, 9)})
	for len(entries) < 40 {
		add(&complaint.Note{Text: "备注内容"})
	}
	return complaint.Fold("c1", entries)
}

func shippedRules(t testing.TB) ([]*regime.Regime, *calendar.Calendar) {
	t.Helper()
	book, err := regime.Load(os.DirFS("../../assets/regimes"))
	if err != nil {
		t.Fatal(err)
	}
	cal, err := calendar.Load(os.DirFS("../../assets/calendars"))
	if err != nil {
		t.Fatal(err)
	}
	return book.All(), cal
}

// most is what all limits of a case of 40 acts may take, without explanations.
const most = 50 * time.Microsecond

// TestAllLimitsOfACaseOf40ActsTake50Microseconds takes the best of many runs,
// so that a busy machine does not fail it; under the race detector it allows
// twenty times as much.
func TestAllLimitsOfACaseOf40ActsTake50Microseconds(t *testing.T) {
	rules, cal := shippedRules(t)
	for _, r := range rules {
		if len(r.Clocks) == 0 {
			continue
		}
		c, spans := longCase(r), everySpan(r)
		if len(c.History) != 40 {
			t.Fatalf("%d acts", len(c.History))
		}
		running := 0
		for _, d := range deadline.Compute(Limits(c, r, cal, spans, noon)) {
			if !d.DueDate.IsZero() {
				running++
			}
		}
		if running == 0 {
			t.Errorf("%s: no limit runs", r.ID)
		}
		best := time.Hour
		for range 200 {
			start := time.Now()
			deadline.Compute(Limits(c, r, cal, spans, noon))
			best = min(best, time.Since(start))
		}
		allowed := most
		if raced {
			allowed *= 20
		}
		t.Logf("%s: %d limits, %d running, %v", r.ID, len(r.Clocks), running, best)
		if best > allowed {
			t.Errorf("%s: its %d limits take %v, allowed %v", r.ID, len(r.Clocks), best, allowed)
		}
	}
}

// TestEveryLimitExplainsItself: of every rulebook, running, set or not.
func TestEveryLimitExplainsItself(t *testing.T) {
	rules, cal := shippedRules(t)
	for _, r := range rules {
		c := longCase(r)
		for _, spans := range []map[string]string{nil, everySpan(r)} {
			in := Limits(c, r, cal, spans, noon.AddDate(0, 0, 40))
			for _, d := range deadline.Compute(in) {
				e, ok := deadline.Explain(in, d.ID)
				if !ok || e.Deadline.Day() != d.Day() || e.Deadline.State != d.State || !strings.HasPrefix(e.Text(), d.Label+"：") {
					t.Errorf("%s %s: %s", r.ID, d.ID, e.Text())
				}
				if n := len(e.Days); n > 0 && e.Days[n-1].Date != d.DueDate {
					t.Errorf("%s %s: the days end on %s, due %s", r.ID, d.ID, e.Days[n-1].Date, d.DueDate)
				}
				if d.ByDay && !d.DueDate.IsZero() && !d.Named && len(e.Days) == 0 {
					t.Errorf("%s %s: no day is told", r.ID, d.ID)
				}
			}
		}
	}
}

// everySpan sets what the rulebook leaves to the office.
func everySpan(r *regime.Regime) map[string]string {
	out := map[string]string{}
	for _, k := range r.Clocks {
		if k.Span == "" && k.Law == nil {
			out[r.ID+"/"+k.ID] = "30workday"
		}
	}
	return out
}

func BenchmarkAllLimitsOfACaseOf40Acts(b *testing.B) {
	rules, cal := shippedRules(b)
	for _, r := range rules {
		c, spans := longCase(r), everySpan(r)
		b.Run(r.ID, func(b *testing.B) {
			for b.Loop() {
				deadline.Compute(Limits(c, r, cal, spans, noon))
			}
		})
	}
}
