package complaint

import "time"

// ClockEnd is when a clock of the case ends, as the desk counts it now.
func (f *facts) ClockEnd(id string) (time.Time, bool) {
	if f.env.ClockEnd == nil {
		return time.Time{}, false
	}
	return f.env.ClockEnd(id)
}
