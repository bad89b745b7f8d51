package app

import (
	"testing"

	"jiesu/backend/desk"
)

func TestThePracticeDeskHasCasesAndMailsAndLeavesNothingInTheRealOne(t *testing.T) {
	p := testProgram(t)
	setup, cases, mail := &Setup{p}, &Cases{p}, &Mail{p}
	if err := setup.Practise(); err != nil {
		t.Fatal(err)
	}
	status, err := setup.Status()
	if err != nil || !status.Practice || !status.Unlocked {
		t.Fatalf("status %+v, %v", status, err)
	}
	page, err := cases.List(desk.CaseQuery{}, 0, 10)
	if err != nil || page.Total != practiceCases || len(page.Rows) != 10 {
		t.Errorf("%d cases, %v", page.Total, err)
	}
	messages, err := mail.Messages("new", "", 0, 10)
	if err != nil || messages.Total == 0 {
		t.Errorf("%d messages, %v", messages.Total, err)
	}
	if err := setup.Practise(); err == nil {
		t.Error("a practice desk in the practice desk")
	}
	if err := setup.LeavePractice(); err != nil {
		t.Fatal(err)
	}
	status, err = setup.Status()
	if err != nil || status.Practice || status.Exists {
		t.Errorf("after leaving: %+v, %v", status, err)
	}
}
