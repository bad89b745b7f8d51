package regime_test

import (
	"os"
	"strings"
	"testing"

	"jiesu/backend/regime"
)

func TestASmallChangeLeavesTheRestAsItWasWritten(t *testing.T) {
	b, err := os.ReadFile("../../assets/regimes/s16-property.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		change   regime.Change
		old, new string
	}{
		{regime.Change{Part: "head", ID: "version", Value: "2027.1"}, `version: "2026.1"`, `version: "2027.1"`},
		{regime.Change{Part: "head", ID: "title", Value: `甲"乙`}, "title: 客户投诉处理（物业，zz98/8.3-QP10）", `title: "甲\"乙"`},
		{regime.Change{Part: "limit", ID: "follow-up", Value: "5day"}, "    span: 3day\n", "    span: \"5day\"\n"},
		{regime.Change{Part: "role", ID: "clerk", Value: "办事员"}, "  - {id: property-head, label: 物业服务部负责人}\n",
			"  - {id: property-head, label: 物业服务部负责人}\n  - {id: clerk, label: \"办事员\"}\n"},
	} {
		got, err := regime.Apply(b, tt.change)
		if err != nil {
			t.Errorf("%+v: %v", tt.change, err)
			continue
		}
		want := strings.Replace(string(b), tt.old, tt.new, 1)
		if want == string(b) || string(got) != want {
			t.Errorf("%+v: the text is not the old one with that change", tt.change)
		}
	}
	flow, err := regime.Apply([]byte(small), regime.Change{Part: "limit", ID: "handling", Value: "9workday"})
	if err != nil || !strings.Contains(string(flow), `label: 办理, span: "9workday", start: [received]`) {
		t.Errorf("in one line: %v\n%s", err, flow)
	}
	for _, c := range []regime.Change{{Part: "limit", ID: "moon", Value: "1day"}, {Part: "head", ID: "effective_to", Value: "2026-01-01"},
		{Part: "role", ID: "办事员", Value: "甲"}, {Part: "moon"}} {
		if _, err := regime.Apply(b, c); err == nil {
			t.Errorf("%+v was made", c)
		}
	}
}
