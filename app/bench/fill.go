package main

import (
	"context"
	"time"

	"jiesu/backend/desk"
	"jiesu/backend/sample"
)

// fill makes a data folder as an office has it in the middle of its work:
// some cases late, some due soon, some accepted.
func fill(ctx context.Context, dir string, cases int) error {
	b := &bench{dir: dir}
	if err := b.create(ctx); err != nil {
		return err
	}
	for clock, span := range map[string]string{"acceptance": "90workday", "handling": "60workday"} {
		if err := b.d.SetClock(ctx, "cn.gov.general", clock, span); err != nil {
			return err
		}
	}
	if err := sample.Fill(ctx, b.d, cases, time.Now()); err != nil {
		return err
	}
	page, err := b.d.List(ctx, desk.CaseQuery{Sort: "received"}, 0, cases)
	if err != nil {
		return err
	}
	for i, row := range page.Rows {
		if i%3 == 0 {
			b.numbers = append(b.numbers, row.ID)
		}
	}
	if err := b.act(ctx, 2); err != nil {
		return err
	}
	return b.d.Close()
}
