package desk_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"jiesu/backend/desk"
)

type scenarioWord struct {
	least, most int
	do          func(s *scenario, a []string) error
}

// scenarioWords are the words of the scenarios.
//
//	时间 日 时:分                      the clock stands there
//	单位 甲 代码 名称 办法             a new office
//	登录 甲 密码 · 锁定 甲 · 另开 甲   the desk
//	设定 甲 时限 长度                  a limit the office sets
//	启用 甲 文件                       a rulebook
//	登记 甲 案 文件 · 收件 甲 信 文件  a complaint, a mail
//	登记邮件 甲 信 案
//	办理 甲 案 动作 文件|- [日 时:分]  one step
//	资料 甲 文件                       what letters say of the office
//	缺 甲 案 文书 名称|无 · 签发 甲 案 文书 · 作废 甲 案 文书
//	撤回 甲 案 · 并案 甲 案 另案       corrections
//	拒绝 代码 …                        the step is refused and leaves nothing
//	能办 甲 案 动作 · 不能办 甲 案 动作 字句
//	环节 甲 案 环节 · 期限 甲 案 时限 期限|- 状态|无 · 依据 甲 案 时限 字句 · 首要 甲 案 动作
//	内容 甲 案 项目 值|-
//	件数 甲 几件 · 灯 甲 案 灯 · 信况 甲 信 状态
//	共享 甲 · 加入 乙 甲 · 交换 甲 · 断开 · 接通
//	冲突 甲 几处 · 裁决 甲 案 哪个单位 · 同样 甲 乙 案
func scenarioWords() map[string]scenarioWord {
	return map[string]scenarioWord{
		"时间": {2, 2, func(s *scenario, a []string) error { s.clock.now = moment(a); return nil }},
		"单位": {4, 4, (*scenario).office}, "登录": {2, 2, (*scenario).unlock}, "锁定": {1, 1, (*scenario).lock}, "另开": {1, 1, (*scenario).openAgain},
		"设定": {3, 3, (*scenario).setClock}, "启用": {2, 2, (*scenario).adopt},
		"登记": {3, 3, (*scenario).register}, "收件": {3, 3, (*scenario).importMail}, "登记邮件": {3, 3, (*scenario).registerMail},
		"资料": {2, 2, (*scenario).profile}, "缺": {4, 4, (*scenario).missing}, "签发": {3, 3, (*scenario).issue}, "作废": {3, 3, (*scenario).void},
		"办理": {4, 6, (*scenario).act}, "撤回": {2, 2, (*scenario).undo}, "并案": {3, 3, (*scenario).merge}, "拒绝": {2, 9, (*scenario).refused},
		"能办": {3, 3, (*scenario).may}, "不能办": {4, 4, (*scenario).mayNot}, "环节": {3, 3, (*scenario).stage},
		"期限": {5, 6, (*scenario).due}, "依据": {4, 4, (*scenario).basis}, "首要": {3, 3, (*scenario).primary},
		"内容": {4, 4, (*scenario).value},
		"件数": {2, 2, (*scenario).count}, "灯": {3, 3, (*scenario).light}, "信况": {3, 3, (*scenario).mailState},
		"共享": {1, 1, (*scenario).share}, "加入": {2, 2, (*scenario).join}, "交换": {1, 1, (*scenario).sync}, "断开": {0, 0, (*scenario).away}, "接通": {0, 0, (*scenario).back},
		"冲突": {2, 2, (*scenario).conflicts}, "裁决": {3, 3, (*scenario).resolve}, "同样": {3, 3, (*scenario).same},
	}
}

func (s *scenario) office(a []string) error {
	d, err := desk.New(options(s.t, filepath.Join(s.dir, a[1]), s.clock))
	if err != nil {
		return err
	}
	s.desks[a[0]] = d
	_, err = d.Create(s.ctx, desk.InitInput{OfficeCode: a[1], OfficeName: a[2], Officer: "样本经办", Password: password, Regime: a[3]})
	return err
}

func (s *scenario) unlock(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	return d.Unlock(s.ctx, "", []byte(strings.ReplaceAll(a[1], "_", " ")))
}

func (s *scenario) lock(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	return d.Lock(s.ctx)
}

// openAgain is a second window on the same data folder.
func (s *scenario) openAgain(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	status, err := d.Status(s.ctx)
	if err != nil {
		return err
	}
	second, err := desk.New(options(s.t, status.DataDir, s.clock))
	if err != nil {
		return err
	}
	_, err = second.Status(s.ctx)
	return errors.Join(err, second.Close())
}

func (s *scenario) setClock(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	regime, err := d.RegimeForm(s.ctx, "")
	if err != nil {
		return err
	}
	return d.SetClock(s.ctx, regime.Regime.ID, a[1], a[2])
}

func (s *scenario) adopt(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	_, err = d.AddRegime(s.ctx, []byte(s.files[a[1]]))
	return err
}

func (s *scenario) register(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	var in desk.RegisterInput
	if err := s.input(a[2], &in); err != nil {
		return err
	}
	reg, err := d.Register(s.ctx, in)
	if err == nil {
		s.cases[a[1]], s.acts[a[1]] = reg.ID, []string{reg.Act}
	}
	return err
}

func (s *scenario) importMail(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	raw := strings.ReplaceAll(s.files[a[2]], "\n", "\r\n")
	m, err := d.ImportFile(s.ctx, a[2], strings.NewReader(raw))
	s.mails[a[1]] = m.ID
	return err
}

func (s *scenario) registerMail(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	m, err := d.Message(s.ctx, s.mails[a[1]])
	if err != nil {
		return err
	}
	reg, err := d.RegisterMessage(s.ctx, m.ID, m.Input)
	if err == nil {
		s.cases[a[2]], s.acts[a[2]] = reg.ID, []string{reg.Act}
	}
	return err
}

func (s *scenario) mailState(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	m, err := d.Message(s.ctx, s.mails[a[1]])
	if err != nil {
		return err
	}
	return want("the state", m.State, a[2])
}

func (s *scenario) act(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	in := desk.ActInput{Case: s.cases[a[1]], Action: a[2], At: strings.Join(a[4:], " "), Fields: map[string]any{}}
	if a[3] != "-" {
		if err := s.input(a[3], &in.Fields); err != nil {
			return err
		}
	}
	c, err := d.Act(s.ctx, in)
	return s.made(a[1], c, err)
}

// undo takes the last act of the script on the case back.
func (s *scenario) undo(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	acts := s.acts[a[1]]
	if len(acts) == 0 {
		return errors.New("nothing to take back")
	}
	if _, err = d.Undo(s.ctx, s.cases[a[1]], acts[len(acts)-1]); err == nil {
		s.acts[a[1]] = acts[:len(acts)-1]
	}
	return err
}

func (s *scenario) merge(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	c, err := d.Merge(s.ctx, s.cases[a[1]], s.cases[a[2]])
	return s.made(a[1], c, err)
}

func (s *scenario) offer(a []string) (desk.ActionRow, error) {
	d, err := s.desk(a[0])
	if err != nil {
		return desk.ActionRow{}, err
	}
	rows, err := d.Actions(s.ctx, s.cases[a[1]], true)
	if err != nil {
		return desk.ActionRow{}, err
	}
	for _, r := range rows {
		if r.ID == a[2] {
			return r, nil
		}
	}
	return desk.ActionRow{}, errors.New("no action " + a[2])
}

func (s *scenario) may(a []string) error {
	r, err := s.offer(a)
	if err == nil && !r.Allowed {
		err = errors.New(r.Why)
	}
	return err
}

func (s *scenario) mayNot(a []string) error {
	r, err := s.offer(a)
	if err == nil && (r.Allowed || !strings.Contains(r.Why, a[3])) {
		err = fmt.Errorf("allowed %v, because %q", r.Allowed, r.Why)
	}
	return err
}

func (s *scenario) stage(a []string) error {
	_, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	return want("the stage", c.Stage, a[2])
}

func (s *scenario) primary(a []string) error {
	_, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	return want("the next step", c.Primary, a[2])
}

// due checks a limit: its end, "-" for none, a day or a day and a time.
func (s *scenario) due(a []string) error {
	_, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	wanted := a[3]
	switch {
	case wanted == "-":
		wanted = ""
	case len(a) == 6:
		wanted += "T" + a[4]
	}
	for _, k := range c.Clocks {
		if k.ID == a[2] {
			return errors.Join(want("the end", k.Due[:min(len(k.Due), len("2026-09-18T10:00"))], wanted), want("the state", k.State, a[len(a)-1]))
		}
	}
	if a[len(a)-1] == "无" {
		return nil
	}
	return errors.New("no limit " + a[2])
}

// basis checks that a limit explains itself day by day and names its article.
func (s *scenario) basis(a []string) error {
	d, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	e, err := d.Explain(s.ctx, c.ID, a[2])
	if err != nil {
		return err
	}
	said := e.Text + "\n" + e.Clock.Basis
	for _, day := range e.Days {
		said += "\n" + day.Date + " " + day.Why
	}
	if !strings.Contains(said, a[3]) {
		return fmt.Errorf("it says only %s", said)
	}
	return nil
}

func (s *scenario) value(a []string) error {
	_, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	got, has := c.Fields[a[2]]
	if !has {
		got = "-"
	}
	return want(a[2], fmt.Sprint(got), a[3])
}

func (s *scenario) count(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	page, err := d.List(s.ctx, desk.CaseQuery{}, 0, 1)
	return errors.Join(err, want("the number of cases", strconv.Itoa(page.Total), a[1]))
}

func (s *scenario) light(a []string) error {
	d, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	page, err := d.List(s.ctx, desk.CaseQuery{Query: c.Number}, 0, 10)
	if err != nil || len(page.Rows) == 0 {
		return errors.Join(err, errors.New("not in the list"))
	}
	return want("the light", page.Rows[0].Light, a[2])
}
