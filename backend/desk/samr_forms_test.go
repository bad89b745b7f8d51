package desk_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"jiesu/assets"
	"jiesu/backend/letter"
	"jiesu/backend/regime"
)

// A form prints all grounds of its article in full: the very words, in the
// very order, that the officer chose from (文书式样六、八; 暂行办法 arts 15, 21).
func TestTheFormsPrintTheGroundsOfTheirRule(t *testing.T) {
	for _, c := range []struct{ regime, list, letter string }{
		{"cn.samr.121", "refusal-ground", "s4-refusal"},
		{"cn.samr.121", "terminate-ground", "s4-termination"},
		{"cn.samr.20", "refusal-ground", "s4-old-refusal"},
		{"cn.samr.20", "terminate-ground", "s4-old-termination"},
	} {
		list, ok := shippedRegime(t, c.regime).List(c.list)
		if !ok {
			t.Fatal(c.list)
		}
		var want string
		for i, item := range list.Items {
			want += fmt.Sprintf("（%s）%s\n", letter.HanNumber(i+1), item.Text)
		}
		if text := templateWords(t, c.letter); !strings.Contains(text, want) {
			t.Errorf("%s does not print\n%s", c.letter, want)
		}
	}
}

// A letter of one rule never names the other; no form prints what the specimen
// only tells its reader.
func TestALetterNamesItsOwnRule(t *testing.T) {
	for id, other := range map[string]string{"cn.samr.121": "投诉举报处理暂行办法", "cn.samr.20": "投诉举报处理办法"} {
		for _, use := range shippedRegime(t, id).Letters {
			for _, bad := range []string{other, "文书式样", "注：", "注:"} {
				if text := templateWords(t, use.Template); strings.Contains(text, bad) {
					t.Errorf("%s of %s prints %s", use.Template, id, bad)
				}
			}
		}
	}
}

// A complaint is mediated, never decided: neither decision nor result is a
// letter of it (domain.md A2).
func TestAComplaintHasNoDecision(t *testing.T) {
	for _, id := range []string{"cn.samr.121", "cn.samr.20"} {
		r := shippedRegime(t, id)
		for _, use := range r.Letters {
			if use.Act == "decision" || use.Act == "result" {
				t.Errorf("%s has %s", id, use.Label)
			}
		}
		if _, has := r.ActionOn("main", "decide"); has {
			t.Errorf("%s decides complaints", id)
		}
	}
}

func shippedRegime(t *testing.T, id string) *regime.Regime {
	t.Helper()
	shipped, err := loadShipped()
	if err != nil {
		t.Fatal(err)
	}
	r, err := shipped.Book.Latest(id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// templateWords are the texts of a template's blocks, a line each.
func templateWords(t *testing.T, name string) string {
	t.Helper()
	raw, err := fs.ReadFile(assets.Letters, "letters/"+name+".json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Blocks []struct {
			Lead, Text string
		}
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	var words strings.Builder
	for _, b := range file.Blocks {
		words.WriteString(b.Lead + b.Text + "\n")
	}
	return words.String()
}
