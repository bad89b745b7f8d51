package casebook

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jiesu/assets"
	"jiesu/backend/calendar"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/regime"
	"jiesu/backend/vault"
	"jiesu/backend/view"
)

var ctx = context.Background()

const (
	childEnv = "CASEBOOK_TEST_CHILD"
	password = "sample password 1"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		child(dir)
		return
	}
	os.Exit(m.Run())
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// shippedRules are read once for all tests.
var shippedRules = sync.OnceValue(func() Rules {
	return Rules{Regimes: must(regime.Load(must(fs.Sub(assets.Regimes, "regimes")))), Calendar: must(calendar.Load(must(fs.Sub(assets.Calendars, "calendars"))))}
})

func options(dir string) Options {
	start := time.Date(2026, 9, 18, 10, 0, 0, 0, calendar.Zone())
	var ticks atomic.Int64
	return Options{Dir: dir, Now: func() time.Time { return start.Add(time.Duration(ticks.Add(1)) * time.Millisecond) },
		Rules: shippedRules(),
		Vault: vault.Options{Cost: vault.Cost{Time: 1, Memory: 8 << 10, Threads: 1}, Sleep: func(time.Duration) {}}}
}

func create(t testing.TB, opts Options) *Book {
	t.Helper()
	b, _, err := Create(ctx, opts, Founding{Code: "YJ01", Name: "样本街道办事处", Officer: "样本经办", Password: []byte(password)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// unlock opens a folder and lets an officer in.
func unlock(t testing.TB, opts Options, officer string) *Book {
	t.Helper()
	b, err := Open(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	if err := b.Unlock(ctx, officer, []byte(password)); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *Book) env(me Me) complaint.Env {
	return complaint.Env{Regime: must(b.Rules().Regimes.Latest("cn.gov.general")), Officer: complaint.Ref{ID: me.Officer.ID, Name: me.Officer.Name},
		Office: me.Unit.Code, HasRole: me.Has, Now: b.Now(), NewID: b.ID}
}

// register writes case number n down and gives its number.
func register(b *Book, n int, change ...func(*complaint.Registration)) (id, number string, err error) {
	me, err := b.Me()
	if err != nil {
		return "", "", err
	}
	serial := complaint.Serial{Kind: "case", Year: 2026}
	if serial.N, err = b.NextSerial(serial.Kind, serial.Year); err != nil {
		return "", "", err
	}
	env := b.env(me)
	in := complaint.Registration{Number: fmt.Sprintf("%s-%s-2026-%06d", me.Unit.Code, me.Code, serial.N), Serial: serial, Channel: "written",
		ReceivedAt: env.Now.Add(-time.Hour), Values: map[string]any{"complainant": map[string]any{"name": fmt.Sprintf("张样本%d", n), "phone": fmt.Sprintf("138%08d", n)},
			"facts": fmt.Sprintf("样本事实第%d件：占道经营影响通行", n)}}
	for _, f := range change {
		f(&in)
	}
	act, err := complaint.Register(env, in)
	if err != nil {
		return "", "", err
	}
	id = b.ID()
	_, err = b.Append(ctx, Write{Cases: []CaseWrite{{ID: id, Act: act}}})
	return id, in.Number, err
}

func note(b *Book, id, text string) error {
	me, err := b.Me()
	if err != nil {
		return err
	}
	act, err := complaint.DecideNote(b.env(me), text)
	if err == nil {
		_, err = b.Append(ctx, Write{Cases: []CaseWrite{{ID: id, Act: act}}})
	}
	return err
}

// some registers n cases, each with a note.
func some(t testing.TB, b *Book, n int) (numbers []string) {
	t.Helper()
	for i := range n {
		id, number, err := register(b, i+1)
		if err == nil {
			err = note(b, id, fmt.Sprintf("备注%d", i+1))
		}
		if err != nil {
			t.Fatal(err)
		}
		numbers = append(numbers, number)
	}
	return numbers
}

// state is everything lists, searches and cases show, as text.
func state(t testing.TB, b *Book) string {
	t.Helper()
	var out strings.Builder
	rows, total, err := b.Select(ctx, view.Query{}, 0, 10000)
	if err != nil || total != len(rows) {
		t.Fatalf("%d of %d rows: %v", len(rows), total, err)
	}
	slices.SortFunc(rows, func(a, b view.Row) int { return strings.Compare(a.Case, b.Case) })
	for _, r := range rows {
		doc := r.Doc
		r.Doc = 0 // a local number
		c, err := b.Case(r.Case)
		if err != nil {
			t.Fatal(err)
		}
		text, err := b.textOf(doc)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range []any{r, c, b.Deadlines(c), text} {
			raw, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&out, "%s\n", raw)
		}
		if id, err := b.Resolve(r.Number); err != nil || id != r.Case {
			t.Fatalf("number %s leads to %s: %v", r.Number, id, err)
		}
	}
	raw, err := json.Marshal(b.Office())
	if err != nil {
		t.Fatal(err)
	}
	next, err := b.NextSerial("case", 2026)
	fmt.Fprintf(&out, "%s\nnext %d %v\nheads %v\n", raw, next, err, b.vector())
	return out.String()
}

func sound(t testing.TB, b *Book) {
	t.Helper()
	if _, _, problems, err := b.Verify(ctx); err != nil || len(problems) > 0 {
		t.Fatalf("verify: %v %v", problems, err)
	}
}

func hits(t testing.TB, b *Book, words string) int {
	t.Helper()
	_, n, err := b.Select(ctx, view.Query{Words: words}, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAFolderOpensForWhoKnowsThePassword(t *testing.T) {
	dir := t.TempDir()
	b := create(t, options(dir))
	some(t, b, 3)
	want := state(t, b)
	if _, err := Open(options(dir)); fault.Of(err).Code != "data-locked" {
		t.Errorf("a second window gets in: %v", err)
	}
	if _, _, err := Create(ctx, options(dir), Founding{Code: "YJ02", Name: "x", Officer: "y", Password: []byte(password)}); err == nil {
		t.Error("created over living data")
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := Open(options(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for _, try := range [][2]string{{"样本经办", "wrong password 1"}, {"没有的人", password}} {
		if err := b.Unlock(ctx, try[0], []byte(try[1])); err == nil || b.Unlocked() {
			t.Errorf("%v got in", try)
		}
	}
	if _, err := b.Case("x"); fault.Of(err).Code != "not-unlocked" {
		t.Errorf("read before anybody is in: %v", err)
	}
	if err := b.Unlock(ctx, "样本经办", []byte(password)); err != nil {
		t.Fatal(err)
	}
	if got := state(t, b); got != want {
		t.Errorf("opened again:\n%s\nbefore\n%s", got, want)
	}
	b.Lock()
	if _, _, err := register(b, 9); err == nil {
		t.Error("registered while locked")
	}
	sound(t, b)
}

func TestTheSameIsThereAfterARebuild(t *testing.T) {
	b := create(t, options(t.TempDir()))
	some(t, b, 40)
	if _, _, err := register(b, 41, func(r *complaint.Registration) { r.Values["facts"] = strings.Repeat("很长的事实。", 3000) }); err != nil {
		t.Fatal(err)
	}
	if err := b.NewReplica(ctx); err != nil {
		t.Fatal(err)
	}
	some(t, b, 2)
	want := state(t, b)
	sound(t, b)
	if err := b.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	if got := state(t, b); got != want {
		t.Errorf("rebuilt:\n%s\nlive\n%s", got, want)
	}
	sound(t, b)
}

func TestALargeActTakesItsNumberToo(t *testing.T) {
	b := create(t, options(t.TempDir()))
	long := func(r *complaint.Registration) {
		for _, id := range []string{"facts", "request"} {
			r.Values[id] = strings.Repeat("长", 20000)
		}
	}
	_, first, err := register(b, 1, long)
	if err != nil {
		t.Fatal(err)
	}
	_, second, err := register(b, 2, long)
	if err != nil || first == second {
		t.Fatalf("%s and %s: %v", first, second, err)
	}
}
