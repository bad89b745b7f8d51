package desk_test

import (
	"context"
	"io/fs"
	"os"
	"sync"
	"testing"
	"time"

	"jiesu/assets"
	"jiesu/backend/calendar"
	"jiesu/backend/casebook"
	"jiesu/backend/desk"
	"jiesu/backend/regime"
	"jiesu/backend/requirement"
	"jiesu/backend/vault"
)

// clock is a time that tests move.
type clock struct{ now time.Time }

// ticking lets rows that are filled side by side ask the time.
var ticking sync.Mutex

func (c *clock) Now() time.Time {
	ticking.Lock()
	defer ticking.Unlock()
	c.now = c.now.Add(time.Second)
	return c.now
}

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, calendar.Zone())
	if err != nil {
		panic(err)
	}
	return t
}

func sub(t testing.TB, f fs.FS, dir string) fs.FS {
	t.Helper()
	s, err := fs.Sub(f, dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// shippedRegimes are read once for all tests.
var shippedRegimes = sync.OnceValue(func() *regime.Book {
	files, err := fs.Sub(assets.Regimes, "regimes")
	if err != nil {
		panic(err)
	}
	book, err := regime.Load(files)
	if err != nil {
		panic(err)
	}
	return book
})

func options(t testing.TB, dir string, c *clock) desk.Options {
	o := desk.Options{Dir: dir, Now: c.Now, Log: func(l string) { t.Log(l) }, Assets: desk.Assets{
		Regimes: sub(t, assets.Regimes, "regimes"), Calendars: sub(t, assets.Calendars, "calendars"),
		Letters: sub(t, assets.Letters, "letters"), Fonts: sub(t, assets.Fonts, "fonts")},
		Book: casebook.Options{Vault: vault.Options{Cost: vault.Cost{Time: 1, Memory: 8 << 10, Threads: 1}}}}
	o.Regimes = shippedRegimes()
	if name := os.Getenv(withoutNode); name != "" { // see TestNodesAreNeeded
		n, err := requirement.ParseNode(name)
		if err != nil {
			t.Fatal(err)
		}
		without, err := lacking(n)
		if err != nil {
			t.Fatal(err)
		}
		without(&o)
	}
	return o
}

const password = "sample password 1"

// newDesk is a fresh government office at a time.
func newDesk(t testing.TB, c *clock) *desk.Desk {
	t.Helper()
	d, err := desk.New(options(t, t.TempDir(), c))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	create(t, d)
	return d
}

func create(t testing.TB, d *desk.Desk) {
	t.Helper()
	_, err := d.Create(context.Background(), desk.InitInput{OfficeCode: "YJ01", OfficeName: "样本街道办事处", Officer: "样本经办", Password: password,
		Issuer: "样本区人民政府样本街道办事处", Capacity: "agency", CodeWord: "样街", ReviewBody: "样本区人民政府", Court: "样本区人民法院", Regime: "cn.gov.general"})
	if err != nil {
		t.Fatal(err)
	}
}

func sampleCase() desk.RegisterInput {
	return desk.RegisterInput{Regime: "cn.gov.general", Channel: "written", ReceivedAt: "2026-09-18 09:00",
		Complainant: desk.Person{Name: "张样本", Phone: "13800000000", Address: "样本区样本路1号"}, Respondent: desk.Unit{Name: "样本镇规划所"},
		Request: "请求依法答复占道审批申请", Facts: "2026年7月1日提交占道审批申请，至今未答复。"}
}

func TestACaseIsRegisteredShownAndFound(t *testing.T) {
	ctx := context.Background()
	c := &clock{at("2026-09-18 10:00")}
	d := newDesk(t, c)
	reg, err := d.Register(ctx, sampleCase())
	if err != nil {
		t.Fatal(err)
	}
	detail, err := d.Show(ctx, reg.Number)
	if err != nil {
		t.Fatal(err)
	}
	if detail.Complainant.Name != "张样本" || detail.Stage != reg.Stage || len(detail.History) != 1 {
		t.Fatalf("shown %+v", detail)
	}
	for _, q := range []string{"张样本", "占道", reg.Number, "0000", "张样本 审批"} {
		page, err := d.List(ctx, desk.CaseQuery{Query: q}, 0, 10)
		if err != nil || page.Total != 1 {
			t.Errorf("%q finds %d (%v)", q, page.Total, err)
		}
	}
	if page, _ := d.List(ctx, desk.CaseQuery{Query: "李样本"}, 0, 10); page.Total != 0 {
		t.Error("found what is not there")
	}
	rows, err := d.Actions(ctx, reg.Number, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		t.Logf("%v %s %s %s", r.Allowed, r.ID, r.Label, r.Why)
	}
	for _, cl := range detail.Clocks {
		t.Logf("%+v", cl)
	}
}
