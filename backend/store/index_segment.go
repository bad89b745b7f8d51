package store

import (
	"encoding/binary"
	"errors"
	"slices"
	"sort"
)

const (
	docsPerChunk   = 40000
	firstsPerChunk = 20000
	// fewEnough candidates in a segment are not worth another page.
	fewEnough = 8
)

var errIndex = ErrDamaged.Wrap(errors.New("the search index is damaged"))

// load reads what stays in memory.
func (s *segment) load(t *Txn) error {
	for n := uint32(0); ; n++ {
		raw, found, err := t.Get(indexKeyOf(docsKind, s.id, n))
		if err != nil {
			return err
		}
		if !found {
			break
		}
		for ; len(raw) >= 4; raw = raw[4:] {
			s.docs = append(s.docs, binary.LittleEndian.Uint32(raw))
		}
	}
	for n := uint32(0); ; n++ {
		raw, found, err := t.Get(indexKeyOf(firstsKind, s.id, n))
		if err != nil {
			return err
		}
		if !found {
			break
		}
		for ; len(raw) >= 8; raw = raw[8:] {
			s.firsts = append(s.firsts, binary.LittleEndian.Uint64(raw))
		}
	}
	s.docs, s.firsts = slices.Clip(s.docs), slices.Clip(s.firsts)
	return nil
}

// lists encodes what load reads.
func (s *segment) lists(set func(key, value []byte) error) error {
	n := uint32(0)
	for chunk := range slices.Chunk(s.docs, docsPerChunk) {
		var raw []byte
		for _, d := range chunk {
			raw = binary.LittleEndian.AppendUint32(raw, d)
		}
		if err := set(indexKeyOf(docsKind, s.id, n), raw); err != nil {
			return err
		}
		n++
	}
	n = 0
	for chunk := range slices.Chunk(s.firsts, firstsPerChunk) {
		var raw []byte
		for _, f := range chunk {
			raw = binary.LittleEndian.AppendUint64(raw, f)
		}
		if err := set(indexKeyOf(firstsKind, s.id, n), raw); err != nil {
			return err
		}
		n++
	}
	return nil
}

func (s *segment) page(t *Txn, number int) ([]byte, error) {
	raw, found, err := t.Get(indexKeyOf(pageKind, s.id, uint32(number)))
	if err == nil && !found {
		err = errIndex
	}
	return raw, err
}

// search gives the ordinals that have a gram of every lookup. Without a lookup
// (a query of nothing but odd characters) all are candidates.
func (s *segment) search(t *Txn, plan []lookup) ([]uint32, error) {
	if len(plan) == 0 {
		all := make([]uint32, len(s.docs))
		for i := range all {
			all[i] = uint32(i)
		}
		return all, nil
	}
	var found []uint32
	for i, l := range plan {
		list, err := s.postings(t, l)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			found = list
		} else {
			found = intersect(found, list)
		}
		if len(found) <= fewEnough && (len(found) == 0 || !allExact(plan)) {
			break
		}
	}
	return found, nil
}

// allExact reports that nobody will verify, so every lookup counts.
func allExact(plan []lookup) bool {
	return !slices.ContainsFunc(plan, func(l lookup) bool { return !l.exact })
}

// postings are the ordinals that have a gram in the range, in rising order.
func (s *segment) postings(t *Txn, l lookup) ([]uint32, error) {
	// The page before the first that begins at the gram can end with it.
	at := sort.Search(len(s.firsts), func(i int) bool { return s.firsts[i] >= l.from })
	if at > 0 {
		at--
	}
	var list []uint32
	several := false // grams: then the lists overlap
	last := uint64(0)
	for ; at < len(s.firsts) && s.firsts[at] <= l.to; at++ {
		raw, err := s.page(t, at)
		if err != nil {
			return nil, err
		}
		r := pageReader{rest: raw}
		for r.next() && r.gram <= l.to {
			if r.gram < l.from {
				continue
			}
			several = several || len(list) > 0 && r.gram != last
			last = r.gram
			var ok bool
			if list, ok = r.appendTo(list, len(s.docs)); !ok {
				return nil, errIndex
			}
		}
		if r.broken {
			return nil, errIndex
		}
	}
	if several {
		slices.Sort(list)
		list = slices.Compact(list)
	}
	return list, nil
}

// intersect keeps in a what is in b; both rise.
func intersect(a, b []uint32) []uint32 {
	out := a[:0]
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			out = append(out, a[i])
			i++
			j++
		}
	}
	return out
}
