package desk

import (
	"fmt"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
)

func zoned(t time.Time) time.Time { return t.In(calendar.Zone()) }

// stamp is a time as the shapes carry it.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return zoned(t).Format(time.RFC3339)
}

// dueStamp is a due moment: a day for limits that run by days.
func dueStamp(t time.Time, byDay bool) string {
	switch {
	case t.IsZero():
		return ""
	case byDay:
		return zoned(t).Format(time.DateOnly)
	}
	return stamp(t)
}

func readMoment(s, field string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, ok := complaint.ParseMoment(s)
	if !ok {
		return t, fault.New(fault.Usage, "bad-time", "时间看不懂："+s, "请写成 2026-11-24 或 2026-11-24 15:30").At(field)
	}
	return t, nil
}

// dueText says in an officer's words how much time there is.
func dueText(due time.Time, byDay bool, red, now time.Time, cal *calendar.Calendar, paused bool) string {
	switch {
	case paused:
		return "时限中止"
	case due.IsZero():
		return ""
	case !byDay:
		return hoursText(due.Sub(now))
	}
	today, day := calendar.DateOf(now), calendar.DateOf(due)
	switch {
	case day.Before(today):
		return fmt.Sprintf("超期%d天", today.Sub(day))
	case day == today:
		return "今天到期"
	}
	n := 0
	for d := today.AddDays(1); !d.After(day) && n < 400; d = d.AddDays(1) {
		if ok, _ := cal.IsWorkday(d); ok {
			n++
		}
	}
	if n == 0 {
		return fmt.Sprintf("剩%d天（期间无工作日）", day.Sub(today))
	}
	return fmt.Sprintf("剩%d个工作日", n)
}

func hoursText(left time.Duration) string {
	word := "剩"
	if left < 0 {
		word, left = "超时", -left
	}
	switch {
	case left < time.Hour:
		return fmt.Sprintf("%s%d分钟", word, int(left.Minutes()))
	case left < 48*time.Hour:
		return fmt.Sprintf("%s%d小时%d分", word, int(left.Hours()), int(left.Minutes())%60)
	}
	return fmt.Sprintf("%s%d天", word, int(left.Hours())/24)
}
