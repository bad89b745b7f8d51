package complaint

import (
	"strings"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/fault"
	"jiesu/backend/field"
	"jiesu/backend/regime"
)

const recusedCode = "recused"

// recused says why an officer may do nothing on the case (回避), or "". Who has
// an interest in it may still say so: an own request keeps the officer away
// like that of a party does.
func (c *Case) recused(who Ref, action string) string {
	if action == regime.RecuseAction || who == (Ref{}) {
		return ""
	}
	return c.partial(who)
}

// Recused says whether this person must keep away from the case.
func (c *Case) Recused(who Ref) bool { return c.recused(who, "") != "" }

// mayWork refuses what is no action of the rulebook (a correction, a letter) to
// an officer who must keep away.
func (c *Case) mayWork(env Env, what string) error {
	if why := c.recused(env.Officer, ""); why != "" {
		return fault.New(fault.Refused, recusedCode, "不能"+what+"："+why, "请由其他人员办理")
	}
	return nil
}

// partial says why a person must keep away from the case, or "": a recusal is
// asked and not yet decided, or granted; or the person is the respondent, or
// declared to have an interest.
func (c *Case) partial(who Ref) string {
	for _, row := range c.Rows[regime.RecusalsField] {
		if !who.namedIn(row.Values["officer"]) {
			continue
		}
		switch row.Values["state"] {
		case "rejected":
		case "granted":
			return who.Name + "已决定回避"
		default:
			return who.Name + "的回避申请还没有决定"
		}
	}
	for _, row := range c.Rows[regime.InterestedField] {
		if who.namedIn(row.Values) {
			return who.Name + "与本案有利害关系，应当回避"
		}
	}
	if who.namedIn(c.Fields["respondent"]) {
		return who.Name + "是被投诉人，应当回避"
	}
	return ""
}

// isPerson says whether a slot is a person's: a department that answers a
// complaint about itself need not keep away.
func isPerson(def field.Def, slot string) bool {
	if def.Type == field.Unit {
		return false
	}
	for _, words := range []string{def.ID, slot} {
		if strings.Contains(words, "department") || strings.Contains(words, "unit") {
			return false
		}
	}
	return true
}

// BackDateDays is how long after it happened an act may be written down
// without saying why so late.
const BackDateDays = 3

// backDated demands a reason for an act, or a moment that limits run from,
// that is said to have been long ago.
func (a *Act) backDated() error {
	if a.Reason != "" {
		return nil
	}
	oldest := a.At
	for _, e := range a.Effects {
		if m, ok := e.(*Mark); ok && m.At.Before(oldest) {
			oldest = m.At
		}
	}
	if !calendar.DateOf(oldest).Before(calendar.DateOf(a.Recorded.Add(-BackDateDays * 24 * time.Hour))) {
		return nil
	}
	return fault.New(fault.Refused, "reason-required", "说的是"+calendar.DateOf(oldest).Chinese()+"的事，已经超过三天，请写明为什么现在才记", "写明理由后再保存；日期写错的请改正").At("reason")
}
