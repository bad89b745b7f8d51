package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestTheDataFolderComesFromTheFlagThenTheEnvironmentThenThePlatform(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_DATA_HOME", "")
	for name, c := range map[string]struct {
		args []string
		env  string
		want string
	}{
		"flag":        {[]string{"-data", "/tmp/a"}, "/tmp/b", "/tmp/a"},
		"environment": {nil, "/tmp/b", "/tmp/b"},
		"platform":    {nil, "", filepath.Join(home, ".local/share/jiesu/data")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("JIESU_DATA", c.env)
			got, err := findPlace(c.args)
			if err != nil || got.data != c.want {
				t.Errorf("got %q, %v; want %q", got.data, err, c.want)
			}
			if got.practice() != c.want+"-practice" {
				t.Errorf("practice in %q", got.practice())
			}
		})
	}
	if _, err := findPlace([]string{"-unknown"}); err == nil {
		t.Error("an unknown flag is taken")
	}
}

func TestPreferencesAreKeptAndABrokenFileGivesDefaults(t *testing.T) {
	dir := t.TempDir()
	p := loadPreferences(dir)
	if err := p.change(func(look *Preferences) { look.Theme = "dark"; look.Widths["list"] = 420 }); err != nil {
		t.Fatal(err)
	}
	again := loadPreferences(dir).get()
	if again.Theme != "dark" || again.Widths["list"] != 420 || again.IdleMinutes != 15 {
		t.Errorf("read again: %+v", again)
	}
	for name, text := range map[string]string{
		"no JSON":      "{",
		"out of range": `{"theme":"pink","font_size":400,"idle_minutes":-3,"density":"x"}`,
		"too large":    `{"theme":"` + strings.Repeat("x", maxPreferences) + `"}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, "preferences.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got := loadPreferences(dir).get()
		if got.Theme != "system" || got.FontSize != 14 || got.Density != "normal" || got.IdleMinutes < 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestTheDeskLocksWhenNobodyTouchesIt(t *testing.T) {
	locked := make(chan bool, 4)
	l := newIdleLock(func() { locked <- true })
	l.setWait(80 * time.Millisecond)
	for range 4 {
		time.Sleep(40 * time.Millisecond)
		l.touch()
	}
	if len(locked) != 0 {
		t.Error("locked while somebody worked")
	}
	<-locked
	l.set(0)
	l.touch()
	time.Sleep(120 * time.Millisecond)
	if len(locked) != 0 {
		t.Error("locked though switched off")
	}
}

func TestANameFromOutsideStaysInItsFolder(t *testing.T) {
	for name, want := range map[string]string{
		"../../etc/passwd":               "_.._etc_passwd",
		`a\b:c*d?.pdf`:                   "a_b_c_d_.pdf",
		"":                               "file",
		"...":                            "file",
		"发票\u202efdp.exe":                "发票_fdp.exe",
		strings.Repeat("长", 90) + ".pdf": strings.Repeat("长", 56) + ".pdf",
	} {
		if got := safeName(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
	folder := t.TempDir()
	path, err := lend(folder, "../x.pdf", []byte("a"))
	if err != nil || !strings.HasPrefix(path, folder+string(filepath.Separator)) {
		t.Errorf("lent to %q, %v", path, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("lent file: %v, %v", info, err)
	}
}

func TestLentFilesAreGoneAfterTheProgramEnds(t *testing.T) {
	p := testProgram(t)
	path, err := lend(p.place.open, "a.pdf", []byte("a"))
	if err != nil {
		t.Fatal(err)
	}
	p.close()
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("still there: %v", err)
	}
}

func TestSavingReplacesAFileWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "受理通知书.pdf")
	for _, text := range []string{"one", "two"} {
		if err := saveAs(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != "two" {
		t.Errorf("got %q, %v", got, err)
	}
	if err := saveAs("relative.pdf", nil); err == nil {
		t.Error("a relative path is taken")
	}
	if got := batchName(0, "云受〔2026〕1号"); got != "001 云受〔2026〕1号.pdf" {
		t.Errorf("batch name %q", got)
	}
}
