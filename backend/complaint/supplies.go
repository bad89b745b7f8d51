package complaint

import (
	"slices"
	"strings"

	"jiesu/backend/regime"
)

// Supplies says whether anything can ever give a letter of a rulebook the value
// at a path: a field that a form or an effect fills, a mark that is set, a
// person who is assigned, the office's profile, or the program itself. A
// mandatory value that nothing supplies is a letter that can never be issued.
func Supplies(r *regime.Regime, path string) bool {
	path, _, _ = strings.Cut(path, "[]")
	head, rest, _ := strings.Cut(path, ".")
	switch head {
	case "office", "officer", "document", "serial", "sample", "copy":
		return true // the profile names what it has; what is empty there is told when a letter is made
	case "f":
		id, _, _ := strings.Cut(rest, ".")
		return r.Fills(id)
	case "mark":
		return r.Sets(rest)
	case "who":
		return assigns(r, rest)
	}
	switch path {
	case "case.number", "case.received_at", "acceptance.limit_text", "extension.until", "decision.authority_basis":
		return true
	}
	for _, s := range sources {
		if s.path == path || strings.HasPrefix(path, s.path+".") {
			return r.Fills(s.field)
		}
	}
	return head == "case" // the rest of case.* is the case's own
}

// assigns says whether an action puts somebody in that place.
func assigns(r *regime.Regime, slot string) bool {
	return slices.ContainsFunc(r.Actions, func(a regime.Action) bool {
		return slices.ContainsFunc(a.Effects, func(e regime.EffectSpec) bool {
			return e.Assign != nil && (e.Assign.Field == slot || e.Assign.Field == "" && slot == AssigneeSlot)
		})
	})
}
