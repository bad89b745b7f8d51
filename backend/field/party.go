package field

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// partyChecks are the parts of a person or unit that have a form of their own.
// Other parts (address, org, note …) are plain text.
var partyChecks = map[string]string{"phone": "phones", "email": "email", "code": "uscc", "area": "area"}

// partyValue checks a person or a unit: a flat map of texts.
func partyValue(value any) (any, string) {
	m, ok := value.(map[string]any)
	if !ok {
		return nil, "应为姓名、电话等若干项"
	}
	if len(m) > maxKeys {
		return nil, "项目太多"
	}
	out := map[string]any{}
	for _, key := range sortedKeys(m) {
		if !asciiID(key) {
			return nil, "有不认识的项目"
		}
		v := m[key]
		if Empty(v) {
			continue
		}
		if b, ok := v.(bool); ok {
			out[key] = b
			continue
		}
		s, ok := v.(string)
		if !ok {
			return nil, partLabel(key) + "应为文字"
		}
		s, why := clean(s, false, MaxText)
		if why != "" {
			return nil, partLabel(key) + why
		}
		part, why := checked(partCheck(key, m), s)
		if why != "" {
			return nil, partLabel(key) + why
		}
		out[key] = part
	}
	return out, ""
}

// partCheck picks the check of one part. An id number is checked as a resident
// identity number unless the party says that it is another paper.
func partCheck(key string, m map[string]any) string {
	if key != "id_number" {
		return partyChecks[key]
	}
	if kind, _ := m["id_type"].(string); kind == "" || kind == "resident" || kind == "身份证" || kind == "居民身份证" {
		return "id_number"
	}
	return ""
}

// PartLabel names a part of a person or unit in Chinese.
func PartLabel(key string) string { return partLabel(key) }

func partLabel(key string) string {
	for _, p := range partLabels {
		if p.ID == key {
			return p.Label
		}
	}
	return key
}

// partLabels also gives the order in which parts are shown.
var partLabels = [...]struct{ ID, Label string }{
	{"name", "姓名或名称"}, {"kind", "类型"}, {"org", "单位"}, {"phone", "电话"}, {"address", "地址"},
	{"id_type", "证件种类"}, {"id_number", "证件号码"}, {"email", "电子邮箱"}, {"code", "统一社会信用代码"}, {"area", "行政区划代码"},
	{"head", "负责人"}, {"postcode", "邮编"}, {"relation", "与投诉人关系"}, {"relation_proof", "关系证明"},
	{"birth", "出生日期"}, {"died_on", "死亡日期"}, {"scope", "代理权限"}, {"matters", "代理事项"}, {"authority", "代理依据"}, {"until", "代理期限"},
	{"original_seen", "已核原件"}, {"id_seen", "已核证件"}, {"read_aloud", "已宣读"}, {"fingerprint", "本人捺印"}, {"second_officer", "在场人员"},
	{"note", "备注"},
}

// partWords say a part that is stored as an id or as yes and no.
func partWords(key string, v any) string {
	switch v {
	case true:
		return partLabel(key)
	case false:
		return ""
	}
	s := plain(v)
	switch {
	case key == "scope" && s == "general":
		return "一般授权"
	case key == "scope" && s == "special":
		return "特别授权"
	case s != "" && (key == "until" || key == "birth" || key == "died_on"):
		return partLabel(key) + " " + s
	}
	return s
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// asciiID says whether s is a short ASCII id.
func asciiID(s string) bool {
	if s == "" || len(s) > 40 {
		return false
	}
	for _, r := range s {
		if r > unicode.MaxASCII || !(unicode.IsLower(r) || unicode.IsDigit(r) || r == '_' || r == '-') {
			return false
		}
	}
	return true
}

// Checks are the names a definition's check may have.
func Checks() []string { return []string{"phone", "phones", "id_number", "uscc", "email"} }

// checked runs a named check on a clean text and returns it in its one form.
func checked(check, s string) (any, string) {
	switch check {
	case "":
		return s, ""
	case "phone":
		return phone(s)
	case "phones":
		return phones(s)
	case "id_number":
		return idNumber(s)
	case "uscc":
		return uscc(s)
	case "email":
		return email(s)
	case "area":
		return area(s)
	}
	return nil, fmt.Sprintf("检查方式“%s”不认识", check)
}

// narrow makes full-width ASCII narrow, which Chinese input methods produce.
func narrow(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - 0xfee0
		case r == '\u3000' || r == '\u00a0':
			return ' '
		case r == '—' || r == '–' || r == '－' || r == '‐':
			return '-'
		}
		return r
	}, s))
}

// phones takes one or several numbers, as people give them.
func phones(s string) (any, string) {
	parts := strings.FieldsFunc(narrow(s), func(r rune) bool { return strings.ContainsRune("、,;/", r) })
	if len(parts) == 0 || len(parts) > 5 {
		return nil, "电话号码看不懂"
	}
	for i, p := range parts {
		v, why := phone(p)
		if why != "" {
			return nil, why
		}
		parts[i] = v.(string)
	}
	return strings.Join(parts, "、"), ""
}

// phone takes a mobile number, a fixed line with or without area code, a
// service number (12345, 400…) or a foreign one, with or without extension.
func phone(s string) (any, string) {
	const bad = "电话号码不对：应为 11 位手机号，或固定电话（可带区号和分机）"
	s = strings.ReplaceAll(narrow(s), " ", "")
	s = strings.ReplaceAll(s, "转", "-")
	s = strings.NewReplacer("(", "", ")", "-").Replace(s)
	if rest, ok := strings.CutPrefix(s, "+86"); ok {
		s = strings.TrimPrefix(rest, "-")
	}
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
	if strings.Trim(s, "+-0123456789") != "" || strings.LastIndex(s, "+") > 0 || strings.HasPrefix(s, "-") || strings.HasSuffix(s, "-") {
		return nil, bad
	}
	if len(digits) < 3 || len(digits) > 20 {
		return nil, bad
	}
	// A mobile number is written without hyphens; eleven digits that begin
	// like one are one, and a digit too many or too few is a slip.
	if digits[0] == '1' && !strings.HasPrefix(s, "+") && len(digits) >= 9 && !strings.HasPrefix(digits, "100") {
		if len(digits) != 11 || digits[1] < '3' {
			return nil, bad
		}
		return digits, ""
	}
	return s, ""
}

// idNumber checks a resident identity number: GB 11643, ISO 7064 MOD 11-2,
// and the birth date inside; fifteen old digits pass by their form.
func idNumber(s string) (any, string) {
	s = strings.ToUpper(strings.ReplaceAll(narrow(s), " ", ""))
	for i, r := range s {
		if (r < '0' || r > '9') && !(r == 'X' && i == 17) {
			return nil, "身份证号码应为 18 位数字，末位可以是 X"
		}
	}
	if len(s) == 15 {
		return s, ""
	}
	if len(s) != 18 {
		return nil, fmt.Sprintf("身份证号码应为 18 位，现在是 %d 位", len(s))
	}
	if _, why := dateValue(s[6:10] + "-" + s[10:12] + "-" + s[12:14]); why != "" {
		return nil, "身份证号码中的出生日期不对，请核对"
	}
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(s[i]-'0')
	}
	if "10X98765432"[sum%11] != s[17] {
		return nil, "身份证号码的校验位不对，请核对"
	}
	return s, ""
}

// uscc checks a unified social credit code: GB 32100, MOD 31.
func uscc(s string) (any, string) {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	s = strings.ToUpper(strings.ReplaceAll(narrow(s), " ", ""))
	if len(s) != 18 {
		return nil, fmt.Sprintf("统一社会信用代码应为 18 位，现在是 %d 位", len([]rune(s)))
	}
	sum, weight := 0, 1
	for i := range 18 {
		n := strings.IndexByte(alphabet, s[i])
		if n < 0 {
			return nil, "统一社会信用代码只含数字和大写字母（不含 I、O、S、V、Z）"
		}
		if i < 17 {
			sum += n * weight
			weight = weight * 3 % 31
		}
	}
	if alphabet[(31-sum%31)%31] != s[17] {
		return nil, "统一社会信用代码的校验位不对，请核对"
	}
	return s, ""
}

// email asks for something that mail could be sent to, no more (RFC 5321
// limits: 64 before the @, 254 in all).
func email(s string) (any, string) {
	s = narrow(s)
	local, domain, ok := strings.Cut(s, "@")
	if !ok || local == "" || len(local) > 64 || len(s) > 254 || strings.ContainsAny(s, " <>(),;:\"\\") ||
		strings.Contains(domain, "@") || !strings.Contains(strings.Trim(domain, "."), ".") ||
		strings.Trim(domain, ".") != domain || strings.Contains(domain, "..") {
		return nil, "电子邮箱不对，应形如 name@example.cn"
	}
	return local + "@" + strings.ToLower(domain), ""
}
