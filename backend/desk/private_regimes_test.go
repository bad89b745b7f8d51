package desk_test

import (
	"strings"
	"testing"

	"jiesu/backend/desk"
)

// What a hospital writes down of a patient's illness is seen masked, in the
// case as in the list of what is known.
func TestAPatientsRecordIsSeenMasked(t *testing.T) {
	d := plainDesk(t, "hospital")
	r, err := d.Register(t.Context(), desk.RegisterInput{Regime: "cn.hospital", Matter: "complaint", Channel: "visit", ReceivedAt: "2026-09-18T09:00:00+08:00",
		Complainant: desk.Person{Name: "张样本", Phone: "13800000000"}, Facts: "换药不及时。",
		Fields: map[string]any{"relation": "self", "complained_department": "surgery", "medical_record_no": "700123", "diagnosis": "样本诊断内容"}})
	if err != nil {
		t.Fatal(err)
	}
	c, err := d.Show(t.Context(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]desk.PropertyRow{}
	for _, p := range c.Properties {
		seen[p.ID] = p
	}
	for id, plain := range map[string]string{"medical_record_no": "700123", "diagnosis": "样本诊断内容"} {
		p := seen[id]
		if p.Privacy != "personal" || !p.Masked || p.Text == "" || strings.Contains(p.Text, plain) {
			t.Errorf("%s is shown as %q (%s, masked %v)", id, p.Text, p.Privacy, p.Masked)
		}
	}
}

// An employee who asks for secrecy has it by the choice of the matter: nobody
// has to think of it a second time.
func TestAComplaintInSecretIsSealedByItsMatter(t *testing.T) {
	d := plainDesk(t, "enterprise")
	for matter, sealed := range map[string]bool{"confidential": true, "complaint": false} {
		r, err := d.Register(t.Context(), desk.RegisterInput{Regime: "cn.employer.internal", Matter: matter, Channel: "mail", ReceivedAt: "2026-09-18T09:00:00+08:00",
			Complainant: desk.Person{Name: "欧阳样本"}, Facts: "样本事实" + matter, Category: "pay", Fields: map[string]any{"complained_department": "装配车间"}})
		if err != nil {
			t.Fatal(err)
		}
		page, err := d.List(t.Context(), desk.CaseQuery{Query: "欧阳样本"}, 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, row := range page.Rows {
			found = found || row.ID == r.ID
		}
		if found == sealed {
			t.Errorf("%s: found by the name: %v", matter, found)
		}
	}
}
