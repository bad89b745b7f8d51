package desk_test

import (
	"context"
	"reflect"
	"testing"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

func TestTheLimitsShownBeforeAreThoseOfTheRegisteredCase(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	if err := d.SetClock(ctx, "cn.gov.general", "acceptance", "7workday"); err != nil {
		t.Fatal(err)
	}
	in := sampleCase()
	before, err := d.PreviewClocks(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	if page, err := d.List(ctx, desk.CaseQuery{}, 0, 10); err != nil || page.Total != 0 {
		t.Fatalf("a preview is a case: %+v %v", page, err)
	}
	detail, err := d.Show(ctx, register(t, d, in))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(before, detail.Clocks) {
		t.Errorf("shown before\n%+v\nand after\n%+v", before, detail.Clocks)
	}
	var acceptance desk.ClockRow
	for _, c := range before {
		if c.ID == "acceptance" {
			acceptance = c
		}
	}
	if acceptance.Due != "2026-09-29" || acceptance.State != "running" {
		t.Errorf("seven working days, the 20th one of them, the 25th none: %+v", acceptance)
	}
	in.Complainant, in.Facts, in.Request = desk.Person{}, "", ""
	if rows, err := d.PreviewClocks(ctx, in); err != nil || !reflect.DeepEqual(rows, before) {
		t.Errorf("words still to be typed move a limit: %+v %v", rows, err)
	}
	in.ReceivedAt = ""
	if _, err := d.PreviewClocks(ctx, in); fault.Of(err).Kind != fault.Refused {
		t.Errorf("without the date of receipt: %v", err)
	}
}
