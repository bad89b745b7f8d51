package deadline

import (
	"slices"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/regime"
)

// moments are all settings of some marks, ascending.
func moments(marks map[string][]time.Time, ids ...string) []time.Time {
	var out []time.Time
	for _, id := range ids {
		out = append(out, marks[id]...)
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}

// starts are the moments of the first start mark that is set at all.
func starts(marks map[string][]time.Time, ids []string) []time.Time {
	for _, id := range ids {
		if len(marks[id]) > 0 {
			return moments(marks, id)
		}
	}
	return nil
}

// stops are the moments that end a clock: its stop marks, and of a clock of
// telling the contacts on record from the decision on.
func stops(marks map[string][]time.Time, clock *regime.Clock) []time.Time {
	out := moments(marks, clock.Stop...)
	decided := moments(marks, clock.Told...)
	if len(decided) == 0 {
		return out
	}
	for _, told := range moments(marks, regime.DecidedToldMark) {
		if !calendar.DateOf(told).Before(calendar.DateOf(decided[0])) {
			out = append(out, told)
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}

// cycle finds the last run of a clock: it starts, stops, and may start again
// (handled, reopened, handled again). Of several starts before one stop the
// earliest counts, so that of two offices' contradicting dates the earlier due
// one is shown.
func cycle(starts, stops []time.Time, byDay bool) (start, stop time.Time) {
	if len(starts) == 0 {
		return
	}
	start = starts[0]
	for {
		stop = firstFrom(stops, start, byDay)
		if stop.IsZero() {
			return start, stop
		}
		next := firstAfter(starts, stop, start)
		if next.IsZero() {
			return start, stop
		}
		start = next
	}
}

// firstFrom is the first moment not before t. Where days count, a date without
// a time of day (midnight) on the same day is not before.
func firstFrom(list []time.Time, t time.Time, byDay bool) time.Time {
	for _, x := range list {
		if !x.Before(t) || byDay && calendar.DateOf(x) == calendar.DateOf(t) {
			return x
		}
	}
	return time.Time{}
}

func firstAfter(list []time.Time, a, b time.Time) time.Time {
	for _, x := range list {
		if x.After(a) && x.After(b) {
			return x
		}
	}
	return time.Time{}
}

// restarted moves a start to the last restart that happened while it ran.
func restarted(in *Input, c *regime.Clock, start, stop time.Time) (time.Time, string) {
	reason := ""
	first := start
	take := func(at time.Time, why string) {
		if !at.Before(first) && at.After(start) && (stop.IsZero() || !at.After(stop)) {
			start, reason = at, why
		}
	}
	for _, at := range moments(in.Marks, c.Restart...) {
		take(at, "重新计算")
	}
	for _, r := range in.Restarts {
		if r.Clock == c.ID {
			why := "重新计算"
			if r.Reason != "" {
				why += "：" + r.Reason
			}
			take(r.At, why)
		}
	}
	return start, reason
}

// pause is a stretch that does not count, with its reason.
type pause struct {
	calendar.Interval
	why  string
	open bool
}

// pauses collects what the marks and the recorded suspensions say, clipped to
// the run, ascending and disjoint. What has not ended ends now (or when the
// clock stopped), so that a paused clock shows the date if it ran on today.
func pauses(in *Input, c *regime.Clock, start, stop time.Time) []pause {
	var raw []pause
	for _, from := range moments(in.Marks, c.Pause...) {
		to := firstFrom(moments(in.Marks, c.Resume...), from, false)
		raw = append(raw, pause{Interval: calendar.Interval{From: from, To: to}, why: "暂停计算"})
	}
	for _, s := range in.Suspensions {
		if s.Clock != c.ID {
			continue
		}
		why := "暂停计算"
		if s.Reason != "" {
			why += "：" + s.Reason
		}
		raw = append(raw, pause{Interval: calendar.Interval{From: s.From, To: s.To}, why: why})
	}
	slices.SortFunc(raw, func(a, b pause) int { return a.From.Compare(b.From) })
	end := stop
	if end.IsZero() {
		end = in.Now
	}
	var out []pause
	for _, p := range raw {
		p.open = p.To.IsZero() && stop.IsZero()
		if p.To.IsZero() || !stop.IsZero() && p.To.After(stop) {
			p.To = end
		}
		if p.From.Before(start) {
			p.From = start
		}
		if n := len(out); n > 0 && !p.From.After(out[n-1].To) {
			if p.To.After(out[n-1].To) {
				out[n-1].To = p.To
			}
			out[n-1].open = out[n-1].open || p.open
			continue
		}
		if p.To.After(p.From) || p.open {
			out = append(out, p)
		}
	}
	return out
}
