package desk_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"jiesu/backend/desk"
)

// peopleWords are about the people of cases.
//
//	记录 甲 案 组 文件 · 改记录 甲 案 组 第几行 文件
//	分件 甲 信|- 文件 案 案 …          one letter, several cases, in the order of the file
//	分出 甲 案 另案 文件               a part of a case
//	提示 甲 案 编号|无                 what the people of the case call for
//	无痕 甲 案 字句                    nothing of the case as shown says it
//	同一人 甲 案 另案 · 卡片 甲 案 几件
func peopleWords() map[string]scenarioWord {
	return map[string]scenarioWord{
		"记录": {4, 4, (*scenario).record}, "改记录": {5, 5, (*scenario).amend}, "分件": {4, 9, (*scenario).parts}, "分出": {4, 4, (*scenario).splitOff},
		"提示": {3, 3, (*scenario).notice}, "无痕": {3, 3, (*scenario).traceless}, "同一人": {3, 3, (*scenario).samePerson}, "卡片": {3, 3, (*scenario).card},
	}
}

func (s *scenario) record(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	var row map[string]any
	if err := s.input(a[3], &row); err != nil {
		return err
	}
	c, err := d.Record(s.ctx, s.cases[a[1]], a[2], row)
	return s.made(a[1], c, err)
}

func (s *scenario) amend(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	rows, err := d.Recorded(s.ctx, s.cases[a[1]], a[2])
	if err != nil {
		return err
	}
	var n int
	if _, err := fmt.Sscan(a[3], &n); err != nil || n < 1 || n > len(rows) {
		return fmt.Errorf("no row %s of %d", a[3], len(rows))
	}
	var columns map[string]any
	if err := s.input(a[4], &columns); err != nil {
		return err
	}
	c, err := d.Amend(s.ctx, s.cases[a[1]], a[2], rows[n-1].ID, columns)
	return s.made(a[1], c, err)
}

func (s *scenario) parts(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	in := desk.PartsInput{Message: s.mails[a[1]]}
	if err := s.input(a[2], &in.Parts); err != nil {
		return err
	}
	made, err := d.RegisterParts(s.ctx, in)
	if err != nil || len(made) != len(a)-3 {
		return errors.Join(err, fmt.Errorf("%d cases", len(made)))
	}
	for i, name := range a[3:] {
		s.cases[name], s.acts[name] = made[i].ID, []string{made[i].Act}
	}
	return nil
}

func (s *scenario) splitOff(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	var in desk.SplitInput
	if err := s.input(a[3], &in); err != nil {
		return err
	}
	made, err := d.Split(s.ctx, s.cases[a[1]], in)
	if err == nil {
		s.cases[a[2]], s.acts[a[2]] = made.ID, []string{made.Act}
	}
	return err
}

func (s *scenario) notice(a []string) error {
	_, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	if a[2] == "无" && len(c.Notices) == 0 || slices.ContainsFunc(c.Notices, func(n desk.NoticeRow) bool { return n.ID == a[2] }) {
		return nil
	}
	return fmt.Errorf("it says %v", c.Notices)
}

func (s *scenario) traceless(a []string) error {
	_, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	raw, err := json.Marshal(c)
	word := a[2]
	if id, ok := s.cases[word]; ok { // another case: neither its number nor its id
		other, err := s.desks[a[0]].Show(s.ctx, id)
		if err != nil || strings.Contains(string(raw), other.Number) {
			return errors.Join(err, fmt.Errorf("it names %s", other.Number))
		}
		word = id
	}
	if said := strings.ReplaceAll(string(raw), "投诉举报", ""); strings.Contains(said, word) {
		return errors.Join(err, fmt.Errorf("it says %s", said))
	}
	return err
}

func (s *scenario) samePerson(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	c, err := d.PersonMerge(s.ctx, s.cases[a[1]], s.cases[a[2]], "证件号码相同")
	return s.made(a[1], c, err)
}

func (s *scenario) card(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	card, err := d.Person(s.ctx, s.cases[a[1]])
	if err != nil {
		return err
	}
	return want("the cases of the card", fmt.Sprint(card.Cases), a[2])
}
