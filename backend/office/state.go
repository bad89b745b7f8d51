package office

import (
	"bytes"
	"slices"
	"sort"

	"jiesu/backend/journal"
)

// Unit is an office with its own officers and replicas.
type Unit struct {
	ID       string               `json:"id"`
	Code     string               `json:"code"`
	Name     string               `json:"name"`
	Founded  journal.ID           `json:"founded"`
	RootKey  journal.PublicKey    `json:"root_key"` // its first administrator's
	Counts   bool                 `json:"counts"`   // the root unit, or admitted
	Officers map[string]*Officer  `json:"officers"`
	Profile  map[string]string    `json:"profile"`
	Clocks   map[string]string    `json:"clocks"`           // "regime/clock" → span
	Limits   map[string]string    `json:"limits,omitempty"` // LimitKey → most in money
	Adopted  map[string]Adopt     `json:"adopted"`
	Items    map[string]ListItem  `json:"items,omitempty"` // own items of open lists
	Days     map[string]Day       `json:"days"`            // by date
	gone     map[string][]goneAct // officer or replica → acts that ended it
}

type goneAct struct{ id journal.ID }

// State is the folded office stream.
type State struct {
	Root      string              `json:"root"`
	Units     map[string]*Unit    `json:"units"`
	Replicas  map[string]*Replica `json:"replicas"`
	Confirmed map[journal.ID]bool `json:"confirmed"`
	Heads     []journal.ID        `json:"heads"`
	Waiting   int                 `json:"waiting"`
	Refused   []journal.ID        `json:"refused"` // acts without authority, kept without effect
	adopted   int                 // files so far
}

// Fold folds the stream as seen from root, the unit whose administrator's word
// counts first. It depends on the set of entries alone and never fails.
func Fold(root string, entries []Entry) *State {
	s := &State{Root: root, Units: map[string]*Unit{}, Replicas: map[string]*Replica{}, Confirmed: map[journal.ID]bool{}}
	nodes := make([]journal.Node, len(entries))
	byID := make(map[journal.ID]Entry, len(entries))
	for i, e := range entries {
		nodes[i], byID[e.ID] = e.Node, e
	}
	ordered, waiting := journal.Sort(nodes)
	past := journal.NewAncestry(ordered)
	for _, n := range ordered {
		e := byID[n.ID]
		if e.Act == nil {
			continue
		}
		for _, effect := range e.Act.Effects {
			if !s.apply(e, effect, past) {
				s.Refused = append(s.Refused, e.ID)
				break
			}
		}
	}
	s.Heads = journal.Heads(ordered)
	s.Waiting = len(waiting)
	return s
}

// apply reports false when the signer has no authority for the effect.
func (s *State) apply(e Entry, effect Effect, past *journal.Ancestry) bool {
	if f, ok := effect.(*Found); ok {
		return s.found(e, f)
	}
	unit := s.Units[e.Act.Unit]
	if unit == nil {
		return false
	}
	officer := unit.signer(e.By)
	if officer == nil || officer.Retired && e.Seq > officer.Upto[e.Replica] && !s.Confirmed[e.ID] {
		return false
	}
	if r, ok := effect.(*SetReplica); ok { // every officer may bring his own unit's new data folder
		return s.setReplica(unit, e, r)
	}
	if !slices.Contains(officer.Roles, Administrator) {
		return false
	}
	return s.administer(unit, e, effect, past)
}

func (s *State) administer(unit *Unit, e Entry, effect Effect, past *journal.Ancestry) bool {
	switch f := effect.(type) {
	case *SetOfficer:
		return unit.setOfficer(f.Officer, e, past)
	case *Retire:
		return unit.retire(f, e)
	case *Admit:
		other := s.Units[f.Unit]
		if !unit.Counts || other == nil || ended(other.gone[f.Unit], e, past) {
			return false
		}
		other.Counts = true
	case *Remove:
		return s.remove(unit, f, e)
	case *SetProfile:
		for k, v := range f.Values {
			unit.Profile[k] = v
		}
	case *Adopt:
		s.adopted++
		a := *f
		a.order = s.adopted
		unit.Adopted[f.Kind+"/"+f.ID+"@"+f.Version] = a
	case *SetDay:
		return unit.setDay(f)
	case *SetClock:
		unit.Clocks[f.Regime+"/"+f.Clock] = f.Span
	case *SetLimit:
		if unit.Limits == nil {
			unit.Limits = map[string]string{}
		}
		unit.Limits[LimitKey(f.Regime, f.Role, f.Field)] = f.Max
	case *ListItem:
		if unit.Items == nil {
			unit.Items = map[string]ListItem{}
		}
		unit.Items[f.key()] = *f
	case *Confirm:
		if !unit.Counts {
			return false
		}
		for _, id := range f.Entries {
			s.Confirmed[id] = true
		}
	}
	return true
}

// found starts a unit. Its id is that of its first administrator's key, so that
// nobody else can found it, with an earlier clock or not.
func (s *State) found(e Entry, f *Found) bool {
	if s.Units[f.Unit] != nil || f.Unit != e.By.KeyID() || !bytes.Equal(f.Officer.Sign, e.By) || f.Replica.Key.KeyID() != e.Replica {
		return false
	}
	officer := f.Officer
	replica := f.Replica
	replica.Unit = f.Unit
	s.Units[f.Unit] = &Unit{ID: f.Unit, Code: f.Code, Name: f.Name, Founded: e.ID, RootKey: f.Officer.Sign, Counts: f.Unit == s.Root,
		Officers: map[string]*Officer{officer.ID: &officer}, Profile: map[string]string{}, Clocks: map[string]string{},
		Adopted: map[string]Adopt{}, Days: map[string]Day{}, gone: map[string][]goneAct{}}
	s.Replicas[e.Replica] = &replica
	return true
}

func (u *Unit) setOfficer(o Officer, e Entry, past *journal.Ancestry) bool {
	if o.ID == "" || o.Name == "" || ended(u.gone[o.ID], e, past) {
		return false
	}
	if have := u.Officers[o.ID]; have != nil && len(o.Sign) == 0 {
		o.Sign, o.Age = have.Sign, have.Age
	}
	o.Retired, o.Upto = false, nil
	u.Officers[o.ID] = &o
	return true
}

func (u *Unit) retire(f *Retire, e Entry) bool {
	o := u.Officers[f.Officer]
	if o == nil {
		return false
	}
	o.Retired, o.Upto = true, f.Upto
	u.gone[f.Officer] = append(u.gone[f.Officer], goneAct{e.ID})
	return true
}

// setReplica makes a data folder known; it must say so itself, or somebody else
// could take its key for his own unit.
func (s *State) setReplica(unit *Unit, e Entry, f *SetReplica) bool {
	id := f.Replica.Key.KeyID()
	if len(f.Replica.Key) == 0 || id != e.Replica {
		return false
	}
	if have := s.Replicas[id]; have != nil { // a key belongs to one unit, for ever
		return have.Unit == unit.ID
	}
	r := f.Replica
	r.Unit, r.Removed, r.Upto = unit.ID, false, 0
	s.Replicas[id] = &r
	return true
}

func (s *State) remove(by *Unit, f *Remove, e Entry) bool {
	if f.Unit != "" {
		target := s.Units[f.Unit]
		if target == nil || !by.Counts || f.Unit == s.Root {
			return false
		}
		target.Counts = false
		target.gone[f.Unit] = append(target.gone[f.Unit], goneAct{e.ID})
		return true
	}
	r := s.Replicas[f.Replica]
	if r == nil || !by.Counts && r.Unit != by.ID {
		return false
	}
	r.Removed, r.Upto = true, f.Upto
	return true
}

// ended reports whether something was ended by an act the entry had not seen:
// then the end wins.
func ended(ends []goneAct, e Entry, past *journal.Ancestry) bool {
	for _, g := range ends {
		if !past.Saw(e.ID, g.id) {
			return true
		}
	}
	return false
}

func (u *Unit) signer(key journal.PublicKey) *Officer {
	for _, id := range sorted(u.Officers) {
		if o := u.Officers[id]; bytes.Equal(o.Sign, key) {
			return o
		}
	}
	return nil
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
