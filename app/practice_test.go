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
	for _, light := range []string{"red", "yellow", "green"} {
		if page, err := cases.List(desk.CaseQuery{Light: light, Open: "open"}, 0, 1); err != nil || page.Total == 0 {
			t.Errorf("no case is %s, %v", light, err)
		}
	}
	letters, err := (&Letters{p}).Queue(desk.LettersToIssue)
	if err != nil || len(letters) == 0 || !letters[0].Complete {
		t.Errorf("no letter can be issued: %+v, %v", letters, err)
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
