package pdf

import "jiesu/backend/letter"

// row is one measured table row.
type row struct {
	cells  []cell
	height float64
	first  bool // of its table: has a line above
}

type cell struct {
	x, width    float64
	lines, foot []cellLine
	middle      bool // set in the middle of its height
}

type cellLine struct {
	items []item
	line  line
	align letter.Align
}

const (
	cellSize  = 12.0 // 小四
	cellPitch = 17.5
	cellPadX  = 1.8 * mm
	cellPadY  = 1.3 * mm
	frame     = 0.7
	middleMax = 16 * mm // higher cells are filled from the top, as by hand
)

// table measures every row before anything is drawn.
func (c *compositor) table(t *letter.Table) {
	total := 0.0
	for _, w := range t.Columns {
		total += w
	}
	for i := range t.Rows {
		r := c.row(&t.Rows[i], t.Columns, textWidth/total)
		r.first = i == 0
		c.boxes = append(c.boxes, box{row: r, height: r.height})
	}
	if c.paper == letter.PaperLetter {
		c.space(pitch / 2)
	}
}

func (c *compositor) row(src *letter.TableRow, columns []float64, scale float64) *row {
	r := &row{height: max(src.Height*mm, cellPitch+2*cellPadY)}
	x, col := left, 0
	for _, sc := range src.Cells {
		w := 0.0
		for range min(sc.Span, len(columns)-col) {
			w += columns[col] * scale
			col++
		}
		cl := cell{x: x, width: w, lines: c.cellLines(sc.Lines, w), foot: c.cellLines(sc.Foot, w)}
		r.height = max(r.height, float64(len(cl.lines)+len(cl.foot))*cellPitch+2*cellPadY)
		r.cells = append(r.cells, cl)
		x += w
	}
	for i := range r.cells {
		r.cells[i].middle = r.height <= middleMax && len(r.cells[i].foot) == 0
	}
	return r
}

func (c *compositor) cellLines(src []letter.TableLine, width float64) []cellLine {
	var out []cellLine
	for _, l := range src {
		from, firstLine := len(c.items), len(c.lines)
		c.items = c.itemize(c.items, l.Runs, fang)
		c.lines = breakLines(c.lines, c.items, from, cellSize, width-2*cellPadX, 0, 0)
		for _, ln := range c.lines[firstLine:] {
			out = append(out, cellLine{c.items, ln, l.Align})
		}
	}
	return out
}

// split cuts a row that no page can hold: as many lines as fit, the rest below.
// The foot stays with the end.
func (r *row) split(room float64) (upper, lower *row, ok bool) {
	n := int((room - 2*cellPadY) / cellPitch)
	if n < 3 { // better on the next page
		return nil, nil, false
	}
	upper, lower = &row{height: room, first: r.first}, &row{first: true}
	rest := 0
	for _, cl := range r.cells {
		a, b := cl, cl
		k := min(n, len(cl.lines))
		a.lines, a.foot, a.middle = cl.lines[:k], nil, false
		b.lines, b.middle = cl.lines[k:], false
		upper.cells, lower.cells = append(upper.cells, a), append(lower.cells, b)
		rest = max(rest, len(b.lines)+len(b.foot))
	}
	lower.height = max(r.height-room, float64(rest)*cellPitch+2*cellPadY)
	return upper, lower, true
}

// draw puts the row at y; above says whether its upper line is drawn.
func (r *row) draw(w *writer, y float64, above bool) {
	if len(r.cells) == 0 {
		return
	}
	last := r.cells[len(r.cells)-1]
	if above {
		w.rule(left, y, last.x+last.width, y, frame, black)
	}
	w.rule(left, y+r.height, last.x+last.width, y+r.height, frame, black)
	w.rule(left, y, left, y+r.height, frame, black)
	for _, cl := range r.cells {
		w.rule(cl.x+cl.width, y, cl.x+cl.width, y+r.height, frame, black)
	}
	for _, cl := range r.cells {
		at := y + cellPadY
		if cl.middle {
			at = y + (r.height-float64(len(cl.lines))*cellPitch)/2
		}
		cl.draw(w, cl.lines, at)
		cl.draw(w, cl.foot, y+r.height-cellPadY-float64(len(cl.foot))*cellPitch)
	}
}

func (cl *cell) draw(w *writer, lines []cellLine, y float64) {
	for _, l := range lines {
		x := cl.x + cellPadX
		switch l.align {
		case letter.Center:
			x = cl.x + (cl.width-l.line.width)/2
		case letter.Right:
			x = cl.x + cl.width - cellPadX - l.line.width
		}
		w.line(l.items, l.line, cellSize, x, y+cellPitch/2+0.38*cellSize, black)
		y += cellPitch
	}
}
