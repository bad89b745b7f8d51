package sharedfolder

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"regexp"
	"time"

	"jiesu/backend/fault"
)

// Space is what the marker file says: which space lives in the folder.
type Space struct {
	Format  int       `json:"format"`
	ID      string    `json:"space"` // random, 32 hex digits
	Root    string    `json:"root"`  // fingerprint of the root key
	Created time.Time `json:"created"`
}

// Faults of the folder as a whole.
var (
	ErrOffline = fault.New(fault.Retry, "folder-offline",
		"共享文件夹连不上，已离线工作，不影响登记", "请检查网络或重新插入 U 盘；恢复后会自动继续收发")
	ErrOtherSpace = fault.New(fault.Retry, "folder-other-space",
		"这个位置现在是另一个共享空间，已停止收发，没有写入任何内容", "请检查共享文件夹的位置是否选对、U 盘是否插错")
	ErrMarker = fault.New(fault.Retry, "folder-marker",
		"共享文件夹里的标记文件读不出来，已离线工作，不影响登记", "可能尚未同步完；如长时间如此，请管理员检查共享文件夹")
	ErrNewer = fault.New(fault.Retry, "folder-newer",
		"共享文件夹由更新版本的接诉建立，需要升级后才能收发", "请升级本机的接诉")
	ErrNoFolder = fault.New(fault.Refused, "folder-missing",
		"这个文件夹不存在或打不开", "请先建好文件夹，再选择它")
	ErrTaken = fault.New(fault.Refused, "folder-taken",
		"这个文件夹里已经有另一个共享空间", "请换一个空文件夹，或用邀请加入已有的空间")
)

const maxMarker = 64 << 10

var fingerprint = regexp.MustCompile(`^[0-9a-f]{32,64}$`)

// NewSpace names a new space. root is the fingerprint of its root key.
func NewSpace(root string, now time.Time) Space {
	return Space{ID: randomHex(16), Root: root, Created: now.UTC().Truncate(time.Second)}
}

func randomHex(n int) string {
	b := make([]byte, n)
	rand.Read(b) // never fails (Go 1.24)
	return hex.EncodeToString(b)
}

func (s Space) valid() bool {
	return replicaName.MatchString(s.ID) && fingerprint.MatchString(s.Root)
}

// Create puts a space into an existing folder. Doing it again for the same
// space is allowed: it restores a marker that somebody deleted.
func Create(ctx context.Context, open func() (FS, error), space Space) error {
	if !space.valid() {
		return fault.New(fault.Usage, "space-invalid", "共享空间的标识不完整", "")
	}
	inner, err := open()
	if err != nil {
		return ErrNoFolder.Wrap(err)
	}
	defer inner.Close()
	p := newPatient(defaultTimeLimit).over(inner)
	found, err := readMarker(ctx, p)
	switch {
	case err == nil && found.ID != space.ID:
		return ErrTaken
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return err // something is there and cannot be read: never write over it
	}
	if _, err := p.makeDirs(ctx, ".", "jiesu", "r"); err != nil {
		return writeFault(err)
	}
	data, err := json.MarshalIndent(space, "", "  ")
	if err != nil {
		return err
	}
	w := writer{p, waitContext}
	if err := w.write(ctx, "jiesu", "space.json", append(data, '\n')); err != nil {
		return writeFault(err)
	}
	return nil
}

// ReadSpace tells which space lives in a folder, for a person who chooses one.
func ReadSpace(ctx context.Context, open func() (FS, error)) (Space, error) {
	inner, err := open()
	if err != nil {
		return Space{}, ErrNoFolder.Wrap(err)
	}
	defer inner.Close()
	s, err := readMarker(ctx, newPatient(defaultTimeLimit).over(inner))
	if errors.Is(err, fs.ErrNotExist) {
		return Space{}, ErrOffline.Wrap(err)
	}
	return s, err
}

func readMarker(ctx context.Context, p *patient) (Space, error) {
	data, err := p.read(ctx, markerPath, maxMarker)
	if errors.Is(err, fs.ErrNotExist) {
		return Space{}, err
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return Space{}, ErrOffline.Wrap(err)
	}
	if err != nil {
		return Space{}, ErrMarker.Wrap(err)
	}
	var s Space
	if err := json.Unmarshal(data, &s); err != nil {
		return Space{}, ErrMarker.Wrap(err)
	}
	if s.Format != 0 {
		return Space{}, ErrNewer
	}
	if !s.valid() {
		return Space{}, ErrMarker
	}
	return s, nil
}

// checkMarker is the first thing of every round: no marker means offline.
func checkMarker(ctx context.Context, p *patient, want Space) error {
	got, err := readMarker(ctx, p)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ErrOffline.Wrap(err)
	case err != nil:
		return err
	case got.ID != want.ID || got.Root != want.Root:
		return ErrOtherSpace
	}
	return nil
}
