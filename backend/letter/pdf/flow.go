package pdf

import (
	"strings"

	"jiesu/backend/letter"
)

// The measures of GB/T 9704-2012 in pt. 3号 is 15.75: only so do 28 characters
// fill the 156 mm of a line.
const (
	left      = 28 * mm
	textWidth = 156 * mm
	right     = left + textWidth
	top       = 37 * mm
	bottom    = top + 225*mm
	pitch     = 225 * mm / 22
	size3     = 15.75
	size2     = 21.0
	size4     = 14.0

	// A form sheet has smaller margins and smaller type.
	formTop    = 22 * mm
	formBottom = pageHeight - 18*mm
)

// box is one thing on a page: a line, a table row, a space.
type box struct {
	height float64
	keep   bool // not at the end of a page
	space  bool // vanishes at the top of a page
	fill   bool // a space that grows to push the rest to the foot of the page
	text   bool // a line of running text

	items []item
	line  line
	size  float64
	x     float64
	ink   ink
	row   *row
}

// style is how a block of text is set.
type style struct {
	face        face
	size, pitch float64
	first, rest float64 // indents in em
	align       letter.Align
	ink         ink
}

// compositor sets the blocks of one letter after the other.
type compositor struct {
	fonts *Fonts
	w     *writer
	mark  []item // watermark

	paper  letter.Paper
	boxes  []box
	items  []item
	lines  []line
	head   []letter.Run // letterhead
	number []letter.Run // its number
	footer string
	page   int // of this letter
}

func newCompositor(fonts *Fonts, name string, o Options) *compositor {
	return &compositor{fonts: fonts, w: newWriter(fonts, name, o)}
}

func (c *compositor) release() { c.w = nil }

// letter sets one letter.
func (c *compositor) letter(doc *letter.Document) error {
	c.boxes, c.items, c.lines = c.boxes[:0], c.items[:0], c.lines[:0]
	c.head, c.number, c.footer = nil, nil, doc.Footer
	c.paper, c.page = doc.Paper, 0
	c.mark = c.mark[:0]
	if c.w.options.Sample || doc.Sample {
		c.mark = c.itemize(c.mark, []letter.Run{{Text: "样本"}}, hei)
	}
	if c.w.options.Draft {
		c.mark = c.itemize(c.mark, []letter.Run{{Text: "草稿"}}, hei)
	}
	runes := 0
	for i := range doc.Blocks {
		runes += size(&doc.Blocks[i])
		if runes > maxRunes {
			return tooLong()
		}
		c.part(&doc.Blocks[i])
	}
	return c.paginate()
}

// size bounds the characters of a part.
func size(p *letter.Part) int {
	n := len(p.Date)
	for _, r := range p.Runs {
		n += len(r.Text)
	}
	if p.Table != nil {
		for _, r := range p.Table.Rows {
			for _, cell := range r.Cells {
				for _, l := range append(cell.Lines[:len(cell.Lines):len(cell.Lines)], cell.Foot...) {
					n += len(letter.Plain(l.Runs))
				}
			}
		}
	}
	return n
}

// styles of the two papers.
func (c *compositor) style(p *letter.Part) style {
	body := style{face: fang, size: size3, pitch: pitch, first: 2}
	if c.paper == letter.PaperForm {
		body = style{face: fang, size: 12, pitch: 20, first: 2}
	}
	switch p.Kind {
	case letter.Addressee:
		body.first = 0
	case letter.Heading:
		body.face = hei
		if p.Level == 2 {
			body.face = kai
		}
	case letter.Attachments: // 附件：1. …, the numbers below each other
		body.rest = 6.2
		if !strings.HasPrefix(letter.Plain(p.Runs), "附件") {
			body.first = 5
		}
	case letter.Note:
		body.size, body.pitch = 12, 20
	case letter.CarbonCopy:
		body.size, body.pitch, body.first, body.rest = size4, 24, 1, 4
	case letter.Number:
		body = style{face: song, size: 10.5, pitch: 20}
	}
	return body
}

func (c *compositor) part(p *letter.Part) {
	switch p.Kind {
	case letter.Letterhead:
		if c.paper == letter.PaperLetter {
			c.head = p.Runs
			return
		}
	case letter.Number:
		if c.paper == letter.PaperLetter {
			c.letterNumber(p.Runs)
			return
		}
	case letter.Title:
		c.title(p.Runs)
		return
	case letter.Signature:
		c.signature(p)
		return
	case letter.TableBlock:
		c.table(p.Table)
		return
	case letter.Attachments:
		if strings.HasPrefix(letter.Plain(p.Runs), "附件") {
			c.space(pitch)
		}
	case letter.CarbonCopy:
		c.copies()
	}
	c.paragraph(p.Runs, c.style(p))
	if p.Kind == letter.Heading {
		c.boxes[len(c.boxes)-1].keep = true
	}
}

// copies: 送达 and 抄送 stand at the foot of the signature's page.
func (c *compositor) copies() {
	n := len(c.boxes)
	if n == 0 {
		return
	}
	c.boxes[n-1].keep = true
	if c.boxes[n-1].size != size4 {
		c.boxes = append(c.boxes, box{height: pitch, keep: true, space: true, fill: true})
	}
}

func (c *compositor) space(h float64) {
	c.boxes = append(c.boxes, box{height: h, space: true})
}

// paragraph sets runs into lines; neither the first nor the last stands alone
// on a page.
func (c *compositor) paragraph(runs []letter.Run, s style) {
	from, firstLine, firstBox := len(c.items), len(c.lines), len(c.boxes)
	c.items = c.itemize(c.items, runs, s.face)
	c.lines = breakLines(c.lines, c.items, from, s.size, textWidth, s.first*s.size, s.rest*s.size)
	for _, l := range c.lines[firstLine:] {
		b := box{height: s.pitch, text: true, items: c.items, line: l, size: s.size, x: left, ink: s.ink}
		switch s.align {
		case letter.Center:
			b.x += (textWidth - l.width) / 2
		case letter.Right:
			b.x += textWidth - l.width
		}
		c.boxes = append(c.boxes, b)
	}
	if n := len(c.boxes); n-firstBox > 1 {
		c.boxes[firstBox].keep, c.boxes[n-2].keep = true, true
	}
}

// shaped sets short text in balanced lines: nothing is justified.
func (c *compositor) shaped(runs []letter.Run, fc face, size, width float64) (items []item, lines []line) {
	from := len(c.items)
	c.items = c.itemize(c.items, runs, fc)
	return c.items, shape(c.items, from, size, width)
}

// title: 2号小标宋, centred, two lines below what stands above it, one above
// what follows.
func (c *compositor) title(runs []letter.Run) {
	sz, lead, before, after := size2, size2*1.7, 2*pitch, pitch
	if c.paper == letter.PaperForm {
		sz, lead, before, after = 18, 28, 0, 6
	}
	if before > 0 && len(c.boxes) == 0 && c.head != nil {
		c.boxes = append(c.boxes, box{height: before, keep: true})
	}
	items, lines := c.shaped(runs, title, sz, textWidth)
	for _, l := range lines {
		c.boxes = append(c.boxes, box{height: lead, keep: true, items: items, line: l, size: sz,
			x: left + (textWidth-l.width)/2})
	}
	if after > 0 {
		c.boxes = append(c.boxes, box{height: after, keep: true, space: true})
	}
}

// letterNumber: the number of a letter stands in its letterhead; without one it
// stands centred under the title, a line above what follows.
func (c *compositor) letterNumber(runs []letter.Run) {
	if c.head != nil {
		c.number = runs
		return
	}
	c.paragraph(runs, style{face: fang, size: size3, pitch: pitch, align: letter.Center})
	c.boxes[len(c.boxes)-1].keep = true
	c.boxes = append(c.boxes, box{height: pitch, keep: true, space: true})
}

// signature: issuer centred over the date, the date four characters from the
// right, less if a long name needs the room; two lines of space in which the
// seal stands; never without two lines of text on the same page.
func (c *compositor) signature(p *letter.Part) {
	c.holdText(2)
	c.boxes = append(c.boxes, box{height: 2 * pitch, keep: true})
	sz, lead := size3, pitch
	if c.paper == letter.PaperForm {
		sz, lead = 12, 20
	}
	items, lines := c.shaped(p.Runs, fang, sz, 20*sz)
	from := len(c.items)
	c.items = c.itemize(c.items, []letter.Run{{Text: letter.SealMark}}, fang)
	mark := line{from: from, to: len(c.items), width: widthOf(c.items[from:], sz)}
	dateFrom := len(c.items)
	c.items = c.itemize(c.items, []letter.Run{{Text: p.Date}}, fang)
	date := line{from: dateFrom, to: len(c.items), width: widthOf(c.items[dateFrom:], sz)}
	if !p.Seal {
		mark.width = 0
	}
	wide := 0.0
	for _, l := range lines {
		wide = max(wide, l.width)
	}
	centre := min(right-4*sz-date.width/2, right-wide/2-mark.width)
	for _, l := range lines {
		c.boxes = append(c.boxes, box{height: lead, keep: true, items: items, line: l, size: sz, x: centre - l.width/2})
	}
	if n := len(lines); p.Seal && n > 0 {
		x := centre + lines[n-1].width/2
		// The mark stands on the issuer's last line: a box without height before it would move it.
		c.boxes[len(c.boxes)-1].height = 0
		c.boxes = append(c.boxes, box{height: lead, keep: true, items: c.items, line: mark, size: sz, x: x, ink: sealInk})
	}
	c.boxes = append(c.boxes, box{height: lead, items: c.items, line: date, size: sz, x: centre - date.width/2})
}

var sealInk = ink{0.62, 0.62, 0.62}

// holdText keeps the last n lines of text with what follows.
func (c *compositor) holdText(n int) {
	for i := len(c.boxes) - 1; i >= 0 && n > 0; i-- {
		c.boxes[i].keep = true
		if c.boxes[i].text || c.boxes[i].row != nil {
			n--
		}
	}
}
