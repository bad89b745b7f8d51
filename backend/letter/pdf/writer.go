package pdf

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/jung-kurt/gofpdf"

	"jiesu/backend/fault"
)

// writer puts text and shapes on pages and remembers which glyphs were used.
// Measures are pt; y runs down from the top of the page.
type writer struct {
	fonts   *Fonts
	pdf     *gofpdf.Fpdf
	buf     []byte // operators not yet handed to gofpdf
	pages   int
	used    [len(fontFiles)]usage
	missing []rune
	ticks   [][3]float64
	options Options
}

// usage is the subset of one font file: code i is glyph gids[i], which stands
// for runes[i].
type usage struct {
	codes []uint16 // by glyph; 0 is not used yet
	gids  []int
	runes []rune
	alias map[[2]int]uint16 // glyphs that stand for more than one character
}

const (
	pageWidth  = 595.28
	pageHeight = 841.89
	mm         = 72 / 25.4
)

func newWriter(fonts *Fonts, name string, o Options) *writer {
	p := gofpdf.New("P", "pt", "A4", "")
	p.SetAutoPageBreak(false, 0)
	p.SetMargins(0, 0, 0)
	p.SetCompression(false) // finish does it, faster
	p.SetCatalogSort(true)
	p.SetTitle(name, true)
	p.SetCreator("jiesu", false)
	p.SetCreationDate(o.Created)
	p.SetModificationDate(o.Created)
	return &writer{fonts: fonts, pdf: p, options: o}
}

func (w *writer) addPage() {
	w.flush()
	w.pdf.AddPage()
	w.pages++
}

// flush hands the operators over, so that shapes and text keep their order.
func (w *writer) flush() {
	if len(w.buf) > 0 {
		w.pdf.RawWriteStr(string(w.buf[:len(w.buf)-1])) // it adds its own line end
		w.buf = w.buf[:0]
	}
}

// code is the number of a glyph in the subset of its file.
func (w *writer) code(r ref, char rune) uint16 {
	u := &w.used[r.file]
	if u.codes == nil {
		u.codes = make([]uint16, w.fonts.files[r.file].count)
		u.gids, u.runes = append(u.gids, 0), append(u.runes, 0)
	}
	if c := u.codes[r.gid]; c != 0 && u.runes[c] == char {
		return c
	} else if c != 0 {
		if a, ok := u.alias[[2]int{int(r.gid), int(char)}]; ok {
			return a
		}
		if u.alias == nil {
			u.alias = map[[2]int]uint16{}
		}
		u.alias[[2]int{int(r.gid), int(char)}] = uint16(len(u.gids))
	} else {
		u.codes[r.gid] = uint16(len(u.gids))
	}
	u.gids, u.runes = append(u.gids, int(r.gid)), append(u.runes, char)
	return uint16(len(u.gids) - 1)
}

// ink is the colour of text and lines.
type ink struct{ r, g, b float64 }

var (
	black = ink{}
	red   = ink{0.82, 0.06, 0.10}
	grey  = ink{0.88, 0.88, 0.88}
)

// number writes v with two decimals at most.
func (w *writer) number(v float64) {
	n := int(math.Round(v * 100))
	if n < 0 {
		w.buf = append(w.buf, '-')
		n = -n
	}
	w.whole(n / 100)
	if n %= 100; n != 0 {
		w.buf = append(w.buf, '.', byte('0'+n/10))
		if n%10 != 0 {
			w.buf = append(w.buf, byte('0'+n%10))
		}
	}
	w.buf = append(w.buf, ' ')
}

func (w *writer) whole(n int) {
	if n >= 10 {
		w.whole(n / 10)
	}
	w.buf = append(w.buf, byte('0'+n%10))
}

func (w *writer) op(s string) { w.buf = append(w.buf, s...) }

func (w *writer) colour(c ink) {
	w.number(c.r)
	w.number(c.g)
	w.number(c.b)
	w.op("rg ")
}

// line draws items[l.from:l.to] with the left end of the line at x and its
// baseline at y.
func (w *writer) line(items []item, l line, size, x, y float64, c ink) {
	w.op("BT ")
	if c != black {
		w.colour(c)
	}
	s := segment{w: w, size: size, at: -1, y: pageHeight - y}
	x += l.indent
	for i := l.from; i < l.to; i++ {
		it := items[i]
		if l.squeeze > 0 && it.class&opening != 0 {
			x -= l.squeeze
			s.end()
		}
		gap := 0.0
		if l.gap > 0 && i+1 < l.to && stretches(it, items[i+1]) {
			gap = l.gap
		}
		s.put(it, x, gap)
		x += float64(it.advance)*size/1000 + gap
		if l.squeeze > 0 && it.class&closing != 0 {
			x -= l.squeeze
			s.end()
		}
	}
	s.end()
	if s.spacing != 0 { // it would go on in the next line
		w.op("0 Tc ")
	}
	if c != black {
		w.colour(black)
	}
	w.op("ET\n")
	w.drawTicks(size)
}

// segment is a stretch of glyphs of one file with one spacing.
type segment struct {
	w        *writer
	size     float64
	at       int // file; -1 when closed
	file     int // the one set last
	spacing  float64
	isLatin  bool
	started  bool
	lastX, y float64 // where the last segment began, as written
}

// put adds one glyph; it opens a new segment when font or spacing change.
func (s *segment) put(it item, x, gap float64) {
	isLatin := it.class&latin != 0
	if s.at != int(it.file) || s.isLatin != isLatin || it.tick {
		s.end()
		s.open(it, x, gap)
	}
	if it.gid == 0 {
		return // the file is refused in the end
	}
	const hex = "0123456789ABCDEF"
	char := it.r
	if it.tick {
		char = '□'
	}
	c := s.w.code(it.ref, char)
	s.w.buf = append(s.w.buf, hex[c>>12], hex[c>>8&15], hex[c>>4&15], hex[c&15])
	if it.tick {
		s.end()
		s.w.op("EMC ")
		if it.r == '☑' {
			s.w.ticks = append(s.w.ticks, [3]float64{x, s.y, float64(it.advance) / 1000})
		}
	}
}

func (s *segment) open(it item, x, gap float64) {
	w := s.w
	if !s.started || s.file != int(it.file) {
		w.op("/X")
		w.whole(int(it.file))
		w.op(" ")
		w.number(s.size)
		w.op("Tf ")
		s.file = int(it.file)
	}
	isLatin := it.class&latin != 0
	want := gap
	if isLatin {
		want = 0 // the gap after a word is made by placing the next piece
	}
	if want != s.spacing {
		w.buf = fmt.Appendf(w.buf, "%.3f Tc ", want)
		s.spacing = want
	}
	if !s.started {
		w.number(x)
		w.number(s.y)
	} else {
		w.number(x - s.lastX)
		w.op("0 ")
	}
	s.lastX += math.Round((x-s.lastX)*100) / 100
	s.started = true
	w.op("Td ")
	if it.tick { // what is drawn as a square and strokes is read as ☐ or ☑
		w.buf = fmt.Appendf(w.buf, "/Span<</ActualText<FEFF%04X>>>BDC ", it.r)
	}
	w.op("<")
	s.at, s.isLatin = int(it.file), isLatin
}

func (s *segment) end() {
	if s.at >= 0 {
		if s.w.buf[len(s.w.buf)-1] == '<' { // only characters without a glyph
			s.w.op("0000")
		}
		s.w.op("> Tj ")
		s.at = -1
	}
}

// drawTicks draws the marks of ticked boxes: no font has ☑.
func (w *writer) drawTicks(size float64) {
	for _, t := range w.ticks {
		at := func(x, y float64, op string) {
			w.number(t[0] + x*size*t[2])
			w.number(t[1] + y*size)
			w.op(op)
		}
		w.op("q 0 G ")
		w.number(size * 0.09)
		w.op("w 1 J 1 j ")
		at(0.26, 0.40, "m ")
		at(0.44, 0.20, "l ")
		at(0.82, 0.74, "l S Q\n")
	}
	w.ticks = w.ticks[:0]
}

// rule draws a straight line.
func (w *writer) rule(x1, y1, x2, y2, width float64, c ink) {
	w.flush()
	w.pdf.SetDrawColor(int(c.r*255), int(c.g*255), int(c.b*255))
	w.pdf.SetLineWidth(width)
	w.pdf.Line(x1, y1, x2, y2)
}

// watermark writes grey words across the page, before anything else.
func (w *writer) watermark(items []item, size float64) {
	width := widthOf(items, size)
	const sin, cos = 0.574, 0.819 // 35 degrees
	x := pageWidth/2 - width/2*cos + size*0.38*sin
	y := pageHeight/2 - width/2*sin - size*0.38*cos
	w.op("/Artifact BMC q ")
	w.colour(grey)
	w.op("BT ")
	w.op("/X")
	w.whole(int(items[0].file))
	w.op(" ")
	w.number(size)
	w.buf = fmt.Appendf(w.buf, "Tf %.3f %.3f %.3f %.3f ", cos, sin, -sin, cos)
	w.number(x)
	w.number(y)
	w.op("Tm <")
	for _, it := range items {
		w.buf = fmt.Appendf(w.buf, "%04X", w.code(it.ref, it.r))
	}
	w.op("> Tj ET Q EMC\n")
}

func (w *writer) miss(r rune) {
	if !slices.Contains(w.missing, r) {
		w.missing = append(w.missing, r)
	}
}

// missingError names the characters that cannot be printed: a letter never
// goes out with a silent blank in a name.
func (w *writer) missingError() error {
	if len(w.missing) == 0 {
		return nil
	}
	var list []string
	for _, r := range w.missing {
		if len(list) == 20 {
			list = append(list, "等")
			break
		}
		list = append(list, fmt.Sprintf("“%c”（U+%04X）", r, r))
	}
	return fault.New(fault.Refused, "letter-missing-glyph", "缺字，文书没有生成："+strings.Join(list, "、"),
		"请改用其他写法（如以汉字描述或注明拼音），并在卷内注明原字")
}
