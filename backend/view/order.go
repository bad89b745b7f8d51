package view

import (
	"iter"
	"maps"
	"slices"
)

// sortedFields walks a map in the order of its keys, so that what is made of
// it is the same on every machine.
func sortedFields[V any](m map[string]V) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}
