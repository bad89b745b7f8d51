package complaint

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"jiesu/backend/fault"
	"jiesu/backend/journal"
	"jiesu/backend/regime"
)

// engineRules is a rulebook of everything that no shipped one needs at once.
const engineRules = `format: 0
id: cn.test.engine
version: "1"
title: 样本办法
purpose: 检验
effective_from: "2020-01-01"
matters:
  - {id: complaint, label: 投诉, tracks: [main]}
  - {id: tip, label: 举报, tracks: [main], flags: [anonymous, protected]}
channels: [{id: visit, label: 来人}]
roles: [{id: clerk, label: 柜员}, {id: waiter, label: 服务员}, {id: manager, label: 经理}]
lists:
  - {id: kind, label: 措施, open: true, items: [{id: apology, label: 致歉}, {id: discount, label: 打折}, {id: refund, label: 退款}, {id: other, label: 其他, flags: [needs_text]}]}
fields:
  - {id: severity, label: 严重程度, type: choice, options: [{id: slight, label: 轻}, {id: grave, label: 重}]}
  - {id: urgency, label: 紧急程度, type: choice, options: [{id: normal, label: 一般}, {id: urgent, label: 紧急}]}
  - {id: priority, label: 优先级, type: choice, options: [{id: p1, label: 一级}, {id: p2, label: 二级}]}
  - id: remedies
    label: 补救措施
    type: group
    items: [{id: kind, label: 措施, type: choice, list: kind}, {id: amount, label: 金额, type: money}]
  - {id: remedy_kind, label: 措施, type: choice, list: kind}
  - {id: remedy_amount, label: 金额, type: money}
  - id: orders
    label: 工单
    type: group
    items: [{id: unit, label: 单位, type: text}, {id: due, label: 期限, type: date}, {id: reply, label: 回复, type: longtext}, {id: replied_at, label: 回复时间, type: datetime}]
  - {id: order_unit, label: 派给, type: text}
  - {id: order, label: 哪一张工单, type: row, rows: orders}
  - {id: order_reply, label: 回复内容, type: longtext}
  - {id: handler, label: 承办人, type: text}
  - {id: responsible_department, label: 责任部门, type: text}
  - {id: handled_at, label: 处理时间, type: datetime}
  - {id: handled_on, label: 处理日期, type: date}
  - {id: valid, label: 有效, type: bool}
  - {id: clue, label: 线索, type: text, privacy: reporter}
  - id: sightings
    label: 所见
    type: group
    items: [{id: what, label: 什么, type: text}, {id: who_told, label: 谁说的, type: text, privacy: reporter}]
matrices:
  - {id: priority, label: 优先级, row: severity, column: urgency, sets: priority, cells: {slight: {normal: p2, urgent: p1}, grave: {normal: p1, urgent: p1}}}
limits:
  - {role: clerk, field: remedies, kind: kind, kinds: [apology]}
  - {role: clerk, field: remedies, kind: kind, kinds: [discount], amount: amount, max: "100"}
  - {role: waiter, field: remedies, amount: amount, max: unset}
  - {role: manager, field: remedies}
tracks:
  - {id: main, label: 办理, stages: [{id: open, label: 待办, next: close}, {id: done, label: 完, end: true}]}
actions:
  - id: register
    label: 登记
    track: main
    fields: [{id: complainant, required: always}, {id: severity}, {id: valid, default: true}]
  - {id: classify, label: 分类, track: main, fields: [{id: severity}, {id: urgency}, {id: valid, default: true}], effects: [{mark: {id: classified}}]}
  - {id: judge, label: 判定, track: main, fields: [{id: urgency}, {id: priority}], effects: [{classify: {slot: severity, value: grave}}]}
  - {id: decide, label: 决定, track: main, guard: {authority: remedies, says: 补救措施超过本岗位的权限}, fields: [{id: remedies}], effects: [{mark: {id: decided}}]}
  - {id: propose, label: 提出, track: main, guard: {authority: remedies, says: 超权限，请报办公室}, fields: [{id: remedy_kind}, {id: remedy_amount}], effects: [{add: {field: remedies, columns: {kind: remedy_kind, amount: remedy_amount}}}]}
  - {id: dispatch, label: 派单, track: main, fields: [{id: order_unit, required: always}], effects: [{add: {field: orders, columns: {unit: order_unit}, values: {due: now}}}]}
  - {id: reply-order, label: 回复工单, track: main, fields: [{id: order, required: always}, {id: order_reply}], effects: [{update: {row: order, columns: {reply: order_reply}, values: {replied_at: now}}}]}
  - {id: assign, label: 交办, track: main, fields: [{id: handler}, {id: responsible_department}], effects: [{assign: {field: assignee, from: handler}}, {assign: {field: responsible_department, from: responsible_department}}]}
  - {id: handle, label: 处理, track: main, guard: {not_self: handler, in_charge: responsible_department, says: 须由分管领导办理}, fields: [{id: handled_at, default: now}, {id: handled_on, default: now}], effects: [{mark: {id: handled, at: handled_at}}]}
  - {id: record, label: 记录, track: main, fields: [{id: clue}, {id: sightings}], effects: [{note: {from: clue}}]}
  - {id: close, label: 办结, track: main, guard: {rows: {field: orders, column: reply, empty: true, max: 0}, says: 还有工单没有回复}, effects: [{mark: {id: closed}}, {go: done}]}
letters: [{kind: result, label: 结果, template: t, act: result}]
`

var loadEngine = sync.OnceValues(func() (*regime.Book, error) {
	words, err := os.ReadFile("../../assets/regimes/actions.yaml")
	if err != nil {
		return nil, err
	}
	return regime.Load(fstest.MapFS{"actions.yaml": {Data: words}, "engine.yaml": {Data: []byte(engineRules)}})
})

func engineBook(t testing.TB) *regime.Book {
	t.Helper()
	b, err := loadEngine()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func engineTable(t *testing.T, roles ...string) *table {
	t.Helper()
	d := newTable(t)
	r, err := engineBook(t).Latest("cn.test.engine")
	if err != nil {
		t.Fatal(err)
	}
	d.env.Regime = r
	d.roles = append(d.roles, roles...)
	in := complaintIn()
	in.Channel = "visit"
	d.put(Register(d.env, in))
	return d
}

func (d *table) refusedAs(code, action string, values map[string]any) string {
	d.t.Helper()
	_, err := Decide(d.c(), d.env, Command{Action: action, Values: values})
	if err == nil {
		d.t.Fatalf("%s %v is not refused", action, values)
	}
	f := fault.Of(err)
	if f.Code != code {
		d.t.Fatalf("%s is refused with %s “%s”, want %s", action, f.Code, f.Message, code)
	}
	return f.Message + f.Field
}

func remedies(kindAndAmount ...string) map[string]any {
	var rows []any
	for i := 0; i+1 < len(kindAndAmount); i += 2 {
		rows = append(rows, map[string]any{"kind": kindAndAmount[i], "amount": kindAndAmount[i+1]})
	}
	return map[string]any{"remedies": rows}
}

func TestRemediesStayWithinAuthority(t *testing.T) {
	for _, tt := range []struct {
		name, role string
		before     map[string]any
		now        map[string]any
		office     string
		want       bool
	}{
		{"an apology", "clerk", nil, remedies("apology", ""), "", true},
		{"a small discount", "clerk", nil, remedies("discount", "100"), "", true},
		{"a large one", "clerk", nil, remedies("discount", "100.01"), "", false},
		{"two small ones at once", "clerk", nil, remedies("discount", "60", "discount", "60"), "", false},
		{"two small ones one after the other", "clerk", remedies("discount", "60"), remedies("discount", "60"), "", false},
		{"a kind that is not the clerk's", "clerk", nil, remedies("refund", "1"), "", false},
		{"apology beside a discount", "clerk", remedies("discount", "100"), remedies("apology", ""), "", true},
		{"what the office has not set", "waiter", nil, remedies("discount", "0.01"), "", false},
		{"what costs nothing", "waiter", nil, remedies("apology", ""), "", true},
		{"what the office has set since", "waiter", nil, remedies("discount", "20"), "20", true},
		{"what the office allows more", "clerk", nil, remedies("discount", "150"), "200", true},
		{"what the office allows less", "clerk", nil, remedies("discount", "60"), "50", false},
		{"the manager", "manager", nil, remedies("refund", "9999"), "", true},
		{"somebody without a limit", "handler", nil, remedies("apology", ""), "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := engineTable(t, tt.role)
			d.env.LimitOf = func(role, group string) (string, bool) {
				return tt.office, tt.office != "" && role != "manager" && group == "remedies"
			}
			if tt.before != nil {
				d.do("decide", tt.before)
			}
			if tt.want {
				d.do("decide", tt.now)
				return
			}
			if says := d.refusedAs("beyond-authority", "decide", tt.now); !strings.Contains(says, "超权限，需上报") {
				t.Errorf("says %s", says)
			}
		})
	}
}

func TestARemedyThatAnEffectAddsCountsToo(t *testing.T) {
	d := engineTable(t, "clerk")
	d.do("propose", map[string]any{"remedy_kind": "discount", "remedy_amount": "60"})
	says := d.refusedAs("beyond-authority", "propose", map[string]any{"remedy_kind": "discount", "remedy_amount": "41"})
	if !strings.Contains(says, "超权限，请报办公室") || strings.Contains(says, "需上报") {
		t.Errorf("says %s", says)
	}
	d.do("propose", map[string]any{"remedy_kind": "discount", "remedy_amount": "40"})
	d.roles = []string{"handler", "manager"}
	d.do("propose", map[string]any{"remedy_kind": "other", "remedy_kind_text": "送餐券", "remedy_amount": "5"})
	if rows := d.c().Rows["remedies"]; len(rows) != 3 || rows[2].Values["kind_text"] != "送餐券" {
		t.Errorf("the rows are %v", rows)
	}
}

func TestARowIsAddedAndFilledLater(t *testing.T) {
	d := engineTable(t)
	d.refusedAs("row-not-found", "reply-order", map[string]any{"order": "nowhere", "order_reply": "已修好"})
	d.do("dispatch", map[string]any{"order_unit": "一科"})
	c := d.do("dispatch", map[string]any{"order_unit": "二科"})
	if c.Rows["orders"][0].Values["due"] != "2026-09-28" {
		t.Errorf("now is %v", c.Rows["orders"][0].Values)
	}
	d.refusedAs("action-not-allowed", "close", nil)
	def, _ := d.env.Regime.FieldDef("order")
	choices := RowChoices(c, d.env.Regime, def)
	if len(choices) != 2 || choices[1].Label != "2. 二科，2026年9月28日" {
		t.Fatalf("the choices are %v", choices)
	}
	c = d.do("reply-order", map[string]any{"order": choices[1].ID, "order_reply": "已修好"})
	row := c.Rows["orders"][1]
	if row.Values["reply"] != "已修好" || row.Values["unit"] != "二科" || row.Values["replied_at"] != "2026-09-28T10:03:00+08:00" || c.Fields["order"] != nil {
		t.Errorf("the row is %v", row.Values)
	}
	if line := c.History[len(c.History)-1].Line; !strings.Contains(line, "二科") {
		t.Errorf("the timeline says %s", line)
	}
	d.do("reply-order", map[string]any{"order": choices[0].ID, "order_reply": "无此人"})
	d.do("close", nil)
}

func TestUpdatesOfOneRowApartEndAlikeEverywhere(t *testing.T) {
	at := moment("2026-09-28 09:00")
	act := func(e ...Effect) *Act {
		return &Act{Action: "x", At: at, Recorded: at, Officer: Ref{"o1", "样本"}, Effects: e}
	}
	entry := func(id string, clock int64, parents []journal.ID, e ...Effect) Entry {
		return Entry{Node: journal.Node{ID: journal.ID(id), Parents: parents, Clock: journal.Stamp{Millis: clock}, Replica: "r" + id, Seq: 1}, Act: act(e...)}
	}
	entries := []Entry{
		entry("e1", 1, nil, &Add{Field: "orders", ID: "o", Row: map[string]any{"unit": "一科"}}),
		entry("e2", 5, []journal.ID{"e1"}, &Update{Field: "orders", ID: "o", Values: map[string]any{"reply": "甲", "due": "2026-10-01"}}),
		entry("e3", 4, []journal.ID{"e1"}, &Update{Field: "orders", ID: "o", Values: map[string]any{"reply": "乙"}}),
		entry("e4", 6, []journal.ID{"e3"}, &Update{Field: "orders", ID: "gone", Values: map[string]any{"reply": "丙"}}),
		entry("e5", 7, []journal.ID{"e2", "e4"}, &Update{Field: "orders", ID: "o", Values: map[string]any{"due": nil}}),
	}
	want := string(encoded(t, Fold("c", entries)))
	c := Fold("c", entries)
	if v := c.Rows["orders"][0].Values; v["reply"] != "甲" || v["unit"] != "一科" || v["due"] != nil || len(c.Rows["orders"]) != 1 {
		t.Errorf("the row is %v", v)
	}
	slices.Reverse(entries)
	if got := string(encoded(t, Fold("c", entries))); got != want {
		t.Errorf("another order gives\n%s\n%s", got, want)
	}
	if entries[4].Act.Effects[0].(*Add).Row["reply"] != nil {
		t.Error("folding changed the act that added the row")
	}
}

func TestAMatrixDerivesWheneverBothAreKnown(t *testing.T) {
	d := engineTable(t)
	if c := d.do("classify", map[string]any{"severity": "slight"}); c.Fields["priority"] != nil {
		t.Errorf("derived from one: %v", c.Fields["priority"])
	}
	for _, tt := range []struct {
		action string
		values map[string]any
		want   string
	}{
		{"classify", map[string]any{"urgency": "normal"}, "p2"},
		{"classify", map[string]any{"urgency": "urgent"}, "p1"},
		{"classify", map[string]any{"severity": "slight", "urgency": "normal"}, "p2"},
		{"judge", nil, "p1"}, // an effect sets the class
		{"judge", map[string]any{"urgency": "urgent", "priority": "p2"}, "p2"}, // said on a form that asks
		{"classify", map[string]any{"urgency": "urgent"}, "p1"},
		{"judge", map[string]any{"urgency": "normal", "priority": "p1"}, "p1"}, // as prefilled: derived
	} {
		if c := d.do(tt.action, tt.values); c.Fields["priority"] != tt.want {
			t.Errorf("%s %v: %v, want %s", tt.action, tt.values, c.Fields["priority"], tt.want)
		}
	}
	edited := d.put(DecideEdit(d.c(), d.env, map[string]any{"severity": "slight", "urgency": "normal"}, "笔误"))
	if edited.Fields["priority"] != "p2" {
		t.Errorf("a correction gives %v", edited.Fields["priority"])
	}
	in := complaintIn()
	in.Channel = "visit"
	in.Values["severity"], in.Values["urgency"] = "grave", "normal"
	act, err := Register(d.env, in)
	if err != nil {
		t.Fatal(err)
	}
	if c := Fold("c2", []Entry{{Node: journal.Node{ID: "e1"}, Act: act}}); c.Fields["priority"] != "p1" {
		t.Errorf("registered with %v", c.Fields["priority"])
	}
}

func TestADefaultStandsWhereTheFormSaysNothing(t *testing.T) {
	d := engineTable(t)
	d.env.InCharge = func(unit string) bool { return unit == "工程部" }
	if d.c().Fields["valid"] != true {
		t.Error("registered without its default")
	}
	if c := d.do("classify", map[string]any{"valid": false}); c.Fields["valid"] != false {
		t.Error("what the form says is overwritten")
	}
	if c := d.do("classify", map[string]any{"urgency": "normal"}); c.Fields["valid"] != false {
		t.Error("what the case has is overwritten")
	}
	d.do("assign", map[string]any{"responsible_department": "工程部"})
	c := d.do("handle", nil)
	if c.Fields["handled_at"] != "2026-09-28T10:04:00+08:00" || c.Fields["handled_on"] != "2026-09-28" {
		t.Errorf("now is %v %v", c.Fields["handled_at"], c.Fields["handled_on"])
	}
	act, err := Decide(c, d.env, Command{Action: "handle", At: moment("2026-09-28 09:30")})
	if c = d.put(act, err); c.Fields["handled_at"] != "2026-09-28T09:30:00+08:00" {
		t.Errorf("the moment of the act is %v", c.Fields["handled_at"])
	}
}

func TestWhoIsInChargeAndNotOneself(t *testing.T) {
	d := engineTable(t)
	d.do("assign", map[string]any{"handler": "王样本", "responsible_department": "工程部"})
	d.refusedAs("action-not-allowed", "handle", nil)
	d.env.InCharge = func(unit string) bool { return unit == "工程部" }
	d.do("handle", nil)
	d.env.Officer = Ref{"o9", "王样本"}
	d.refusedAs("action-not-allowed", "handle", nil)
}

func TestOtherIsNotEnough(t *testing.T) {
	d := engineTable(t, "manager")
	if says := d.refusedAs("field-required", "propose", map[string]any{"remedy_kind": "other"}); !strings.HasSuffix(says, "remedy_kind_text") {
		t.Errorf("says %s", says)
	}
	d.refusedAs("bad-value", "decide", remedies("other", ""))
	d.do("propose", map[string]any{"remedy_kind": "other", "remedy_kind_text": "送餐券"})
	d.do("propose", map[string]any{"remedy_amount": "1"}) // said already
	_, err := DecideEdit(engineTable(t).c(), d.env, map[string]any{"remedy_kind": "other"}, "")
	saysSo(t, err, "是什么")
	if c := d.put(DecideEdit(d.c(), d.env, map[string]any{"remedy_kind": "other", "remedy_kind_text": "赠品"}, "")); c.Fields["remedy_kind_text"] != "赠品" {
		t.Error("not corrected")
	}
}

func TestALabelAnOfficeAddedIsShownEverywhere(t *testing.T) {
	d := engineTable(t, "manager")
	grown := engineBook(t).WithItems([]regime.Addition{{Regime: "cn.test.engine", List: "kind", ID: "voucher", Label: "餐券"}})
	plain := d.env.Regime
	d.env.Regime, _ = grown.Latest("cn.test.engine")
	c := d.do("propose", map[string]any{"remedy_kind": "voucher"})
	def, _ := plain.FieldDef("remedy_kind")
	if got := Values(c, plain, Letterhead{}).Get("f.remedy_kind.text"); got != "餐券" || !c.Labelled(def).HasOption("voucher") {
		t.Errorf("an office that does not know the item prints %v", got)
	}
	if def.HasOption("voucher") {
		t.Error("the rulebook itself grew")
	}
}
