package desk_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

// plainDesk is an office that has stated its sector, or nothing.
func plainDesk(t *testing.T, sector string) *desk.Desk {
	t.Helper()
	d, err := desk.New(options(t, t.TempDir(), &clock{at("2026-09-18 10:00")}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if _, err := d.Create(t.Context(), desk.InitInput{OfficeCode: "YJ01", OfficeName: "样本单位", Officer: "样本经办", Password: password, Sector: sector}); err != nil {
		t.Fatal(err)
	}
	return d
}

// bankRules is s16 as a rulebook for banks only.
func bankRules(t *testing.T) []byte {
	t.Helper()
	b, err := os.ReadFile("../../assets/regimes/s16-property.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(b)) {
		if !strings.HasPrefix(line, "profiles:") && !strings.HasPrefix(line, "sectors:") && !strings.HasPrefix(line, "system:") {
			out = append(out, line)
		}
	}
	return []byte(strings.NewReplacer("id: cn.property.zz98", "id: cn.test.bank", `version: "2026.1"`,
		"version: \"1\"\nsectors: [bank, credit-union]\nprofiles: [enterprise]",
		"title: 客户投诉处理（物业，zz98/8.3-QP10）", "title: 样本银行办法").Replace(strings.Join(out, "")))
}

func TestOnlyRulebooksThatFitAreOffered(t *testing.T) {
	d := plainDesk(t, "")
	if _, err := d.AddRegime(t.Context(), bankRules(t)); err != nil {
		t.Fatal(err)
	}
	in := desk.RegisterInput{Regime: "cn.test.bank", Matter: "complaint", Channel: "phone", ReceivedAt: "2026-03-02T09:00:00+08:00",
		Complainant: desk.Person{Name: "张样本"}, Facts: "样本"}
	for _, tt := range []struct{ sector, capacity, says string }{
		{"", "", ""}, {"bank", "", ""}, {"bank", "enterprise", ""}, {"credit-union", "", ""},
		{"gas", "enterprise", "本单位不是银行或信用社，不适用《样本银行办法》"},
		{"bank", "agency", "本单位的主体资格是“行政机关”，不适用《样本银行办法》"},
	} {
		form, err := d.Profile(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		form.Profile.Sector, form.Profile.Capacity = tt.sector, tt.capacity
		if _, err := d.SetProfile(t.Context(), form.Profile); err != nil {
			t.Fatal(err)
		}
		rows, err := d.OfferedRegimes(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		if has := slices.ContainsFunc(rows, func(r desk.RegimeRow) bool { return r.ID == "cn.test.bank" }); has != (tt.says == "") {
			t.Errorf("%q %q: offered %v", tt.sector, tt.capacity, has)
		}
		_, err = d.Register(t.Context(), in)
		switch {
		case tt.says == "" && err != nil:
			t.Errorf("%q %q: %v", tt.sector, tt.capacity, err)
		case tt.says != "" && (err == nil || fault.Of(err).Code != "regime-unfit" || fault.Of(err).Message != tt.says || fault.Of(err).Field != "regime"):
			t.Errorf("%q %q: %v", tt.sector, tt.capacity, err)
		}
	}
}

func TestASectorNobodyKnowsIsRefused(t *testing.T) {
	d := plainDesk(t, "bank")
	form, err := d.Profile(t.Context())
	if err != nil || form.Profile.Sector != "bank" || len(form.Sectors) < 10 {
		t.Fatalf("%+v %v", form, err)
	}
	form.Profile.Sector = "moon"
	if _, err := d.SetProfile(t.Context(), form.Profile); err == nil || fault.Of(err).Field != "sector" {
		t.Errorf("taken: %v", err)
	}
	other, err := desk.New(options(t, t.TempDir(), &clock{at("2026-09-18 10:00")}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Create(t.Context(), desk.InitInput{OfficeCode: "YJ02", OfficeName: "样本单位", Officer: "样本经办", Password: password, Sector: "moon"}); err == nil {
		t.Error("an office in a sector nobody knows was made")
	}
}

func TestAReceiptBeforeTheRulebookNamesTheDateOfForce(t *testing.T) {
	d := plainDesk(t, "")
	_, err := d.Register(t.Context(), desk.RegisterInput{Regime: "S16", Matter: "complaint", Channel: "phone", ReceivedAt: "2015-08-31T09:00:00+08:00",
		Complainant: desk.Person{Name: "张样本"}, Facts: "样本"})
	if err == nil || !strings.Contains(fault.Of(err).Message, "2015-09-01 起施行") || !strings.Contains(fault.Of(err).Message, "2015-08-31") {
		t.Errorf("%v", err)
	}
}

func TestTheUsualRulebookComesFirstAndItsConductStandsBesideTheForm(t *testing.T) {
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	rows, err := d.OfferedRegimes(t.Context(), "2026-09-18")
	if err != nil || len(rows) == 0 || rows[0].ID != "cn.gov.general" {
		t.Errorf("%+v %v", rows, err)
	}
	form, err := d.RegimeForm(t.Context(), "cn.property.zz98")
	if err != nil || !strings.Contains(form.Guidance, "致歉") || form.Article == "" {
		t.Errorf("%q %q %v", form.Article, form.Guidance, err)
	}
}
