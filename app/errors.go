package app

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"

	"jiesu/backend/fault"
)

// shownError is what the pages get of an error: never its cause, which may
// name files.
type shownError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
	Field   string `json:"field,omitempty"`
	ID      string `json:"id,omitempty"` // finds the line in the log; only for what is not the officer's to mend
}

// showError is asked by Wails for every error of a bound method. The answer
// is a JSON text and not an object, because the web side of Wails makes a
// JavaScript Error of whatever it gets.
func (p *program) showError(err error) any {
	f := fault.Of(err)
	if f == nil {
		return ""
	}
	shown := shownError{Code: f.Code, Message: f.Message, Hint: f.Hint, Field: f.Field}
	if f.Kind == fault.Failed || f.Kind == fault.Damaged {
		shown.ID = newID()
		p.log.line(shown.ID, err.Error())
	}
	text, encodeErr := json.Marshal(shown)
	if encodeErr != nil {
		return `{"code":"internal","message":"程序内部出错"}`
	}
	return string(text)
}

// guard turns a panic of a bound method into an error: Wails recovers one
// too, but then the page waits for ever.
func guard(err *error) {
	if thrown := recover(); thrown != nil {
		*err = fault.Of(panicked{fmt.Sprint(thrown), debug.Stack()})
	}
}

// panicked carries where it happened into the log.
type panicked struct {
	what  string
	stack []byte
}

func (p panicked) Error() string { return "panic: " + p.what + "\n" + string(p.stack) }

var _ error = panicked{}

func newID() string {
	var b [4]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "00000000"
	}
	return hex.EncodeToString(b[:])
}

// joined keeps the first fault in front, so that its sentence is shown.
func joined(first, second error) error {
	if first == nil {
		return second
	}
	return errors.Join(first, second)
}
