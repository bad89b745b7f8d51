//go:build !windows

package journalfile

import "golang.org/x/sys/unix"

// Free is how many bytes this user may still write on the disk of dir.
func Free(dir string) (uint64, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, err
	}
	return st.Bavail * uint64(st.Bsize), nil
}
