package desk_test

import (
	"slices"
	"strings"
	"testing"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

func whose(t testing.TB, d *desk.Desk, p desk.Person, respondent string) string {
	t.Helper()
	in := sampleCase()
	in.Complainant, in.Respondent.Name = p, respondent
	return register(t, d, in)
}

func cardOf(t testing.TB, d *desk.Desk, number string) desk.PersonCard {
	t.Helper()
	card, err := d.Person(bg, number)
	if err != nil {
		t.Fatal(err)
	}
	return card
}

func alike(card desk.PersonCard, number string) []string {
	for _, s := range card.Suggestions {
		if s.Row.Number == number {
			return s.Reasons
		}
	}
	return nil
}

func TestOnlyAnOfficerMakesTwoCasesOnePersons(t *testing.T) {
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	one := whose(t, d, desk.Person{Name: "张样本", Phone: "13800000001", Address: "样本区样本路1号"}, "样本超市")
	phone := whose(t, d, desk.Person{Name: "张小样", Phone: "13800000009、13800000001"}, "样本超市")
	home := whose(t, d, desk.Person{Name: "张样本", Phone: "13800000002", Address: "样本区 样本路１号"}, "样本药店")
	namesake := whose(t, d, desk.Person{Name: "张样本", Phone: "13800000003", Address: "样本区别处2号"}, "样本超市")
	card := cardOf(t, d, one)
	if card.Cases != 1 || len(alike(card, phone)) != 1 || !strings.Contains(alike(card, phone)[0], "电话相同") || len(alike(card, home)) != 1 ||
		!strings.Contains(alike(card, home)[0], "姓名和地址") || alike(card, namesake) != nil {
		t.Fatalf("a card is only suggested, and why: %+v", card)
	}
	if _, err := d.PersonMerge(bg, one, phone, " "); fault.Of(err).Code != "field-required" {
		t.Errorf("merged without a reason: %v", err)
	}
	for _, other := range []string{phone, home} {
		if _, err := d.PersonMerge(bg, one, other, "本人到场核对证件"); err != nil {
			t.Fatal(err)
		}
	}
	card = cardOf(t, d, home)
	if card.Cases != 3 || card.ByRespondent[0] != (desk.PersonCount{Label: "样本超市", Count: 2}) || len(card.Phones) != 3 || !slices.Contains(card.Names, "张小样") {
		t.Errorf("the card: %+v", card)
	}
	if list, err := d.Persons(bg, ""); err != nil || len(list) != 1 || list[0].Cases != 3 {
		t.Errorf("the cards: %+v %v", list, err)
	}
	if _, err := d.PersonUnmerge(bg, one, "经核实为另一人"); err != nil {
		t.Fatal(err)
	}
	if card = cardOf(t, d, one); card.Cases != 1 || alike(card, phone) != nil {
		t.Errorf("taken off the card, and never suggested again: %+v", card)
	}
	if card = cardOf(t, d, phone); card.Cases != 2 {
		t.Errorf("the others stay one: %+v", card.Rows)
	}
	if _, err := d.PersonUnmerge(bg, one, "再次"); fault.Of(err).Code != "person-alone" {
		t.Errorf("taken off twice: %v", err)
	}
	if _, err := d.PersonMerge(bg, one, phone, "更正：确为同一人"); err != nil || cardOf(t, d, one).Cases != 3 {
		t.Errorf("said again the other way: %v", err)
	}
	looks, err := d.Looks(bg, cardOf(t, d, one).ID)
	if err != nil || len(looks) == 0 || looks[0].What != "人员卡片" {
		t.Errorf("who looked: %+v %v", looks, err)
	}
	if err := rebuilt(d); err != nil || cardOf(t, d, one).Cases != 3 {
		t.Errorf("rebuilt: %v", err)
	}
}

func TestACardNeverLeadsToAProtectedPerson(t *testing.T) {
	d := officeOf(t)
	in := complain(t, d)
	open, err := d.Register(bg, in)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := d.Register(bg, report())
	if err == nil {
		_, err = d.PersonMerge(bg, open.Number, secret.Number, "证件号码相同")
	}
	if err != nil {
		t.Fatal(err)
	}
	if card := cardOf(t, d, open.Number); card.Cases != 2 {
		t.Errorf("who may see both sees one card: %+v", card.Rows)
	}
	enterAs(t, d, "样本乙")
	if card := cardOf(t, d, open.Number); card.Cases != 1 || len(card.Suggestions) != 0 {
		t.Errorf("the card leads to the report: %+v", card)
	}
	if _, err := d.Person(bg, secret.Number); fault.Of(err).Code != "person-identity" {
		t.Errorf("the reporter's card: %v", err)
	}
	if c, err := d.Show(bg, open.Number); err != nil {
		t.Error(err)
	} else {
		traceless(t, "the second officer", c, secret.Number, secret.ID)
	}
}

// Hard names are registered, found, sorted and printed without loss.
func TestHardNames(t *testing.T) {
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	form, err := d.Profile(bg)
	if err == nil {
		form.Profile.Phone, form.Profile.Address, form.Profile.Hours = "010-00000001", "样本区样本大道1号", "工作日9:00—17:00"
		_, err = d.SetProfile(bg, form.Profile)
	}
	if err != nil {
		t.Fatal(err)
	}
	long := "样本省样本市样本区样本街道样本社区样本物业管理服务与设备维护及绿化保洁一体化综合运营有限责任公司样本第三分公司（个体工商户）"
	if n := len([]rune(long)); n < 60 {
		t.Fatalf("only %d characters", n)
	}
	for _, tt := range []struct {
		person desk.Person
		search []string
	}{
		{desk.Person{Name: "阿布都热依木·阿卜杜拉", Phone: "13800000001"}, []string{"阿布都热依木·阿卜杜拉", "阿卜杜拉"}},
		{desk.Person{Name: "樣", Phone: "13800000002"}, []string{"樣"}},
		{desk.Person{Name: "欧阳样", Phone: "13800000003"}, []string{"欧阳样", "欧阳"}},
		{desk.Person{Name: "Anna-Maria Sample O'Neil", IDType: "passport", IDNumber: "P1234567X", Phone: "+44 20 7946 0000"}, []string{"sample", "P1234567X", "o'neil"}},
		{desk.Person{Name: long, Kind: "legal", Phone: "010-00000001"}, []string{long, "绿化保洁一体化"}},
		{desk.Person{Name: "无证样本"}, []string{"无证样本"}},
	} {
		if tt.person.Address == "" {
			tt.person.Address = "样本区样本路1号"
		}
		in := sampleCase()
		in.Complainant = tt.person
		if in.Complainant.Phone == "" {
			in.Complainant.Phone = "13800000009"
		}
		number := register(t, d, in)
		if c, err := d.Show(bg, number); err != nil || c.Complainant.Name != tt.person.Name {
			t.Errorf("shown as %q, want %q (%v)", c.Complainant.Name, tt.person.Name, err)
		}
		for _, words := range tt.search {
			page, err := d.List(bg, desk.CaseQuery{Query: words}, 0, 9)
			if err != nil || !slices.ContainsFunc(page.Rows, func(r desk.CaseRow) bool { return r.Number == number }) {
				t.Errorf("%q is not found by %q (%v)", tt.person.Name, words, err)
			}
		}
		if _, err := d.Act(bg, desk.ActInput{Case: number, Action: "accept", Fields: map[string]any{"cond_lawful": true, "cond_specific": true,
			"accept_at": "2026-09-18", "accept_department": "受理科"}}); err != nil {
			t.Fatal(err)
		}
		_, raw, err := d.LetterIssue(bg, number, "acceptance")
		if err != nil {
			t.Fatal(err)
		}
		if printed := squeezed(pdfText(t, raw)); !strings.Contains(printed, squeezed(tt.person.Name)) {
			t.Errorf("the letter loses of %q: %s", tt.person.Name, printed)
		}
	}
	list, err := d.Persons(bg, "样本镇规划所")
	var order []string
	for _, p := range list {
		order = append(order, string([]rune(p.Name + " ")[:2]))
	}
	if want := "An 阿布 欧阳 无证 样本 樣 "; err != nil || strings.Join(order, " ") != want {
		t.Errorf("sorted as %v, want %s (%v)", order, want, err)
	}
}

// squeezed is a text without the breaks that lines bring.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }
