package message

import (
	"regexp"
	"strings"
)

var (
	autoSubject   = regexp.MustCompile(`(?i)^(re[:：]\s*|回复[:：]\s*)*[【\[（(]?\s*(自动回复|自动答复|自動回覆|自动应答|系统自动|外出[:：]|外出中|外出自动|休假中|不在办公室|automatic reply|auto[- ]?reply|autoreply|out of (the )?office|已读[:：]|read[:：]\s|阅读回执)`)
	bounceSubject = regexp.MustCompile(`(?i)^[【\[]?\s*(系统退信|退信|邮件退回|退件|投递失败|未送达|未传递|无法投递|undeliver|delivery status notification|delivery failure|mail delivery (failed|failure)|returned mail|failure notice)`)
)

// finish joins the bodies and tells what kind of mail it is.
func (p *reader) finish() {
	m := p.m
	texts := make([]string, 0, len(p.bodies))
	for _, b := range p.bodies {
		if b.text != "" {
			texts = append(texts, b.text)
			m.HTML = m.HTML || b.html
		}
	}
	m.Text = strings.Join(texts, "\n\n")
	if m.Text == "" {
		m.warn("no-text", "邮件没有可读的正文，请查看附件或原件")
	}
	m.Bounce = p.isBounce()
	m.Auto = m.Bounce || p.isAuto()
}

// isBounce knows a delivery report (RFC 3464) and what is sent in its place.
func (p *reader) isBounce() bool {
	h := p.top
	typ := strings.ToLower(string(unfold(h.get("content-type"))))
	if strings.HasPrefix(typ, "multipart/report") && strings.Contains(typ, "delivery-status") || h.get("x-failed-recipients") != nil {
		return true
	}
	local, _, _ := strings.Cut(strings.ToLower(p.m.From.Address), "@")
	daemon := local == "mailer-daemon" || local == "mail-daemon" || local == "postmaster"
	return local == "mailer-daemon" || (daemon || nullPath(h)) && bounceSubject.MatchString(p.m.Subject)
}

func nullPath(h header) bool { return string(unfold(h.get("return-path"))) == "<>" }

// isAuto knows automatic answers (RFC 3834 5, and QQ, which does not heed it),
// read receipts and bulk mail.
func (p *reader) isAuto() bool {
	h := p.top
	lower := func(name string) string { return strings.ToLower(string(unfold(h.get(name)))) }
	switch auto := lower("auto-submitted"); {
	case auto != "" && auto != "no" && !strings.HasPrefix(auto, "no;"):
		return true
	case h.get("x-qq-auto-reply") != nil, h.get("x-autoreply") != nil, h.get("x-autorespond") != nil, h.get("x-mail-autoreply") != nil:
		return true
	case strings.Contains(lower("return-path"), "+auto_="):
		return true
	case strings.Contains(lower("content-type"), "disposition-notification"):
		return true
	}
	switch lower("precedence") {
	case "bulk", "junk", "auto_reply", "auto-reply":
		return true
	}
	return autoSubject.MatchString(p.m.Subject)
}
