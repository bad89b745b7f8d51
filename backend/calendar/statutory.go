package calendar

import "time"

// lunar holds the days that follow the moon or the sun, by year: 正月初一,
// 清明, 端午, 中秋. They are a table because a second reading of the lunar
// calendar is a risk: one common library is a day late for 2027.
var lunar = map[int][4]monthDay{
	2020: {{1, 25}, {4, 4}, {6, 25}, {10, 1}},
	2021: {{2, 12}, {4, 4}, {6, 14}, {9, 21}},
	2022: {{2, 1}, {4, 5}, {6, 3}, {9, 10}},
	2023: {{1, 22}, {4, 5}, {6, 22}, {9, 29}},
	2024: {{2, 10}, {4, 4}, {6, 10}, {9, 17}},
	2025: {{1, 29}, {4, 4}, {5, 31}, {10, 6}},
	2026: {{2, 17}, {4, 5}, {6, 19}, {9, 25}},
	2027: {{2, 6}, {4, 5}, {6, 9}, {9, 15}},
}

type monthDay struct {
	m time.Month
	d int
}

// statutoryName names the 法定节假日 that d is, empty if it is none: 放假办法
// art. 2, which gave 除夕 and 5月2日 from 2025 on. Years outside the lunar
// table have the fixed days only.
func statutoryName(d Date) string {
	y, m, day := d.civil()
	second := y >= 2025
	switch {
	case m == time.January && day == 1:
		return "元旦"
	case m == time.May && (day == 1 || second && day == 2):
		return "劳动节"
	case m == time.October && day <= 3:
		return "国庆节"
	case y == 2020 && m == time.October && day == 4:
		return "中秋节" // fell on 国庆节, made up on the 4th
	}
	table, ok := lunar[y]
	if !ok {
		return ""
	}
	first := NewDate(y, table[0].m, table[0].d)
	switch n := d.Sub(first); {
	case n >= 0 && n <= 2, n == -1 && second:
		return "春节"
	}
	for i, name := range [...]string{1: "清明节", 2: "端午节", 3: "中秋节"} {
		if i > 0 && m == table[i].m && day == table[i].d {
			return name
		}
	}
	return ""
}

// Statutory says whether d is one of the 法定节假日 themselves, which the
// other days of a holiday break are not.
func (c *Calendar) Statutory(d Date) (bool, string) {
	name := statutoryName(d)
	return name != "", name
}
