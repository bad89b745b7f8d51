package regime

import "jiesu/backend/field"

// standardPeople are the groups and persons every case may have beside the
// parties: who speaks for whom, who consented, who was told what. They are
// written by the desk's own record action, under any regime, and may stand on
// a regime's forms like its own fields.
func standardPeople() []field.Def {
	return []field.Def{
		{ID: "guardian", Label: "监护人", Type: field.Person, Privacy: field.Personal,
			Help: "未成年人等由监护人代为投诉，不需要授权委托书；写明 relation 与投诉人关系、relation_proof 关系证明"},
		{ID: "scribe", Label: "代书人", Type: field.Person, Privacy: field.Personal,
			Help: "本人不能书写的由他人代书：read_aloud 已宣读、fingerprint 本人捺印、second_officer 在场的另一名工作人员"},
		{ID: "original", Label: "来件原文", Type: field.LongText, Privacy: field.Personal, Help: "分案时从投诉一方移来的原文"},
		group("members", "联名投诉人", "每人一行；推选的代表写“代表”，退出的填退出日期",
			required("name", "姓名", field.Text, "name"), person("phone", "电话", "phones", "phone"), person("address", "地址", "", "address"),
			person("id_number", "证件号码", "id_number", "id_number"), choice("role", "身份", "member", "成员", "representative", "代表"),
			field.Def{ID: "signed", Label: "已签名", Type: field.Bool}, field.Def{ID: "left_at", Label: "退出日期", Type: field.Date}),
		group("heirs", "继承人", "投诉人死亡的，由继承人决定是否继续",
			required("name", "姓名", field.Text, "name"), field.Def{ID: "relation", Label: "与投诉人关系", Type: field.Text},
			person("phone", "电话", "phones", "phone"), person("address", "地址", "", "address"),
			field.Def{ID: "proof", Label: "继承关系证明", Type: field.Text}, choice("decision", "意向", "continue", "继续投诉", "give-up", "放弃", "unknown", "未表示")),
		group("consents", "本人同意记录", "撤回、和解、变更请求、放弃请求须本人同意的，逐人记录",
			required("name", "谁同意", field.Text, "name"), choice("act", "同意什么", "withdraw", "撤回", "settlement", "和解或调解", "change", "变更请求", "waiver", "放弃请求"),
			field.Def{ID: "on", Label: "日期", Type: field.Date}, choice("way", "方式", "signed", "书面签名", "recorded", "电话录音", "in-person", "当面", "message", "短信或邮件"),
			field.Def{ID: "note", Label: "说明", Type: field.Text}),
		group("contact_attempts", "联系记录", "每次联系一行；只有“已告知”才停止告知时限",
			person("number", "号码或地址", "", "phone"), field.Def{ID: "at", Label: "时间", Type: field.DateTime}, field.Def{ID: "by", Label: "谁联系", Type: field.Text},
			choice("way", "方式", "phone", "电话", "message", "短信", "mail", "电子邮件", "letter", "信函", "visit", "当面", "platform", "平台"),
			choice("result", "结果", "told", "已告知", "no-answer", "未接", "powered-off", "停机", "refused", "拒听", "no-contact", "没有任何联系方式"),
			person("answered_by", "谁接听", "", "name"), field.Def{ID: "script", Label: "说了什么", Type: field.LongText},
			field.Def{ID: "proof", Label: "录音或在场人", Type: field.Text}),
		group("told_respondent", "提供给被投诉人的信息", "组织调解所必需的才提供（121号第三十七条）",
			required("what", "提供了什么", field.LongText, ""), field.Def{ID: "on", Label: "时间", Type: field.DateTime},
			choice("way", "方式", "letter", "文书", "phone", "电话", "in-person", "当面", "message", "短信或邮件", "platform", "平台"), field.Def{ID: "to", Label: "对谁", Type: field.Text}),
		group("other_matters", "信中的其他事项", "不属于本办法的请求，告知通过相应途径提出或转交有权单位（121号第四十四条）",
			choice("kind", "事项", "information", "政府信息公开申请", "review", "行政复议申请", "discipline", "纪检监察检举控告", "inquiry", "咨询", "duty", "履职申请", "petition", "信访事项", "other", "其他"),
			required("excerpt", "摘录", field.LongText, ""), field.Def{ID: "received_at", Label: "收到日期", Type: field.Date},
			field.Def{ID: "to", Label: "交给哪个单位或科室", Type: field.Text}, choice("way", "怎么办的", "told", "告知通过相应途径提出", "handed", "转交并取得签收", "registered", "另行登记"),
			field.Def{ID: "on", Label: "办理日期", Type: field.Date}, field.Def{ID: "receipt", Label: "签收人或凭证", Type: field.Text},
			field.Def{ID: "case", Label: "登记编号", Type: field.Text}, field.Def{ID: "answer", Label: "答复", Type: field.LongText}),
	}
}

// RecordGroups are the standard groups the desk itself lets an officer write
// to, whatever the regime.
func RecordGroups() []string {
	return []string{"contact_attempts", "told_respondent", "members", "consents", "heirs", "other_matters", InterestedField}
}

// Disposals are the ways an action may give up a right of the complainant: an
// agent needs special authority for it, represented members must consent.
func Disposals() []string { return []string{"withdraw", "settlement", "change", "waiver"} }

// Marks set by what is recorded of contacts. Clocks of telling stop at the
// last, see Clock.Told.
const (
	ToldMark        = "told"          // the person was reached and told
	NoContactMark   = "no-contact"    // there is nothing to reach the person by
	UnreachableMark = "not-reachable" // three attempts at different times failed; opens telling by message and letter
	DecidedToldMark = "told-decided"  // told, or nothing to reach the person by, once there was something decided to tell
)

func group(id, label, help string, items ...field.Def) field.Def {
	return field.Def{ID: id, Label: label, Type: field.Group, Help: help, Items: items}
}

func required(id, label string, kind field.Type, mask string) field.Def {
	return field.Def{ID: id, Label: label, Type: kind, Mask: mask, Min: &one}
}

var one = 1.0

func person(id, label, check, mask string) field.Def {
	return field.Def{ID: id, Label: label, Type: field.Text, Check: check, Mask: mask}
}

// choice takes ids and labels in turn.
func choice(id, label string, options ...string) field.Def {
	d := field.Def{ID: id, Label: label, Type: field.Choice}
	for i := 0; i+1 < len(options); i += 2 {
		d.Options = append(d.Options, field.Option{ID: options[i], Label: options[i+1]})
	}
	return d
}
