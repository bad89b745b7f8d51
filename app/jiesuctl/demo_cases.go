package main

import (
	"context"
	"strings"

	"jiesu/backend/calendar"
	"jiesu/backend/desk"
)

// fields are the values of a form.
type fields = map[string]any

// act does one step of a case.
func act(ctx context.Context, k *desk.Desk, number, action string, in fields) error {
	_, err := k.Act(ctx, desk.ActInput{Case: number, Action: action, Fields: in})
	return err
}

func (d *demonstration) today() string { return calendar.DateOf(d.s.now()).String() }

// issue issues a letter into 文书/.
func (d *demonstration) issue(ctx context.Context, k *desk.Desk, number, kind, label string) (string, error) {
	w, err := issue(ctx, k, number, kind, d.path("文书", label+"-"+number+".pdf"))
	if err != nil {
		return "", err
	}
	w.Case = number
	d.report.Letters = append(d.report.Letters, w)
	return strings.TrimSpace(label + " " + w.Number), nil
}

func (d *demonstration) accept(ctx context.Context) (string, error) {
	err := act(ctx, d.bureau, d.main, "accept", fields{"cond_lawful": true, "cond_specific": true, "accept_at": d.today(), "accept_department": "投诉受理科（样本）"})
	if err != nil {
		return "", err
	}
	return d.issue(ctx, d.bureau, d.main, "acceptance", "受理通知书")
}

func (d *demonstration) decide(ctx context.Context) (string, error) {
	for _, step := range []struct {
		action string
		in     fields
	}{
		{"classify", fields{"importance": "ordinary"}},
		{"assign", fields{"assignee": "样本经办", "handling_department": "投诉受理科（样本）"}},
		{"investigate", fields{"investigation_method": []any{"papers"}, "investigation_content": "调取收件登记和办件记录（样本）。",
			"collected": []any{fields{"name": "收件凭证", "source": "投诉人提供", "proves": "被投诉人收到过申请"}}}},
		{"decide", fields{"dispute_kind": "administrative", "respondent_statement": "被投诉人称材料交接时遗漏，愿意立即办理（样本）。",
			"facts_found": "投诉人递交申请，材料齐全；被投诉人当日出具收件凭证，至今没有作出决定。",
			"evidence":    []any{fields{"no": "1", "name": "收件凭证", "source": "投诉人提供", "proves": "被投诉人已收到申请"}},
			"reasons":     "被投诉人收到申请后未在法定期限内作出决定，投诉请求成立，予以支持。", "basis": "《中华人民共和国行政许可法》第四十二条第一款",
			"authority_basis": "《投诉管理办法》第七条、第八条",
			"items":           []any{fields{"text": "责令被投诉人自收到本决定书之日起五个工作日内对投诉人的申请作出书面决定", "who": "被投诉人"}},
			"performance":     "被投诉人应当在上述期限内将办理结果书面报送本机关。"}},
	} {
		if err := act(ctx, d.bureau, d.main, step.action, step.in); err != nil {
			return "", err
		}
	}
	return d.issue(ctx, d.bureau, d.main, "decision", "处理决定书")
}

func (d *demonstration) notify(ctx context.Context) (string, error) {
	for _, step := range []struct {
		action string
		in     fields
	}{
		{"notify", fields{"notify_way": "in-person", "notify_note": "投诉人当面签收（样本）"}},
		{"disclose", fields{"disclosure": "withhold", "disclosure_reason": "样本数据，不公示"}},
		{"close", nil},
	} {
		if err := act(ctx, d.bureau, d.main, step.action, step.in); err != nil {
			return "", err
		}
	}
	return "当面送达，" + d.main + " 办结", nil
}

// workProperty takes a property complaint all the way to its 投诉处理记录表.
func (d *demonstration) workProperty(ctx context.Context) (string, error) {
	reg, err := d.property.Register(ctx, desk.RegisterInput{Regime: "cn.property.zz98", Matter: "complaint", Channel: "phone",
		ReceivedAt:  d.s.now().Format("2006-01-02T15:04:05Z07:00"),
		Complainant: desk.Person{Name: "陈样本", Phone: "13800000006", Address: "样本小区6号楼2单元601室"},
		Respondent:  desk.Unit{Name: "工程部（样本）"}, Request: "请求修好6号楼电梯。", Facts: "6号楼电梯反复停运，昨天下午把老人困在里面二十分钟（样本）。",
		Fields: fields{"building": "6号楼2单元"}})
	if err != nil {
		return "", err
	}
	d.form = reg.Number
	for _, step := range []struct {
		action string
		in     fields
	}{
		{"tell-desk", fields{"desk_receiver": "样本前台"}},
		{"classify", fields{"class": "1", "valid": true, "complained_department": "工程部（样本）", "responsible_department": "工程部（样本）", "responsible_person": "样本维修", "receiver": "前台/样本前台"}},
		{"handle", fields{"handled_on_spot": false, "handling": "更换门锁触点，试运行两小时正常（样本）。", "analysis": "触点老化", "department_head": "样本主管"}},
		{"report-desk", fields{"analysis": "触点老化，列入月检", "department_head": "样本主管"}},
		{"record", fields{"receiver": "前台/样本前台"}},
		{"follow-up", fields{"followup_way": "phone", "followup_by": "样本回访", "followup_date": d.today(), "followup_opinion": "认可", "followup_effect": "电梯运行正常", "followup_situation": "电话回访，客户认可（样本）。", "satisfaction": "satisfied"}},
		{"sign-off", fields{"property_head_opinion": "同意，列入月检。"}},
		{"close", nil},
	} {
		if err := act(ctx, d.property, d.form, step.action, step.in); err != nil {
			return "", err
		}
	}
	return d.issue(ctx, d.property, d.form, "record-form", "投诉处理记录表")
}
