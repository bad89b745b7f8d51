package main

import (
	"context"
	"flag"
	"path/filepath"

	"jiesu/backend/desk"
	"jiesu/backend/intake"
	"jiesu/backend/message"
)

func mailCommands() []command {
	return []command{
		{name: "mail read", args: "FILE", about: "只读一封邮件（.eml），看能从中取出什么", reads: true, setup: plain(mailRead)},
		{name: "mail import", args: "[FILE…]", about: "收取新邮件；写了 FILE 则收入这些 .eml 文件", setup: mailImport},
		{name: "mail list", about: "收到的邮件", reads: true, setup: mailList},
		{name: "mail show", args: "ID", about: "一封邮件和从中取出的内容", reads: true, setup: plain(func(ctx context.Context, c *call) (any, error) {
			d, err := c.desk(ctx)
			if err != nil {
				return nil, err
			}
			return answer(d.Message(ctx, c.arg(0)))
		})},
		{name: "mail register", args: "ID", about: "把邮件登记为案件；-f 里的内容优先于从邮件取出的", setup: mailRegister},
		{name: "mail dismiss", args: "ID", about: "不是投诉；再执行一次为恢复", setup: mailDismiss},
		{name: "mail join", args: "ID NUMBER", about: "并入已有案件", setup: plain(func(ctx context.Context, c *call) (any, error) {
			return corrected(ctx, c, (*desk.Desk).JoinMessage)
		})},
	}
}

// readMail is a parsed mail with what was found in it.
type readMail struct {
	*message.Message
	Suggestion intake.Suggestion `json:"suggestion"`
	Complete   bool              `json:"complete"`
}

func mailRead(ctx context.Context, c *call) (any, error) {
	raw, err := c.readFile(c.arg(0), desk.MaxMail)
	if err != nil {
		return nil, err
	}
	m := message.ParseBytes(ctx, raw)
	s := intake.Suggest(m)
	return readMail{Message: m, Suggestion: s, Complete: s.Complete()}, nil
}

func mailImport(fs *flag.FlagSet) action {
	var a desk.MailAccount
	fs.StringVar(&a.Server, "server", "", "邮件`服务器`，如 imap.163.com:993；不写用本机已设的邮箱")
	fs.StringVar(&a.User, "user", "", "`账号`")
	fs.StringVar(&a.TLS, "tls", "on", "`加密`：on、starttls、off")
	fs.StringVar(&a.Folder, "folder", "", "`文件夹`，默认 INBOX")
	fs.StringVar(&a.CAFile, "ca-file", "", "另外信任的证书`文件`（PEM）")
	password := fs.String("mail-password-file", "", "邮箱授权码所在的`文件`")
	register := fs.Bool("register", false, "内容齐全的邮件同时登记")
	return func(ctx context.Context, c *call) (any, error) {
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		if len(c.args) > 0 {
			return answer(importFiles(ctx, d, c.args))
		}
		account := a
		if account, err = c.mailAccount(ctx, d, account, *password); err != nil {
			return nil, err
		}
		return answer(d.ImportMail(ctx, account, *register, nil))
	}
}

// mailAccount completes an account: a kept one if none is named or one is kept
// for the same server and user, the password from its file or a prompt.
func (c *call) mailAccount(ctx context.Context, d *desk.Desk, a desk.MailAccount, file string) (desk.MailAccount, error) {
	kept, err := d.MailAccounts(ctx)
	if err != nil {
		return a, err
	}
	switch {
	case a.Server == "" && len(kept) == 1:
		return desk.MailAccount{ID: kept[0].ID}, nil
	case a.Server == "":
		return a, usage("请用 --server 和 --user 写明邮箱")
	case file != "":
		raw, err := c.secret(file)
		a.Password = string(raw)
		return a, err
	}
	for _, k := range kept {
		if k.Server == a.Server && k.User == a.User && k.Saved {
			a.ID = k.ID
			return a, nil
		}
	}
	if c.prompt == nil {
		return a, usage("没有邮箱的授权码：请用 --mail-password-file 给出")
	}
	raw, err := c.prompt("邮箱授权码")
	a.Password = string(raw)
	return a, err
}

func importFiles(ctx context.Context, d *desk.Desk, files []string) ([]desk.MessageRow, error) {
	rows := []desk.MessageRow{}
	for _, file := range files {
		f, err := openFile(file)
		if err != nil {
			return nil, err
		}
		row, err := d.ImportFile(ctx, filepath.Base(file), f)
		f.Close() // only read
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func mailList(fs *flag.FlagSet) action {
	state := fs.String("state", "", "`状态`：new、registered、dismissed、joined、unreadable")
	query := fs.String("query", "", "`查询词`")
	most := fs.Int("limit", 200, "最多`几封`")
	return func(ctx context.Context, c *call) (any, error) {
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		page, err := d.Messages(ctx, *state, *query, 0, *most)
		return answer(page.Rows, err)
	}
}

func mailRegister(fs *flag.FlagSet) action {
	file := inputFlag(fs)
	return func(ctx context.Context, c *call) (any, error) {
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		m, err := d.Message(ctx, c.arg(0))
		if err != nil {
			return nil, err
		}
		in := m.Input
		if c.given(*file) {
			if err := c.read(*file, &in); err != nil {
				return nil, err
			}
		}
		return answer(d.RegisterMessage(ctx, c.arg(0), in))
	}
}

func mailDismiss(fs *flag.FlagSet) action {
	reason := fs.String("reason", "", "`原因`")
	return func(ctx context.Context, c *call) (any, error) {
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		if err := d.DismissMessage(ctx, c.arg(0), *reason); err != nil {
			return nil, err
		}
		m, err := d.Message(ctx, c.arg(0))
		return answer(m.MessageRow, err)
	}
}
