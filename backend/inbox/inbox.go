// Package inbox is the fold of the stream "message:<id>": what became of a
// received mail. The id is a keyed hash of the mail's bytes, so two offices
// that read one mailbox speak of the same message and a double registration
// shows as a contradiction.
//
// It reads no MIME (message), fetches nothing (mailbox) and opens nothing.
//
// # Act, format 0
//
//	{"v":0, "do":"received", "at":"…", "officer":{…}, "office":"…",
//	 "received":{"account":…, "folder":…, "uidvalidity":…, "uid":…, "blob":{…}, …}}
//	{"v":0, "do":"registered"|"joined", …, "case":"<case id>"}
//	{"v":0, "do":"moved", …, "case":"<case id>"}   to the half of its case that keeps it
//	{"v":0, "do":"dismissed", …, "reason":"…"}      back with {"do":"reopened"}
//
// Names are for ever; an unknown "do" is kept and changes nothing.
package inbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"jiesu/backend/journal"
)

// States of a message.
const (
	New        = "new"
	Registered = "registered"
	Dismissed  = "dismissed"
	Joined     = "joined"
	Unreadable = "unreadable"

	Moved = "moved" // an act, not a state: the message is registered as another case now
)

// ErrAct is wrapped by everything wrong with an act's bytes.
var ErrAct = errors.New("inbox: not a readable act")

// Blob names the original on disk.
type Blob struct {
	Hash string `json:"hash"`
	Key  []byte `json:"key"`
	Size int64  `json:"size"`
}

// Received is where a message came from and what its head said.
type Received struct {
	Account     string    `json:"account,omitempty"`
	Folder      string    `json:"folder,omitempty"`
	UIDValidity uint32    `json:"uidvalidity,omitempty"`
	UID         uint32    `json:"uid,omitempty"`
	SHA256      string    `json:"sha256"` // of the original; inside the sealed part
	Blob        Blob      `json:"blob"`
	MessageID   string    `json:"message_id,omitempty"`
	InReplyTo   []string  `json:"in_reply_to,omitempty"`
	FromName    string    `json:"from_name,omitempty"`
	FromAddress string    `json:"from_address,omitempty"`
	Subject     string    `json:"subject,omitempty"`
	Date        time.Time `json:"date,omitzero"`
	Snippet     string    `json:"snippet,omitempty"`
	Files       int       `json:"files,omitempty"`
	Auto        bool      `json:"auto,omitempty"`
	Warning     string    `json:"warning,omitempty"` // why it needs a person
	Broken      bool      `json:"broken,omitempty"`
	Sealed      bool      `json:"sealed,omitempty"` // the rest stands in the identity part
}

// Open is what everybody may know of a sealed mail: that it came, where and
// when, and the name of the sealed file.
func (r Received) Open() Received {
	return Received{Account: r.Account, Folder: r.Folder, UIDValidity: r.UIDValidity, UID: r.UID, SHA256: r.SHA256,
		Blob: Blob{Hash: r.Blob.Hash, Size: r.Blob.Size}, Date: r.Date, Sealed: true}
}

// Act is one thing done with a message.
type Act struct {
	Version  int       `json:"v"`
	Do       string    `json:"do"`
	At       time.Time `json:"at"`
	Officer  string    `json:"officer"`
	Office   string    `json:"office"`
	Received *Received `json:"received,omitempty"`
	Case     string    `json:"case,omitempty"`
	Reason   string    `json:"reason,omitempty"`
}

// Encode gives the plaintext to seal.
func (a Act) Encode() ([]byte, error) {
	b, err := json.Marshal(a)
	if err == nil && len(b) > 256<<10 {
		err = fmt.Errorf("%w: %d bytes", ErrAct, len(b))
	}
	return b, err
}

// Decode reads an opened part.
func Decode(b []byte) (*Act, error) {
	var a Act
	if err := json.Unmarshal(b, &a); err != nil || a.Version != 0 {
		return nil, fmt.Errorf("%w: %v", ErrAct, err)
	}
	return &a, nil
}

// Entry is one entry of a message's stream.
type Entry struct {
	journal.Node
	Act *Act
}

// Message is the folded state.
type Message struct {
	ID       string       `json:"id"`
	State    string       `json:"state"`
	Case     string       `json:"case,omitempty"`
	Others   []string     `json:"others,omitempty"` // further cases it was registered as, apart: a double
	Reason   string       `json:"reason,omitempty"`
	Received Received     `json:"received"`
	Heads    []journal.ID `json:"heads"`
}

// Fold folds the stream; it depends on the set of entries alone.
func Fold(id string, entries []Entry) *Message {
	m := &Message{ID: id, State: New}
	nodes := make([]journal.Node, len(entries))
	byID := make(map[journal.ID]Entry, len(entries))
	for i, e := range entries {
		nodes[i], byID[e.ID] = e.Node, e
	}
	ordered, _ := journal.Sort(nodes)
	for _, n := range ordered {
		if a := byID[n.ID].Act; a != nil {
			m.apply(a)
		}
	}
	m.Heads = journal.Heads(ordered)
	return m
}

func (m *Message) apply(a *Act) {
	switch a.Do {
	case "received":
		if a.Received != nil && m.Received.SHA256 == "" {
			m.Received = *a.Received
			if a.Received.Broken && m.State == New {
				m.State = Unreadable
			}
		}
	case "registered", "joined":
		if m.Case != "" && m.Case != a.Case {
			m.Others = append(m.Others, a.Case)
			return
		}
		m.State, m.Case = a.Do, a.Case
	case Moved:
		m.State, m.Case, m.Others = Registered, a.Case, nil
	case "dismissed":
		if m.Case == "" {
			m.State, m.Reason = Dismissed, a.Reason
		}
	case "reopened":
		if m.Case == "" {
			m.State, m.Reason = New, ""
		}
	}
}
