package intake

import (
	"strings"
	"testing"
)

func TestBothFormsOfACharacterTakeTheSamePlace(t *testing.T) {
	seen := map[rune]bool{}
	for _, pair := range strings.Fields(traditional) {
		r := []rune(pair)
		if len(r) != 2 || r[0] == r[1] || len(string(r[0])) != len(string(r[1])) || seen[r[0]] {
			t.Errorf("%s", pair)
		}
		seen[r[0]] = true
	}
	if got := simple("投訴人：陳𠮷"); got != "投诉人：陈𠮷" {
		t.Error(got)
	}
}
