package office

import (
	"encoding/json"

	"jiesu/backend/journal"
)

// Roles every unit knows; a regime adds its own.
const (
	Administrator = "admin"    // officers, profile, admission
	Handler       = "handler"  // may act on cases
	Approver      = "approver" // 负责人: approves extensions and refusals
	IdentityRole  = "identity" // may see protected persons
	Auditor       = "auditor"  // reads all, changes nothing
)

// Officer is a person with a key.
type Officer struct {
	ID    string            `json:"id"`
	Name  string            `json:"name"`
	Phone string            `json:"phone,omitempty"`
	Roles []string          `json:"roles"`
	Sign  journal.PublicKey `json:"sign"` // verifies what he signed
	Age   string            `json:"age"`  // wraps keys for him

	InCharge []string `json:"in_charge,omitempty"` // units and departments this officer answers for
	Skills   []string `json:"skills,omitempty"`    // what this officer knows (专长), in the words of the rulebooks

	Retired bool              `json:"retired,omitempty"`
	Upto    map[string]uint64 `json:"upto,omitempty"` // replica → last number that counts
}

// Replica is one data folder.
type Replica struct {
	Key   journal.PublicKey `json:"key"`
	Age   string            `json:"age"`
	Label string            `json:"label,omitempty"` // 前台电脑 …

	Unit    string `json:"unit"`
	Removed bool   `json:"removed,omitempty"`
	Upto    uint64 `json:"upto,omitempty"`
}

// Found starts a unit. It must be the unit's first act, signed by the officer
// it names, written by the replica it names.
type Found struct {
	Unit    string  `json:"unit"` // key id of the officer's key
	Code    string  `json:"code"`
	Name    string  `json:"name"`
	Officer Officer `json:"officer"`
	Replica Replica `json:"replica"`
}

// SetOfficer adds an officer of the unit or changes name, phone and roles.
type SetOfficer struct {
	Officer Officer `json:"officer"`
}

// Retire ends an officer. Upto: per replica, the last of his entries that count.
type Retire struct {
	Officer string            `json:"officer"`
	Upto    map[string]uint64 `json:"upto,omitempty"`
}

// SetReplica adds a data folder to the signer's own unit (restore, fork, second
// PC). It is written by the replica it names.
type SetReplica struct {
	Replica Replica `json:"replica"`
}

// Admit makes a unit count in the space.
type Admit struct {
	Unit string `json:"unit"`
}

// Remove ends a replica (Replica) or a whole unit (Unit).
type Remove struct {
	Replica string `json:"replica,omitempty"`
	Unit    string `json:"unit,omitempty"`
	Upto    uint64 `json:"upto,omitempty"`
}

// SetProfile sets entries of the unit's profile (domain E1); "" clears.
type SetProfile struct {
	Values map[string]string `json:"values"`
}

// Adopt takes a rulebook, calendar or template file into use, with its content.
type Adopt struct {
	Kind    string `json:"kind"` // regime, calendar, template
	ID      string `json:"id"`
	Version string `json:"version"`
	Hash    string `json:"hash"` // SHA-256 of the content, hex
	Content []byte `json:"content,omitempty"`

	order int // among all files of all units, in the order of the history
}

// Before says that a file was adopted before another.
func (a Adopt) Before(b Adopt) bool { return a.order < b.order }

// SetClock sets a limit the regime leaves to the unit; "" takes it back.
type SetClock struct {
	Regime string `json:"regime"`
	Clock  string `json:"clock"`
	Span   string `json:"span"`
}

// SetLimit sets how far officers of a role may go alone with the remedies of a
// group (regime.Limit), in money for one case; "" takes it back.
type SetLimit struct {
	Regime string `json:"regime"`
	Role   string `json:"role"`
	Field  string `json:"field"`
	Max    string `json:"max"`
}

// LimitKey names such a limit among a unit's.
func LimitKey(regime, role, field string) string { return regime + "/" + role + "/" + field }

// Confirm lets entries count that a retired officer or removed replica wrote
// after its end.
type Confirm struct {
	Entries []journal.ID `json:"entries"`
}

// Unknown is an effect of a newer program, kept verbatim.
type Unknown struct {
	Name string
	With json.RawMessage
}

// Effect is one change an act makes.
type Effect interface{ name() string }

func (*Found) name() string      { return "found" }
func (*SetOfficer) name() string { return "officer" }
func (*Retire) name() string     { return "retire" }
func (*SetReplica) name() string { return "replica" }
func (*Admit) name() string      { return "admit" }
func (*Remove) name() string     { return "remove" }
func (*SetProfile) name() string { return "profile" }
func (*Adopt) name() string      { return "adopt" }
func (*SetClock) name() string   { return "clock" }
func (*SetLimit) name() string   { return "limit" }
func (*Confirm) name() string    { return "confirm" }
func (u *Unknown) name() string  { return u.Name }

var kinds = map[string]func() Effect{
	"found": func() Effect { return &Found{} }, "officer": func() Effect { return &SetOfficer{} },
	"retire": func() Effect { return &Retire{} }, "replica": func() Effect { return &SetReplica{} },
	"admit": func() Effect { return &Admit{} }, "remove": func() Effect { return &Remove{} },
	"profile": func() Effect { return &SetProfile{} }, "adopt": func() Effect { return &Adopt{} },
	"day": func() Effect { return &SetDay{} }, "clock": func() Effect { return &SetClock{} }, "limit": func() Effect { return &SetLimit{} }, "list_items": func() Effect { return &ListItem{} }, "confirm": func() Effect { return &Confirm{} },
}

// Effects is a list in stored form: [{"do":name,"with":{…}}, …].
type Effects []Effect

type stored struct {
	Do   string          `json:"do"`
	With json.RawMessage `json:"with"`
}

// MarshalJSON writes the stored form.
func (es Effects) MarshalJSON() ([]byte, error) {
	out := make([]stored, 0, len(es))
	for _, e := range es {
		if u, ok := e.(*Unknown); ok {
			out = append(out, stored{u.Name, u.With})
			continue
		}
		with, err := json.Marshal(e)
		if err != nil {
			return nil, err
		}
		out = append(out, stored{e.name(), with})
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads the stored form; what is unknown or broken is kept.
func (es *Effects) UnmarshalJSON(b []byte) error {
	var list []stored
	if err := json.Unmarshal(b, &list); err != nil {
		return err
	}
	for _, s := range list {
		if make, ok := kinds[s.Do]; ok {
			if e := make(); json.Unmarshal(s.With, e) == nil {
				*es = append(*es, e)
				continue
			}
		}
		*es = append(*es, &Unknown{Name: s.Do, With: append(json.RawMessage(nil), s.With...)})
	}
	return nil
}
