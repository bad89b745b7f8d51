package regime_test

import (
	"testing"

	"jiesu/backend/regime"
)

// Whoever the form names is judged on the form: by the names of those who have
// the skill.
func TestWhatASkillLeavesToTheForm(t *testing.T) {
	asked := facts{values: map[string]any{"handler": "样本新人"}, words: map[string]bool{"skills": true, "skilled:银行卡": true}}
	form := func(id string) bool { return id == "handler" }
	named := &regime.Guard{Skilled: &regime.Skilled{Who: "handler", Is: "银行卡"}}
	if ok, _ := named.Eval(asked); ok {
		t.Error("who is named has not the skill")
	}
	left, may := named.Left(asked, form)
	if !may || left == nil {
		t.Fatalf("left %v, may %v", left, may)
	}
	for who, want := range map[string]bool{"样本专员": true, "样本新人": false} {
		asked.values = map[string]any{"handler": who}
		if ok, _ := left.Eval(asked); ok != want {
			t.Errorf("on the form %s: %v", who, ok)
		}
		if ok, _ := named.Eval(asked); ok != want {
			t.Errorf("when it is decided %s: %v", who, ok)
		}
	}
	if left, may := named.Left(facts{}, form); left != nil || !may {
		t.Errorf("no skill is asked for: left %v, may %v", left, may)
	}
	mine := &regime.Guard{Skilled: &regime.Skilled{Is: "银行卡"}}
	if ok, _ := mine.Eval(asked); !ok {
		t.Error("this officer has it")
	}
	mine.Skilled.Is = "理财"
	if ok, _ := mine.Eval(asked); ok {
		t.Error("this officer has not")
	}
}
