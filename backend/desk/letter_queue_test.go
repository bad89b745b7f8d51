package desk_test

import (
	"context"
	"testing"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

func queue(t testing.TB, d *desk.Desk, state string) []desk.LetterQueueRow {
	t.Helper()
	rows, err := d.LetterQueue(context.Background(), state)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestTheLetterQueueHoldsWhatCanGoOutAndWhatWentOut(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	register(t, d, sampleCase())
	number := decided(t, d)
	waiting := queue(t, d, desk.LettersToIssue)
	if len(waiting) != 2 || waiting[0].Number != number || waiting[0].Label == "" || waiting[0].Complainant == "" {
		t.Fatalf("%+v", waiting)
	}
	if w := waiting[0]; w.Kind != "acceptance" || w.Complete || w.Missing != 1 {
		t.Errorf("the office's telephone is not missing: %+v", w)
	}
	setProfile(t, d, withPhone)
	for _, w := range queue(t, d, desk.LettersToIssue) {
		if !w.Complete || w.Missing != 0 {
			t.Errorf("complete now: %+v", w)
		}
	}
	if gone := queue(t, d, desk.LettersGone); gone == nil || len(gone) != 0 {
		t.Errorf("nothing went out yet: %+v", gone)
	}

	first, _ := issue(t, d, number, "acceptance")
	last, _ := issue(t, d, number, "decision") // with the respondent's copy
	gone := queue(t, d, desk.LettersGone)
	if len(gone) != 2 || gone[0].Issued != last.Number || gone[0].Letter != last.ID || gone[1].Issued != first.Number {
		t.Fatalf("newest first, each once: %+v", gone)
	}
	if left := queue(t, d, desk.LettersToIssue); len(left) != 0 {
		t.Errorf("still waiting: %+v", left)
	}
	if _, err := d.LetterVoid(ctx, number, first.ID, "样本原因"); err != nil {
		t.Fatal(err)
	}
	if gone = queue(t, d, desk.LettersGone); len(gone) != 1 || gone[0].Issued != last.Number {
		t.Errorf("a voided letter is in the queue: %+v", gone)
	}
	if left := queue(t, d, desk.LettersToIssue); len(left) != 1 || left[0].Kind != "acceptance" {
		t.Errorf("a voided letter can go out anew: %+v", left)
	}
	if _, err := d.LetterQueue(ctx, "all"); fault.Of(err).Kind != fault.Usage {
		t.Errorf("of no state: %v", err)
	}
}
