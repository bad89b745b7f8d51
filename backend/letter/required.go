package letter

// requirement is one element a letter must carry: the field must be printed
// and must be mandatory.
type requirement struct{ field, label string }

// always are the elements every official letter has: without them it is no act
// of anybody.
var always = []requirement{
	{"office.issuer", "落款机关"},
	{"document.number", "文号"},
	{"document.date", "成文日期"},
}

// required are the statutory elements by family and kind: S7 第五条 (受理日期、
// 投诉内容、受理部门), 第六条 (统一编号), 第九条 (原因、结果、途径), and the form of an
// administrative decision. 救济途径 comes from the remedy table.
var required = map[Family]map[Kind][]requirement{
	FamilyGovernment: {
		Acceptance: {
			{"complainant.name", "投诉人"}, {"case.number", "统一编号"},
			{"case.received_at", "收到日期"}, {"case.channel_label", "收到渠道"},
			{"respondent.name", "被投诉人"}, {"request", "投诉请求"}, {"facts", "投诉内容"},
			{"acceptance.at", "受理日期"}, {"acceptance.department", "受理部门"},
			// Address and office hours are printed where the office has given
			// them; a way to reach somebody is what nobody may be without.
			{"officer.name", "承办人"}, {"officer.phone", "承办人电话或单位电话"},
		},
		Refusal: {
			{"complainant.name", "投诉人"}, {"case.number", "统一编号"},
			{"case.received_at", "收到日期"}, {"case.channel_label", "收到渠道"},
			{"respondent.name", "被投诉人"}, {"request", "投诉请求"},
			{"refusal.condition", "不符合的受理条件"}, {"refusal.facts", "不予受理的事实和理由"},
			{"refusal.ground_text", "不予受理的情形"}, {"refusal.ground_article", "不予受理的依据"},
			{"officer.name", "承办人"}, {"officer.phone", "承办人电话或单位电话"},
		},
		Result: {
			{"complainant.name", "投诉人"}, {"case.number", "统一编号"},
			{"case.received_at", "收到日期"}, {"respondent.name", "被投诉人"}, {"request", "投诉请求"},
			{"result.outcome_label", "结果"}, {"result.reasons", "理由"},
			{"officer.name", "承办人"}, {"officer.phone", "承办人电话或单位电话"},
		},
		Decision: {
			{"complainant.name", "投诉人"}, {"respondent.name", "被投诉人"},
			{"case.number", "统一编号"}, {"case.received_at", "收到日期"}, {"acceptance.at", "受理日期"},
			{"request", "投诉请求"}, {"decision.respondent_statement", "被投诉人的意见"},
			{"decision.facts_found", "认定的事实"}, {"decision.evidence", "证据"},
			{"decision.reasons", "理由"}, {"decision.basis", "处理依据"},
			{"decision.authority_basis", "职权依据"}, {"decision.items", "处理决定"},
			{"decision.performance", "履行方式和期限"},
		},
	},
}

// requirements are the elements of a template; a form of one's own has none.
func requirements(f Family, k Kind) []requirement {
	if k == RecordForm || k == Receipt || k == DeliveryReceipt {
		return nil
	}
	return append(always[:len(always):len(always)], required[f][k]...)
}
