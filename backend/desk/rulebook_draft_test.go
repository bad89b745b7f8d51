package desk_test

import (
	"slices"
	"strings"
	"testing"

	"jiesu/backend/desk"
	"jiesu/backend/regime"
)

func TestACopyIsEditedCheckedComparedAndAdopted(t *testing.T) {
	d := plainDesk(t, "")
	old, err := d.Register(t.Context(), desk.RegisterInput{Regime: "cn.property.zz98", Matter: "complaint", Channel: "phone", ReceivedAt: "2026-09-17 09:00",
		Complainant: desk.Person{Name: "张样本"}, Facts: "样本"})
	if err != nil {
		t.Fatal(err)
	}
	draft, err := d.DraftRegime(t.Context(), "cn.property.zz98")
	if err != nil || !draft.Checked.OK || draft.Checked.Regime.EffectiveFrom != "2026-09-19" || draft.Checked.Regime.Version == "2026.1" {
		t.Fatalf("%+v %v", draft.Checked, err)
	}
	if _, err := d.ChangeDraft(t.Context(), draft, regime.Change{Part: "limit", ID: "follow-up", Value: "soon"}); err == nil {
		t.Error("a length nobody can read was written")
	}
	if draft, err = d.ChangeDraft(t.Context(), draft, regime.Change{Part: "limit", ID: "follow-up", Value: "5day"}); err != nil || !draft.Checked.OK {
		t.Fatalf("%+v %v", draft.Checked, err)
	}
	diff, err := d.DiffDraft(t.Context(), draft)
	if err != nil || !slices.ContainsFunc(diff.Rows, func(m desk.RegimeMove) bool { return m.Part == "时限" && m.ID == "follow-up" }) {
		t.Errorf("%+v %v", diff, err)
	}
	checked, err := d.CheckDraft(t.Context(), strings.Replace(draft.Text, "stop: [followed-up]", "stop: [moon]", 1))
	if err != nil || checked.OK || checked.Problems[0].Line == 0 {
		t.Errorf("%+v %v", checked, err)
	}
	row, err := d.AdoptDraft(t.Context(), draft.Text)
	if err != nil || row.Version != draft.Checked.Regime.Version {
		t.Fatalf("%+v %v", row, err)
	}
	if c, err := d.Show(t.Context(), old.Number); err != nil || c.Regime.Version != "2026.1" {
		t.Errorf("the old case moved: %+v %v", c.Regime, err)
	}
	read, err := d.ReadRegime(t.Context(), "cn.property.zz98")
	if err != nil || read.Version != row.Version || !read.Adopted || len(read.Versions) != 2 {
		t.Errorf("%+v %v", read.Versions, err)
	}
	if next, err := d.DraftRegime(t.Context(), "cn.property.zz98"); err != nil || next.Checked.Regime.Version == row.Version {
		t.Errorf("the next copy has the same version: %+v %v", next.Checked.Regime, err)
	}
}
