package calendar

import (
	"time"

	"jiesu/backend/fault"
)

// Date is a civil day in UTC+8. The zero Date is no day.
type Date struct{ n int32 } // days since 0000-12-31, so that 1 is 0001-01-01

const epochDays = 719163 // 1970-01-01

// zone is China's only civil time since 1949 but for summer time 1986-1991,
// which no case reaches.
var zone = time.FixedZone("UTC+8", 8*3600)

// Zone is UTC+8.
func Zone() *time.Location { return zone }

// NewDate makes a day; day and month overflow as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return Date{int32(floorDiv(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix(), 86400) + epochDays)}
}

// DateOf is the day of t in UTC+8; the zero time gives the zero Date.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	return Date{int32(floorDiv(t.Unix()+8*3600, 86400) + epochDays)}
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// ParseDate reads "2006-01-02", years 1900 to 2199.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1900 || t.Year() > 2199 {
		return Date{}, fault.New(fault.Usage, "bad-date", "日期看不懂", "请写成 2026-09-29 这样的形式")
	}
	return DateOf(t), nil
}

// IsZero says that d is no day.
func (d Date) IsZero() bool { return d.n == 0 }

// Before and After compare two days.
func (d Date) Before(o Date) bool { return d.n < o.n }

// After is true when d is later than o.
func (d Date) After(o Date) bool { return d.n > o.n }

// AddDays moves by calendar days.
func (d Date) AddDays(n int) Date { return Date{d.n + int32(n)} }

// Sub is the number of days from o to d.
func (d Date) Sub(o Date) int { return int(d.n - o.n) }

// AddMonths gives the corresponding day of a later month, or that month's last
// day where there is none (民法典 art. 202).
func (d Date) AddMonths(n int) Date {
	y, m, day := d.civil()
	last := time.Date(y, m+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC)
	return NewDate(last.Year(), last.Month(), min(day, last.Day()))
}

// Weekday of the day.
func (d Date) Weekday() time.Weekday {
	return time.Weekday(((int(d.n) % 7) + 7) % 7) // 0001-01-01 was a Monday
}

// Year of the day.
func (d Date) Year() int {
	y, _, _ := d.civil()
	return y
}

func (d Date) civil() (int, time.Month, int) {
	return d.utc().Date()
}

func (d Date) utc() time.Time {
	return time.Unix((int64(d.n)-epochDays)*86400, 0).UTC()
}

// Start is the first moment of the day.
func (d Date) Start() time.Time {
	return time.Unix((int64(d.n)-epochDays)*86400-8*3600, 0).In(zone)
}

// End is the last second of the day: the time limit ends at 24:00 (民法典 art. 203).
func (d Date) End() time.Time { return d.AddDays(1).Start().Add(-time.Second) }

// At is a time of day of d; minutes count from midnight.
func (d Date) At(minutes int) time.Time {
	return d.Start().Add(time.Duration(minutes) * time.Minute)
}

// String is "2006-01-02", empty for no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// Chinese is "2026年9月29日".
func (d Date) Chinese() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format("2006年1月2日")
}

// WeekdayChinese is "周三".
func (d Date) WeekdayChinese() string {
	return [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}[d.Weekday()]
}

// MarshalText is String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
