package desk_test

import (
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"jiesu/assets"
	"jiesu/backend/desk"
	"jiesu/backend/letter"
	"jiesu/backend/requirement"
)

// withoutNode names, for a test that runs once more by itself, the node that
// its desks go without.
const withoutNode = "JIESU_WITHOUT"

// sampledNodes is how many nodes build/test takes away; JIESU_NODES=all, in
// build/soak, takes away every one.
const sampledNodes = 12

var loadShipped = sync.OnceValues(func() (*requirement.Shipped, error) {
	regimes, err := fs.Sub(assets.Regimes, "regimes")
	if err != nil {
		return nil, err
	}
	letters, err := fs.Sub(assets.Letters, "letters")
	if err != nil {
		return nil, err
	}
	return requirement.Load(regimes, letters)
})

// lacking opens desks without a node.
func lacking(n requirement.Node) (func(*desk.Options), error) {
	shipped, err := loadShipped()
	if err != nil {
		return nil, err
	}
	book, letters, err := shipped.Without(n)
	if err != nil {
		return nil, err
	}
	var templates []*letter.Template
	if n.Letter {
		if templates, err = unchecked(letters); err != nil {
			return nil, fmt.Errorf("without %s no letter can be read (%w): name what can be missing", n, err)
		}
	}
	return func(o *desk.Options) { o.Regimes, o.Templates = book, templates }, nil
}

// unchecked reads letters past the rules of what a letter must have, so that
// what fails is a step of the test.
func unchecked(letters fs.FS) ([]*letter.Template, error) {
	names, err := fs.Glob(letters, "*.json")
	if err != nil {
		return nil, err
	}
	var out []*letter.Template
	for _, name := range names {
		raw, err := fs.ReadFile(letters, name)
		if err != nil {
			return nil, err
		}
		t, err := letter.Unchecked(raw)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// proof is one node and the test that must fail without it.
type proof struct {
	row            string
	node           requirement.Node
	scenario, test string
}

// proofs are all of them, in the order of the table; what two rows share is
// there once.
func proofs(t testing.TB) []proof {
	rows, err := requirement.Read(os.DirFS("../../docs"))
	if err != nil {
		t.Fatal(err)
	}
	var all []proof
	seen := map[string]bool{}
	for _, r := range rows {
		for _, n := range r.Nodes {
			p := proof{r.ID, n, r.Scenario, r.Test}
			if key := n.String() + p.scenario + p.test; !r.Due && p.scenario+p.test != "" && !seen[key] {
				seen[key] = true
				all = append(all, p)
			}
		}
	}
	return all
}

// sampled picks some, the same each time, spread over the table.
func sampled(all []proof, n int) []proof {
	rank := func(p proof) uint64 {
		h := fnv.New64a()
		io.WriteString(h, p.node.String())
		return h.Sum64()
	}
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b proof) int {
		return bytes.Compare(fmt.Appendf(nil, "%020d", rank(a)), fmt.Appendf(nil, "%020d", rank(b)))
	})
	return all[:min(n, len(all))]
}

// Every node that the table of requirements rests on is needed: without it the
// test that is named beside it fails. Each test passes with it.
func TestNodesAreNeeded(t *testing.T) {
	all := proofs(t)
	if len(all) == 0 {
		t.Fatal("no row of the table names a node")
	}
	switch {
	case os.Getenv("JIESU_NODES") == "all":
	case testing.Short(): // under the race detector a scenario takes ten times as long
		all = sampled(all, 3)
	default:
		all = sampled(all, sampledNodes)
	}
	passes := map[string]error{}
	for _, p := range all {
		t.Run(p.row+" "+p.node.String(), func(t *testing.T) {
			name := p.scenario + p.test
			if _, known := passes[name]; !known {
				passes[name] = p.run(t, nil)
			}
			if err := passes[name]; err != nil {
				t.Fatalf("%s fails with everything in place: %v", name, err)
			}
			if err := p.withoutIt(t); err != nil {
				t.Error(err)
			}
		})
	}
}

// withoutIt says what is wrong with a proof, or nil.
func (p proof) withoutIt(t testing.TB) error {
	without, err := lacking(p.node)
	if err != nil {
		return err
	}
	err = p.run(t, without)
	if err == nil {
		return fmt.Errorf("%s%s passes without %s: no step reads it", p.scenario, p.test, p.node)
	}
	t.Log(err)
	return nil
}

// run runs the test of a proof, on desks that go without something or not.
func (p proof) run(t testing.TB, without func(*desk.Options)) error {
	if p.scenario != "" {
		return playScenario(t, filepath.Join("testdata", p.scenario+".txtar"), without)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+p.test+"$", "-test.v")
	cmd.Env = append(os.Environ(), withoutNode+"=")
	if without != nil {
		cmd.Env = append(cmd.Env, withoutNode+"="+p.node.String())
	}
	out, err := cmd.CombinedOutput()
	if !bytes.Contains(out, []byte("=== RUN   "+p.test+"\n")) {
		return errors.New("it did not run: " + string(out))
	}
	if err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}

// The proof itself can fail: a node that no step reads is found, of a scenario
// and of a Go test.
func TestAnUnreadNodeIsFound(t *testing.T) {
	const goTest = "TestACaseIsRegisteredShownAndFound"
	for name, c := range map[string]struct {
		p    proof
		read bool
	}{
		"a scenario that does not look":     {proof{"", requirement.Node{File: "s16-property", Path: []string{"clocks", "record"}}, "office-people", ""}, false},
		"a scenario that does":              {proof{"", requirement.Node{File: "s16-property", Path: []string{"purpose"}}, "office-people", ""}, true},
		"a letter it does not look at":      {proof{"", requirement.Node{Letter: true, File: "s7-decision"}, "office-people", ""}, false},
		"a letter it draws":                 {proof{"", requirement.Node{Letter: true, File: "s16-record-form"}, "office-people", ""}, true},
		"a test that does not look":         {proof{"", requirement.Node{File: "s16-property", Path: []string{"purpose"}}, "", goTest}, false},
		"a test that needs it":              {proof{"", requirement.Node{File: "s07-government", Path: []string{"channels", "written"}}, "", goTest}, true},
		"a test that there is not":          {proof{"", requirement.Node{File: "s16-property", Path: []string{"purpose"}}, "", "TestNothingAtAll"}, true},
		"a node that there is not":          {proof{"", requirement.Node{File: "s16-property", Path: []string{"nothing"}}, "office-people", ""}, false},
		"a table of the letter":             {proof{"", requirement.Node{Letter: true, File: "s16-record-form", Path: []string{"blocks", "table"}}, "office-people", ""}, true},
		"a scenario that panics is a fault": {proof{"", requirement.Node{File: "s16-property", Path: []string{"tracks"}}, "office-people", ""}, true},
	} {
		if err := c.p.withoutIt(t); (err == nil) != c.read {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := (proof{test: "TestNothingAtAll"}).run(t, nil); err == nil {
		t.Error("a test that there is not passes")
	}
}
