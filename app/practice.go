package app

import (
	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

// The practice desk is a data folder and a space of its own: nothing tried
// out there can mix with real cases. Its password is no secret, because
// nothing in it is.
const (
	practiceOfficer  = "张三"
	practicePassword = "practice-desk"
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
	return tell(s.program, s.openPractice)
}

func (s *Setup) openPractice(d *desk.Desk) error {
	status, err := d.Status(s.ctx)
	if err != nil {
		return err
	}
	if status.Exists {
		return d.Unlock(s.ctx, practiceOfficer, []byte(practicePassword))
	}
	_, err = d.Create(s.ctx, desk.InitInput{
		OfficeCode: "YB", OfficeName: "样本网点", Officer: practiceOfficer, Password: practicePassword,
		Issuer: "样本县市场监督管理局", Capacity: "agency", CodeWord: "样市监",
		ReviewBody: "样本县人民政府", Court: "样本县人民法院",
	})
	return err
}

// LeavePractice goes back to the real desk, which asks for its password.
func (s *Setup) LeavePractice() (err error) {
	defer guard(&err)
	return s.swapDesk(false)
}
