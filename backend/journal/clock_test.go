package journal_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"jiesu/backend/journal"
	"pgregory.net/rapid"
)

var noon = time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)

func TestClockNeverGoesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := journal.NewClock(journal.Stamp{})
		last := c.Last()
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			now := noon.Add(time.Duration(rapid.Int64Range(-1e15, 1e15).Draw(t, "offset")))
			if rapid.Bool().Draw(t, "observe") {
				c.Observe(journal.Stamp{Millis: now.UnixMilli() + rapid.Int64Range(-1e6, 1e6).Draw(t, "ahead"),
					Counter: rapid.SampledFrom([]uint32{0, 1, math.MaxUint32}).Draw(t, "counter")}, now)
				if c.Last().Less(last) {
					t.Fatalf("observing went back from %v to %v", last, c.Last())
				}
				last = c.Last()
				continue
			}
			next := c.Next(now)
			if !last.Less(next) {
				t.Fatalf("after %v comes %v", last, next)
			}
			last = next
		}
	})
}

func TestNeighbourEightDaysAheadDragsNobody(t *testing.T) {
	c := journal.NewClock(journal.Stamp{})
	far := journal.Stamp{Millis: noon.Add(8 * 24 * time.Hour).UnixMilli()}
	if !c.Observe(far, noon) {
		t.Fatal("a clock eight days ahead must be reported")
	}
	if got := c.Next(noon); got.Time() != noon {
		t.Fatalf("our own stamp is dragged to %v", got.Time())
	}
	near := journal.Stamp{Millis: noon.Add(4 * time.Minute).UnixMilli(), Counter: 9}
	if c.Observe(near, noon) {
		t.Fatal("four minutes are within the allowance")
	}
	if got := c.Next(noon); !near.Less(got) {
		t.Fatalf("an entry written after one that was seen must come after it: %v", got)
	}
	if c.Behind(noon) {
		t.Fatal("four minutes are no reason for alarm")
	}
}

func TestOwnClockSetBackIsNoticed(t *testing.T) {
	c := journal.NewClock(journal.Stamp{Millis: noon.UnixMilli()})
	if !c.Behind(noon.Add(-time.Hour)) || c.Behind(noon.Add(-time.Minute)) || c.Behind(noon.Add(time.Hour)) {
		t.Fatal("behind means more than the allowance before the last entry")
	}
	first, second := c.Next(noon.Add(-time.Hour)), c.Next(noon.Add(-2*time.Hour))
	if !first.Less(second) {
		t.Fatal("a clock set back must not turn the order round")
	}
}

func TestStampJSON(t *testing.T) {
	s := journal.Stamp{Millis: 1767225600123, Counter: 7}
	b, err := json.Marshal(s)
	if err != nil || string(b) != "[1767225600123,7]" {
		t.Fatalf("%s %v", b, err)
	}
	var back journal.Stamp
	if err := json.Unmarshal(b, &back); err != nil || back != s {
		t.Fatalf("%v %v", back, err)
	}
	for _, bad := range []string{`[1]`, `[1,2,3]`, `null`, `"1"`, `[1.5,0]`, `[-1,0]`, `[0,-1]`, `[0,4294967296]`} {
		if err := json.Unmarshal([]byte(bad), &back); err == nil {
			t.Errorf("%s was read as a stamp", bad)
		}
	}
}
