// Package watch tells when something may have changed in a shared folder.
//
// Polling names is the truth: network shares and FUSE mounts send no events of
// what others do, and after an unmount a watch is dead without a word. So
// fsnotify only makes it quicker where it works. A call is a hint and nothing
// more: it may come when nothing changed, and what changed is found by
// looking. The package reads no file, keeps nothing and knows no formats. It
// is the only importer of fsnotify.
package watch

import (
	"context"
	"errors"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sort"
	"time"

	"github.com/fsnotify/fsnotify"
)

// The pace of polling.
const (
	Busy   = 5 * time.Second  // at least, while something goes on
	Spread = 10 * time.Second // added at random, so that offices do not ask in step
	Idle   = time.Minute      // at most, after a long time without change
	settle = 200 * time.Millisecond
	slowBy = 12 // polls without change before it gets slower
)

// Bounds of what is watched: names below depth are found by the reader itself.
const (
	maxDirs  = 512
	maxDepth = 5
	maxNames = 100_000
)

// Pace is the usual interval after so many polls that found nothing: 5 to 15
// seconds, slower when idle.
func Pace(quiet int) time.Duration {
	pause := Busy + rand.N(Spread)
	for n := quiet / slowBy; n > 0 && pause < Idle; n-- {
		pause *= 2
	}
	return min(pause, Idle)
}

// Options of a Watcher; the zero value is the usual one.
type Options struct {
	// Pace gives the pause before the next poll; quiet counts polls without
	// change. nil: Pace.
	Pace func(quiet int) time.Duration
	// After is time.After, replaced in tests.
	After func(time.Duration) <-chan time.Time
	// Enter chooses the sub-folders of a folder to look into, given in order;
	// nil: all. Old ones that no longer change need not be listed every time.
	Enter func(dir string, sub []string) []string
	// PollOnly leaves fsnotify out.
	PollOnly bool
}

// Watch sends on notify whenever names in or below the folders changed, and
// once at the start, until ctx ends. The channel should hold one element; a
// hint that finds it full is dropped, because one is already waiting. A folder
// that is missing or comes back is only a change like others.
func Watch(ctx context.Context, dirs []string, notify chan<- struct{}, o Options) {
	if o.Pace == nil {
		o.Pace = Pace
	}
	if o.After == nil {
		o.After = time.After
	}
	w := &watcher{dirs: dirs, notify: notify, o: o, watched: map[string]bool{}}
	w.run(ctx)
}

type watcher struct {
	dirs    []string
	notify  chan<- struct{}
	o       Options
	events  *fsnotify.Watcher // nil: polling alone
	watched map[string]bool
}

func (w *watcher) run(ctx context.Context) {
	events, errs, done := w.open()
	defer done()
	last, ok := w.poll(ctx)
	if !ok {
		return
	}
	w.tell()
	for quiet := 0; ; {
		if !w.wait(ctx, quiet, events, errs) {
			return
		}
		sum, ok := w.poll(ctx)
		if !ok {
			return
		}
		if sum != last {
			last, quiet = sum, 0
			w.tell()
		} else {
			quiet++
		}
	}
}

// wait returns when it is time to look again, false when ctx ended.
func (w *watcher) wait(ctx context.Context, quiet int, events <-chan fsnotify.Event, errs <-chan error) bool {
	pause := w.o.After(w.o.Pace(quiet))
	var soon <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return false
		case <-pause:
			return true
		case <-soon: // events come in flocks: one look for all of them
			return true
		case _, open := <-events:
			if !open {
				events = nil
			} else if soon == nil {
				soon = w.o.After(settle)
			}
		case err, open := <-errs:
			if !open {
				errs = nil
			} else if errors.Is(err, fsnotify.ErrEventOverflow) && soon == nil {
				soon = w.o.After(settle) // nobody knows what was missed
			}
		}
	}
}

func (w *watcher) tell() {
	select {
	case w.notify <- struct{}{}:
	default:
	}
}

// open starts fsnotify if the system gives us one; polling goes on without,
// on channels that are never ready.
func (w *watcher) open() (<-chan fsnotify.Event, <-chan error, func()) {
	if !w.o.PollOnly {
		if events, err := fsnotify.NewWatcher(); err == nil {
			w.events = events
			return events.Events, events.Errors, func() { events.Close() }
		}
	}
	return nil, nil, func() {}
}

// poll sums up all names and renews the watches. A dead share may keep the
// look waiting for minutes; the end of ctx does not wait with it.
func (w *watcher) poll(ctx context.Context) (sum uint64, ok bool) {
	done := make(chan uint64, 1)
	go func() { done <- w.look(ctx) }()
	select {
	case sum = <-done:
		return sum, ctx.Err() == nil
	case <-ctx.Done():
		return 0, false
	}
}

func (w *watcher) look(ctx context.Context) uint64 {
	s := scan{ctx: ctx, enter: w.o.Enter, found: map[string]bool{}}
	for _, dir := range w.dirs {
		s.walk(filepath.Clean(dir), 0)
	}
	w.renew(s.found)
	sum := fnv.New64a()
	for _, name := range s.names {
		sum.Write([]byte(name))
		sum.Write([]byte{0})
	}
	return sum.Sum64()
}

// renew adds a watch to every folder found, those that had one as well: after
// an unmount and a mount the old watch is of a folder that is no longer there.
func (w *watcher) renew(found map[string]bool) {
	if w.events == nil {
		return
	}
	for dir := range w.watched {
		if !found[dir] {
			w.events.Remove(dir)
			delete(w.watched, dir)
		}
	}
	for dir := range found {
		if err := w.events.Add(dir); err == nil {
			w.watched[dir] = true
		}
	}
}

// scan lists names, sorted, never a file's state: that is what is slow on a
// network share.
type scan struct {
	ctx   context.Context
	enter func(dir string, sub []string) []string
	names []string
	found map[string]bool
}

func (s *scan) walk(dir string, depth int) {
	if s.ctx.Err() != nil || depth > maxDepth || len(s.found) >= maxDirs || len(s.names) >= maxNames {
		return
	}
	f, err := os.Open(dir)
	if err != nil {
		s.names = append(s.names, dir+" is away")
		return
	}
	entries, _ := f.ReadDir(maxNames) // what a failing listing gave is what we know
	f.Close()
	s.found[dir] = true
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name() < entries[j].Name() })
	var sub []string
	for _, e := range entries {
		s.names = append(s.names, filepath.Join(dir, e.Name()))
		if e.IsDir() {
			sub = append(sub, e.Name())
		}
	}
	if s.enter != nil {
		sub = s.enter(dir, sub)
	}
	for _, name := range sub {
		s.walk(filepath.Join(dir, name), depth+1)
	}
}
