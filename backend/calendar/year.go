package calendar

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"
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
		if name := strings.TrimSpace(d.Name); name == "" || utf8.RuneCountInString(name) > maxDayName || strings.ContainsFunc(name, unicode.IsControl) {
			return Year{}, badYear("日期 "+d.Date.String()+" 没有节日名称，或名称太长、含有乱码", nil)
		}
	}
	return y, nil
}

func badYear(why string, cause error) error {
	return fault.New(fault.Refused, "calendar-bad", "日历文件用不上："+why, "请使用 holiday-cn 格式的年度文件（year、days：name、date、isOffDay）").Wrap(cause)
}

// longestWork is how many days in a row are worked around a holiday, but for
// exceptional cases: 放假办法 art. 7, as it stands since 2025.
const longestWork = 6

// Doubts are what is unusual about a year file that can be read, for a person
// to look at before relying on it: a run of work longer than 放假办法 art. 7
// has, a statutory holiday that is worked.
func (y Year) Doubts() []string {
	c := New(y)
	var out []string
	run, madeUp := 0, false
	for d := NewDate(y.Year, time.January, 1).AddDays(-longestWork); d.Year() <= y.Year; d = d.AddDays(1) {
		off, _ := c.rest(d, false)
		if name := statutoryName(d); name != "" && !off && d.Year() == y.Year {
			out = append(out, d.Chinese()+"是"+name+"，文件里却要上班")
		}
		if off {
			run, madeUp = 0, false
			continue
		}
		run++
		_, listed := c.days[d]
		madeUp = madeUp || listed
		if run == longestWork+1 && madeUp && y.Year >= 2025 {
			out = append(out, fmt.Sprintf("到%s连续上班超过%d天（放假办法第七条：一般不超过6天）", d.Chinese(), longestWork))
		}
	}
	return out
}
