// Package fault holds the errors that people meet.
//
// A Fault carries a kind (what the program may do about it), a stable code
// (for scripts), a Chinese sentence (what happened) and a hint (what to do
// next). Causes are wrapped for the log and never shown.
//
// It is not a logging package and knows nothing of complaints; it is the one
// package every other may import. Kinds and codes are append-only: scripts
// rely on them.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what kind of trouble it is. It decides the exit code of jiesuctl.
type Kind int

// Do not reorder; new kinds go to the end.
const (
	Failed    Kind = iota // something broke: exit 4
	Refused               // a rule says no: exit 1
	Usage                 // the caller's arguments are wrong: exit 2
	Retry                 // try again later: offline, locked, disk full: exit 3
	NotFound              // no such thing: exit 1
	Forbidden             // this officer may not: exit 1
	Damaged               // stored or received bytes are not what they were: exit 4
)

// ExitCode is the exit status of jiesuctl for the kind.
func (k Kind) ExitCode() int {
	switch k {
	case Refused, NotFound, Forbidden:
		return 1
	case Usage:
		return 2
	case Retry:
		return 3
	}
	return 4
}

// Fault is an error with a sentence for a person.
type Fault struct {
	Kind    Kind
	Code    string // stable, lower-case, dashes: "case-not-found"
	Message string // one Chinese sentence: what happened
	Hint    string // what to do next, may be empty
	Field   string // the form field it belongs to, may be empty
	cause   error
}

// New makes a fault. code is stable for ever once released.
func New(kind Kind, code, message, hint string) *Fault {
	return &Fault{Kind: kind, Code: code, Message: message, Hint: hint}
}

// Wrap returns a copy of f with a cause for the log.
func (f *Fault) Wrap(cause error) *Fault {
	g := *f
	g.cause = cause
	return &g
}

// At returns a copy of f that belongs to a form field.
func (f *Fault) At(field string) *Fault {
	g := *f
	g.Field = field
	return &g
}

// Error is for the log; a person is shown Message and Hint.
func (f *Fault) Error() string {
	if f.cause != nil {
		return fmt.Sprintf("%s: %s: %v", f.Code, f.Message, f.cause)
	}
	return f.Code + ": " + f.Message
}

// Unwrap gives the cause to errors.Is and errors.As.
func (f *Fault) Unwrap() error { return f.cause }

// Is reports whether target is a fault with the same code.
func (f *Fault) Is(target error) bool {
	var other *Fault
	return errors.As(target, &other) && other.Code == f.Code
}

// Of finds the fault in err, or makes an "internal" one around it, so that
// every error has a sentence. Of(nil) is nil.
func Of(err error) *Fault {
	if err == nil {
		return nil
	}
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return New(Failed, "internal", "程序内部出错，本次操作没有完成", "请重试；如再次出现，请把错误编号告诉技术支持").Wrap(err)
}
