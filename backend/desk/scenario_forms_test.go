package desk_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"jiesu/backend/desk"
)

// formWords look at a rulebook as the desk shows it, and at the forms.
func formWords() map[string]scenarioWord {
	return map[string]scenarioWord{
		"目的": {3, 3, (*scenario).purpose}, "依据文件": {3, 3, (*scenario).papers}, "提供": {3, 3, (*scenario).offered},
		"渠道": {4, 4, (*scenario).channel}, "事项": {4, 4, (*scenario).matter},
		"登记项": {4, 4, (*scenario).intakeField}, "选项": {5, 5, (*scenario).option},
		"表单": {5, 5, (*scenario).formField}, "人选": {6, 6, (*scenario).candidate}, "指引": {4, 4, (*scenario).guidance}, "环节指引": {3, 3, (*scenario).stageGuidance},
	}
}

func (s *scenario) about(office, regime string) (desk.RegimeAbout, error) {
	d, err := s.desk(office)
	if err != nil {
		return desk.RegimeAbout{}, err
	}
	return d.AboutRegime(s.ctx, regime)
}

func (s *scenario) purpose(a []string) error {
	about, err := s.about(a[0], a[1])
	if err != nil {
		return err
	}
	return says(about.Title+" "+about.Purpose, a[2])
}

// papers are what the rulebook rests on, who issued and interprets it, and
// what the office added.
func (s *scenario) papers(a []string) error {
	about, err := s.about(a[0], a[1])
	if err != nil {
		return err
	}
	said := strings.Join(about.Basis, " ") + " 发布：" + about.Issuer + " 解释：" + about.Interpreter
	for _, p := range about.Supplements {
		said += fmt.Sprint(" ", p.Number, " ", p.Title, " ", p.Issued, " ", p.Text)
	}
	return says(said, a[2])
}

func (s *scenario) offered(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	rows, err := d.OfferedRegimes(s.ctx, "")
	if err != nil {
		return err
	}
	here := slices.ContainsFunc(rows, func(r desk.RegimeRow) bool { return r.ID == a[1] })
	return want("offered", map[bool]string{true: "有", false: "无"}[here], a[2])
}

func (s *scenario) channel(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	form, err := d.RegimeForm(s.ctx, a[1])
	if err != nil {
		return err
	}
	for _, c := range form.Channels {
		if c.ID == a[2] {
			return says(c.Label+" "+c.Help, strings.TrimPrefix(a[3], "-"))
		}
	}
	return errors.New("no channel " + a[2])
}

// matter checks that a kind of case exists, and has a flag or says so.
func (s *scenario) matter(a []string) error {
	about, err := s.about(a[0], a[1])
	if err != nil {
		return err
	}
	for _, m := range about.Matters {
		if m.ID == a[2] {
			return says(m.Label+" "+m.Help+" "+strings.Join(m.Flags, " "), strings.TrimPrefix(a[3], "-"))
		}
	}
	return errors.New("no matter " + a[2])
}

// actions are all forms of a rulebook, the registration's among them.
func (s *scenario) actions(office, regime string) ([]desk.ActionRow, error) {
	d, err := s.desk(office)
	if err != nil {
		return nil, err
	}
	return d.RegimeActions(s.ctx, regime)
}

func (s *scenario) intakeField(a []string) error {
	rows, err := s.actions(a[0], a[1])
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.ID == "register" {
			return want(a[2], onForm(r.Fields, a[2]), a[3])
		}
	}
	return errors.New("no registration form")
}

// fieldOf finds a field of a form; group.item is an item of a group's row.
func fieldOf(fields []desk.FieldRow, path string) (desk.FieldRow, bool) {
	id, item, deeper := strings.Cut(path, ".")
	for _, f := range fields {
		if f.ID == id && deeper {
			return fieldOf(f.Item, item)
		}
		if f.ID == id {
			return f, true
		}
	}
	return desk.FieldRow{}, false
}

// onForm says whether a form asks for a field, and whether it must be filled.
func onForm(fields []desk.FieldRow, path string) string {
	f, ok := fieldOf(fields, path)
	switch {
	case !ok:
		return "无"
	case f.Required == "never":
		return "可填"
	}
	return "必填"
}

func (s *scenario) option(a []string) error {
	rows, err := s.actions(a[0], a[1])
	if err != nil {
		return err
	}
	for _, r := range rows {
		f, ok := fieldOf(r.Fields, a[2])
		if !ok {
			continue
		}
		for _, o := range f.Options {
			if o.ID == a[3] {
				return says(o.Label+" "+o.Help, a[4])
			}
		}
	}
	return fmt.Errorf("no form offers %s in %s", a[3], a[2])
}

func (s *scenario) formField(a []string) error {
	r, err := s.offer(a)
	if err != nil {
		return err
	}
	return want(a[3], onForm(r.Fields, a[3]), a[4])
}

// candidate checks who stands first among those a form offers, and what is
// said of them.
func (s *scenario) candidate(a []string) error {
	r, err := s.offer(a)
	if err != nil {
		return err
	}
	f, ok := fieldOf(r.Fields, a[3])
	if !ok || len(f.Suggest) == 0 {
		return errors.New("nobody is offered")
	}
	if err := want("the first", f.Suggest[0].ID, a[4]); err != nil {
		return err
	}
	return says(f.Suggest[0].Help, a[5])
}

// guidance is what stands beside a form: article and rule of conduct.
func (s *scenario) guidance(a []string) error {
	r, err := s.offer(a)
	if err != nil {
		return err
	}
	return says(r.Article+" "+r.Guidance+" "+r.Confirm, a[3])
}

func (s *scenario) stageGuidance(a []string) error {
	_, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	said := ""
	for _, t := range c.Tracks {
		said += t.Guidance + "\n"
	}
	return says(said, a[2])
}
