package desk_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"jiesu/backend/desk"
	"jiesu/backend/journalfile"
)

func TestABackupBringsEverythingBackUnderANewKey(t *testing.T) {
	ctx := context.Background()
	c := &clock{at("2026-09-18 10:00")}
	d := newDesk(t, c)
	first, err := d.Register(ctx, sampleCase())
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "备份.tar")
	if err := d.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	back, err := desk.New(options(t, dir, c))
	if err != nil {
		t.Fatal(err)
	}
	defer back.Close()
	if err := back.Restore(ctx, file); err != nil {
		t.Fatal(err)
	}
	if err := back.Unlock(ctx, "样本经办", []byte(password)); err != nil {
		t.Fatal(err)
	}
	shown, err := back.Show(ctx, first.Number)
	if err != nil || shown.Complainant.Name != "张样本" {
		t.Fatalf("%+v %v", shown, err)
	}
	second, err := back.Register(ctx, sampleCase())
	if err != nil {
		t.Fatal(err)
	}
	same, err := d.Register(ctx, sampleCase())
	if err != nil || same.Number == second.Number {
		t.Fatalf("both went on with number %s (%v)", same.Number, err)
	}
	if v, err := back.Verify(ctx); err != nil || !v.OK {
		t.Fatalf("%+v %v", v, err)
	}
	if err := back.Restore(ctx, file); err == nil {
		t.Error("a backup was restored over living data")
	}
}

func TestWhatIsNoBackupIsRefusedAndLeavesNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.tar")
	if err := os.WriteFile(file, []byte("not a backup"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	d, err := desk.New(options(t, dir, &clock{at("2026-09-18 10:00")}))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Restore(context.Background(), file); err == nil {
		t.Fatal("taken for a backup")
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestASpoiltBackupIsRefusedWhole(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	if _, err := d.Register(ctx, sampleCase()); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "备份.tar")
	if err := d.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for name, spoilt := range map[string][]byte{
		"cut off":  whole[:len(whole)*2/3],
		"one byte": append(append(append([]byte{}, whole[:len(whole)/2]...), whole[len(whole)/2]^1), whole[len(whole)/2+1:]...),
	} {
		if err := os.WriteFile(file, spoilt, 0o600); err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		back, err := desk.New(options(t, dir, &clock{at("2026-09-18 10:00")}))
		if err != nil {
			t.Fatal(err)
		}
		if err := back.Restore(ctx, file); err == nil {
			t.Errorf("%s: restored", name)
		}
		if left, _ := os.ReadDir(dir); len(left) != 0 {
			t.Errorf("%s: left behind %v", name, left)
		}
	}
}

type fullDisk struct{ journalfile.Disk }

func (fullDisk) Free() (uint64, error) { return 0, nil }

func TestAFoundingThatFailsLeavesNothingInTheWay(t *testing.T) {
	dir := t.TempDir()
	o := options(t, dir, &clock{at("2026-09-18 10:00")})
	o.Book.Disk = func(d journalfile.Disk) journalfile.Disk { return fullDisk{d} }
	d, err := desk.New(o)
	if err != nil {
		t.Fatal(err)
	}
	in := desk.InitInput{OfficeCode: "YJ01", OfficeName: "样本街道办事处", Officer: "样本经办", Password: password}
	if _, err := d.Create(context.Background(), in); err == nil {
		t.Fatal("founded on a full disk")
	}
	if d, err = desk.New(options(t, dir, &clock{at("2026-09-18 10:00")})); err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Create(context.Background(), in); err != nil {
		t.Fatalf("after room was made: %v", err)
	}
}
