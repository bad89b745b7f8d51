package letter

import (
	"fmt"
	"slices"
	"strings"
)

// RemedyID names a paragraph of the remedy table (救济途径).
type RemedyID string

// The paragraphs. None is a decision too: most letters carry none.
const (
	RemedyAuto  RemedyID = "auto" // in templates: the table decides
	RemedyNone  RemedyID = "none"
	RemedyFY1   RemedyID = "FY1"   // 复议前置
	RemedyFY2   RemedyID = "FY2"   // 复议或者诉讼
	RemedyX39   RemedyID = "X39"   // 消保法39
	RemedyX25   RemedyID = "X25"   // 121号25
	RemedyX9    RemedyID = "X9"    // 调解书
	RemedyCivil RemedyID = "CIVIL" // 民事诉讼、仲裁
	RemedyXF1   RemedyID = "XF1"   // 信访复查
	RemedyXF2   RemedyID = "XF2"   // 信访复核
	RemedyOwn   RemedyID = "OWN"   // 本单位申诉
	RemedyStaff RemedyID = "STAFF" // 本单位申诉 + 劳动争议仲裁
	// RemedyLabour: after the own appeal only 劳动争议仲裁 is left.
	RemedyLabour RemedyID = "LABOUR"
)

// Family is the sort of rules the letter is under.
type Family string

// The families of the remedy table.
const (
	FamilyGovernment Family = "government" // 行政管理事项 (S7)
	FamilyMarket     Family = "market"     // 市场监管、药监
	FamilyPetition   Family = "petition"   // 信访
	FamilyEnterprise Family = "enterprise" // bank, hospital, property, dealer …
	FamilyStaff      Family = "staff"      // complaints about one's own staff
)

// Families are all of them.
var Families = []Family{FamilyGovernment, FamilyMarket, FamilyPetition, FamilyEnterprise, FamilyStaff}

// Capacity is the 主体资格 of the issuer.
type Capacity string

// The capacities; their labels are in capacityLabels.
const (
	Agency           Capacity = "agency"
	Authorized       Capacity = "authorized"
	BranchDepartment Capacity = "branch-department"
	BranchOwn        Capacity = "branch-own"
	Entrusted        Capacity = "entrusted"
	Institution      Capacity = "institution"
	Enterprise       Capacity = "enterprise"
)

// Capacities are all of them, the way a list offers them.
var Capacities = []Capacity{Agency, Authorized, BranchDepartment, BranchOwn, Entrusted, Institution, Enterprise}

var capacityLabels = map[Capacity]string{
	Agency: "行政机关", Authorized: "法律法规规章授权组织",
	BranchDepartment: "派出机构（以本部门名义）", BranchOwn: "派出机构（授权以自己名义）",
	Entrusted: "受委托组织", Institution: "事业单位（无授权）", Enterprise: "企业/社会组织",
}

// Label is the capacity in Chinese.
func (c Capacity) Label() string { return capacityLabels[c] }

// Administrative reports whether letters of this capacity are acts of an
// 行政主体. A 派出机构 in the department's name and an entrusted body issue in
// the name of the department, so theirs are (121号 19, 30).
func (c Capacity) Administrative() bool {
	return c != "" && c != Institution && c != Enterprise
}

// ParseCapacity reads an id or a Chinese label, with either kind of brackets.
func ParseCapacity(s string) (Capacity, bool) {
	s = strings.NewReplacer("(", "（", ")", "）").Replace(strings.TrimSpace(s))
	for _, c := range Capacities {
		if s == string(c) || s == c.Label() {
			return c, true
		}
	}
	return "", false
}

// Situation is what the remedy table looks at.
type Situation struct {
	Kind     Kind
	Family   Family
	Capacity Capacity
	Consumer bool // a consumer dispute
	Civil    bool // the dispute is between citizens, not with the authority
	Internal bool // about staff or internal management, a question, advice
	Open     bool // the letter does not end the case
	First    bool // 复议法 23: review must come before the suit
	Choice   bool // 法制审核 confirmed: a refusal here is no 23(1)(三) case
}

// Ruling is the row that applies.
type Ruling struct {
	Row    int      // in the table
	Remedy RemedyID // what is printed
	Source string
}

// Rule finds the first row that fits; ok is false when none does (a capacity
// not set, mostly).
func Rule(s Situation) (Ruling, bool) {
	for _, r := range remedyTable {
		if r.fits(s) {
			return Ruling{r.no, r.remedy, r.source}, true
		}
	}
	return Ruling{}, false
}

func (r remedyRow) fits(s Situation) bool {
	return (r.kinds == nil || slices.Contains(r.kinds, s.Kind)) &&
		(r.families == nil || slices.Contains(r.families, s.Family)) &&
		r.issuer.fits(s.Capacity) && (r.when == nil || r.when(s))
}

// possible are all paragraphs the table may give a template.
func possible(k Kind, f Family, c Capacity) []RemedyID {
	var out []RemedyID
	for bits := range 1 << 6 {
		flag := func(i int) bool { return bits>>i&1 == 1 }
		r, ok := Rule(Situation{Kind: k, Family: f, Capacity: c, Consumer: flag(0), Civil: flag(1),
			Internal: flag(2), Open: flag(3), First: flag(4), Choice: flag(5)})
		if ok && !slices.Contains(out, r.Remedy) {
			out = append(out, r.Remedy)
		}
	}
	return out
}

// RemedyUse is what a letter told of remedies; it is stored with the letter
// (the remedy tracker counts from it).
type RemedyUse struct {
	ID          RemedyID
	Row         int
	Body, Court string
	ConfirmedBy string
	Text        string
}

// situation reads the case and the office profile.
func (t *Template) situation(v Values) Situation {
	c, _ := ParseCapacity(plain(v.Get("office.capacity")))
	is := func(path string) bool { b, _ := v.Get(path).(bool); return b }
	return Situation{
		Kind: t.Kind, Family: t.Family, Capacity: c,
		Consumer: is("case.consumer"), Civil: is("case.civil_dispute"), Internal: is("case.internal"),
		Open: is("result.open"), First: is("decision.review_first"),
		Choice: is("office.refusal_free") && !isEmpty(v.Get("office.confirmed_by")),
	}
}

// remedy resolves the paragraph and names what it lacks.
func (t *Template) remedy(v Values) (RemedyUse, []Missing) {
	use := RemedyUse{ID: t.Remedy, ConfirmedBy: plain(v.Get("office.confirmed_by"))}
	s := t.situation(v)
	if t.Capacities != nil && !slices.Contains(t.Capacities, s.Capacity) {
		use.ID = RemedyNone
		return use, []Missing{{"office.capacity", "主体资格（本文书不适用于本单位）"}}
	}
	if t.Remedy == RemedyNone {
		return use, nil
	}
	ruling, ok := Rule(s)
	if !ok {
		use.ID = RemedyNone
		return use, []Missing{{"office.capacity", "主体资格"}}
	}
	use.ID, use.Row = ruling.Remedy, ruling.Row
	var missing []Missing
	need := func(path, label string, or ...string) string {
		for _, p := range append([]string{path}, or...) {
			if s := strings.TrimSpace(plain(v.Get(p))); s != "" {
				return s
			}
		}
		missing = append(missing, Missing{path, label})
		return Blank
	}
	switch use.ID {
	case RemedyFY1, RemedyFY2:
		use.Body, use.Court = need("office.review_body", "复议机关"), need("office.court", "法院")
		use.Text = fmt.Sprintf(remedyText[use.ID], use.Body, use.Court)
		if vague(use.Body) && !vertical(v) {
			missing = append(missing, Missing{"office.review_body", "复议机关（须写明机关全称，不得写“上一级主管部门”）"})
		}
		if a := plain(v.Get("office.review_address")); a != "" {
			use.Text += "行政复议申请材料接收地址：" + a + "。"
		}
		if online(v) { // 复议法 22(2)
			use.Text += "提交行政复议申请书的互联网渠道：" + need("office.review_online", "行政复议互联网渠道") + "。"
		}
	case RemedyOwn, RemedyStaff:
		days := need("office.appeal_days", "申诉期限（日）")
		use.Text = fmt.Sprintf(remedyText[use.ID], render(days, []format{{name: "han-number"}}, 0),
			need("office.appeal", "申诉受理部门"), need("office.appeal_phone", "申诉电话", "office.phone"),
			need("office.appeal_address", "申诉地址", "office.address"))
	default:
		use.Text = remedyText[use.ID]
	}
	return use, missing
}

// vague finds the pre-2024 habit of naming no body at all.
func vague(body string) bool {
	return strings.Contains(body, "上级主管部门") || strings.Contains(body, "上一级主管部门")
}

// vertical: in these systems the superior department does review (复议法 27, 28).
func vertical(v Values) bool {
	switch plain(v.Get("office.system")) {
	case "垂直领导", "司法行政", "vertical", "justice":
		return true
	}
	return false
}

// online: served by mail, platform or short message; an office that has given
// its way to apply online tells it always.
func online(v Values) bool {
	if !isEmpty(v.Get("office.review_online")) {
		return true
	}
	switch plain(v.Get("delivery.way")) {
	case "email", "platform", "sms", "电子邮件", "平台", "短信", "互联网":
		return true
	}
	return false
}
