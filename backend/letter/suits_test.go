package letter_test

import (
	"os"
	"strings"
	"testing"

	"jiesu/backend/letter"
)

func TestATemplateSuitsOnlyItsIssuers(t *testing.T) {
	b, err := os.ReadFile("../../assets/letters/s7-refusal.json")
	if err != nil {
		t.Fatal(err)
	}
	tmpl, err := letter.Load(b)
	if err != nil {
		t.Fatal(err)
	}
	if err := tmpl.Suits(letter.Agency); err != nil {
		t.Error(err)
	}
	only := *tmpl
	only.Capacities = []letter.Capacity{letter.Agency}
	if err := only.Suits(letter.Enterprise); err == nil || !strings.Contains(err.Error(), "不适用于企业/社会组织") {
		t.Errorf("an enterprise may use it: %v", err)
	}
	// A refusal of an authority's own field never goes without a remedy.
	silent := *tmpl
	silent.Blocks = nil
	if err := silent.Suits(letter.Agency); err == nil || !strings.Contains(err.Error(), "救济途径") {
		t.Errorf("a refusal without a remedy suits: %v", err)
	}
}
