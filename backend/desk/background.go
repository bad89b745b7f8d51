package desk

import (
	"context"
	"path/filepath"
	"time"

	"jiesu/backend/sharedfolder"
	"jiesu/backend/watch"
)

// shortest is the least time between two rounds, however much happens.
const shortest = 2 * time.Second

// startShare exchanges in the background, if the desk was asked to.
func (d *Desk) startShare() {
	if !d.o.Background {
		return
	}
	d.share.logMu.Lock()
	defer d.share.logMu.Unlock()
	if d.share.stop != nil {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	d.share.stop, d.share.done = stop, make(chan struct{})
	go d.keepExchanging(ctx, d.share.done)
}

func (d *Desk) stopShare() {
	d.share.logMu.Lock()
	stop, done := d.share.stop, d.share.done
	d.share.stop = nil
	d.share.logMu.Unlock()
	if stop != nil {
		stop()
		<-done
	}
}

// keepExchanging goes round when something was written here, when names in the
// folder changed, and now and then in any case, more rarely while nothing
// moves. What goes wrong is said by ShareStatus; the next round tries again.
func (d *Desk) keepExchanging(ctx context.Context, done chan<- struct{}) {
	defer close(done)
	eyes := watching{d: d}
	defer eyes.close()
	quiet := 0
	for ctx.Err() == nil {
		res, err := d.ShareSync(ctx)
		if quiet++; err == nil && res.Published+res.Received > 0 {
			quiet = 0
		}
		eyes.look(ctx)
		if !pause(ctx, shortest, nil) {
			return
		}
		pause(ctx, watch.Pace(quiet), d.wake)
	}
}

// pause waits, at most until woken; false when ctx has ended.
func pause(ctx context.Context, long time.Duration, wake <-chan struct{}) bool {
	t := time.NewTimer(long)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
	case <-wake:
	}
	return true
}

// hurry asks for a round soon.
func (d *Desk) hurry() {
	select {
	case d.wake <- struct{}{}:
	default: // one is asked for already
	}
}

// watching is the look-out over the folder in use.
type watching struct {
	d      *Desk
	folder string
	stop   context.CancelFunc
	ended  chan struct{}
}

// look follows the folder the desk exchanges with, which may have changed.
func (w *watching) look(ctx context.Context) {
	book, err := w.d.open()
	if err != nil {
		return
	}
	s, has, err := setupOf(book)
	if err != nil || !has || s.Folder == w.folder {
		return
	}
	w.close()
	ctx, w.stop = context.WithCancel(ctx)
	w.folder, w.ended = s.Folder, make(chan struct{})
	go func(ended chan<- struct{}) {
		defer close(ended)
		watch.Watch(ctx, []string{filepath.Join(s.Folder, "jiesu", "r")}, w.d.wake, watch.Options{Enter: sharedfolder.WatchedNames})
	}(w.ended)
}

func (w *watching) close() {
	if w.stop != nil {
		w.stop()
		<-w.ended
		w.stop = nil
	}
}
