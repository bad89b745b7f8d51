package desk

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Bugs planted into the program must be found: the same test is run with one
// line of the program changed.
func TestTheSimulationFindsPlantedBugs(t *testing.T) {
	if os.Getenv(seedsEnv) == "" || os.Getenv("JIESU_PLANTED") != "" {
		t.Skip("runs with " + seedsEnv + ", see build/soak")
	}
	for name, bug := range map[string]struct{ file, line, instead string }{
		"an entry is dropped when several arrive": {"../casebook/exchange.go", "	now := b.opts.Now()\n	for _, e := range entries {",
			"	if len(fresh) > 2 {\n		fresh, entries = fresh[1:], entries[1:]\n	}\n	now := b.opts.Now()\n	for _, e := range entries {"},
		"acts are ordered by the clock alone":     {"../journal/order.go", "parents := distinct(n.Parents)", "parents := distinct(nil)"},
		"acts are folded as they lie":             {"../complaint/fold.go", "ordered, waiting := journal.Sort(nodes)", "ordered, waiting := nodes, []journal.Node(nil)"},
		"a save is acknowledged before the write": {"../journalfile/log.go", "f.WriteAt(buf, l.end)", "f.WriteAt(buf[:len(buf)/2], l.end)"},
		"the serial is not kept":                  {"../casebook/apply.go", "if err := t.Set(k, binary.BigEndian.AppendUint64(nil, uint64(s.N))); err != nil {", "if err := error(nil); err != nil {"},
	} {
		t.Run(name, func(t *testing.T) { planted(t, bug.file, bug.line, bug.instead) })
	}
}

func planted(t *testing.T, file, line, instead string) {
	source, err := os.ReadFile(file)
	if err != nil || strings.Count(string(source), line) != 1 {
		t.Fatalf("%s has no place for the bug (%v)", file, err)
	}
	path, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := filepath.Join(t.TempDir(), "changed.go")
	overlay := filepath.Join(t.TempDir(), "overlay.json")
	raw, err := json.Marshal(map[string]any{"Replace": map[string]string{path: changed}})
	if err == nil {
		err = os.WriteFile(changed, []byte(strings.Replace(string(source), line, instead, 1)), 0o600)
	}
	if err == nil {
		err = os.WriteFile(overlay, raw, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "test", "-vet=off", "-count=1", "-overlay", overlay, "-run", "TestSimulated", ".")
	cmd.Env = append(os.Environ(), seedsEnv+"=20", firstEnv+"=1", "JIESU_PLANTED=1")
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "--- FAIL: TestSimulated") {
		t.Errorf("not found: %v\n%s", err, out)
	}
}
