package app

import (
	"context"
	"os"
	"sync"
	"time"

	"github.com/wailsapp/wails/v2/pkg/runtime"

	"jiesu/backend/desk"
	"jiesu/backend/fault"
)

// program is what all nouns share: the open desk, the window's context, jobs
// and preferences.
type program struct {
	place       place
	log         *errorLog
	preferences *preferences
	jobs        *jobs
	idle        *idleLock

	ctx  context.Context // ends when the window closes; for the desk
	stop context.CancelFunc

	mu       sync.RWMutex
	window   context.Context // of Wails, for events and dialogs; nil until started
	open     *desk.Desk
	openErr  error
	practice bool
	unwatch  func()
}

func newProgram(at place) *program {
	ctx, stop := context.WithCancel(context.Background())
	p := &program{
		place: at, ctx: ctx, stop: stop,
		log:         newErrorLog(at.config),
		preferences: loadPreferences(at.config),
	}
	p.jobs = newJobs(ctx, p.emit, p.showError)
	p.idle = newIdleLock(p.lockIdle)
	p.openDesk(false)
	return p
}

// openDesk prepares the real desk or the practice desk; the folder itself is
// opened by Unlock or Create.
func (p *program) openDesk(practice bool) {
	dir := p.place.data
	if practice {
		dir = p.place.practice()
	}
	d, err := newDesk(dir, func(line string) { p.log.line("desk", line) })
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open, p.openErr, p.practice = d, err, practice
	if err == nil {
		p.unwatch = d.Subscribe(func(kind string, ids []string) {
			p.emit("changed", changed{Kind: kind, IDs: ids})
		})
	}
}

func newDesk(dir string, log func(string)) (*desk.Desk, error) {
	data, err := shipped()
	if err != nil {
		return nil, err
	}
	return desk.New(desk.Options{
		Dir: dir, Assets: data, Now: time.Now, Log: log, Version: version, Built: releasedOn(), Background: true,
	})
}

// swapDesk closes the desk in use and prepares the other one.
func (p *program) swapDesk(practice bool) error {
	if err := p.closeDesk(); err != nil {
		return err
	}
	p.openDesk(practice)
	return nil
}

func (p *program) closeDesk() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.unwatch != nil {
		p.unwatch()
		p.unwatch = nil
	}
	if p.open == nil {
		return nil
	}
	err := p.open.Close()
	p.open = nil
	p.openErr = errNoDesk
	return err
}

var errNoDesk = fault.New(fault.Retry, "desk-closed", "数据文件夹正在打开或关闭", "请稍候再试")

// desk is the desk in use.
func (p *program) desk() (*desk.Desk, error) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.open, p.openErr
}

// changed is the event that tells the pages what to read again.
type changed struct {
	Kind string   `json:"kind"`
	IDs  []string `json:"ids"`
}

func (p *program) start(window context.Context) {
	p.mu.Lock()
	p.window = window
	p.mu.Unlock()
	if err := os.RemoveAll(p.place.open); err != nil {
		p.log.failure("open-folder", err)
	}
	p.idle.set(p.preferences.get().IdleMinutes)
}

// emit sends an event to the pages; before the window stands nobody listens.
func (p *program) emit(name string, data any) {
	p.mu.RLock()
	window := p.window
	p.mu.RUnlock()
	if window != nil && p.ctx.Err() == nil {
		runtime.EventsEmit(window, name, data)
	}
}

// windowContext is what dialogs need.
func (p *program) windowContext() (context.Context, error) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.window == nil {
		return nil, errNoDesk
	}
	return p.window, nil
}

// beforeClose remembers the window. It never keeps the window open: drafts
// are saved while typing.
func (p *program) beforeClose(window context.Context) bool {
	width, height := runtime.WindowGetSize(window)
	maximised := runtime.WindowIsMaximised(window)
	err := p.preferences.change(func(look *Preferences) {
		look.Maximised = maximised
		if !maximised {
			look.Width, look.Height = width, height
		}
	})
	if err != nil {
		p.log.failure("preferences", err)
	}
	return false
}

func (p *program) close() {
	p.stop()
	p.idle.set(0)
	p.jobs.wait()
	if err := p.closeDesk(); err != nil {
		p.log.failure("close", err)
	}
	if err := os.RemoveAll(p.place.open); err != nil {
		p.log.failure("open-folder", err)
	}
	p.log.close()
}

// lockIdle takes the officer's keys away when nobody has touched the desk;
// exchange goes on under the replica's.
func (p *program) lockIdle() {
	d, err := p.desk()
	if err != nil {
		return
	}
	if err := d.Lock(p.ctx); err != nil {
		p.log.failure("idle-lock", err)
		return
	}
	p.emit("locked", "")
}
