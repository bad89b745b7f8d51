package desk_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

func officeOf(t testing.TB) *desk.Desk {
	t.Helper()
	return market(t, t.TempDir(), &clock{at("2026-09-18 10:00")}, "A1", &strings.Builder{})
}

func complaintPart() desk.RegisterInput {
	return desk.RegisterInput{Regime: "cn.samr.121", Matter: "complaint", Channel: "email", ReceivedAt: "2026-09-18 09:00", Complainant: reporter,
		Respondent: desk.Unit{Name: "样本超市", Address: "样本区样本路1号"}, Request: "退还货款30元", Facts: "2026年9月17日购买的饼干已过保质期。",
		Fields: map[string]any{"rights_known_at": "2026-09-17"}}
}

func complain(t testing.TB, d *desk.Desk) desk.RegisterInput {
	t.Helper()
	in := complaintPart()
	form, err := d.RegimeForm(bg, in.Regime)
	if err != nil {
		t.Fatal(err)
	}
	known := func(id string) bool {
		return slices.ContainsFunc(form.Fields, func(f desk.FieldRow) bool { return f.ID == id })
	}
	for id := range in.Fields {
		if !known(id) {
			delete(in.Fields, id)
		}
	}
	return in
}

// traceless demands that a complaint shows nothing of a report: not that there
// is one, nor what leads to it.
func traceless(t testing.TB, who string, c desk.CaseDetail, traces ...string) {
	t.Helper()
	raw, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range append(traces, "举报", "分案", "保密") {
		said := strings.ReplaceAll(string(raw), "投诉举报", "") // the name of the rule for both
		if i := strings.Index(said, word); i >= 0 {
			t.Errorf("%s: the complaint shows %q: …%s…", who, word, said[max(0, i-150):min(len(said), i+80)])
		}
	}
	if len(c.Links) != 0 || len(c.Attachments) != 0 || c.Fields["message"] != nil {
		t.Errorf("%s: the complaint has links %v, files %v, mail %v", who, c.Links, c.Attachments, c.Fields["message"])
	}
}

// traces are all that would lead to the report.
func traces(t testing.TB, d *desk.Desk, number string, mail string) []string {
	t.Helper()
	c, err := d.Show(bg, number)
	if err != nil {
		t.Fatal(err)
	}
	out := []string{c.Number, c.ID, mail, "欧阳样本.txt", "report-77"}
	for _, h := range c.History {
		out = append(out, h.ID)
	}
	return out
}

func TestALetterIsSplitIntoAComplaintAndAReport(t *testing.T) {
	d := officeOf(t)
	m, err := d.ImportFile(bg, "report.eml", strings.NewReader(strings.ReplaceAll(reportMail, "\n", "\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	spoken := complain(t, d)
	spoken.Facts = "另见举报部分。"
	if _, err := d.RegisterParts(bg, desk.PartsInput{Message: m.ID, Parts: []desk.RegisterInput{spoken, report()}}); fault.Of(err).Code != "excerpt-names-report" {
		t.Errorf("an excerpt that speaks of the report: %v", err)
	}
	parts, err := d.RegisterParts(bg, desk.PartsInput{Message: m.ID, Parts: []desk.RegisterInput{complain(t, d), report()}})
	if err != nil {
		t.Fatal(err)
	}
	one, two := parts[0], parts[1]
	whole := traces(t, d, two.Number, m.ID)
	c, err := d.Show(bg, one.Number)
	if err != nil || c.Complainant.Name != reporter.Name || c.Tracks[0].ID != "main" {
		t.Fatalf("the complaint: %+v %v", c, err)
	}
	traceless(t, "who may see all", c, whole...)
	r, err := d.Show(bg, two.Number)
	if err != nil || r.Tracks[0].ID != "report" || len(r.Links) != 1 || r.Links[0].Number != one.Number || len(r.Attachments) != 1 {
		t.Errorf("the report knows the complaint and keeps the files: %+v %+v %v", r.Links, r.Attachments, err)
	}
	if one.Act == two.Act || one.Number == two.Number || len(c.Clocks) == 0 || len(r.Clocks) == 0 {
		t.Error("the halves are not cases of their own")
	}
	if _, err := d.RegisterParts(bg, desk.PartsInput{Message: m.ID, Parts: []desk.RegisterInput{complain(t, d)}}); fault.Of(err).Code != "message-registered" {
		t.Errorf("the mail twice: %v", err)
	}
	enterAs(t, d, "样本乙")
	c, err = d.Show(bg, one.Number)
	if err != nil || c.Complainant.Name != reporter.Name {
		t.Fatal(err)
	}
	traceless(t, "the second officer", c, whole...)
	if r, err = d.Show(bg, two.Number); err != nil || len(r.Links) != 0 || strings.Contains(r.Facts, "欧阳") {
		t.Errorf("the report leads the second officer to its reporter: %+v %q %v", r.Links, r.Facts, err)
	}
	if v, err := d.Verify(bg); err != nil || !v.OK {
		t.Errorf("%+v %v", v, err)
	}
}

// A complaint turns out to hold a report after it was accepted and told: it
// keeps its number and its steps, the report is new and keeps the original.
func TestAReportFoundLaterLeavesTheComplaintWithoutATrace(t *testing.T) {
	d := officeOf(t)
	m, err := d.ImportFile(bg, "plain.eml", strings.NewReader(strings.NewReplacer("举报样本超市", "反映样本超市", "5p2l6Ieq5qyn6Ziz55qE5Li+5oql", "5p2l6Ieq5qyn6Ziz", "\n", "\r\n").Replace(reportMail)))
	if err != nil {
		t.Fatal(err)
	}
	in := complain(t, d)
	in.Facts = "饼干过期，要求退款；另举报该店长期更改日期标签。"
	o, err := d.RegisterMessage(bg, m.ID, in)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Note(bg, o.Number, "来电补充举报线索"); err != nil {
		t.Fatal(err)
	}
	before, err := d.Show(bg, o.Number)
	if err != nil || len(before.Attachments) != 1 {
		t.Fatalf("%+v %v", before.Attachments, err)
	}
	part := report()
	part.Facts = "该店长期更改日期标签。"
	if _, err := d.Split(bg, o.Number, desk.SplitInput{RegisterInput: part}); fault.Of(err).Code != "excerpt-missing" {
		t.Errorf("without an excerpt: %v", err)
	}
	split := desk.SplitInput{RegisterInput: part, Excerpt: &desk.Excerpt{Request: "退还货款30元", Facts: "饼干过期，要求退款。"}}
	reg, err := d.Split(bg, o.Number, split)
	if err != nil {
		t.Fatal(err)
	}
	whole := traces(t, d, reg.Number, m.ID)
	after, err := d.Show(bg, o.Number)
	if err != nil || after.Number != o.Number || after.Facts != "饼干过期，要求退款。" || after.Stage != before.Stage || after.ReceivedAt != before.ReceivedAt {
		t.Fatalf("the complaint: %+v %v", after, err)
	}
	traceless(t, "who may see all", after, whole...)
	r, err := d.Show(bg, reg.Number)
	original, _ := r.Fields["original"].(string)
	if err != nil || len(r.Links) != 1 || len(r.Attachments) != 1 || !strings.Contains(original, "更改日期标签") || !strings.Contains(original, "来电补充举报线索") {
		t.Errorf("the report keeps the original: %q %+v %+v %v", original, r.Links, r.Attachments, err)
	}
	_, file, err := d.Attachment(bg, reg.Number, r.Attachments[0].ID)
	if err != nil {
		t.Errorf("its file: %v", err)
	} else {
		file.Close()
	}
	for _, words := range []string{"更改日期标签", "举报线索"} {
		if page, _ := d.List(bg, desk.CaseQuery{Query: words}, 0, 9); slices.ContainsFunc(page.Rows, func(r desk.CaseRow) bool { return r.Number == o.Number }) {
			t.Errorf("the complaint is found by %q", words)
		}
	}
	enterAs(t, d, "样本乙")
	if _, err := d.Message(bg, m.ID); fault.Of(err).Code != "message-identity" {
		t.Errorf("the mail is open to the second officer: %v", err)
	}
	if after, err = d.Show(bg, o.Number); err != nil {
		t.Fatal(err)
	}
	traceless(t, "the second officer", after, whole...)
	if err := rebuilt(d); err != nil {
		t.Error(err)
	}
}

func rebuilt(d *desk.Desk) error {
	v, err := d.Rebuild(bg)
	if err == nil && !v.OK {
		return fault.New(fault.Damaged, "verify", strings.Join(v.Problems, "；"), "")
	}
	return err
}

// A report turns out to hold a complaint: the complaint is new and open, and
// only the report knows of it.
func TestAComplaintIsTakenOutOfAReport(t *testing.T) {
	d := officeOf(t)
	r, err := d.Register(bg, report())
	if err != nil {
		t.Fatal(err)
	}
	reg, err := d.Split(bg, r.Number, desk.SplitInput{RegisterInput: complain(t, d)})
	if err != nil {
		t.Fatal(err)
	}
	whole := traces(t, d, r.Number, "无此邮件")
	c, err := d.Show(bg, reg.Number)
	if err != nil || c.Complainant.Name != reporter.Name {
		t.Fatalf("%+v %v", c.Complainant, err)
	}
	traceless(t, "who may see all", c, whole...)
	if links(t, d, r.Number) != 1 {
		t.Error("the report does not know the complaint")
	}
	enterAs(t, d, "样本乙")
	if links(t, d, r.Number) != 0 {
		t.Error("the report leads to its reporter")
	}
}
