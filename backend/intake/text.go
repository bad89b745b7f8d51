package intake

import (
	"sort"

	"golang.org/x/text/unicode/norm"
)

// maxText is how many characters of a mail are looked at. Nobody puts a phone
// number behind the hundredth page.
const maxText = 100_000

// maxBytes bounds what they become: one Arabic ligature is 18 characters.
const maxBytes = 4 * maxText

// text is a text in compatibility form (full-width digits and signs become
// plain ones), with the way back: every place in it maps to the original.
type text struct {
	s    string
	back []int  // byte of s → character of the original; one more for the end
	orig []rune // the original
}

func newText(s string) *text {
	t := &text{orig: []rune(s)}
	out := make([]byte, 0, len(s))
	end := min(len(t.orig), maxText)
	for i, r := range t.orig[:end] {
		if len(out) > maxBytes {
			end = i
			break
		}
		// one by one, so that no character moves across another
		n := string(r)
		if r >= 0x80 {
			n = norm.NFKC.String(n)
		}
		out = append(out, n...)
		for range len(n) {
			t.back = append(t.back, i)
		}
	}
	t.back = append(t.back, end)
	t.s = string(out)
	return t
}

// span maps bytes of s to characters of the original.
func (t *text) span(start, end int) [2]int {
	if start >= end {
		return [2]int{t.back[start], t.back[start]}
	}
	return [2]int{t.back[start], t.back[end-1] + 1}
}

// raw is what stands at a span of the original.
func (t *text) raw(span [2]int) string { return string(t.orig[span[0]:span[1]]) }

// zone is a stretch of text (bytes) that is less to be trusted.
type zone struct{ start, end int }

func (r *reading) quoted(at int) bool {
	i := sort.Search(len(r.zones), func(i int) bool { return r.zones[i].end > at })
	return i < len(r.zones) && r.zones[i].start <= at
}
