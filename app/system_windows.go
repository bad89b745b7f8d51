//go:build windows

package app

import (
	"syscall"
	"unsafe"

	"jiesu/backend/fault"
)

var errNoViewer = fault.New(fault.Failed, "no-viewer", "系统没有能打开此文件的程序", "请安装相应的查看程序，或另存后用其他程序打开")

func openWithSystem(path string) error { return shellExecute("open", path) }

// printWithSystem falls back to showing: not every viewer knows the verb.
func printWithSystem(path string) error {
	if err := shellExecute("print", path); err == nil {
		return nil
	}
	return openWithSystem(path)
}

func shellExecute(verb, path string) error {
	v, err := syscall.UTF16PtrFromString(verb)
	if err != nil {
		return errNoViewer.Wrap(err)
	}
	file, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return errNoViewer.Wrap(err)
	}
	const showNormal = 1
	run := syscall.NewLazyDLL("shell32.dll").NewProc("ShellExecuteW")
	// ShellExecute answers with a number above 32 when it worked.
	if code, _, err := run.Call(0, uintptr(unsafe.Pointer(v)), uintptr(unsafe.Pointer(file)), 0, 0, showNormal); code <= 32 {
		return errNoViewer.Wrap(err)
	}
	return nil
}
