package complaint

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jiesu/assets"
	"jiesu/backend/fault"
	"jiesu/backend/journal"
	"jiesu/backend/regime"
)

// shippedBook is loaded once: nothing changes a book.
var shippedBook = sync.OnceValues(func() (*regime.Book, error) {
	files, err := fs.Sub(assets.Regimes, "regimes")
	if err != nil {
		return nil, err
	}
	return regime.Load(files)
})

func rulebook(t testing.TB, id string) *regime.Regime {
	t.Helper()
	book, err := shippedBook()
	if err != nil {
		t.Fatal(err)
	}
	r, err := book.Latest(id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// table is a desk with one case, written act by act by one officer.
type table struct {
	t       *testing.T
	env     Env
	entries []Entry
	roles   []string
}

func newTable(t *testing.T) *table {
	d := &table{t: t, roles: []string{"handler"}}
	n := 0
	d.env = Env{Regime: rulebook(t, "cn.gov.general"), Officer: Ref{"o1", "样本经办"}, Office: "YJ01", Now: moment("2026-09-28 10:00"),
		HasRole: func(r string) bool { return slices.Contains(d.roles, r) }, NewID: func() string { n++; return fmt.Sprint("id", n) }}
	return d
}

func complaintIn() Registration {
	return Registration{Number: "YJ01-AA-2026-000001", Serial: Serial{"case", 2026, 1}, Channel: "written", ReceivedAt: moment("2026-09-28 09:00"),
		Values: map[string]any{"complainant": map[string]any{"name": "张样本", "phone": "13800000000"}, "facts": "样本事实"}}
}

func (d *table) put(act *Act, err error) *Case {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
	d.env.Now = d.env.Now.Add(time.Minute)
	id := journal.ID(fmt.Sprint("e", len(d.entries)+1))
	node := journal.Node{ID: id, Clock: journal.Stamp{Millis: int64(len(d.entries))}, Replica: "r", Seq: uint64(len(d.entries) + 1)}
	if len(d.entries) > 0 {
		node.Parents = []journal.ID{d.entries[len(d.entries)-1].ID}
	}
	d.entries = append(d.entries, Entry{Node: node, Act: act})
	return d.c()
}

func (d *table) c() *Case { return Fold("c1", d.entries) }

func (d *table) do(action string, values map[string]any) *Case {
	d.t.Helper()
	act, err := Decide(d.c(), d.env, Command{Action: action, Values: values})
	return d.put(act, err)
}

func (d *table) refused(action string, values map[string]any, says string) {
	d.t.Helper()
	_, err := Decide(d.c(), d.env, Command{Action: action, Values: values})
	saysSo(d.t, err, says)
}

func saysSo(t *testing.T, err error, says string) {
	t.Helper()
	if err == nil {
		t.Fatalf("not refused, want “%s”", says)
	}
	if f := fault.Of(err); f.Code == "internal" || !strings.Contains(f.Message+f.Hint, says) {
		t.Fatalf("refused with %s “%s”（%s）, want “%s”", f.Code, f.Message, f.Hint, says)
	}
}

var acceptForm = map[string]any{"cond_lawful": true, "cond_specific": true, "accept_at": "2026-09-28", "accept_department": "样本科"}

func TestARegistrationThatIsNotCompleteIsRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil func(*Registration)
		says  string
	}{
		"no name":               {func(r *Registration) { r.Values["complainant"] = map[string]any{"phone": "13800000000"} }, "请填写投诉人姓名"},
		"nothing said":          {func(r *Registration) { delete(r.Values, "facts") }, "事实或请求"},
		"no channel":            {func(r *Registration) { r.Channel = "pigeon" }, "没有这个渠道"},
		"another matter":        {func(r *Registration) { r.Matter = "weather" }, "不办理这类事项"},
		"received to-morrow":    {func(r *Registration) { r.ReceivedAt = r.ReceivedAt.AddDate(0, 0, 1) }, "收到日期晚于现在"},
		"not received":          {func(r *Registration) { r.ReceivedAt = time.Time{} }, "请填写收到日期"},
		"before the rules were": {func(r *Registration) { r.ReceivedAt = moment("1990-01-01") }, "不适用于"},
		"sent on to-morrow":     {func(r *Registration) { r.Values["forwarded_at"] = "2026-09-29" }, "“分送到本机关时间”晚于现在"},
		"a field nobody knows":  {func(r *Registration) { r.Values["shoe_size"] = "44" }, "登记表没有这一项"},
		"a class nobody knows":  {func(r *Registration) { r.Values["importance"] = "enormous" }, "没有这个选项"},
	} {
		t.Run(name, func(t *testing.T) {
			in := complaintIn()
			tt.spoil(&in)
			_, err := Register(newTable(t).env, in)
			saysSo(t, err, tt.says)
		})
	}
}

func TestTheRulebookDecidesWhatMayBeDone(t *testing.T) {
	d := newTable(t)
	c := d.put(Register(d.env, complaintIn()))
	if c.Number != "YJ01-AA-2026-000001" || c.Main().Stage != "registered" || len(c.Marks[ReceivedMark]) != 1 {
		t.Fatalf("%+v", c)
	}
	d.refused("decide", nil, "目前处于“已登记，待审查”")
	d.refused("dance", nil, "没有这个动作")
	d.refused("register", nil, "没有这个动作")
	d.refused("accept", map[string]any{"cond_lawful": true}, "请填写“")
	d.refused("accept", map[string]any{"cond_lawful": false, "cond_specific": true, "accept_at": "2026-09-28", "accept_department": "样本科"}, "受理条件第一项")
	d.refused("accept", map[string]any{"shoe_size": 44}, "没有这一项")
	d.refused("refuse", map[string]any{"refusal_condition": []any{"lawful"}, "refusal_ground": "mood", "refusal_facts": "x"}, "没有这个选项")
	if _, err := Decide(c, d.env, Command{Action: "accept", Values: acceptForm, At: d.env.Now.Add(time.Hour)}); err == nil {
		t.Error("done to-morrow")
	}
	if _, err := Decide(c, d.env, Command{Action: "accept", Values: acceptForm, At: moment("2026-09-01")}); err == nil {
		t.Error("done before it was received")
	}
	for at, says := range map[string]string{"2026-09-27": "“受理日期”早于收到日期", "2026-09-29": "“受理日期”晚于现在"} {
		form := maps.Clone(acceptForm)
		form["accept_at"] = at
		d.refused("accept", form, says)
	}
	_, err := Decide(c, d.env, Command{Action: "accept", Values: acceptForm, At: moment("2026-09-27 23:59")})
	saysSo(t, err, "办理时间早于收到日期")
	c = d.do("accept", acceptForm)
	if c.Slot("acceptance") != "accepted" || c.Main().Next != "assign" || c.Marks["accepted"][0].At != moment("2026-09-28") {
		t.Fatalf("%+v", c)
	}
	d.do("assign", map[string]any{"assignee": "样本经办"})
	d.refused("extend", map[string]any{"extend_by": "10workday", "extend_reason": "x"}, "需要“负责人”办理")
	d.roles = append(d.roles, "approver")
	offers := Offers(d.c(), d.env)
	allowed := map[string]bool{}
	for i, o := range offers {
		allowed[o.Action.ID] = o.Allowed
		if o.Allowed != (o.Why == "") {
			t.Errorf("%s: allowed %v because “%s”", o.Action.ID, o.Allowed, o.Why)
		}
		if i > 0 && o.Allowed && !offers[i-1].Allowed {
			t.Error("an allowed action stands behind one that is not")
		}
	}
	for id, want := range map[string]bool{"extend": true, "decide": true, "accept": false, "archive": false, "review": false} {
		if allowed[id] != want {
			t.Errorf("%s allowed: %v", id, allowed[id])
		}
	}
	d.roles = nil
	d.refused("assign", map[string]any{"assignee": "x"}, "需要“承办人”办理")
}

func TestOneStepIsTakenBack(t *testing.T) {
	d := newTable(t)
	d.put(Register(d.env, complaintIn()))
	d.do("accept", acceptForm)
	undo := func(id journal.ID) (*Act, error) { return DecideUndo(d.c(), d.env, id) }
	d.do("assign", map[string]any{"assignee": "样本经办"})
	_, err := undo("e2")
	saysSo(t, err, "之后已经办理了“交办”")
	d.put(undo("e3"))
	_, err = undo("nothing")
	saysSo(t, err, "没有这一步")
	note, err := DecideNote(d.env, "已电话联系")
	d.put(note, err)
	if c := d.put(undo("e2")); c.Main().Stage != "registered" || c.Slot("acceptance") != "" {
		t.Fatalf("stage %s", c.Main().Stage)
	}
	_, err = undo("e2")
	saysSo(t, err, "已经撤销")
	_, err = undo("e1")
	saysSo(t, err, "不能撤销")
	if c := d.do("accept", acceptForm); c.Slot("acceptance") != "accepted" {
		t.Error("not accepted again")
	}
	for _, text := range []string{"", strings.Repeat("字", 20001)} {
		_, err = DecideNote(d.env, text)
		saysSo(t, err, "备注为空或过长")
	}
}

func TestACorrectionMovesWhatLimitsCountFrom(t *testing.T) {
	d := newTable(t)
	d.put(Register(d.env, complaintIn()))
	edit := func(values map[string]any) (*Act, error) { return DecideEdit(d.c(), d.env, values, "样本理由") }
	for says, values := range map[string]map[string]any{"没有这一项": {"shoe_size": 1}, "没有要更正": {}, "收到日期晚于现在": {"received_at": "2027-01-01"},
		"没有这个选项": {"importance": "enormous"}, "请填写投诉人姓名": {"complainant": map[string]any{"phone": "13800000000"}}} {
		_, err := edit(values)
		saysSo(t, err, says)
	}
	c := d.put(edit(map[string]any{"received_at": "2026-09-20 08:00", "facts": "改正", "request": nil}))
	if m := c.Marks[ReceivedMark]; len(m) != 1 || !m[0].At.Equal(moment("2026-09-20 08:00")) || c.Fields["facts"] != "改正" {
		t.Fatalf("%v %v", c.Marks[ReceivedMark], c.Fields)
	}
	if c := d.put(DecideUndo(c, d.env, "e2")); !c.Marks[ReceivedMark][0].At.Equal(moment("2026-09-28 09:00")) {
		t.Error("the correction taken back, the date did not come back")
	}
}

func TestACorrectedDateMovesTheMarkThatHeldIt(t *testing.T) {
	d := newTable(t)
	d.put(Register(d.env, complaintIn()))
	d.do("accept", acceptForm)
	d.env.Now = moment("2026-10-12 10:00")
	edit := func(values map[string]any) (*Act, error) { return DecideEdit(d.c(), d.env, values, "笔误") }
	for says, values := range map[string]map[string]any{
		"“受理日期”早于收到日期":      {"accept_at": "2026-09-27"},
		"“受理日期”晚于现在":        {"accept_at": "2026-10-13"},
		"“受理日期”是时限起止的日期":    {"accept_at": ""},
		"更正后的收到日期晚于已经办理的日期": {"received_at": "2026-10-10"},
		"时限起止的日期，不能清空":      {"received_at": nil},
		"不适用于":              {"received_at": "1990-01-01"},
		"“分送到本机关时间”晚于现在":    {"forwarded_at": "2026-10-13"},
	} {
		_, err := edit(values)
		saysSo(t, err, says)
	}
	c := d.put(edit(map[string]any{"accept_at": "2026-09-30", "forwarded_at": "2026-09-29 09:00"}))
	if m := c.Marks["accepted"]; len(m) != 1 || m[0].At != moment("2026-09-30") || c.Fields["accept_at"] != "2026-09-30" {
		t.Fatalf("%v %v", m, c.Fields["accept_at"])
	}
	if m := c.Marks["forwarded"]; len(m) != 1 || m[0].At != moment("2026-09-29 09:00") {
		t.Fatalf("%v", m)
	}
}

func TestNothingIsDecidedOverAContradiction(t *testing.T) {
	d := newTable(t)
	d.put(Register(d.env, complaintIn()))
	one, err := Decide(d.c(), d.env, Command{Action: "accept", Values: acceptForm})
	d.put(one, err)
	d.entries = append(d.entries, Entry{Node: journal.Node{ID: "f2", Parents: []journal.ID{"e1"}, Replica: "s", Seq: 1}, Act: one})
	c := d.c()
	d.refused("assign", map[string]any{"assignee": "x"}, "请先在“同步状态/冲突”中裁决")
	_, err = DecideResolve(c, d.env, "k0", "e2", "")
	saysSo(t, err, "可能已经裁决")
	_, err = DecideResolve(c, d.env, c.Contradictions[0].ID, "e1", "")
	saysSo(t, err, "不在这个冲突里")
	act, err := DecideResolve(c, d.env, c.Contradictions[0].ID, "e2", "")
	if err != nil || !slices.Equal(act.Effects[0].(*Resolve).Drop, []journal.ID{"f2"}) {
		t.Fatalf("%+v %v", act, err)
	}
	d.put(Simple(d.env, MergeAction, "并案", "", &Merge{Into: "c9"}), nil)
	d.entries = d.entries[:2:2]
	d.put(Simple(d.env, MergeAction, "并案", "", &Merge{Into: "c9"}), nil)
	d.refused("assign", map[string]any{"assignee": "x"}, "已并入另一案件")
}

func TestAProtectedPersonStandsInNoOpenPart(t *testing.T) {
	d := newTable(t)
	in := complaintIn()
	in.Protected = true
	in.Values["agent"] = map[string]any{"name": "李样本"}
	c := d.put(Register(d.env, in))
	edit, err := DecideEdit(c, d.env, map[string]any{"complainant": map[string]any{"name": "张样本二"}}, "")
	d.put(edit, err)
	for _, e := range d.entries {
		plain, identity, err := e.Act.Encode()
		if err != nil || strings.Contains(string(plain), "张样本") || strings.Contains(string(plain), "李样本") || !strings.Contains(string(identity), "张样本") {
			t.Errorf("open part %s (%v)", plain, err)
		}
	}
	if person := d.c().Fields["complainant"].(map[string]any); person["name"] != "张样本二" {
		t.Errorf("%v", person)
	}
}

func TestAStepIsNotDatedBeforeTheStepItStandsOn(t *testing.T) {
	d := newTable(t)
	d.put(Register(d.env, complaintIn()))
	d.env.Now = moment("2026-10-12 10:00")
	form := maps.Clone(acceptForm)
	form["accept_at"] = "2026-10-09"
	d.do("accept", form)
	back := func(action, at string, values map[string]any) error {
		act, err := Decide(d.c(), d.env, Command{Action: action, Values: values, At: moment(at), Reason: "当时电脑停用"})
		if err == nil {
			d.put(act, nil)
		}
		return err
	}
	saysSo(t, back("assign", "2026-10-08 09:00", map[string]any{"assignee": "样本经办"}), "办理时间早于“受理”（2026年10月9日）")
	if err := back("classify", "2026-10-08 09:00", map[string]any{"importance": "major"}); err != nil {
		t.Errorf("what moves no stage may be written down late: %v", err)
	}
	if err := back("assign", "2026-10-09 08:00", map[string]any{"assignee": "样本经办"}); err != nil {
		t.Errorf("on the same day: %v", err)
	}
	if err := back("suspend", "2026-10-11 08:00", map[string]any{"suspend_reason": "鉴定"}); err != nil {
		t.Error(err)
	}
	saysSo(t, back("resume", "2026-10-10 08:00", map[string]any{"resume_reason": "已鉴定"}), "早于“中止”（2026年10月11日）")
	d.do("resume", map[string]any{"resume_reason": "已鉴定"})
	d.do("terminate", map[string]any{"dispute_kind": "civil", "terminate_ground": "settled", "terminate_reason": "和解"})
	d.refused("notify", map[string]any{"notify_way": "phone", "notify_at": "2026-10-10 09:00"}, "“告知或送达时间”早于“")
}

func TestAClockIsExtendedAsOftenAsTheRuleSays(t *testing.T) {
	d := newTable(t)
	d.roles = append(d.roles, "approver")
	d.put(Register(d.env, complaintIn()))
	d.do("accept", acceptForm)
	d.do("assign", map[string]any{"assignee": "样本经办"})
	more := map[string]any{"extend_by": "10workday", "extend_reason": "情况复杂"}
	c := d.do("extend", more)
	d.refused("extend", more, "“办理”时限只能延长1次")
	d.put(DecideUndo(c, d.env, c.History[len(c.History)-1].Act))
	d.do("extend", more)

	// What begins anew may be extended anew.
	d.env.Now = d.env.Now.AddDate(0, 0, 1)
	d.refused("extend", more, "“办理”时限只能延长1次")
	d.put(&Act{Action: "restart", At: d.env.Now, Effects: Effects{&Restart{Clock: "handling", At: d.env.Now}}}, nil)
	d.env.Now = d.env.Now.AddDate(0, 0, 1)
	d.do("extend", more)
	d.refused("extend", more, "“办理”时限只能延长1次")
}
