package casebook

import (
	"maps"
	"slices"

	"jiesu/backend/office"
)

// rulesMoved reports whether limits, rulebooks or calendars of some unit differ.
func rulesMoved(a, b *office.State) bool {
	for id, u := range b.Units {
		old := a.Units[id]
		if old == nil {
			if len(u.Adopted) > 0 {
				return true
			}
			continue // its cases are parked
		}
		if len(u.Adopted) > 0 && old.Counts != u.Counts {
			return true
		}
		if !maps.Equal(old.Clocks, u.Clocks) || len(old.Adopted) != len(u.Adopted) {
			return true
		}
	}
	return false
}

// standingMoved reports whether somebody new counts.
func standingMoved(a, b *office.State) bool {
	if len(a.Replicas) != len(b.Replicas) || len(a.Confirmed) != len(b.Confirmed) || len(a.Units) != len(b.Units) {
		return true
	}
	for id, u := range b.Units {
		old := a.Units[id]
		if old.Counts != u.Counts || len(old.Officers) != len(u.Officers) {
			return true
		}
	}
	return endingMoved(a, b)
}

// endingMoved reports whether somebody ended whose entries counted.
func endingMoved(a, b *office.State) bool {
	for id, u := range b.Units {
		old := a.Units[id]
		if old == nil {
			continue
		}
		if old.Counts && !u.Counts {
			return true
		}
		for oid, o := range u.Officers {
			if was := old.Officers[oid]; was != nil && (was.Retired != o.Retired || !maps.Equal(was.Upto, o.Upto)) {
				return true
			}
		}
	}
	for id, r := range b.Replicas {
		if was := a.Replicas[id]; was != nil && (was.Removed != r.Removed || was.Upto != r.Upto) {
			return true
		}
	}
	return false
}

func sortedNames[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
