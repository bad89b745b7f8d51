package requirement

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// Proof says where the tests are: the folder of backend/desk.
type Proof struct {
	desk      fs.FS
	scenarios map[string]map[string]bool // name → rows it names
	tests     map[string]bool
}

var testFunc = regexp.MustCompile(`(?m)^func (Test\w+)\(t \*testing\.T\)`)

// Tests reads which tests there are and which rows the scenarios name.
func Tests(desk fs.FS) (*Proof, error) {
	p := &Proof{desk: desk, scenarios: map[string]map[string]bool{}, tests: map[string]bool{}}
	names, err := fs.Glob(desk, "testdata/*.txtar")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		raw, err := fs.ReadFile(desk, name)
		if err != nil {
			return nil, err
		}
		p.scenarios[strings.TrimSuffix(strings.TrimPrefix(name, "testdata/"), ".txtar")] = named(string(raw))
	}
	if names, err = fs.Glob(desk, "*_test.go"); err != nil {
		return nil, err
	}
	for _, name := range names {
		raw, err := fs.ReadFile(desk, name)
		if err != nil {
			return nil, err
		}
		for _, m := range testFunc.FindAllSubmatch(raw, -1) {
			p.tests[string(m[1])] = true
		}
	}
	return p, nil
}

// named are the rows that a scenario says it proves, by the word 证.
func named(raw string) map[string]bool {
	rows := map[string]bool{}
	for line := range strings.Lines(raw) {
		if strings.HasPrefix(line, "-- ") {
			break
		}
		if words := strings.Fields(line); len(words) > 1 && words[0] == "证" {
			for _, row := range words[1:] {
				rows[row] = true
			}
		}
	}
	return rows
}

// Lacks says what a row lacks to count as met, or "".
func (r Row) Lacks(s *Shipped, p *Proof) string {
	if r.fault != "" {
		return r.fault
	}
	for _, n := range r.Nodes {
		if err := s.Has(n); err != nil {
			return err.Error()
		}
	}
	switch {
	case r.Due:
		return ""
	case r.Test != "" && !p.tests[r.Test]:
		return "backend/desk has no " + r.Test
	case r.Test != "":
		return ""
	case p.scenarios[r.Scenario] == nil:
		return "there is no scenario " + r.Scenario
	case !p.scenarios[r.Scenario][r.ID]:
		return fmt.Sprintf("scenario %s has no step 证 %s", r.Scenario, r.ID)
	}
	return ""
}

// Report says row by row what meets it, and how many are met, due and without.
func Report(rows []Row, s *Shipped, p *Proof) (text string, without int) {
	var b strings.Builder
	met, waiting := 0, 0
	for _, r := range rows {
		nodes, test := r.Told()
		why := r.Lacks(s, p)
		switch {
		case why != "":
			without++
			fmt.Fprintf(&b, "%s\t%s\t%s\tWITHOUT: %s\n", r.ID, r.Kind, r.Text, why)
			continue
		case r.Due:
			waiting++
		default:
			met++
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\n", r.ID, r.Kind, r.Text, nodes, test)
	}
	for _, name := range strays(rows, p) {
		without++
		fmt.Fprintln(&b, name)
	}
	fmt.Fprintf(&b, "met %d, due %d of %d\n", met, waiting, len(rows))
	return b.String(), without
}

// strays are rows that a scenario claims to prove and that are not in the
// table.
func strays(rows []Row, p *Proof) []string {
	var out []string
	for scenario, claimed := range p.scenarios {
		for row := range claimed {
			if !slices.ContainsFunc(rows, func(r Row) bool { return r.ID == row }) {
				out = append(out, "WITHOUT: scenario "+scenario+" proves "+row+", which is no row")
			}
		}
	}
	slices.Sort(out)
	return out
}
