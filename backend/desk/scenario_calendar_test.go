package desk_test

import (
	"errors"
	"fmt"
	"strings"
)

// calendarWords change the days that count, and look at what that moved.
//
//	日历 甲 文件                       a year file is loaded
//	休息 甲 日 名目 · 上班 甲 日 名目  a day of the office's own; · 取消 甲 日
//	变动 甲 案 时限 旧 新              the latest change of the calendar moved this limit
//	待办 甲 案 字句|-                  what the list says is owed since a limit ran out
func calendarWords() map[string]scenarioWord {
	return map[string]scenarioWord{
		"日历": {2, 2, (*scenario).loadYear}, "变动": {5, 5, (*scenario).moved}, "待办": {3, 3, (*scenario).owed},
		"休息": {3, 3, func(s *scenario, a []string) error { return s.ownDay(a[0], a[1], "off", a[2]) }},
		"上班": {3, 3, func(s *scenario, a []string) error { return s.ownDay(a[0], a[1], "work", a[2]) }},
		"取消": {2, 2, func(s *scenario, a []string) error { return s.ownDay(a[0], a[1], "", "") }},
	}
}

func (s *scenario) loadYear(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	_, err = d.LoadCalendar(s.ctx, []byte(s.files[a[1]]))
	return err
}

func (s *scenario) ownDay(office, date, state, name string) error {
	d, err := s.desk(office)
	if err != nil {
		return err
	}
	_, err = d.SetDay(s.ctx, date, state, strings.ReplaceAll(name, "_", " "))
	return err
}

func (s *scenario) moved(a []string) error {
	d, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	log, err := d.CalendarLog(s.ctx)
	if err != nil || len(log) == 0 {
		return errors.Join(err, errors.New("no change of the calendar is known"))
	}
	label := ""
	for _, k := range c.Clocks {
		if k.ID == a[2] {
			label = k.Label
		}
	}
	for _, m := range log[0].Moves {
		if m.Number == c.Number && m.Clock == label {
			return errors.Join(want("the old end", m.Old, a[3]), want("the new end", m.New, a[4]))
		}
	}
	return fmt.Errorf("it did not move: %+v", log[0])
}

func (s *scenario) owed(a []string) error {
	d, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	work, err := d.WorkList(s.ctx)
	if err != nil {
		return err
	}
	for _, g := range work.Groups {
		for _, row := range g.Rows {
			if row.ID == c.ID {
				return want("what is owed", row.Demand, strings.TrimPrefix(a[2], "-"))
			}
		}
	}
	return errors.New("not on the work list")
}
