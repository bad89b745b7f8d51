package desk_test

import (
	"context"
	"testing"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

func links(t testing.TB, d *desk.Desk, number string) int {
	t.Helper()
	c, err := d.Show(context.Background(), number)
	if err != nil {
		t.Fatal(err)
	}
	return len(c.Links)
}

func TestTakingBackAJoiningTakesItBackInBothCases(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	one, two := register(t, d, sampleCase()), register(t, d, sampleCase())
	for name, join := range map[string]func(context.Context, string, string) (desk.Change, error){"关联": d.Link, "并案": d.Merge} {
		change, err := join(ctx, one, two)
		if err != nil || !change.Reversible {
			t.Fatalf("%s: %+v %v", name, change, err)
		}
		if links(t, d, one) != 1 || links(t, d, two) != 1 {
			t.Errorf("%s: not joined on both sides", name)
		}
		if _, err := d.Undo(ctx, one, change.Act); err != nil {
			t.Fatal(name, err)
		}
		if links(t, d, one) != 0 || links(t, d, two) != 0 {
			t.Errorf("%s: still joined on one side", name)
		}
	}
	if _, err := d.Merge(ctx, one, two); err != nil {
		t.Errorf("what was taken back cannot be done again: %v", err)
	}
	if _, err := d.Merge(ctx, two, one); fault.Of(err).Code != "merged-already" {
		t.Errorf("each into the other: %v", err)
	}
}

func TestAPartOfAProtectedCaseIsProtectedToo(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	in := sampleCase()
	in.Protected = true
	whole := register(t, d, in)
	part, err := d.Split(ctx, whole, desk.SplitInput{RegisterInput: sampleCase()})
	if err != nil {
		t.Fatal(err)
	}
	if links(t, d, whole) != 1 || links(t, d, part.Number) != 1 {
		t.Error("the parts do not know each other")
	}
	if page, err := d.List(ctx, desk.CaseQuery{Query: "张样本"}, 0, 10); err != nil || page.Total != 0 {
		t.Errorf("the protected person is found by name: %d %v", page.Total, err)
	}
}
