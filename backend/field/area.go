package field

import "strings"

// area is a code of an administrative division (行政区划代码): six digits.
func area(s string) (any, string) {
	s = narrow(s)
	if len(s) != 6 || strings.Trim(s, "0123456789") != "" {
		return nil, "应为六位数字"
	}
	return s, ""
}

// IsArea says whether a text is a code of an administrative division.
func IsArea(s string) bool { _, why := area(s); return why == "" }

// Covers says whether one division is another or holds it: a province ends in
// four zeros, a city in two.
func Covers(outer, inner string) bool {
	whole := outer
	for len(whole) > 0 && strings.HasSuffix(whole, "00") {
		whole = whole[:len(whole)-2]
	}
	return strings.HasPrefix(inner, whole)
}
