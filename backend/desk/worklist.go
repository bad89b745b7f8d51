package desk

import (
	"context"
	"fmt"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/view"
)

// groupRows is how many lines of a group the work list carries.
const groupRows = 200

// WorkList is what waits, grouped by what to do next.
func (d *Desk) WorkList(ctx context.Context) (WorkList, error) {
	book, err := d.open()
	if err != nil {
		return WorkList{}, err
	}
	now := d.o.Now()
	today := calendar.DateOf(now)
	counts := book.Counts(now)
	dueToday, err := d.countDue(ctx, book, today, today)
	if err != nil {
		return WorkList{}, err
	}
	out := WorkList{AsOf: stamp(now), Groups: []WorkGroup{}, Week: []WeekDay{}, Counters: []Counter{
		{ID: "overdue", Label: "超期", Count: counts.Red, Light: "red"},
		{ID: "today", Label: "今天到期", Count: dueToday, Light: "yellow"},
		{ID: "soon", Label: "临近到期", Count: counts.Yellow, Light: "yellow"},
		{ID: "open", Label: "在办", Count: counts.Open, Light: "green"},
		{ID: "contradiction", Label: "待裁决冲突", Count: counts.Conflict, Light: "red"}}}
	if out.Groups, err = d.workGroups(ctx, book, counts, now); err != nil {
		return out, err
	}
	cal := book.Rules().Calendar
	for i := range 7 {
		day := today.AddDays(i)
		works, _ := cal.IsWorkday(day)
		n, err := d.countDue(ctx, book, day, day)
		if err != nil {
			return out, err
		}
		out.Week = append(out.Week, WeekDay{Date: day.String(), Label: day.WeekdayChinese(), Workday: works, Count: n})
	}
	out.Today, out.Holiday = dayWords(cal, today)
	return out, nil
}

// dayWords say what today is and when the next rest begins.
func dayWords(cal *calendar.Calendar, today calendar.Date) (string, string) {
	works, why := cal.IsWorkday(today)
	word := "工作日"
	if !works {
		word = why
	}
	line := today.Chinese() + " " + today.WeekdayChinese() + "（" + word + "）"
	for d := today.AddDays(1); d.Sub(today) < 120; d = d.AddDays(1) {
		if statutory, name := cal.Statutory(d); statutory {
			return line, fmt.Sprintf("距%s还有%d天", name, d.Sub(today))
		}
	}
	return line, ""
}

// countDue counts the open cases that turn red at the end of one of the days.
func (d *Desk) countDue(ctx context.Context, book *casebook.Book, from, to calendar.Date) (int, error) {
	q := view.Query{Open: "open", RedFrom: from.Start().Add(time.Second), RedTo: to.AddDays(1).Start().Add(time.Second)}
	_, n, err := book.Select(ctx, q, 0, 0)
	return n, err
}

// workGroups are the next steps that wait, in the order rulebooks name them.
func (d *Desk) workGroups(ctx context.Context, book *casebook.Book, counts view.Counts, now time.Time) ([]WorkGroup, error) {
	groups := []WorkGroup{}
	seen := map[string]bool{}
	add := func(id, label string) error {
		if seen[id] || counts.Next[view.CodeOf(id)] == 0 {
			return nil
		}
		seen[id] = true
		rows, total, err := book.Select(ctx, view.Query{Next: id, Open: "open"}, 0, groupRows)
		if err != nil || total == 0 {
			return err
		}
		g := WorkGroup{Action: id, Label: label, Total: total, Rows: make([]CaseRow, 0, len(rows))}
		for _, r := range rows {
			g.Rows = append(g.Rows, caseRow(book, r, now))
		}
		groups = append(groups, g)
		return nil
	}
	if err := add(complaint.ResolveAction, "冲突裁决"); err != nil {
		return nil, err
	}
	for _, r := range book.Rules().Regimes.All() {
		for _, a := range r.Actions {
			if err := add(a.ID, a.Label); err != nil {
				return nil, err
			}
		}
	}
	return groups, nil
}
