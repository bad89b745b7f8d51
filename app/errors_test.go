package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"jiesu/backend/fault"
)

// testProgram is a program on empty folders, without a window.
func testProgram(t *testing.T) *program {
	t.Helper()
	dir := t.TempDir()
	p := newProgram(place{data: filepath.Join(dir, "data"), config: filepath.Join(dir, "config"), open: filepath.Join(dir, "open")})
	t.Cleanup(p.close)
	return p
}

func logText(t *testing.T, p *program) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(p.place.config, "jiesu.log"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestErrorsReachThePagesAsJSONWithoutTheirCause(t *testing.T) {
	p := testProgram(t)
	missing := fault.New(fault.NotFound, "case-not-found", "没有这个编号的案件", "请核对编号").At("number")
	got := p.showError(missing.Wrap(errors.New("secret path")))
	want := `{"code":"case-not-found","message":"没有这个编号的案件","hint":"请核对编号","field":"number"}`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	unknown, _ := p.showError(errors.New("secret path")).(string)
	if strings.Contains(unknown, "secret") || !strings.Contains(unknown, `"internal"`) {
		t.Errorf("an unknown error is shown as %s", unknown)
	}
	_, id, _ := strings.Cut(unknown, `"id":"`)
	if len(id) < 8 || !strings.Contains(logText(t, p), id[:8]) {
		t.Errorf("the log does not hold the id of %s", unknown)
	}
}

func TestAPanicBecomesAnErrorAndIsLoggedWithItsPlace(t *testing.T) {
	p := testProgram(t)
	err := func() (err error) {
		defer guard(&err)
		var rows []int
		return errors.New(strconv.Itoa(rows[len(os.Args)]))
	}()
	if fault.Of(err).Code != "internal" {
		t.Fatalf("got %v", err)
	}
	p.showError(err)
	if !strings.Contains(logText(t, p), "errors_test.go") {
		t.Error("the log does not say where it panicked")
	}
}

func TestAJobTellsProgressAndEndAndCanBeCancelled(t *testing.T) {
	events := make(chan any, 8)
	j := newJobs(t.Context(), func(_ string, data any) { events <- data }, func(err error) any { return fault.Of(err).Code })

	id := j.start(func(_ context.Context, progress func(int, int)) (any, error) { progress(1, 2); return "ok", nil })
	if got := <-events; got != (jobProgress{Job: id, Done: 1, Total: 2}) {
		t.Errorf("progress: %+v", got)
	}
	if got := <-events; got != (jobDone{Job: id, Error: "", Result: "ok"}) {
		t.Errorf("end: %+v", got)
	}

	id = j.start(func(ctx context.Context, _ func(int, int)) (any, error) { <-ctx.Done(); return nil, ctx.Err() })
	j.cancel(id)
	if got := <-events; got != (jobDone{Job: id, Error: "cancelled"}) {
		t.Errorf("cancelled: %+v", got)
	}

	id = j.start(func(context.Context, func(int, int)) (any, error) { panic("x") })
	if got := <-events; got != (jobDone{Job: id, Error: "internal"}) {
		t.Errorf("panicked: %+v", got)
	}
	j.cancel("unknown")
	j.wait()
}
