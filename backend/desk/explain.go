package desk

import (
	"context"
	"slices"
	"strings"

	"jiesu/backend/calendar"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/regime"
)

// Explain gives the day-by-day reason of one due date.
func (d *Desk) Explain(_ context.Context, number, clock string) (Explanation, error) {
	o, err := d.openCase(number)
	if err != nil {
		return Explanation{}, err
	}
	e, ok := o.book.Explain(o.c, clock)
	if !ok {
		return Explanation{}, fault.New(fault.NotFound, "unknown-clock", "本案没有这个时限："+clock, "用 case show 查看本案的时限")
	}
	out := Explanation{Clock: demanded(d.clockRow(o.calendar(), e.Deadline), e.Deadline, o.regime), Days: []ExplainDay{}, Readings: []string{}, Text: strings.Join(append([]string{e.Text()}, flagSentences(o, clock)...), "\n")}
	for _, day := range e.Days {
		out.Days = append(out.Days, ExplainDay{Date: day.Date.String(), Counts: day.Counts, Why: day.Why})
	}
	for _, r := range e.Deadline.Others {
		out.Readings = append(out.Readings, readingText(r))
	}
	return out, nil
}

// flagSentences say of a limit that runs only because a field says yes who said
// so, when and why: the reason stands in the field of the same name with
// _reason.
func flagSentences(o opened, clock string) []string {
	c, _ := o.regime.Clock(clock)
	if c.Guard == nil {
		return nil
	}
	var out []string
	for _, g := range append([]regime.Guard{*c.Guard}, c.Guard.All...) {
		act, flagged := o.c.Flags[g.Field]
		i := slices.IndexFunc(o.c.History, func(s complaint.Step) bool { return s.Act == act })
		if !flagged || i < 0 {
			continue
		}
		step := o.c.History[i]
		def, _ := o.regime.FieldDef(g.Field)
		line := "“" + def.Label + "”由" + step.Officer.Name + "于" + zoned(step.At).Format("2006年1月2日 15:04") + "标明（" + step.Label + "）"
		if why, ok := o.c.Fields[g.Field+"_reason"].(string); ok && why != "" {
			line += "，原因：" + why
		}
		out = append(out, line)
	}
	return out
}

func readingText(r calendar.Reading) string { return r.Label + "：" + r.Due.String() }
