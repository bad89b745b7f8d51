package regime_test

import (
	"testing"
	"time"

	"jiesu/backend/regime"
)

type facts struct {
	values map[string]any
	stages map[string]string
	marks  map[string][]time.Time
	clocks map[string]string
	words  map[string]bool // "role:x", "did:x", "letter:x"
	now    time.Time
	rows   map[string][]map[string]any
}

func (f facts) Field(path string) (any, bool) { v, ok := f.values[path]; return v, ok }
func (f facts) Stage(track string) string     { return f.stages[track] }
func (f facts) Track() string                 { return "main" }
func (f facts) MarkCount(id string) int       { return len(f.marks[id]) }
func (f facts) ClockState(id string) string   { return f.clocks[id] }
func (f facts) HasRole(id string) bool        { return f.words["role:"+id] }
func (f facts) DidAction(id string) bool      { return f.words["did:"+id] }
func (f facts) LetterIssued(id string) bool   { return f.words["letter:"+id] }
func (f facts) Now() time.Time                { return f.now }
func (f facts) WithinAuthority(g string) bool { return !f.words["beyond:"+g] }
func (f facts) Skilled(s *regime.Skilled) ([]string, bool, bool) {
	return []string{"样本专员"}, f.words["skilled:"+s.Is], f.words["skills"]
}
func (f facts) InCharge(path string) bool { return f.words["charge:"+path] }
func (f facts) InArea(path string) bool   { return !f.words["outside:"+path] }
func (f facts) NamesMe(path string) bool  { return f.words["me:"+path] }
func (f facts) MarkCountIn(id, from, to string) int {
	n := 0
	for _, at := range f.marks[id] {
		if day := at.Format(time.DateOnly); (from == "" || day >= from) && (to == "" || day <= to) {
			n++
		}
	}
	return n
}
func (f facts) CountRows(group string, counts func(map[string]any) bool) int {
	n := 0
	for _, row := range f.rows[group] {
		if counts(row) {
			n++
		}
	}
	return n
}
func (f facts) MarkAt(id string) (time.Time, bool) {
	m := f.marks[id]
	if len(m) == 0 {
		return time.Time{}, false
	}
	return m[len(m)-1], true
}

func n(i int) *int         { return &i }
func x(f float64) *float64 { return &f }

func TestGuards(t *testing.T) {
	at := time.Date(2026, 9, 18, 10, 0, 0, 0, time.UTC)
	f := facts{
		values: map[string]any{"yes": true, "no": false, "kind": "civil", "sum": "1280.50", "n": 3.0, "list": []any{"a", "b"}, "blank": " ", "complainant.name": "张三"},
		stages: map[string]string{"main": "open", "report": "done"},
		marks:  map[string][]time.Time{"told": {at, at.AddDate(0, 0, 1)}},
		clocks: map[string]string{"handling": "overdue"},
		words:  map[string]bool{"role:head": true, "did:accept": true, "letter:decision": true, "beyond:gifts": true, "charge:department": true, "me:respondent": true},
		now:    at.AddDate(0, 0, 3),
		rows:   map[string][]map[string]any{"orders": {{"unit": "一科", "reply": "好"}, {"unit": "二科"}, {"unit": "二科", "reply": " "}}},
	}
	f.values["due"], f.values["came"], f.values["day"] = "2026-09-18T10:00:00+08:00", "2026-09-18T10:30:00+08:00", "2026-09-18"
	for _, tt := range []struct {
		name string
		g    *regime.Guard
		want bool
	}{
		{"no guard holds", nil, true},
		{"an empty guard holds", &regime.Guard{}, true},
		{"a field has a value", &regime.Guard{Field: "complainant.name"}, true},
		{"no is a value", &regime.Guard{Field: "no"}, true},
		{"blank is none", &regime.Guard{Field: "blank"}, false},
		{"a field is false", &regime.Guard{Field: "no", Is: false}, true},
		{"a field is not false", &regime.Guard{Field: "yes", Is: false}, false},
		{"an absent field is nothing", &regime.Guard{Field: "gone", Is: false}, false},
		{"a number is written as in YAML", &regime.Guard{Field: "n", Is: 3.0}, true},
		{"one of", &regime.Guard{Field: "kind", In: []string{"internal", "civil"}}, true},
		{"a list holds", &regime.Guard{Field: "list", Is: "b"}, true},
		{"a list holds none", &regime.Guard{Field: "list", In: []string{"c"}}, false},
		{"money in range", &regime.Guard{Field: "sum", Min: x(1000), Max: x(2000)}, true},
		{"money over", &regime.Guard{Field: "sum", Max: x(1280)}, false},
		{"no number has no range", &regime.Guard{Field: "kind", Min: x(0)}, false},
		{"the stage of the own track", &regime.Guard{Stage: "open"}, true},
		{"the stage of another", &regime.Guard{Stage: "report:done"}, true},
		{"a wrong stage", &regime.Guard{Stage: "main:done"}, false},
		{"a mark is set", &regime.Guard{Mark: &regime.CountGuard{ID: "told"}}, true},
		{"a mark set too often", &regime.Guard{Mark: &regime.CountGuard{ID: "told", Max: n(1)}}, false},
		{"a mark never set", &regime.Guard{Mark: &regime.CountGuard{ID: "gone", Max: n(0)}}, true},
		{"a clock's state", &regime.Guard{Clock: &regime.ClockGuard{ID: "handling", In: []string{"running"}}}, false},
		{"a role", &regime.Guard{Role: "head"}, true},
		{"independence", &regime.Guard{NotBy: "accept"}, false},
		{"independence kept", &regime.Guard{NotBy: "decide"}, true},
		{"a letter", &regime.Guard{Letter: "decision"}, true},
		{"within three days", &regime.Guard{Within: &regime.Within{Mark: "told", Span: "3day"}}, true},
		{"not within an hour", &regime.Guard{Within: &regime.Within{Mark: "told", Span: "1hour"}}, false},
		{"within of no mark", &regime.Guard{Within: &regime.Within{Mark: "gone", Span: "3day"}}, false},
		{"a mark in a span of days", &regime.Guard{Mark: &regime.CountGuard{ID: "told", From: "2026-09-19", Min: n(1), Max: n(1)}}, true},
		{"a mark up to a day", &regime.Guard{Mark: &regime.CountGuard{ID: "told", To: "2026-09-17"}}, false},
		{"a group has rows", &regime.Guard{Rows: &regime.RowsGuard{Field: "orders"}}, true},
		{"a group without rows", &regime.Guard{Rows: &regime.RowsGuard{Field: "gone"}}, false},
		{"no row may be unanswered", &regime.Guard{Rows: &regime.RowsGuard{Field: "orders", Column: "reply", Empty: true, Max: n(0)}}, false},
		{"two rows are unanswered", &regime.Guard{Rows: &regime.RowsGuard{Field: "orders", Column: "reply", Empty: true, Min: n(2), Max: n(2)}}, true},
		{"one row is answered", &regime.Guard{Rows: &regime.RowsGuard{Field: "orders", Column: "reply", Max: n(1)}}, true},
		{"rows with one of these", &regime.Guard{Rows: &regime.RowsGuard{Field: "orders", Column: "unit", In: []string{"二科"}, Min: n(2)}}, true},
		{"half an hour late is late", &regime.Guard{Gap: &regime.Gap{Since: "due", Until: "came", Min: "30minute"}}, true},
		{"and not later", &regime.Guard{Gap: &regime.Gap{Since: "due", Until: "came", Min: "31minute"}}, false},
		{"at most half an hour", &regime.Guard{Gap: &regime.Gap{Since: "due", Until: "came", Max: "30minute"}}, true},
		{"less than was needed", &regime.Guard{Gap: &regime.Gap{Since: "due", Until: "came", Max: "29minute"}}, false},
		{"a day begins at midnight", &regime.Guard{Gap: &regime.Gap{Since: "day", Until: "due", Min: "10hour", Max: "10hour"}}, true},
		{"a gap to nowhere", &regime.Guard{Gap: &regime.Gap{Since: "due", Until: "gone", Max: "30minute"}}, false},
		{"within one's authority", &regime.Guard{Authority: "remedies"}, true},
		{"beyond it", &regime.Guard{Authority: "gifts"}, false},
		{"in charge", &regime.Guard{InCharge: "department"}, true},
		{"in charge of another", &regime.Guard{InCharge: "branch"}, false},
		{"no skill is asked for", &regime.Guard{Skilled: &regime.Skilled{Who: "handler", Field: "category"}}, true},
		{"in the area", &regime.Guard{InArea: "respondent"}, true},
		{"not oneself", &regime.Guard{NotSelf: "handler"}, true},
		{"oneself", &regime.Guard{NotSelf: "respondent"}, false},
		{"several keys must all hold", &regime.Guard{Role: "head", Letter: "refusal"}, false},
		{"any of none", &regime.Guard{Any: []regime.Guard{{Role: "king"}, {Role: "queen"}}}, false},
		{"any of one", &regime.Guard{Any: []regime.Guard{{Role: "king"}, {Role: "head"}}}, true},
		{"not", &regime.Guard{Not: &regime.Guard{Role: "head"}}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, why := tt.g.Eval(f)
			if got != tt.want {
				t.Fatalf("got %v", got)
			}
			if !got && why == "" {
				t.Fatal("no sentence")
			}
		})
	}
}

func TestAGuardKnowsThatAuthorityEnds(t *testing.T) {
	f := facts{words: map[string]bool{"beyond:gifts": true}}
	for _, tt := range []struct {
		name string
		g    *regime.Guard
		want bool
	}{
		{"it alone", &regime.Guard{Authority: "gifts"}, true},
		{"another group", &regime.Guard{Authority: "remedies"}, false},
		{"among others", &regime.Guard{All: []regime.Guard{{Role: "x"}, {Authority: "gifts"}}}, true},
		{"one way of several", &regime.Guard{Any: []regime.Guard{{Authority: "gifts"}, {Role: "x"}}}, false},
		{"every way", &regime.Guard{Any: []regime.Guard{{Authority: "gifts"}, {Role: "x", Authority: "gifts"}}}, true},
		{"no guard", nil, false},
	} {
		if got := tt.g.Beyond(f); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestTheMostExactSentenceIsSaid(t *testing.T) {
	g := &regime.Guard{Says: "外", All: []regime.Guard{{Role: "king", Says: "里"}}}
	if _, why := g.Eval(facts{}); why != "里" {
		t.Errorf("said %q", why)
	}
	g = &regime.Guard{Says: "外", Any: []regime.Guard{{Role: "king"}}}
	if _, why := g.Eval(facts{}); why != "外" {
		t.Errorf("said %q", why)
	}
}

// The rules of the two shipped systems, in the trade's words.
func TestRulesOfTheShippedSystems(t *testing.T) {
	book := shipped(t)
	for _, tt := range []struct {
		name, regime, action string
		f                    facts
		want                 bool
	}{
		{"S7 受理 is offered before the questions are answered", "cn.gov.general", "accept", facts{}, true},
		{"S7 受理 with 否 is refused", "cn.gov.general", "accept", facts{values: map[string]any{"cond_lawful": true, "cond_specific": false}}, false},
		{"S7 受理 with two 是", "cn.gov.general", "accept", facts{values: map[string]any{"cond_lawful": true, "cond_specific": true}}, true},
		{"S7 处理决定 on a civil dispute is refused", "cn.gov.general", "decide", facts{values: map[string]any{"dispute_kind": "civil"}}, false},
		{"S7 处理决定 on an administrative matter", "cn.gov.general", "decide", facts{values: map[string]any{"dispute_kind": "administrative"}}, true},
		{"S7 复核 for an ordinary case is refused", "cn.gov.general", "review", facts{values: map[string]any{"importance": "ordinary"}}, false},
		{"S7 办结 without 公示决定 is refused", "cn.gov.general", "close", facts{}, false},
		{"S16 a visitor is not told to the desk", "cn.property.zz98", "tell-desk", facts{values: map[string]any{"channel": "visit"}}, false},
		{"S16 当场处理 needs no opinion", "cn.property.zz98", "handle", facts{values: map[string]any{"channel": "visit", "handled_on_spot": true}}, true},
		{"S16 不能当场 needs the superior's opinion", "cn.property.zz98", "handle", facts{values: map[string]any{"channel": "visit", "handled_on_spot": false}}, false},
		{"S16 不能当场 with the superior's opinion", "cn.property.zz98", "handle",
			facts{values: map[string]any{"channel": "visit", "handled_on_spot": false}, marks: map[string][]time.Time{"superior-opinion": {{}}}}, true},
		{"S16 来电 goes without", "cn.property.zz98", "handle", facts{values: map[string]any{"channel": "phone", "handled_on_spot": false}}, true},
		{"S16 立即上报 needs the head's opinion", "cn.property.zz98", "handle",
			facts{values: map[string]any{"channel": "phone"}, marks: map[string][]time.Time{"escalated": {{}}}}, false},
		{"S16 办结 without a signature is refused", "cn.property.zz98", "close", facts{}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := book.Latest(tt.regime)
			if err != nil {
				t.Fatal(err)
			}
			a, ok := r.Action(tt.action)
			if !ok {
				t.Fatal("no such action")
			}
			if got, why := a.Guard.Eval(tt.f); got != tt.want {
				t.Fatalf("got %v %q", got, why)
			}
		})
	}
}
