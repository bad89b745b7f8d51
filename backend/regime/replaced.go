package regime

import "maps"

// Replaced is a copy of the book with these regimes instead of those of the
// same id and version, unchecked. It is for tests that prove what one line of
// a rulebook is good for: they take it away and see what fails.
func (b *Book) Replaced(rs ...*Regime) *Book {
	next := &Book{vocabulary: b.vocabulary, regimes: maps.Clone(b.regimes), sources: b.sources}
	for _, r := range rs {
		next.regimes[r.Key()] = r
	}
	return next
}
