package intake_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"jiesu/backend/intake"
	"jiesu/backend/message"
)

// sampleMail is one complaint of testdata/complaints.txt with what a careful
// officer would take from it.
type sampleMail struct {
	title string
	want  map[string]string
	m     *message.Message
}

func samples(t testing.TB) []sampleMail {
	raw, err := os.ReadFile("testdata/complaints.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []sampleMail
	text := strings.ReplaceAll(string(raw), "\r\n", "\n")
	for _, block := range strings.Split(text, "#### ")[1:] {
		head, body, ok := strings.Cut(block, "\n----\n")
		if !ok {
			t.Fatalf("no body in %q", head)
		}
		lines := strings.Split(head, "\n")
		s := sampleMail{title: lines[0], want: map[string]string{}}
		for _, l := range lines[1:] {
			k, v, _ := strings.Cut(l, ":")
			s.want[k] = strings.TrimSpace(v)
		}
		mail := "From: " + s.want["from"] + "\nSubject: " + s.want["subject"] + "\nContent-Type: text/plain; charset=utf-8\n\n" + body
		s.m = message.ParseBytes(t.Context(), []byte(mail))
		out = append(out, s)
	}
	if len(out) < 20 {
		t.Fatalf("only %d samples", len(out))
	}
	return out
}

func value(f *intake.Field) string {
	if f == nil {
		return ""
	}
	return f.Value
}

// TestComplaints measures how well complaints of many styles are understood
// and holds the figures.
func TestComplaints(t *testing.T) {
	type count struct{ want, got, right int }
	counts := map[string]*count{}
	for _, s := range samples(t) {
		g := intake.Suggest(s.m)
		for field, f := range map[string]*intake.Field{
			"name": g.Complainant.Name, "phone": g.Complainant.Phone, "address": g.Complainant.Address,
			"id": g.Complainant.IDNumber, "respondent": g.Respondent.Name, "request": g.Request, "matter": g.Matter,
		} {
			want, asked := s.want[field]
			if !asked && (field == "request" || field == "matter") {
				continue
			}
			c := counts[field]
			if c == nil {
				c = &count{}
				counts[field] = c
			}
			got := value(f)
			if f != nil && f.Confidence < 0.5 {
				got = "" // the form is not filled with less
			}
			if want != "" {
				c.want++
			}
			if got != "" {
				c.got++
			}
			if squash(got) == squash(want) {
				if want != "" {
					c.right++
				}
				continue
			}
			t.Logf("%s: %s is %q, read as %q (%+v)", s.title, field, want, got, f)
		}
		if complete := s.want["complete"] == "yes"; g.Complete() != complete {
			t.Errorf("%s: complete is %v", s.title, g.Complete())
		}
		if s.want["phone_choice"] == "yes" && (g.Complainant.Phone == nil || len(g.Complainant.Phone.Alternatives) != 2) {
			t.Errorf("%s: two phones must both be offered: %+v", s.title, g.Complainant.Phone)
		}
		if s.want["phone_low"] == "yes" && (g.Complainant.Phone == nil || g.Complainant.Phone.Confidence > 0.5) {
			t.Errorf("%s: a phone of a forwarded mail is less sure: %+v", s.title, g.Complainant.Phone)
		}
	}
	for field, c := range counts {
		precision, recall := float64(c.right)/float64(max(c.got, 1)), float64(c.right)/float64(max(c.want, 1))
		t.Logf("%-10s precision %d/%d = %.2f, recall %d/%d = %.2f", field, c.right, c.got, precision, c.right, c.want, recall)
		if precision < 0.95 || recall < 0.9 {
			t.Errorf("%s is understood too badly", field)
		}
	}
}

func squash(s string) string {
	return strings.NewReplacer(" ", "", "　", "", "(", "", ")", "", "（", "", "）", "").Replace(s)
}

// TestSpans: every value points at the place in the original it was taken from.
func TestSpans(t *testing.T) {
	for _, s := range samples(t) {
		g := intake.Suggest(s.m)
		text, subject := []rune(s.m.Text), []rune(s.m.Subject)
		for name, f := range map[string]*intake.Field{
			"name": g.Complainant.Name, "phone": g.Complainant.Phone, "address": g.Complainant.Address, "id": g.Complainant.IDNumber,
			"respondent": g.Respondent.Name, "request": g.Request, "facts": g.Facts, "matter": g.Matter, "category": g.Category,
		} {
			if f == nil || f.Value == "" {
				continue
			}
			if f.Why == "" || f.Confidence <= 0 || f.Confidence > 0.99 {
				t.Errorf("%s: %s has no reason or an odd confidence: %+v", s.title, name, f)
			}
			from := text
			switch f.Source {
			case intake.SourceSubject:
				from = subject
			case intake.SourceFrom:
				continue
			}
			if got := string(from[f.Span[0]:f.Span[1]]); got != f.Raw {
				t.Errorf("%s: %s points at %q, is %q", s.title, name, got, f.Raw)
			}
		}
	}
}

func mail(text string) *message.Message { return &message.Message{Text: text} }

func TestFullWidthSpan(t *testing.T) {
	g := intake.Suggest(mail("您好　【１】\n电　话：１３８００００００２１\n"))
	f := g.Complainant.Phone
	if f == nil || f.Value != "13800000021" || f.Raw != "１３８００００００２１" {
		t.Fatalf("%+v", f)
	}
}

func TestNumbersThatAreNone(t *testing.T) {
	for _, text := range []string{
		"订单号13812345678901，卡号6222021234567890123，金额13812元",
		"客服电话95588，400-810-8888",
		"身份证11010519491231002",
		"快递单号 SF1391234567890",
	} {
		g := intake.Suggest(mail(text))
		if g.Complainant.Phone != nil || g.Complainant.IDNumber != nil && g.Complainant.IDNumber.Confidence >= intake.Sure {
			t.Errorf("%s: phone %+v, id %+v", text, g.Complainant.Phone, g.Complainant.IDNumber)
		}
	}
}

func TestIDNumberChecksum(t *testing.T) {
	good := intake.Suggest(mail("身份证号：11010519491231002x")).Complainant.IDNumber
	bad := intake.Suggest(mail("身份证号：110105194912310021")).Complainant.IDNumber
	if good == nil || good.Confidence != 0.99 {
		t.Errorf("a right number: %+v", good)
	}
	if bad == nil || bad.Confidence >= intake.Sure {
		t.Errorf("a wrong check digit: %+v", bad)
	}
}

func TestAutomaticMailIsNeverComplete(t *testing.T) {
	m := mail("投诉人：张三\n电话：13800000001\n投诉内容：停车费收取过高，没有公示。")
	if !intake.Suggest(m).Complete() {
		t.Fatal("the mail is complete")
	}
	m.Auto = true
	if intake.Suggest(m).Complete() {
		t.Error("an automatic mail is complete")
	}
}

// TestHostile: long texts made to run for ever end in time.
func TestHostile(t *testing.T) {
	for name, unit := range map[string]string{
		"labels": "投诉人：", "digits": "1", "phones": "13800000001 ", "quotes": "> 我叫", "accusations": "投诉公司", "brackets": "【姓名", "homes": "住在路", "wishes": "希望",
		"blank lines": "\n \n", "numbers": "1、", "ids": "11010519491231002X ", "ligatures": "ﷺ",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			intake.Suggest(mail(strings.Repeat(unit, 1_000_000/len(unit))))
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("took %v", d)
			} else {
				t.Log(d)
			}
		})
	}
}

func FuzzSuggest(f *testing.F) {
	f.Add("投诉人：张三\n电话：１３８00000001", "投诉公司", "张三")
	f.Add("我叫李四，住在样本路1号。> 引用", "", "")
	f.Fuzz(func(t *testing.T, text, subject, from string) {
		m := &message.Message{Text: text, Subject: subject, From: message.Address{Name: from}}
		g := intake.Suggest(m)
		n := len([]rune(text))
		for _, c := range []*intake.Field{g.Complainant.Name, g.Complainant.Phone, g.Facts, g.Request, g.Respondent.Name} {
			if c != nil && c.Source == intake.SourceText && (c.Span[0] > c.Span[1] || c.Span[1] > n) {
				t.Fatalf("span %v of %d", c.Span, n)
			}
		}
	})
}

func BenchmarkSuggest(b *testing.B) {
	s := samples(b)
	for b.Loop() {
		for _, x := range s {
			intake.Suggest(x.m)
		}
	}
}

func ExampleSuggest() {
	m := &message.Message{Subject: "投诉", Text: "投诉人：张三\n联系电话：13800000001\n投诉内容：停车费未公示。"}
	s := intake.Suggest(m)
	fmt.Println(s.Complainant.Name.Value, s.Complainant.Name.Span, s.Complainant.Name.Why)
	// Output: 张三 [4 6] 标签“投诉人”
}

func TestTraditionalLabelsAreReadAndTheWritersCharactersKept(t *testing.T) {
	body := "（樣本郵件）\n投訴人：陳樣本\n聯絡電話：13800000004\n地址：樣本市樣本區樣本路4號\n被投訴人：樣本區樣本管理處\n投訴請求：請求說明攤位續租未獲批准的理由。\n事實與理由：攤位到期，管理處口頭告知不予續租，沒有書面決定。\n\n謝謝\n"
	m := message.ParseBytes(t.Context(), []byte("From: a@sample.example\nSubject: 投訴攤位\nContent-Type: text/plain; charset=utf-8\n\n"+body))
	s := intake.Suggest(m)
	if value(s.Matter) != "投诉" {
		t.Errorf("the matter is %q", value(s.Matter))
	}
	for want, f := range map[string]*intake.Field{
		"陳樣本": s.Complainant.Name, "13800000004": s.Complainant.Phone, "樣本市樣本區樣本路4號": s.Complainant.Address,
		"樣本區樣本管理處": s.Respondent.Name, "請求說明攤位續租未獲批准的理由。": s.Request, "攤位到期，管理處口頭告知不予續租，沒有書面決定。": s.Facts,
	} {
		if value(f) != want || f.Confidence < intake.Sure || !strings.Contains(f.Why, "标签“") {
			t.Errorf("%q is not suggested for %q: %+v", value(f), want, f)
		} else if raw := string([]rune(m.Text)[f.Span[0]:f.Span[1]]); raw != want {
			t.Errorf("the span of %q covers %q", want, raw)
		}
	}
	if !s.Complete() {
		t.Error("a complete mail is not")
	}
}
