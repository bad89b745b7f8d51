package mailbox

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"

	"github.com/emersion/go-imap/v2"

	"jiesu/backend/fault"
)

// The faults of fetching mail. A server's own words are never passed on: they
// may be in any charset and name people.
var (
	errAddress  = fault.New(fault.Usage, "mail-address", "邮件服务器地址写法不对", "请写成“服务器:端口”，例如 imap.163.com:993")
	errSecurity = fault.New(fault.Usage, "mail-security", "加密方式只能是 on、starttls 或 off", "一般用 on（端口 993）")
	errCA       = fault.New(fault.Usage, "mail-ca", "证书文件无法使用", "请选择 PEM 格式的证书文件，或向邮件系统管理员索取")
	errOffline  = fault.New(fault.Retry, "mail-unreachable", "连接不上邮件服务器", "请检查网络、服务器地址和端口；其他功能不受影响，稍后可再试")
	errTLS      = fault.New(fault.Failed, "mail-tls", "与邮件服务器的加密连接没有建立", "请检查端口与加密方式是否相符；单位自建邮箱可能要选择其证书文件。切勿为此关闭加密")
	errNoTLS    = fault.New(fault.Refused, "mail-starttls", "邮件服务器不支持 STARTTLS 加密", "请改用加密方式 on 和端口 993")
	errLogin    = fault.New(fault.Refused, "mail-login", "邮箱登录被拒绝，用户名或密码不对", loginHint)
	errDisabled = fault.New(fault.Refused, "mail-login-disabled", "邮件服务器不允许在此连接上用密码登录", "请改用加密方式 on（端口 993）；仍不行请向邮件系统管理员询问")
	errUnsafe   = fault.New(fault.Refused, "mail-unsafe-login", "邮箱服务器以“不安全登录”为由拒绝打开邮箱", "请在网页邮箱中确认已开启 IMAP 服务并使用授权码；仍被拒绝请联系邮箱客服（网易：kefu@188.com）")
	errFolder   = fault.New(fault.NotFound, "mail-folder", "邮箱中没有这个文件夹", "请核对文件夹名称，收件箱为 INBOX")
	errCut      = fault.New(fault.Retry, "mail-cut", "与邮件服务器的连接中断", "已取回的邮件不受影响，再次收取时从中断处继续")
	errAnswer   = fault.New(fault.Failed, "mail-answer", "邮件服务器的应答无法识别", "请稍后重试；如反复出现，请从网页邮箱把邮件另存为 .eml 文件后导入")
)

const (
	loginHint  = "请核对用户名和密码。多数邮箱（163、126、QQ、新浪等）要用“授权码”登录：在网页邮箱的设置中开启 IMAP 服务，生成授权码后填在密码处"
	exmailHint = "请核对用户名和密码。企业邮箱开启“安全登录”后要用“客户端专用密码”：在网页邮箱的设置中生成后填在密码处"
)

// loginFault gives the hint that fits the provider.
func (a Account) loginFault(err error) error {
	f := *errLogin
	if host := a.host(); strings.Contains(host, "exmail") || strings.Contains(host, "qiye") {
		f.Hint = exmailHint
	}
	return f.Wrap(cause(err))
}

// cause keeps of an error what may stand in a log.
func cause(err error) error {
	var e *imap.Error
	if errors.As(err, &e) {
		return fmt.Errorf("imap: %s %s", e.Type, e.Code)
	}
	return err
}

// answered reports that the server said NO or BAD, over a sound connection.
func answered(err error) bool {
	var e *imap.Error
	return errors.As(err, &e)
}

// fault tells a dead line from an answer that go-imap could not read.
func (s *session) fault(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case s.line.broken.Load():
		return errCut.Wrap(cause(err))
	}
	return errAnswer.Wrap(errors.New("imap: unreadable response"))
}

// tlsFault reports an error of the handshake rather than of the line.
func tlsFault(err error) bool {
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	return errors.As(err, &unknown) || errors.As(err, &host) || errors.As(err, &invalid) ||
		errors.As(err, &verify) || errors.As(err, &record) || errors.As(err, &alert)
}

// unsafeLogin knows the NetEase answer to a client that did not name itself.
func unsafeLogin(err error) bool {
	var e *imap.Error
	return errors.As(err, &e) && strings.Contains(strings.ToLower(e.Text), "unsafe login")
}
