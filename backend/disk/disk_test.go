package disk

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestWriteFileReplacesWholeAndLeavesNoTemp(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.json")
	for _, text := range []string{"第一版", "第二版，更长"} {
		if err := WriteFile(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(path); string(got) != text {
			t.Fatalf("got %q", got)
		}
	}
	if names, _ := os.ReadDir(dir); len(names) != 1 {
		t.Fatalf("left behind: %v", names)
	}
}

func TestWriteFileFailsWithoutTouchingWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	target := filepath.Join(dir, "busy")
	if err := os.MkdirAll(filepath.Join(target, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(target, []byte("x")); err == nil {
		t.Fatal("a folder was replaced by a file")
	}
	if names, _ := os.ReadDir(dir); len(names) != 1 {
		t.Fatalf("left behind: %v", names)
	}
}

func TestRequire(t *testing.T) {
	dir := t.TempDir()
	if free, err := Free(dir); err != nil || free == 0 {
		t.Fatalf("free %d %v", free, err)
	}
	if err := Require(dir, 1); err != nil {
		t.Fatal(err)
	}
	if err := Require(dir, 1<<62); !errors.Is(err, ErrFull) {
		t.Fatalf("got %v", err)
	}
}

func TestCleanTempTouchesOnlyUnfinishedFiles(t *testing.T) {
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, TempPrefix+"1"), nil, 0o600)
	os.WriteFile(filepath.Join(dir, "kept"), nil, 0o600)
	if err := CleanTemp(dir); err != nil {
		t.Fatal(err)
	}
	if names, _ := os.ReadDir(dir); len(names) != 1 || names[0].Name() != "kept" {
		t.Fatalf("left %v", names)
	}
}
