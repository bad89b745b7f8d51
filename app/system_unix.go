//go:build !windows

package app

import (
	"os/exec"

	"jiesu/backend/fault"
)

var errNoViewer = fault.New(fault.Failed, "no-viewer", "系统没有能打开此文件的程序", "请安装相应的查看程序，或另存后用其他程序打开")

// openWithSystem shows a file with the program the system has for it.
func openWithSystem(path string) error {
	return launch("xdg-open", path)
}

// printWithSystem prints where a print system is there, and else shows the
// file, from where it can be printed.
func printWithSystem(path string) error {
	if _, err := exec.LookPath("lp"); err == nil {
		if err := exec.Command("lp", "--", path).Run(); err == nil {
			return nil
		}
	}
	return openWithSystem(path)
}

func launch(program, path string) error {
	command := exec.Command(program, path)
	if err := command.Start(); err != nil {
		return errNoViewer.Wrap(err)
	}
	go func() { _ = command.Wait() }() // only so that no zombie stays; how it ends says nothing
	return nil
}
