package app

import (
	"bytes"
	"fmt"
	"os"
	"time"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
	"jiesu/backend/sample"
)

// The practice desk is a data folder and a space of its own: nothing tried
// out there can mix with real cases. Its password is no secret, because
// nothing in it is.
const (
	practiceOfficer  = "张三"
	practicePassword = "practice-desk"
	practiceCases    = 30
)

var errNoPractice = fault.New(fault.Refused, "no-practice-here", "已经在练习台中", "先离开练习台")

// Practise leaves the desk in use and opens the practice desk, which is made
// when it is not there yet.
func (s *Setup) Practise() (err error) {
	defer guard(&err)
	if s.practising() {
		return errNoPractice
	}
	if err := s.swapDesk(true); err != nil {
		return err
	}
	if err := tell(s.program, s.openPractice); err != nil {
		return joined(err, s.swapDesk(false))
	}
	return nil
}

func (s *Setup) openPractice(d *desk.Desk) error {
	status, err := d.Status(s.ctx)
	if err != nil {
		return err
	}
	if status.Exists {
		return d.Unlock(s.ctx, practiceOfficer, []byte(practicePassword))
	}
	return s.makePractice(d, time.Now())
}

// makePractice makes the folder with cases half a year deep and letters in
// the mailbox, enough for every task of the practice.
func (s *Setup) makePractice(d *desk.Desk, now time.Time) error {
	_, err := d.Create(s.ctx, desk.InitInput{
		OfficeCode: "YB", OfficeName: "样本网点", Officer: practiceOfficer, Password: practicePassword,
		Issuer: "样本区人民政府", Capacity: "agency", CodeWord: "样政",
		ReviewBody: "样本市人民政府", Court: "样本市中级人民法院",
		Regime: "cn.gov.general",
	})
	if err != nil {
		return err
	}
	if err := practicePhone(s.ctx, d); err != nil {
		return err
	}
	for clock, span := range practiceClocks {
		if err := d.SetClock(s.ctx, "cn.gov.general", clock, span); err != nil {
			return err
		}
	}
	if err := sample.Fill(s.ctx, d, practiceCases, now); err != nil {
		return err
	}
	if err := practiceWork(s.ctx, d, now); err != nil {
		return err
	}
	mails, err := sample.Mails(now)
	if err != nil {
		return err
	}
	for i, mail := range mails {
		if _, err := d.ImportFile(s.ctx, fmt.Sprintf("sample-%d.eml", i+1), bytes.NewReader(mail)); err != nil {
			return err
		}
	}
	return s.practiceSpace(d)
}

// practiceSpace gives the practice desk a shared folder of its own, so that
// what is tried out there meets nobody's cases.
func (s *Setup) practiceSpace(d *desk.Desk) error {
	status, err := d.Status(s.ctx)
	if err != nil {
		return err
	}
	folder := status.DataDir + "-space"
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return errNotSaved.Wrap(err)
	}
	_, err = d.ShareCreate(s.ctx, folder)
	return err
}

// LeavePractice goes back to the real desk, which asks for its password.
func (s *Setup) LeavePractice() (err error) {
	defer guard(&err)
	return s.swapDesk(false)
}
