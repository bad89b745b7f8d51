package desk_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

func TestALetterSaysWhatTheCaseAndTheOfficeSay(t *testing.T) {
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	setProfile(t, d, func(p *desk.Profile) { withPhone(p); p.ReviewOnline = "https://fy.example.cn" })
	ctx := context.Background()
	if err := d.SetClock(ctx, "cn.gov.general", "handling", "60workday"); err != nil {
		t.Fatal(err)
	}
	n := decided(t, d)
	first, text := issue(t, d, n, "acceptance")
	golden(t, "acceptance", text, n, "【统一编号】", first.Number, "【文号】")
	dec, text := issue(t, d, n, "decision")
	golden(t, "decision", text, n, "【统一编号】", dec.Number, "【文号】")
	shown, err := d.Show(ctx, n)
	if err != nil || len(shown.Letters) != 3 || shown.Letters[1].SHA256 != dec.SHA256 || shown.Letters[2].Number != dec.Number {
		t.Fatalf("%+v %v", shown.Letters, err)
	}
	theirs, err := d.LetterExport(ctx, n, shown.Letters[2].ID)
	if err != nil {
		t.Fatal(err)
	}
	if text := readPDF(t, theirs); strings.Contains(text, "样本路1号") || !strings.Contains(text, "责令被投诉人作出书面答复") {
		t.Errorf("the respondent reads where the complainant lives, or not what he must do:\n%s", text)
	}
	refused := register(t, d, sampleCase())
	act(t, d, refused, "refuse", map[string]any{"refusal_condition": []any{"specific"}, "refusal_ground": "not-specific", "refusal_facts": "来件没有写明申请事项。"})
	no, text := issue(t, d, refused, "refusal")
	golden(t, "refusal", text, refused, "【统一编号】", no.Number, "【文号】")
	if _, may := kindOf(t, d, refused, "acceptance"); may {
		t.Error("a refused case is offered an acceptance")
	}
	act(t, d, n, "notify", map[string]any{"notify_way": "mail"})
	if shown, _ = d.Show(ctx, n); shown.Letters[1].Delivered == "" || shown.Letters[2].Delivered != "" {
		t.Errorf("what the complainant got counts as delivered, and no more: %+v", shown.Letters)
	}
}

func TestTheRecordFormOfAPropertyCompany(t *testing.T) {
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	setProfile(t, d, func(p *desk.Profile) { p.Capacity = "enterprise" })
	n := register(t, d, desk.RegisterInput{Regime: "cn.property.zz98", Channel: "email", ReceivedAt: "2026-09-18 09:00",
		Complainant: desk.Person{Name: "张样本", Phone: "13800000000"}, Facts: "卫生间顶板渗水。", Fields: map[string]any{"building": "6号楼301"}})
	act(t, d, n, "classify", map[string]any{"class": "2", "complained_department": "工程维修部", "responsible_department": "工程维修部", "receiver": "客服部/李样本"})
	act(t, d, n, "handle", map[string]any{"handled_on_spot": false, "handling": "完成防水修补。", "analysis": "管井防水层破损。"})
	one, text := issue(t, d, n, "record-form")
	golden(t, "record-form", text, one.Number, "【序号】")
	if !regexp.MustCompile(`^2026-[A-Z0-9]{2}-0001$`).MatchString(one.Number) {
		t.Errorf("number %s", one.Number)
	}
}

func TestNumbersRunOnAndAreNeverUsedTwice(t *testing.T) {
	c := &clock{at("2026-12-31 10:00")}
	d := newDesk(t, c)
	setProfile(t, d, withPhone)
	ctx := context.Background()
	n := accepted(t, d)
	one, _ := issue(t, d, n, "acceptance")
	if !regexp.MustCompile(`^样街受〔2026〕[A-Z0-9]{2}-1号$`).MatchString(one.Number) {
		t.Errorf("number %s", one.Number)
	}
	if _, _, err := d.LetterIssue(ctx, n, "acceptance"); err == nil || fault.Of(err).Code != "letter-issued" || !strings.Contains(fault.Of(err).Hint, "作废") {
		t.Errorf("issued twice: %v", err)
	}
	if _, err := d.LetterVoid(ctx, n, one.Number, " "); err == nil {
		t.Error("voided without a reason")
	}
	change, err := d.LetterVoid(ctx, n, one.Number, "受理部门写错")
	if err != nil || change.Reversible || !strings.Contains(change.Line, "受理部门写错") {
		t.Fatalf("%+v %v", change, err)
	}
	if _, err := d.LetterVoid(ctx, n, one.ID, "再次"); err == nil {
		t.Error("voided twice")
	}
	two, _ := issue(t, d, n, "acceptance")
	if !strings.HasSuffix(two.Number, "-2号") {
		t.Errorf("after 1 came %s", two.Number)
	}
	if raw, err := d.LetterExport(ctx, n, one.Number); err != nil || !strings.Contains(readPDF(t, raw), one.Number) {
		t.Errorf("the voided letter is gone: %v", err)
	}
	c.now = at("2027-01-01 09:00")
	next, text := issue(t, d, accepted(t, d), "acceptance")
	if !strings.Contains(next.Number, "〔2027〕") || !strings.HasSuffix(next.Number, "-1号") || !strings.HasSuffix(text, "2027年1月1日") {
		t.Errorf("in the new year: %s %s", next.Number, text)
	}
}

func TestTwoAtOnceNeverTakeOneNumber(t *testing.T) {
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	setProfile(t, d, withPhone)
	var cases []string
	for range 6 {
		cases = append(cases, accepted(t, d))
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	numbers := map[string]int{}
	for _, n := range append(cases, cases...) { // each case twice
		wg.Go(func() {
			issued, _, err := d.LetterIssue(context.Background(), n, "acceptance")
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				numbers[issued.Number]++
			} else if fault.Of(err).Code != "letter-issued" {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if len(numbers) != 6 {
		t.Errorf("six cases, numbers %v", numbers)
	}
}

func TestWhatIsMissingIsNamedAndStopsTheLetter(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	setProfile(t, d, func(p *desk.Profile) { p.ReviewBody, p.Court, p.CodeWord = "", "", "" })
	n := decided(t, d)
	if _, err := d.Edit(ctx, n, map[string]any{"authority_basis": "", "complainant": map[string]any{"name": "张样本"},
		"respondent": map[string]any{"name": "样本镇规划所"}}, "写错"); err != nil {
		t.Fatal(err)
	}
	k, _ := kindOf(t, d, n, "decision")
	got := map[string]string{}
	for _, m := range k.Missing {
		got[m.Label] = m.Where
	}
	for label, where := range map[string]string{"复议机关": "profile", "法院": "profile", "机关代字": "profile", "职权依据": "action",
		"投诉人住址": "case", "被投诉人地址": "case"} {
		if got[label] != where {
			t.Errorf("%s is missing in %q, want %q (%v)", label, got[label], where, k.Missing)
		}
	}
	_, _, err := d.LetterIssue(ctx, n, "decision")
	f := fault.Of(err)
	if err == nil || f.Code != "letter-incomplete" || !strings.Contains(f.Message, "复议机关、法院") || !strings.Contains(f.Hint, "设置") {
		t.Errorf("%v", err)
	}
	draft, err := d.LetterPreview(ctx, n, "decision")
	if err != nil {
		t.Fatal(err)
	}
	if text := readPDF(t, draft); !strings.Contains(text, "六十日内向____申请行政复议") || strings.Contains(text, "〔2026〕") {
		t.Errorf("the draft reads\n%s", text)
	}
	if k, _ := kindOf(t, d, n, "acceptance"); len(k.Missing) != 2 || k.Missing[1].Label != "承办人电话或单位电话" {
		t.Errorf("an acceptance lacks %v", k.Missing)
	}
	if _, _, err := d.LetterIssue(ctx, n, "refusal"); err == nil || fault.Of(err).Code != "letter-not-now" {
		t.Errorf("an accepted case was refused: %v", err)
	}
	if _, _, err := d.LetterIssue(ctx, n, "nonsense"); err == nil || fault.Of(err).Kind != fault.NotFound {
		t.Errorf("a letter nobody knows: %v", err)
	}
	if shown, _ := d.Show(ctx, n); len(shown.Letters) != 0 {
		t.Errorf("something was issued: %+v", shown.Letters)
	}
}

func TestACompanyTellsItsOwnWayAndNoReview(t *testing.T) {
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	setProfile(t, d, func(p *desk.Profile) {
		withPhone(p)
		p.Capacity, p.Appeal, p.AppealDays, p.Address = "enterprise", "客户申诉部", "15", "样本区样本路9号"
	})
	n := register(t, d, sampleCase())
	act(t, d, n, "refuse", map[string]any{"refusal_condition": []any{"lawful"}, "refusal_ground": "outside", "refusal_facts": "不归本单位管。",
		"refusal_proper_body": "样本区住房局", "refusal_basis": "《样本条例》第九条"})
	_, text := issue(t, d, n, "refusal")
	for _, want := range []string{"十五日内向客户申诉部（电话：010-00000000，地址：样本区样本路9号）提出申诉", "可以向样本区住房局提出", "第五条第三项、《样本条例》第九条的规定", "本单位决定不予受理"} {
		if !strings.Contains(text, want) {
			t.Errorf("not said: %s\n%s", want, text)
		}
	}
	if strings.Contains(text, "行政复议") || strings.Contains(text, "本机关") {
		t.Errorf("a company promises 行政复议:\n%s", text)
	}
}

func TestOnThePracticeDeskEveryLetterIsASample(t *testing.T) {
	c := &clock{at("2026-09-18 10:00")}
	d, err := desk.New(options(t, filepath.Join(t.TempDir(), "jiesu"+desk.PracticeSuffix), c))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	create(t, d)
	setProfile(t, d, withPhone)
	if _, text := issue(t, d, accepted(t, d), "acceptance"); strings.Count(text, "样本样街受〔2026〕") != 1 {
		t.Errorf("nothing says that this is a sample:\n%s", text)
	}
}

func TestWhoMayNotSeeAPersonMayNotIssueOrOpenTheLetter(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	setProfile(t, d, withPhone)
	if _, err := d.AddOfficer(ctx, "王样本", "", []string{"handler"}, []byte(password)); err != nil {
		t.Fatal(err)
	}
	in := sampleCase()
	in.Protected = true
	n := register(t, d, in)
	act(t, d, n, "accept", acceptFields)
	issued, text := issue(t, d, n, "acceptance")
	if !strings.Contains(text, "张样本") {
		t.Errorf("who may see the person does not:\n%s", text)
	}
	if _, err := d.LetterVoid(ctx, n, issued.ID, "重发"); err != nil {
		t.Fatal(err)
	}
	if err := d.Lock(ctx); err != nil {
		t.Fatal(err)
	}
	if err := d.Unlock(ctx, "王样本", []byte(password)); err != nil {
		t.Fatal(err)
	}
	for what, try := range map[string]func() error{
		"issued": func() error { _, _, err := d.LetterIssue(ctx, n, "acceptance"); return err },
		"opened": func() error { _, err := d.LetterExport(ctx, n, issued.ID); return err },
	} {
		if err := try(); err == nil || fault.Of(err).Kind != fault.Forbidden || !strings.Contains(err.Error(), "受保护") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if k, _ := kindOf(t, d, n, "acceptance"); k.Complete {
		t.Error("said to be complete")
	}
	draft, err := d.LetterPreview(ctx, n, "acceptance")
	if err != nil || strings.Contains(readPDF(t, draft), "张样本") {
		t.Errorf("the draft names the person (%v)", err)
	}
}

func TestALetterWhoseFileHasNotArrivedIsToBeTriedAgain(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	setProfile(t, d, withPhone)
	n := accepted(t, d)
	issued, _ := issue(t, d, n, "acceptance")
	status, err := d.Status(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(status.DataDir, "blobs")); err != nil {
		t.Fatal(err)
	}
	if _, err := d.LetterExport(ctx, n, issued.ID); err == nil || fault.Of(err).Kind != fault.Retry {
		t.Errorf("%v", err)
	}
	if _, err := d.LetterExport(ctx, n, "样街受〔2026〕99号"); err == nil || fault.Of(err).Kind != fault.NotFound {
		t.Errorf("a number nobody gave: %v", err)
	}
}
