package desk_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

// employer is an office that keeps the internal complaints of a company, with
// one officer more who may not see protected persons.
func employer(t *testing.T, c *clock) *desk.Desk {
	t.Helper()
	ctx := context.Background()
	d, err := desk.New(options(t, t.TempDir(), c))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	in := desk.InitInput{OfficeCode: "YG01", OfficeName: "样本制造有限公司", Officer: firstOfficer, Password: password, Capacity: "enterprise", Regime: "cn.employer.internal"}
	if _, err := d.Create(ctx, in); err != nil {
		t.Fatal(err)
	}
	if _, err := d.AddOfficer(ctx, "样本同事", "", []string{"handler"}, []byte(password)); err != nil {
		t.Fatal(err)
	}
	return d
}

func internal(t *testing.T, d *desk.Desk, change func(*desk.RegisterInput)) string {
	t.Helper()
	in := desk.RegisterInput{Regime: "cn.employer.internal", Matter: "complaint", Channel: "phone", ReceivedAt: "2026-09-17 09:00",
		Complainant: desk.Person{Name: "张样本", Phone: "13800000000"}, Facts: "三个周日到岗没有调休。", Category: "hours",
		Fields: map[string]any{"complained_department": "装配车间"}}
	change(&in)
	reg, err := d.Register(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return reg.Number
}

func upheld(t *testing.T, d *desk.Desk, number string) {
	t.Helper()
	for _, step := range []desk.ActInput{{Action: "assign", Fields: map[string]any{"assignee": firstOfficer}},
		{Action: "investigate", Fields: map[string]any{"investigation_content": "查阅考勤。"}},
		{Action: "decide", Fields: map[string]any{"verdict": "upheld", "facts_found": "未登记。", "analysis": "没有登记", "handling": "补发工资。"}}} {
		step.Case = number
		if _, err := d.Act(context.Background(), step); err != nil {
			t.Fatalf("%s: %v", step.Action, err)
		}
	}
}

func as(t *testing.T, d *desk.Desk, officer string) {
	t.Helper()
	if err := d.Lock(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := d.Unlock(context.Background(), officer, []byte(password)); err != nil {
		t.Fatal(err)
	}
}

// proposed are the numbers of the earlier cases that a case's proposals name.
func proposed(t *testing.T, d *desk.Desk, number string) string {
	t.Helper()
	c, err := d.Show(context.Background(), number)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range c.Proposals {
		for _, e := range p.Cases {
			out = append(out, e.Number)
		}
	}
	return strings.Join(out, " ")
}

func TestOnlyEarlierCasesThatAgreeArePropositions(t *testing.T) {
	c := &clock{at("2026-09-18 10:00")}
	d := employer(t, c)
	first := internal(t, d, func(*desk.RegisterInput) {})
	notYet := internal(t, d, func(in *desk.RegisterInput) { in.ReceivedAt = "2026-09-17 10:00" })
	upheld(t, d, first)
	if got := proposed(t, d, first); got != "" {
		t.Errorf("the first one sees %s", got)
	}
	c.now = at("2027-09-20 10:00")
	for name, tt := range map[string]struct {
		change func(*desk.RegisterInput)
		want   string
	}{
		"within the year": {func(in *desk.RegisterInput) { in.ReceivedAt = "2027-09-17 08:00" }, first},
		"a day later":     {func(in *desk.RegisterInput) { in.ReceivedAt = "2027-09-18 10:00" }, ""},
		"another class":   {func(in *desk.RegisterInput) { in.ReceivedAt, in.Category = "2027-03-01 09:00", "safety" }, ""},
		"another department": {func(in *desk.RegisterInput) {
			in.ReceivedAt, in.Fields["complained_department"] = "2027-03-01 09:00", "包装车间"
		}, ""},
		"the same name, spelt": {func(in *desk.RegisterInput) {
			in.ReceivedAt, in.Fields["complained_department"] = "2027-03-01 09:00", "装配 车间"
		}, first},
		"before the first one": {func(in *desk.RegisterInput) { in.ReceivedAt = "2026-09-17 08:00" }, ""},
	} {
		if got := proposed(t, d, internal(t, d, tt.change)); got != tt.want {
			t.Errorf("%s: %q, want %q (not %s, which is not upheld)", name, got, tt.want, notYet)
		}
	}
}

// A protected case is not there for who may not see the person: not as a line,
// not as a number, not as a count.
func TestAProtectedCaseIsNoPropositionForOthers(t *testing.T) {
	ctx := context.Background()
	d := employer(t, &clock{at("2026-09-18 10:00")})
	secret := internal(t, d, func(in *desk.RegisterInput) { in.Matter = "confidential" })
	upheld(t, d, secret)
	later := internal(t, d, func(in *desk.RegisterInput) { in.ReceivedAt = "2026-09-18 09:00" })
	if got := proposed(t, d, later); got != secret {
		t.Fatalf("who may see it is shown %q, want %q", got, secret)
	}
	as(t, d, "样本同事")
	c, err := d.Show(ctx, later)
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := json.Marshal(c)
	if len(c.Proposals) != 0 || strings.Contains(string(raw), secret) {
		t.Errorf("who may not see it is shown %s", raw)
	}
}

func TestWhatTheOfficeSetsOfItsPeople(t *testing.T) {
	ctx := context.Background()
	d := employer(t, &clock{at("2026-09-18 10:00")})
	charge := []string{" 工程部 ", "工程部", "", "保洁部"}
	o, err := d.SetOfficer(ctx, "样本同事", desk.OfficerChange{InCharge: &charge})
	if err != nil || strings.Join(o.InCharge, ",") != "工程部,保洁部" || strings.Join(o.Roles, ",") != "handler" {
		t.Fatalf("%+v %v", o, err)
	}
	roles, none := []string{"no-such-role"}, []string{"handler"}
	rows, err := d.SetAuthorityLimit(ctx, "cn.catering", "duty-manager", "", "500")
	if err != nil || !strings.Contains(limitLine(rows), "duty-manager 500.00 true") || !strings.Contains(limitLine(rows), "office-head  false") {
		t.Errorf("limits %s %v", limitLine(rows), err)
	}
	rows, err = d.SetAuthorityLimit(ctx, "cn.catering", "duty-manager", "remedies", "")
	if err != nil || !strings.Contains(limitLine(rows), "duty-manager  false") {
		t.Errorf("taken back %s %v", limitLine(rows), err)
	}
	refused := map[string]func() error{
		"unknown-role":    func() error { return second(d.SetOfficer(ctx, "样本同事", desk.OfficerChange{Roles: &roles})) },
		"demote-self":     func() error { return second(d.SetOfficer(ctx, firstOfficer, desk.OfficerChange{Roles: &none})) },
		"no-such-officer": func() error { return second(d.SetOfficer(ctx, "没有的人", desk.OfficerChange{})) },
		"unknown-limit":   func() error { return second(d.SetAuthorityLimit(ctx, "cn.catering", "nobody", "", "1")) },
		"bad-value":       func() error { return second(d.SetAuthorityLimit(ctx, "cn.catering", "duty-manager", "", "许多")) },
	}
	for code, do := range refused {
		if err := do(); fault.Of(err) == nil || fault.Of(err).Code != code {
			t.Errorf("%s: %v", code, err)
		}
	}
	as(t, d, "样本同事")
	for what, err := range map[string]error{"people": second(d.SetOfficer(ctx, "样本同事", desk.OfficerChange{InCharge: &none})),
		"limits": second(d.SetAuthorityLimit(ctx, "cn.catering", "duty-manager", "", "9999"))} {
		if fault.Of(err) == nil || fault.Of(err).Code != "admin-only" {
			t.Errorf("who is no administrator sets %s: %v", what, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func limitLine(rows []desk.AuthorityLimit) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(r.Role + " " + r.Max + map[bool]string{true: " true;", false: " false;"}[r.Own])
	}
	return b.String()
}
