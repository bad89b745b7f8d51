package sharedfolder

import (
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"time"

	"jiesu/backend/fault"
)

const (
	defaultTimeLimit = 20 * time.Second
	renameTries      = 8
)

// Faults of writing.
var (
	ErrFull = fault.New(fault.Retry, "folder-full",
		"共享文件夹的空间已满，未发送的内容留在本机，不会丢失", "请清理共享文件夹所在的磁盘")
	ErrReadOnly = fault.New(fault.Retry, "folder-read-only",
		"共享文件夹不允许写入，能收不能发；未发送的内容留在本机", "请管理员检查共享文件夹的写入权限")
)

// writeFault names what kept a file from being written.
func writeFault(err error) error {
	var known *fault.Fault
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case diskFull(err):
		return ErrFull.Wrap(err)
	case readOnly(err), errors.Is(err, fs.ErrPermission):
		return ErrReadOnly.Wrap(err)
	}
	return ErrOffline.Wrap(err)
}

// waitContext sleeps unless ctx ends first.
func waitContext(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// writer publishes files so that nobody ever sees half of one.
type writer struct {
	p     *patient
	sleep func(context.Context, time.Duration) error
}

// write gives data its name in dir. A name that exists is left as it is: it
// is the sum of its content. A virus scanner or another reader may hold the
// file for a moment (sharing violation), so the rename is tried again.
func (w writer) write(ctx context.Context, dir, name string, data []byte) error {
	temp, final := dir+"/"+tempPrefix+randomHex(8), dir+"/"+name
	if err := w.p.do(ctx, temp, func() error { return w.p.inner.WriteTemp(temp, data) }); err != nil {
		return err
	}
	pause := time.Millisecond
	var err error
	for try := range renameTries {
		if try > 0 {
			if err := w.sleep(ctx, pause/2+rand.N(pause)); err != nil {
				return err
			}
			pause *= 3
		}
		err = w.p.do(ctx, final, func() error { return w.p.inner.Rename(temp, final) })
		if err == nil || errors.Is(err, fs.ErrExist) || diskFull(err) || ctx.Err() != nil {
			break
		}
	}
	if err != nil {
		w.p.remove(ctx, temp) // if this fails too, the next start removes it
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	// A folder that cannot be synced is read back later all the same.
	w.p.do(ctx, dir, func() error { return w.p.inner.SyncDir(dir) })
	return nil
}
