package desk_test

import (
	"context"
	"testing"

	"jiesu/backend/desk"
)

// Two officers assign one case; the second one's screen was opened before the
// first one's act. What he did not see he did not overrule: a contradiction.
func TestAnActNamesWhatTheScreenShowed(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	reg, err := d.Register(ctx, sampleCase())
	if err != nil {
		t.Fatal(err)
	}
	do := func(action string, seen []string, fields map[string]any) desk.Change {
		t.Helper()
		c, err := d.Act(ctx, desk.ActInput{Case: reg.Number, Action: action, Seen: seen, Fields: fields})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	do("accept", nil, map[string]any{"cond_lawful": true, "cond_specific": true, "accept_at": "2026-09-18", "accept_department": "受理科"})
	screen, err := d.Show(ctx, reg.Number)
	if err != nil {
		t.Fatal(err)
	}
	do("assign", screen.Heads, map[string]any{"assignee": "样本甲"})
	do("assign", screen.Heads, map[string]any{"assignee": "样本乙"})
	after, err := d.Show(ctx, reg.Number)
	if err != nil || len(after.Contradictions) != 1 || len(after.Contradictions[0].Branches) != 2 {
		t.Fatalf("contradictions %+v (%v)", after.Contradictions, err)
	}
	again, err := d.Resolve(ctx, after.Contradictions[0].ID, after.Contradictions[0].Branches[1].Entry, "乙熟悉此事")
	if err != nil || again.Row.Assignee != "样本乙" || again.Row.Conflict {
		t.Fatalf("resolved %+v (%v)", again, err)
	}
	if _, err := d.Act(ctx, desk.ActInput{Case: reg.Number, Action: "investigate", Seen: []string{"00"}}); err == nil {
		t.Error("an act on what nobody wrote was taken")
	}
}
