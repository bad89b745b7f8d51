package letter

import (
	"regexp"
	"strings"
	"testing"
)

func TestTheRemedyTableGivesEachLetterItsParagraph(t *testing.T) {
	for _, c := range []struct {
		name string
		s    Situation
		want RemedyID
		row  int
	}{
		{"受理, any authority", Situation{Kind: Acceptance, Family: FamilyGovernment, Capacity: Agency}, RemedyNone, 1},
		{"受理, a company", Situation{Kind: Acceptance, Family: FamilyEnterprise, Capacity: Enterprise}, RemedyNone, 1},
		{"延期", Situation{Kind: Extension, Family: FamilyMarket, Capacity: Agency}, RemedyNone, 1},
		{"121号 不予受理", Situation{Kind: Refusal, Family: FamilyMarket, Capacity: Agency}, RemedyX39, 2},
		{"121号 终止调解", Situation{Kind: Termination, Family: FamilyMarket, Capacity: Agency, Consumer: true}, RemedyX25, 3},
		{"121号 调解书", Situation{Kind: MediationAgreement, Family: FamilyMarket, Capacity: BranchDepartment}, RemedyX9, 4},
		{"举报结果", Situation{Kind: ReportResult, Family: FamilyMarket, Capacity: Agency}, RemedyNone, 5},
		{"信访处理意见", Situation{Kind: PetitionOpinion, Family: FamilyPetition, Capacity: Agency}, RemedyXF1, 6},
		{"信访复查意见", Situation{Kind: PetitionReview, Family: FamilyPetition, Capacity: Agency}, RemedyXF2, 7},
		{"信访复核意见", Situation{Kind: PetitionFinal, Family: FamilyPetition, Capacity: Agency}, RemedyNone, 7},
		{"S7 终止 between citizens", Situation{Kind: Termination, Family: FamilyGovernment, Capacity: Agency}, RemedyCivil, 8},
		{"S7 终止 of a consumer dispute", Situation{Kind: Termination, Family: FamilyGovernment, Capacity: Agency, Consumer: true}, RemedyX39, 8},
		{"答复 about staff", Situation{Kind: Result, Family: FamilyGovernment, Capacity: Agency, Internal: true}, RemedyNone, 9},
		{"S7 不予受理", Situation{Kind: Refusal, Family: FamilyGovernment, Capacity: Agency}, RemedyFY1, 10},
		{"S7 不予受理, confirmed", Situation{Kind: Refusal, Family: FamilyGovernment, Capacity: Agency, Choice: true}, RemedyFY2, 10},
		{"S7 不予受理 of an entrusted body", Situation{Kind: Refusal, Family: FamilyGovernment, Capacity: Entrusted}, RemedyFY1, 10},
		{"S7 处理决定", Situation{Kind: Decision, Family: FamilyGovernment, Capacity: BranchOwn}, RemedyFY2, 11},
		{"S7 处理决定 under 复议法 23", Situation{Kind: Decision, Family: FamilyGovernment, Capacity: Agency, First: true}, RemedyFY1, 11},
		{"S7 无法核实, ends the case", Situation{Kind: Result, Family: FamilyGovernment, Capacity: Agency}, RemedyFY2, 12},
		{"S7 无法核实, goes on", Situation{Kind: Result, Family: FamilyGovernment, Capacity: Agency, Open: true}, RemedyNone, 12},
		{"S7 不予受理 of an institution", Situation{Kind: Refusal, Family: FamilyGovernment, Capacity: Institution}, RemedyOwn, 13},
		{"S7 处理决定 of a company", Situation{Kind: Decision, Family: FamilyGovernment, Capacity: Enterprise}, RemedyOwn, 13},
		{"bank result", Situation{Kind: Result, Family: FamilyEnterprise, Capacity: Enterprise}, RemedyOwn, 13},
		{"S1 sanction", Situation{Kind: StaffSanction, Family: FamilyStaff, Capacity: Enterprise}, RemedyStaff, 14},
		{"S1 appeal against it", Situation{Kind: StaffAppeal, Family: FamilyStaff, Capacity: Institution}, RemedyLabour, 14},
		{"S1 before it", Situation{Kind: HearingNotice, Family: FamilyStaff, Capacity: Enterprise}, RemedyNone, 1},
		{"how far a case is", Situation{Kind: Progress, Family: FamilyEnterprise, Capacity: Enterprise}, RemedyNone, 1},
	} {
		got, ok := Rule(c.s)
		if !ok || got.Remedy != c.want || got.Row != c.row {
			t.Errorf("%s: %s by row %d (%v), want %s by row %d", c.name, got.Remedy, got.Row, ok, c.want, c.row)
		}
		if got.Source == "" {
			t.Errorf("%s: no source", c.name)
		}
	}
	if r, ok := Rule(Situation{Kind: Decision, Family: FamilyGovernment}); ok {
		t.Errorf("without a capacity nothing is decided, got %v", r)
	}
}

func TestRemedyTextsComputeNoDates(t *testing.T) {
	digits := regexp.MustCompile(`[0-9]|上一?级主管部门`)
	for id, s := range remedyText {
		if digits.MatchString(s) {
			t.Errorf("%s holds a digit or names no body: %s", id, s)
		}
	}
}

// fy1, fy2 and own are word for word what domain law wants.
const (
	fy1 = "如不服本决定，应当自收到本决定书之日起六十日内先向云江市滨河区人民政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内向云江市滨河区人民法院提起行政诉讼。"
	fy2 = "如不服本决定，可以自收到本决定书之日起六十日内向云江市滨河区人民政府申请行政复议，也可以自收到本决定书之日起六个月内直接向云江市滨河区人民法院提起行政诉讼。"
	own = "如有异议，可以自收到本通知之日起三十日内向投诉复核组（电话：010-00000009，地址：样本路9号）提出申诉；也可以依法通过调解、仲裁（有仲裁协议的）、诉讼等途径解决。"
)

func TestARefusalTellsTheRightWay(t *testing.T) {
	refusal := shipped(t)["s7-refusal"]
	for _, c := range []struct {
		name string
		set  map[string]any
		want string
		id   RemedyID
	}{
		{"an authority: review first", nil, fy1, RemedyFY1},
		{"FY2 asked for but confirmed by nobody", map[string]any{"office.refusal_free": true}, fy1, RemedyFY1},
		{"FY2 confirmed", map[string]any{"office.refusal_free": true, "office.confirmed_by": "法制科"}, fy2, RemedyFY2},
		{"a company: own appeal", map[string]any{"office.capacity": "企业/社会组织", "office.appeal_days": 30.0, "office.appeal": "投诉复核组",
			"office.appeal_phone": "010-00000009", "office.appeal_address": "样本路9号"}, own, RemedyOwn},
		{"told on a platform: the review's address there", map[string]any{"delivery.way": "platform", "office.review_online": "https://fy.example.cn"},
			fy1 + "提交行政复议申请书的互联网渠道：https://fy.example.cn。", RemedyFY1},
		{"the office has an online way: told always", map[string]any{"office.review_online": "https://fy.example.cn"},
			fy1 + "提交行政复议申请书的互联网渠道：https://fy.example.cn。", RemedyFY1},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := sampleValues(t, "s7")
			v["delivery"] = map[string]any{}
			for k, x := range c.set {
				v.set(k, x)
			}
			doc, missing := Fill(refusal, v, Options{})
			if len(missing) > 0 || doc.Remedy.ID != c.id || doc.Remedy.Text != c.want {
				t.Errorf("missing %v, %s: %s", missing, doc.Remedy.ID, doc.Remedy.Text)
			}
			if !strings.Contains(doc.Text(), c.want+"\n") {
				t.Error("the letter does not carry the paragraph")
			}
		})
	}
}

func TestWhatARemedyLacksIsNamedAndBlank(t *testing.T) {
	all := shipped(t)
	for _, c := range []struct {
		name, letter string
		set          map[string]any
		field, says  string
		blank        string
	}{
		{"no review body", "s7-decision", map[string]any{"office.review_body": nil}, "office.review_body", "复议机关", "六十日内向____申请行政复议"},
		{"no court", "s7-decision", map[string]any{"office.court": " "}, "office.court", "法院", "直接向____提起行政诉讼"},
		{"no capacity", "s7-decision", map[string]any{"office.capacity": nil}, "office.capacity", "主体资格", ""},
		{"review body of old habit", "s7-decision", map[string]any{"office.review_body": "上一级主管部门"}, "office.review_body", "全称", ""},
		{"no online way", "s7-refusal", map[string]any{"delivery": map[string]any{"way": "sms"}}, "office.review_online", "互联网渠道", "互联网渠道：____。"},
		{"no own appeal", "s7-refusal", map[string]any{"office.capacity": "institution"}, "office.appeal", "申诉受理部门", "日内向____（电话：010-00000001"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := sampleValues(t, "s7")
			for k, x := range c.set {
				v.set(k, x)
			}
			doc, missing := Fill(all[c.letter], v, Options{Draft: true})
			found := false
			for _, m := range missing {
				found = found || m.Field == c.field && strings.Contains(m.Label, c.says)
			}
			if !found {
				t.Errorf("%s is not named in %v", c.field, missing)
			}
			if !strings.Contains(doc.Text(), c.blank) {
				t.Errorf("the draft does not show %q", c.blank)
			}
		})
	}
	v := sampleValues(t, "s7")
	v.set("office.review_body", "海关上一级主管部门")
	v.set("office.system", "垂直领导")
	if _, missing := Fill(all["s7-decision"], v, Options{}); len(missing) > 0 {
		t.Errorf("in a vertical system the superior does review: %v", missing)
	}
}

func TestALetterKeepsWhatItToldAndIsOnlyForItsIssuers(t *testing.T) {
	decision := *shipped(t)["s7-decision"]
	v := sampleValues(t, "s7")
	v.set("office.confirmed_by", "法制科")
	doc, _ := Fill(&decision, v, Options{})
	want := RemedyUse{ID: RemedyFY2, Row: 11, Body: "云江市滨河区人民政府", Court: "云江市滨河区人民法院", ConfirmedBy: "法制科", Text: fy2}
	if doc.Remedy != want {
		t.Errorf("the letter keeps %+v", doc.Remedy)
	}
	decision.Capacities = []Capacity{Authorized}
	if _, missing := Fill(&decision, v, Options{}); len(missing) != 1 || missing[0].Field != "office.capacity" {
		t.Errorf("a template for others was filled: %v", missing)
	}
}

func TestCapacitiesAreReadAsOfficersWriteThem(t *testing.T) {
	for in, want := range map[string]Capacity{"行政机关": Agency, "派出机构(以本部门名义)": BranchDepartment, "派出机构（授权以自己名义）": BranchOwn,
		" 企业/社会组织 ": Enterprise, "institution": Institution, "事业单位(无授权)": Institution, "": "", "公司": ""} {
		if got, ok := ParseCapacity(in); got != want || ok != (want != "") {
			t.Errorf("%q is %q (%v), want %q", in, got, ok, want)
		}
	}
}
