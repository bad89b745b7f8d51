package pdf

import (
	"bytes"
	"compress/flate"
	"io"
	"slices"
	"sync"
)

// glyph is one outline ready to be copied into a font file: packed already as
// a piece of a deflate stream, with the sums that the whole is made of. So a
// letter pays only for copying.
type glyph struct {
	packed []byte // deflate blocks ending on a byte
	size   int    // unpacked, a multiple of 4
	adler  uint32
	sum    uint32 // TrueType table checksum
	parts  []int  // components; then packed is not used
	raw    []byte // of a composite
}

var deflaters = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(io.Discard, flate.BestSpeed) // the level is valid
	return w
}}

// pack deflates b to whole bytes, so that packed pieces can be joined.
func pack(b []byte) []byte {
	var out bytes.Buffer
	w := deflaters.Get().(*flate.Writer)
	w.Reset(&out)
	_, _ = w.Write(b) // a bytes.Buffer takes everything
	_ = w.Flush()
	deflaters.Put(w)
	return out.Bytes()
}

// glyph gets an outline from the cache. Two goroutines may both fill it: they
// store the same.
func (f *font) glyph(g int) (*glyph, error) {
	if got := f.cache[g].Load(); got != nil {
		return got, nil
	}
	b, err := f.outline(g)
	if err != nil {
		return nil, err
	}
	made := &glyph{}
	if len(b) >= 10 && int16(be.Uint16(b)) < 0 {
		made.raw = b
		if made.parts, err = components(b, nil); err != nil {
			return nil, err
		}
	} else {
		made = packGlyph(b)
	}
	f.cache[g].Store(made)
	return made, nil
}

func packGlyph(b []byte) *glyph {
	b = append(b, make([]byte, -len(b)&3)...)
	g := &glyph{size: len(b), adler: adler(1, b), sum: tableSum(b)}
	if len(b) > 0 {
		g.packed = pack(b)
	}
	return g
}

// components lists the glyphs a composite is made of; with renumber it writes
// new numbers into b.
func components(b []byte, renumber func(int) int) ([]int, error) {
	var out []int
	for p := 10; ; {
		if p+4 > len(b) {
			return nil, errFont
		}
		flags, g := be.Uint16(b[p:]), int(be.Uint16(b[p+2:]))
		out = append(out, g)
		if renumber != nil {
			be.PutUint16(b[p+2:], uint16(renumber(g)))
		}
		p += 6
		if flags&1 != 0 {
			p += 2
		}
		switch {
		case flags&0x08 != 0:
			p += 2
		case flags&0x40 != 0:
			p += 4
		case flags&0x80 != 0:
			p += 8
		}
		if flags&0x20 == 0 {
			return out, nil
		}
	}
}

// subset is a font file with only some glyphs, in the order given, as a zlib
// stream.
type subset struct {
	stream []byte
	length int // unpacked
}

// subset builds the file. Glyph i of it is gids[i]; parts of composites follow.
func (f *font) subset(gids []int) (subset, error) {
	all := slices.Clone(gids)
	index := map[int]int{} // only composites need it
	var pieces []*glyph
	for i := 0; i < len(all); i++ {
		g, err := f.glyph(all[i])
		if err != nil {
			return subset{}, err
		}
		if g.parts != nil {
			if len(index) == 0 {
				for j, old := range all {
					index[old] = j
				}
			}
			raw := slices.Clone(g.raw)
			_, err = components(raw, func(old int) int {
				j, ok := index[old]
				if !ok {
					j = len(all)
					index[old], all = j, append(all, old)
				}
				return j
			})
			if err != nil || len(all) > maxGlyphs {
				return subset{}, errFont
			}
			g = packGlyph(raw)
		}
		pieces = append(pieces, g)
	}
	return f.assemble(all, pieces), nil
}

type table struct {
	tag  string
	data []byte
}

// assemble writes the small tables afresh and joins the packed outlines, which
// come last: deflate blocks may be joined, and Adler-32 can be computed from
// the sums of the pieces.
func (f *font) assemble(gids []int, pieces []*glyph) subset {
	n := len(gids)
	hmtx, loca := make([]byte, 4*n), make([]byte, 4*n+4)
	var glyf int
	var glyfSum uint32
	packed := 0
	for i, g := range gids {
		a, b := f.metric(g)
		be.PutUint16(hmtx[4*i:], a)
		be.PutUint16(hmtx[4*i+2:], b)
		glyf += pieces[i].size
		glyfSum += pieces[i].sum
		packed += len(pieces[i].packed)
		be.PutUint32(loca[4*i+4:], uint32(glyf))
	}
	head, hhea, maxp := slices.Clone(f.head), slices.Clone(f.hhea), slices.Clone(f.maxp)
	be.PutUint32(head[8:], 0) // checkSumAdjustment: readers of PDF ignore it
	be.PutUint16(head[50:], 1)
	be.PutUint16(hhea[34:], uint16(n))
	be.PutUint16(maxp[4:], uint16(n))
	tables := []table{{"cvt ", f.hints["cvt "]}, {"fpgm", f.hints["fpgm"]}, {"glyf", nil}, {"head", head},
		{"hhea", hhea}, {"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}, {"prep", f.hints["prep"]}}
	tables = slices.DeleteFunc(tables, func(t table) bool { return t.tag != "glyf" && len(t.data) == 0 })
	front := frontOf(tables, glyf, glyfSum)

	out := make([]byte, 0, packed+len(front)/2+256)
	out = append(out, 0x78, 0x01)
	out = append(out, pack(front)...)
	sum := adler(1, front)
	for _, p := range pieces {
		out = append(out, p.packed...)
		sum = adlerJoin(sum, p.adler, p.size)
	}
	out = append(out, 0x03, 0x00) // an empty last block
	return subset{be.AppendUint32(out, sum), len(front) + glyf}
}

// frontOf is everything before the outlines: directory and small tables.
func frontOf(tables []table, glyf int, glyfSum uint32) []byte {
	n := len(tables)
	out := make([]byte, 12+16*n)
	be.PutUint32(out, 0x00010000)
	be.PutUint16(out[4:], uint16(n))
	log := 0
	for 2<<log <= n {
		log++
	}
	be.PutUint16(out[6:], uint16(16<<log))
	be.PutUint16(out[8:], uint16(log))
	be.PutUint16(out[10:], uint16(16*n-16<<log))
	entry := func(i, off, size int, sum uint32) {
		r := out[12+16*i:]
		copy(r, tables[i].tag)
		be.PutUint32(r[4:], sum)
		be.PutUint32(r[8:], uint32(off))
		be.PutUint32(r[12:], uint32(size))
	}
	outlines := 0
	for i, t := range tables {
		if t.tag == "glyf" {
			outlines = i
			continue
		}
		off := len(out)
		out = append(out, t.data...)
		out = append(out, make([]byte, -len(out)&3)...)
		entry(i, off, len(t.data), tableSum(out[off:]))
	}
	entry(outlines, len(out), glyf, glyfSum)
	return out
}

// tableSum is the TrueType checksum of data padded to 4.
func tableSum(b []byte) (sum uint32) {
	for ; len(b) >= 4; b = b[4:] {
		sum += be.Uint32(b)
	}
	return sum
}

const adlerBase = 65521

// adler is hash/adler32 that can go on from an earlier sum.
func adler(sum uint32, b []byte) uint32 {
	s1, s2 := sum&0xFFFF, sum>>16
	for len(b) > 0 {
		part := b[:min(len(b), 5552)] // no overflow before the next modulo
		for _, c := range part {
			s1 += uint32(c)
			s2 += s1
		}
		s1, s2, b = s1%adlerBase, s2%adlerBase, b[len(part):]
	}
	return s2<<16 | s1
}

// adlerJoin is the sum of two joined pieces (zlib's adler32_combine).
func adlerJoin(a, b uint32, size int) uint32 {
	rem := uint32(size % adlerBase)
	s1 := a & 0xFFFF
	s2 := uint32(uint64(rem) * uint64(s1) % adlerBase)
	s1 += b&0xFFFF + adlerBase - 1
	s2 += a>>16 + b>>16 + adlerBase - rem
	return s2%adlerBase<<16 | s1%adlerBase
}
