package app

import (
	"errors"
	"strings"
	"testing"

	"jiesu/backend/fault"
)

func TestErrorsReachThePagesAsJSONWithoutTheirCause(t *testing.T) {
	missing := fault.New(fault.NotFound, "case-not-found", "没有这个编号的案件", "请核对编号").At("number")
	got := errorJSON(missing.Wrap(errors.New("secret path")))
	want := `{"code":"case-not-found","message":"没有这个编号的案件","hint":"请核对编号","field":"number"}`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := errorJSON(errors.New("secret path")); strings.Contains(got, "secret") || !strings.Contains(got, `"internal"`) {
		t.Errorf("an unknown error is shown as %s", got)
	}
}
