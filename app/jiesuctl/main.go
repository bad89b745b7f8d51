// Command jiesuctl is the complaint desk as a command line: the same tasks as
// the window, for scripts, for tests and for a machine without a display. It
// knows no window and needs no cgo.
//
// It decides nothing itself: every command hands its arguments to package desk
// and prints the answer. Commands, JSON names and exit codes are append-only;
// every command's JSON has a golden file in testdata.
package main

import (
	"bufio"
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"jiesu/backend/desk"
	"jiesu/backend/vault"
)

func main() {
	vault.NoCoreDumps()
	debug.SetMemoryLimit(desk.MemoryLimit)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	p := &program{in: bufio.NewReader(os.Stdin), out: os.Stdout, err: os.Stderr, now: time.Now, prompt: promptOn(os.Stdin, os.Stderr)}
	code := p.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}
