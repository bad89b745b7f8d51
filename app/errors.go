package app

import (
	"encoding/json"

	"jiesu/backend/fault"
)

// shownError is what the pages get of an error: never its cause, which may
// name people or files.
type shownError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
	Field   string `json:"field,omitempty"`
}

// errorJSON is a JSON text and not an object, because the web side of Wails
// makes a JavaScript Error of whatever it gets.
func errorJSON(err error) string {
	f := fault.Of(err)
	if f == nil {
		return ""
	}
	text, encodeErr := json.Marshal(shownError{Code: f.Code, Message: f.Message, Hint: f.Hint, Field: f.Field})
	if encodeErr != nil {
		return `{"code":"internal","message":"程序内部出错"}`
	}
	return string(text)
}
