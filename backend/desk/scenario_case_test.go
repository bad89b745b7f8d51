package desk_test

import (
	"errors"
	"strings"

	"jiesu/backend/desk"
)

// caseWords do something to a case or with a mail.
func caseWords() map[string]scenarioWord {
	return map[string]scenarioWord{
		"登记": {3, 3, (*scenario).register}, "收件": {3, 3, (*scenario).importMail}, "登记邮件": {3, 3, (*scenario).registerMail},
		"办理": {4, 6, (*scenario).act}, "撤回": {2, 2, (*scenario).undo}, "并案": {3, 3, (*scenario).merge}, "更正": {3, 3, (*scenario).correct}, "拒绝": {2, 9, (*scenario).refused},
	}
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

func (s *scenario) correct(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	fields := map[string]any{}
	if err := s.input(a[2], &fields); err != nil {
		return err
	}
	_, err = d.Edit(s.ctx, s.cases[a[1]], fields, "样本更正")
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
