package regime_test

import (
	"fmt"
	"testing"

	"jiesu/backend/regime"
)

func TestADrawTakesItsShareAndTheSameEachTime(t *testing.T) {
	const cases = 10_000
	a := regime.Rule{Kind: regime.RuleDraw, Percent: 20, Seed: "2026"}
	b := a
	b.Seed = "2027"
	taken, both := 0, 0
	for i := range cases {
		number := fmt.Sprintf("FZ01-AA-2026-%06d", i)
		drawn := a.Draws(number)
		if again := a.Draws(number); again != drawn {
			t.Fatalf("%s: drawn %v, asked again %v", number, drawn, again)
		}
		if drawn {
			taken++
			if b.Draws(number) {
				both++
			}
		}
	}
	if taken < 1_850 || taken > 2_150 {
		t.Errorf("%d of %d taken, want about a fifth", taken, cases)
	}
	if both < 300 || both > 500 {
		t.Errorf("another seed takes %d of the same %d, want about a fifth of them", both, taken)
	}
	all := regime.Rule{Kind: regime.RuleDraw, Percent: 100, Seed: "x"}
	if !all.Draws("1") || all.Draws("") || (regime.Rule{Kind: regime.RuleRepeat, Percent: 100}).Draws("1") {
		t.Error("a draw of all takes all, nothing else takes any")
	}
}
