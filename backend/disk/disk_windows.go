//go:build windows

package disk

import "golang.org/x/sys/windows"

const scannersHoldFiles = true

// Free is the space that this user may still fill.
func Free(dir string) (uint64, error) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	var free uint64
	err = windows.GetDiskFreeSpaceEx(name, &free, nil, nil)
	return free, err
}

// SyncDir does nothing: NTFS journals names, and Windows has no call for it.
func SyncDir(string) error { return nil }
