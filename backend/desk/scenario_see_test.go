package desk_test

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jiesu/backend/desk"
)

// seeWords look at a case and at the lists.
func seeWords() map[string]scenarioWord {
	return map[string]scenarioWord{
		"能办": {3, 3, (*scenario).may}, "不能办": {4, 4, (*scenario).mayNot}, "环节": {3, 3, (*scenario).stage},
		"期限": {5, 6, (*scenario).due}, "依据": {4, 4, (*scenario).basis}, "首要": {3, 3, (*scenario).primary}, "逾期要求": {4, 4, (*scenario).demand},
		"内容": {4, 4, (*scenario).value}, "时间线": {3, 3, (*scenario).timeline}, "提议": {4, 4, (*scenario).proposal},
		"件数": {2, 2, (*scenario).count}, "灯": {3, 3, (*scenario).light}, "信况": {3, 3, (*scenario).mailState},
	}
}

// spaced gives a word of the script as the sentence it stands for.
func spaced(word string) string { return strings.ReplaceAll(word, "_", " ") }

// says checks that a text holds the words.
func says(text, word string) error {
	if strings.Contains(text, spaced(word)) {
		return nil
	}
	return fmt.Errorf("it says only %q", text)
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
	if err == nil && (r.Allowed || !strings.Contains(r.Why, spaced(a[3]))) {
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
	if !strings.Contains(said, spaced(a[3])) {
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
	return want(a[2], fmt.Sprint(got), spaced(a[3]))
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

// timeline checks that a line of the history that still counts says so.
func (s *scenario) timeline(a []string) error {
	_, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	var lines []string
	for _, h := range c.History {
		if !h.Undone {
			lines = append(lines, h.Label+"："+h.Line)
		}
	}
	return says(strings.Join(lines, "\n"), a[2])
}

// proposal checks what the rules propose, and that an officer may do it.
func (s *scenario) proposal(a []string) error {
	_, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	if a[2] == "-" {
		return want("the number of proposals", strconv.Itoa(len(c.Proposals)), "0")
	}
	i := slices.IndexFunc(c.Proposals, func(p desk.ProposalRow) bool { return p.Action == a[2] })
	if i < 0 {
		return fmt.Errorf("it is not proposed, only %+v", c.Proposals)
	}
	p := c.Proposals[i]
	said := p.Label + " " + p.Value + " " + p.Why + " " + p.Article
	for _, e := range p.Cases {
		said += fmt.Sprint(" ", e.Number, e.Shows)
	}
	return says(said, a[3])
}

func (s *scenario) demand(a []string) error {
	_, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	for _, k := range c.Clocks {
		if k.ID == a[2] {
			return want("the demand", k.Demands, strings.TrimPrefix(a[3], "-"))
		}
	}
	return errors.New("no limit " + a[2])
}
