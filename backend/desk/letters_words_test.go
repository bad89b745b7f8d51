package desk_test

import (
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

var (
	update  = flag.Bool("update", false, "write the golden files of the letters")
	pdfsDir = flag.String("pdfs", "", "also write the letters into this folder, to look at them")
)

var pageNumber = regexp.MustCompile(`(?m)^— \d+ —$`)

// readPDF is the text of a letter without white space and page numbers.
func readPDF(t testing.TB, raw []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "letter.pdf")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if *pdfsDir != "" {
		os.WriteFile(filepath.Join(*pdfsDir, strings.ReplaceAll(t.Name(), "/", "-")+"-"+filepath.Base(filepath.Dir(path))+".pdf"), raw, 0o600)
	}
	out, err := exec.Command("pdftotext", "-raw", "-enc", "UTF-8", path, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("pdftotext of poppler-utils reads the letters back: %v %s", err, out)
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, pageNumber.ReplaceAllString(strings.ReplaceAll(string(out), "\f", "\n"), ""))
}

// golden compares a letter's text with the stored one; what is random is named.
func golden(t testing.TB, name, text string, random ...string) {
	t.Helper()
	text = strings.NewReplacer(random...).Replace(text) + "\n"
	path := filepath.Join("testdata", "letters", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != text {
		t.Errorf("%s (%v) reads\n%s\nwant\n%s", name, err, text, want)
	}
}

func act(t testing.TB, d *desk.Desk, number, action string, fields map[string]any) {
	t.Helper()
	if _, err := d.Act(context.Background(), desk.ActInput{Case: number, Action: action, Fields: fields, Reason: "补记"}); err != nil {
		t.Fatalf("%s: %v", action, err)
	}
}

func issue(t testing.TB, d *desk.Desk, number, kind string) (desk.Issued, string) {
	t.Helper()
	issued, raw, err := d.LetterIssue(context.Background(), number, kind)
	if err != nil {
		t.Fatalf("issue %s: %v %s", kind, err, fault.Of(err).Hint)
	}
	kept, err := d.LetterExport(context.Background(), number, issued.Number)
	if err != nil || string(kept) != string(raw) {
		t.Fatalf("what is kept is not what was printed: %v", err)
	}
	return issued, readPDF(t, raw)
}

func kindOf(t testing.TB, d *desk.Desk, number, kind string) (desk.LetterKind, bool) {
	t.Helper()
	kinds, err := d.LetterKinds(context.Background(), number)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range kinds {
		if k.Kind == kind {
			return k, true
		}
	}
	return desk.LetterKind{}, false
}

func register(t testing.TB, d *desk.Desk, in desk.RegisterInput) string {
	t.Helper()
	reg, err := d.Register(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return reg.Number
}

func setProfile(t testing.TB, d *desk.Desk, change func(*desk.Profile)) {
	t.Helper()
	f, err := d.Profile(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	change(&f.Profile)
	if _, err := d.SetProfile(context.Background(), f.Profile); err != nil {
		t.Fatal(err)
	}
}

func withPhone(p *desk.Profile) { p.Phone = "010-00000000" }

var acceptFields = map[string]any{"cond_lawful": true, "cond_specific": true, "accept_at": "2026-09-18", "accept_department": "样本信访科"}

func accepted(t testing.TB, d *desk.Desk) string {
	t.Helper()
	in := sampleCase()
	in.Respondent.Address = "样本镇样本路2号"
	n := register(t, d, in)
	act(t, d, n, "accept", acceptFields)
	return n
}

// decided is a case with a decision.
func decided(t testing.TB, d *desk.Desk) string {
	t.Helper()
	n := accepted(t, d)
	act(t, d, n, "assign", map[string]any{"assignee": "李样本"})
	act(t, d, n, "investigate", map[string]any{"investigation_method": []any{"interview", "papers"}, "investigation_content": "9月18日调取了办件记录。"})
	act(t, d, n, "decide", map[string]any{"dispute_kind": "administrative", "respondent_statement": "被投诉人称，申请在交接时遗漏。",
		"facts_found": "投诉人于2026年7月1日提交申请，被投诉人至今未答复。",
		"evidence":    []any{map[string]any{"name": "收件凭证", "proves": "被投诉人7月1日收到申请"}, map[string]any{"name": "办件记录", "proves": "申请没有办结"}},
		"reasons":     "被投诉人逾期未答复，请求成立，予以支持。", "basis": "《中华人民共和国行政许可法》第四十二条第一款", "authority_basis": "《投诉管理办法》第七条、第八条",
		"items":       []any{map[string]any{"text": "责令被投诉人作出书面答复", "who": "样本镇规划所", "due": "2026-10-15"}},
		"performance": "书面报送本机关。"})
	return n
}
