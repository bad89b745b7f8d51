package complaint

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"strings"

	"jiesu/backend/journal"
)

// claim is one act's value for a slot.
type claim struct {
	Act   journal.ID `json:"act"`
	Value string     `json:"value"`
	Hard  bool       `json:"hard,omitempty"` // contradicts even when the values agree
}

// Contradiction is a set of acts that decided the same thing without having
// seen each other.
type Contradiction struct {
	ID    string       `json:"id"`
	Slots []string     `json:"slots"`
	Acts  []journal.ID `json:"acts"` // in canonical order
}

// claim puts a value on a slot; it replaces the claims its author had seen and
// takes the place of the first of them, so that the branch that is shown goes
// on being shown.
func (c *Case) claim(slot string, n claim, by *applied) {
	kept := make([]claim, 0, 2)
	placed := false
	for _, old := range c.Claims[slot] {
		switch {
		case old.Act != n.Act && !by.saw(old.Act):
			kept = append(kept, old)
		case !placed:
			kept, placed = append(kept, n), true
		}
	}
	if !placed {
		kept = append(kept, n)
	}
	c.Claims[slot] = kept
}

// Slot is the value shown for a slot: the only one, or until a person decides
// that of the branch that came first in canonical order.
func (c *Case) Slot(slot string) string {
	if claims := c.Claims[slot]; len(claims) > 0 {
		return claims[0].Value
	}
	return ""
}

// DecidedBy is the act whose value is shown for a slot.
func (c *Case) DecidedBy(slot string) journal.ID {
	if claims := c.Claims[slot]; len(claims) > 0 {
		return claims[0].Act
	}
	return ""
}

func disputed(claims []claim) bool {
	for _, cl := range claims {
		if len(claims) > 1 && (cl.Hard || cl.Value != claims[0].Value) {
			return true
		}
	}
	return false
}

// contradictions groups the disputed slots by the acts that dispute them.
func contradictions(claims map[string][]claim, order map[journal.ID]int) []Contradiction {
	group := map[journal.ID]journal.ID{}
	var root func(journal.ID) journal.ID
	root = func(id journal.ID) journal.ID {
		if group[id] == id {
			return id
		}
		group[id] = root(group[id])
		return group[id]
	}
	slots := map[string][]claim{}
	for slot, cs := range claims {
		if !disputed(cs) {
			continue
		}
		slots[slot] = cs
		for _, cl := range cs {
			if _, ok := group[cl.Act]; !ok {
				group[cl.Act] = cl.Act
			}
			group[root(cl.Act)] = root(cs[0].Act)
		}
	}
	found := map[journal.ID]*Contradiction{}
	for id := range group {
		r := root(id)
		if found[r] == nil {
			found[r] = &Contradiction{}
		}
		found[r].Acts = append(found[r].Acts, id)
	}
	for slot, cs := range slots {
		k := found[root(cs[0].Act)]
		k.Slots = append(k.Slots, slot)
	}
	return finish(found, order)
}

func finish(found map[journal.ID]*Contradiction, order map[journal.ID]int) []Contradiction {
	var out []Contradiction
	for _, k := range found {
		sort.Strings(k.Slots)
		sort.Slice(k.Acts, func(i, j int) bool { return order[k.Acts[i]] < order[k.Acts[j]] })
		ids := make([]string, len(k.Acts))
		for i, a := range k.Acts {
			ids[i] = string(a)
		}
		sort.Strings(ids)
		sum := sha256.Sum256([]byte(strings.Join(ids, " ")))
		k.ID = "k" + hex.EncodeToString(sum[:8])
		out = append(out, *k)
	}
	sort.Slice(out, func(i, j int) bool { return order[out[i].Acts[0]] < order[out[j].Acts[0]] })
	return out
}
