package complaint

import (
	"jiesu/backend/calendar"
	"jiesu/backend/fault"
)

// dueAhead refuses a due day that lies before the step its limit runs from:
// time that is over when it is given is no time (请于…前提供, 整改期限, 新的完成日期).
func (b *builder) dueAhead(effects Effects) error {
	for _, k := range b.env.Regime.Clocks {
		text, ok := b.values[k.SpanFrom].(string)
		if !ok || k.SpanFrom == "" {
			continue
		}
		due, ok := ParseMoment(text)
		for _, e := range effects {
			m, marks := e.(*Mark)
			if !ok || !marks || !contains(k.Start, m.Name) && !contains(k.Restart, m.Name) {
				continue
			}
			if day := calendar.DateOf(m.At); calendar.DateOf(due).Before(day) {
				def, _ := b.env.Regime.FieldDef(k.SpanFrom)
				return fault.New(fault.Refused, "due-in-past", "“"+def.Label+"”早于"+day.Chinese()+"，给出的时间已经过了", "请写这一步之后的日期").At(k.SpanFrom)
			}
		}
	}
	return nil
}
