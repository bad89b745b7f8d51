package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

// demoPassword opens the desks of a demonstration. It is no secret, because
// nothing in them is.
const demoPassword = "sample-demo-desk"

// demoReport is what a demonstration did and proved.
type demoReport struct {
	OK       bool            `json:"ok"`
	Folder   string          `json:"folder"`
	Letters  []written       `json:"letters"`
	Mail     desk.MailImport `json:"mail"`
	Cases    []demoCase      `json:"cases"`
	Space    string          `json:"space"`
	Sync     desk.SyncResult `json:"sync"` // of the second office
	Verified []demoVerified  `json:"verified"`
	Steps    []demoStep      `json:"steps"`
}

type demoCase struct {
	Number string `json:"number"`
	Regime string `json:"regime"`
	Stage  string `json:"stage"`
	Office string `json:"office"`
	Same   bool   `json:"same"` // the other office shows the same case and letters
}

type demoVerified struct {
	Office string `json:"office"`
	desk.VerifyResult
}

type demoStep struct {
	Label string `json:"label"`
	Line  string `json:"line"`
	MS    int64  `json:"ms"`
}

// demonstration is the whole main job on sample data: two offices, a mailbox
// on the loopback and a shared folder, all below one folder.
type demonstration struct {
	s        *session
	dir      string
	report   demoReport
	bureau   *desk.Desk // 样本区投诉受理中心, 投诉管理办法
	property *desk.Desk // 样本物业, 客户投诉处理
	main     string     // number of the case that goes the whole way
	form     string     // number of the property case
}

// demoCommand stands here and not in keep.go because it is a job of its own.
func demoCommand() command {
	return command{name: "demo", args: "DIR", alone: true, about: "用样本数据把收信、登记、办理、文书、网点交换做一遍，不用网络和屏幕",
		setup: plain(func(ctx context.Context, c *call) (any, error) {
			dir, err := filepath.Abs(c.arg(0))
			if err != nil {
				return nil, usage("演示文件夹的位置不对：" + c.arg(0))
			}
			d := &demonstration{s: c.session, dir: dir}
			d.report = demoReport{Folder: dir, Letters: []written{}, Cases: []demoCase{}, Verified: []demoVerified{}, Steps: []demoStep{}}
			err = errors.Join(d.run(ctx), d.close())
			if err != nil {
				return nil, err
			}
			if !d.report.OK {
				return d.report, shown{fault.Damaged}
			}
			return d.report, nil
		})}
}

func (d *demonstration) run(ctx context.Context) error {
	if _, err := os.Stat(d.path("数据")); err == nil {
		return fault.New(fault.Refused, "demo-folder", "这个文件夹里已经有演示数据："+d.dir, "请换一个空文件夹")
	}
	for _, name := range []string{"数据", "文书", "共享文件夹"} {
		if err := os.MkdirAll(d.path(name), 0o700); err != nil {
			return fault.New(fault.Refused, "demo-folder", "不能在这里建立文件夹："+d.dir, "请换一个位置").Wrap(err)
		}
	}
	for _, step := range []struct {
		label string
		do    func(context.Context) (string, error)
	}{
		{"建立样本区投诉受理中心", d.foundBureau}, {"建立样本物业", d.foundProperty}, {"收取邮件", d.fetch}, {"登记", d.registerMails}, {"受理", d.accept},
		{"调查和决定", d.decide}, {"告知", d.notify}, {"物业投诉", d.workProperty}, {"建立共享空间，网点加入", d.join}, {"交换", d.exchange}, {"核对", d.compare}, {"检查数据", d.verify},
	} {
		began := time.Now()
		line, err := step.do(ctx)
		if err != nil {
			f := fault.Of(err)
			return fault.New(f.Kind, f.Code, "演示停在“"+step.label+"”："+f.Message, f.Hint).Wrap(err)
		}
		done := demoStep{step.label, line, time.Since(began).Milliseconds()}
		d.report.Steps = append(d.report.Steps, done)
		d.s.say(fmt.Sprintf("%s：%s", done.Label, done.Line))
	}
	d.report.OK = d.proved()
	return nil
}

// proved says whether everything held.
func (d *demonstration) proved() bool {
	for _, c := range d.report.Cases {
		if !c.Same {
			return false
		}
	}
	for _, v := range d.report.Verified {
		if !v.OK {
			return false
		}
	}
	return len(d.report.Cases) > 1 && len(d.report.Verified) == 2 && len(d.report.Letters) > 2
}

func (d *demonstration) path(parts ...string) string {
	return filepath.Join(append([]string{d.dir}, parts...)...)
}

func (d *demonstration) close() error {
	var errs []error
	for _, each := range []*desk.Desk{d.bureau, d.property} {
		if each != nil {
			errs = append(errs, each.Close())
		}
	}
	return errors.Join(errs...)
}

// demoText is the short report for a person.
func demoText(r demoReport) string {
	var b strings.Builder
	for _, c := range r.Cases {
		same := "两个网点所见一致"
		if !c.Same {
			same = "两个网点所见不一致！"
		}
		fmt.Fprintf(&b, "%s  %s  %s（%s）\n", c.Number, c.Office, c.Stage, same)
	}
	for _, l := range r.Letters {
		fmt.Fprintf(&b, "%s\n", strings.TrimSpace(l.Number+"  "+l.File))
		for _, c := range l.Copies {
			fmt.Fprintf(&b, "  %s  %s\n", c.Label, c.File)
		}
	}
	for _, v := range r.Verified {
		fmt.Fprintf(&b, "%s：%d 条记录，%d 件，", v.Office, v.Entries, v.Cases)
		if v.OK {
			b.WriteString("检查无误\n")
		} else {
			b.WriteString(strings.Join(v.Problems, "；") + "\n")
		}
	}
	fmt.Fprintf(&b, "文书在 %s\n", filepath.Join(r.Folder, "文书"))
	return b.String()
}
