package journalfile

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"sync"
)

var errDisk = errors.New("disk failed")

// flakyDisk is a disk in memory that can fail at a chosen write or sync and
// can lose the power: then only what was synced is sure to remain.
type flakyDisk struct {
	mu        sync.Mutex
	files     map[string]*flakyFile
	durable   map[string]bool // names that survive a power cut
	failWrite int             // fail the n-th write from now, 0 never
	failSync  int
	syncs     int
	free      uint64
}

type flakyFile struct {
	disk   *flakyDisk
	data   []byte
	synced []byte
}

func newFlakyDisk() *flakyDisk {
	return &flakyDisk{files: map[string]*flakyFile{}, durable: map[string]bool{}, free: 1 << 40}
}

// powerCut leaves of every file what was synced, and of what was not synced a
// random part, torn or turned to zeros, as real disks do.
func (d *flakyDisk) powerCut(r *rand.Rand) *flakyDisk {
	d.mu.Lock()
	defer d.mu.Unlock()
	after := newFlakyDisk()
	for name, f := range d.files {
		if !d.durable[name] && r.IntN(2) == 0 {
			continue
		}
		data := slices.Clone(f.synced)
		if extra := len(f.data) - len(data); extra > 0 {
			part := slices.Clone(f.data[len(data) : len(data)+r.IntN(extra+1)])
			if r.IntN(3) == 0 {
				clear(part[r.IntN(len(part)+1):])
			}
			data = append(data, part...)
		}
		after.files[name] = &flakyFile{disk: after, data: data, synced: slices.Clone(data)}
		after.durable[name] = true
	}
	return after
}

func countdown(n *int) bool {
	if *n == 0 {
		return false
	}
	*n--
	return *n == 0
}

func (d *flakyDisk) Names() ([]string, error) {
	var names []string
	for name := range d.files {
		names = append(names, name)
	}
	return names, nil
}

func (d *flakyDisk) Create(name string) (File, error) {
	if d.files[name] != nil {
		return nil, fmt.Errorf("%s exists", name)
	}
	d.files[name] = &flakyFile{disk: d}
	return d.files[name], nil
}

func (d *flakyDisk) Open(name string) (File, error) {
	if d.files[name] == nil {
		return nil, fmt.Errorf("%s missing", name)
	}
	return d.files[name], nil
}

func (d *flakyDisk) SyncDir() error {
	for name := range d.files {
		d.durable[name] = true
	}
	return nil
}

func (d *flakyDisk) Free() (uint64, error) { return d.free, nil }

func (f *flakyFile) ReadAt(p []byte, off int64) (int, error) {
	if off > int64(len(f.data)) {
		return 0, io.EOF
	}
	n := copy(p, f.data[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (f *flakyFile) WriteAt(p []byte, off int64) (int, error) {
	if countdown(&f.disk.failWrite) {
		p = p[:len(p)/2]
		f.data = append(f.data[:off], p...)
		return len(p), errDisk
	}
	f.data = append(f.data[:off], p...)
	return len(p), nil
}

func (f *flakyFile) Sync() error {
	f.disk.syncs++
	if countdown(&f.disk.failSync) {
		return errDisk
	}
	f.synced = slices.Clone(f.data)
	return nil
}

func (f *flakyFile) Truncate(n int64) error { f.data = f.data[:n]; return nil }
func (f *flakyFile) Size() (int64, error)   { return int64(len(f.data)), nil }
func (f *flakyFile) Close() error           { return nil }
