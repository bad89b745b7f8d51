package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"sync"
	"unicode/utf16"
)

// finish takes the file gofpdf made apart and puts it together again with the
// font subsets in its resources, streams compressed, the transparency groups
// and the empty name tree left out, and an identifier: PDF 1.4, deterministic.
func (w *writer) finish() ([]byte, error) {
	w.flush()
	var made bytes.Buffer
	if err := w.pdf.Output(&made); err != nil {
		return nil, fmt.Errorf("letter/pdf: gofpdf: %w", err)
	}
	objects, info, err := takeApart(made.Bytes())
	if err != nil {
		return nil, err
	}
	out := &assembly{}
	out.bytes = append(make([]byte, 0, made.Len()/2+len(w.used[fileFang].gids)*500+1<<16), "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n"...)
	fonts, next := w.fontObjects(len(objects))
	for n := 1; n < len(objects); n++ {
		body := objects[n]
		switch {
		case n == 2:
			body = bytes.Replace(body, []byte("/Font <<"), append([]byte("/Font <<\n"), fonts...), 1)
			out.object(n, body)
		case bytes.HasPrefix(body, []byte("<</Length ")):
			content, err := streamOf(body)
			if err != nil {
				return nil, err
			}
			out.stream(n, "", content)
		case n == len(objects)-1: // the catalog is the last object gofpdf writes
			out.object(n, []byte("<</Type /Catalog /Pages 1 0 R /Lang (zh-CN) /ViewerPreferences <</DisplayDocTitle true>>>>"))
		default:
			out.object(n, bytes.Replace(body, []byte("/Group <</Type /Group /S /Transparency /CS /DeviceRGB>>\n"), nil, 1))
		}
	}
	if err := w.embed(out, next); err != nil {
		return nil, err
	}
	return out.trailer(len(objects)-1, info), nil
}

var errApart = errors.New("letter/pdf: gofpdf wrote a file of another shape than expected")

// takeApart finds the objects by the cross-reference table; objects[n] is the
// body of object n.
func takeApart(b []byte) (objects [][]byte, info int, err error) {
	at := bytes.LastIndex(b, []byte("startxref\n"))
	if at < 0 {
		return nil, 0, errApart
	}
	tail := bytes.SplitN(b[at+10:], []byte("\n"), 2)
	xref, err := strconv.Atoi(string(tail[0]))
	if err != nil || xref > at {
		return nil, 0, errApart
	}
	rows := bytes.Split(b[xref:at], []byte("\n"))
	head := bytes.Fields(rows[1])
	if len(head) != 2 {
		return nil, 0, errApart
	}
	n, _ := strconv.Atoi(string(head[1]))
	if n < 4 || len(rows) < n+2 {
		return nil, 0, errApart
	}
	offsets := make([]int, n)
	for i := 1; i < n; i++ {
		if offsets[i], err = strconv.Atoi(string(rows[2+i][:10])); err != nil || offsets[i] >= xref {
			return nil, 0, errApart
		}
	}
	ends := append(slices.Clone(offsets[1:]), xref)
	slices.Sort(ends)
	objects = make([][]byte, n)
	for i := 1; i < n; i++ {
		after, _ := slices.BinarySearch(ends, offsets[i]+1)
		body := b[offsets[i]:ends[after]]
		from, to := bytes.Index(body, []byte(" obj\n")), bytes.LastIndex(body, []byte("\nendobj"))
		if from < 0 || to < from+5 {
			return nil, 0, errApart
		}
		objects[i] = body[from+5 : to]
	}
	return objects, n - 2, nil // Info stands before the catalog
}

// streamOf is the content of a stream object. The contents of pages are made
// by this package and hold only operators, so no "endobj" stands in them.
func streamOf(body []byte) ([]byte, error) {
	from := bytes.Index(body, []byte("stream\n"))
	to := bytes.LastIndex(body, []byte("endstream"))
	if from < 0 || to < from+7 {
		return nil, errApart
	}
	return bytes.TrimSuffix(body[from+7:to], []byte("\n")), nil
}

// assembly is the file being written.
type assembly struct {
	bytes   []byte
	offsets []int // by object number
}

func (a *assembly) begin(n int) {
	for len(a.offsets) <= n {
		a.offsets = append(a.offsets, 0)
	}
	a.offsets[n] = len(a.bytes)
	a.bytes = strconv.AppendInt(a.bytes, int64(n), 10)
	a.bytes = append(a.bytes, " 0 obj\n"...)
}

func (a *assembly) object(n int, body []byte) {
	a.begin(n)
	a.bytes = append(a.bytes, body...)
	a.bytes = append(a.bytes, "\nendobj\n"...)
}

var zlibs = sync.Pool{New: func() any {
	w, _ := zlib.NewWriterLevel(io.Discard, zlib.BestSpeed) // the level is valid
	return w
}}

func (a *assembly) stream(n int, keys string, content []byte) {
	var packed bytes.Buffer
	packed.Grow(len(content)/2 + 64)
	w := zlibs.Get().(*zlib.Writer)
	w.Reset(&packed)
	_, _ = w.Write(content) // a bytes.Buffer takes everything
	_ = w.Close()
	zlibs.Put(w)
	a.packed(n, keys, packed.Bytes())
}

func (a *assembly) packed(n int, keys string, content []byte) {
	a.begin(n)
	a.bytes = fmt.Appendf(a.bytes, "<<%s/Filter /FlateDecode /Length %d>>\nstream\n", keys, len(content))
	a.bytes = append(a.bytes, content...)
	a.bytes = append(a.bytes, "\nendstream\nendobj\n"...)
}

func (a *assembly) trailer(catalog, info int) []byte {
	id := sha256.Sum256(a.bytes)
	at := len(a.bytes)
	a.bytes = fmt.Appendf(a.bytes, "xref\n0 %d\n0000000000 65535 f \n", len(a.offsets))
	for _, off := range a.offsets[1:] {
		a.bytes = fmt.Appendf(a.bytes, "%010d 00000 n \n", off)
	}
	return fmt.Appendf(a.bytes, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /ID [<%X> <%X>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(a.offsets), catalog, info, id[:16], id[:16], at)
}

// A font takes these objects, in this order.
const (
	objFont = iota
	objDescendant
	objDescriptor
	objUnicode
	objFile
	objCount
)

// fontObjects gives the resource entries of the used fonts, and where their
// objects begin.
func (w *writer) fontObjects(first int) (entries []byte, next int) {
	next = first
	for i := range w.used {
		if len(w.used[i].gids) > 0 {
			entries = fmt.Appendf(entries, "/X%d %d 0 R\n", i, next)
			next += objCount
		}
	}
	return entries, first
}

// embed writes the used fonts: Type0 over CIDFontType2, the CID being the glyph
// of the subset, so that characters beyond U+FFFF need nothing special.
func (w *writer) embed(out *assembly, first int) error {
	for i := range w.used {
		u, f := &w.used[i], w.fonts.files[i]
		if len(u.gids) == 0 {
			continue
		}
		sub, err := f.subset(u.gids)
		if err != nil {
			return fmt.Errorf("letter/pdf: %s: %w", f.name, err)
		}
		name := u.tag() + "+" + f.name
		out.object(first+objFont, fmt.Appendf(nil, "<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>",
			name, first+objDescendant, first+objUnicode))
		out.object(first+objDescendant, fmt.Appendf(nil, "<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor %d 0 R /CIDToGIDMap /Identity /DW 1000%s>>",
			name, first+objDescriptor, u.widths(f)))
		out.object(first+objDescriptor, f.descriptor(name, first+objFile))
		out.stream(first+objUnicode, "", u.toUnicode())
		out.packed(first+objFile, fmt.Sprintf("/Length1 %d ", sub.length), sub.stream)
		first += objCount
	}
	return nil
}

// tag is the subset tag: six letters that depend on the characters.
func (u *usage) tag() string {
	h := sha256.New()
	for _, r := range u.runes {
		h.Write(be.AppendUint32(nil, uint32(r)))
	}
	sum := h.Sum(nil)
	for i := range sum[:6] {
		sum[i] = 'A' + sum[i]%26
	}
	return string(sum[:6])
}

// widths lists the glyphs that are not one em wide.
func (u *usage) widths(f *font) []byte {
	out := []byte(" /W [")
	for c, g := range u.gids {
		if a := f.advance(g); a != 1000 {
			out = fmt.Appendf(out, "%d [%d] ", c, a)
		}
	}
	return append(out, ']')
}

func (f *font) descriptor(name string, file int) []byte {
	signed := func(b []byte) int { return int(int16(be.Uint16(b))) * 1000 / f.upem }
	up, down := signed(f.hhea[4:]), signed(f.hhea[6:])
	box := f.head[36:]
	return fmt.Appendf(nil, "<</Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%d %d %d %d] /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight %d /StemV 80 /FontFile2 %d 0 R>>",
		name, signed(box), signed(box[2:]), signed(box[4:]), signed(box[6:]), up, down, up, file)
}

// toUnicode maps codes back to characters, those beyond U+FFFF as surrogates:
// what copying and searching in the file rely on.
func (u *usage) toUnicode() []byte {
	const hex = "0123456789ABCDEF"
	out := []byte("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	word := func(v rune) { out = append(out, hex[v>>12&15], hex[v>>8&15], hex[v>>4&15], hex[v&15]) }
	for i := 1; i < len(u.runes); i += 100 {
		part := u.runes[i:min(i+100, len(u.runes))]
		out = fmt.Appendf(out, "%d beginbfchar\n", len(part))
		for j, r := range part {
			out = append(out, '<')
			word(rune(i + j))
			out = append(out, "> <"...)
			if r > 0xFFFF {
				hi, lo := utf16.EncodeRune(r)
				word(hi)
				word(lo)
			} else {
				word(r)
			}
			out = append(out, ">\n"...)
		}
		out = append(out, "endbfchar\n"...)
	}
	return append(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"...)
}
