package regime_test

import (
	"encoding/json"
	"testing"

	"jiesu/backend/regime"
)

func TestWhatIsLeftOfAGuardForTheForm(t *testing.T) {
	f := facts{values: map[string]any{"kind": "civil"}, words: map[string]bool{"role:head": true}}
	onForm := func(id string) bool { return id == "answer" || id == "rows" }
	form := regime.Guard{Field: "answer", Is: "yes"}
	for _, tt := range []struct {
		name string
		g    *regime.Guard
		want string // of the rest; "yes" and "no" where nothing is left
	}{
		{"no guard", nil, "yes"},
		{"a role one has", &regime.Guard{Role: "head"}, "yes"},
		{"a role one has not", &regime.Guard{Role: "king"}, "no"},
		{"the form alone", &form, `{"field":"answer","is":"yes"}`},
		{"the form and a role", &regime.Guard{Field: "answer", Is: "yes", Role: "head"}, `{"field":"answer","is":"yes"}`},
		{"the form and no role", &regime.Guard{Field: "answer", Is: "yes", Role: "king"}, "no"},
		{"what the case says", &regime.Guard{Field: "kind", Is: "civil"}, "yes"},
		{"all: one can never be", &regime.Guard{All: []regime.Guard{form, {Role: "king"}}}, "no"},
		{"all: one is", &regime.Guard{All: []regime.Guard{form, {Role: "head"}}}, `{"all":[{"field":"answer","is":"yes"}]}`},
		{"any: one is", &regime.Guard{Any: []regime.Guard{form, {Role: "head"}}}, "yes"},
		{"any: one can never be", &regime.Guard{Any: []regime.Guard{form, {Role: "king"}}}, `{"any":[{"field":"answer","is":"yes"}]}`},
		{"any: none can be", &regime.Guard{Any: []regime.Guard{{Role: "queen"}, {Role: "king"}}}, "no"},
		{"not what is", &regime.Guard{Not: &regime.Guard{Role: "head"}}, "no"},
		{"not what is not", &regime.Guard{Not: &regime.Guard{Role: "king"}}, "yes"},
		{"not the form's", &regime.Guard{Not: &form}, `{"not":{"field":"answer","is":"yes"}}`},
		{"rows of the form", &regime.Guard{Rows: &regime.RowsGuard{Field: "rows"}}, "yes"},
		{"rows of the case", &regime.Guard{Rows: &regime.RowsGuard{Field: "orders"}}, "no"},
	} {
		left, may := tt.g.Left(f, onForm)
		got := "no"
		switch {
		case left != nil:
			raw, err := json.Marshal(left)
			if err != nil {
				t.Fatal(err)
			}
			got = string(raw)
		case may:
			got = "yes"
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
