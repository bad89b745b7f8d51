package desk

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"jiesu/assets"
	"jiesu/backend/calendar"
	"jiesu/backend/casebook"
	"jiesu/backend/sharedfolder"
	"jiesu/backend/vault"
	"jiesu/backend/view"
)

var bg = context.Background()

const samplePassword = "sample password 1"

// town is some offices that meet in a folder.
type town struct {
	t      testing.TB
	mu     sync.Mutex // of now, while desks work
	now    time.Time
	folder string
}

// desktop is one machine: a data folder and the desk that has it open.
type desktop struct {
	*Desk
	town *town
	dir  string
	off  time.Duration // how far its clock is off
	open func(path string) (sharedfolder.FS, error)
}

func newTown(t testing.TB) *town {
	return &town{t: t, folder: t.TempDir(), now: time.Date(2026, 9, 18, 10, 0, 0, 0, calendar.Zone())}
}

func (m *desktop) clock() time.Time {
	m.town.mu.Lock()
	defer m.town.mu.Unlock()
	m.town.now = m.town.now.Add(time.Millisecond)
	return m.town.now.Add(m.off)
}

func (m *desktop) boot() {
	m.town.t.Helper()
	sub := func(f fs.FS, dir string) fs.FS {
		s, err := fs.Sub(f, dir)
		if err != nil {
			m.town.t.Fatal(err)
		}
		return s
	}
	d, err := New(Options{Dir: m.dir, Now: m.clock, Folder: m.open, Assets: Assets{Regimes: sub(assets.Regimes, "regimes"),
		Calendars: sub(assets.Calendars, "calendars"), Letters: sub(assets.Letters, "letters"), Fonts: sub(assets.Fonts, "fonts")},
		Book: casebook.Options{Vault: vault.Options{Cost: vault.Cost{Time: 1, Memory: 8 << 10, Threads: 1}}}})
	if err != nil {
		m.town.t.Fatal(err)
	}
	m.Desk = d
}

// office founds an office of its own.
func (w *town) office(code string) *desktop {
	w.t.Helper()
	m := &desktop{town: w, dir: filepath.Join(w.t.TempDir(), "data")}
	m.boot()
	w.t.Cleanup(func() { m.Close() })
	_, err := m.Create(bg, InitInput{OfficeCode: code, OfficeName: "样本网点" + code, Officer: "样本" + code, Password: samplePassword, Issuer: "样本区人民政府",
		Capacity: "agency", CodeWord: "样", ReviewBody: "样本市人民政府", Court: "样本区人民法院", Regime: "cn.gov.general"})
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

// enter opens the data folder again.
func (m *desktop) enter() {
	m.town.t.Helper()
	m.boot()
	if err := m.Unlock(bg, "", []byte(samplePassword)); err != nil {
		m.town.t.Fatal(err)
	}
}

// at opens a copy of a data folder as another machine.
func (w *town) at(dir string) *desktop {
	w.t.Helper()
	m := &desktop{town: w, dir: dir}
	m.enter()
	w.t.Cleanup(func() { m.Close() })
	return m
}

func (w *town) copyOf(dir string) string {
	w.t.Helper()
	to := filepath.Join(w.t.TempDir(), "data")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		w.t.Fatal(err)
	}
	return to
}

// joined are offices of one space, all admitted.
func (w *town) joined(codes ...string) []*desktop {
	w.t.Helper()
	var all []*desktop
	for i, code := range codes {
		m := w.office(code)
		all = append(all, m)
		if i == 0 {
			if _, err := m.ShareCreate(bg, w.folder); err != nil {
				w.t.Fatal(err)
			}
			continue
		}
		m.ask(all[0])
	}
	w.meet(all...)
	return all
}

// ask joins the space by an invitation of another office.
func (m *desktop) ask(host *desktop) {
	m.town.t.Helper()
	invitation, err := host.ShareInvite(bg)
	if err == nil {
		err = m.ShareJoin(bg, m.town.folder, invitation)
	}
	if err != nil {
		m.town.t.Fatal(err)
	}
}

func (m *desktop) sync() SyncResult {
	m.town.t.Helper()
	res, err := m.ShareSync(bg)
	if err != nil {
		m.town.t.Fatal(err)
	}
	m.town.now = m.town.now.Add(10 * time.Second)
	return res
}

// meet lets everybody exchange until all is everywhere.
func (w *town) meet(all ...*desktop) {
	w.t.Helper()
	for range 3 {
		for _, m := range all {
			m.sync()
		}
	}
}

func (m *desktop) register(name string) Registered {
	m.town.t.Helper()
	reg, err := m.Register(bg, RegisterInput{Regime: "cn.gov.general", Channel: "written", ReceivedAt: m.town.now.Add(-time.Hour).Format("2006-01-02 15:04"),
		Complainant: Person{Name: name, Phone: "13800000000"}, Respondent: Unit{Name: "样本镇规划所"}, Request: "样本请求", Facts: "样本事实"})
	if err != nil {
		m.town.t.Fatal(err)
	}
	return reg
}

var (
	acceptFields = map[string]any{"cond_lawful": true, "cond_specific": true, "accept_at": "2026-09-18", "accept_department": "样本科"}
	refuseFields = map[string]any{"refusal_condition": []any{"lawful"}, "refusal_ground": "not-lawful", "refusal_facts": "样本理由"}
)

func (m *desktop) act(number, action string, fields map[string]any) Change {
	m.town.t.Helper()
	c, err := m.Act(bg, ActInput{Case: number, Action: action, Fields: fields})
	if err != nil {
		m.town.t.Fatalf("%s: %v", action, err)
	}
	return c
}

// shown is every case as an office shows it, without what is its own view.
func (m *desktop) shown() map[string]string {
	m.town.t.Helper()
	out := map[string]string{}
	page, err := m.List(bg, CaseQuery{}, 0, 1000)
	if err != nil {
		m.town.t.Fatal(err)
	}
	for _, row := range page.Rows {
		c, err := m.Show(bg, row.ID)
		if err != nil {
			m.town.t.Fatal(err)
		}
		c.Reached = ""
		if row.Complainant == view.HiddenName { // each office opens its own
			c.Complainant, c.Properties, c.Protected = Person{}, nil, true
			delete(c.Fields, "complainant")
			for i := range c.Attachments { // the name and the key of a file too
				c.Attachments[i].Name, c.Attachments[i].Type, c.Attachments[i].SHA256 = "", "", ""
			}
		}
		for i := range c.History {
			c.History[i].Own = false
		}
		for _, k := range c.Contradictions {
			for i := range k.Branches {
				k.Branches[i].Own = false
			}
		}
		raw, err := json.Marshal([]any{row, c})
		if err != nil {
			m.town.t.Fatal(err)
		}
		out[row.ID] = string(raw)
	}
	return out
}

// apart is a text from shortly before where it differs from another.
func apart(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return a[max(0, i-150):min(len(a), i+300)]
}

// same demands that all show the same cases, byte for byte, at one now.
func (w *town) same(all ...*desktop) {
	w.t.Helper()
	now := w.now
	var first map[string]string
	for i, m := range all {
		w.now = now
		m.Desk.o.Now = func() time.Time { return now }
		got := m.shown()
		m.Desk.o.Now = m.clock
		if i == 0 {
			first = got
			continue
		}
		for id := range first {
			if got[id] != first[id] {
				w.t.Errorf("case %s is shown here as\n…%s\nand there as\n…%s", id, apart(first[id], got[id]), apart(got[id], first[id]))
			}
		}
		if len(got) != len(first) {
			w.t.Errorf("%d cases here, %d there", len(first), len(got))
		}
	}
	for _, m := range all {
		if v, err := m.Verify(bg); err != nil || !v.OK {
			w.t.Errorf("verify: %+v %v", v, err)
		}
	}
}
