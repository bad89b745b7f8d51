// Package mailbox fetches mails over IMAP without leaving a trace on the
// server: read only, no flag set, nothing deleted, no date window. What was
// fetched is known from a ledger of UIDs, so a mail that somebody has read in
// webmail is imported all the same, and a mail that could not be fetched is
// named, never passed over in silence.
//
// It parses no mail, stores nothing and sends nothing. It is the only package
// that imports go-imap, of which it trusts little: one idle deadline a read,
// complete literals only, and a new connection after every fault. Fault codes
// and the meaning of Place are kept for ever, for ledgers hold places.
package mailbox

import (
	"context"
	"time"
)

// MaxMail is the largest mail that is fetched; larger ones are set aside.
const MaxMail = 64 << 20

// batch is how many mails one command asks for. Dovecot refuses commands with
// long sparse sets, and a cut costs at most the mail it falls into.
const batch = 200

// Security is how the connection is protected.
type Security string

// The zero value is TLS from the first byte.
const (
	TLS      Security = "on"
	StartTLS Security = "starttls"
	Plain    Security = "off"
)

// Account is a mailbox folder to fetch from.
type Account struct {
	Name     string // what the ledger calls it; empty: user@server
	Server   string // host or host:port
	User     string
	Password string
	Security Security
	CAFile   string // PEM, trusted besides the system's
	CA       []byte // the same as bytes
	Folder   string // empty: INBOX

	// What follows has defaults for a poor line; tests make it shorter.
	Idle    time.Duration // no byte for so long: the line is dead (60 s)
	Backoff time.Duration // before the first new connection, doubled each time (1 s)
	Retries int           // connections that may fail in a row (4)
}

// Place is where a mail lies. UIDs are valid as long as the folder keeps its
// UIDVALIDITY (RFC 9051 2.3.1.1).
type Place struct {
	Account     string `json:"account"`
	Folder      string `json:"folder"`
	UIDValidity uint32 `json:"uidvalidity"`
	UID         uint32 `json:"uid"`
}

// Mail is one fetched mail, complete to the last byte.
type Mail struct {
	Place
	Bytes  []byte
	SHA256 string
}

// Entry is a mail that was not fetched, and why, for a person.
type Entry struct {
	Place
	Size int64  `json:"size,omitempty"`
	Code string `json:"code"` // too-large, not-fetched
	Why  string `json:"why"`
}

// Ledger knows what was fetched before.
type Ledger interface {
	// Known reports that the mail is stored or set aside.
	Known(ctx context.Context, p Place) (bool, error)
	// Highest gives the highest UID known for this UIDVALIDITY, 0 for none.
	Highest(ctx context.Context, account, folder string, uidValidity uint32) (uint32, error)
}

// Sink takes what was fetched. Both calls must put the place into the ledger
// in the same transaction as what they store; an error ends the fetching. With
// UIDVALIDITY 0 a place means nothing and mails come again each time, so the
// sink tells duplicates by hash.
type Sink interface {
	Store(ctx context.Context, m Mail) error
	// SetAside notes a mail that is too large to be fetched.
	SetAside(ctx context.Context, e Entry) error
}

// Options say how to fetch.
type Options struct {
	Full     bool                  // look at all UIDs, not only at those after the highest known
	Progress func(done, total int) // called after every mail
}

// Report is what a fetch did; it is right also when the fetch ended early.
type Report struct {
	Messages    int     `json:"messages"` // in the folder
	UIDValidity uint32  `json:"uidvalidity"`
	New         int     `json:"new"` // not known to the ledger
	Fetched     int     `json:"fetched"`
	SetAside    []Entry `json:"set_aside"`
	Failed      []Entry `json:"failed"` // not in the ledger: a Full fetch tries them again
	Reconnects  int     `json:"reconnects"`
}

// Status is the answer of a connection test.
type Status struct {
	Folder   string `json:"folder"`
	Messages int    `json:"messages"`
}

// Check connects, logs in and opens the folder.
func Check(ctx context.Context, a Account) (Status, error) {
	a = a.filled()
	s, err := open(ctx, a)
	if err != nil {
		return Status{}, err
	}
	defer s.close()
	return Status{Folder: a.Folder, Messages: s.messages}, nil
}

func (a Account) filled() Account {
	if a.Name == "" {
		a.Name = a.User + "@" + a.host()
	}
	if a.Folder == "" {
		a.Folder = "INBOX"
	}
	if a.Security == "" {
		a.Security = TLS
	}
	if a.Idle <= 0 {
		a.Idle = 60 * time.Second
	}
	if a.Backoff <= 0 {
		a.Backoff = time.Second
	}
	if a.Retries <= 0 {
		a.Retries = 4
	}
	return a
}
