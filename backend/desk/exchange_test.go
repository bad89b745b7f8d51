package desk

import (
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jiesu/assets"
	"jiesu/backend/sharedfolder"
)

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

func TestACaseOfAnotherOfficeBringsTheRulebookItIsUnder(t *testing.T) {
	w := newTown(t)
	both := w.joined("A1", "B1")
	a, b := both[0], both[1]
	raw, err := fs.ReadFile(assets.Regimes, "regimes/s16-property.yaml")
	if err != nil {
		t.Fatal(err)
	}
	own := strings.Replace(string(raw), "id: cn.property.zz98", "id: cn.sample.own", 1)
	own = regexp.MustCompile(`(?m)^(profiles|sectors):.*\n`).ReplaceAllString(own, "") // for any office
	if _, err := a.AddRegime(bg, []byte(own)); err != nil {
		t.Fatal(err)
	}
	if err := a.SetClock(bg, "cn.gov.general", "acceptance", "5workday"); err != nil {
		t.Fatal(err)
	}
	if _, err := a.AddListItem(bg, "cn.sample.own", "escalation", "媒体要采访的"); err != nil {
		t.Fatal(err)
	}
	reg, err := a.Register(bg, RegisterInput{Regime: "cn.sample.own", Channel: "phone", ReceivedAt: w.now.Add(-time.Hour).Format(time.RFC3339),
		Complainant: Person{Name: "张样本"}, Facts: "样本事实"})
	if err != nil {
		t.Fatal(err)
	}
	limited := a.register("李样本")
	w.meet(a, b)
	w.same(a, b)
	if read, err := b.ReadRegime(bg, "cn.sample.own"); err != nil || !strings.Contains(fmt.Sprint(read.Lists), "媒体要采访的") {
		t.Errorf("the other office does not have the added item: %v", err)
	}
	if c, err := b.Show(bg, reg.Number); err != nil || c.Regime.ID != "cn.sample.own" || len(c.Clocks) == 0 {
		t.Errorf("%+v %v", c, err)
	}
	c, err := b.Show(bg, limited.Number)
	if err != nil || !slices.ContainsFunc(c.Clocks, func(r ClockRow) bool { return r.ID == "acceptance" && r.Due != "" }) {
		t.Errorf("the limit the registering office set does not run here: %+v %v", c.Clocks, err)
	}
}
