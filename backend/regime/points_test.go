package regime_test

import (
	"testing"

	"jiesu/backend/regime"
)

func TestARefusalPointsAtItsField(t *testing.T) {
	f := facts{values: map[string]any{"whole": false, "kind": "civil"}, words: map[string]bool{"beyond:gifts": true}}
	onForm := func(id string) bool {
		return id == "whole" || id == "gifts" || id == "day" || id == "kind" || id == "party"
	}
	for _, tt := range []struct {
		name string
		g    *regime.Guard
		want string
	}{
		{"a guard that holds points nowhere", &regime.Guard{Field: "kind"}, ""},
		{"no guard", nil, ""},
		{"an answer that will not do", &regime.Guard{Not: &regime.Guard{Field: "whole", Is: false}}, "whole"},
		{"the first that fails of all", &regime.Guard{All: []regime.Guard{{Field: "kind"}, {Field: "day"}, {Not: &regime.Guard{Field: "whole", Is: false}}}}, "day"},
		{"a first that no answer mends", &regime.Guard{All: []regime.Guard{{Role: "king"}, {Field: "day"}}}, ""},
		{"any: whichever is on the form", &regime.Guard{Any: []regime.Guard{{Role: "king"}, {Field: "kind", Is: "x"}}}, "kind"},
		{"what is beyond one's authority", &regime.Guard{Authority: "gifts"}, "gifts"},
		{"a part of a person", &regime.Guard{Field: "party.phone"}, "party"},
		{"what the form does not ask", &regime.Guard{Field: "gone"}, ""},
		{"within a not", &regime.Guard{Not: &regime.Guard{All: []regime.Guard{{Field: "kind"}}}}, "kind"},
	} {
		if got := tt.g.Points(f, onForm); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
