package calendar

import (
	"strconv"
	"strings"
	"time"

	"jiesu/backend/fault"
)

// Hours are an office's business hours of a working day: pieces of the day in
// minutes from midnight, ascending.
type Hours []Piece

// Piece is one piece of a working day.
type Piece struct{ From, To int }

// UsualHours is what an office has that set none: 09:00-12:00, 13:30-17:30.
func UsualHours() Hours { return Hours{{540, 720}, {810, 1050}} }

// ParseHours reads "09:00-12:00,13:30-17:30".
func ParseHours(s string) (Hours, error) {
	bad := fault.New(fault.Usage, "bad-hours", "办公时间看不懂", "请写成 09:00-12:00,13:30-17:30 这样的形式")
	var out Hours
	last := -1
	for part := range strings.SplitSeq(s, ",") {
		from, to, ok := strings.Cut(strings.TrimSpace(part), "-")
		a, errA := ParseClock(from)
		b, errB := ParseClock(to)
		if !ok || errA != nil || errB != nil || a <= last || b <= a || len(out) == 8 {
			return nil, bad
		}
		out = append(out, Piece{a, b})
		last = b
	}
	return out, nil
}

// ParseClock reads a time of day, "17:30", as minutes from midnight; "24:00"
// is the end of the day.
func ParseClock(s string) (int, error) {
	h, m, ok := strings.Cut(s, ":")
	hh, errH := strconv.Atoi(h)
	mm, errM := strconv.Atoi(m)
	n := hh*60 + mm
	if !ok || errH != nil || errM != nil || len(h) != 2 || len(m) != 2 || hh < 0 || mm < 0 || mm > 59 || n > 1440 {
		return 0, fault.New(fault.Usage, "bad-clock", "时刻看不懂", "请写成 17:30 这样的形式")
	}
	return n, nil
}

// Interval is a stretch of time; a zero To has not ended.
type Interval struct{ From, To time.Time }

// AddBusiness ends a stretch of d business time that begins at start. Time in
// the pauses does not count.
func (c *Calendar) AddBusiness(start time.Time, d time.Duration, hours Hours, pauses []Interval) (due time.Time, provisional bool) {
	if len(hours) == 0 {
		hours = UsualHours()
	}
	day := DateOf(start)
	for range 60_000 {
		off, _ := c.rest(day, false)
		provisional = provisional || !c.Known(day)
		for _, p := range hours {
			if off {
				break
			}
			from, to := later(day.At(p.From), start), day.At(p.To)
			for _, free := range without(from, to, pauses) {
				if have := free.To.Sub(free.From); have < d {
					d -= have
					continue
				}
				return free.From.Add(d).In(zone), provisional
			}
		}
		day = day.AddDays(1)
	}
	return day.End(), true
}

// AddWall is AddBusiness for time on the wall.
func AddWall(start time.Time, d time.Duration, pauses []Interval) time.Time {
	end := start.Add(d)
	for _, p := range pauses { // ascending, disjoint
		if p.To.IsZero() || !p.To.After(start) || !p.From.Before(end) {
			continue
		}
		end = end.Add(p.To.Sub(later(p.From, start)))
	}
	return end.In(zone)
}

// without cuts the pauses out of [from, to).
func without(from, to time.Time, pauses []Interval) []Interval {
	var out []Interval
	for _, p := range pauses {
		if !p.From.Before(to) {
			break
		}
		if p.From.After(from) {
			out = append(out, Interval{from, p.From})
		}
		if p.To.IsZero() {
			return out
		}
		from = later(from, p.To)
	}
	if from.Before(to) {
		out = append(out, Interval{from, to})
	}
	return out
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
