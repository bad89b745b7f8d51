package desk_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

// Scenarios are a day's work in the trade's own words: testdata/*.txtar, one
// step a line, then the files that the steps name. The words are in
// scenario_words_test.go.
func TestScenarios(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			if err := playScenario(t, file, nil); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// readArchive splits a txtar: the script, and its files by name.
func readArchive(raw string) (script string, files map[string]string) {
	files = map[string]string{}
	name := ""
	for line := range strings.Lines(raw) {
		if rest, ok := strings.CutPrefix(line, "-- "); ok && strings.HasSuffix(strings.TrimSpace(rest), " --") {
			name = strings.TrimSuffix(strings.TrimSpace(rest), " --")
			files[name] = ""
			continue
		}
		if name == "" {
			script += line
		} else {
			files[name] += line
		}
	}
	return script, files
}

// firstOfficer founds every office of a scenario and is its administrator.
const firstOfficer = "样本经办"

// scenario is one play.
type scenario struct {
	t     testing.TB
	ctx   context.Context
	dir   string
	clock *clock
	files map[string]string
	desks map[string]*desk.Desk
	cases map[string]string   // name in the script → case id
	acts  map[string][]string // name of the case → entries, as they were made
	mails map[string]string   // name in the script → message id
	at    map[string]string   // office → who is at the desk

	without func(*desk.Options)
}

// playScenario plays a file and says at which line it failed, or nil. without,
// if not nil, changes what the desks of the play are opened with.
func playScenario(t testing.TB, file string, without func(*desk.Options)) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	script, files := readArchive(string(raw))
	s := &scenario{t: t, ctx: context.Background(), dir: t.TempDir(), clock: &clock{at("2026-09-18 10:00")}, files: files, without: without,
		desks: map[string]*desk.Desk{}, cases: map[string]string{}, acts: map[string][]string{}, mails: map[string]string{}, at: map[string]string{}}
	defer func() {
		for _, d := range s.desks {
			d.Close()
		}
	}()
	return s.play(script)
}

// play does the lines one after another. A panic is a failure of its line.
func (s *scenario) play(script string) (err error) {
	n, text := 0, ""
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("line %d: %s: panic: %v", n, text, p)
		}
	}()
	for line := range strings.Lines(script) {
		n, text = n+1, strings.TrimSpace(line)
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if err := s.do(words); err != nil {
			return fmt.Errorf("line %d: %s: %w", n, text, err)
		}
	}
	return nil
}

// options are how a desk of the play is opened.
func (s *scenario) options(dir string) desk.Options {
	o := options(s.t, dir, s.clock)
	if s.without != nil {
		s.without(&o)
	}
	return o
}

func (s *scenario) do(words []string) error {
	word, ok := scenarioWords()[words[0]]
	if !ok {
		return fmt.Errorf("unknown word %s", words[0])
	}
	args := words[1:]
	if len(args) < word.least || len(args) > word.most {
		return fmt.Errorf("%s takes %d to %d words", words[0], word.least, word.most)
	}
	return word.do(s, args)
}

// refused does the rest of the line, which must be refused with a code, in one
// sentence with a next step, and must leave nothing behind.
func (s *scenario) refused(args []string) error {
	before := s.entries()
	err := s.do(args[1:])
	var f *fault.Fault
	switch {
	case err == nil:
		return errors.New("it was not refused")
	case !errors.As(err, &f):
		return err
	case f.Code != args[0]:
		return fmt.Errorf("refused as %s (%s)", f.Code, f.Message)
	case f.Message == "" || f.Hint == "" && f.Field == "" && !strings.Contains(f.Message, "请"):
		return fmt.Errorf("no sentence or no next step: %q %q", f.Message, f.Hint)
	}
	if after := s.entries(); before != after {
		return fmt.Errorf("it left something behind: %s, before %s", after, before)
	}
	return nil
}

// entries says how many entries, cases and mails each open desk holds.
func (s *scenario) entries() string {
	var b strings.Builder
	for _, name := range []string{"甲", "乙"} {
		if d := s.desks[name]; d != nil {
			v, err := d.Verify(s.ctx)
			page, _ := d.Messages(s.ctx, "", "", 0, 1)
			fmt.Fprint(&b, name, v, page.Total, err == nil, " ")
		}
	}
	return b.String()
}

func (s *scenario) desk(name string) (*desk.Desk, error) {
	if d := s.desks[name]; d != nil {
		return d, nil
	}
	return nil, errors.New("no office " + name)
}

// show gives an office and a case as that office shows it.
func (s *scenario) show(office, name string) (*desk.Desk, desk.CaseDetail, error) {
	d, err := s.desk(office)
	if err != nil {
		return nil, desk.CaseDetail{}, err
	}
	id, ok := s.cases[name]
	if !ok {
		return d, desk.CaseDetail{}, errors.New("no case " + name)
	}
	c, err := d.Show(s.ctx, id)
	return d, c, err
}

// input decodes a file of the scenario.
func (s *scenario) input(name string, into any) error {
	raw, ok := s.files[name]
	if !ok {
		return errors.New("no file " + name)
	}
	d := json.NewDecoder(strings.NewReader(raw))
	d.DisallowUnknownFields()
	return d.Decode(into)
}

func (s *scenario) made(name string, c desk.Change, err error) error {
	if err == nil {
		s.acts[name] = append(s.acts[name], c.Act)
	}
	return err
}

func want(what, got, wanted string) error {
	if got != wanted {
		return fmt.Errorf("%s is %q, want %q", what, got, wanted)
	}
	return nil
}

// moment is a time of the script: "2026-09-18" "10:00".
func moment(args []string) time.Time { return at(strings.Join(args, " ")) }
