package complaint

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Limits of an act from outside.
const (
	MaxAct     = 2 << 20 // bytes of the JSON
	MaxEffects = 500
)

// ErrAct is wrapped by everything that is wrong with an act's bytes.
var ErrAct = errors.New("complaint: not a readable act")

// Ref names a person or an office.
type Ref struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Act is one thing an officer did to a case.
type Act struct {
	Version  int       `json:"v"`
	Action   string    `json:"action"`
	Label    string    `json:"label"`
	Track    string    `json:"track,omitempty"`
	At       time.Time `json:"at"`
	Recorded time.Time `json:"recorded"`
	Officer  Ref       `json:"officer"`
	Office   string    `json:"office"`
	Reason   string    `json:"reason,omitempty"`
	Effects  Effects   `json:"effects"`

	// Identity are the effects of part 1; nil where they cannot be read.
	Identity Effects `json:"-"`
	// Reversible says whether the action may be undone; it is part of the act
	// because the fold reads no regime.
	Reversible bool `json:"reversible,omitempty"`
}

type identityPart struct {
	Version int     `json:"v"`
	Effects Effects `json:"effects"`
}

// Encode gives the plaintexts to seal: the act, and the identity part or nil.
func (a *Act) Encode() (act, identity []byte, err error) {
	if act, err = json.Marshal(a); err != nil {
		return nil, nil, fmt.Errorf("complaint: encode act: %w", err)
	}
	if len(act) > MaxAct {
		return nil, nil, fmt.Errorf("%w: %d bytes", ErrAct, len(act))
	}
	if len(a.Identity) == 0 {
		return act, nil, nil
	}
	if identity, err = json.Marshal(identityPart{Effects: a.Identity}); err != nil {
		return nil, nil, fmt.Errorf("complaint: encode identity part: %w", err)
	}
	return act, identity, nil
}

// Decode reads the opened parts; identity may be nil.
func Decode(act, identity []byte) (*Act, error) {
	if len(act) > MaxAct || len(identity) > MaxAct {
		return nil, fmt.Errorf("%w: too large", ErrAct)
	}
	var a Act
	if err := json.Unmarshal(act, &a); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrAct, err)
	}
	if a.Version != 0 {
		return nil, fmt.Errorf("%w: version %d", ErrAct, a.Version)
	}
	if len(identity) > 0 {
		var part identityPart
		if err := json.Unmarshal(identity, &part); err != nil || part.Version != 0 {
			return nil, fmt.Errorf("%w: identity part: %v", ErrAct, err)
		}
		a.Identity = part.Effects
	}
	return &a, nil
}

// NeedsNewer reports whether the act holds effects this program does not know.
func (a *Act) NeedsNewer() bool {
	for _, e := range a.Effects {
		if _, unknown := e.(*Unknown); unknown {
			return true
		}
	}
	return false
}
