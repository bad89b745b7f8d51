//go:build !windows

package disk

import (
	"os"

	"golang.org/x/sys/unix"
)

const scannersHoldFiles = false

// Free is the space that an ordinary user may still fill.
func Free(dir string) (uint64, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, err
	}
	return st.Bavail * uint64(st.Bsize), nil
}

// SyncDir makes new, renamed and removed names in dir survive a power cut.
func SyncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
