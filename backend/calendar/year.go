package calendar

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"jiesu/backend/fault"
)

// Year is one year file: the days on which a notice of the State Council
// departs from Monday to Friday. A file goes by its notice, so late December
// may stand in the next year's file (2022-12-31 does).
type Year struct {
	Year   int       `json:"year"`
	Papers []string  `json:"papers,omitempty"`
	Days   []YearDay `json:"days"`
}

// YearDay is one such day.
type YearDay struct {
	Name string `json:"name"`
	Date Date   `json:"date"`
	Off  bool   `json:"isOffDay"`
}

const (
	maxYearBytes = 256 << 10
	maxYearDays  = 200
	maxDayName   = 20
)

// ParseYear reads one year file in the shape of NateScarlet/holiday-cn.
// Further keys of that format ($schema, $id) are passed over.
func ParseYear(b []byte) (Year, error) {
	if len(b) > maxYearBytes {
		return Year{}, badYear("文件太大", nil)
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	var y Year
	if err := json.Unmarshal(b, &y); err != nil {
		return Year{}, badYear("格式不对", err)
	}
	if y.Year < 2000 || y.Year > 2199 {
		return Year{}, badYear("没有写明年份", nil)
	}
	// The publisher keeps an empty file for a year whose notice is not out;
	// taking it as known would make every weekday a working day.
	if len(y.Days) == 0 {
		return Year{}, badYear(fmt.Sprintf("%d 年的放假安排是空的", y.Year), nil)
	}
	if len(y.Days) > maxYearDays {
		return Year{}, badYear("日子太多", nil)
	}
	seen := map[Date]bool{}
	for _, d := range y.Days {
		if d.Date.IsZero() || d.Date.Year() < y.Year-1 || d.Date.Year() > y.Year+1 {
			return Year{}, badYear("日期 "+d.Date.String()+" 不属于这一年", nil)
		}
		if seen[d.Date] {
			return Year{}, badYear("日期 "+d.Date.String()+" 出现两次", nil)
		}
		seen[d.Date] = true
		if name := strings.TrimSpace(d.Name); name == "" || utf8.RuneCountInString(name) > maxDayName {
			return Year{}, badYear("日期 "+d.Date.String()+" 没有节日名称或名称太长", nil)
		}
	}
	return y, nil
}

func badYear(why string, cause error) error {
	return fault.New(fault.Refused, "calendar-bad", "日历文件用不上："+why, "请使用 holiday-cn 格式的年度文件（year、days：name、date、isOffDay）").Wrap(cause)
}
