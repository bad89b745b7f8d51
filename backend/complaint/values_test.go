package complaint

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jiesu/assets"
	"jiesu/backend/regime"
)

// unfilled are printed by a template only where they are given, and nobody
// gives them yet: the template's own words stand instead.
var unfilled = []string{"decision.attachments", "decision.delivered_to"}

var templatePath = regexp.MustCompile(`\{([a-z][a-z0-9_.]*)[|}]|"(?:field|each)": "([a-z][a-z0-9_.]*)(?:\[\][a-z._]*)?"`)

func TestEveryValueALetterPrintsHasASource(t *testing.T) {
	given := map[string]bool{}
	for _, s := range sources {
		given[s.path] = true
	}
	for _, p := range []string{"case.number", "acceptance.limit_text", "extension.until", "document.number", "document.date", "copy.for", "serial", "result.open"} {
		given[p] = true
	}
	names, err := fs.Glob(assets.Letters, "letters/*.json")
	if err != nil || len(names) == 0 {
		t.Fatal("no letters", err)
	}
	for _, name := range names {
		raw, err := fs.ReadFile(assets.Letters, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range templatePath.FindAllStringSubmatch(string(raw), -1) {
			path := m[1] + m[2]
			head, _, part := strings.Cut(path, ".")
			whole := part && slices.Contains([]string{"office", "officer", "complainant", "respondent", "f", "mark", "who"}, head)
			if !whole && !given[path] && !slices.Contains(unfilled, path) {
				t.Errorf("%s prints %s, which no source gives", name, path)
			}
		}
	}
}

func TestEverySourceReadsAFieldOfARulebook(t *testing.T) {
	sub, err := fs.Sub(assets.Regimes, "regimes")
	if err != nil {
		t.Fatal(err)
	}
	book, err := regime.Load(sub)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, s := range sources {
		if seen[s.path] {
			t.Errorf("%s has two sources", s.path)
		}
		seen[s.path] = true
		known := slices.ContainsFunc(book.All(), func(r *regime.Regime) bool { _, ok := r.FieldDef(s.field); return ok })
		if !known {
			t.Errorf("%s reads %s, which no rulebook has", s.path, s.field)
		}
	}
}

func TestAnOrganisationIsAddressedAsOne(t *testing.T) {
	r := &regime.Regime{}
	for kind, want := range map[string]any{"natural": "natural", "legal": "organization", "other": "organization"} {
		c := newCase("c")
		c.Fields["complainant"] = map[string]any{"name": "样本公司", "kind": kind}
		c.Fields["agent"] = map[string]any{"name": "李样本"}
		v := Values(c, r, Letterhead{})
		if v.Get("complainant.kind") != want || v.Get("complainant.agent") != "李样本" {
			t.Errorf("%s: %v", kind, v["complainant"])
		}
		if c.Fields["complainant"].(map[string]any)["kind"] != kind {
			t.Error("making values changed the case")
		}
	}
}

func TestATextEndsLikeASentence(t *testing.T) {
	for in, want := range map[string]any{"请求答复": "请求答复。", "请求答复。": "请求答复。", " 是吗？ ": "是吗？", "见附件）": "见附件）", "共3": "共3。", "": nil} {
		c := newCase("c")
		c.Fields["request"] = in
		if got := Values(c, &regime.Regime{}, Letterhead{}).Get("request"); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
