package complaint

import (
	"slices"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/fault"
	"jiesu/backend/regime"
)

// registeredMarks are the marks that registration sets from its fields.
var registeredMarks = map[string]string{"received_at": ReceivedMark, "sent_at": "sent", "forwarded_at": "forwarded", "handed_at": "handed"}

// marksFrom are the marks a date field fills: those of registration, and those
// of the regime's actions.
func marksFrom(r *regime.Regime, id string) []string {
	var out []string
	if name, ok := registeredMarks[id]; ok {
		out = append(out, name)
	}
	for _, a := range r.Actions {
		for _, e := range a.Effects {
			if e.Mark != nil && e.Mark.At == id && !slices.Contains(out, e.Mark.ID) {
				out = append(out, e.Mark.ID)
			}
		}
	}
	return out
}

// correctMarks moves the marks that hold a field's old moment to the corrected
// one, so that limits and letters never tell different dates.
func correctMarks(c *Case, env Env, id string, value any) (Effects, error) {
	var out Effects
	def, _ := env.Regime.FieldDef(id)
	before, _ := c.Fields[id].(string)
	old, had := ParseMoment(before)
	text, _ := value.(string)
	at, given := ParseMoment(text)
	for _, name := range marksFrom(env.Regime, id) {
		held := slices.ContainsFunc(c.Marks[name], func(m Moment) bool { return had && m.At.Equal(old) })
		_, registered := registeredMarks[id]
		switch {
		case held && !given:
			return nil, fault.New(fault.Refused, "moment-emptied", "“"+def.Label+"”是时限起止的日期，不能清空", "请改为正确的日期").At(id)
		case given && (held || registered && name == registeredMarks[id]):
			out = append(out, &Mark{Name: name, At: at, Correct: true})
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	if id == "received_at" {
		return out, c.mayMoveReceipt(env, old, at)
	}
	if _, ok := registeredMarks[id]; ok { // may lie before the receipt
		if inFuture(at, env.Now) {
			return nil, fault.New(fault.Refused, "at-in-future", "“"+def.Label+"”晚于现在", "请核对日期；如电脑时间不对，请先校正").At(id)
		}
		return out, nil
	}
	return out, c.happened(at, env.Now, "“"+def.Label+"”", id)
}

// mayMoveReceipt refuses a receipt to come, outside the rules of the case, or
// after what has been done since.
func (c *Case) mayMoveReceipt(env Env, old, at time.Time) error {
	if err := checkReceived(env.Regime, at, env.Now); err != nil {
		return err
	}
	for name, moments := range c.Marks {
		if slices.Contains([]string{ReceivedMark, "sent", "forwarded", "handed"}, name) {
			continue
		}
		for _, m := range moments {
			if !m.At.Equal(old) && calendar.DateOf(m.At).Before(calendar.DateOf(at)) {
				return fault.New(fault.Refused, "received-after-done", "更正后的收到日期晚于已经办理的日期（"+calendar.DateOf(m.At).Chinese()+"）",
					"请核对收到日期，或先更正办理的日期").At("received_at")
			}
		}
	}
	return nil
}
