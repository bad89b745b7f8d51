package desk_test

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"jiesu/backend/desk"
	"jiesu/backend/regime"
)

// The apparel brand checks its handling stage by stage: the desk proposes
// exactly the cases that number and seed draw, to somebody who did not handle
// them, until they are checked.
func TestQualityChecksAreDrawnByNumberAndSeed(t *testing.T) {
	s := drawScenario(t)
	s.must("单位 甲 FZ01 样本服饰有限公司 cn.apparel", "人员 甲 样本质检 quality-control",
		"选项 甲 cn.apparel qc.item receive-listen 投诉接收", "选项 甲 cn.apparel qc.item follow-progress 问题跟进",
		"选项 甲 cn.apparel qc.item solve-confirmed 解决方案提出", "选项 甲 cn.apparel qc.item feedback-thanks 反馈：")
	const cases = 30
	for i := range cases {
		name := strconv.Itoa(i)
		s.must("登记 甲 "+name+" 案.json", "办理 甲 "+name+" respond 回.json")
	}
	s.must("不能办 甲 0 inspect 没有办过这件投诉的人", "换人 甲 样本质检", "指引 甲 0 inspect 各个环节的质量控制")
	rule := spotCheck(t, s)
	drawn := map[bool]int{}
	for i := range cases {
		name := strconv.Itoa(i)
		_, c, err := s.show("甲", name)
		if err != nil {
			t.Fatal(err)
		}
		want := rule.Draws(c.Number)
		drawn[want]++
		if !want {
			s.must("提议 甲 " + name + " - -")
			continue
		}
		s.must("提议 甲 "+name+" inspect 按_20%_抽查", "办理 甲 "+name+" inspect 查.json", "提议 甲 "+name+" - -",
			"文书内容 甲 "+name+" qc-sheet 记录完整", "文书内容 甲 "+name+" qc-sheet 不合格")
	}
	if drawn[true] == 0 || drawn[false] == 0 {
		t.Errorf("of %d cases %d are drawn", cases, drawn[true])
	}
}

func drawScenario(t *testing.T) *scenario {
	s := &scenario{t: t, ctx: context.Background(), dir: t.TempDir(), clock: &clock{at("2026-09-18 10:00")},
		desks: map[string]*desk.Desk{}, cases: map[string]string{}, acts: map[string][]string{}, mails: map[string]string{}, at: map[string]string{},
		files: map[string]string{
			"案.json": `{"regime": "cn.apparel", "channel": "website", "received_at": "2026-09-18 09:00", "complainant": {"name": "陈样本"}, "facts": "洗一次就掉色。", "fields": {"feedback_route": "phone"}}`,
			"回.json": `{"respond_content": "已收到", "skill_reason": "值班只有一人"}`,
			"查.json": `{"qc": [{"item": "receive-listen", "result": "pass"}, {"item": "follow-progress", "result": "fail", "note": "晚了一天"}], "qc_by": "样本质检"}`,
		}}
	t.Cleanup(func() {
		for _, d := range s.desks {
			d.Close()
		}
	})
	return s
}

func (s *scenario) must(lines ...string) {
	s.t.Helper()
	if err := s.play(strings.Join(lines, "\n")); err != nil {
		s.t.Fatal(err)
	}
}

// spotCheck is the rule as the desks of the play have it.
func spotCheck(t *testing.T, s *scenario) regime.Rule {
	book, err := regime.Load(s.options(t.TempDir()).Assets.Regimes)
	if err != nil {
		t.Fatal(err)
	}
	r, err := book.Latest("cn.apparel")
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range r.Rules {
		if rule.Kind == regime.RuleDraw {
			return rule
		}
	}
	t.Fatal("no draw")
	return regime.Rule{}
}
