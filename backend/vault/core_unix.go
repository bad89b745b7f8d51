//go:build unix

package vault

import "syscall"

// NoCoreDumps keeps keys and cases of a crashed program off the disk. That it
// cannot be set is no reason not to work.
func NoCoreDumps() {
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
}
