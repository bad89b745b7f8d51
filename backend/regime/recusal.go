package regime

import "jiesu/backend/field"

// Recusal (回避) is built in for every rulebook: who is named as the respondent
// or has an interest may neither be given the case nor act on it, and a request
// keeps the officer away until somebody else has decided it.
const (
	RecusalsField        = "recusals"
	InterestedField      = "interested"
	RecuseAction         = "recuse"
	DecideRecusalAction  = "decide-recusal"
	recusalAsked         = "asked"
	recusalApprover      = "approver"
	recusalStateRejected = "rejected"
)

// recusalFields are the groups of recusals and interests, and what the two
// forms ask.
func recusalFields() []field.Def {
	return []field.Def{
		group(RecusalsField, "回避", "申请或自行提出的回避，决定之前有关人员停止办理",
			required("officer", "谁回避", field.Text, ""), field.Def{ID: "why", Label: "理由", Type: field.LongText},
			choice("state", "决定", recusalAsked, "待决定", "granted", "准予回避", recusalStateRejected, "驳回"),
			field.Def{ID: "decision", Label: "决定理由", Type: field.LongText}, field.Def{ID: "asked_at", Label: "提出时间", Type: field.DateTime},
			field.Def{ID: "decided_at", Label: "决定时间", Type: field.DateTime}),
		group(InterestedField, "利害关系", "与本案有利害关系的本单位人员和其他人，一人一行；不得承办",
			required("name", "姓名", field.Text, ""), field.Def{ID: "relation", Label: "什么关系", Type: field.Text}),
		{ID: "recusal_person", Label: "被申请回避的人", Type: field.Text, Min: &one},
		{ID: "recusal_reason", Label: "回避理由", Type: field.LongText},
		{ID: "recusal", Label: "回避申请", Type: field.RowOf, Rows: RecusalsField},
		choice("recusal_result", "回避决定", "granted", "准予回避", recusalStateRejected, "驳回"),
		{ID: "recusal_basis", Label: "决定的理由", Type: field.LongText},
	}
}

// withRecusal adds the two actions to the first track, where a rulebook has not
// its own.
func (r *Regime) withRecusal() {
	if len(r.Tracks) == 0 {
		return
	}
	track := r.Tracks[0].ID
	for _, a := range []Action{{
		ID: RecuseAction, Label: "申请回避", Track: track,
		Guidance: "承办人是被投诉人或者与此事有利害关系的，应当回避；提出之后、决定之前停止办理。",
		Fields:   []FieldUse{{ID: "recusal_person", Required: field.Always}, {ID: "recusal_reason", Required: field.Always}},
		Effects: []EffectSpec{
			{Add: &AddSpec{Field: RecusalsField, Columns: map[string]string{"officer": "recusal_person", "why": "recusal_reason"},
				Values: map[string]any{"state": recusalAsked, "asked_at": "now"}}},
			{Mark: &MarkSpec{ID: "recusal-asked"}}},
	}, {
		ID: DecideRecusalAction, Label: "决定是否回避", Track: track, Roles: []string{recusalApprover},
		Guard: &Guard{Rows: &RowsGuard{Field: RecusalsField, Column: "state", In: []string{recusalAsked}}, Says: "没有待决定的回避申请"},
		Fields: []FieldUse{{ID: "recusal", Required: field.Always}, {ID: "recusal_result", Required: field.Always},
			{ID: "recusal_basis", Required: field.When, When: &Guard{Field: "recusal_result", Is: recusalStateRejected}}},
		Effects: []EffectSpec{
			{Update: &UpdateSpec{Row: "recusal", Columns: map[string]string{"state": "recusal_result", "decision": "recusal_basis"},
				Values: map[string]any{"decided_at": "now"}}},
			{Mark: &MarkSpec{ID: "recusal-decided"}}},
	}} {
		a.BuiltIn = true
		if _, has := r.Action(a.ID); !has {
			r.Actions = append(r.Actions, a)
		}
	}
}
