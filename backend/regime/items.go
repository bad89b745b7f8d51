package regime

import (
	"maps"
	"slices"
	"strings"
)

// Addition is an item that an office adds to an open list: the source says 等,
// so the list may grow without a new version of the rulebook.
type Addition struct {
	Regime string `json:"regime"` // its id: all versions get the item
	List   string `json:"list"`
	ID     string `json:"id"`
	Label  string `json:"label"`
}

// maxAdditions bounds what offices may add to one list.
const maxAdditions = 200

// Opens says whether the addition can be made: the list is there and open, the
// id is free and ASCII, the label says something that no other item says.
func (r *Regime) Opens(a Addition) bool {
	l := r.list(a.List)
	if l == nil || !l.Open || !validID(a.ID) || strings.Contains(a.ID, ".") || strings.TrimSpace(a.Label) == "" || len([]rune(a.Label)) > 100 {
		return false
	}
	return !slices.ContainsFunc(l.Items, func(x ListItem) bool { return x.ID == a.ID || x.Label == a.Label })
}

// WithItems is the book with the offices' own items at the end of open lists,
// wherever a list, its field or its labels are asked for. What a list does not
// take is left out. Hashes and sources stay those of the files, to which cases
// are bound; a case keeps the label of an added item beside its value, for offices
// that have not heard of it.
func (b *Book) WithItems(additions []Addition) *Book {
	next := &Book{vocabulary: b.vocabulary, regimes: maps.Clone(b.regimes), sources: b.sources}
	for key, r := range b.regimes {
		grown := *r
		grown.Lists = slices.Clone(r.Lists)
		for _, a := range additions {
			if a.Regime != r.ID || !grown.Opens(a) {
				continue
			}
			l := grown.list(a.List)
			if own := len(l.Items) - len(r.list(a.List).Items); own >= maxAdditions {
				continue
			}
			l.Items = append(slices.Clone(l.Items), ListItem{ID: a.ID, Label: a.Label, Flags: []string{AddedFlag}})
			next.regimes[key] = &grown
		}
	}
	return next
}

// AddedFlag marks an item that an office added.
const AddedFlag = "added"
