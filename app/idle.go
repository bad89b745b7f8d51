package app

import (
	"sync"
	"time"
)

// idleLock calls lock when touch has not been called for so many minutes.
type idleLock struct {
	mu    sync.Mutex
	wait  time.Duration
	timer *time.Timer
	lock  func()
}

func newIdleLock(lock func()) *idleLock { return &idleLock{lock: lock} }

// set changes the time; 0 switches it off.
func (l *idleLock) set(minutes int) { l.setWait(time.Duration(minutes) * time.Minute) }

func (l *idleLock) setWait(wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.timer != nil {
		l.timer.Stop()
		l.timer = nil
	}
	l.wait = wait
	if wait > 0 {
		l.timer = time.AfterFunc(wait, l.lock)
	}
}

func (l *idleLock) touch() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.timer != nil {
		l.timer.Reset(l.wait)
	}
}
