package view

import (
	"iter"
	"maps"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
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

// NameOrder compares names as a Chinese reader looks them up: by pinyin, Latin
// ones among them by their letters. It serves one sort, not several at once.
func NameOrder() func(a, b string) int {
	return collate.New(language.Chinese, collate.IgnoreWidth).CompareString
}
