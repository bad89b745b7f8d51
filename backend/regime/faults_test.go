package regime_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jiesu/backend/fault"
	"jiesu/backend/regime"
)

// lineOfText is where a text stands in a file, counted from 1.
func lineOfText(t *testing.T, file, text string) int {
	t.Helper()
	before, _, ok := strings.Cut(file, text)
	if !ok {
		t.Fatalf("the file does not hold %q", text)
	}
	return 1 + strings.Count(before, "\n")
}

// said tells whether a problem of that line holds the words.
func said(problems []regime.Problem, line int, words string) bool {
	return slices.ContainsFunc(problems, func(p regime.Problem) bool { return p.Line == line && strings.Contains(p.Message, words) })
}

func TestEveryFaultOfOneFileIsListedWithItsLine(t *testing.T) {
	file := strings.NewReplacer(
		"title: 小办法", "titel: 小办法\nfoo: 1",
		"list: colour}", "list: shape, colour: red}",
		"stages: [open]\n", "stages: [open]\n    roles: [king]\n",
		"stop: [closed]", "stop: [ended]",
		"article: 第一条", `article: ""`,
		"template: t, ", "",
	).Replace(small)
	_, problems, err := shipped(t).Check([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	for text, words := range map[string]string{
		"titel:": "不认识的项目“titel”", "foo: 1": "不认识的项目“foo”", "colour: red": "不认识的项目“colour”",
		"list: shape": "列表“shape”不存在", "roles: [king]": "角色“king”不存在", "stop: [ended]": "时点“ended”没有任何动作",
		`article: ""`: "没有写哪一条", "kind: result": "模板",
	} {
		if line := lineOfText(t, file, text); !said(problems, line, words) {
			t.Errorf("line %d does not say %q:\n%v", line, words, problems)
		}
	}
	if !said(problems, 1, "没有标题") {
		t.Error("the missing title is not told")
	}
}

func TestDeadEndsAndWhatCanNeverHold(t *testing.T) {
	for _, tt := range []struct{ name, old, new, at, want string }{
		{"stages in a circle", "stages: [{id: open, label: 待办, next: close}, {id: done, label: 完, end: true}]",
			"stages:\n      - {id: open, label: 待办, next: close}\n      - {id: round, label: 甲}\n      - {id: about, label: 乙}\n      - {id: done, label: 完, end: true}", "{id: round", "走不到结束"},
		{"a stage that only an unreachable one leads to", "stages: [{id: open, label: 待办, next: close}, {id: done, label: 完, end: true}]",
			"stages:\n      - {id: open, label: 待办, next: close}\n      - {id: far, label: 甲}\n      - {id: farther, label: 乙}\n      - {id: done, label: 完, end: true}", "{id: farther", "通到它的阶段自己走不到"},
		{"a clock nothing starts", "start: [received]", "start: [begun]", "start: [begun]", "永远不会开始"},
		{"a clock nothing stops", "stop: [closed]", "stop: [ended]", "stop: [ended]", "不会停"},
		{"a state no clock has", "{field: ground, is: red, says: 理由不是红}", "{clock: {id: handling, in: [asleep]}, says: 甲}", "asleep", "状态“asleep”不认识"},
		{"a mark that nothing sets", "{field: ground, is: red, says: 理由不是红}", "{mark: {id: heard, min: 1}, says: 甲}", "heard", "时点“heard”没有任何动作"},
		{"more than at most", "{field: ground, is: red, says: 理由不是红}", "{mark: {id: closed, min: 2, max: 1}, says: 甲}", "min: 2", "永远不会成立"},
		{"two values at once", "{field: ground, is: red, says: 理由不是红}", "{all: [{field: ground, is: red}, {field: ground, is: blue}], says: 甲}", "is: blue", "不能同时是"},
		{"a field nobody fills", "{field: ground, is: red, says: 理由不是红}", "{field: rows, says: 甲}", "{field: rows", "没有表单、效果或登记会填写“rows”"},
		{"a stage at which it is not offered", "{field: ground, is: red, says: 理由不是红}", "{stage: done, says: 甲}", "{stage: done", "本来就不提供"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := strings.Replace(small, tt.old, tt.new, 1)
			if strings.Contains(tt.new, "round") || strings.Contains(tt.new, "farther") {
				file = strings.Replace(file, "clocks:\n", ways(strings.Contains(tt.new, "round"))+"clocks:\n", 1)
			}
			_, problems, err := shipped(t).Check([]byte(file))
			if err != nil || !said(problems, lineOfText(t, file, tt.at), tt.want) {
				t.Fatalf("%v %v, want %q at line %d", err, problems, tt.want, lineOfText(t, file, tt.at))
			}
		})
	}
}

// ways are actions between the added stages: in a circle, or from one that
// cannot be reached to the next and on to the end.
func ways(circle bool) string {
	way := func(id, from, to string) string {
		return fmt.Sprintf("  - {id: %s, label: 走, track: main, stages: [%s], effects: [{go: %s}]}\n", id, from, to)
	}
	if circle {
		return way("handle", "open", "round") + way("notify", "round", "about") + way("follow-up", "about", "round")
	}
	return way("handle", "far", "farther") + way("notify", "farther", "done")
}

func TestAFileThatExtendsAnotherHasLinesForItsOwnFaults(t *testing.T) {
	b, _, err := shipped(t).With([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	child := `format: 0
id: cn.test.child
version: "1"
extends: cn.test.small@1
title: 子办法
roles:
  - {id: clerk, label: 办事员}
clocks:
  - {id: second, label: 另一个, span: 3workday, start: [received], stop: [closed], origin: unit, on_overdue: king}
  - {id: handling, label: 办理, span: 3workday, start: [received], stop: [never], origin: unit}
tracks:
  - id: main
    label: 办理
    stages:
      - {id: done, label: 完, end: true}
`
	_, problems, err := b.Check([]byte(child))
	if err != nil {
		t.Fatal(err)
	}
	for text, words := range map[string]string{"id: second": "角色“king”不存在", "stop: [never]": "时点“never”没有任何动作"} {
		if line := lineOfText(t, child, text); !said(problems, line, words) {
			t.Errorf("line %d does not say %q:\n%v", line, words, problems)
		}
	}
	// The action stands in the base; the stage it is offered at is gone.
	if !slices.ContainsFunc(problems, func(p regime.Problem) bool {
		return p.Line == 0 && strings.Contains(p.Message, "阶段“open”不存在（在基础文件 cn.test.small@1 中）")
	}) {
		t.Errorf("the base's fault: %v", problems)
	}
}

func TestAHostileFileIsRefusedWhole(t *testing.T) {
	wide := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "  - {id: r%d, label: 甲}\n", i)
		}
		return b.String()
	}
	for _, tt := range []struct{ name, old, new, want string }{
		{"a control character", "purpose: 检验", "purpose: 检\x1b[2J验", "控制字符"},
		{"a zero byte", "purpose: 检验", "purpose: 检\x00验", "控制字符"},
		{"text that runs the other way", "purpose: 检验", "purpose: 检\u202e验", "控制字符"},
		{"a letter nobody sees", "id: cn.test.small", "id: cn.test\u200b.small", "控制字符"},
		{"a huge list", "roles: [{id: head, label: 负责人}]\n", "roles:\n" + wide(2_100), "超过 2000 项"},
		{"a bomb of aliases", "title: 小办法", "title: &a [x,x]\nb: &b [*a,*a,*a]", "锚点"},
		{"a list where a text belongs", "title: 小办法", "title: [甲, 乙]", "应为文字"},
		{"a text where a number belongs", "format: 0", "format: zero", "应为整数"},
		{"a text where yes or no belongs", "end: true", "end: 是", "应为 true 或 false"},
		{"a text where a guard belongs", "guard: {field: ground, is: red, says: 理由不是红}", "guard: 理由是红", "类型不符"},
		{"a number that would lose its end", "article: 第一条", "article: 4.10", "“4.10”要加引号"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src := strings.Replace(small, tt.old, tt.new, 1)
			if src == small {
				t.Fatal("the test spoils nothing")
			}
			start := time.Now()
			if _, _, err := shipped(t).With([]byte(src)); err == nil {
				t.Error("it was taken")
			} else if f := fault.Of(err); f.Code != "regime-bad" || !strings.Contains(f.Message, tt.want) || !strings.Contains(f.Message, "第 ") {
				t.Errorf("said %q, want %q with its line", f.Message, tt.want)
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}
