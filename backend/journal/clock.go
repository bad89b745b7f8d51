package journal

import (
	"encoding/json"
	"fmt"
	"math"
	"time"
)

// MaxAhead is how far a foreign clock may pull ours along. An entry from
// further ahead is kept and ordered, but drags nobody with it.
const MaxAhead = 5 * time.Minute

// Stamp is a hybrid logical clock reading: milliseconds since 1970 and a
// counter for what happens within one. In JSON: [millis, counter].
type Stamp struct {
	Millis  int64
	Counter uint32
}

// Less orders stamps.
func (s Stamp) Less(o Stamp) bool {
	return s.Millis < o.Millis || s.Millis == o.Millis && s.Counter < o.Counter
}

// Time is the physical part, in UTC.
func (s Stamp) Time() time.Time { return time.UnixMilli(s.Millis).UTC() }

// MarshalJSON writes [millis, counter].
func (s Stamp) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "[%d,%d]", s.Millis, s.Counter), nil
}

// UnmarshalJSON reads [millis, counter].
func (s *Stamp) UnmarshalJSON(b []byte) error {
	var pair []int64
	if err := json.Unmarshal(b, &pair); err != nil || len(pair) != 2 || pair[0] < 0 || pair[1] < 0 || pair[1] > math.MaxUint32 {
		return fmt.Errorf("%w: clock", ErrFormat)
	}
	s.Millis, s.Counter = pair[0], uint32(pair[1])
	return nil
}

// Clock gives out stamps that never go back, even when the wall clock does.
type Clock struct{ last Stamp }

// NewClock starts after the last stamp given out.
func NewClock(last Stamp) *Clock { return &Clock{last: last} }

// Next is the stamp for an entry written at now.
func (c *Clock) Next(now time.Time) Stamp {
	switch ms := now.UnixMilli(); {
	case ms > c.last.Millis:
		c.last = Stamp{Millis: ms}
	case c.last.Counter == math.MaxUint32: // a foreign stamp may have used the counter up
		c.last = Stamp{Millis: c.last.Millis + 1}
	default:
		c.last.Counter++
	}
	return c.last
}

// Observe takes note of a foreign stamp received at now. It reports whether
// the stamp was too far ahead to follow (时钟异常).
func (c *Clock) Observe(s Stamp, now time.Time) (ahead bool) {
	if s.Millis > now.Add(MaxAhead).UnixMilli() {
		return true
	}
	if c.last.Less(s) {
		c.last = s
	}
	return false
}

// Behind reports whether the wall clock stands before the last entry: then no
// times are prefilled and the desk says so.
func (c *Clock) Behind(now time.Time) bool {
	return now.Add(MaxAhead).UnixMilli() < c.last.Millis
}

// Last is the last stamp given out or followed.
func (c *Clock) Last() Stamp { return c.last }
