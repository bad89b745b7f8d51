package sharedfolder

import (
	"errors"
	"syscall"
)

const (
	errorInvalidFunction = syscall.Errno(1)
	errorWriteProtect    = syscall.Errno(19)
	errorHandleDiskFull  = syscall.Errno(39)
	errorNotSupported    = syscall.Errno(50)
	errorDiskFull        = syscall.Errno(112)
)

// notSupported: the file system cannot sync, which is no failure of the write.
// Folders can never be synced on Windows: they open without write access.
func notSupported(err error) bool {
	return errors.Is(err, errorNotSupported) || errors.Is(err, errorInvalidFunction) ||
		errors.Is(err, syscall.ERROR_ACCESS_DENIED)
}

func diskFull(err error) bool {
	return errors.Is(err, errorDiskFull) || errors.Is(err, errorHandleDiskFull) || errors.Is(err, syscall.ENOSPC)
}

func readOnly(err error) bool { return errors.Is(err, errorWriteProtect) }
