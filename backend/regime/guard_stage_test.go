package regime_test

import (
	"testing"

	"jiesu/backend/regime"
)

func TestAGuardSaysAtWhichStagesItCanHold(t *testing.T) {
	here, there := regime.Guard{Stage: "open"}, regime.Guard{Stage: "main:done"}
	asks := regime.Guard{Field: "valid"}
	for name, c := range map[string]struct {
		g    *regime.Guard
		want bool
	}{
		"nothing asked":                    {nil, true},
		"this stage":                       {&here, true},
		"another one":                      {&there, false},
		"a stage of another track":         {&regime.Guard{Stage: "report:done"}, true},
		"this stage and a field":           {&regime.Guard{Stage: "open", Field: "valid"}, true},
		"another stage and a field":        {&regime.Guard{Stage: "done", Field: "valid"}, false},
		"a field alone":                    {&asks, true},
		"all, one of them another stage":   {&regime.Guard{All: []regime.Guard{asks, there}}, false},
		"one of several, one of them here": {&regime.Guard{Any: []regime.Guard{there, here}}, true},
		"one of several, all elsewhere":    {&regime.Guard{Any: []regime.Guard{there, {Stage: "closed"}}}, false},
		"not this stage":                   {&regime.Guard{Not: &here}, false},
		"not another one":                  {&regime.Guard{Not: &there}, true},
		"not this stage with a field":      {&regime.Guard{Not: &regime.Guard{Stage: "open", Field: "valid"}}, true},
		"neither of two":                   {&regime.Guard{Not: &regime.Guard{Any: []regime.Guard{here, there}}}, false},
		"not both of two":                  {&regime.Guard{Not: &regime.Guard{All: []regime.Guard{here, there}}}, true},
		"not another track's":              {&regime.Guard{Not: &regime.Guard{Stage: "report:done"}}, true},
	} {
		if got := c.g.AllowsAt("main", "open"); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
