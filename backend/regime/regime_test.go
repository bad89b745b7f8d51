package regime_test

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/fault"
	"jiesu/backend/field"
	"jiesu/backend/regime"
)

// loadShipped is done once: nothing changes a book.
var loadShipped = sync.OnceValues(func() (*regime.Book, error) { return regime.Load(os.DirFS("../../assets/regimes")) })

func shipped(t testing.TB) *regime.Book {
	t.Helper()
	b, err := loadShipped()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// small is the least rulebook that passes; tests spoil one line of it.
const small = `format: 0
id: cn.test.small
version: "1"
title: 小办法
purpose: 检验
effective_from: "2020-01-01"
matters: [{id: complaint, label: 投诉, tracks: [main]}]
channels: [{id: visit, label: 来人}]
roles: [{id: head, label: 负责人}]
lists: [{id: colour, label: 颜色, items: [{id: red, label: 红}, {id: blue, label: 蓝}]}]
fields:
  - {id: ground, label: 理由, type: choice, list: colour}
  - {id: rows, label: 行, type: group, items: [{id: name, label: 名称, type: text}]}
tracks:
  - id: main
    label: 办理
    stages: [{id: open, label: 待办, next: close}, {id: done, label: 完, end: true}]
actions:
  - id: close
    label: 办结
    track: main
    stages: [open]
    guard: {field: ground, is: red, says: 理由不是红}
    fields: [{id: ground, required: always, default: red}]
    effects: [{mark: {id: closed}}, {go: done}]
clocks:
  - {id: handling, label: 办理, span: 7workday, start: [received], stop: [closed], origin: statutory, article: 第一条}
letters:
  - {kind: result, label: 结果, template: t, act: result}
`

func TestTheShippedRulebooksPass(t *testing.T) {
	b := shipped(t)
	for _, r := range b.All() {
		src, _ := b.Source(r.ID, r.Version)
		_, problems, err := b.Check(src)
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v %v", r.Key(), err, problems)
		}
		if len(r.Hash) != 64 {
			t.Errorf("%s has no hash", r.Key())
		}
	}
	for _, id := range []string{"cn.gov.general", "cn.property.zz98"} {
		if _, err := b.Latest(id); err != nil {
			t.Error(err)
		}
	}
}

func TestTheSmallRulebookPasses(t *testing.T) {
	if _, r, err := shipped(t).With([]byte(small)); err != nil || r.Title != "小办法" {
		t.Fatal(err)
	}
}

func TestEveryFaultIsFound(t *testing.T) {
	for _, tt := range []struct{ name, old, new, want string }{
		{"no purpose", "purpose: 检验", `purpose: ""`, "目的"},
		{"no date", `effective_from: "2020-01-01"`, "effective_from: 去年", "施行日期"},
		{"an id that is not ASCII", "id: cn.test.small", "id: 小办法", "只能用英文字母"},
		{"a format of tomorrow", "format: 0", "format: 1", "请升级"},
		{"an unknown key", "title: 小办法", "titel: 小办法", "第 4 行：不认识的项目“titel”"},
		{"a key twice", "purpose: 检验", "purpose: 检验\npurpose: 再检验", "出现两次"},
		{"a text where a list belongs", "channels: [{id: visit, label: 来人}]", "channels: 来人", "类型不符"},
		{"an anchor", "title: 小办法", "title: &a 小办法", "锚点"},
		{"an alias", "title: 小办法", "title: *a", "锚点"},
		{"a merge key", "  - {id: rows,", "  - {<<: x, id: rows,", "合并"},
		{"a tag", "title: 小办法", "title: !!binary 小办法", "标签"},
		{"a second document", "title: 小办法", "title: 小办法\n---\nid: x", "---"},
		{"a matter of no track", "tracks: [main]}]", "tracks: [other]}]", "流程“other”不存在"},
		{"a list that is not there", "list: colour", "list: shape", "列表“shape”不存在"},
		{"an open list without 其他", "label: 颜色,", "label: 颜色, open: true,", "needs_text"},
		{"an unknown field type", "type: group,", "type: table,", "类型“table”不认识"},
		{"a standard field repeated", "{id: ground, label: 理由", "{id: facts, label: 理由", "不必再写"},
		{"no end", "end: true", "end: false", "没有结束的阶段"},
		{"a stage that nothing leads to", "{id: done, label: 完", "{id: odd, label: 怪}, {id: done, label: 完", "阶段“odd”没有动作通到"},
		{"a stage that nothing leads out of", "{go: done}", "{go: open}", "走得出去"},
		{"an action nobody knows", "  - id: close", "  - id: dance", "动作词表"},
		{"an unknown stage", "stages: [open]", "stages: [ajar]", "阶段“ajar”不存在"},
		{"an unknown role", "track: main\n    stages: [open]", "track: main\n    roles: [king]\n    stages: [open]", "角色“king”不存在"},
		{"a guard without words", ", says: 理由不是红}", "}", "says"},
		{"a guard on no such field", "guard: {field: ground,", "guard: {field: cause,", "字段“cause”不存在"},
		{"a guard on no such option", "is: red", "is: green", "没有选项“green”"},
		{"a guard too deep", "guard: {field: ground, is: red, says: 理由不是红}", "guard: {says: x, all: [{any: [{not: {not: {field: ground}}}]}]}", "超过 3 层"},
		{"a form of no such field", "fields: [{id: ground, required: always, default: red}]", "fields: [{id: cause}]", "字段“cause”不存在"},
		{"a default that is no option", "default: red", "default: green", "默认值"},
		{"required when, without when", "required: always", "required: when", "没有写条件"},
		{"two effects in one", "{mark: {id: closed}}", "{mark: {id: closed}, go: done}", "恰好写一种"},
		{"a moment that is not on the form", "{mark: {id: closed}}", "{mark: {id: closed, at: when}}", "不在它的表单里"},
		{"a mark that nothing sets", "stop: [closed]", "stop: [ended]", "时点“ended”没有任何动作"},
		{"a clock without origin", "origin: statutory, ", "", "没有写来源"},
		{"a statutory clock without article", ", article: 第一条", "", "没有写哪一条"},
		{"an unset clock with a length", "origin: statutory", "origin: unset", "却有长度"},
		{"a span that is none", "7workday", "7weeks", "看不懂"},
		{"a roll that is none", "origin: statutory", "roll: sometimes, origin: statutory", "顺延方式"},
		{"a clock that pauses for ever", "origin: statutory", "pause: [closed], origin: statutory", "怎样恢复"},
		{"a letter without a template", "template: t, ", "", "模板"},
		{"the same letter twice", "letters:\n", "letters:\n  - {kind: result, label: 甲, template: t, act: result}\n", "出现两次"},
		{"no file at all", small, "", "格式不对|一份内容"},
		{"deep brackets", "title: 小办法", "title: " + strings.Repeat("[", 60000), "太长|嵌套|格式"},
		{"deep indents", "title: 小办法", "title:\n" + staircase(40), "嵌套|格式"},
		{"not text", "title: 小办法", "title: \xff\xfe", "UTF-8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src := strings.Replace(small, tt.old, tt.new, 1)
			if src == small {
				t.Fatal("the test spoils nothing")
			}
			_, _, err := shipped(t).With([]byte(src))
			if err == nil {
				t.Fatal("it was taken")
			}
			_, problems, _ := shipped(t).Check([]byte(src))
			said := fault.Of(err).Message
			for _, p := range problems {
				said += "\n" + p.Message
				if p.Line == 0 && p.Path != "" {
					t.Errorf("no line for %s: %s", p.Path, p.Message)
				}
			}
			if !slices.ContainsFunc(strings.Split(tt.want, "|"), func(w string) bool { return strings.Contains(said, w) }) {
				t.Fatalf("said %q, want %q", said, tt.want)
			}
		})
	}
}

func staircase(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i+1) + "a:\n")
	}
	return b.String()
}

func TestAFileTooBigIsRefusedAtOnce(t *testing.T) {
	for name, src := range map[string]string{
		"too big":       small + strings.Repeat("# 长\n", 200_000),
		"long line":     small + "purpose2: " + strings.Repeat("a ", 200_000),
		"many brackets": strings.Repeat("a: [\n", 80_000),
		"many dashes":   strings.Repeat("- ", 4_000),
		"many keys":     strings.Repeat("? ", 4_000),
		"quotes":        strings.Repeat("\"\n", 200_000),
		"colons":        strings.Repeat("a:\n", 120_000),
	} {
		start := time.Now()
		if _, _, err := shipped(t).With([]byte(src)); err == nil {
			t.Errorf("%s was taken", name)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func TestExtendsReplacesWhatItSays(t *testing.T) {
	b, base, err := shipped(t).With([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	child := `format: 0
id: cn.test.child
version: "1"
extends: cn.test.small@1
title: 子办法
clocks:
  - {id: handling, label: 办理, span: 3workday, start: [received], stop: [closed], origin: unit}
`
	b, r, err := b.With([]byte(child))
	if err != nil {
		t.Fatal(err)
	}
	if r.Purpose != "检验" || r.Title != "子办法" || len(r.Actions) != 3 || r.Clocks[0].Span != "3workday" || len(r.Clocks) != 1 {
		t.Fatalf("got %+v", r)
	}
	if base.Clocks[0].Span != "7workday" || r.Hash == base.Hash {
		t.Error("the base changed, or both have one hash")
	}
	if _, _, err := b.With([]byte(strings.Replace(child, "small@1", "small@2", 1))); err == nil {
		t.Error("a base that is not there was taken")
	}
	if _, _, err := b.With([]byte(strings.NewReplacer("cn.test.child", "cn.test.grandchild", "cn.test.small@1", "cn.test.child@1").Replace(child))); err == nil {
		t.Error("a base of a base was taken")
	}
	// In a folder the child may come first.
	v, _ := os.ReadFile("../../assets/regimes/actions.yaml")
	if _, err := regime.Load(fstest.MapFS{"actions.yaml": {Data: v}, "a.yaml": {Data: []byte(child)}, "b.yaml": {Data: []byte(small)}}); err != nil {
		t.Error(err)
	}
	if _, err := regime.Load(fstest.MapFS{"actions.yaml": {Data: v}, "a.yaml": {Data: []byte(child)}}); err == nil {
		t.Error("a child alone was loaded")
	}
}

func TestABookKeepsVersionsApart(t *testing.T) {
	b, _, err := shipped(t).With([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	if same, _, err := b.With([]byte(small)); err != nil || same != b {
		t.Errorf("the same file again must change nothing: %v", err)
	}
	if _, _, err := b.With([]byte(small + "\n# changed\n")); fault.Of(err).Code != "regime-version-taken" {
		t.Errorf("a changed file under the same version: %v", err)
	}
	next := strings.NewReplacer(`version: "1"`, `version: "2"`, `effective_from: "2020-01-01"`, "effective_from: \"2026-04-15\"\nprofiles: [agency]\nsectors: [bank, credit-union]").Replace(small)
	b, _, err = b.With([]byte(next))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ day, capacity, sector, version string }{
		{"2026-04-14", "agency", "", "1"}, {"2026-04-15", "agency", "", "2"}, {"2026-04-15", "", "", "2"},
		{"2026-04-15", "enterprise", "", ""}, {"2019-12-31", "agency", "", ""},
		{"2026-04-15", "agency", "bank", "2"}, {"2026-04-15", "agency", "gas", ""}, {"2026-04-14", "agency", "gas", "1"},
	} {
		d, _ := calendar.ParseDate(tt.day)
		got := ""
		for _, r := range b.For(d, tt.capacity, tt.sector) {
			if r.ID == "cn.test.small" {
				got += r.Version
			}
		}
		if got != tt.version {
			t.Errorf("%s %s %s: offered %q, want %q", tt.day, tt.capacity, tt.sector, got, tt.version)
		}
	}
	if r, err := b.Latest("cn.test.small"); err != nil || r.SectorLabels() != "银行或信用社" {
		t.Errorf("its trades: %v %v", r, err)
	}
	if r, err := b.Latest("cn.test.small"); err != nil || r.Version != "2" {
		t.Errorf("latest: %v %v", r, err)
	}
	if _, err := b.Get("cn.test.small", "3"); fault.Of(err).Kind != fault.NotFound {
		t.Errorf("a version that is not there: %v", err)
	}
}

func TestFieldsGetTheirOptions(t *testing.T) {
	r, err := shipped(t).Latest("cn.property.zz98")
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{"class": "一类", "channel": "来人", "matter": "投诉", "satisfaction": "很满意"} {
		d, ok := r.FieldDef(id)
		if !ok || len(d.Options) == 0 || d.Options[0].Label != want {
			t.Errorf("%s: %+v", id, d)
		}
	}
	if d, ok := r.FieldDef("category"); !ok || d.Type != field.Text {
		t.Errorf("category without a list is a text: %+v", d)
	}
	if item, ok := r.ListItem("satisfaction", "dissatisfied"); !ok || item.Has("satisfied") {
		t.Error("不满意 counts as satisfied")
	}
	if s, ok := r.Stage("main", "archived"); !ok || !s.End {
		t.Error("归档 does not end the case")
	}
	for _, a := range r.Actions {
		if s := r.Tracks[0].Stages[0]; a.ID == regime.RegisterAction && a.At(s) {
			t.Error("a case can be registered twice")
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		shipped(b)
	}
}

func FuzzReadRegime(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("a: [1, {b: c}]\n"))
	f.Add([]byte("a: &x [*x]\n"))
	b := shipped(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		if r, problems, err := b.Check(src); err == nil && r == nil && problems == nil {
			t.Fatal("neither a regime nor an error")
		}
	})
}
