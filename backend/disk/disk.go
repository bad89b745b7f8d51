// Package disk is the little that the adapters need of a local disk beyond
// package os: replacing a small file so that a power cut leaves the old or the
// new one, making a folder's names durable, and how much space is free.
//
// It is not a file format and knows nothing of what it writes. It promises
// nothing about network folders: package sharedfolder has its own rules.
package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"jiesu/backend/fault"
)

// TempPrefix starts the name of every unfinished file.
const TempPrefix = ".tmp-"

// ErrFull says that the disk has less than the wanted space left.
var ErrFull = fault.New(fault.Retry, "disk-full",
	"磁盘空间不足，本次内容没有保存", "请清理磁盘后再试；清理之前只能查看，不能登记")

// Require gives ErrFull when dir has less than want bytes free. A system that
// cannot tell is not a reason to stop work.
func Require(dir string, want uint64) error {
	free, err := Free(dir)
	if err == nil && free < want {
		return ErrFull
	}
	return nil
}

// WriteFile replaces path by data: temporary file, fsync, close, rename, fsync
// of the folder. After an error the old file is still there, or the new one
// whole; never a mixture.
func WriteFile(path string, data []byte) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, TempPrefix+"*") // 0600
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return err
	}
	return SyncDir(dir)
}

// Rename is os.Rename that waits out a virus scanner holding the file, which
// on Windows shows as a refused permission for some milliseconds.
func Rename(from, to string) error {
	var err error
	for wait := time.Millisecond; wait < 2*time.Second; wait *= 2 {
		if err = os.Rename(from, to); err == nil || !errors.Is(err, fs.ErrPermission) || !scannersHoldFiles {
			return err
		}
		time.Sleep(wait)
	}
	return err
}

// CleanTemp removes unfinished files that a crash left in dir.
func CleanTemp(dir string) error {
	names, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, n := range names {
		if strings.HasPrefix(n.Name(), TempPrefix) && n.Type().IsRegular() {
			os.Remove(filepath.Join(dir, n.Name()))
		}
	}
	return nil
}
