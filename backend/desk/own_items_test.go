package desk_test

import (
	"slices"
	"testing"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

func TestAnOfficeAddsToAnOpenListWithoutANewVersion(t *testing.T) {
	d := plainDesk(t, "")
	before, err := d.ReadRegime(t.Context(), "S16")
	if err != nil {
		t.Fatal(err)
	}
	after, err := d.AddListItem(t.Context(), "S16", "escalation", "媒体要采访的")
	if err != nil {
		t.Fatal(err)
	}
	if after.Version != before.Version {
		t.Error("the version moved")
	}
	item := func(r desk.RegimeReading) (desk.ReadListItem, bool) {
		l := r.Lists[slices.IndexFunc(r.Lists, func(l desk.ReadList) bool { return l.ID == "escalation" })]
		i := slices.IndexFunc(l.Items, func(x desk.ReadListItem) bool { return x.Label == "媒体要采访的" })
		if i < 0 {
			return desk.ReadListItem{}, false
		}
		return l.Items[i], true
	}
	added, ok := item(after)
	if !ok || !added.Own {
		t.Fatalf("not there: %+v", after.Lists)
	}
	form, err := d.RegimeForm(t.Context(), "cn.property.zz98")
	if err != nil || !slices.ContainsFunc(form.Fields, func(f desk.FieldRow) bool {
		return f.ID == "escalation_reason" && slices.ContainsFunc(f.Options, func(o desk.OptionRow) bool { return o.ID == added.ID })
	}) {
		t.Errorf("the form does not offer it: %v", err)
	}
	if _, err := d.Register(t.Context(), desk.RegisterInput{Regime: "S16", Matter: "complaint", Channel: "phone", ReceivedAt: "2026-09-18 09:00",
		Complainant: desk.Person{Name: "张样本"}, Facts: "样本", Fields: map[string]any{"escalation_reason": added.ID}}); err != nil {
		t.Errorf("a case cannot have it: %v", err)
	}
	for name, try := range map[string][2]string{"the same again": {"escalation", "媒体要采访的"}, "one the rule has": {"escalation", "其他"},
		"nothing": {"escalation", " "}, "a closed list": {"class", "四类"}, "no list": {"moon", "甲"}} {
		if _, err := d.AddListItem(t.Context(), "S16", try[0], try[1]); err == nil || fault.Of(err).Field == "" {
			t.Errorf("%s was added: %v", name, err)
		}
	}
	gone, err := d.RetireListItem(t.Context(), "S16", "escalation", added.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := item(gone); ok {
		t.Error("it is still offered")
	}
	if _, err := d.RetireListItem(t.Context(), "S16", "escalation", "other"); err == nil {
		t.Error("an item of the rule was taken away")
	}
}
