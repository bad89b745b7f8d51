package app

import (
	"log/slog"
	"os"
	"path/filepath"
	"sync"
)

const maxLog = 2 << 20

// errorLog keeps what technical support needs to follow an error id. Names,
// numbers and texts of cases never get into it: errors carry none.
type errorLog struct {
	mu   sync.Mutex
	file *os.File
	out  *slog.Logger
}

// newErrorLog opens jiesu.log, the last one kept as jiesu.log.1. Without a
// place to write it goes to standard error alone.
func newErrorLog(dir string) *errorLog {
	l := &errorLog{out: slog.New(slog.NewTextHandler(os.Stderr, nil))}
	name := filepath.Join(dir, "jiesu.log")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return l
	}
	if info, err := os.Stat(name); err == nil && info.Size() > maxLog {
		if err := os.Rename(name, name+".1"); err != nil {
			l.failure("log", err)
		}
	}
	file, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		l.failure("log", err)
		return l
	}
	l.file = file
	l.out = slog.New(slog.NewTextHandler(file, nil))
	return l
}

// line writes one line that an error id finds.
func (l *errorLog) line(id, text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.out.Error(text, "id", id)
}

// failure writes an error nobody is shown.
func (l *errorLog) failure(where string, err error) { l.line(where, err.Error()) }

func (l *errorLog) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file != nil {
		if err := l.file.Close(); err != nil {
			slog.Error("log", "err", err)
		}
		l.file = nil
		l.out = slog.New(slog.NewTextHandler(os.Stderr, nil))
	}
}
