package desk_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

func (s *scenario) profile(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	form, err := d.Profile(s.ctx)
	if err != nil {
		return err
	}
	if err := s.input(a[1], &form.Profile); err != nil {
		return err
	}
	_, err = d.SetProfile(s.ctx, form.Profile)
	return err
}

// missing checks that a letter lacks what is named, or nothing.
func (s *scenario) missing(a []string) error {
	d, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	kinds, err := d.LetterKinds(s.ctx, c.ID)
	if err != nil {
		return err
	}
	for _, k := range kinds {
		if k.Kind != a[2] {
			continue
		}
		var labels []string
		for _, m := range k.Missing {
			labels = append(labels, m.Label)
		}
		all := strings.Join(labels, "、")
		if a[3] == "无" && k.Complete || a[3] != "无" && strings.Contains(all, a[3]) {
			return nil
		}
		return fmt.Errorf("it lacks %q", all)
	}
	return errors.New("no letter " + a[2])
}

func (s *scenario) issue(a []string) error {
	d, err := s.desk(a[0])
	if err != nil {
		return err
	}
	l, raw, err := d.LetterIssue(s.ctx, s.cases[a[1]], a[2])
	if err != nil {
		return err
	}
	s.acts[a[1]] = append(s.acts[a[1]], l.Act)
	if !bytes.HasPrefix(raw, []byte("%PDF-")) || l.Number == "" {
		return fmt.Errorf("no letter: %q, number %q", raw[:min(20, len(raw))], l.Number)
	}
	return nil
}

func (s *scenario) void(a []string) error {
	d, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	for _, l := range c.Letters {
		if l.Kind == a[2] && !l.Voided {
			made, err := d.LetterVoid(s.ctx, c.ID, l.ID, "写错了收件人")
			return s.made(a[1], made, err)
		}
	}
	return errors.New("no letter " + a[2])
}
