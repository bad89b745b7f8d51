package pdf

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sort"
	"sync/atomic"
)

var be = binary.BigEndian

const (
	maxTable  = 8 << 20 // of the tables kept in memory
	maxGlyph  = 1 << 20
	maxGlyphs = 65535
)

// font is one TrueType file with outlines in glyf. The small tables are in
// memory; outlines are read from the file when first drawn.
type font struct {
	name    string // for the PDF
	src     io.ReaderAt
	upem    int
	count   int // glyphs
	metrics int // long entries of hmtx
	head    []byte
	hhea    []byte
	maxp    []byte
	hmtx    []byte
	loca    []byte
	long    bool // loca has 32-bit entries
	glyf    int64
	glyfLen int64
	hints   map[string][]byte // cvt, fpgm, prep
	cmap4   []byte
	cmap12  []byte
	cmap14  []byte
	cache   []atomic.Pointer[glyph]
}

var errFont = errors.New("not a TrueType font this program can use")

// openFont reads the tables. The file stays open: outlines are read later.
func openFont(fsys fs.FS, file, name string) (*font, error) {
	f, err := fsys.Open(file)
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", file, err)
	}
	src, ok := f.(io.ReaderAt)
	if !ok {
		return nil, fmt.Errorf("font %s: %w: no random access", file, errFont)
	}
	fn := &font{name: name, src: src, hints: map[string][]byte{}}
	if err := fn.read(); err != nil {
		return nil, fmt.Errorf("font %s: %w", file, err)
	}
	return fn, nil
}

func (f *font) bytes(off, n int64, limit int64) ([]byte, error) {
	if n < 0 || n > limit {
		return nil, errFont
	}
	b := make([]byte, n)
	if _, err := f.src.ReadAt(b, off); err != nil && (err != io.EOF || n > 0) {
		return nil, err
	}
	return b, nil
}

func (f *font) read() error {
	head, err := f.bytes(0, 12, 12)
	if err != nil || be.Uint32(head) != 0x00010000 {
		return errFont
	}
	dir, err := f.bytes(12, 16*int64(be.Uint16(head[4:])), 1<<12)
	if err != nil {
		return err
	}
	tables := map[string][2]int64{}
	for ; len(dir) >= 16; dir = dir[16:] {
		tables[string(dir[:4])] = [2]int64{int64(be.Uint32(dir[8:])), int64(be.Uint32(dir[12:]))}
	}
	f.glyf, f.glyfLen = tables["glyf"][0], tables["glyf"][1]
	var cmap []byte
	for tag, into := range map[string]*[]byte{"head": &f.head, "hhea": &f.hhea, "maxp": &f.maxp,
		"hmtx": &f.hmtx, "loca": &f.loca, "cmap": &cmap} {
		if *into, err = f.bytes(tables[tag][0], tables[tag][1], maxTable); err != nil {
			return err
		}
	}
	for _, tag := range []string{"cvt ", "fpgm", "prep"} {
		if f.hints[tag], err = f.bytes(tables[tag][0], tables[tag][1], 1<<16); err != nil {
			return err
		}
	}
	if err := f.measures(); err != nil {
		return err
	}
	return f.maps(cmap)
}

func (f *font) measures() error {
	if len(f.head) < 54 || len(f.hhea) < 36 || len(f.maxp) < 6 {
		return errFont
	}
	f.upem = int(be.Uint16(f.head[18:]))
	f.long = be.Uint16(f.head[50:]) == 1
	f.count = int(be.Uint16(f.maxp[4:]))
	f.metrics = int(be.Uint16(f.hhea[34:]))
	entry := 2
	if f.long {
		entry = 4
	}
	if f.upem < 16 || f.count == 0 || f.metrics == 0 || f.metrics > f.count ||
		len(f.hmtx) < 4*f.metrics+2*(f.count-f.metrics) || len(f.loca) < entry*(f.count+1) {
		return errFont
	}
	f.cache = make([]atomic.Pointer[glyph], f.count)
	return nil
}

// maps finds the character maps: format 12 or 4, and 14 for variants.
func (f *font) maps(cmap []byte) error {
	if len(cmap) < 4 {
		return errFont
	}
	for i := range int(be.Uint16(cmap[2:])) {
		rec := 4 + 8*i
		if rec+8 > len(cmap) {
			return errFont
		}
		off := int64(be.Uint32(cmap[rec+4:]))
		if off+16 > int64(len(cmap)) {
			return errFont
		}
		sub := cmap[off:]
		switch be.Uint16(sub) {
		case 4:
			n := int(be.Uint16(sub[2:]))
			if n > len(sub) || n < 16+4*int(be.Uint16(sub[6:])) {
				return errFont
			}
			f.cmap4 = sub[:n]
		case 12:
			if int64(len(sub)) < 16+12*int64(be.Uint32(sub[12:])) {
				return errFont
			}
			f.cmap12 = sub
		case 14:
			f.cmap14 = sub
		}
	}
	if f.cmap4 == nil && f.cmap12 == nil {
		return errFont
	}
	return nil
}

// gid is the glyph of a character, 0 if the font has none.
func (f *font) gid(r rune) int {
	g := 0
	if f.cmap12 != nil {
		g = f.gid12(uint32(r))
	} else if r <= 0xFFFF {
		g = f.gid4(int(r))
	}
	if g >= f.count {
		return 0
	}
	return g
}

func (f *font) gid12(r uint32) int {
	s := f.cmap12[16:]
	n := int(be.Uint32(f.cmap12[12:]))
	i := sort.Search(n, func(i int) bool { return be.Uint32(s[12*i+4:]) >= r })
	if i == n || be.Uint32(s[12*i:]) > r {
		return 0
	}
	return int(be.Uint32(s[12*i+8:]) + r - be.Uint32(s[12*i:]))
}

func (f *font) gid4(r int) int {
	s := f.cmap4
	n := int(be.Uint16(s[6:])) / 2
	at := func(part, i int) int { return int(be.Uint16(s[14+2*(part*n+i):])) }
	starts := func(i int) int { return int(be.Uint16(s[16+2*(n+i):])) }
	i := sort.Search(n, func(i int) bool { return at(0, i) >= r })
	if i == n || starts(i) > r {
		return 0
	}
	delta := int(be.Uint16(s[16+2*(2*n+i):]))
	pos := 16 + 2*(3*n+i)
	off := int(be.Uint16(s[pos:]))
	if off == 0 {
		return (r + delta) & 0xFFFF
	}
	pos += off + 2*(r-starts(i))
	if pos+2 > len(s) {
		return 0
	}
	if g := int(be.Uint16(s[pos:])); g != 0 {
		return (g + delta) & 0xFFFF
	}
	return 0
}

// variant is the glyph of a character with a variation selector.
func (f *font) variant(r, selector rune) int {
	s := f.cmap14
	u24 := func(p int) rune { return rune(s[p])<<16 | rune(s[p+1])<<8 | rune(s[p+2]) }
	if len(s) < 10 {
		return 0
	}
	for p := 10; p+11 <= len(s) && p < 10+11*int(be.Uint32(s[6:])); p += 11 {
		if u24(p) != selector {
			continue
		}
		t := int(be.Uint32(s[p+7:]))
		if t == 0 || t+4 > len(s) {
			return 0
		}
		for q, n := t+4, int(be.Uint32(s[t:])); n > 0 && q+5 <= len(s); q, n = q+5, n-1 {
			if u24(q) == r {
				return int(be.Uint16(s[q+3:]))
			}
		}
	}
	return 0
}

// advance is the width of a glyph in 1/1000 em.
func (f *font) advance(g int) int {
	w := int(be.Uint16(f.hmtx[4*min(g, f.metrics-1):]))
	if f.upem == 1000 {
		return w
	}
	return (w*1000 + f.upem/2) / f.upem
}

// metric is the hmtx entry of a glyph, as four bytes.
func (f *font) metric(g int) (advance, bearing uint16) {
	if g < f.metrics {
		return be.Uint16(f.hmtx[4*g:]), be.Uint16(f.hmtx[4*g+2:])
	}
	return be.Uint16(f.hmtx[4*(f.metrics-1):]), be.Uint16(f.hmtx[4*f.metrics+2*(g-f.metrics):])
}

// outline reads the glyf entry of a glyph.
func (f *font) outline(g int) ([]byte, error) {
	if g < 0 || g >= f.count {
		return nil, errFont
	}
	var from, to int64
	if f.long {
		from, to = int64(be.Uint32(f.loca[4*g:])), int64(be.Uint32(f.loca[4*g+4:]))
	} else {
		from, to = 2*int64(be.Uint16(f.loca[2*g:])), 2*int64(be.Uint16(f.loca[2*g+2:]))
	}
	if from > to || to > f.glyfLen {
		return nil, errFont
	}
	return f.bytes(f.glyf+from, to-from, maxGlyph)
}
