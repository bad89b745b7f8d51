package complaint

import (
	"fmt"
	"strings"
	"testing"

	"jiesu/backend/fault"
)

func TestWhoMustKeepAwayDoesNothing(t *testing.T) {
	d := engineTable(t)
	boss := Ref{"o2", "样本负责人"}
	d.do("recuse", map[string]any{"recusal_person": "样本经办", "recusal_reason": "是投诉人的亲属"})
	d.refusedAs("recused", "classify", map[string]any{"urgency": "normal"})
	_, err := DecideEdit(d.c(), d.env, map[string]any{"facts": "改"}, "")
	saysSo(t, err, "还没有决定")
	d.env.Officer, d.roles = boss, []string{"handler", "approver"}
	d.refusedAs("recused", "assign", map[string]any{"handler": "样本经办"})
	def, _ := d.env.Regime.FieldDef("recusal")
	asked := RowChoices(d.c(), d.env.Regime, def)[0].ID
	d.refusedAs("field-required", "decide-recusal", map[string]any{"recusal": asked, "recusal_result": "rejected"})
	d.do("decide-recusal", map[string]any{"recusal": asked, "recusal_result": "rejected", "recusal_basis": "不是亲属"})
	d.refusedAs("action-not-allowed", "decide-recusal", nil)
	d.env.Officer = Ref{"o1", "样本经办"}
	d.do("classify", map[string]any{"urgency": "normal"})
	d.do("recuse", map[string]any{"recusal_person": "样本经办", "recusal_reason": "自行回避"})
	d.refusedAs("recused", "decide-recusal", map[string]any{"recusal": asked, "recusal_result": "rejected"}) // by oneself
	d.env.Officer = boss
	second := RowChoices(d.c(), d.env.Regime, def)[1].ID
	d.do("decide-recusal", map[string]any{"recusal": second, "recusal_result": "granted"})
	d.env.Officer = Ref{"o1", "样本经办"}
	if says := d.refusedAs("recused", "classify", nil); !strings.Contains(says, "已决定回避") {
		t.Errorf("says %s", says)
	}
}

func TestWhoIsNamedOrInterestedKeepsAway(t *testing.T) {
	d := engineTable(t)
	d.put(DecideEdit(d.c(), d.env, map[string]any{"respondent": map[string]any{"name": "李样本"},
		"interested": []any{map[string]any{"name": "赵样本", "relation": "股东"}}}, ""))
	for _, name := range []string{"李样本", "赵样本"} {
		if says := d.refusedAs("recused", "assign", map[string]any{"handler": name}); !strings.Contains(says, "应当回避") {
			t.Errorf("says %s", says)
		}
	}
	d.do("assign", map[string]any{"responsible_department": "李样本"}) // a department answers for itself
	d.do("assign", map[string]any{"handler": "外请专家"})
	d.env.Officer = Ref{"o3", "赵样本"}
	d.refusedAs("recused", "classify", nil)
	d.do("recuse", map[string]any{"recusal_person": "赵样本", "recusal_reason": "自行回避"})
}

func TestATipNeedsNoNameAndIsSealed(t *testing.T) {
	for name, person := range map[string]map[string]any{"nobody": nil, "匿名": {"name": "匿名"}, "未知 with a phone": {"name": "未知", "phone": "13800000000"}} {
		d := newTable(t)
		d.env.Regime, _ = engineBook(t).Latest("cn.test.engine")
		in := complaintIn()
		in.Channel, in.Matter = "visit", "tip"
		in.Values["complainant"] = person
		c := d.put(Register(d.env, in))
		m, _ := c.Fields["complainant"].(map[string]any)
		if m["name"] != nil || m["phone"] != person["phone"] {
			t.Errorf("%s is stored as %v", name, m)
		}
		if person["phone"] != nil && !c.Protected {
			t.Errorf("%s is not sealed", name)
		}
	}
	d := engineTable(t)
	in := complaintIn()
	in.Channel, in.Values["complainant"] = "visit", map[string]any{}
	_, err := Register(d.env, in)
	saysSo(t, err, "请填写“投诉人”")
}

func TestNoLetterIsAddressedToNobody(t *testing.T) {
	d := engineTable(t)
	c := d.put(DecideEdit(d.c(), d.env, map[string]any{"complainant": map[string]any{"name": "匿名", "phone": "13800000000"}}, ""))
	v := Values(c, d.env.Regime, Letterhead{})
	if v.Get("complainant.name") != nil || v.Get("f.complainant.name") != nil || v.Get("complainant.phone") != "13800000000" {
		t.Errorf("the addressee is %v", v.Get("complainant"))
	}
}

func TestWhatTellsTheReporterIsSealedInRowsToo(t *testing.T) {
	d := newTable(t)
	d.env.Regime, _ = engineBook(t).Latest("cn.test.engine")
	in := complaintIn()
	in.Channel, in.Matter = "visit", "tip"
	in.Values["members"] = []any{map[string]any{"name": "钱样本"}}
	d.put(Register(d.env, in))
	d.do("record", map[string]any{"clue": "王样本亲眼所见", "sightings": []any{map[string]any{"what": "后门", "who_told": "孙样本"}}})
	d.put(DecideEdit(d.c(), d.env, map[string]any{"members": []any{map[string]any{"name": "周样本"}}}, ""))
	for _, e := range d.entries {
		plain, identity, err := e.Act.Encode()
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"张样本", "钱样本", "孙样本", "周样本", "13800000000"} {
			if strings.Contains(string(plain), name) {
				t.Errorf("%s stands in the open part of %s: %s", name, e.Act.Action, plain)
			}
		}
		if identity == nil {
			t.Errorf("%s has no identity part", e.Act.Action)
		}
	}
	c := d.c()
	if len(c.Rows["members"]) != 2 || c.Rows["sightings"][0].Values["who_told"] != "孙样本" || c.Rows["sightings"][0].Values["what"] != "后门" {
		t.Errorf("who may see does not: %v", c.Rows)
	}
}

func TestALateEntryHasItsReason(t *testing.T) {
	d := engineTable(t)
	d.env.InCharge = func(string) bool { return true }
	d.do("assign", map[string]any{"responsible_department": "工程部"})
	d.env.Now = moment("2026-10-10 10:00")
	decide := func(at, handled, reason string) error {
		cmd := Command{Action: "handle", Reason: reason, Values: map[string]any{}}
		if at != "" {
			cmd.At = moment(at)
		}
		if handled != "" {
			cmd.Values["handled_at"] = handled
		}
		_, err := Decide(d.c(), d.env, cmd)
		return err
	}
	for _, tt := range []struct {
		at, handled, reason string
		want                string
	}{
		{"", "", "", ""}, {"2026-10-07 00:00", "", "", ""}, {"2026-10-06 23:59", "", "", "reason-required"}, {"2026-10-06 23:59", "", " ", "reason-required"},
		{"2026-10-06 23:59", "", "出差", ""}, {"", "2026-10-01 09:00", "", "reason-required"}, {"", "2026-10-01 09:00", "出差", ""},
		{"2026-10-11 09:00", "", "出差", "at-in-future"}, {"2026-09-27 09:00", "", "出差", "at-before-receipt"},
	} {
		err := decide(tt.at, tt.handled, tt.reason)
		if got := fault.Of(err); (err == nil) != (tt.want == "") || err != nil && got.Code != tt.want {
			t.Errorf("%+v: %v", tt, err)
		}
	}
}

func TestLettersPrintAnyField(t *testing.T) {
	d := engineTable(t, "manager")
	d.do("classify", map[string]any{"severity": "grave", "urgency": "urgent"})
	d.do("propose", map[string]any{"remedy_kind": "other", "remedy_kind_text": "送餐券", "remedy_amount": "5"})
	d.do("assign", map[string]any{"handler": "王样本", "responsible_department": "工程部"})
	d.env.InCharge = func(string) bool { return true }
	c := d.do("handle", nil)
	v := Values(c, d.env.Regime, Letterhead{})
	rows, _ := v.Get("f.remedies").([]any)
	if len(rows) != 1 {
		t.Fatalf("the rows are %v", rows)
	}
	for path, want := range map[string]any{"f.severity.text": "重", "f.severity.id": "grave", "f.priority.text": "一级", "f.remedy_kind.text": "其他（送餐券）",
		"f.remedy_amount": "5.00", "f.facts": "样本事实", "f.complainant.name": "张样本", "who.assignee": "王样本", "case.number": "YJ01-AA-2026-000001",
		"f.handled_at": "2026-09-28 10:04", "mark.handled": "2026-09-28 10:04", "f.gone": nil} {
		got := v.Get(path)
		if at, ok := got.(interface{ Format(string) string }); ok {
			got = at.Format("2006-01-02 15:04")
		}
		if got != want {
			t.Errorf("%s is %v, want %v", path, got, want)
		}
	}
	row := rows[0].(map[string]any)
	if fmt.Sprint(row["kind"].(map[string]any)["text"]) != "其他（送餐券）" || row["amount"] != "5.00" || row["by"] != "样本经办" {
		t.Errorf("the row is %v", row)
	}
	if Where("f.severity") != "action" || Where("mark.handled") != "action" || Where("f.facts") != "case" {
		t.Error("who can supply it")
	}
}
