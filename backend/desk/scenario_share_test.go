package desk_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"jiesu/backend/desk"
)

// shareWords are about two offices.
func shareWords() map[string]scenarioWord {
	return map[string]scenarioWord{
		"共享": {1, 1, (*scenario).share}, "加入": {2, 2, (*scenario).join}, "交换": {1, 1, (*scenario).sync}, "断开": {0, 0, (*scenario).away}, "接通": {0, 0, (*scenario).back},
		"冲突": {2, 2, (*scenario).conflicts}, "裁决": {3, 3, (*scenario).resolve}, "同样": {3, 3, (*scenario).same},
	}
}

func (s *scenario) folder() string { return filepath.Join(s.dir, "共享文件夹") }

func (s *scenario) share(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	if err := os.Mkdir(s.folder(), 0o700); err != nil {
		return err
	}
	_, err = d.ShareCreate(s.ctx, s.folder())
	return err
}

func (s *scenario) join(a []string) error {
	newcomer, err := s.desk(a[0])
	if err != nil {
		return err
	}
	host, err := s.desk(a[1])
	if err != nil {
		return err
	}
	invitation, err := host.ShareInvite(s.ctx)
	if err != nil {
		return err
	}
	if err := newcomer.ShareJoin(s.ctx, s.folder(), invitation); err != nil {
		return err
	}
	for _, d := range []*desk.Desk{host, newcomer, host} {
		if _, err := d.ShareSync(s.ctx); err != nil {
			return err
		}
	}
	return nil
}

func (s *scenario) sync(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	_, err = d.ShareSync(s.ctx)
	return err
}

func (s *scenario) away([]string) error { return os.Rename(s.folder(), s.folder()+"-拔出") }
func (s *scenario) back([]string) error { return os.Rename(s.folder()+"-拔出", s.folder()) }

func (s *scenario) conflicts(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	all, err := d.Contradictions(s.ctx)
	return errors.Join(err, want("the number of contradictions", strconv.Itoa(len(all)), a[1]))
}

// resolve keeps what the office with that code did.
func (s *scenario) resolve(a []string) error {
	d, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	for _, k := range c.Contradictions {
		for _, b := range k.Branches {
			if b.Office == a[2] {
				made, err := d.Resolve(s.ctx, k.ID, b.Entry, "两个网点商定")
				return s.made(a[1], made, err)
			}
		}
	}
	return fmt.Errorf("nothing to decide: %+v", c.Contradictions)
}

// same compares a case at two offices, without what belongs to the machine.
func (s *scenario) same(a []string) error {
	var shown [2][]byte
	for i, office := range a[:2] {
		_, c, err := s.show(office, a[2])
		if err != nil {
			return err
		}
		c.Reached = ""
		for j := range c.History {
			c.History[j].Own = false
		}
		for j := range c.Clocks {
			c.Clocks[j].DueText = ""
		}
		for _, k := range c.Contradictions {
			for j := range k.Branches {
				k.Branches[j].Own = false
			}
		}
		if shown[i], err = json.Marshal(c); err != nil {
			return err
		}
	}
	if !bytes.Equal(shown[0], shown[1]) {
		return fmt.Errorf("they differ:\n%s\n%s", shown[0], shown[1])
	}
	return nil
}
