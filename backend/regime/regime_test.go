package regime_test

import (
	"os"
	"testing"

	"jiesu/backend/regime"
)

func TestShipped(t *testing.T) {
	_, err := regime.Load(os.DirFS("../../assets/regimes"))
	if err != nil {
		t.Fatal(err)
	}
	v, _ := os.ReadFile("../../assets/regimes/actions.yaml")
	vocab, err := regime.ParseVocabulary(v)
	_ = vocab
	if err != nil {
		t.Fatal(err)
	}
}
