package complaint

import (
	"jiesu/backend/fault"
	"jiesu/backend/regime"
)

// mayCorrect keeps what certain people alone write from others' corrections: a
// finding of the supervisor, an approval, a score, a judgement (domain B4). What
// registration or anybody's action writes too, anybody corrects; but what
// registration decides once for all (首问责任人) nobody does.
func mayCorrect(env Env, id string) error {
	var roles []string
	for i := range env.Regime.Actions {
		a := &env.Regime.Actions[i]
		if !writes(a, id) {
			continue
		}
		if a.ID == RegisterAction && decides(a, id) {
			def, _ := env.Regime.FieldDef(id)
			return fault.New(fault.Refused, "edit-fixed", "“"+def.Label+"”登记时定下，不再更改", "说明情况的写备注").At(id)
		}
		if a.ID == RegisterAction || len(a.Roles) == 0 || roleAllows(env, a.Roles) {
			return nil
		}
		for _, role := range a.Roles {
			if !contains(roles, role) {
				roles = append(roles, role)
			}
		}
	}
	if len(roles) == 0 {
		return nil
	}
	def, _ := env.Regime.FieldDef(id)
	return fault.New(fault.Refused, "edit-others", "“"+def.Label+"”由“"+roleLabels(env.Regime, roles)+"”填写，别人不能更正",
		"请填写的人更正；有不同意见的写备注").At(id)
}

// decides tells whether an action decides from a field of its form.
func decides(a *regime.Action, id string) bool {
	for _, e := range a.Effects {
		if e.Decide != nil && e.Decide.From == id {
			return true
		}
	}
	return false
}

// writes tells whether an action puts a value into a field or rows into a group.
func writes(a *regime.Action, id string) bool {
	for _, use := range a.Fields {
		if use.ID == id && !use.Transient {
			return true
		}
	}
	for _, e := range a.Effects {
		if e.Set != nil && e.Set.Field == id || e.Add != nil && e.Add.Field == id || e.Clear == id {
			return true
		}
	}
	return false
}
