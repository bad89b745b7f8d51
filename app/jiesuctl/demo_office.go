package main

import (
	"context"
	"fmt"
	"os"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
	"jiesu/backend/mailbox/memserver"
	"jiesu/backend/sample"
)

func (d *demonstration) found(ctx context.Context, in desk.InitInput, profile func(*desk.Profile)) (*desk.Desk, error) {
	k, err := d.s.deskIn(d.path("数据", in.OfficeName) + desk.PracticeSuffix) // its letters say that they are samples
	if err != nil {
		return nil, err
	}
	in.Password = demoPassword
	if _, err := k.Create(ctx, in); err != nil {
		return k, err
	}
	form, err := k.Profile(ctx)
	if err != nil {
		return k, err
	}
	profile(&form.Profile)
	_, err = k.SetProfile(ctx, form.Profile)
	return k, err
}

func (d *demonstration) foundBureau(ctx context.Context) (line string, err error) {
	in := desk.InitInput{OfficeCode: "YJ01", OfficeName: "样本区投诉受理中心", Officer: "样本经办", Issuer: "样本区政务服务局", Capacity: "agency",
		CodeWord: "样政服", ReviewBody: "样本区人民政府", Court: "样本区人民法院", Regime: "cn.gov.general"}
	d.bureau, err = d.found(ctx, in, func(p *desk.Profile) {
		p.Department, p.Address, p.Phone, p.Hours = "投诉受理科（样本）", "样本市样本区样本大道1号", "010-00000001", "工作日9:00—17:00"
		p.ReviewAddress, p.ConfirmedBy, p.ConfirmedOn = "样本市样本区样本大道2号", "样本法制员", d.s.now().Format("2006-01-02")
	})
	if err != nil {
		return "", err
	}
	for clock, span := range map[string]string{"acceptance": "5workday", "handling": "30workday", "notification": "3workday"} {
		if err := d.bureau.SetClock(ctx, "cn.gov.general", clock, span); err != nil {
			return "", err
		}
	}
	return in.OfficeName + "，人员“" + in.Officer + "”，密码 " + demoPassword, nil
}

func (d *demonstration) foundProperty(ctx context.Context) (line string, err error) {
	in := desk.InitInput{OfficeCode: "YW01", OfficeName: "样本物业服务中心", Officer: "样本前台", Issuer: "样本物业服务有限公司", Capacity: "enterprise",
		CodeWord: "样物", Regime: "cn.property.zz98"}
	d.property, err = d.found(ctx, in, func(p *desk.Profile) {
		p.Appeal, p.Address, p.Phone, p.Hours = "运营管理部（样本）", "样本小区1号楼", "010-00000002", "每天8:00—20:00"
	})
	return in.OfficeName + "，人员“" + in.Officer + "”，密码 " + demoPassword, err
}

// fetch brings the sample mails over IMAP, from a server of its own on the
// loopback, and proves that a second fetch brings none twice.
func (d *demonstration) fetch(ctx context.Context) (string, error) {
	mails, err := sample.Mails(d.s.now())
	if err != nil {
		return "", err
	}
	srv, err := memserver.Start("office", demoPassword, mails...)
	if err != nil {
		return "", fault.New(fault.Failed, "demo-mail", "本机的样本邮件服务器没有启动", "请检查本机是否禁止监听 127.0.0.1").Wrap(err)
	}
	defer srv.Close()
	ca := d.path("数据", "样本邮箱证书.pem")
	if err := os.WriteFile(ca, srv.CA, 0o600); err != nil {
		return "", err
	}
	account := desk.MailAccount{Server: srv.Addr, User: "office", Password: demoPassword, CAFile: ca}
	if d.report.Mail, err = d.bureau.ImportMail(ctx, account, false, nil); err != nil {
		return "", err
	}
	again, err := d.bureau.ImportMail(ctx, account, false, nil)
	if err != nil {
		return "", err
	}
	m := d.report.Mail
	if again.Imported != 0 || m.Imported+m.Duplicates+m.SetAside != len(mails) {
		return "", fault.New(fault.Failed, "demo-mail", fmt.Sprintf("%d 封样本邮件收到 %d 封、重复 %d 封，再收一次又多 %d 封", len(mails), m.Imported, m.Duplicates, again.Imported), "")
	}
	return fmt.Sprintf("%d 封中收入 %d 封，重复 %d 封", len(mails), m.Imported, m.Duplicates), nil
}

// registerMails registers what is complete, joins the one that asks again and
// dismisses what a program wrote.
func (d *demonstration) registerMails(ctx context.Context) (string, error) {
	page, err := d.bureau.Messages(ctx, "new", "", 0, 100)
	if err != nil {
		return "", err
	}
	registered := 0
	var urging, lift string
	for i := len(page.Rows) - 1; i >= 0; i-- { // oldest first
		m, err := d.bureau.Message(ctx, page.Rows[i].ID)
		if err != nil {
			return "", err
		}
		switch {
		case m.Auto:
			err = d.bureau.DismissMessage(ctx, m.ID, "自动回复")
		case m.Input.Respondent.Name == "样本物业服务有限公司":
			lift = m.ID
		case m.Complete:
			in := m.Input
			in.Respondent.Address = "样本市样本区样本大道9号"
			var reg desk.Registered
			if reg, err = d.bureau.RegisterMessage(ctx, m.ID, in); err == nil {
				registered++
				if in.Complainant.Name == "张样本" {
					d.main = reg.Number
				}
			}
		case m.Input.Complainant.Name == "张样本":
			urging = m.ID
		}
		if err != nil {
			return "", err
		}
	}
	if urging == "" || lift == "" || d.main == "" {
		return "", fault.New(fault.Failed, "demo-mail", "样本邮件没有读全", "")
	}
	if _, err := d.bureau.JoinMessage(ctx, urging, d.main); err != nil {
		return "", err
	}
	if err := d.bureau.DismissMessage(ctx, lift, "属于物业服务，已转样本物业服务中心"); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d 封邮件登记为案件，1 封催办并入 %s", registered, d.main), nil
}
