package desk_test

import (
	"context"
	"testing"

	"jiesu/backend/desk"
)

func TestATableIsRegisteredWholeOrNotAtAll(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	ins := []desk.RegisterInput{sampleCase(), sampleCase(), sampleCase()}
	ins[1].Complainant.Name = ""
	if _, err := d.RegisterMany(ctx, ins); err == nil {
		t.Fatal("a line without a name was taken")
	}
	if page, _ := d.List(ctx, desk.CaseQuery{}, 0, 10); page.Total != 0 {
		t.Fatalf("%d cases of a refused table", page.Total)
	}
	ins[1] = sampleCase()
	regs, err := d.RegisterMany(ctx, ins)
	if err != nil {
		t.Fatal(err)
	}
	one, err := d.Register(ctx, sampleCase())
	if err != nil || one.Number == regs[2].Number || regs[0].Number == regs[1].Number {
		t.Fatalf("numbers %v %v %v", regs, one, err)
	}
	acts := []desk.ActInput{}
	for _, r := range regs {
		acts = append(acts, desk.ActInput{Case: r.Number, Action: "withdraw", Fields: map[string]any{}})
	}
	rows, _ := d.Actions(ctx, regs[0].Number, true)
	for _, a := range rows {
		if a.ID == "withdraw" {
			for _, f := range a.Fields {
				t.Logf("%+v", f)
			}
		}
	}
	if err := d.ActMany(ctx, append(acts, acts[0])); err == nil {
		t.Error("one case twice in a save")
	}
	if v, err := d.Verify(ctx); err != nil || !v.OK || v.Cases != 4 {
		t.Errorf("%+v %v", v, err)
	}
}
