package desk_test

import (
	"strings"
	"testing"
)

func TestWhatCannotBeProvenIsToldWithItsReason(t *testing.T) {
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	setProfile(t, d, withPhone)
	n := accepted(t, d)
	act(t, d, n, "assign", map[string]any{"assignee": "样本经办"})
	act(t, d, n, "inform", map[string]any{"outcome": "insufficient", "inform_reason": "现有登记中没有所述申请"})
	if _, may := kindOf(t, d, n, "decision"); may {
		t.Error("a case that was not decided is offered a decision")
	}
	_, text := issue(t, d, n, "result")
	for _, want := range []string{"核查结果：证据不足。", "理由：现有登记中没有所述申请。", "向样本区人民政府申请行政复议", "承办人：样本经办；电话：010-00000000"} {
		if !strings.Contains(text, want) {
			t.Errorf("not said: %s\n%s", want, text)
		}
	}
}
