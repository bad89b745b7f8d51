package main

import (
	"context"
	"encoding/json"
	"flag"
	"path/filepath"
	"strings"

	"jiesu/backend/desk"
	"jiesu/backend/regime"
)

func officeCommands() []command {
	return []command{
		{name: "init", about: "建立新的数据文件夹；第一位人员是管理员；写出恢复单", alone: true, setup: initCommand},
		{name: "officer add", args: "NAME", about: "添加人员", setup: officerAdd},
		{name: "officer list", about: "人员名单", reads: true, setup: plain(func(ctx context.Context, c *call) (any, error) {
			return onDesk(ctx, c, (*desk.Desk).Officers)
		})},
		{name: "officer retire", args: "NAME", about: "人员离岗：不能再登录，做过的事不变", setup: plain(func(ctx context.Context, c *call) (any, error) {
			d, err := c.desk(ctx)
			if err != nil {
				return nil, err
			}
			if err := d.RetireOfficer(ctx, c.arg(0)); err != nil {
				return nil, err
			}
			return d.Officers(ctx)
		})},
		{name: "profile show", about: "文书上的单位资料，以及还缺什么", reads: true, setup: plain(func(ctx context.Context, c *call) (any, error) {
			return onDesk(ctx, c, (*desk.Desk).Profile)
		})},
		{name: "profile set", args: "KEY=VALUE…", about: "更改单位资料，如 issuer=… review_body=… court=… phone=…", setup: plain(profileSet)},
		{name: "clock list", about: "各办法的时限由谁设定；登记了行业的单位只列适用的办法", reads: true,
			setup: fitting((*session).desk, (*desk.Desk).ClockSettings, func(s desk.ClockSetting) string { return s.Regime })},
		{name: "clock set", args: "REGIME CLOCK [SPAN]", about: "设定办法留给本单位设定的时限，如 15workday；不写长度为取消", setup: plain(clockSet)},
	}
}

// onDesk is a command that asks the desk one thing.
func onDesk[T any](ctx context.Context, c *call, ask func(*desk.Desk, context.Context) (T, error)) (any, error) {
	d, err := c.desk(ctx)
	if err != nil {
		return nil, err
	}
	return answer(ask(d, ctx))
}

// answer makes a typed answer printable, and nothing of a failed one.
func answer[T any](v T, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return v, nil
}

func initCommand(fs *flag.FlagSet) action {
	var in desk.InitInput
	fs.StringVar(&in.OfficeCode, "office-code", "", "单位`代码`，1 到 8 位大写字母或数字，写在统一编号里")
	fs.StringVar(&in.OfficeName, "office-name", "", "单位`名称`")
	fs.StringVar(&in.Officer, "officer", "", "第一位人员的`姓名`，即管理员")
	fs.StringVar(&in.Issuer, "issuer", "", "落款`机关`")
	fs.StringVar(&in.Capacity, "capacity", "", "主体`资格`：agency、authorized、branch-department、branch-own、entrusted、institution、enterprise")
	fs.StringVar(&in.Sector, "sector", "", "`行业`："+sectorIDs()+"；决定提供哪些办法，不写为全部")
	fs.StringVar(&in.CodeWord, "code-word", "", "机关`代字`，写在文号里")
	fs.StringVar(&in.ReviewBody, "review-body", "", "复议`机关`")
	fs.StringVar(&in.Court, "court", "", "管辖`法院`")
	fs.StringVar(&in.Regime, "regime", "", "常用`办法`")
	fs.StringVar(&in.RecoveryFile, "recovery-sheet", "", "恢复单写到哪个 PDF `文件`；不写时放在数据文件夹旁边")
	return func(ctx context.Context, c *call) (any, error) {
		d, err := c.prepared()
		if err != nil {
			return nil, err
		}
		if in.Regime, err = regimeID(ctx, d, in.Regime); err != nil {
			return nil, err
		}
		password, err := c.password("新密码（至少 10 个字符）")
		if err != nil {
			return nil, err
		}
		in.Password = string(password)
		if in.RecoveryFile == "" {
			dir, err := dataFolder(c.g.data)
			if err != nil {
				return nil, err
			}
			in.RecoveryFile = filepath.Clean(dir) + "-恢复单.pdf"
		}
		out, err := d.Create(ctx, in)
		if err == nil {
			c.say("已建立。恢复单在 " + out.RecoveryPath + "，请打印后锁好，并从这台电脑上删除。")
		}
		return answer(out, err)
	}
}

// sectorIDs are the trades an office can name.
func sectorIDs() string {
	var ids []string
	for _, s := range regime.Sectors() {
		ids = append(ids, s.ID)
	}
	return strings.Join(ids, "、")
}

func officerAdd(fs *flag.FlagSet) action {
	roles := fs.String("roles", "", "`角色`，用逗号分开：admin、handler、approver、identity、auditor 或办法中的角色")
	phone := fs.String("phone", "", "办公`电话`，写在文书上")
	charge := fs.String("in-charge", "", "分管的单位或`部门`，用逗号分开")
	skills := fs.String("skills", "", "`专长`，用逗号分开：指派时具备所需专长的排在前面")
	file := fs.String("new-password-file", "", "新人员密码所在的`文件`")
	return func(ctx context.Context, c *call) (any, error) {
		d, err := c.desk(ctx)
		if err != nil {
			return nil, err
		}
		var password []byte
		switch {
		case *file != "":
			password, err = c.secret(*file)
		case c.prompt != nil:
			password, err = c.prompt("新人员的密码（至少 10 个字符）")
		default:
			err = usage("请用 --new-password-file 给出新人员的密码")
		}
		if err != nil {
			return nil, err
		}
		added, err := d.AddOfficer(ctx, c.arg(0), *phone, *names(*roles), password)
		if err != nil || *charge == "" && *skills == "" {
			return answer(added, err)
		}
		return answer(d.SetOfficer(ctx, added.Name, desk.OfficerChange{InCharge: names(*charge), Skills: names(*skills)}))
	}
}

// profileSet changes the named values; the rest stays.
func profileSet(ctx context.Context, c *call) (any, error) {
	d, err := c.desk(ctx)
	if err != nil {
		return nil, err
	}
	form, err := d.Profile(ctx)
	if err != nil {
		return nil, err
	}
	changes := map[string]any{}
	for _, a := range c.args {
		key, value, ok := strings.Cut(a, "=")
		if !ok {
			return nil, usage("请写成 KEY=VALUE：" + a)
		}
		changes[key] = value
		if key == "refusal_free" {
			changes[key] = value == "true"
		}
	}
	raw, err := json.Marshal(changes)
	if err != nil {
		return nil, err
	}
	if err := decode(raw, &form.Profile); err != nil {
		return nil, err
	}
	return answer(d.SetProfile(ctx, form.Profile))
}

func clockSet(ctx context.Context, c *call) (any, error) {
	d, err := c.desk(ctx)
	if err != nil {
		return nil, err
	}
	id, err := regimeID(ctx, d, c.arg(0))
	if err != nil {
		return nil, err
	}
	if err := d.SetClock(ctx, id, c.arg(1), c.arg(2)); err != nil {
		return nil, err
	}
	return answer(d.ClockSettings(ctx))
}
