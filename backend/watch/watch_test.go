package watch_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"jiesu/backend/watch"
)

// started is a Watch under a clock of the test's own: a poll comes when poll
// is called, an event's short pause ends at once.
type started struct {
	t      *testing.T
	notify chan struct{}
	pace   chan int
	ticks  chan time.Time
	ended  chan struct{}
	cancel context.CancelFunc
}

func start(t *testing.T, pollOnly bool, enter func(string, []string) []string, dirs ...string) *started {
	ctx, cancel := context.WithCancel(context.Background())
	s := &started{t: t, notify: make(chan struct{}, 1), pace: make(chan int, 100), ticks: make(chan time.Time), ended: make(chan struct{}), cancel: cancel}
	go func() {
		defer close(s.ended)
		watch.Watch(ctx, dirs, s.notify, watch.Options{PollOnly: pollOnly, Enter: enter,
			Pace: func(quiet int) time.Duration { s.pace <- quiet; return time.Hour },
			After: func(d time.Duration) <-chan time.Time {
				if d == time.Hour {
					return s.ticks
				}
				return time.After(time.Millisecond)
			}})
	}()
	t.Cleanup(s.stop)
	s.hint(true) // the first look
	<-s.pace
	return s
}

func (s *started) stop() {
	s.cancel()
	select {
	case <-s.ended:
	case <-time.After(5 * time.Second):
		s.t.Error("Watch did not end with its context")
	}
}

// poll lets one poll happen and gives the count of quiet ones.
func (s *started) poll() int {
	s.ticks <- time.Time{}
	return <-s.pace
}

// hint expects that a change was told, or that none was.
func (s *started) hint(want bool) {
	s.t.Helper()
	wait := 5 * time.Second
	if !want {
		wait = 20 * time.Millisecond
	}
	select {
	case <-s.notify:
		if !want {
			s.t.Fatal("told of a change where there is none")
		}
	case <-time.After(wait):
		if want {
			s.t.Fatal("a change was not told")
		}
	}
}

func put(t *testing.T, name string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestPollingAloneFindsEveryChangeOfNames(t *testing.T) {
	dir := t.TempDir()
	put(t, dir+"/r/a/000000/one.seg")
	s := start(t, true, nil, dir)
	for _, step := range []struct {
		name string
		do   func() error
		want bool
	}{
		{"nothing", func() error { return nil }, false},
		{"a new file deep below", func() error { put(t, dir+"/r/a/000000/two.seg"); return nil }, true},
		{"a new content under an old name", func() error { put(t, dir+"/r/a/000000/two.seg"); return nil }, false},
		{"a new folder", func() error { put(t, dir+"/r/b/000000/one.seg"); return nil }, true},
		{"a file removed", func() error { return os.Remove(dir + "/r/a/000000/one.seg") }, true},
		{"the folder gone", func() error { return os.Rename(dir, dir+".away") }, true},
		{"still gone", func() error { return nil }, false},
		{"the folder back", func() error { return os.Rename(dir+".away", dir) }, true},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		quiet := s.poll()
		t.Run(step.name, func(t *testing.T) {
			s.t = t
			s.hint(step.want)
			if (quiet == 0) != step.want {
				t.Fatalf("%d quiet polls", quiet)
			}
		})
	}
}

func TestEventComesBeforeThePoll(t *testing.T) {
	dir := t.TempDir()
	put(t, dir+"/r/a/000000/one.seg")
	s := start(t, false, nil, dir)
	put(t, dir+"/r/a/000000/two.seg")
	s.hint(true) // no poll was let happen
}

func TestFolderThatWasAwayIsWatchedAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mount")
	put(t, dir+"/one.seg")
	s := start(t, false, nil, dir)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	s.hint(true)
	put(t, dir+"/two.seg")
	for { // events of the removal may still come; the poll finds what is back
		select {
		case <-s.pace:
			continue
		case s.ticks <- time.Time{}:
		}
		break
	}
	s.hint(true)
	put(t, dir+"/three.seg")
	s.hint(true)
}

func TestOnlyChosenFoldersAreListed(t *testing.T) {
	dir := t.TempDir()
	put(t, dir+"/000000/old.seg")
	put(t, dir+"/000001/new.seg")
	s := start(t, true, func(_ string, sub []string) []string { return sub[max(0, len(sub)-1):] }, dir)
	put(t, dir+"/000000/unseen.seg")
	s.poll()
	s.hint(false)
	put(t, dir+"/000001/seen.seg")
	s.poll()
	s.hint(true)
}

func TestPace(t *testing.T) {
	for _, tt := range []struct {
		quiet    int
		min, max time.Duration
	}{
		{0, 5 * time.Second, 15 * time.Second},
		{11, 5 * time.Second, 15 * time.Second},
		{12, 10 * time.Second, 30 * time.Second},
		{100, time.Minute, time.Minute},
		{1 << 40, time.Minute, time.Minute},
	} {
		seen := map[time.Duration]bool{}
		for range 200 {
			p := watch.Pace(tt.quiet)
			if p < tt.min || p > tt.max {
				t.Fatalf("after %d quiet polls %v", tt.quiet, p)
			}
			seen[p] = true
		}
		if tt.min != tt.max && len(seen) < 10 {
			t.Fatal("offices would ask in step")
		}
	}
}
