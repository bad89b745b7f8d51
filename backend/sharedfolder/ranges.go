package sharedfolder

import "sort"

// span is a row of numbers, both ends included.
type span struct{ first, last uint64 }

// gaps are the parts of 1…last that no span covers.
func gaps(spans []span, last uint64) []span {
	sort.Slice(spans, func(i, j int) bool { return spans[i].first < spans[j].first })
	var out []span
	next := uint64(1)
	for _, s := range spans {
		if s.first > last {
			break
		}
		if s.first > next {
			out = append(out, span{next, s.first - 1})
		}
		next = max(next, s.last+1)
	}
	if next <= last {
		out = append(out, span{next, last})
	}
	return out
}

func total(spans []span) (n uint64) {
	for _, s := range spans {
		n += s.last - s.first + 1
	}
	return n
}
