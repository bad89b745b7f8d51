package casebook

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/journalfile"
	"jiesu/backend/store/storetest"
)

// folders are a closed data folder and what a killed process leaves of it,
// both with the same 40 cases.
type folders struct {
	closed, killed string
	state          string
	numbers        []string
}

func prepare(t *testing.T) folders {
	t.Helper()
	dir := t.TempDir()
	b := create(t, options(dir))
	numbers := some(t, b, 25)
	b.Close() // a table lies in db/
	b = unlock(t, options(dir), "样本经办")
	numbers = append(numbers, some(t, b, 15)...)
	f := folders{killed: filepath.Join(t.TempDir(), "killed"), closed: filepath.Join(t.TempDir(), "closed"), state: state(t, b), numbers: numbers}
	copyTo(t, dir, f.killed)
	replace(t, storetest.Copy(t, filepath.Join(dir, "db")), filepath.Join(f.killed, "db"))
	b.Close()
	copyTo(t, dir, f.closed)
	return f
}

func copyTo(t testing.TB, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

func copied(t testing.TB, from string) string {
	to := filepath.Join(t.TempDir(), "data")
	copyTo(t, from, to)
	return to
}

// same opens a folder and demands that everything is there, and again after
// the next start.
func same(t *testing.T, f folders, dir string) {
	t.Helper()
	for round := range 2 {
		b := unlock(t, options(dir), "样本经办")
		if got := state(t, b); got != f.state {
			t.Fatalf("recovered:\n%s\nbefore\n%s", got, f.state)
		}
		for words, want := range map[string]int{"样本事实": 40 + round, "备注": 40, "道经营影": 40 + round, f.numbers[3]: 1, "13800000007": 2} {
			if n := hits(t, b, words); n != want {
				t.Errorf("%s finds %d, want %d", words, n, want)
			}
		}
		// A damaged place nothing has read yet is found by verify, and rebuilt.
		if _, _, problems, err := b.Verify(ctx); err != nil || len(problems) > 0 {
			t.Logf("verify: %v %v", problems, err)
			if err := b.Rebuild(ctx); err != nil {
				t.Fatal(err)
			}
		}
		sound(t, b)
		if _, number, err := register(b, 99); err != nil || slices.Contains(f.numbers, number) {
			t.Fatalf("went on with number %s: %v", number, err)
		}
		f.state, f.numbers = state(t, b), append(f.numbers, "")
		b.Close()
	}
}

func TestWhateverHappensToTheDatabaseItIsMadeAnewFromTheLogs(t *testing.T) {
	f := prepare(t)
	for i, row := range storetest.Rows() {
		if testing.Short() && i%4 > 0 {
			continue
		}
		t.Run(row.Name, func(t *testing.T) {
			dir := copied(t, map[bool]string{true: f.killed, false: f.closed}[row.Live])
			storetest.Damage(t, filepath.Join(dir, "db"), row)
			g := f
			g.numbers = slices.Clone(f.numbers)
			same(t, g, dir)
		})
	}
	t.Run("db deleted whole", func(t *testing.T) {
		dir := copied(t, f.closed)
		if err := os.RemoveAll(filepath.Join(dir, "db")); err != nil {
			t.Fatal(err)
		}
		same(t, f, dir)
	})
	t.Run("nothing, killed process", func(t *testing.T) { same(t, f, copied(t, f.killed)) })
}

func logFile(dir string) string { return filepath.Join(dir, "journal", "000001.log") }

func TestATornTailOfTheLogWasNeverAcknowledged(t *testing.T) {
	f := prepare(t)
	dir := copied(t, f.closed)
	file, err := os.OpenFile(logFile(dir), os.O_WRONLY|os.O_APPEND, 0)
	if err == nil {
		_, err = file.Write([]byte("JS\xa50torn in the middle of a rec"))
	}
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	same(t, f, dir)
}

func TestTheLocalLogGoneOnlyCostsWhatWasLocal(t *testing.T) {
	f := prepare(t)
	dir := copied(t, f.closed)
	if err := os.RemoveAll(filepath.Join(dir, "local")); err != nil {
		t.Fatal(err)
	}
	b := unlock(t, options(dir), "样本经办")
	if n := hits(t, b, "样本事实"); n != 40 {
		t.Errorf("%d cases", n)
	}
	if _, _, err := register(b, 99); err != nil {
		t.Error(err)
	}
	if _, _, err := register(b, 98, protect); err != nil {
		t.Error(err)
	}
}

func protect(r *complaint.Registration) { r.Protected = true }

func TestADamagedRecordIsNamedAndTouchesNoOtherCase(t *testing.T) {
	f := prepare(t)
	for name, keep := range map[string]bool{"with the database": true, "and the database gone": false} {
		t.Run(name, func(t *testing.T) {
			dir := copied(t, f.closed)
			raw, err := os.ReadFile(logFile(dir))
			if err != nil {
				t.Fatal(err)
			}
			starts := indexes(raw, []byte("JS\xa50"))
			raw[starts[len(starts)/2]+60] ^= 1
			if err := os.WriteFile(logFile(dir), raw, 0o600); err != nil {
				t.Fatal(err)
			}
			if !keep {
				if err := os.RemoveAll(filepath.Join(dir, "db")); err != nil {
					t.Fatal(err)
				}
			}
			b := unlock(t, options(dir), "样本经办")
			if _, _, problems, err := b.Verify(ctx); err != nil || len(problems) == 0 || !strings.Contains(problems[0], "损坏") {
				t.Errorf("verify: %v %v", problems, err)
			}
			whole := 0
			for _, number := range f.numbers {
				if id, err := b.Resolve(number); err == nil {
					if c, err := b.Case(id); err == nil && len(c.History) == 2 {
						whole++
					}
				}
			}
			if want := map[bool]int{true: 40, false: 39}[keep]; whole != want {
				t.Errorf("%d cases are whole, want %d", whole, want)
			}
			for range 2 {
				_, number, err := register(b, 99)
				if err != nil || slices.Contains(f.numbers, number) {
					t.Fatalf("went on with number %s: %v", number, err)
				}
				b.Close()
				b = unlock(t, options(dir), "样本经办")
			}
		})
	}
}

func indexes(raw, sep []byte) (out []int) {
	for at := 0; ; at++ {
		i := bytes.Index(raw[at:], sep)
		if i < 0 {
			return out
		}
		at += i
		out = append(out, at)
	}
}

// failing is a disk that stops syncing, or is full.
type failing struct {
	sync error
	free *uint64
}

// before puts a disk of its own before each folder, all with the same faults.
func (d *failing) before(real journalfile.Disk) journalfile.Disk { return failingFolder{real, d} }

type failingFolder struct {
	journalfile.Disk
	*failing
}

type failingFile struct {
	journalfile.File
	disk *failing
}

func (d failingFolder) Free() (uint64, error) {
	if d.free != nil {
		return *d.free, nil
	}
	return d.Disk.Free()
}

func (d failingFolder) Open(name string) (journalfile.File, error) {
	f, err := d.Disk.Open(name)
	return failingFile{f, d.failing}, err
}

func (d failingFolder) Create(name string) (journalfile.File, error) {
	f, err := d.Disk.Create(name)
	return failingFile{f, d.failing}, err
}

func (f failingFile) Sync() error { return errors.Join(f.File.Sync(), f.disk.sync) }

func TestAfterAFailedSyncTheBookCanOnlyBeRead(t *testing.T) {
	f := prepare(t)
	dir := copied(t, f.closed)
	disk := &failing{}
	opts := options(dir)
	opts.Disk = disk.before
	b := unlock(t, opts, "样本经办")
	disk.sync = errors.New("input/output error")
	for range 2 {
		if _, _, err := register(b, 50); fault.Of(err).Code != "save-unconfirmed" {
			t.Fatalf("saved: %v", err)
		}
		disk.sync = nil // what the disk says later proves nothing
	}
	if err := b.ReadOnly(); fault.Of(err).Code != "save-unconfirmed" {
		t.Errorf("read-only: %v", err)
	}
	if got := state(t, b); got != f.state {
		t.Error("what was saved is not shown any more")
	}
	if err := b.Rebuild(ctx); err != nil || b.ReadOnly() == nil {
		t.Errorf("a rebuild made it writable: %v", err)
	}
	b.Close()
	b = unlock(t, options(dir), "样本经办")
	if _, _, err := register(b, 51); err != nil {
		t.Error(err)
	}
	sound(t, b)
}

func TestAFullDiskIsRefusedInTime(t *testing.T) {
	f := prepare(t)
	dir := copied(t, f.closed)
	free := uint64(150 << 20)
	disk := &failing{free: &free}
	opts := options(dir)
	opts.Disk = disk.before
	b := unlock(t, opts, "样本经办")
	if _, _, err := register(b, 50); fault.Of(err).Code != "disk-full" || fault.Of(err).Kind != fault.Retry {
		t.Fatalf("saved on a full disk: %v", err)
	}
	if got := state(t, b); got != f.state {
		t.Error("not to be read on a full disk")
	}
	b.Close()
	free = 50 << 20
	b, err := Open(opts)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if err := b.Unlock(ctx, "样本经办", []byte(password)); fault.Of(err).Code != "disk-full" {
		t.Fatalf("opened on a full disk: %v", err)
	}
	free = 10 << 30
	if err := b.Unlock(ctx, "样本经办", []byte(password)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := register(b, 51); err != nil {
		t.Fatalf("room was made: %v", err)
	}
	sound(t, b)
}
