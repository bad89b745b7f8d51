package casebook

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiesu/backend/calendar"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/office"
	"jiesu/backend/store"
)

func enter(t testing.TB, b *Book, officer string) {
	t.Helper()
	if err := b.Unlock(ctx, officer, []byte(password)); err != nil {
		t.Fatal(err)
	}
}

func add(t testing.TB, b *Book, name string, roles ...string) {
	t.Helper()
	if _, err := b.AddOfficer(ctx, name, "", roles, []byte(password)); err != nil {
		t.Fatal(err)
	}
}

func TestAProtectedPersonIsSeenByThoseWithTheRoleOnly(t *testing.T) {
	dir := t.TempDir()
	b := create(t, options(dir))
	add(t, b, "样本乙", office.Handler)
	add(t, b, "样本丙", office.Handler, office.IdentityRole)
	id, _, err := register(b, 7, protect)
	if err != nil {
		t.Fatal(err)
	}
	look := func(b *Book, officer string, sees bool) {
		t.Helper()
		enter(t, b, officer)
		c, err := b.Case(id)
		if err != nil {
			t.Fatal(err)
		}
		if _, shown := c.Fields["complainant"]; shown != sees || c.Sealed == sees || !c.Protected {
			t.Errorf("%s sees the person: %v", officer, shown)
		}
		row, err := b.Row(id)
		if err != nil || strings.Contains(string(must(json.Marshal(row))), "张样本") {
			t.Errorf("the list shows %s the person: %+v %v", officer, row, err)
		}
		if hits(t, b, "张样本7") != 0 || hits(t, b, "13800000007") != 0 || hits(t, b, "占道") != 1 {
			t.Errorf("searched by %s", officer)
		}
	}
	// One after the other at the same desk: nobody sees with another's keys.
	look(b, "样本经办", true)
	look(b, "样本乙", false)
	if _, _, err := register(b, 8, protect); fault.Of(err).Code != "identity-key" {
		t.Errorf("registered a protected person without the role: %v", err)
	}
	look(b, "样本丙", true)
	look(b, "样本乙", false)
	if err := b.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	look(b, "样本乙", false)
	look(b, "样本经办", true)
	sound(t, b)
	noValue(t, b, "张样本7", "13800000007")
	b.Close()
	b = must(Open(options(dir)))
	defer b.Close()
	look(b, "样本乙", false)
	look(b, "样本丙", true)
}

// noValue demands that no value of the database, opened, holds any of the words.
func noValue(t testing.TB, b *Book, words ...string) {
	t.Helper()
	for prefix := 0x10; prefix < 0x60; prefix++ {
		err := b.db.View(func(tx *store.Txn) error {
			return tx.Scan([]byte{byte(prefix)}, store.ScanOptions{}, func(k, v []byte) error {
				for _, w := range words {
					if bytes.Contains(v, []byte(w)) || bytes.Contains(k, []byte(w)) {
						t.Errorf("%q stands under key %x", w, k)
					}
				}
				return nil
			})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// On disk nothing can be read: neither what was written nor who wrote it.
func TestNoTextOfACaseStandsOnTheDiskInClear(t *testing.T) {
	dir := t.TempDir()
	b := create(t, options(dir))
	some(t, b, 30)
	if _, _, err := register(b, 77, protect); err != nil {
		t.Fatal(err)
	}
	if _, err := b.PutBlob(ctx, strings.NewReader(strings.Repeat("样本附件内容 ", 500)), 1<<20); err != nil {
		t.Fatal(err)
	}
	if err := b.PutLocal(ctx, Local{"draft", "d", "样本草稿内容"}); err != nil {
		t.Fatal(err)
	}
	noWords(t, dir)
	b.Close()
	noWords(t, dir)
	backup := filepath.Join(t.TempDir(), "b.tar")
	b = unlock(t, options(dir), "样本经办")
	if err := b.Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	noWords(t, filepath.Dir(backup))
}

func noWords(t testing.TB, dir string) {
	t.Helper()
	words := []string{"张样本", "1380000", "样本事实", "占道", "备注", "样本附件", "样本草稿", "YJ01-", "樣本", "cn.gov.general"}
	files := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		files++
		raw, err := os.ReadFile(path)
		for _, w := range words {
			if bytes.Contains(raw, []byte(w)) || strings.Contains(path, w) {
				t.Errorf("%q stands in %s", w, e.Name())
			}
		}
		return err
	})
	if err != nil || files == 0 {
		t.Fatalf("%d files: %v", files, err)
	}
}

func TestWhoLeavesLeavesHisWorkBehind(t *testing.T) {
	dir := t.TempDir()
	b := create(t, options(dir))
	add(t, b, "样本乙", office.Handler)
	enter(t, b, "样本乙")
	id, number, err := register(b, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.AddOfficer(ctx, "样本丁", "", []string{office.Handler}, []byte(password)); fault.Of(err).Code != "admin-only" {
		t.Errorf("a handler adds officers: %v", err)
	}
	if err := b.RetireOfficer(ctx, "样本经办"); fault.Of(err).Code != "admin-only" || len(b.Officers()) != 2 {
		t.Errorf("a handler retires the administrator: %v, %v", err, b.Officers())
	}
	enter(t, b, "样本经办")
	if err := b.RetireOfficer(ctx, "样本经办"); fault.Of(err).Code != "retire-self" {
		t.Errorf("retired himself: %v", err)
	}
	if err := b.RetireOfficer(ctx, "样本乙"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if c, err := b.Case(id); err != nil || c.Number != number || len(c.History) != 1 {
			t.Errorf("his case: %+v %v", c, err)
		}
		if err := b.Unlock(ctx, "样本乙", []byte(password)); err == nil {
			t.Error("he gets in")
		}
		enter(t, b, "样本经办")
		if err := b.Rebuild(ctx); err != nil {
			t.Fatal(err)
		}
	}
	add(t, b, "样本乙", office.Handler) // a new person of the same name
	enter(t, b, "样本乙")
	if _, _, err := register(b, 2); err != nil {
		t.Error(err)
	}
	sound(t, b)
}

// The program dies after the new key is kept and before the office knows it.
func TestAKeyTheOfficeDoesNotKnowYetIsMadeKnown(t *testing.T) {
	dir := t.TempDir()
	b := create(t, options(dir))
	some(t, b, 2)
	if _, err := b.session.NewReplica(nil); err != nil {
		t.Fatal(err)
	}
	b.Close()
	b = unlock(t, options(dir), "样本经办")
	id, number, err := register(b, 3)
	if err != nil {
		t.Fatal(err)
	}
	if c, err := b.Case(id); err != nil || c.Number != number {
		t.Errorf("%+v %v", c, err)
	}
	if hits(t, b, "样本事实") != 3 {
		t.Error("not all cases count")
	}
	sound(t, b)
}

func TestARestoredFolderGoesOnUnderANewKeyWhoeverGetsIn(t *testing.T) {
	b := create(t, options(t.TempDir()))
	some(t, b, 3)
	file := filepath.Join(t.TempDir(), "b.tar")
	if err := b.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "back")
	if err := Restore(ctx, dir, file); err != nil {
		t.Fatal(err)
	}
	back := unlock(t, options(dir), "样本经办")
	if back.Replica() == b.Replica() || hits(t, back, "样本事实") != 3 {
		t.Error("the old key is used by two")
	}
	_, one, err1 := register(b, 9)
	_, two, err2 := register(back, 9)
	if one == two || err1 != nil || err2 != nil {
		t.Errorf("numbers %s %s: %v %v", one, two, err1, err2)
	}
	sound(t, back)
}

func TestACaseMayBeLargerThanARow(t *testing.T) {
	b := create(t, options(t.TempDir()))
	id, _, err := register(b, 1, func(r *complaint.Registration) {
		for _, f := range []string{"facts", "request"} {
			r.Values[f] = strings.Repeat("长", 20000)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := note(b, id, strings.Repeat("备", 20000)); err != nil {
			t.Fatal(err)
		}
	}
	if c, err := b.Case(id); err != nil || len(c.Notes) != 3 || len(c.Fields["facts"].(string)) != 60000 {
		t.Errorf("%v", err)
	}
	want := state(t, b)
	if err := b.Rebuild(ctx); err != nil || state(t, b) != want {
		t.Errorf("rebuilt: %v", err)
	}
	sound(t, b)
}

func TestANewCalendarOfTheProgramMovesTheDueDatesOfAllCases(t *testing.T) {
	dir := t.TempDir()
	b := create(t, options(dir))
	if err := b.Decide(ctx, nil, &office.SetClock{Regime: "cn.gov.general", Clock: "acceptance", Span: "5workday"}); err != nil {
		t.Fatal(err)
	}
	id, _, err := register(b, 1)
	if err != nil {
		t.Fatal(err)
	}
	old := must(b.Row(id))
	b.Close()
	opts := options(dir)
	day := calendar.DateOf(old.Due)
	opts.Rules.Calendar, err = opts.Rules.Calendar.With(calendar.Edit{Date: day, Off: true, Name: "样本假日"})
	if err != nil {
		t.Fatal(err)
	}
	b = unlock(t, opts, "样本经办")
	if row := must(b.Row(id)); !row.Due.After(old.Due) {
		t.Errorf("due %v, and the day is off", row.Due)
	}
	sound(t, b)
}
