package desk_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

// reporter is a plainly made-up person whom only some may see.
var reporter = desk.Person{Name: "欧阳样本", Phone: "13912345678", Address: "样本区榆树路77号", IDNumber: "11010519491231002X", Email: "ouyang@example.cn"}

// telling are the words that would tell who he is, however they are written.
var telling = []string{"欧阳样本", "欧阳 样本", "13912345678", "139 1234 5678", "榆树路77号", "11010519491231002", "ouyang@example.cn", "来自欧阳"}

const reportMail = `From: =?utf-8?B?5qyn6Ziz5qC35pys?= <ouyang@example.cn>
To: office@example.cn
Subject: =?utf-8?B?5p2l6Ieq5qyn6Ziz55qE5Li+5oql?=
Date: Fri, 18 Sep 2026 08:30:00 +0800
Message-ID: <report-77@example.cn>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

举报样本超市销售过期食品。我是欧阳样本，电话139 1234 5678，住样本区榆树路77号。
--b
Content-Type: text/plain; charset=utf-8; name="=?utf-8?B?5qyn6Ziz5qC35pysLnR4dA==?="
Content-Disposition: attachment; filename="=?utf-8?B?5qyn6Ziz5qC35pysLnR4dA==?="

购物小票 欧阳样本
--b--
`

func market(t testing.TB, dir string, c *clock, code string, log *strings.Builder) *desk.Desk {
	t.Helper()
	o := options(t, filepath.Join(dir, code), c)
	o.Log = func(l string) { fmt.Fprintln(log, l) }
	d, err := desk.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	_, err = d.Create(bg, desk.InitInput{OfficeCode: code, OfficeName: "样本区市场监督管理局" + code, Officer: "样本经办", Password: password, Issuer: "样本区市场监督管理局",
		Capacity: "agency", Sector: "market-regulation", CodeWord: "样市监", Regime: "cn.samr.121"})
	if err == nil {
		_, err = d.AddOfficer(bg, "样本乙", "", []string{"handler"}, []byte(password))
	}
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var bg = context.Background()

func enterAs(t testing.TB, d *desk.Desk, officer string) {
	t.Helper()
	if err := d.Unlock(bg, officer, []byte(password)); err != nil {
		t.Fatal(err)
	}
}

func report() desk.RegisterInput {
	return desk.RegisterInput{Regime: "cn.samr.121", Matter: "report", Channel: "email", ReceivedAt: "2026-09-18 09:00", Complainant: reporter,
		Respondent: desk.Unit{Name: "样本超市", Address: "样本区样本路1号"}, Request: "请求依法查处",
		Facts: "欧阳样本反映样本超市销售过期食品，可拨139-1234-5678联系，或到样本区榆树路77号面谈。"}
}

// said is everything the officer at the desk is told, as one text.
func said(t testing.TB, d *desk.Desk) string {
	t.Helper()
	var out strings.Builder
	tell := func(v any, err error) {
		raw, _ := json.Marshal(v)
		out.Write(raw)
		if err != nil {
			f := fault.Of(err)
			fmt.Fprintln(&out, f.Code, f.Message, f.Hint, err)
		}
	}
	page, err := d.List(bg, desk.CaseQuery{}, 0, 100)
	tell(page, err)
	work, err := d.WorkList(bg)
	tell(work, err)
	for _, state := range []string{desk.LettersToIssue, desk.LettersGone} {
		rows, err := d.LetterQueue(bg, state)
		tell(rows, err)
	}
	for _, row := range page.Rows {
		saidOfCase(t, d, row.Number, tell, &out)
	}
	mails, err := d.Messages(bg, "", "", 0, 100)
	tell(mails, err)
	for _, m := range mails.Rows {
		detail, err := d.Message(bg, m.ID)
		tell(detail, err)
		for i := -1; i < 3; i++ {
			row, r, err := d.MessageFile(bg, m.ID, i)
			tell(row, err)
			if err == nil {
				io.Copy(&out, r)
			}
		}
	}
	persons, err := d.Persons(bg, "")
	tell(persons, err)
	drafts, err := d.Drafts(bg)
	tell(drafts, err)
	contradictions, err := d.Contradictions(bg)
	tell(contradictions, err)
	return out.String()
}

func saidOfCase(t testing.TB, d *desk.Desk, number string, tell func(any, error), out *strings.Builder) {
	c, err := d.Show(bg, number)
	tell(c, err)
	for _, a := range c.Attachments {
		row, r, err := d.Attachment(bg, number, a.ID)
		tell(row, err)
		if err == nil {
			io.Copy(out, r)
		}
	}
	for _, p := range []string{"complainant", "agent", "facts", "request", "original", "members"} {
		text, err := d.Reveal(bg, number, p)
		tell(text, err)
	}
	actions, err := d.Actions(bg, number, true)
	tell(actions, err)
	kinds, err := d.LetterKinds(bg, number)
	tell(kinds, err)
	for _, k := range kinds {
		raw, err := d.LetterPreview(bg, number, k.Kind)
		tell(nil, err)
		if err == nil {
			out.WriteString(pdfText(t, raw))
		}
	}
	for _, l := range c.Letters {
		raw, err := d.LetterExport(bg, number, l.ID)
		tell(nil, err)
		if err == nil {
			out.WriteString(pdfText(t, raw))
		}
	}
	card, err := d.Person(bg, number)
	tell(card, err)
	looks, err := d.Looks(bg, number)
	tell(looks, err)
	rows, err := d.Recorded(bg, number, "members")
	tell(rows, err)
}

// pdfText reads a PDF back.
func pdfText(t testing.TB, raw []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	cmd := exec.Command("pdftotext", "-layout", file, "-")
	cmd.Stdout = &out
	if err := cmd.Run(); err != nil {
		t.Fatal("pdftotext is not here; build/test installs it: " + err.Error())
	}
	return out.String()
}

// keepsSilent demands that nothing said or found tells who the reporter is.
func keepsSilent(t testing.TB, who string, d *desk.Desk) {
	t.Helper()
	all := said(t, d)
	for _, word := range telling {
		if i := strings.Index(all, word); i >= 0 {
			t.Errorf("%s is told %q: …%s…", who, word, all[max(0, i-200):min(len(all), i+100)])
		}
		if page, err := d.List(bg, desk.CaseQuery{Query: word}, 0, 9); err != nil || page.Total != 0 {
			t.Errorf("%s finds %d cases by %q (%v)", who, page.Total, word, err)
		}
		if found, err := d.Find(bg, word); err != nil || len(found) != 0 {
			t.Errorf("%s is led by %q to %+v (%v)", who, word, found, err)
		}
		if mails, err := d.Messages(bg, "", word, 0, 9); err != nil || mails.Total != 0 {
			t.Errorf("%s finds %d mails by %q (%v)", who, mails.Total, word, err)
		}
		if persons, err := d.Persons(bg, word); err != nil || len(persons) != 0 {
			t.Errorf("%s finds persons by %q (%v)", who, word, err)
		}
	}
	if rows, err := d.Similar(bg, desk.RegisterInput{Complainant: reporter, Respondent: desk.Unit{Name: "样本超市"}}); err != nil || len(rows) != 0 {
		t.Errorf("%s is told who is alike: %+v (%v)", who, rows, err)
	}
}

// busy is what is done with a report by those who may see its reporter.
func busy(t testing.TB, d *desk.Desk, number string) {
	t.Helper()
	must := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(d.Note(bg, number, "已与欧阳样本（13912345678）通话"))
	must(d.Attach(bg, number, "欧阳样本身份证.txt", strings.NewReader("欧阳样本 11010519491231002X")))
	must(d.Edit(bg, number, map[string]any{"facts": "欧 阳样本再次来电13912345678补充线索", "members": nil}, "欧阳样本来电补充"))
	must(d.Record(bg, number, "members", map[string]any{"name": "诸葛样本", "phone": "13900000077"}))
	must(d.Record(bg, number, "contact_attempts", map[string]any{"number": "13912345678", "result": "told", "answered_by": "欧阳样本", "way": "phone"}))
	must(nil, d.SaveDraft(bg, desk.DraftRow{ID: "register", Title: "欧阳样本", Data: map[string]any{"complainant": reporter}}))
	second, err := d.Register(bg, report())
	must(nil, err)
	must(d.PersonMerge(bg, number, second.Number, "欧阳样本电话相同"))
}

func TestWhoMayNotSeeTheReporterSeesHimNowhere(t *testing.T) {
	dir, log := t.TempDir(), &strings.Builder{}
	c := &clock{at("2026-09-18 10:00")}
	a, b := market(t, dir, c, "A1", log), market(t, dir, c, "B1", log)
	meet(t, dir, a, b)
	m, err := a.ImportFile(bg, "report.eml", strings.NewReader(strings.ReplaceAll(reportMail, "\n", "\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	reg, err := a.RegisterMessage(bg, m.ID, report())
	if err != nil {
		t.Fatal(err)
	}
	busy(t, a, reg.Number)
	// A mail that did not call itself a report was open until it was registered.
	plain := strings.NewReplacer("5p2l6Ieq5qyn6Ziz55qE5Li+5oql", "5p2l6Ieq5qyn6Ziz", "举报样本超市", "反映样本超市", "report-77", "plain-77", "\n", "\r\n").Replace(reportMail)
	p, err := a.ImportFile(bg, "plain.eml", strings.NewReader(plain))
	if err == nil {
		_, err = a.RegisterMessage(bg, p.ID, report())
	}
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		exchange(t, a, b)
	}
	own := said(t, a)
	for _, word := range []string{"欧阳样本", "购物小票", "诸葛样本", "样本区榆树路77号", "来自欧阳的举报"} {
		if !strings.Contains(own, word) {
			t.Errorf("who may see him is not told %q", word)
		}
	}
	looks, err := a.Looks(bg, reg.Number)
	if err != nil || len(looks) < 3 {
		t.Errorf("the looks: %+v %v", looks, err)
	}
	keepsSilent(t, "the other office", b)
	enterAs(t, a, "样本乙")
	keepsSilent(t, "the second officer", a)
	enterAs(t, b, "样本乙")
	keepsSilent(t, "the other office's second officer", b)
	for _, word := range telling {
		if strings.Contains(log.String(), word) {
			t.Errorf("%q stands in the log", word)
		}
	}
	if shown, err := a.Show(bg, reg.Number); err != nil || shown.Complainant.Name != "（保密）" || !strings.Contains(shown.Facts, "（保密）再次来电") {
		t.Errorf("shown to the second officer: %+v %v", shown.Complainant, shown.Facts)
	}
	if _, err := a.RegisterMessage(bg, m.ID, report()); fault.Of(err).Code != "message-identity" {
		t.Errorf("the mail: %v", err)
	}
}

// meet lets two offices share a folder.
func meet(t testing.TB, dir string, a, b *desk.Desk) {
	t.Helper()
	folder := filepath.Join(dir, "shared")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := a.ShareCreate(bg, folder); err != nil {
		t.Fatal(err)
	}
	invitation, err := a.ShareInvite(bg)
	if err == nil {
		err = b.ShareJoin(bg, folder, invitation)
	}
	if err != nil {
		t.Fatal(err)
	}
	exchange(t, a, b, a, b)
}

func exchange(t testing.TB, desks ...*desk.Desk) {
	t.Helper()
	for _, d := range desks {
		if _, err := d.ShareSync(bg); err != nil {
			t.Fatal(err)
		}
	}
}

// Under any rulebook a complainant may ask for secrecy (S3-03): the officers
// named see him, the others and their searches do not.
func TestOnlyNamedOfficersSeeWhoAskedForSecrecy(t *testing.T) {
	d := newDesk(t, &clock{at("2026-09-18 10:00")})
	for _, name := range []string{"样本乙", "样本丙"} {
		if _, err := d.AddOfficer(bg, name, "", []string{"handler"}, []byte(password)); err != nil {
			t.Fatal(err)
		}
	}
	in := sampleCase()
	in.Complainant, in.Facts, in.Viewers = reporter, "欧阳样本请求保密", []string{"样本乙"}
	number := register(t, d, in)
	sees := func(officer string, want bool) {
		t.Helper()
		enterAs(t, d, officer)
		c, err := d.Show(bg, number)
		if err != nil || (c.Complainant.Name == reporter.Name) != want || (c.Facts == "欧阳样本请求保密") != want {
			t.Errorf("%s sees the person: %v %q %v", officer, c.Complainant, c.Facts, err)
		}
		if len(c.Viewers) == 0 || c.Viewers[0] != "样本乙" {
			t.Errorf("%s is not told whom to ask: %v", officer, c.Viewers)
		}
		if page, _ := d.List(bg, desk.CaseQuery{Query: "欧阳样本"}, 0, 9); page.Total != 0 {
			t.Error("found by name")
		}
	}
	sees("样本经办", false)
	keepsSilent(t, "the administrator", d)
	if _, err := d.Confide(bg, number, []string{"样本经办"}); fault.Of(err).Code != "identity-key" {
		t.Errorf("who does not see lets himself see: %v", err)
	}
	sees("样本丙", false)
	sees("样本乙", true)
	if _, err := d.Confide(bg, number, []string{"样本丙"}); err != nil {
		t.Fatal(err)
	}
	sees("样本丙", true)
	sees("样本经办", false)
	enterAs(t, d, "样本乙")
	looks, err := d.Looks(bg, number)
	if err != nil || len(looks) != 2 || looks[0].Officer != "样本丙" || looks[1].Officer != "样本乙" {
		t.Errorf("who looked: %+v %v", looks, err)
	}
}
