package calendar

import (
	"strconv"
	"strings"
	"time"

	"jiesu/backend/fault"
)

// Unit is the unit of a span. Names are append-only.
type Unit string

// Units.
const (
	UnitImmediate Unit = "immediate" // 立即
	UnitMinute    Unit = "minute"
	UnitHour      Unit = "hour"
	UnitSameDay   Unit = "sameday" // until the end of the same day
	UnitWorkday   Unit = "workday"
	UnitDay       Unit = "day"
	UnitMonth     Unit = "month"
	UnitYear      Unit = "year"
)

// Span is a length of time as a rule states it: 7 个工作日, 60 日, 30 分钟.
type Span struct {
	N    int
	Unit Unit
}

// most is the longest span of each unit that is taken.
var most = map[Unit]int{
	UnitImmediate: 0, UnitMinute: 100_000, UnitHour: 10_000, UnitSameDay: 0,
	UnitWorkday: 2_500, UnitDay: 20_000, UnitMonth: 1_200, UnitYear: 100,
}

// ParseSpan reads "7workday", "60day", "30minute", "2hour", "3month",
// "1year", "sameday" (also "0sameday"), "immediate".
func ParseSpan(s string) (Span, error) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	u := Unit(s[i:])
	limit, ok := most[u]
	n := 0
	if i > 0 {
		var err error
		if n, err = strconv.Atoi(s[:i]); err != nil {
			return Span{}, badSpan(s)
		}
	}
	if !ok || n > limit || limit > 0 && (n == 0 || s[0] == '0') {
		return Span{}, badSpan(s)
	}
	return Span{N: n, Unit: u}, nil
}

func badSpan(s string) error {
	if len(s) > 40 {
		s = strings.ToValidUTF8(s[:40], "") + "…"
	}
	return fault.New(fault.Usage, "bad-span", "时限“"+s+"”看不懂",
		"请写成 7workday、60day、30minute、2hour、3month、1year、sameday 或 immediate")
}

// IsZero says that no span was set.
func (s Span) IsZero() bool { return s.Unit == "" }

// ByDays says that the span ends with a day, not at a moment.
func (s Span) ByDays() bool {
	switch s.Unit {
	case UnitSameDay, UnitWorkday, UnitDay, UnitMonth, UnitYear:
		return true
	}
	return false
}

// String is what ParseSpan reads.
func (s Span) String() string {
	if s.Unit == UnitImmediate || s.Unit == UnitSameDay || s.Unit == "" {
		return string(s.Unit)
	}
	return strconv.Itoa(s.N) + string(s.Unit)
}

// Chinese is the span as an officer says it.
func (s Span) Chinese() string {
	n := strconv.Itoa(s.N)
	switch s.Unit {
	case UnitImmediate:
		return "立即"
	case UnitMinute:
		return n + "分钟"
	case UnitHour:
		return n + "小时"
	case UnitSameDay:
		return "当天"
	case UnitWorkday:
		return n + "个工作日"
	case UnitDay:
		return n + "日"
	case UnitMonth:
		return n + "个月"
	case UnitYear:
		return n + "年"
	}
	return "未设定"
}

// MarshalText is String.
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText is ParseSpan; empty is no span.
func (s *Span) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*s = Span{}
		return nil
	}
	parsed, err := ParseSpan(string(b))
	if err != nil {
		return err
	}
	*s = parsed
	return nil
}

// Duration is the length of a span of minutes or hours.
func (s Span) Duration() time.Duration {
	switch s.Unit {
	case UnitMinute:
		return time.Duration(s.N) * time.Minute
	case UnitHour:
		return time.Duration(s.N) * time.Hour
	}
	return 0
}
