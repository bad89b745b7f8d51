package app

import (
	"context"
	"fmt"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/desk"
)

// practiceClocks are limits that the office of the practice desk has set: the
// rulebook says only 及时.
var practiceClocks = map[string]string{"acceptance": "90workday", "handling": practiceHandling}

const practiceHandling = "60workday"

// practiceReason stands beside what is written down long after it happened.
const practiceReason = "样本：补录练习前的办理"

// practiceWork brings the sample cases to where an office in the middle of its
// work has them: a third accepted, of those the two oldest due within days.
func practiceWork(ctx context.Context, d *desk.Desk, now time.Time) error {
	page, err := d.List(ctx, desk.CaseQuery{Sort: "received"}, 0, practiceCases)
	if err != nil {
		return err
	}
	today := calendar.DateOf(now)
	soon, err := acceptedForDueSoon(ctx, d, today)
	if err != nil {
		return err
	}
	var acts []desk.ActInput
	for i := 0; i < len(page.Rows); i += 3 {
		day := soon
		if len(acts) >= 2 {
			day = today.AddDays(-3 * (i % 10))
		}
		if received := page.Rows[i].ReceivedAt[:len(time.DateOnly)]; day.String() < received {
			day, _ = calendar.ParseDate(received)
		}
		acts = append(acts, desk.ActInput{Case: page.Rows[i].ID, Action: "accept", Reason: practiceReason, Fields: map[string]any{
			"cond_lawful": true, "cond_specific": true, "accept_at": day.String(), "accept_department": "样本科室"}})
	}
	return d.ActMany(ctx, acts)
}

// acceptedForDueSoon is the day from which handling ends three days from today
// or, when those are rest days, soon after.
func acceptedForDueSoon(ctx context.Context, d *desk.Desk, today calendar.Date) (calendar.Date, error) {
	day := today.AddDays(-130)
	for ; day.Before(today); day = day.AddDays(1) {
		limit, err := d.Limit(ctx, day.String(), practiceHandling, "")
		if err != nil {
			return day, err
		}
		if limit.Due >= today.AddDays(3).String() {
			return day, nil
		}
	}
	return day, fmt.Errorf("no day within 130 is %s before %s", practiceHandling, today)
}

// practicePhone is what every letter names beside the officer.
func practicePhone(ctx context.Context, d *desk.Desk) error {
	form, err := d.Profile(ctx)
	if err != nil {
		return err
	}
	form.Profile.Phone = "010-00000000"
	_, err = d.SetProfile(ctx, form.Profile)
	return err
}
