package desk_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"jiesu/assets"
	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

func rulebook(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile("../../assets/regimes/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestTheLettersOfTheShippedRulebooksCanBeIssued(t *testing.T) {
	d := plainDesk(t, "")
	files, err := assets.Regimes.ReadDir("regimes")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".yaml") || f.Name() == "actions.yaml" {
			continue
		}
		checked, err := d.CheckRegime(t.Context(), []byte(rulebook(t, f.Name())))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range checked.Problems {
			t.Errorf("%s:%d: %s", f.Name(), p.Line, p.Message)
		}
	}
}

func TestFaultsOfLettersAreFoundWithTheirLines(t *testing.T) {
	d := plainDesk(t, "")
	own := strings.Replace(rulebook(t, "s16-property.yaml"), "id: cn.property.zz98", "id: cn.test.own", 1)
	for _, tt := range []struct{ name, old, new, at, want string }{
		{"a template that is not there", "template: s16-record-form", "template: s99-form", "template: s99-form", "没有模板“s99-form”"},
		{"an act that is not the template's", "act: record-form", "act: decision", "act: decision", "两者须一致"},
		{"a mandatory value nobody supplies", "template: s16-record-form\n    act: record-form", "template: s7-decision\n    act: decision", "template: s7-decision", "永远不能签发"},
	} {
		file := strings.Replace(own, tt.old, tt.new, 1)
		line := 1 + strings.Count(file[:strings.Index(file, tt.at)], "\n")
		checked, err := d.CheckRegime(t.Context(), []byte(file))
		if err != nil {
			t.Fatal(err)
		}
		if checked.OK || checked.Error == nil || !slices.ContainsFunc(checked.Problems, func(p desk.RegimeProblem) bool {
			return p.Line == line && strings.Contains(p.Message, tt.want)
		}) {
			t.Errorf("%s: line %d does not say %q: %+v", tt.name, line, tt.want, checked.Problems)
		}
	}
}

func TestABrokenRulebookIsRefusedWholeAndTheOldStays(t *testing.T) {
	d := plainDesk(t, "")
	before, err := d.Regimes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	next := strings.Replace(rulebook(t, "s16-property.yaml"), `version: "2026.1"`, `version: "2026.2"`, 1)
	for name, file := range map[string]string{
		"a stage that leads nowhere": strings.Replace(next, "- {go: archived}", "- {note: {from: archive_place}}", 1),
		"a letter without template":  strings.Replace(next, "template: s16-record-form", "template: none", 1),
		"not a rulebook":             "{{{{",
		"nothing":                    "",
	} {
		_, err := d.AddRegime(t.Context(), []byte(file))
		if err == nil || fault.Of(err).Kind != fault.Refused || !strings.Contains(fault.Of(err).Hint, "原来的办法继续有效") {
			t.Errorf("%s: %v", name, err)
		}
	}
	after, err := d.Regimes(t.Context())
	if err != nil || !slices.Equal(before, after) {
		t.Errorf("%v: the rulebooks are %+v", err, after)
	}
	if _, err := d.Register(t.Context(), desk.RegisterInput{Regime: "cn.property.zz98", Matter: "complaint", Channel: "phone",
		ReceivedAt: "2026-03-02T09:00:00+08:00", Complainant: desk.Person{Name: "张样本"}, Facts: "样本"}); err != nil {
		t.Errorf("the old one does not work any more: %v", err)
	}
	row, err := d.AddRegime(t.Context(), []byte(next))
	if err != nil || row.Version != "2026.2" {
		t.Errorf("a sound one is refused: %v", err)
	}
}
