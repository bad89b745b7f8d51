package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/casebook"
	"jiesu/backend/regime"
	"jiesu/backend/vault"
)

const testPassword = "sample password 1"

var testNow = time.Date(2026, 9, 18, 10, 0, 0, 0, calendar.Zone())

func timesMinute(n int) time.Duration { return time.Duration(n) * time.Minute }

// run does one command line in this process, with cheap passwords.
func run(t *testing.T, now time.Time, input string, args ...string) (out, errs []byte, code int) {
	t.Helper()
	t.Setenv(passwordVariable, testPassword)
	var o, e bytes.Buffer
	p := &program{in: bufio.NewReader(strings.NewReader(input)), out: &o, err: &e, now: func() time.Time { return now },
		book: casebook.Options{Vault: vault.Options{Cost: vault.Cost{Time: 1, Memory: 8 << 10, Threads: 1}}}, regimes: shippedRegimes()}
	code = p.run(context.Background(), args)
	return o.Bytes(), e.Bytes(), code
}

// shippedRegimes are read once for all tests.
var shippedRegimes = sync.OnceValue(func() *regime.Book {
	data, err := shipped()
	if err != nil {
		panic(err)
	}
	book, err := regime.Load(data.Regimes)
	if err != nil {
		panic(err)
	}
	return book
})

func founded(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if out, errs, code := run(t, testNow, "", "--data", dir, "init", "--office-code", "YJ01", "--office-name", "样本街道办事处", "--officer", "样本经办", "--regime", "S7"); code != 0 {
		t.Fatalf("init: %d %s%s", code, out, errs)
	}
	return dir
}

func TestExitCodesAndErrorsAreAsScriptsExpect(t *testing.T) {
	dir := founded(t)
	empty := filepath.Join(t.TempDir(), "nothing")
	for name, c := range map[string]struct {
		args  []string
		input string
		code  int
		want  string // error code in JSON
	}{
		"a command nobody knows":              {[]string{"nothing", "--json"}, "", 2, "usage"},
		"no command":                          {[]string{"--json"}, "", 2, "usage"},
		"an option nobody knows":              {[]string{"case", "list", "--colour", "red", "--json"}, "", 2, "usage"},
		"an option without its value":         {[]string{"--json", "case", "list", "--query"}, "", 2, "usage"},
		"too few arguments":                   {[]string{"--data", dir, "--json", "case", "show"}, "", 2, "usage"},
		"too many arguments":                  {[]string{"--data", dir, "--json", "case", "show", "a", "b"}, "", 2, "usage"},
		"--now on a command that changes":     {[]string{"--data", dir, "--json", "--now", "2026-09-18", "case", "note", "a", "b"}, "", 2, "usage"},
		"a time that cannot be read":          {[]string{"--data", dir, "--json", "--now", "soon", "case", "list"}, "", 2, "usage"},
		"a case that is not there":            {[]string{"--data", dir, "--json", "case", "show", "YJ01-AA-2026-000009"}, "", 1, "case-not-found"},
		"a data folder that is not there":     {[]string{"--data", empty, "--json", "case", "list"}, "", 1, "no-data-folder"},
		"no input":                            {[]string{"--data", dir, "--json", "case", "register"}, "", 2, "usage"},
		"input that is no JSON":               {[]string{"--data", dir, "--json", "case", "register", "-f", "-"}, "{", 2, "bad-input"},
		"input with a misspelt name":          {[]string{"--data", dir, "--json", "case", "register", "-f", "-"}, `{"complainant":{"phon":"1"}}`, 2, "unknown-field"},
		"input in another encoding":           {[]string{"--data", dir, "--json", "case", "register", "-f", "-"}, "{\"facts\":\"\xb8\xc4\"}", 2, "bad-input"},
		"a text where an object belongs":      {[]string{"--data", dir, "--json", "case", "register", "-f", "-"}, `{"complainant":"张样本"}`, 2, "bad-input"},
		"empty input":                         {[]string{"--data", dir, "--json", "case", "register", "-f", "-"}, "", 2, "bad-input"},
		"a light nobody knows":                {[]string{"--data", dir, "--json", "case", "list", "--light", "purple"}, "", 2, "usage"},
		"fewer than no cases":                 {[]string{"--data", dir, "--json", "case", "list", "--limit", "-1"}, "", 2, "usage"},
		"a receipt before the rules were":     {[]string{"--data", dir, "--json", "case", "register", "-f", "-"}, `{"regime":"S7","channel":"written","received_at":"1999-01-01","complainant":{"name":"张样本"},"facts":"样本"}`, 1, "regime-not-in-force"},
		"two documents":                       {[]string{"--data", dir, "--json", "case", "register", "-f", "-"}, "{} {}", 2, "bad-input"},
		"an input file that is not there":     {[]string{"--data", dir, "--json", "case", "register", "-f", empty}, "", 1, "file-not-found"},
		"a folder as material":                {[]string{"--data", dir, "--json", "case", "attach", "YJ01-AA-2026-000009", dir}, "", 2, "not-a-file"},
		"a code that cannot change":           {[]string{"--data", dir, "--json", "profile", "set", "office_code=XX"}, "", 1, "office-fixed"},
		"a capacity nobody knows":             {[]string{"--data", dir, "--json", "profile", "set", "capacity=king"}, "", 2, "capacity"},
		"an officer nobody knows":             {[]string{"--data", dir, "--json", "--as", "李样例", "case", "list"}, "", 1, "no-such-officer"},
		"a file that is no backup":            {[]string{"--data", empty, "--json", "restore", filepath.Join(dir, "vault.json")}, "", 1, "not-a-backup"},
		"a folder that was never shared":      {[]string{"--data", dir, "--json", "share", "sync"}, "", 1, "no-shared-folder"},
		"a letter with no place to write to":  {[]string{"--data", dir, "--json", "letter", "print", "a", "decision"}, "", 2, "usage"},
		"a mailbox nobody answers at":         {[]string{"--data", dir, "--json", "mail", "import", "--server", "127.0.0.1:1", "--user", "a", "--mail-password-file", filepath.Join(dir, "vault.json")}, "", 3, ""},
		"a span that cannot be read":          {[]string{"--json", "limit", "2026-09-18", "soon"}, "", 2, "bad-span"},
		"a date that cannot be read":          {[]string{"--json", "workday", "soon", "3"}, "", 2, ""},
		"a share folder that is not there":    {[]string{"--data", dir, "--json", "share", "create", empty}, "", 1, "folder-missing"},
		"a demo where there already is one":   {[]string{"--json", "demo", demoDone(t)}, "", 1, "demo-folder"},
		"an invitation that is not there":     {[]string{"--data", dir, "--json", "share", "join", empty}, "", 2, "usage"},
		"the password of another data folder": {[]string{"--data", dir, "--json", "--password-file", wrong(t), "case", "list"}, "", 1, "wrong-password"},
	} {
		t.Run(name, func(t *testing.T) {
			out, errs, code := run(t, testNow, c.input, c.args...)
			var doc struct{ Error problem }
			if err := json.Unmarshal(out, &doc); err != nil {
				t.Fatalf("no JSON document: %v: %s", err, out)
			}
			if code != c.code || c.want != "" && doc.Error.Code != c.want {
				t.Errorf("exit code %d, error %+v; want %d %s", code, doc.Error, c.code, c.want)
			}
			if doc.Error.Message == "" || !strings.Contains(string(errs), doc.Error.Message) {
				t.Errorf("a person reads %q", errs)
			}
		})
	}
}

func wrong(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(path, []byte("not the password\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func demoDone(t *testing.T) string {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "数据"), 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestAFolderInUseIsTriedAgainLater(t *testing.T) {
	dir := founded(t)
	p := &program{now: time.Now}
	s, err := p.session(&global{data: dir}, command{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.prepared()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Status(context.Background()); err != nil { // holds the folder
		t.Fatal(err)
	}
	defer d.Close()
	if out, _, code := run(t, testNow, "", "--data", dir, "--json", "case", "list"); code != 3 {
		t.Errorf("exit code %d: %s", code, out)
	}
}

func TestThePasswordIsTakenAwayOnceRead(t *testing.T) {
	dir := founded(t)
	if _, errs, code := run(t, testNow, "", "--data", dir, "case", "list"); code != 0 {
		t.Fatalf("%d %s", code, errs)
	}
	if _, there := os.LookupEnv(passwordVariable); there {
		t.Error("child processes would see the password")
	}
}

func TestThePasswordMayComeBeforeTheInput(t *testing.T) {
	dir := founded(t)
	out, errs, code := run(t, testNow, testPassword+"\n\xef\xbb\xbf"+registration, "--password-file", "-", "--data", dir, "case", "register", "-f", "-", "--json")
	if code != 0 {
		t.Errorf("%d %s%s", code, out, errs)
	}
}

func TestOptionsMayStandAnywhere(t *testing.T) {
	dir := founded(t)
	for _, args := range [][]string{
		{"--data", dir, "--json", "case", "list", "--limit", "1"}, {"case", "list", "--limit", "1", "--json", "--data", dir}, {"--json", "case", "list", "-data=" + dir},
	} {
		if out, errs, code := run(t, testNow, "", args...); code != 0 || strings.TrimSpace(string(out)) != "[]" {
			t.Errorf("%q: %d %s%s", args, code, out, errs)
		}
	}
}

func TestNowIsWhenOneLooks(t *testing.T) {
	dir := founded(t)
	for _, args := range []string{"clock set cn.gov.general acceptance 5workday", "case register -f -"} {
		if out, errs, code := run(t, testNow, registration, append(strings.Fields(args), "--data", dir)...); code != 0 {
			t.Fatalf("%s: %s%s", args, out, errs)
		}
	}
	for now, light := range map[string]string{"2026-09-18 12:00": "green", "2026-09-22 12:00": "yellow", "2026-09-30 12:00": "red"} {
		out, _, _ := run(t, testNow, "", "--data", dir, "case", "list", "--json", "--now", now)
		if got := valueAt(t, out, "0.light"); got != light {
			t.Errorf("at %s the light is %s, want %s", now, got, light)
		}
	}
}

func TestABatchGoesOnAfterARefusedLine(t *testing.T) {
	dir := founded(t)
	lines := `{"cmd":["case","register"],"input":` + strings.ReplaceAll(registration, "\n", " ") + "}\n\n" + `{"cmd":["case","register"],"input":{"regime":"S7"}}` + "\nnonsense\n" + `{"cmd":["case","list"]}`
	out, _, code := run(t, testNow, lines, "--data", dir, "batch", "-f", "-")
	answers := strings.Split(strings.TrimSpace(string(out)), "\n")
	if code != 1 || len(answers) != 4 {
		t.Fatalf("exit code %d, %d answers: %s", code, len(answers), out)
	}
	for i, want := range []string{`"number"`, `"error"`, `"bad-input"`, `[{"id"`} {
		if !strings.Contains(answers[i], want) {
			t.Errorf("answer %d is %s", i, answers[i])
		}
	}
}

func TestHelpNamesEveryCommand(t *testing.T) {
	out, _, code := run(t, testNow, "", "help")
	for _, k := range commands() {
		if code != 0 || !strings.Contains(string(out), k.name) {
			t.Errorf("%q is not in the overview", k.name)
		}
		if one, _, code := run(t, testNow, "", append(strings.Fields(k.name), "--help")...); code != 0 || !strings.Contains(string(one), k.line()) {
			t.Errorf("%s --help: %d %s", k.name, code, one)
		}
	}
}
