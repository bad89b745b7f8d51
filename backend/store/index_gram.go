package store

import (
	"unicode"
	"unicode/utf8"
)

// A gram is a number of 44 bits. Wide characters are all outside ASCII.
//
//	one wide        0<<42 | rune
//	two wide        1<<42 | rune<<21 | rune
//	three of ASCII  2<<42 | byte<<16 | byte<<8 | byte, zeros behind the end of
//	                a run, so that short runs and ends can be found too
const (
	gramBits = 44
	twoWide  = 1 << 42
	ascii    = 2 << 42
)

// runs splits a text into runs of wide characters and of ASCII; spaces and
// control characters stand between runs.
func runs(text string, wide func([]rune), narrow func(string)) {
	var w []rune
	flush := func() {
		if len(w) > 0 {
			wide(w)
			w = w[:0]
		}
	}
	for i := 0; i < len(text); {
		start := i
		for i < len(text) && text[i] > ' ' && text[i] < 0x7F {
			i++
		}
		if i > start {
			flush()
			narrow(text[start:i])
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if r < 0x80 || unicode.IsSpace(r) || unicode.IsControl(r) {
			flush()
		} else {
			w = append(w, r)
		}
		i += n
	}
	flush()
}

func pairGram(a, b rune) uint64 { return twoWide | uint64(a)<<21 | uint64(b) }

func asciiGram(run string, i int) uint64 {
	g := uint64(run[i]) << 16
	if i+1 < len(run) {
		g |= uint64(run[i+1]) << 8
	}
	if i+2 < len(run) {
		g |= uint64(run[i+2])
	}
	return ascii | g
}

// grams calls fn for every gram of a text, with repetitions.
func grams(text string, fn func(gram uint64)) {
	runs(text, func(w []rune) {
		for i, r := range w {
			fn(uint64(r))
			if i+1 < len(w) {
				fn(pairGram(r, w[i+1]))
			}
		}
	}, func(run string) {
		for i := range len(run) {
			fn(asciiGram(run, i))
		}
	})
}

// lookup is a range of grams one of which a document must have. exact means
// that having it is containing the word.
type lookup struct {
	from, to uint64
	exact    bool
}

// maxLookups limits how many grams of a long query are looked up: the caller
// verifies anyway.
const maxLookups = 8

// planQuery chooses the grams to look up.
func planQuery(words []string) []lookup {
	var plan []lookup
	for _, word := range words {
		one := func(g uint64, whole int) {
			plan = append(plan, lookup{g, g, whole == len(word)})
		}
		runs(word, func(w []rune) {
			if len(w) == 1 {
				one(uint64(w[0]), utf8.RuneLen(w[0]))
			}
			for i := 0; i+1 < len(w); i += 2 { // side by side, and the end
				one(pairGram(w[i], w[i+1]), utf8.RuneLen(w[i])+utf8.RuneLen(w[i+1]))
			}
			if n := len(w); n > 2 && n%2 == 1 {
				one(pairGram(w[n-2], w[n-1]), 0)
			}
		}, func(run string) {
			if n := len(run); n < 3 {
				g := asciiGram(run, 0)
				plan = append(plan, lookup{g, g | (1<<(8*(3-n)) - 1), n == len(word)})
				return
			}
			for i := 0; i+3 <= len(run); i += 3 {
				one(asciiGram(run, i), 3)
			}
			if n := len(run); n%3 != 0 {
				one(asciiGram(run, n-3), 0)
			}
		})
	}
	return plan[:min(len(plan), maxLookups)]
}
