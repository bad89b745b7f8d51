package deadline

import (
	"fmt"
	"strings"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/regime"
)

// Explanation is why a due date is what it is.
type Explanation struct {
	Deadline Deadline       `json:"deadline"`
	Days     []calendar.Day `json:"days"`
	Notes    []string       `json:"notes"` // sentences for a person, in the order of the computation
}

// Text is all notes, one a line.
func (e Explanation) Text() string { return strings.Join(e.Notes, "\n") }

// Explain computes one clock with the reason of every day; false if the regime
// has no such clock or it does not apply to the case.
func Explain(in Input, clock string) (Explanation, bool) {
	for i := range in.Clocks {
		if in.Clocks[i].ID != clock {
			continue
		}
		c, ok := newCount(&in, &in.Clocks[i], true)
		if !ok {
			return Explanation{}, false
		}
		d := c.deadline()
		return Explanation{Deadline: d, Days: c.end.days, Notes: c.sentences(d)}, true
	}
	return Explanation{}, false
}

func (c *count) sentences(d Deadline) []string {
	out := []string{c.ruleSentence(d)}
	if c.clock.Note != "" {
		out = append(out, c.clock.Note)
	}
	if d.Start.IsZero() {
		return append(out, "还没有开始计算")
	}
	first := "当日不计入，从次日起算"
	switch {
	case d.Named:
		first = "到期时间在本案中写明"
	case d.Span == "", c.length.span.Unit == calendar.UnitSameDay:
		first = "当日"
	case !d.ByDay:
		first = "即时起算"
		if c.clock.Hours == "business" {
			first = "按办公时间计算"
		}
	case c.clock.First == "included":
		first = "当日计入"
	}
	out = append(out, "起点："+moment(d, c.start)+"（"+first+"）")
	out = append(out, c.notes...)
	for _, p := range c.pauses {
		until := "至今"
		if !p.open {
			until = "至" + calendar.DateOf(p.To).Chinese()
		}
		out = append(out, calendar.DateOf(p.From).Chinese()+until+p.why)
	}
	out = append(out, c.end.notes...)
	return append(out, c.resultSentences(d)...)
}

// moment is a day, or for limits of hours and 立即 the minute too.
func moment(d Deadline, at time.Time) string {
	if d.ByDay || d.Span == "" && !d.Named {
		return calendar.DateOf(at).Chinese()
	}
	return at.In(calendar.Zone()).Format("2006年1月2日 15:04")
}

func (c *count) ruleSentence(d Deadline) string {
	length := c.length.span.Chinese()
	if d.Named {
		length = strings.TrimPrefix(c.length.words(), c.length.who())
	}
	var why []string
	if origin := d.OriginText(); origin != length { // 未设定 is said once
		why = append(why, origin)
	}
	if d.Basis != "" {
		why = append(why, d.Basis)
	}
	if d.Binds == regime.BindsCitizen {
		why = append(why, "当事人的期限")
	}
	if len(why) == 0 {
		return d.Label + "：" + length
	}
	return fmt.Sprintf("%s：%s（%s）", d.Label, length, strings.Join(why, "，"))
}

func (c *count) resultSentences(d Deadline) []string {
	var out []string
	if d.Span != "" || d.Named {
		out = append(out, "到期："+d.DueText)
	}
	if len(d.Others) > 0 {
		out = append(out, "末日是休息日，对“节假日顺延”有不同理解，本处按“"+d.Reading.Chinese()+"”")
		for _, r := range d.Others {
			out = append(out, r.Label+"："+r.Due.Chinese())
		}
	}
	if !d.ActBy.IsZero() && d.ActBy != d.DueDate {
		why := "到期日不上班，"
		if len(d.Others) > 0 {
			why = "无论哪种理解，"
		}
		out = append(out, why+"最迟在"+d.ActBy.Chinese()+"（最后一个工作日）办完")
	}
	if d.Provisional {
		out = append(out, "涉及放假安排尚未公布的年份，暂按法定节假日计算，公布后自动更新")
	}
	if !d.StoppedAt.IsZero() {
		word := "按时"
		if d.Late {
			word = "逾期"
		}
		if d.Span == "" && !d.Named {
			word = ""
		}
		out = append(out, moment(d, d.StoppedAt)+word+"办完")
	}
	return out
}
