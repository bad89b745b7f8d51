package office

import (
	"bytes"
	"slices"

	"jiesu/backend/journal"
)

// Verdict says whether an entry counts, and in whose name.
type Verdict struct {
	Counts  bool
	Unit    *Unit
	Officer *Officer
	Why     string // why not, for a person
}

// Judge says whether an entry outside the office stream counts: its replica
// and signer are known to a unit that counts, and neither had ended before it.
func (s *State) Judge(e *journal.Entry) Verdict {
	r := s.Replicas[e.ReplicaID()]
	if r == nil {
		return Verdict{Why: "来自未登记的副本"}
	}
	unit := s.Units[r.Unit]
	if unit == nil || !unit.Counts {
		return Verdict{Unit: unit, Why: "该单位尚未被接纳"}
	}
	v := Verdict{Unit: unit}
	if bytes.Equal(e.By, e.Replica) { // background work of the replica itself
		v.Counts = !r.Removed || e.Seq <= r.Upto || s.Confirmed[e.ID]
		return v
	}
	v.Officer = unit.signer(e.By)
	switch {
	case s.Confirmed[e.ID]:
		v.Counts = v.Officer != nil
	case v.Officer == nil:
		v.Why = "签名人不是该单位的人员"
	case r.Removed && e.Seq > r.Upto:
		v.Why = "该副本已被移除，移除之后写入的内容需经确认"
	case v.Officer.Retired && e.Seq > v.Officer.Upto[e.ReplicaID()]:
		v.Why = "该人员已离岗，离岗之后写入的内容需经确认"
	default:
		v.Counts = true
	}
	return v
}

// Has reports whether an officer has a role. A role only a regime knows, which
// nobody in the unit was given, is everybody's who may act on cases: a small
// office has one desk.
func (u *Unit) Has(officer *Officer, role string) bool {
	if officer == nil || officer.Retired {
		return false
	}
	if slices.Contains(officer.Roles, role) {
		return true
	}
	switch role {
	case Administrator, Handler, Approver, IdentityRole, Auditor:
		return false
	}
	for _, o := range u.Officers {
		if !o.Retired && slices.Contains(o.Roles, role) {
			return false
		}
	}
	return slices.Contains(officer.Roles, Handler)
}

// InCharge reports whether an officer answers for a unit or department. Where
// nobody was ever put in charge of anything, everybody is: a small office has
// one desk. From the first such entry on it holds strictly.
func (u *Unit) InCharge(officer *Officer, name string) bool {
	if officer == nil || officer.Retired {
		return false
	}
	if slices.Contains(officer.InCharge, name) {
		return true
	}
	for _, o := range u.Officers {
		if !o.Retired && len(o.InCharge) > 0 {
			return false
		}
	}
	return true
}

// Skilled names the active officers who have every one of the skills. It is not
// asked where none is needed, or where nobody in the unit has one on record: a
// small office has one desk.
func (u *Unit) Skilled(skills []string) (names []string, asked bool) {
	for _, id := range sorted(u.Officers) {
		o := u.Officers[id]
		if o.Retired {
			continue
		}
		asked = asked || len(o.Skills) > 0
		if !slices.ContainsFunc(skills, func(s string) bool { return !slices.Contains(o.Skills, s) }) {
			names = append(names, o.Name)
		}
	}
	return names, asked && len(skills) > 0
}

// OfficerByName finds an active officer of the unit.
func (u *Unit) OfficerByName(name string) *Officer {
	for _, id := range sorted(u.Officers) {
		if o := u.Officers[id]; o.Name == name && !o.Retired {
			return o
		}
	}
	return nil
}

// ReplicaCode is the two characters a replica puts into numbers: from its key,
// so that two machines of one office never give the same number. The alphabet
// leaves out what is misread aloud or in print (0 O 1 I L U).
func ReplicaCode(key journal.PublicKey) string {
	const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
	id := key.KeyID()
	var n int
	for _, c := range []byte(id[:6]) {
		n = n*16 + int(hexValue(c))
	}
	return string([]byte{alphabet[n%len(alphabet)], alphabet[n/len(alphabet)%len(alphabet)]})
}

func hexValue(c byte) byte {
	if c >= 'a' {
		return c - 'a' + 10
	}
	return c - '0'
}
