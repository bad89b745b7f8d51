package desk_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"jiesu/backend/fault"
)

// letterWords are about the letters of a case.
func letterWords() map[string]scenarioWord {
	return map[string]scenarioWord{
		"缺": {4, 4, (*scenario).missing}, "签发": {3, 3, (*scenario).issue}, "作废": {3, 3, (*scenario).void},
		"可发": {3, 3, (*scenario).mayIssue}, "不可发": {4, 4, (*scenario).mayNotIssue},
		"文书内容": {4, 4, (*scenario).letterSays}, "文书无": {4, 4, (*scenario).letterSaysNot},
	}
}

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

// mayIssue checks that a letter is offered and lacks nothing.
func (s *scenario) mayIssue(a []string) error {
	d, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	kinds, err := d.LetterKinds(s.ctx, c.ID)
	if err != nil {
		return err
	}
	for _, k := range kinds {
		if k.Kind == a[2] {
			return want("what it lacks", fmt.Sprint(k.Missing), "[]")
		}
	}
	return errors.New("it is not offered: " + a[2])
}

// mayNotIssue checks that a letter cannot go out now, for the reason given.
func (s *scenario) mayNotIssue(a []string) error {
	d, c, err := s.show(a[0], a[1])
	if err != nil {
		return err
	}
	_, _, err = d.LetterIssue(s.ctx, c.ID, a[2])
	var f *fault.Fault
	switch {
	case err == nil:
		return errors.New("it went out")
	case !errors.As(err, &f):
		return err
	case f.Code == "no-such-letter":
		return errors.New("there is no such letter at all")
	}
	return says(f.Message+" "+f.Hint, a[3])
}

// letterText is the text of a letter as it lies on paper, without white space:
// the issued one, or a draft.
func (s *scenario) letterText(a []string) (string, error) {
	d, c, err := s.show(a[0], a[1])
	if err != nil {
		return "", err
	}
	for _, l := range c.Letters {
		if l.Kind == a[2] && !l.Voided {
			raw, err := d.LetterExport(s.ctx, c.ID, l.ID)
			if err != nil {
				return "", err
			}
			return readPDF(s.t, raw), nil
		}
	}
	raw, err := d.LetterPreview(s.ctx, c.ID, a[2])
	if err != nil {
		return "", err
	}
	return readPDF(s.t, raw), nil
}

// unspaced is a text as readPDF gives it.
func unspaced(word string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, spaced(word))
}

func (s *scenario) letterSays(a []string) error {
	text, err := s.letterText(a)
	if err == nil && !strings.Contains(text, unspaced(a[3])) {
		err = fmt.Errorf("it says only %s", text)
	}
	return err
}

func (s *scenario) letterSaysNot(a []string) error {
	text, err := s.letterText(a)
	if err == nil && strings.Contains(text, unspaced(a[3])) {
		err = fmt.Errorf("it says so: %s", text)
	}
	return err
}
