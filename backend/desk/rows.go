package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/casebook"
	"jiesu/backend/view"
)

// caseRow is a stored row as of now.
func caseRow(book *casebook.Book, r view.Row, now time.Time) CaseRow {
	cal := book.CalendarOf(r.Office)
	out := CaseRow{ID: r.Case, Number: r.Number, Regime: r.Regime, RegimeTitle: r.RegimeTitle, Stage: r.Stage, StageLabel: r.StageLabel,
		Light: r.Light(now), Complainant: r.Complainant, Respondent: r.Respondent, Next: r.Next, NextLabel: r.NextLabel,
		Assignee: r.Assignee, Channel: r.ChannelText, ReceivedAt: stamp(r.Received), Office: officeName(book, r.Office),
		Conflict: r.Conflict, Closed: r.Closed, DueLabel: r.ClockLabel}
	if !r.Closed {
		out.Due = dueStamp(r.Due, r.ByDay)
		out.DueText = dueText(r.Due, r.ByDay, r.Red, now, cal, r.Paused)
		out.Demand = demandText(r, now)
	}
	return out
}

// demandText says of the limit that ran out first what is due now and who owes
// it; empty while none has run out that demands something.
func demandText(r view.Row, now time.Time) string {
	for _, x := range r.Demands {
		late := now.Sub(x.Due)
		if late <= 0 {
			continue
		}
		text := fmt.Sprintf("“%s”逾期%d天", x.Clock, calendar.DateOf(now).Sub(calendar.DateOf(x.Due)))
		if !x.ByDay && late < 24*time.Hour {
			text = fmt.Sprintf("“%s”逾期%d小时%d分", x.Clock, int(late.Hours()), int(late.Minutes())%60)
		}
		if x.Role == "" {
			return text + "：须“" + x.Action + "”"
		}
		return text + "：" + x.Role + "须“" + x.Action + "”"
	}
	return ""
}

func officeName(book *casebook.Book, code string) string {
	for _, u := range book.Office().Units {
		if u.Code == code {
			return u.Name
		}
	}
	return code
}

// List gives a window of the cases a query asks for.
func (d *Desk) List(ctx context.Context, q CaseQuery, from, count int) (CasePage, error) {
	book, err := d.open()
	if err != nil {
		return CasePage{}, err
	}
	vq, err := viewQuery(q)
	if err != nil {
		return CasePage{}, err
	}
	if count <= 0 || count > 1000 {
		count = 200
	}
	if q.Limit > 0 {
		count = min(count, q.Limit)
	}
	now := d.o.Now()
	rows, total, err := book.Select(ctx, vq, max(from, 0), count)
	if err != nil {
		return CasePage{}, err
	}
	page := CasePage{Total: total, From: max(from, 0), Rows: make([]CaseRow, 0, len(rows)), AsOf: stamp(now)}
	for _, r := range rows {
		page.Rows = append(page.Rows, caseRow(book, r, now))
	}
	return page, nil
}

// lightWords are the lights in an officer's words.
var lightWords = map[string]string{"红": "red", "黄": "yellow", "绿": "green", "灰": "grey", "超期": "red"}

// viewQuery reads the search box: words, and 灯: 环节: 承办人: and the like.
func viewQuery(q CaseQuery) (view.Query, error) {
	out := view.Query{Stage: q.Stage, Light: q.Light, Regime: q.Regime, Channel: q.Channel, Assignee: q.Assignee, Open: q.Open, Sort: q.Sort}
	var words []string
	for _, w := range strings.Fields(strings.ReplaceAll(q.Query, "：", ":")) {
		name, value, ok := strings.Cut(w, ":")
		switch {
		case ok && (name == "灯" || name == "light"):
			out.Light = value
			if l, known := lightWords[value]; known {
				out.Light = l
			}
		case ok && (name == "承办人" || name == "assignee"):
			out.Assignee = value
		case ok && (name == "环节" || name == "stage"):
			out.Stage = value
		case ok && (name == "投诉人" || name == "被投诉人" || name == "编号" || name == "电话"):
			words = append(words, value)
		default:
			words = append(words, w)
		}
	}
	out.Words = strings.Join(words, " ")
	if q.Received != "" {
		a, b, _ := strings.Cut(q.Received, "..")
		var err error
		if out.From, err = readMoment(a, "received"); err != nil {
			return out, err
		}
		if out.To, err = readMoment(b, "received"); err != nil {
			return out, err
		}
		if !out.To.IsZero() {
			out.To = out.To.Add(24*time.Hour - time.Second)
		}
	}
	return out, nil
}
