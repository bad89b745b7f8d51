package sharedfolder

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"sync"
	"time"
)

// ErrTooLarge says that a file is longer than anything this program writes.
var ErrTooLarge = errors.New("sharedfolder: file too large")

// Item is one name in a folder.
type Item struct {
	Name string
	Dir  bool
}

// FS is the folder as the exchange uses it: few calls, each of which may fail,
// hang or lie. Names are relative, with slashes. Errors match fs.ErrNotExist,
// fs.ErrExist and fs.ErrPermission where that is what happened.
type FS interface {
	// List names what a folder holds, in any order.
	List(dir string) ([]Item, error)
	// Read reads a whole regular file of at most limit bytes.
	Read(name string, limit int64) ([]byte, error)
	// MakeDir makes one folder; its parent must exist.
	MakeDir(dir string) error
	// WriteTemp writes a file that must not exist yet, checks its size, syncs
	// and closes it.
	WriteTemp(name string, data []byte) error
	// Rename gives a file a name that must not exist yet.
	Rename(from, to string) error
	// SyncDir makes the names of a folder durable, where that can be done.
	SyncDir(dir string) error
	// Remove deletes one file.
	Remove(name string) error
	Close() error
}

// patient puts a time limit on every call: a dead share or a file that is not
// on this machine hangs for minutes, and a system call cannot be cancelled. A
// hung call keeps its slot until it really returns, so that they cannot pile
// up, and nobody asks for the same file again meanwhile.
type patient struct {
	inner FS
	limit time.Duration
	slots chan struct{}
	mu    *sync.Mutex
	hung  map[string]bool
}

const patientSlots = 16

func newPatient(limit time.Duration) *patient {
	return &patient{limit: limit, slots: make(chan struct{}, patientSlots), mu: &sync.Mutex{}, hung: map[string]bool{}}
}

// over is the same patience with a freshly opened folder.
func (p *patient) over(inner FS) *patient {
	return &patient{inner: inner, limit: p.limit, slots: p.slots, mu: p.mu, hung: p.hung}
}

// wait runs call in a worker. With no limit it runs in place.
func wait[T any](ctx context.Context, p *patient, name string, call func() (T, error)) (T, error) {
	var none T
	if err := ctx.Err(); err != nil || p.limit <= 0 {
		if err != nil {
			return none, err
		}
		return call()
	}
	if p.isHung(name) {
		return none, os.ErrDeadlineExceeded
	}
	select {
	case p.slots <- struct{}{}:
	default: // so many hang that the folder is as good as away
		return none, os.ErrDeadlineExceeded
	}
	timer := time.NewTimer(p.limit)
	defer timer.Stop()
	type answer struct {
		value T
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		value, err := call()
		done <- answer{value, err}
		p.setHung(name, false)
		<-p.slots
	}()
	select {
	case a := <-done:
		return a.value, a.err
	case <-timer.C:
	case <-ctx.Done():
	}
	p.setHung(name, true)
	select {
	case a := <-done: // it came back at the last moment
		p.setHung(name, false)
		return a.value, a.err
	default:
	}
	if err := ctx.Err(); err != nil {
		return none, err
	}
	return none, os.ErrDeadlineExceeded
}

func (p *patient) isHung(name string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.hung[name]
}

func (p *patient) setHung(name string, hung bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if hung {
		p.hung[name] = true
	} else {
		delete(p.hung, name)
	}
}

type nothing struct{}

func (p *patient) do(ctx context.Context, name string, call func() error) error {
	_, err := wait(ctx, p, name, func() (nothing, error) { return nothing{}, call() })
	return err
}

func (p *patient) list(ctx context.Context, dir string) ([]Item, error) {
	return wait(ctx, p, dir, func() ([]Item, error) { return p.inner.List(dir) })
}

func (p *patient) read(ctx context.Context, name string, limit int64) ([]byte, error) {
	return wait(ctx, p, name, func() ([]byte, error) { return p.inner.Read(name, limit) })
}

func (p *patient) remove(ctx context.Context, name string) error {
	return p.do(ctx, name, func() error { return p.inner.Remove(name) })
}

// makeDirs makes the folders of a path below an existing base.
func (p *patient) makeDirs(ctx context.Context, base string, below ...string) (string, error) {
	for _, name := range below {
		base = path.Join(base, name)
		err := p.do(ctx, base, func() error { return p.inner.MakeDir(base) })
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return base, err
		}
	}
	return base, nil
}
