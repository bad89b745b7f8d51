package requirement_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"jiesu/assets"
	"jiesu/backend/requirement"
)

const doc = `{"clocks":[{"id":"a"},{"id":"b","stop":["x","y"]}],"letters":[{"kind":"result","label":"L"}],"basis":[{"title":"T","article":"1"}],
"actions":[{"id":"archive","track":"main","effects":[{"mark":{"id":"m"}},{"go":"end"},{"set":{"field":"f"}},{"set":{"field":"g"}}]},{"id":"archive","track":"review"}],
"fields":[{"id":"orders","item":[{"id":"unit"},{"id":"due"}]}],"purpose":"P","mandatory":[{"field":"case.number"}]}`

func TestANodeIsFoundAndTakenAway(t *testing.T) {
	for path, left := range map[string]string{
		"clocks/b":                        `"clocks":[{"id":"a"}]`,
		"clocks/1/stop":                   `"clocks":[{"id":"a"},{"id":"b"}]`,
		"clocks/b/stop/x":                 `"stop":["y"]`,
		"letters/result/label":            `"letters":[{"kind":"result"}]`,
		"basis/T":                         `"basis":[]`,
		"actions/archive@review":          `"track":"main"}]`,
		"actions/archive":                 `"actions":[]`,
		"actions/archive@main/effects/go": `"effects":[{"mark":{"id":"m"}},{"set":{"field":"f"}},{"set":{"field":"g"}}]`,
		"actions/archive/effects/end":     `"effects":[{"mark":{"id":"m"}},{"set":{"field":"f"}},{"set":{"field":"g"}}]`,
		"actions/archive/effects/g":       `"effects":[{"mark":{"id":"m"}},{"go":"end"},{"set":{"field":"f"}}]`,
		"actions/archive/effects/m":       `"effects":[{"go":"end"},{"set":{"field":"f"}},{"set":{"field":"g"}}]`,
		"fields/orders/items/unit":        `"item":[{"id":"due"}]`,
		"purpose":                         `"mandatory":[{"field":"case.number"}]}`,
		"mandatory/case.number":           `"mandatory":[]`,
	} {
		var d any
		if err := json.Unmarshal([]byte(doc), &d); err != nil {
			t.Fatal(err)
		}
		steps := strings.Split(path, "/")
		if len(requirement.Find(d, steps)) == 0 {
			t.Errorf("%s: not found", path)
		}
		after, ok := requirement.Remove(d, steps)
		raw, _ := json.Marshal(after)
		if !ok || !strings.Contains(string(raw), left) || len(requirement.Find(after, steps)) > 0 && path != "clocks/1/stop" {
			t.Errorf("%s: %v, left %s", path, ok, raw)
		}
	}
	for _, path := range []string{"clocks/c", "clocks/2", "purpose/x", "nothing", "clocks/b/stop/z", "actions/archive@main/effects/h", "actions/x@main"} {
		var d any
		json.Unmarshal([]byte(doc), &d)
		if _, ok := requirement.Remove(d, strings.Split(path, "/")); ok || len(requirement.Find(d, strings.Split(path, "/"))) > 0 {
			t.Errorf("%s: found", path)
		}
	}
}

func shipped(t *testing.T) *requirement.Shipped {
	t.Helper()
	root := os.DirFS("../../assets")
	s, err := requirement.Load(sub(t, root, "regimes"), sub(t, root, "letters"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func node(t *testing.T, s string) requirement.Node {
	t.Helper()
	n, err := requirement.ParseNode(s)
	if err != nil || n.String() != s {
		t.Fatalf("%s: %v %v", s, n, err)
	}
	return n
}

// A rulebook that was only taken apart and put together again says the same,
// so that what a test misses is the node and nothing else.
func TestOnlyTheNodeIsMissing(t *testing.T) {
	s := shipped(t)
	for _, r := range s.Book.All() {
		whole, _ := json.Marshal(r)
		if len(r.Channels) < 2 {
			continue
		}
		n := requirement.Node{File: fileOf(t, r.ID, r.Version), Path: []string{"channels", r.Channels[1].ID}}
		book, _, err := s.Without(n)
		if err != nil {
			t.Fatal(err)
		}
		less, err := book.Get(r.ID, r.Version)
		if err != nil || len(less.Channels) != len(r.Channels)-1 {
			t.Fatalf("%s: %v, %d channels", n, err, len(less.Channels))
		}
		less.Channels = r.Channels
		if again, _ := json.Marshal(less); string(again) != string(whole) {
			t.Errorf("%s: more than the node is missing", n)
		}
		if after, _ := json.Marshal(r); string(after) != string(whole) {
			t.Errorf("%s: the shipped rulebook itself was changed", n)
		}
	}
}

// fileOf finds the file of a rulebook.
func fileOf(t *testing.T, id, version string) string {
	t.Helper()
	names, err := assets.Regimes.ReadDir("regimes")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		raw, _ := assets.Regimes.ReadFile("regimes/" + name.Name())
		if strings.Contains(string(raw), "id: "+id+"\n") && strings.Contains(string(raw), version) {
			return strings.TrimSuffix(name.Name(), ".yaml")
		}
	}
	t.Fatal("no file of " + id)
	return ""
}

func TestALetterLosesOneNode(t *testing.T) {
	s := shipped(t)
	for name, gone := range map[string]string{"letter:s16-record-form:mandatory/content": `"content"`, "letter:s16-record-form:title": `"title":"投诉`} {
		_, letters, err := s.Without(node(t, name))
		if err != nil {
			t.Fatal(err)
		}
		raw, err := fsRead(letters, "s16-record-form.json")
		if err != nil || strings.Contains(strings.ReplaceAll(raw, " ", ""), `"mandatory":`+gone) || len(raw) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, letters, err := s.Without(node(t, "letter:s16-record-form"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fsRead(letters, "s16-record-form.json"); err == nil {
		t.Error("the letter is still there")
	}
	for _, name := range []string{"letter:none", "none:clocks/a", "s16-property:clocks/none", "letter:s16-record-form:mandatory/none"} {
		if _, _, err := s.Without(node(t, name)); err == nil {
			t.Errorf("%s was taken away", name)
		}
	}
	for _, name := range []string{"", "s16-property", "s16-property:", "letter:", "s16-property:clocks//a", ":x"} {
		if n, err := requirement.ParseNode(name); err == nil {
			t.Errorf("%q read as %v", name, n)
		}
	}
}

// Each way in which a row can be without is found, and nothing else.
func TestARowIsMetOnlyByANodeAndATest(t *testing.T) {
	const head = "row\tsystem\tkind\trequirement\tquote\tseed_line\tfeature\tcorrection"
	desk := fstest.MapFS{"testdata/s16.txtar": {Data: []byte("证 S16-01 S16-03\n件数 甲 0\n-- x --\n证 S16-02\n")},
		"a_test.go": {Data: []byte("package a\nfunc TestGood(t *testing.T) {}\n")}}
	proof, err := requirement.Tests(desk)
	if err != nil {
		t.Fatal(err)
	}
	s := shipped(t)
	for said, want := range map[string]string{
		"S16-01\ts16-property:channels/phone\tscenario:s16":                         "",
		"S16-01\ts16-property:channels/phone\tgo:backend/desk:TestGood":             "",
		"S16-01\ts16-property:channels/phone, letter:s16-record-form\tscenario:s16": "",
		"S16-01\t\t": "nothing meets it",
		"S16-01\ts16-property:channels/fax\tscenario:s16":               "there is no s16-property:channels/fax",
		"S16-01\ts16-property:channels/phone,letter:none\tscenario:s16": "there is no letter none",
		"S16-01\ts16-property:channels/phone\t":                         "is no test",
		"S16-01\ts16-property:channels/phone\tgo:backend/view:TestGood": "is no test",
		"S16-01\ts16-property:channels/phone\tgo:backend/desk:TestBad":  "has no TestBad",
		"S16-01\ts16-property:channels/phone\tscenario:none":            "there is no scenario none",
		"S16-02\ts16-property:channels/phone\tscenario:s16":             "has no step 证 S16-02",
		"S16-01\tdue\t-": "may be due",
		"S16-04\tdue\t-": "",
	} {
		docs := fstest.MapFS{requirement.TableFile: {Data: []byte(head + "\nS16-01\tS\tSCOPE\tone\tq\t1\tf\t\nS16-02\tS\tSCOPE\ttwo\tq\t1\tf\t\nS16-03\tS\tSCOPE\tthree\tq\t1\tf\t\nS16-04\tS\tSTATS\tfour\tq\t1\tf\t\n")},
			requirement.PartsFolder + "/a.tsv": {Data: []byte(said + "\n")}}
		rows, err := requirement.Read(docs)
		if err != nil || len(rows) != 4 {
			t.Fatalf("%q: %v, %d rows", said, err, len(rows))
		}
		for _, r := range rows {
			if got := r.Lacks(s, proof); r.ID == said[:6] && (want == "" && got != "" || !strings.Contains(got, want)) {
				t.Errorf("%q lacks %q, want %q", said, got, want)
			}
		}
		merged, err := requirement.Read(fstest.MapFS{requirement.TableFile: {Data: requirement.Write(rows)}})
		text, without := requirement.Report(rows, s, proof)
		if again, n := requirement.Report(merged, s, proof); err != nil || again != text || n != without {
			t.Errorf("%q: merged into the table it says something else (%v)", said, err)
		}
		if _, last, _ := strings.Cut(text, "met "); !strings.HasSuffix(last, " of 4\n") || without == 0 {
			t.Errorf("%q: %s", said, text)
		}
	}
}

func TestABrokenTableIsRefused(t *testing.T) {
	const head = "row\tsystem\tkind\trequirement\tquote\tseed_line\tfeature\tcorrection\n"
	const row = "S16-01\tS\tSCOPE\tone\tq\t1\tf\t\n"
	for name, docs := range map[string]fstest.MapFS{
		"no table":          {},
		"other columns":     {requirement.TableFile: {Data: []byte("row\tkind\n")}},
		"a row twice":       {requirement.TableFile: {Data: []byte(head + row + row)}},
		"a row with little": {requirement.TableFile: {Data: []byte(head + "S16-01\tS\n")}},
		"a part of no row":  {requirement.TableFile: {Data: []byte(head + row)}, requirement.PartsFolder + "/a.tsv": {Data: []byte("S16-09\tx\ty\n")}},
		"a part too short":  {requirement.TableFile: {Data: []byte(head + row)}, requirement.PartsFolder + "/a.tsv": {Data: []byte("S16-01\tx\n")}},
		"two parts of one": {requirement.TableFile: {Data: []byte(head + row)}, requirement.PartsFolder + "/a.tsv": {Data: []byte("S16-01\tx\ty\n")},
			requirement.PartsFolder + "/b.tsv": {Data: []byte("S16-01\tx\ty\n")}},
	} {
		if _, err := requirement.Read(docs); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

func sub(t *testing.T, f fs.FS, dir string) fs.FS {
	t.Helper()
	s, err := fs.Sub(f, dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func fsRead(f fs.FS, name string) (string, error) {
	raw, err := fs.ReadFile(f, name)
	return string(raw), err
}
