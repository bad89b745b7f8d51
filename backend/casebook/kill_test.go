package casebook

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jiesu/backend/office"
	"jiesu/backend/store"
)

// child registers cases for ever and prints each number when it is saved.
func child(dir string) {
	b, err := Open(options(dir))
	if err == nil {
		err = b.Unlock(ctx, "样本经办", []byte(password))
	}
	for n := 1; err == nil; n++ {
		var id, number string
		if id, number, err = register(b, n); err == nil {
			fmt.Println("case", number)
			if err = note(b, id, "备注"+number); err == nil {
				fmt.Println("note", number)
			}
		}
		if err == nil && n%7 == 0 {
			err = b.Decide(ctx, nil, &office.SetProfile{Values: map[string]string{"phone": number}})
		}
	}
	fmt.Println("error", err)
	os.Exit(1)
}

func TestWhatWasAcknowledgedSurvivesAKill(t *testing.T) {
	dir := t.TempDir()
	create(t, options(dir)).Close()
	saved := map[string]int{}
	rounds := 9
	if testing.Short() {
		rounds = 3
	}
	for round := range rounds {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childEnv+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		after := time.Duration(40+rand.IntN(400)) * time.Millisecond
		lines := bufio.NewScanner(out)
		first := true
		for lines.Scan() {
			if first {
				first = false
				time.AfterFunc(after, func() { cmd.Process.Kill() })
			}
			what, number, ok := strings.Cut(lines.Text(), " ")
			switch {
			case what == "error":
				t.Fatalf("round %d: %s", round, lines.Text())
			case ok && what == "case":
				saved[number] = 1
			case ok && what == "note":
				saved[number] = 2
			}
		}
		cmd.Wait()
		b, err := Open(options(dir))
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Unlock(ctx, "样本经办", []byte(password)); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		t.Logf("round %d: %d cases saved, %v", round, len(saved), b.Report())
		for number, acts := range saved {
			id, err := b.Resolve(number)
			if err != nil {
				t.Fatalf("round %d: %s was saved: %v", round, number, err)
			}
			if c, err := b.Case(id); err != nil || len(c.History) < acts {
				t.Fatalf("round %d: %s has %d acts of %d saved (%v)", round, number, len(c.History), acts, err)
			}
		}
		sound(t, b)
		b.Close()
	}
	if len(saved) < 5*rounds {
		t.Fatalf("only %d cases: the test proves nothing", len(saved))
	}
}

// behind puts the database back to an earlier state, as a power cut does.
func TestTheTailOfTheLogIsAppliedAtTheNextStart(t *testing.T) {
	dir := t.TempDir()
	b := create(t, options(dir))
	some(t, b, 5)
	b.Close()
	old := filepath.Join(t.TempDir(), "db")
	if err := os.CopyFS(old, os.DirFS(filepath.Join(dir, "db"))); err != nil {
		t.Fatal(err)
	}
	b = unlock(t, options(dir), "样本经办")
	some(t, b, 5)
	if _, err := b.AddOfficer(ctx, "样本乙", "", []string{office.Handler}, []byte(password)); err != nil {
		t.Fatal(err)
	}
	b.Unlock(ctx, "样本乙", []byte(password))
	some(t, b, 2)
	if err := b.Unlock(ctx, "样本经办", []byte(password)); err != nil {
		t.Fatal(err)
	}
	if err := b.PutLocal(ctx, Local{"draft", "1", "样本草稿"}); err != nil {
		t.Fatal(err)
	}
	want := state(t, b)
	b.Close()
	replace(t, old, filepath.Join(dir, "db"))
	b = unlock(t, options(dir), "样本经办")
	if got := state(t, b); got != want {
		t.Errorf("after the tail:\n%s\nbefore\n%s", got, want)
	}
	var draft string
	if ok, err := b.Local("draft", "1", &draft); !ok || draft != "样本草稿" {
		t.Errorf("draft %q %v", draft, err)
	}
	if len(b.Report()) == 0 || strings.Contains(strings.Join(b.Report(), ""), "重建") {
		t.Errorf("report %v", b.Report())
	}
	sound(t, b)
}

func replace(t testing.TB, from, to string) {
	t.Helper()
	if err := os.RemoveAll(to); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

// The program died after the entries of the office were applied and before
// what depends on them was.
func TestWhatTheOfficeOwesIsPaidAtTheNextStart(t *testing.T) {
	dir := t.TempDir()
	b := create(t, options(dir))
	id, number, err := register(b, 1)
	if err != nil {
		t.Fatal(err)
	}
	err = b.db.Update(func(t *store.Txn) error { // as it was when the case did not count yet
		row, _, err := b.row(t, id)
		if err != nil {
			return err
		}
		row.Number, row.Acts = "", 0
		if err := t.Set(caseKey(prefixRow, id), must(json.Marshal(row))); err != nil {
			return err
		}
		return t.Set(officeOwed, []byte{1})
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Close()
	b = unlock(t, options(dir), "样本经办")
	if r, err := b.Row(id); err != nil || r.Number != number {
		t.Errorf("row %+v %v", r, err)
	}
	sound(t, b)
}
