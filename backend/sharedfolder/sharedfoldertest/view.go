package sharedfoldertest

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"syscall"

	"jiesu/backend/sharedfolder"
)

// Faults are the chances, 0 to 1, of a View's lies.
type Faults struct {
	Late    float64 // a file is not listed and not found for a while
	Tear    float64 // one read gives spoilt bytes
	Partial float64 // one listing lacks some names
	Stale   float64 // one listing is the last one again
	Hang    float64 // one read does not come back in time
	Fail    float64 // one call fails without a reason
	Busy    float64 // a rename meets a sharing violation
	Lost    float64 // a rename succeeds and the file is gone
	NoSpace float64 // a write finds the disk full
	Litter  float64 // a synchroniser leaves a conflict copy and a temporary file
}

// All is every fault with the same chance.
func All(chance float64) Faults {
	return Faults{Late: chance, Tear: chance, Partial: chance, Stale: chance, Hang: chance, Fail: chance,
		Busy: chance, Lost: chance, NoSpace: chance, Litter: chance}
}

// Mount is what stands behind the folder's path.
type Mount int

// The states of a mount.
const (
	Mounted   Mount = iota
	Unmounted       // the path is an empty folder
	Gone            // the path does not open
	ReadOnly        // nothing can be written
)

// View is the folder as one machine sees it.
type View struct {
	s       *Store
	faults  Faults
	mount   Mount
	busy    int
	late    map[string]int
	listed  map[string][]sharedfolder.Item
	blocked map[string]chan struct{}
}

// View is a new machine's view.
func (s *Store) View() *View {
	return &View{s: s, late: map[string]int{}, listed: map[string][]sharedfolder.Item{}, blocked: map[string]chan struct{}{}}
}

func (v *View) change(f func()) {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	f()
}

// Lie sets the chances; the zero Faults tell the truth, at once.
func (v *View) Lie(f Faults) {
	v.change(func() {
		v.faults = f
		if f == (Faults{}) {
			clear(v.late)
		}
	})
}

// Mount changes what stands behind the path.
func (v *View) Mount(m Mount) { v.change(func() { v.mount = m }) }

// Busy makes the next n renames fail with a sharing violation.
func (v *View) Busy(n int) { v.change(func() { v.busy = n }) }

// Block makes reads of a file, or listings of a folder, hang until the returned function is called.
func (v *View) Block(name string) (release func()) {
	gate := make(chan struct{})
	v.change(func() { v.blocked[name] = gate })
	return func() {
		v.change(func() { delete(v.blocked, name) })
		close(gate)
	}
}

// Move shows another store behind the same path: another stick, another share.
func (v *View) Move(to *Store) {
	v.change(func() {
		clear(v.late)
		clear(v.listed)
	})
	v.s = to
}

// Open opens the folder, as sharedfolder.Options.Open.
func (v *View) Open() (sharedfolder.FS, error) {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	if v.mount == Gone {
		return nil, fs.ErrNotExist
	}
	return handle{v}, nil
}

func (s *Store) chance(p float64) bool { return p > 0 && s.rng.Float64() < p }

var errUnknown = errors.New("sharedfoldertest: input/output error")

// handle is an opened View.
type handle struct{ v *View }

func (h handle) Close() error { return nil }

// enter checks a path and takes the lock.
func (h handle) enter(op, name string) (*Store, func(), error) {
	s := h.v.s
	s.mu.Lock()
	var err error
	switch {
	case !fs.ValidPath(name):
		err = fs.ErrInvalid
	case h.v.mount == Gone:
		err = errUnknown
	case h.v.mount == Unmounted && name != ".":
		err = fs.ErrNotExist
	case s.chance(h.v.faults.Fail):
		err = errUnknown
	}
	if err != nil {
		s.mu.Unlock()
		return nil, nil, &fs.PathError{Op: op, Path: name, Err: err}
	}
	return s, s.mu.Unlock, nil
}

// hidden rolls the dice once per file and view; each listing brings it nearer.
func (h handle) hidden(name string, listing bool) bool {
	left, known := h.v.late[name]
	if !known {
		if h.v.s.chance(h.v.faults.Late) {
			left = 1 + h.v.s.rng.IntN(5)
		}
		h.v.late[name] = left
	}
	if left > 0 && listing {
		h.v.late[name]--
	}
	return left > 0
}

func (h handle) List(dir string) ([]sharedfolder.Item, error) {
	s, leave, err := h.enter("list", dir)
	if err != nil {
		return nil, err
	}
	if gate := h.v.blocked[dir]; gate != nil {
		leave()
		<-gate
		return h.List(dir)
	}
	defer leave()
	if h.v.mount == Unmounted {
		return nil, nil
	}
	if !s.dirs[dir] {
		return nil, &fs.PathError{Op: "list", Path: dir, Err: fs.ErrNotExist}
	}
	if old, ok := h.v.listed[dir]; ok && s.chance(h.v.faults.Stale) {
		return slices.Clone(old), nil
	}
	var items []sharedfolder.Item
	for _, name := range sortedKeys(s.dirs) {
		if name != "." && path.Dir(name) == dir {
			items = append(items, sharedfolder.Item{Name: path.Base(name), Dir: true})
		}
	}
	partial := s.chance(h.v.faults.Partial)
	for _, name := range sortedKeys(s.files) {
		if path.Dir(name) == dir && !h.hidden(name, true) && !(partial && s.rng.IntN(3) == 0) {
			items = append(items, sharedfolder.Item{Name: path.Base(name)})
		}
	}
	s.rng.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	h.v.listed[dir] = items
	return slices.Clone(items), nil
}

func (h handle) Read(name string, limit int64) ([]byte, error) {
	s, leave, err := h.enter("read", name)
	if err != nil {
		return nil, err
	}
	if gate := h.v.blocked[name]; gate != nil {
		leave()
		<-gate
		return h.Read(name, limit)
	}
	defer leave()
	data, ok := s.files[name]
	switch {
	case s.dirs[name]:
		err = fs.ErrInvalid
	case !ok || h.hidden(name, false):
		err = fs.ErrNotExist
	case s.chance(h.v.faults.Hang):
		err = os.ErrDeadlineExceeded
	case int64(len(data)) > limit:
		err = sharedfolder.ErrTooLarge
	}
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	if s.chance(h.v.faults.Tear) {
		return s.spoil(data, Harm(s.rng.IntN(int(Flip)+1))), nil
	}
	return bytes.Clone(data), nil
}

// write is enter for calls that change something.
func (h handle) write(op, name string) (*Store, func(), error) {
	s, leave, err := h.enter(op, name)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case h.v.mount == ReadOnly:
		err = fs.ErrPermission
	case !s.dirs[path.Dir(name)]:
		err = fs.ErrNotExist
	case op != "remove" && s.chance(h.v.faults.NoSpace):
		err = syscall.ENOSPC
	}
	if err != nil {
		leave()
		return nil, nil, &fs.PathError{Op: op, Path: name, Err: err}
	}
	return s, leave, nil
}

func (h handle) MakeDir(name string) error {
	s, leave, err := h.write("mkdir", name)
	if err != nil {
		return err
	}
	defer leave()
	if _, file := s.files[name]; file || s.dirs[name] {
		return &fs.PathError{Op: "mkdir", Path: name, Err: fs.ErrExist}
	}
	s.dirs[name] = true
	return nil
}

func (h handle) WriteTemp(name string, data []byte) error {
	s, leave, err := h.write("create", name)
	if err != nil {
		return err
	}
	defer leave()
	if _, file := s.files[name]; file || s.dirs[name] {
		return &fs.PathError{Op: "create", Path: name, Err: fs.ErrExist}
	}
	s.files[name] = bytes.Clone(data)
	h.v.late[name] = 0 // a machine sees what it wrote itself
	return nil
}

func (h handle) Rename(from, to string) error {
	s, leave, err := h.write("rename", to)
	if err != nil {
		return err
	}
	defer leave()
	data, ok := s.files[from]
	_, taken := s.files[to]
	switch {
	case !ok:
		err = fs.ErrNotExist
	case taken || s.dirs[to]:
		err = fs.ErrExist
	case h.v.busy > 0 || s.chance(h.v.faults.Busy):
		h.v.busy = max(0, h.v.busy-1)
		err = errors.New("sharing violation")
	}
	if err != nil {
		return &fs.PathError{Op: "rename", Path: to, Err: err}
	}
	delete(s.files, from)
	if s.chance(h.v.faults.Lost) {
		return nil
	}
	s.put(to, data)
	h.v.late[to] = 0
	if s.chance(h.v.faults.Litter) {
		s.put(to+".sync-conflict-20260105-120000-ABCDEFG", s.spoil(data, Harm(s.rng.IntN(int(Flip)+1))))
		s.put(path.Dir(to)+"/.syncthing."+path.Base(to)+".tmp", data[:len(data)/3])
	}
	return nil
}

func (h handle) SyncDir(name string) error {
	_, leave, err := h.enter("sync", name)
	if err != nil {
		return err
	}
	leave()
	return nil
}

func (h handle) Remove(name string) error {
	s, leave, err := h.write("remove", name)
	if err != nil {
		return err
	}
	defer leave()
	if _, ok := s.files[name]; !ok {
		return &fs.PathError{Op: "remove", Path: name, Err: fs.ErrNotExist}
	}
	delete(s.files, name)
	return nil
}
