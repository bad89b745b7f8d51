package desk_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiesu/backend/desk"
	"jiesu/backend/mailbox/memserver"
)

func mail(id, from, subject, body string) []byte {
	return []byte(strings.ReplaceAll(fmt.Sprintf("Message-ID: <%s@sample.example>\nFrom: %s\nTo: office@sample.example\nSubject: %s\nDate: Fri, 18 Sep 2026 08:30:00 +0800\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n", id, from, subject, body), "\n", "\r\n"))
}

const sampleMail = "投诉人：张样本\n联系电话：13800000000\n联系地址：样本区样本路1号\n被投诉人：样本镇规划所\n投诉请求：请求依法答复占道审批申请。\n事实：2026年7月1日提交占道审批申请，至今未答复。"

func TestOneClickBringsTheMailAndOneMoreRegistersIt(t *testing.T) {
	ctx := context.Background()
	c := &clock{at("2026-09-18 10:00")}
	d := newDesk(t, c)
	srv, err := memserver.Start("office", "code", mail("a", "zhang@sample.example", "投诉", sampleMail),
		mail("b", "zhang@sample.example", "投诉", sampleMail+"\n"), mail("c", "ad@sample.example", "优惠", "本店优惠"))
	if err != nil {
		t.Fatal(err)
	}
	defer srv.Close()
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, srv.CA, 0o600); err != nil {
		t.Fatal(err)
	}
	acc, err := d.SetMailAccount(ctx, desk.MailAccount{Server: srv.Addr, User: "office", Password: "code", CAFile: ca})
	if err != nil || acc.Password != "" || !acc.Saved {
		t.Fatalf("account %+v %v", acc, err)
	}
	got, err := d.ImportMail(ctx, desk.MailAccount{ID: acc.ID}, false, nil)
	if err != nil || got.Imported != 3 {
		t.Fatalf("import %+v %v", got, err)
	}
	if again, err := d.ImportMail(ctx, desk.MailAccount{ID: acc.ID}, false, nil); err != nil || again.Imported != 0 {
		t.Fatalf("a second import brings %+v %v", again, err)
	}
	page, err := d.Messages(ctx, "new", "", 0, 10)
	if err != nil || page.Total != 3 {
		t.Fatalf("messages %+v %v", page, err)
	}
	var id string
	for _, m := range page.Rows {
		if m.Subject == "投诉" && id == "" {
			id = m.ID
		}
	}
	detail, err := d.Message(ctx, id)
	if err != nil || !detail.Complete || detail.Input.Complainant.Name != "张样本" || detail.Input.Respondent.Name != "样本镇规划所" {
		t.Fatalf("suggestion %+v %v", detail.Input, err)
	}
	runes := []rune(detail.Text)
	for _, s := range detail.Suggestion {
		if s.Field == "complainant.name" && string(runes[s.Span.Start:s.Span.End]) != "张样本" {
			t.Errorf("the lit span is %q", string(runes[s.Span.Start:s.Span.End]))
		}
	}
	reg, err := d.RegisterMessage(ctx, id, detail.Input)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.RegisterMessage(ctx, id, detail.Input); err == nil {
		t.Error("a mail was registered twice")
	}
	if page, _ = d.Messages(ctx, "registered", "", 0, 10); page.Total != 1 || page.Rows[0].Case != reg.Number {
		t.Errorf("registered %+v", page)
	}
}
