package sample_test

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"jiesu/assets"
	"jiesu/backend/calendar"
	"jiesu/backend/casebook"
	"jiesu/backend/desk"
	"jiesu/backend/intake"
	"jiesu/backend/message"
	"jiesu/backend/sample"
	"jiesu/backend/vault"
)

var now = time.Date(2026, 9, 18, 10, 0, 0, 0, calendar.Zone())

func TestTheSampleMailsCoverWhatAnOfficeMeets(t *testing.T) {
	mails, err := sample.Mails(now)
	if err != nil {
		t.Fatal(err)
	}
	var complete, auto, files, warned int
	ids := map[string]int{}
	for _, raw := range mails {
		m := message.ParseBytes(context.Background(), raw)
		if !strings.Contains(m.Text, "样本") && !strings.Contains(m.Text, "樣本") {
			t.Errorf("%q does not say that it is a sample: %q", m.Subject, m.Text)
		}
		if m.Date.IsZero() || m.Date.After(now) || now.Sub(m.Date) > 10*24*time.Hour {
			t.Errorf("%q is dated %v", m.Subject, m.Date)
		}
		ids[m.MessageID]++
		files += len(m.Attachments)
		if m.Auto {
			auto++
		}
		if len(m.Warnings) > 0 {
			warned++
		}
		if intake.Suggest(m).Complete() {
			complete++
		}
	}
	twice := 0
	for _, n := range ids {
		if n == 2 {
			twice++
		}
	}
	if len(mails) < 10 || complete < 5 || auto != 1 || files < 3 || warned != 1 || twice != 1 {
		t.Errorf("%d mails: %d complete, %d automatic, %d files, %d damaged, %d twice", len(mails), complete, auto, files, warned, twice)
	}
}

func TestTheSameSeedGivesTheSameCases(t *testing.T) {
	facts := func(seed uint64) (out []string) {
		for in := range sample.Cases(50, seed, now) {
			if n := len([]rune(in.Facts)); n != 600 {
				t.Fatalf("%d characters of facts", n)
			}
			out = append(out, in.Complainant.Name+in.ReceivedAt+in.Facts)
		}
		return out
	}
	if a, b := facts(7), facts(7); !slices.Equal(a, b) {
		t.Error("two runs differ")
	}
	if a, b := facts(7), facts(8); slices.Equal(a, b) {
		t.Error("the seed changes nothing")
	}
}

func TestADeskTakesMadeUpCases(t *testing.T) {
	ctx := context.Background()
	sub := func(f fs.FS, name string) fs.FS {
		s, err := fs.Sub(f, name)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	d, err := desk.New(desk.Options{Dir: t.TempDir(), Now: func() time.Time { return now },
		Assets: desk.Assets{Regimes: sub(assets.Regimes, "regimes"), Calendars: sub(assets.Calendars, "calendars"), Letters: sub(assets.Letters, "letters"), Fonts: sub(assets.Fonts, "fonts")},
		Book:   casebook.Options{Vault: vault.Options{Cost: vault.Cost{Time: 1, Memory: 8 << 10, Threads: 1}}}})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Create(ctx, desk.InitInput{OfficeCode: "YB", OfficeName: "样本网点", Officer: "样本经办", Password: "sample password 1"}); err != nil {
		t.Fatal(err)
	}
	const n = 620 // more than one lot
	if err := sample.Fill(ctx, d, n, now); err != nil {
		t.Fatal(err)
	}
	page, err := d.List(ctx, desk.CaseQuery{}, 0, 1)
	if err != nil || page.Total != n {
		t.Errorf("%d cases of %d (%v)", page.Total, n, err)
	}
}
