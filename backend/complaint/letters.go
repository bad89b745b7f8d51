package complaint

import (
	"strings"

	"jiesu/backend/fault"
)

// CopySuffix ends the kind of a letter's second copy: of a letter to both
// parties the respondent gets one of its own, under the same number, that does
// not say where the complainant lives.
const CopySuffix = "-respondent"

var errSealedLetter = fault.New(fault.Forbidden, "letter-identity", "投诉人的身份受保护，您不能查看，也就不能签发或打开写有姓名的文书", "请由可见受保护人员身份的人员办理")

// SealedLetter refuses the letters of a case whose person this officer may not
// see: a letter names that person.
func (c *Case) SealedLetter() error {
	if c.Sealed {
		return errSealedLetter
	}
	return nil
}

// MayIssue refuses a letter that must not go out now: on a case nothing may be
// decided on, or beside a valid one of its kind.
func (c *Case) MayIssue(kind, label string) error {
	if err := c.SealedLetter(); err != nil {
		return err
	}
	if why := c.closedTo(); why != "" {
		return fault.New(fault.Refused, "action-not-allowed", "不能签发《"+label+"》："+why, "处理之后再签发")
	}
	if l, ok := c.Valid(kind); ok {
		return fault.New(fault.Refused, "letter-issued", "《"+label+"》已经签发，文号 "+l.Number,
			"要再打印一份，请导出已签发的文书；内容有错，请先作废再重新签发")
	}
	return nil
}

// Valid is the letter of a kind that is issued and not voided.
func (c *Case) Valid(kind string) (Letter, bool) {
	for _, l := range c.Letters {
		if l.Kind == kind && !l.Voided {
			return l, true
		}
	}
	return Letter{}, false
}

// LetterBy finds a letter by its id or its 文号; of the copies of one number
// the complainant's, of several the valid one.
func (c *Case) LetterBy(name string) (Letter, error) {
	var found *Letter
	for i := range c.Letters {
		l := &c.Letters[i]
		switch {
		case l.ID == name:
			return *l, nil
		case l.Number != name || strings.HasSuffix(l.Kind, CopySuffix):
		case found == nil || found.Voided:
			found = l
		}
	}
	if found == nil {
		return Letter{}, fault.New(fault.NotFound, "letter-not-found", "本案没有这份文书："+name, "请核对文号，或在案件的文书中选择")
	}
	return *found, nil
}

// DecideLetter records letters that leave the desk under one number. Of a
// protected person's letters only those who may see the person can open the
// file: its key goes into the identity part.
func DecideLetter(c *Case, env Env, issued ...*LetterIssued) (*Act, error) {
	if err := c.MayIssue(issued[0].Kind, issued[0].Label); err != nil {
		return nil, err
	}
	if err := c.mayWork(env, "签发《"+issued[0].Label+"》"); err != nil {
		return nil, err
	}
	act := env.newAct(LetterAction, "签发《"+issued[0].Label+"》", "", env.Now, "")
	for _, l := range issued {
		act.Effects = append(act.Effects, l)
		if c.Protected {
			whole := *l
			act.Identity = append(act.Identity, &whole)
			l.Blob.Key = nil
		}
	}
	return act, nil
}

// DecideVoid takes a letter back, with its second copy. The number is never
// used again.
func DecideVoid(c *Case, env Env, name, reason string) (*Act, error) {
	l, err := c.LetterBy(name)
	switch {
	case err != nil:
		return nil, err
	case strings.TrimSpace(reason) == "" || len([]rune(reason)) > 500:
		return nil, fault.New(fault.Refused, "field-required", "请写明作废的原因（500 字以内）", "作废后文号不再使用").At("reason")
	case c.ReadOnly:
		return nil, fault.New(fault.Refused, "case-read-only", c.closedTo(), "请升级程序")
	case l.Voided:
		return nil, fault.New(fault.Refused, "letter-voided", "这份文书已经作废", "需要时请重新签发，会用新的文号")
	}
	act := env.newAct(VoidAction, "作废《"+l.Label+"》", "", env.Now, "")
	for _, other := range c.Letters {
		if other.Act == l.Act && other.Number == l.Number && !other.Voided {
			act.Effects = append(act.Effects, &LetterVoided{ID: other.ID, Reason: strings.TrimSpace(reason)})
		}
	}
	return act, nil
}
