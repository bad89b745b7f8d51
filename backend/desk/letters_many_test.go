package desk_test

import (
	"context"
	"strings"
	"testing"
)

func TestManyLettersComeAsOneFileToPrint(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	setProfile(t, d, withPhone)
	ready := []string{accepted(t, d), accepted(t, d)}
	waiting := register(t, d, sampleCase())
	out, raw, err := d.LetterIssueMany(ctx, append(ready, waiting, "no-such-case"), "acceptance")
	if err != nil || len(out.Issued) != 2 || len(out.Skipped) != 2 || out.Skipped[0].Number != waiting || out.Skipped[0].Why == "" {
		t.Fatalf("%+v %v", out, err)
	}
	text := readPDF(t, raw)
	for i, l := range out.Issued {
		if l.Case != ready[i] || !strings.Contains(strings.Join(strings.Fields(text), ""), ready[i]) {
			t.Errorf("letter %+v is not in the print file", l)
		}
	}
	again, raw, err := d.LetterIssueMany(ctx, ready, "acceptance")
	if err != nil || raw != nil || len(again.Skipped) != 2 {
		t.Errorf("issued twice: %+v %v", again, err)
	}
	if out, raw, err := d.LetterIssueMany(ctx, nil, "acceptance"); err != nil || raw != nil || out.Issued == nil {
		t.Errorf("of no case: %+v %v", out, err)
	}
}
