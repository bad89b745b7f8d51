package pdf

import "jiesu/backend/letter"

// item is one character with its glyph.
type item struct {
	ref
	r    rune
	tick bool // a drawn tick box; r is ☐ or ☑
}

// line is a stretch of items set in one line; measures in pt.
type line struct {
	from, to int
	indent   float64
	width    float64 // as set
	gap      float64 // added between characters to fill the line
	squeeze  float64 // taken from each squeezable punctuation mark
}

const (
	squeezable = 0.4 // em that a punctuation mark can lose
	squeezeMax = 0.5 // of what all marks of a line could lose
	gapMax     = 0.25
	longWord   = 24 // characters; longer ones may be broken after - / @ …
)

// itemize appends the glyphs of some runs.
func (c *compositor) itemize(items []item, runs []letter.Run, body face) []item {
	for _, run := range runs {
		fc := body
		if run.Role == letter.Strong {
			fc = hei
		}
		for _, r := range run.Text {
			it := item{r: r, tick: run.Role == letter.Tick}
			if it.tick {
				it.ref = c.fonts.lookup(song, '□')
			} else {
				it.ref = c.fonts.lookup(fc, r)
			}
			if it.gid == 0 {
				it.advance = 1000
				c.w.miss(r)
			}
			items = append(items, it)
		}
	}
	return items
}

// lineBreaker sets items into lines: greedy, with 避头尾, squeezing of punctuation
// to take one more word in, and justification.
type lineBreaker struct {
	items []item
	size  float64
	width float64
	first float64 // indents, pt
	rest  float64
	lines []line
	start int // of the paragraph

	from, to       int // the line being filled
	natural, slack float64
}

// breakLines appends the lines of items[from:].
func breakLines(lines []line, items []item, from int, size, width, first, rest float64) []line {
	b := lineBreaker{items: items, size: size, width: width, first: first, rest: rest, lines: lines, start: from, from: from, to: from}
	for at := from; at < len(items); {
		end := b.wordEnd(at)
		w, slack := b.measure(at, end)
		if b.to > b.from && b.natural+w > b.room() && !b.fitsSqueezed(w, slack, end) {
			b.emit(false)
		}
		if b.to == b.from && w > b.room() {
			end = b.cut(at, end)
			w, slack = b.measure(at, end)
		}
		b.to, b.natural, b.slack = end, b.natural+w, b.slack+slack
		at = end
	}
	b.emit(true)
	return b.lines
}

func (b *lineBreaker) indent() float64 {
	if b.from == b.start {
		return b.first
	}
	return b.rest
}

// room is the width of the current line; a hundredth of a point is no overflow.
func (b *lineBreaker) room() float64 { return b.width - b.indent() + 0.01 }

// wordEnd finds the end of the unbreakable piece that starts at i.
func (b *lineBreaker) wordEnd(i int) int {
	start := i
	for i++; i < len(b.items); i++ {
		prev, next := b.items[i-1].class, b.items[i].class
		if next&noStart != 0 || prev&noEnd != 0 || b.items[i-1].tick {
			continue
		}
		if prev&latin != 0 && next&latin != 0 && !(prev&breaker != 0 && i-start >= 4 && b.wordLength(start) > longWord) {
			continue
		}
		if next&space != 0 { // spaces stay with what stands before them
			continue
		}
		break
	}
	return i
}

func (b *lineBreaker) wordLength(i int) int {
	start := i
	for i < len(b.items) && b.items[i].class&latin != 0 {
		i++
	}
	return i - start
}

func (b *lineBreaker) measure(from, to int) (w, slack float64) {
	for i := from; i < to; i++ {
		w += float64(b.items[i].advance)
		if b.items[i].class&(closing|opening) != 0 {
			slack += squeezable
		}
	}
	return w * b.size / 1000, slack * b.size
}

// fitsSqueezed: a piece that ends in punctuation may be taken in by squeezing.
func (b *lineBreaker) fitsSqueezed(w, slack float64, end int) bool {
	over := b.natural + w - b.room()
	return b.items[end-1].class&closing != 0 && over <= squeezeMax*(b.slack+slack)
}

// cut shortens a piece that is wider than a whole line.
func (b *lineBreaker) cut(from, end int) int {
	room := b.room() * 1000 / b.size
	for i := from; i < end; i++ {
		room -= float64(b.items[i].advance)
		if room < 0 {
			return max(i, from+1)
		}
	}
	return end
}

// emit ends the line: squeezed if overfull, else justified unless it is the
// last or would become too loose.
func (b *lineBreaker) emit(last bool) {
	if b.to == b.from {
		return
	}
	l := line{from: b.from, to: b.to, indent: b.indent()}
	room := b.width - l.indent
	end := b.to // spaces at the end take no part
	for !last && end > b.from+1 && b.items[end-1].class&space != 0 {
		end--
	}
	l.width = b.natural - widthOf(b.items[end:b.to], b.size)
	over := l.width - room
	if over > 0.01 && b.slack > 0 {
		l.squeeze = min(over/b.slack, 1) * squeezable * b.size
		l.width -= min(over, b.slack)
	} else if gaps := b.gaps(end); !last && gaps > 0 && -over/float64(gaps) <= gapMax*b.size {
		l.gap = max(-over, 0) / float64(gaps)
		l.width += l.gap * float64(gaps)
	}
	b.lines = append(b.lines, l)
	b.from, b.natural, b.slack = b.to, 0, 0
}

func (b *lineBreaker) gaps(end int) int {
	n := 0
	for i := b.from; i < end-1; i++ {
		if stretches(b.items[i], b.items[i+1]) {
			n++
		}
	}
	return n
}

// stretches: words and numbers keep their spacing.
func stretches(a, b item) bool { return a.class&latin == 0 || b.class&latin == 0 }

// widthOf is the natural width of items in pt.
func widthOf(items []item, size float64) float64 {
	w := 0.0
	for _, it := range items {
		w += float64(it.advance)
	}
	return w * size / 1000
}
