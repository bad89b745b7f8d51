package message_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiesu/backend/message"
)

func gbk(s string) string {
	out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return out
}

func has(m *message.Message, code string) bool {
	for _, w := range m.Warnings {
		if w.Code == code && w.Text != "" {
			return true
		}
	}
	return false
}

// TestHostile feeds shapes that make readers run for ever. Every one must end
// in time and say what was left out.
func TestHostile(t *testing.T) {
	rep := strings.Repeat
	deep := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
		}
		return b.String() + "\n正文"
	}
	words := rep("=?utf-8?B?5LiA?= ", 200_000)
	pieces := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, ";\n filename*%d*=%%41", i)
		}
		return b.String()
	}
	tests := []struct{ name, mail, warning string }{
		{"five thousand multiparts in each other", deep(5000), "depth"},
		{"three hundred thousand parts", "Content-Type: multipart/mixed; boundary=b\n\n" + rep("--b\n\nx\n", 300_000), "parts"},
		{"a header of twenty megabytes", "Subject: " + rep("x", 20<<20) + "\n\n正文", ""},
		{"a header block of ten megabytes", rep("X-A: "+rep("b", 1000)+"\n", 10_000) + "\n正文", "header-size"},
		{"a hundred thousand header fields", rep("X-A: b\n", 100_000) + "\n正文", "header-count"},
		{"a field of a million lines", "Subject: x\n" + rep(" y\n", 1_000_000) + "\n正文", "header-size"},
		{"half a million lines of junk", "Subject: x\n" + rep("junk\n", 500_000) + "To: a@b.cn\n\n正文", ""},
		{"two hundred thousand encoded words", "Subject: " + words + "\n\n正文", "header-size"},
		{"fifty thousand encoded words in 800 KB", "Subject: " + words[:800_000] + "\n\n正文", "words"},
		{"a hundred thousand parameter pieces", "Content-Type: text/plain\nContent-Disposition: attachment" + pieces(40_000) + "\n\n正文", "params"},
		{"a hundred thousand addresses", "From: a@b.cn\nTo: " + rep("a@b.cn,", 140_000) + "\n\n正文", "addresses"},
		{"a comma and angle storm", "From: a@b.cn\nTo: " + rep("<,", 400_000) + "\n\n正文", ""},
		{"mails in mails in mails", rep("Content-Type: message/rfc822\n\n", 20_000) + "正文", ""},
		{"open quotes everywhere", "Content-Type: text/plain; " + rep(`a="`, 200_000) + "\n\n正文", ""},
		{"boundaries that nearly match", "Content-Type: multipart/mixed; boundary=b\n\n" + rep("--bx", 4_000_000), ""},
		{"a million HTML tags", "Content-Type: text/html\n\n" + rep("<div><blockquote>", 230_000) + "正文", "html"},
		{"one HTML tag without end", "Content-Type: text/html\n\n<a " + rep("b=c ", 900_000), ""},
		{"a body of forty megabytes", "Content-Type: text/plain; charset=gbk\n\n" + rep(gbk("投诉内容"), 5_000_000), "body-size"},
		{"more than the size limit", "Subject: x\n\n" + rep("x", 65<<20), "size"},
		{"nothing at all", "", "no-text"},
		{"only zeros", rep("\x00", 1<<20), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			m := message.ParseBytes(t.Context(), []byte(tt.mail))
			if d := time.Since(start); d > 15*time.Second {
				t.Errorf("took %v", d)
			} else {
				t.Logf("%v, warnings %v", d.Round(time.Millisecond), m.Warnings)
			}
			if has(m, "panic") {
				t.Error("it panicked inside")
			}
			if n := len(m.Subject) + len(m.From.Name) + len(m.MessageID); n > 10_000 {
				t.Errorf("%d bytes in subject and names", n)
			}
			if tt.warning != "" && !has(m, tt.warning) {
				t.Errorf("no warning %q in %v", tt.warning, m.Warnings)
			}
		})
	}
}

// TestCharsetOfTheMail: what cannot be known of two characters is known of the
// mail around them.
func TestCharsetOfTheMail(t *testing.T) {
	body := "\nSubject: " + gbk("反映小区停车收费问题") + "\n\n" + gbk("您好，请处理。")
	for _, name := range []string{"王伟", "钱霞霞", "姚伟伟", "李娜", "欧阳芳", "于洁", "翟丽", "阎彬"} {
		m := message.ParseBytes(t.Context(), []byte("From: \""+gbk(name)+"\" <a@example.cn>"+body))
		if m.From.Name != name {
			t.Errorf("%s was read as %s", name, m.From.Name)
		}
	}
	for _, name := range []string{"王伟", "钱霞霞", "姚伟伟", "朱"} {
		m := message.ParseBytes(t.Context(), []byte("From: \""+name+"\" <a@example.cn>\nSubject: 反映问题\n\n请处理"))
		if m.From.Name != name {
			t.Errorf("UTF-8: %s was read as %s", name, m.From.Name)
		}
	}
}

func TestContent(t *testing.T) {
	data := []byte("%PDF-1.4 样本")
	mail := "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/pdf; name=a.pdf\n" +
		"Content-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString(data) + "\n--b--\n"
	m := message.Parse(t.Context(), strings.NewReader(mail))
	if len(m.Attachments) != 1 {
		t.Fatalf("%d attachments", len(m.Attachments))
	}
	got, err := m.Content(0)
	sum := sha256.Sum256(data)
	if err != nil || string(got) != string(data) || m.Attachments[0].SHA256 != hex.EncodeToString(sum[:]) {
		t.Fatalf("content %q, %v", got, err)
	}
	got[0] = 'X'
	if again, _ := m.Content(0); string(again) != string(data) {
		t.Error("the content handed out is shared")
	}
	if _, err := m.Content(1); err == nil {
		t.Error("an attachment that is not there has content")
	}
}

func TestParseNeverFails(t *testing.T) {
	m := message.Parse(t.Context(), io.MultiReader(strings.NewReader("Subject: a\n\nb"), iotest.ErrReader(errors.New("cut"))))
	if m.Subject != "a" || m.Text != "b" || !has(m, "read") {
		t.Errorf("a torn mail: %+v", m)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	m = message.ParseBytes(ctx, []byte("Subject: a\n\nb"))
	if m == nil || m.Subject != "a" || !has(m, "time") {
		t.Errorf("a cancelled reading: %+v", m)
	}
}

func TestKind(t *testing.T) {
	tests := []struct {
		name, header string
		auto, bounce bool
	}{
		{"a complaint", "Subject: 投诉外出就餐被多收费", false, false},
		{"a complaint about automatic machines", "Subject: 自动售货机吞钱投诉", false, false},
		{"Auto-Submitted", "Auto-Submitted: auto-replied\nSubject: Re: x", true, false},
		{"Auto-Submitted: no", "Auto-Submitted: no\nSubject: x", false, false},
		{"a QQ answer", "X-QQ-AUTO-REPLY: true\nSubject: x", true, false},
		{"out of office", "Subject: 外出：12月1日返回", true, false},
		{"Exchange", "Subject: Automatic reply: 受理通知", true, false},
		{"a receipt", "Content-Type: multipart/report; report-type=disposition-notification; boundary=x\nSubject: y", true, false},
		{"bulk", "Precedence: bulk\nSubject: x", true, false},
		{"a daemon", "From: MAILER-DAEMON@a.cn\nSubject: x", true, true},
		{"postmaster with a bounce subject", "From: postmaster@a.cn\nSubject: 退信通知", true, true},
		{"a complaint from postmaster", "From: postmaster@a.cn\nSubject: 投诉", false, false},
		{"QQ bounce without report", "Return-Path: <>\nFrom: PostMaster@qq.example\nSubject: 系统退信", true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := message.ParseBytes(t.Context(), []byte(tt.header+"\n\n正文"))
			if m.Auto != tt.auto || m.Bounce != tt.bounce {
				t.Errorf("auto %v bounce %v", m.Auto, m.Bounce)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("From: a@b.cn\nSubject: =?gbk?B?zba?=\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--"))
	f.Add([]byte("Content-Disposition: attachment; filename*0*=gbk''%CD; filename*1=x\n\n"))
	f.Add([]byte("Content-Type: text/html\n\n<table><td>a<td>b<blockquote><pre>\nc"))
	f.Add([]byte(gbk("From: 张三 <a@b.cn>\n\n正文")))
	f.Fuzz(func(t *testing.T, b []byte) {
		m := message.ParseBytes(t.Context(), b)
		if has(m, "panic") {
			t.Fatal("it panicked inside")
		}
		for i, a := range m.Attachments {
			c, err := m.Content(i)
			if err != nil || int64(len(c)) != a.Size {
				t.Fatalf("attachment %d: %d bytes, %v", i, len(c), err)
			}
			if strings.ContainsAny(a.Name, "/\\") || a.Name == "" {
				t.Fatalf("attachment name %q", a.Name)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	var mail strings.Builder
	mail.WriteString("From: =?gb2312?B?1cXI/Q==?= <a@b.cn>\nSubject: =?gb2312?B?zba437Sm?=\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=gb2312\n\n")
	mail.WriteString(strings.Repeat(gbk("投诉人：张三，电话13800000001。\n"), 40))
	mail.WriteString("\n--b\nContent-Type: image/jpeg; name=a.jpg\nContent-Transfer-Encoding: base64\n\n")
	line := base64.StdEncoding.EncodeToString(make([]byte, 57)) + "\r\n"
	mail.WriteString(strings.Repeat(line, 1700)) // 130 KB, the mean of the generated mails
	mail.WriteString("--b--\n")
	raw := []byte(mail.String())
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		message.ParseBytes(b.Context(), raw)
	}
}
