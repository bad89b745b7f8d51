package regime

import (
	"crypto/sha256"
	"encoding/binary"
)

// The kinds of rules.
const (
	RuleRepeat = "repeat"
	RuleDraw   = "draw"
)

// Draws says whether a draw takes a case: by its number and the rule's seed
// alone, so that every office and every inspector draws the same ones, and
// nobody picks them.
func (r Rule) Draws(number string) bool {
	if r.Kind != RuleDraw || number == "" {
		return false
	}
	const hundred = 100
	sum := sha256.Sum256([]byte("jiesu draw\x00" + r.Seed + "\x00" + number))
	return binary.BigEndian.Uint64(sum[:8])%hundred < uint64(max(r.Percent, 0))
}
