package office

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"jiesu/backend/journal"
)

// Stream is the stream's name.
const Stream = "office"

// MaxAct limits the JSON of one act; an adopted rulebook travels inside.
const MaxAct = 2 << 20

// ErrAct is wrapped by everything wrong with an act's bytes.
var ErrAct = errors.New("office: not a readable act")

// Act is one change to the office.
type Act struct {
	Version  int       `json:"v"`
	At       time.Time `json:"at"`
	Recorded time.Time `json:"recorded"`
	Unit     string    `json:"unit"`
	Officer  string    `json:"officer"`
	Effects  Effects   `json:"effects"`
}

// Encode gives the plaintext to seal.
func (a Act) Encode() ([]byte, error) {
	b, err := json.Marshal(a)
	if err != nil {
		return nil, fmt.Errorf("office: encode: %w", err)
	}
	if len(b) > MaxAct {
		return nil, fmt.Errorf("%w: %d bytes", ErrAct, len(b))
	}
	return b, nil
}

// Decode reads an opened part.
func Decode(b []byte) (*Act, error) {
	var a Act
	if len(b) > MaxAct {
		return nil, fmt.Errorf("%w: %d bytes", ErrAct, len(b))
	}
	if err := json.Unmarshal(b, &a); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrAct, err)
	}
	if a.Version != 0 {
		return nil, fmt.Errorf("%w: version %d", ErrAct, a.Version)
	}
	return &a, nil
}

// Entry is one entry of the stream.
type Entry struct {
	journal.Node
	By  journal.PublicKey // who signed
	Act *Act              // nil: could not be opened
}
