package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jiesu/assets"
	"jiesu/backend/calendar"
	"jiesu/backend/casebook"
	"jiesu/backend/fault"
	"jiesu/backend/sharedfolder"
	"jiesu/backend/vault"
	"jiesu/backend/view"
)

var bg = context.Background()

const samplePassword = "sample password 1"

// town is some offices that meet in a folder.
type town struct {
	t      testing.TB
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

func TestTwoOfficesExchangeWhatTheyDidOffline(t *testing.T) {
	w := newTown(t)
	both := w.joined("A1", "B1")
	a, b := both[0], both[1]
	one, two := a.register("张样本"), b.register("李样本")
	a.act(one.Number, "accept", acceptFields)
	if _, err := b.Note(bg, two.Number, "已电话联系"); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Attach(bg, one.Number, "样本材料.txt", strings.NewReader("样本附件内容")); err != nil {
		t.Fatal(err)
	}
	w.meet(a, b)
	w.same(a, b)
	if got := b.shown(); len(got) != 2 {
		t.Fatalf("%d cases", len(got))
	}
	c, err := b.Show(bg, one.Number)
	if err != nil || len(c.Attachments) != 1 || !c.Attachments[0].Here {
		t.Fatalf("%+v %v", c.Attachments, err)
	}
	_, file, err := b.Attachment(bg, one.Number, c.Attachments[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if raw, err := io.ReadAll(file); err != nil || string(raw) != "样本附件内容" {
		t.Errorf("the attachment holds %q (%v)", raw, err)
	}
	if c.Reached == "" {
		t.Error("nobody says where the case has got to")
	}
	b.act(one.Number, "assign", map[string]any{"assignee": "样本B1"})
	w.meet(a, b)
	w.same(a, b)
	if status, err := a.ShareStatus(bg); err != nil || status.State != "online" || status.Unsent != 0 {
		t.Errorf("%+v %v", status, err)
	}
}

func TestALetterArrivesAtTheOtherOffice(t *testing.T) {
	w := newTown(t)
	both := w.joined("A1", "B1")
	a, b := both[0], both[1]
	form, err := a.Profile(bg)
	if err == nil {
		form.Profile.Phone = "010-00000000"
		_, err = a.SetProfile(bg, form.Profile)
	}
	if err != nil {
		t.Fatal(err)
	}
	reg := a.register("张样本")
	a.act(reg.Number, "accept", acceptFields)
	issued, raw, err := a.LetterIssue(bg, reg.Number, "acceptance")
	if err != nil {
		t.Fatal(err)
	}
	w.meet(a, b)
	w.same(a, b)
	c, err := b.Show(bg, reg.Number)
	if err != nil || len(c.Letters) != 1 || c.Letters[0].Number != issued.Number {
		t.Fatalf("%+v %v", c.Letters, err)
	}
	if got, err := b.LetterExport(bg, reg.Number, c.Letters[0].ID); err != nil || string(got) != string(raw) {
		t.Errorf("%d bytes of %d arrived: %v", len(got), len(raw), err)
	}
}

func TestOneAcceptsTheOtherRefuses(t *testing.T) {
	w := newTown(t)
	both := w.joined("A1", "B1")
	a, b := both[0], both[1]
	reg := a.register("张样本")
	w.meet(a, b)
	a.act(reg.Number, "accept", acceptFields)
	b.act(reg.Number, "refuse", refuseFields)
	w.meet(a, b)
	w.same(a, b)
	var ids []string
	for _, m := range both {
		list, err := m.Contradictions(bg)
		if err != nil || len(list) != 1 || len(list[0].Branches) != 2 || list[0].Number != reg.Number {
			t.Fatalf("%+v %v", list, err)
		}
		ids = append(ids, list[0].ID)
		if _, err := m.Act(bg, ActInput{Case: reg.Number, Action: "assign", Fields: map[string]any{"assignee": "x"}}); err == nil {
			t.Error("went on over the contradiction")
		}
	}
	if ids[0] != ids[1] {
		t.Error("the offices name it differently")
	}
	list, _ := b.Contradictions(bg)
	if _, err := b.Resolve(bg, ids[1], list[0].Branches[1].Entry, "样本理由"); err != nil {
		t.Fatal(err)
	}
	w.meet(a, b)
	w.same(a, b)
	if list, _ := a.Contradictions(bg); len(list) != 0 {
		t.Errorf("still there: %+v", list)
	}
	if c, _ := a.Show(bg, reg.Number); c.Stage != "refused" {
		t.Errorf("stage %s", c.Stage)
	}
}

func TestAnOfficeWorksWhileItWaits(t *testing.T) {
	w := newTown(t)
	a, b := w.office("A1"), w.office("B1")
	if _, err := a.ShareCreate(bg, w.folder); err != nil {
		t.Fatal(err)
	}
	early := b.register("张样本")
	b.ask(a)
	if res := b.sync(); res.Published != 0 {
		t.Errorf("published before it was admitted: %+v", res)
	}
	if s, _ := b.ShareStatus(bg); s.State != "waiting" {
		t.Errorf("state %s", s.State)
	}
	late := b.register("李样本")
	b.act(early.Number, "accept", acceptFields)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	b.enter()
	if res := a.sync(); !slices.Equal(res.Admitted, []string{"样本网点B1"}) {
		t.Errorf("admitted %v", res.Admitted)
	}
	w.meet(b, a)
	w.same(a, b)
	for _, reg := range []Registered{early, late} {
		if _, err := a.Show(bg, reg.Number); err != nil {
			t.Errorf("%s: %v", reg.Number, err)
		}
	}
}

func TestASecondOfficeWithTheSameCodeIsNotAdmitted(t *testing.T) {
	w := newTown(t)
	all := w.joined("A1", "B1")
	twin := w.office("B1")
	twin.ask(all[0])
	res := all[0].sync()
	s, err := all[0].ShareStatus(bg)
	if err != nil || len(res.Admitted) != 0 || len(s.Requests) != 1 || !strings.Contains(s.Requests[0].Why, "B1") {
		t.Errorf("admitted %v, requests %+v, %v", res.Admitted, s.Requests, err)
	}
	if _, err := all[0].ShareAdmit(bg, ""); err != nil {
		t.Error(err)
	}
	twin.register("张样本")
	w.meet(all[0], all[1], twin)
	w.same(all...)
	if n := len(all[0].shown()); n != 0 {
		t.Errorf("%d cases of an office that was not admitted", n)
	}
}

func TestAnAnswerThatDidNotReachTheFolderIsGivenAgain(t *testing.T) {
	w := newTown(t)
	a, b := w.office("A1"), w.office("B1")
	if _, err := a.ShareCreate(bg, w.folder); err != nil {
		t.Fatal(err)
	}
	b.ask(a)
	broken := false
	a.open = func(path string) (sharedfolder.FS, error) {
		inner, err := sharedfolder.OpenDir(path)
		return &noAdmissions{inner, &broken}, err
	}
	a.Close()
	a.enter()
	broken = true
	if res, err := a.ShareSync(bg); err == nil && len(res.Admitted) > 0 {
		t.Fatalf("admitted %v over a folder that takes no answers", res.Admitted)
	}
	broken = false
	w.meet(a, b)
	if s, _ := b.ShareStatus(bg); s.State != "online" {
		t.Errorf("the newcomer waits for ever: %+v", s)
	}
}

// noAdmissions is a folder in which answers cannot be written for a while.
type noAdmissions struct {
	sharedfolder.FS
	broken *bool
}

func (f *noAdmissions) Rename(from, to string) error {
	if *f.broken && strings.HasSuffix(to, ".adm") {
		return fmt.Errorf("sharing violation")
	}
	return f.FS.Rename(from, to)
}

func TestACopiedDataFolderGoesOnAsTwo(t *testing.T) {
	for name, tt := range map[string]struct{ before, after, other int }{
		"the copy is older and nothing was done on it": {2, 2, 0},
		"both went on":          {2, 2, 3},
		"only the copy went on": {2, 0, 2},
		"both went on, and the old one had sent everything": {0, 4, 1},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTown(t)
			all := w.joined("A1", "B1")
			a, b := all[0], all[1]
			want := 0
			put := func(m *desktop, n int) {
				for range n {
					m.register(fmt.Sprintf("张样本%d", want))
					want++
				}
			}
			put(a, tt.before)
			w.meet(a, b)
			old := w.copyOf(a.dir)
			put(a, tt.after)
			w.meet(a, b)
			twin := w.at(old)
			put(twin, tt.other)
			w.meet(twin, b, a, twin, b, a)
			put(a, 1)
			put(twin, 1)
			w.meet(a, twin, b)
			w.same(a, b, twin)
			if n := len(b.shown()); n != want {
				t.Errorf("%d cases of %d", n, want)
			}
			// What both numbered before they knew of each other stays, and is refused.
			if twice := numbers(t, b); len(twice) != min(tt.after, tt.other) {
				t.Errorf("numbers given twice: %v", twice)
			}
			if a.book.Replica() == twin.book.Replica() {
				t.Error("two machines write under one key")
			}
		})
	}
}

// numbers are those that two cases have; asked for, both are named.
func numbers(t testing.TB, m *desktop) (twice []string) {
	t.Helper()
	seen := map[string]string{}
	page, err := m.List(bg, CaseQuery{}, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range page.Rows {
		other := seen[r.Number]
		if seen[r.Number] = r.ID; other == "" {
			continue
		}
		twice = append(twice, r.Number)
		_, err := m.Show(bg, r.Number)
		if f := fault.Of(err); f == nil || !strings.Contains(f.Hint, r.ID) || !strings.Contains(f.Hint, other) {
			t.Errorf("%s and %s are both number %s: %v", other, r.ID, r.Number, err)
		}
	}
	return twice
}

func TestAFolderThatVanishesStopsNobody(t *testing.T) {
	w := newTown(t)
	all := w.joined("A1", "B1")
	a, b := all[0], all[1]
	away := w.folder + "-away"
	if err := os.Rename(w.folder, away); err != nil {
		t.Fatal(err)
	}
	reg := a.register("张样本")
	if _, err := a.ShareSync(bg); fault.Of(err).Kind != fault.Retry {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(w.folder); err == nil {
		t.Error("the folder was made anew where it is not")
	}
	a.act(reg.Number, "accept", acceptFields)
	if s, err := a.ShareStatus(bg); err != nil || s.State != "offline" {
		t.Errorf("%+v %v", s, err)
	}
	if err := os.Mkdir(w.folder, 0o700); err != nil { // an empty mount point
		t.Fatal(err)
	}
	if _, err := a.ShareSync(bg); fault.Of(err).Kind != fault.Retry {
		t.Errorf("an empty folder is taken for the space: %v", err)
	}
	if left, _ := os.ReadDir(w.folder); len(left) != 0 {
		t.Errorf("written into an empty mount point: %v", left)
	}
	os.Remove(w.folder)
	if err := os.Rename(away, w.folder); err != nil {
		t.Fatal(err)
	}
	w.meet(a, b)
	w.same(a, b)
}

func TestAnActOnWhatNobodyWroteIsRefused(t *testing.T) {
	w := newTown(t)
	a := w.office("A1")
	reg := a.register("张样本")
	for _, seen := range []string{strings.Repeat("ab", 32), "nonsense"} {
		_, err := a.Act(bg, ActInput{Case: reg.Number, Action: "accept", Fields: acceptFields, Seen: []string{seen}})
		if fault.Of(err).Kind != fault.Refused {
			t.Errorf("%s: %v", seen, err)
		}
	}
	if _, err := a.Act(bg, ActInput{Case: reg.Number, Action: "accept", Fields: acceptFields, Seen: []string{reg.Act}}); err != nil {
		t.Error(err)
	}
}
