package desk

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/cryptotest"
	"time"

	"jiesu/backend/fault"
	"jiesu/backend/sharedfolder"
	"jiesu/backend/sharedfolder/sharedfoldertest"
	"jiesu/backend/store/storetest"
)

// seedsEnv is how many seeds the simulation runs, firstEnv the first of them.
const (
	seedsEnv = "JIESU_SEEDS"
	firstEnv = "JIESU_SEED"
)

func number(env string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(env)); err == nil {
		return n
	}
	return otherwise
}

// TestSimulatedOfficesLoseNothing lets three offices with real data folders
// work at random and exchange over a folder that lies, while they crash and
// their clocks jump. A seed is printed, with what was done, when it fails:
//
//	JIESU_SEED=7 JIESU_SEEDS=1 go test ./backend/desk -run Simulated
//
// It is the same run again but for one thing: Badger draws its own randomness
// in the background, so that after some crashes the ids may come out otherwise.
func TestSimulatedOfficesLoseNothing(t *testing.T) {
	seeds, met := 6, 0
	if testing.Short() {
		seeds = 1
	}
	first := number(firstEnv, 1)
	for seed := first; seed < first+number(seedsEnv, seeds); seed++ {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			s := simulate(t, uint64(seed))
			met += s.conflicts
			if t.Failed() {
				t.Logf("seed %d; what was done:\n%s", seed, strings.Join(s.log, "\n"))
			}
		})
	}
	if met == 0 && seeds > 1 {
		t.Error("no two offices ever contradicted each other: the simulation proves little")
	}
}

// saved is an act that an office was told is saved.
type saved struct{ who, id, act string }

type sim struct {
	*town
	rng       *rand.Rand
	store     *sharedfoldertest.Store
	views     []*sharedfoldertest.View
	all       []*desktop
	saved     []saved
	log       []string
	conflicts int
}

func (s *sim) note(format string, args ...any) {
	s.log = append(s.log, s.now.Format("02 15:04:05 ")+fmt.Sprintf(format, args...))
}

func simulate(t *testing.T, seed uint64) *sim {
	cryptotest.SetGlobalRandom(t, seed)
	s := &sim{town: newTown(t), rng: rand.New(rand.NewPCG(seed, 3)), store: sharedfoldertest.New(seed)}
	for i, code := range []string{"A1", "B1", "C1"} {
		view := s.store.View()
		m := s.office(code)
		for clock, days := range map[string]int{"acceptance": 3 + i, "handling": 20 + i} {
			if err := m.SetClock(bg, "cn.gov.general", clock, fmt.Sprintf("%dworkday", days)); err != nil {
				t.Fatal(err)
			}
		}
		m.Close()
		m.open = func(string) (sharedfolder.FS, error) { return view.Open() }
		m.enter()
		s.views, s.all = append(s.views, view), append(s.all, m)
	}
	if _, err := s.all[0].ShareCreate(bg, s.folder); err != nil {
		t.Fatal(err)
	}
	for _, m := range s.all[1:] {
		m.ask(s.all[0])
		s.sync(s.all[0])
	}
	chance := []float64{0, 0.03, 0.1, 0.25}[s.rng.IntN(4)]
	for _, v := range s.views {
		v.Lie(sharedfoldertest.All(chance))
	}
	for range 90 {
		s.now = s.now.Add(time.Duration(s.rng.Int64N(int64(5 * time.Minute))))
		s.step(s.rng.IntN(len(s.all)))
		if t.Failed() {
			return s
		}
	}
	s.heal()
	s.check()
	return s
}

func (s *sim) step(i int) {
	m := s.all[i]
	switch k := s.rng.IntN(100); {
	case k < 35:
		s.sync(m)
	case k < 82:
		s.work(m)
	case k < 87:
		s.crash(i)
	case k < 90:
		m.off = time.Duration(s.rng.IntN(7)-3) * 24 * time.Hour
		s.note("%s: clock off by %v", s.name(m), m.off)
	case k < 94:
		s.views[i].Mount(sharedfoldertest.Mount(s.rng.IntN(4)))
	case k < 96:
		s.views[i].Mount(sharedfoldertest.Mounted)
		s.views[i].Busy(s.rng.IntN(4))
	default:
		s.vandal()
	}
}

func (s *sim) sync(m *desktop) {
	res, err := m.ShareSync(bg)
	if err != nil && fault.Of(err).Code == "internal" {
		s.t.Errorf("sync: %v", err)
	}
	s.note("%s: sync %d out %d in %v", s.name(m), res.Published, res.Received, err)
}

// vandal spoils or deletes a file, or lays a copy beside it.
func (s *sim) vandal() {
	files := slices.DeleteFunc(s.store.Files(), func(f string) bool { return !strings.Contains(f, "/r/") })
	if len(files) == 0 {
		return
	}
	file := files[s.rng.IntN(len(files))]
	s.note("spoilt: %s", file)
	switch s.rng.IntN(3) {
	case 0:
		s.store.Delete(file)
	case 1:
		s.store.Damage(file, sharedfoldertest.Harm(s.rng.IntN(int(sharedfoldertest.Flip)+1)))
	default:
		s.store.Put(file+" (conflicted copy 2026-09-18)", append(s.store.Get(file), 0))
	}
}

// work does something an officer does, to a case he can see.
func (s *sim) work(m *desktop) {
	page, err := m.List(bg, CaseQuery{Sort: "received"}, 0, 1000)
	if err != nil {
		s.t.Fatal(err)
	}
	if len(page.Rows) == 0 || s.rng.IntN(5) == 0 {
		reg, err := m.Register(bg, RegisterInput{Regime: "cn.gov.general", Channel: "written", ReceivedAt: m.clock().Add(-time.Hour).Format(time.RFC3339),
			Complainant: Person{Name: fmt.Sprint("张样本", len(s.saved))}, Facts: "样本事实", Protected: s.rng.IntN(8) == 0})
		s.keep(m, reg.ID, reg.Act, "register", err)
		return
	}
	rows := slices.SortedFunc(slices.Values(page.Rows), func(a, b CaseRow) int { return strings.Compare(a.ID, b.ID) })
	row := rows[s.rng.IntN(len(rows))]
	what, c, err := s.deed(m, row)
	s.keep(m, row.ID, c.Act, what, err)
}

func (s *sim) deed(m *desktop, row CaseRow) (what string, c Change, err error) {
	act := func(action string, fields map[string]any) (string, Change, error) {
		c, err := m.Act(bg, ActInput{Case: row.ID, Action: action, Fields: fields})
		return action, c, err
	}
	n := fmt.Sprint(len(s.saved))
	if row.Conflict && s.rng.IntN(2) == 0 {
		return s.resolve(m, row)
	}
	switch s.rng.IntN(8) {
	case 0, 1:
		return act("accept", acceptFields)
	case 2:
		return act("refuse", refuseFields)
	case 3:
		return act("assign", map[string]any{"assignee": "样本" + []string{"甲", "乙"}[s.rng.IntN(2)]})
	case 4:
		c, err = m.Note(bg, row.ID, "备注"+n)
		return "note", c, err
	case 5:
		c, err = m.Edit(bg, row.ID, map[string]any{"facts": "改正" + n}, "样本理由")
		return "edit", c, err
	case 6:
		c, err = m.Attach(bg, row.ID, n+".txt", strings.NewReader("样本附件"+n))
		return "attach", c, err
	}
	detail, err := m.Show(bg, row.ID)
	if err != nil {
		return "undo", c, err
	}
	c, err = m.Undo(bg, row.ID, detail.History[s.rng.IntN(len(detail.History))].ID)
	return "undo", c, err
}

func (s *sim) resolve(m *desktop, row CaseRow) (string, Change, error) {
	detail, err := m.Show(bg, row.ID)
	if err != nil || len(detail.Contradictions) == 0 {
		return "resolve", Change{}, err
	}
	k := detail.Contradictions[0]
	c, err := m.Resolve(bg, k.ID, k.Branches[s.rng.IntN(len(k.Branches))].Entry, "")
	return "resolve", c, err
}

// keep remembers what was acknowledged. The rulebook may refuse, nothing else.
func (s *sim) keep(m *desktop, id, act, what string, err error) {
	if err != nil {
		if f := fault.Of(err); f.Kind != fault.Refused {
			s.t.Errorf("%s: %v", what, err)
		}
		return
	}
	s.note("%s: %s %s %s", s.name(m), what, id[:8], act[:8])
	if act == "" {
		s.t.Errorf("%s names no act", what)
	}
	s.saved = append(s.saved, saved{s.name(m), id, act})
}

func (s *sim) name(m *desktop) string { return fmt.Sprint(slices.Index(s.all, m)) }

// crash leaves what a killed process leaves, sometimes with a database that
// had not been written as far as the log, and starts again from there.
func (s *sim) crash(i int) {
	m := s.all[i]
	s.note("%d: crash", i)
	var db string
	if s.rng.IntN(2) == 0 {
		db = storetest.Copy(s.t, filepath.Join(m.dir, "db"))
		s.work(m)
	}
	left := filepath.Join(s.t.TempDir(), "data")
	for _, sub := range []string{"journal", "local", "blobs", "db"} {
		from := filepath.Join(m.dir, sub)
		if sub == "db" {
			if from = db; db == "" {
				from = storetest.Copy(s.t, filepath.Join(m.dir, "db"))
			}
		}
		if err := os.CopyFS(filepath.Join(left, sub), os.DirFS(from)); err != nil {
			s.t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(filepath.Join(m.dir, "vault.json"))
	if err == nil {
		err = os.WriteFile(filepath.Join(left, "vault.json"), raw, 0o600)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	m.Close()
	m.dir = left
	m.enter()
	s.there(m, func(a saved) bool { return a.who == s.name(m) })
}

// there demands that a machine shows what was acknowledged.
func (s *sim) there(m *desktop, which func(saved) bool) {
	acts := map[string]map[string]bool{}
	for _, a := range s.saved {
		if !which(a) {
			continue
		}
		if acts[a.id] == nil {
			acts[a.id] = map[string]bool{}
			detail, err := m.Show(bg, a.id)
			if err != nil {
				s.t.Errorf("%s lost case %s: %v", s.name(m), a.id, err)
			}
			for _, h := range detail.History {
				acts[a.id][h.ID] = true
			}
		}
		if !acts[a.id][a.act] {
			s.t.Errorf("%s does not show %s of %s, saved by %s", s.name(m), a.act[:8], a.id[:8], a.who)
		}
	}
}

// heal lets the folder tell the truth and everybody exchange until all have
// the same entries and files.
func (s *sim) heal() {
	for i, v := range s.views {
		v.Mount(sharedfoldertest.Mounted)
		v.Busy(0)
		v.Lie(sharedfoldertest.Faults{})
		s.all[i].off = 0
		if page, err := s.all[i].List(bg, CaseQuery{}, 0, 1000); err == nil {
			for _, row := range page.Rows {
				if row.Conflict {
					s.conflicts++
				}
			}
		}
	}
	for round := range 150 {
		same := round > 2
		for _, m := range s.all {
			s.sync(m)
		}
		for _, m := range s.all {
			same = same && fmt.Sprint(m.book.Heads()) == fmt.Sprint(s.all[0].book.Heads()) && len(m.book.Want(1)) == 0
		}
		if same {
			return
		}
		s.now = s.now.Add(30 * time.Second)
	}
	for _, m := range s.all {
		status, err := m.ShareStatus(bg)
		s.t.Errorf("after healing: %v, files wanted %v, %s, left alone %v (%v)", m.book.Heads(), m.book.Want(5), status.Line, status.Skipped, err)
	}
}
