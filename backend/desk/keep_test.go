package desk_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"jiesu/backend/desk"
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
