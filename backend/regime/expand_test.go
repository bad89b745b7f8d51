package regime_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"jiesu/backend/field"
	"jiesu/backend/regime"
)

// empty is a book with the vocabulary alone.
func empty(t testing.TB) *regime.Book {
	t.Helper()
	words, err := os.ReadFile("../../assets/regimes/actions.yaml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := regime.Load(fstest.MapFS{"actions.yaml": {Data: words}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// openSource is the small rulebook with an open list, and with more replaced:
// old and new in turn.
func openSource(t testing.TB, more ...string) []byte {
	t.Helper()
	src := small
	for i, more := 0, append([]string{"label: 颜色, items: [", "label: 颜色, open: true, items: [{id: other, label: 其他, flags: [needs_text]}, ",
		"items: [{id: name, label: 名称, type: text}]", "items: [{id: name, label: 名称, type: text}, {id: hue, label: 色, type: choice, list: colour}]"}, more...); i+1 < len(more); i += 2 {
		if !strings.Contains(src, more[i]) {
			t.Fatalf("nothing to replace: %s", more[i])
		}
		src = strings.Replace(src, more[i], more[i+1], 1)
	}
	return []byte(src)
}

func opened(t testing.TB, more ...string) (*regime.Book, *regime.Regime) {
	t.Helper()
	b, r, err := empty(t).With(openSource(t, more...))
	if err != nil {
		t.Fatal(err)
	}
	return b, r
}

func TestAChoiceWithOtherGetsItsText(t *testing.T) {
	_, r := opened(t)
	a, _ := r.Action("close")
	if len(a.Fields) != 2 || a.Fields[1].ID != "ground_text" || a.Fields[1].Label != "" || a.Fields[1].Required != field.When || a.Fields[1].Of != "ground" {
		t.Fatalf("the form is %+v", a.Fields)
	}
	if a.Fields[1].When.Field != "ground" || !slices.Equal(a.Fields[1].When.In, []string{"other"}) {
		t.Errorf("asked for when %+v", a.Fields[1].When)
	}
	def, ok := r.FieldDef("ground_text")
	if !ok || def.Type != field.Text || def.Label != "理由（请写明）" {
		t.Errorf("the field is %+v", def)
	}
	if _, ok := r.FieldDef("rows_text"); ok {
		t.Error("a group got a text")
	}
	rows, _ := r.FieldDef("rows")
	for _, tt := range []struct {
		row  map[string]any
		want bool
	}{{map[string]any{"hue": "red"}, true}, {map[string]any{"hue": "other"}, false}, {map[string]any{"hue": "other", "hue_text": "紫"}, true}} {
		if err := field.Check(rows, []any{tt.row}); (err == nil) != tt.want {
			t.Errorf("%v: %v", tt.row, err)
		}
	}
}

func TestAConditionOnTheChoiceHoldsForItsText(t *testing.T) {
	_, r := opened(t, "fields: [{id: ground, required: always, default: red}]", "fields: [{id: ground, when: {role: head}}]")
	a, _ := r.Action("close")
	for role, want := range map[string]bool{"role:head": true, "role:clerk": false} {
		f := facts{values: map[string]any{"ground": "other"}, words: map[string]bool{role: true}}
		if got, _ := a.Fields[1].When.Eval(f); got != want {
			t.Errorf("%s: shown %v", role, got)
		}
	}
}

func TestAnOfficeAddsToOpenListsOnly(t *testing.T) {
	b, before := opened(t, "lists: [", "lists: [{id: size, label: 大小, items: [{id: big, label: 大}]}, ")
	grown := b.WithItems([]regime.Addition{
		{Regime: before.ID, List: "colour", ID: "green", Label: "绿"},
		{Regime: before.ID, List: "colour", ID: "green", Label: "又是绿"},
		{Regime: before.ID, List: "colour", ID: "crimson", Label: "红"}, // a label that is there
		{Regime: before.ID, List: "size", ID: "small", Label: "小"},
		{Regime: before.ID, List: "shape", ID: "round", Label: "圆"},
		{Regime: "cn.other", List: "colour", ID: "black", Label: "黑"},
		{Regime: before.ID, List: "colour", ID: "黄", Label: "黄"},
		{Regime: before.ID, List: "colour", ID: "a.b", Label: "点"},
	})
	r, err := grown.Get(before.ID, before.Version)
	if err != nil {
		t.Fatal(err)
	}
	l, _ := r.List("colour")
	if len(l.Items) != 4 || l.Items[3].ID != "green" || l.Items[3].Label != "绿" {
		t.Errorf("the list is %+v", l.Items)
	}
	if size, _ := r.List("size"); len(size.Items) != 1 {
		t.Error("a closed list grew")
	}
	def, _ := r.FieldDef("ground")
	rows, _ := r.FieldDef("rows")
	if !def.HasOption("green") || !rows.Items[slices.IndexFunc(rows.Items, func(d field.Def) bool { return d.ID == "hue" })].HasOption("green") {
		t.Error("the field does not offer it")
	}
	if r.Hash != before.Hash {
		t.Error("the hash that cases are bound to changed")
	}
	if old, _ := b.Get(before.ID, before.Version); len(old.Lists[1].Items) != 3 {
		t.Error("the book it was made from changed")
	}
}

func TestABaseGivesItsNewShapesToo(t *testing.T) {
	b, base := opened(t, "purpose: 检验", "purpose: 检验\nissuer: 样本局\ninterpreter: 样本办\nsectors: [bank]\nsupplements: [{number: 一, title: 补充, issued: \"2024-01-01\", effective_from: \"2024-01-01\", text: 文}]",
		"letters:", "limits: [{role: head, field: rows}]\nletters:")
	_, r, err := b.With([]byte("format: 0\nid: cn.test.child\nversion: \"1\"\nextends: cn.test.small@1\nlimits: [{role: head, field: rows, kind: hue, kinds: [red]}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	if r.Issuer != base.Issuer || r.Interpreter != "样本办" || len(r.Sectors) != 1 || len(r.Supplements) != 1 {
		t.Errorf("got %+v", r)
	}
	if len(r.Limits) != 1 || len(r.Limits[0].Kinds) != 1 {
		t.Errorf("the limits are %+v", r.Limits)
	}
	a, _ := r.Action("close")
	if len(a.Fields) != 2 {
		t.Errorf("the inherited form is %+v", a.Fields)
	}
}

func TestEveryRulebookHasRecusal(t *testing.T) {
	for _, r := range shipped(t).All() {
		for _, id := range []string{regime.RecuseAction, regime.DecideRecusalAction} {
			if _, ok := r.Action(id); !ok {
				t.Errorf("%s has no %s", r.Key(), id)
			}
		}
	}
}

func TestFaultsOfTheNewShapesAreFound(t *testing.T) {
	const matrix = "\nmatrices: [{id: m, label: 表, row: ground, column: shade, sets: level, cells: {red: {dark: high}, blue: {dark: low}, other: {dark: low}}}]"
	shapes := []string{"fields:", "fields:\n  - {id: shade, label: 深浅, type: choice, options: [{id: dark, label: 深}]}\n  - {id: level, label: 级, type: choice, options: [{id: high, label: 高}, {id: low, label: 低}]}\n  - {id: pick, label: 哪一行, type: row, rows: rows}\n  - {id: day, label: 日, type: date}\n  - {id: sum, label: 金额, type: money}",
		"letters:", "rules: [{id: again, kind: repeat, label: 重复, same: [respondent.name], count: 1, span: 1year, proposes: close}]\nlimits: [{role: head, field: rows, kind: hue, kinds: [red]}]" + matrix + "\nletters:"}
	opened(t, shapes...) // sound as it stands
	for _, tt := range []struct{ name, old, new, want string }{
		{"a sector nobody knows", "purpose: 检验", "purpose: 检验\nsectors: [circus]", "行业“circus”"},
		{"a capacity nobody knows", "purpose: 检验", "purpose: 检验\nprofiles: [king]", "主体资格“king”"},
		{"a supplement without text", "purpose: 检验", "purpose: 检验\nsupplements: [{number: 一, title: 补充, issued: \"2024-01-01\", effective_from: \"2024-01-01\", text: \"\"}]", "正文"},
		{"a supplement for no stage", "purpose: 检验", "purpose: 检验\nsupplements: [{number: 一, title: 补充, issued: \"2024-01-01\", effective_from: \"2024-01-01\", stage: main:gone, text: 文}]", "环节“main:gone”"},
		{"a matter flag nobody knows", "tracks: [main]}]", "tracks: [main], flags: [loud]}]", "标志“loud”"},
		{"an empty cell", "blue: {dark: low}, ", "", "缺一格：blue × dark"},
		{"a cell that is no value", "{dark: high}", "{dark: middle}", "没有选项“middle”"},
		{"a cell of no row", "cells: {red:", "cells: {pink: {dark: low}, red:", "pink"},
		{"a matrix over a text", "column: shade", "column: facts", "不是有选项的字段"},
		{"a rule of no kind", "kind: repeat", "kind: guess", "种类“guess”"},
		{"a rule that proposes nothing", "proposes: close", "proposes: dance", "动作“dance”不存在"},
		{"a rule over no field", "same: [respondent.name]", "same: [owner]", "字段“owner”不存在"},
		{"a limit of no role", "{role: head, field: rows", "{role: king, field: rows", "角色“king”不存在"},
		{"a limit over no group", "field: rows, kind", "field: ground, kind", "不是有行的字段"},
		{"a limit of no amount", "kinds: [red]", "kinds: [red], max: unset", "没有写金额列"},
		{"a limit of no kind", "kinds: [red]", "kinds: [pink]", "“pink”"},
		{"an amount that is none", "kinds: [red]", "amount: name", "不是金额列"},
		{"a row of no group", "type: row, rows: rows", "type: row, rows: ground", "有行的字段"},
		{"rows of no group", "guard: {field: ground, is: red,", "guard: {rows: {field: ground},", "不是有行的字段"},
		{"rows of no column", "guard: {field: ground, is: red,", "guard: {rows: {field: rows, column: age},", "没有“age”这一列"},
		{"rows of no option", "guard: {field: ground, is: red,", "guard: {rows: {field: rows, column: hue, in: [pink]},", "没有选项“pink”"},
		{"a gap between no moments", "guard: {field: ground, is: red,", "guard: {gap: {since: day, until: sum, min: 1day},", "“sum”不是日期"},
		{"a gap in working days", "guard: {field: ground, is: red,", "guard: {gap: {since: day, until: received_at, min: 1workday},", "用了工作日"},
		{"a gap of no length", "guard: {field: ground, is: red,", "guard: {gap: {since: day, until: received_at},", "没有写"},
		{"authority without limits", "guard: {field: ground, is: red,", "guard: {authority: members,", "没有写任何角色的额度"},
		{"in charge of nothing", "guard: {field: ground, is: red,", "guard: {in_charge: gone,", "字段“gone”不存在"},
		{"a day that is none", "guard: {field: ground, is: red,", "guard: {mark: {id: received, from: gestern},", "“gestern”"},
		{"an update that picks no row", "effects: [", "effects: [{update: {row: ground, columns: {name: ground}}}, ", "不是选一行的字段"},
		{"a column that is not there", "effects: [", "effects: [{add: {field: rows, columns: {age: ground}}}, ", "没有“age”这一列"},
		{"a fixed value that fits no column", "effects: [", "effects: [{add: {field: rows, columns: {name: ground}, values: {hue: pink}}}, ", "不能是这个值"},
		{"a length from no such field", "span: 7workday, ", "span: 7workday, span_from: rows, ", "不是能说明多久的字段"},
		{"a demand of no action", "span: 7workday, ", "span: 7workday, demands: dance, ", "动作“dance”不存在"},
		{"a law without its article", "span: 7workday, ", "span: 7workday, law: {span: 7workday, article: \"\"}, ", "哪一条"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := empty(t).With(openSource(t, append(slices.Clone(shapes), tt.old, tt.new)...))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}
