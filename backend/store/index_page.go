package store

import (
	"encoding/binary"
	"slices"
)

// A page is a sequence of entries: gram (uvarint, less the one before it in
// the page), number of postings (uvarint), their length in bytes (uvarint),
// and the postings: ordinals in rising order, each (uvarint) less the one
// before it in the entry. A gram with many postings has several entries.
const (
	pageSize      = 16 << 10
	entryPostings = 4096
)

// pageWriter packs postings that come in order of gram into pages.
type pageWriter struct {
	buf    []byte
	last   uint64
	firsts []uint64
	list   []byte // scratch
	emit   func(number uint32, page []byte) error
}

func (w *pageWriter) add(gram uint64, ordinals []uint32) error {
	for chunk := range slices.Chunk(ordinals, entryPostings) {
		if len(w.buf) == 0 {
			w.firsts = append(w.firsts, gram)
			w.last = 0
		}
		w.list = w.list[:0]
		before := uint32(0)
		for _, o := range chunk {
			w.list = binary.AppendUvarint(w.list, uint64(o-before))
			before = o
		}
		w.buf = binary.AppendUvarint(w.buf, gram-w.last)
		w.buf = binary.AppendUvarint(w.buf, uint64(len(chunk)))
		w.buf = binary.AppendUvarint(w.buf, uint64(len(w.list)))
		w.buf = append(w.buf, w.list...)
		w.last = gram
		if len(w.buf) >= pageSize {
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *pageWriter) flush() error {
	if len(w.buf) == 0 {
		return nil
	}
	err := w.emit(uint32(len(w.firsts)-1), w.buf)
	w.buf = w.buf[:0]
	return err
}

// pageReader reads the entries of a page.
type pageReader struct {
	rest     []byte
	gram     uint64
	n        int
	postings []byte
	broken   bool
}

// next moves to the next entry; false at the end, or if the page is broken.
func (r *pageReader) next() bool {
	if len(r.rest) == 0 {
		return false
	}
	r.gram += r.number()
	n, size := r.number(), r.number()
	if r.broken || size > uint64(len(r.rest)) || n > size {
		r.broken = true
		return false
	}
	r.n, r.postings, r.rest = int(n), r.rest[:size], r.rest[size:]
	return true
}

func (r *pageReader) number() uint64 {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.broken = true
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

// appendTo adds the entry's ordinals, all below limit, to list.
func (r *pageReader) appendTo(list []uint32, limit int) ([]uint32, bool) {
	list = slices.Grow(list, r.n)
	ordinal, rest := uint64(0), r.postings
	for range r.n {
		var d uint64
		if len(rest) > 0 && rest[0] < 0x80 { // nearly always
			d, rest = uint64(rest[0]), rest[1:]
		} else {
			v, n := binary.Uvarint(rest)
			if n <= 0 {
				return list, false
			}
			d, rest = v, rest[n:]
		}
		if ordinal += d; ordinal >= uint64(limit) {
			return list, false
		}
		list = append(list, uint32(ordinal))
	}
	return list, len(rest) == 0
}
