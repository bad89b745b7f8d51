package desk_test

import (
	"errors"
	"fmt"
)

// measureWords look at the figures of a rulebook:
//
//	指标 甲 办法 指标 计数/总数
func measureWords() map[string]scenarioWord {
	return map[string]scenarioWord{"指标": {4, 4, (*scenario).measure}}
}

func (s *scenario) measure(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	rows, err := d.Measures(s.ctx, a[1], "", "")
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.ID == a[2] {
			return want(r.Label, fmt.Sprintf("%d/%d", r.Total.Count, r.Total.Of), a[3])
		}
	}
	return errors.New("no measure " + a[2])
}
