package pdf

import (
	"strconv"
	"strings"

	"jiesu/backend/letter"
)

// paginate breaks the boxes into pages and draws them.
func (c *compositor) paginate() error {
	for start := 0; start < len(c.boxes) || c.page == 0; {
		if c.page == maxPages {
			return tooLong()
		}
		from, to := c.newPage()
		if c.page == 1 && c.paper == letter.PaperLetter {
			c.tighten(to - from)
		}
		end := c.fit(start, from, to)
		c.draw(start, end, from, to)
		c.endPage()
		start = end
	}
	return nil
}

// tighten brings a letter that is a little too long for one page onto it by
// setting its lines closer, as GB/T 9704-2012 5.2.3 allows in special cases:
// first the spaces, then the lines, never below tightest.
func (c *compositor) tighten(room float64) {
	var lines, spaces, rows float64
	for _, b := range c.boxes {
		switch {
		case b.row != nil:
			rows += b.height
		case b.items == nil:
			spaces += b.height
		default:
			lines += b.height
		}
	}
	if lines+spaces+rows <= room {
		return
	}
	for _, s := range []float64{1, 0.75, 0.5} {
		f := min((room-rows-spaces*s)/lines, 1)
		if f < tightest {
			continue
		}
		for i := range c.boxes {
			switch b := &c.boxes[i]; {
			case b.row != nil:
			case b.items == nil:
				b.height *= s
			default:
				b.height *= f
			}
		}
		return
	}
}

const tightest = 0.88 // of the line pitch: 25.5 pt

// newPage starts a page and gives the room for boxes.
func (c *compositor) newPage() (from, to float64) {
	c.w.addPage()
	c.page++
	if len(c.mark) > 0 {
		c.w.watermark(c.mark, 320/float64(len(c.mark)))
	}
	if c.paper == letter.PaperForm {
		return formTop, formBottom
	}
	if c.page == 1 {
		return c.letterhead(), bottom
	}
	return top, bottom
}

// fit finds the end of the page: as many boxes as have room, back to where a
// page may end. A row higher than a whole page is cut in two.
func (c *compositor) fit(start int, from, to float64) int {
	y, end := from, start
	for ; end < len(c.boxes); end++ {
		h := c.heightAt(end, start)
		if y+h > to+0.01 {
			break
		}
		y += h
	}
	if end == len(c.boxes) {
		return end
	}
	if r := c.boxes[end].row; r != nil && c.boxes[end].height > to-c.top() {
		if upper, lower, ok := r.split(to - y); ok {
			tail := append([]box{{row: lower, height: lower.height}}, c.boxes[end+1:]...)
			c.boxes[end] = box{row: upper, height: upper.height}
			c.boxes = append(c.boxes[:end+1], tail...)
			return end + 1
		}
	}
	for legal := end; legal > start; legal-- {
		if !c.boxes[legal-1].keep {
			return legal
		}
	}
	return max(end, start+1)
}

func (c *compositor) top() float64 {
	if c.paper == letter.PaperForm {
		return formTop
	}
	return top
}

// heightAt: spaces vanish at the top of a page that follows another.
func (c *compositor) heightAt(i, start int) float64 {
	if c.page > 1 && c.boxes[i].space {
		for j := i; ; j-- {
			if j < start {
				return 0
			}
			if !c.boxes[j].space {
				break
			}
		}
	}
	return c.boxes[i].height
}

// draw puts boxes on the page. What follows a fill box goes to the foot.
func (c *compositor) draw(start, end int, from, to float64) {
	used := 0.0
	for i := start; i < end; i++ {
		used += c.heightAt(i, start)
	}
	y := from
	for i := start; i < end; i++ {
		b := &c.boxes[i]
		h := c.heightAt(i, start)
		switch {
		case b.fill && end == len(c.boxes):
			h += max(to-from-used, 0)
		case b.row != nil:
			b.row.draw(c.w, y, i == start || c.boxes[i-1].row == nil || b.row.first)
		case b.size > 0:
			lead := h
			if lead == 0 { // shares its line with the next box
				lead = c.boxes[i+1].height
			}
			c.w.line(b.items, b.line, b.size, b.x, y+lead/2+0.38*b.size, b.ink)
		}
		y += h
	}
}

// endPage: page number and footer.
func (c *compositor) endPage() {
	if c.footer != "" {
		c.small(c.footer, 9, pageHeight-12*mm, letter.Center)
	}
	if c.page == 1 { // 信函格式: the first page shows none
		return
	}
	align := letter.Right
	if c.page%2 == 0 {
		align = letter.Left
	}
	y := bottom + 7*mm + 0.8*size4
	if c.paper == letter.PaperForm {
		y = formBottom + 6.5*mm
	}
	c.small("— "+strconv.Itoa(c.page)+" —", size4, y, align)
}

// small sets one line of 宋 at a given height, one character from the edge.
func (c *compositor) small(s string, size, y float64, align letter.Align) {
	from := len(c.items)
	c.items = c.itemize(c.items, []letter.Run{{Text: strings.ReplaceAll(s, "\n", " ")}}, song)
	w := widthOf(c.items[from:], size)
	x := left + size
	switch align {
	case letter.Right:
		x = right - size - w
	case letter.Center:
		x = left + (textWidth-w)/2
	}
	c.w.line(c.items, line{from: from, to: len(c.items)}, size, x, y, black)
}

// The double rules of 信函格式, 170 mm wide.
const (
	ruleLeft  = 20 * mm
	ruleRight = 190 * mm
	thick     = 2.0
	thin      = 0.6
	ruleGap   = 1.2
	headTop   = 30 * mm
)

// letterhead draws the head of the first page: the name of the issuer 30 mm
// from the top, the rule 4 mm under it, the number at the right under the
// rule; and the rule at the foot. It gives where the text begins.
func (c *compositor) letterhead() float64 {
	if c.head == nil {
		return top
	}
	from := len(c.items)
	c.items = c.itemize(c.items, c.head, title)
	size, lines := headLines(c.items, from)
	y := headTop
	for i, l := range lines {
		if i > 0 {
			y += size * 1.25
		}
		c.w.line(c.items, l, size, left+(textWidth-l.width)/2, y+0.86*size, red)
	}
	y += size*0.98 + 4*mm
	c.w.rule(ruleLeft, y, ruleRight, y, thick, red)
	y += thick/2 + ruleGap
	c.w.rule(ruleLeft, y, ruleRight, y, thin, red)
	foot := pageHeight - 20*mm
	c.w.rule(ruleLeft, foot, ruleRight, foot, thick, red)
	c.w.rule(ruleLeft, foot-thick/2-ruleGap, ruleRight, foot-thick/2-ruleGap, thin, red)
	y += size3 * 7 / 8
	if c.number != nil {
		from := len(c.items)
		c.items = c.itemize(c.items, c.number, fang)
		for _, l := range shape(c.items, from, size3, textWidth) {
			c.w.line(c.items, l, size3, right-l.width, y+0.86*size3, black)
			y += pitch
		}
	}
	return y
}

// headLines finds the largest size in which the issuer's name is well set: one
// line if it can be, else two to four of like length.
func headLines(items []item, from int) (float64, []line) {
	em := widthOf(items[from:], 1)
	for count := 1; ; count++ {
		size := min(36, textWidth*0.97*float64(count)/em)
		if count == 4 || size >= 25-float64(count) {
			if count > 1 { // room for uneven lines
				size = min(size*0.9, 28)
			}
			return size, shape(items, from, size, textWidth)
		}
	}
}
