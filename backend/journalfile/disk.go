package journalfile

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// File is the part of an open file that a log uses.
type File interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
	Sync() error
	Truncate(size int64) error
	Size() (int64, error)
}

// Disk is the folder of a log. Tests replace it to make writes fail or to cut
// the power.
type Disk interface {
	Names() ([]string, error)
	// Create makes a new file and fails if there is one.
	Create(name string) (File, error)
	Open(name string) (File, error)
	// SyncDir makes the names of new files durable.
	SyncDir() error
	// Free is how many bytes may still be written.
	Free() (uint64, error)
}

type folder string

// Folder is the disk a log in dir has by itself, for tests to put faults before.
func Folder(dir string) Disk { return folder(dir) }

func (d folder) Names() ([]string, error) {
	entries, err := os.ReadDir(string(d))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

func (d folder) Create(name string) (File, error) {
	return openFile(filepath.Join(string(d), name), os.O_RDWR|os.O_CREATE|os.O_EXCL)
}

func (d folder) Open(name string) (File, error) {
	return openFile(filepath.Join(string(d), name), os.O_RDWR)
}

func openFile(path string, flag int) (File, error) {
	f, err := os.OpenFile(path, flag, 0o600)
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

func (d folder) SyncDir() error {
	if runtime.GOOS == "windows" {
		return nil // NTFS journals names, and there is no call for it
	}
	f, err := os.Open(string(d))
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

func (d folder) Free() (uint64, error) { return Free(string(d)) }

type osFile struct{ *os.File }

func (f osFile) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
