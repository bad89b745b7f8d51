package intake

import (
	"regexp"
	"strings"
)

var (
	mobile   = regexp.MustCompile(`(?:(?:\+|00)?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})`)
	landline = regexp.MustCompile(`\(?(0(?:10|2\d|[3-9]\d{2}))\)?[- ]?([2-9]\d{6,7})(?:[- ]*(?:转|分机|ext\.?|-)[ :]*(\d{1,6}))?`)
	identity = regexp.MustCompile(`[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]`)
	// theirs stands before the number of somebody else.
	theirs = regexp.MustCompile(`(客服|物业|商家|公司|对方|店|前台|热线|经理|老板|单位|负责人|被投诉\S{0,4}|施工方|房东|中介)[\p{Han}]{0,4}(电话|手机|号码|号)?[是为:( ]{0,3}$`)
)

// alone reports that no digit stands next to s[start:end]: a part of an order
// or card number is no phone. RE2 cannot look around.
func alone(s string, start, end int) bool {
	digit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	return !digit(start-1) && !digit(end)
}

// firstPhone finds the first whole phone number in a labelled value.
func firstPhone(s string) (value string, start, end int) {
	for _, m := range mobile.FindAllStringSubmatchIndex(s, 20) {
		if alone(s, m[0], m[1]) {
			return digits(s[m[2]:m[3]]), m[2], m[3]
		}
	}
	for _, m := range landline.FindAllStringSubmatchIndex(s, 20) {
		if alone(s, m[0], m[1]) {
			return plainLandline(s, m), m[0], m[1]
		}
	}
	return "", 0, 0
}

// plainLandline writes a match of landline as 010-62345678转801.
func plainLandline(s string, m []int) string {
	value := s[m[2]:m[3]] + "-" + s[m[4]:m[5]]
	if m[6] >= 0 {
		value += "转" + s[m[6]:m[7]]
	}
	return value
}

// checksum is the check digit of a citizen's number (GB 11643, ISO 7064 mod 11-2).
func checksum(id string) bool {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	if len(id) != 18 {
		return false
	}
	sum := 0
	for i, w := range weights {
		sum += int(id[i]-'0') * w
	}
	return strings.ToUpper(id[17:]) == string("10X98765432"[sum%11])
}

// numbers finds phones and citizens' numbers that bear no label.
func (r *reading) numbers() {
	s := r.t.s
	for _, m := range identity.FindAllStringIndex(s, 100) {
		if alone(s, m[0], m[1]) && checksum(s[m[0]:m[1]]) && !r.taken(m[0]) {
			r.add(complainantID, byPattern, strings.ToUpper(s[m[0]:m[1]]), m[0], m[1], 0.95, "身份证号，校验码正确")
		}
	}
	for _, m := range mobile.FindAllStringSubmatchIndex(s, 100) {
		if alone(s, m[0], m[1]) && !r.taken(m[0]) {
			r.phone(digits(s[m[2]:m[3]]), m[2], m[3], 0.8, "手机号码")
		}
	}
	for _, m := range landline.FindAllStringSubmatchIndex(s, 100) {
		if alone(s, m[0], m[1]) && !r.taken(m[0]) {
			r.phone(plainLandline(s, m), m[0], m[1], 0.75, "固定电话")
		}
	}
	for _, m := range emailForm.FindAllStringIndex(s, 20) {
		if !r.taken(m[0]) && strings.EqualFold(s[m[0]:m[1]], r.m.From.Address) {
			r.add(complainantEmail, byPattern, s[m[0]:m[1]], m[0], m[1], 0.8, "正文中的邮箱")
		}
	}
}

func (r *reading) phone(value string, start, end int, confidence float64, why string) {
	before := r.t.s[max(0, start-60):start]
	if theirs.MatchString(before) {
		r.add(respondentPhone, byPattern, value, start, end, 0.6, why+"，前文指对方")
		return
	}
	r.add(complainantPhone, byPattern, value, start, end, confidence, why)
}
