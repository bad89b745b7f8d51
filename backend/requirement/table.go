package requirement

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// TableFile and PartsFolder are where the table stands, below docs. A part
// (requirements.d/*.tsv: row, nodes, test) fills in or replaces what the table
// says of its rows.
const (
	TableFile   = "requirements.tsv"
	PartsFolder = "requirements.d"
)

// due are the kinds that may wait: ledgers, statistics and public notices come
// as a whole.
var due = []string{"STATS", "LEDGER", "REPORT", "DISCLOSE"}

// columns of the table. row to correction come from the sources.
var columns = []string{"row", "system", "kind", "requirement", "quote", "seed_line", "feature", "correction", "node", "test"}

// Row is one requirement.
type Row struct {
	ID, Kind, Text string
	cells          []string // as many as columns
	Nodes          []Node
	Due            bool
	Scenario       string // name of a scenario, or
	Test           string // of a Go test of backend/desk
	fault          string // why node and test cannot be read
}

// Told says what meets the row.
func (r Row) Told() (nodes, test string) { return r.cells[8], r.cells[9] }

// Read reads the table and its parts from docs.
func Read(docs fs.FS) ([]Row, error) {
	raw, err := fs.ReadFile(docs, TableFile)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimRight(string(raw), "\n"), "\n")
	if got := strings.Split(lines[0], "\t"); !slices.Equal(got[:min(len(got), 8)], columns[:8]) {
		return nil, fmt.Errorf("%s begins with %q", TableFile, lines[0])
	}
	var rows []Row
	at := map[string]int{}
	for _, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		if _, twice := at[cells[0]]; twice || len(cells) > len(columns) || len(cells) < 8 {
			return nil, fmt.Errorf("%s: row %s is there twice or has %d columns", TableFile, cells[0], len(cells))
		}
		at[cells[0]] = len(rows)
		cells = append(cells, make([]string, len(columns)-len(cells))...)
		rows = append(rows, Row{ID: cells[0], Kind: cells[2], Text: cells[3], cells: cells})
	}
	if err := readParts(docs, rows, at); err != nil {
		return nil, err
	}
	for i := range rows {
		rows[i].read()
	}
	return rows, nil
}

func readParts(docs fs.FS, rows []Row, at map[string]int) error {
	parts, err := fs.Glob(docs, path.Join(PartsFolder, "*.tsv"))
	if err != nil {
		return err
	}
	said := map[string]string{}
	for _, part := range parts {
		raw, err := fs.ReadFile(docs, part)
		if err != nil {
			return err
		}
		for line := range strings.Lines(string(raw)) {
			line = strings.TrimRight(line, "\n")
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			cells := strings.Split(line, "\t")
			i, ok := at[cells[0]]
			switch {
			case !ok || len(cells) != 3:
				return fmt.Errorf("%s: %q: not ROW, NODES, TEST of a row of the table", part, line)
			case said[cells[0]] != "":
				return fmt.Errorf("%s: row %s stands in %s too", part, cells[0], said[cells[0]])
			}
			said[cells[0]] = part
			copy(rows[i].cells[8:], cells[1:])
		}
	}
	return nil
}

var goTest = regexp.MustCompile(`^go:backend/desk:(Test\w+)$`)

// read takes node and test apart.
func (r *Row) read() {
	nodes, test := r.Told()
	switch {
	case nodes == "due":
		r.Due = true
		if !slices.Contains(due, r.Kind) {
			r.fault = "only " + strings.Join(due, ", ") + " may be due"
		}
		return
	case nodes == "":
		r.fault = "nothing meets it"
		return
	}
	for _, s := range strings.Split(nodes, ",") {
		n, err := ParseNode(strings.TrimSpace(s))
		if err != nil {
			r.fault = err.Error()
			return
		}
		r.Nodes = append(r.Nodes, n)
	}
	scenario, isScenario := strings.CutPrefix(test, "scenario:")
	m := goTest.FindStringSubmatch(test)
	switch {
	case isScenario:
		r.Scenario = scenario
	case m != nil:
		r.Test = m[1]
	default:
		r.fault = fmt.Sprintf("%q is no test: write scenario:NAME or go:backend/desk:TestName", test)
	}
}

// Write is the table with all that the parts say, as it is kept.
func Write(rows []Row) []byte {
	var b strings.Builder
	b.WriteString(strings.Join(columns, "\t") + "\n")
	for _, r := range rows {
		b.WriteString(strings.Join(r.cells, "\t") + "\n")
	}
	return []byte(b.String())
}
