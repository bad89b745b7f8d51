package pdf

import (
	"math/rand"
	"strings"
	"testing"

	"jiesu/backend/letter"
)

// setter breaks text into lines without drawing.
func setter(t testing.TB) *compositor {
	return newCompositor(fonts(t), "", Options{Created: created})
}

func broken(c *compositor, s string, size, width, first float64) ([]item, []line) {
	items := c.itemize(nil, []letter.Run{{Text: s}}, fang)
	return items, breakLines(nil, items, 0, size, width, first, 0)
}

func text(items []item, l line) string {
	var b strings.Builder
	for _, it := range items[l.from:l.to] {
		b.WriteRune(it.r)
	}
	return b.String()
}

// checkLines proves what must hold of every broken paragraph.
func checkLines(t testing.TB, s string, items []item, lines []line, size, width float64) {
	t.Helper()
	var all strings.Builder
	for i, l := range lines {
		all.WriteString(text(items, l))
		if l.from >= l.to {
			t.Fatalf("line %d of %q is empty", i, s)
		}
		if got := set(items, l, size, i == len(lines)-1); got > width+0.02 || got > l.indent+l.width+0.02 || got < l.indent+l.width-0.02 {
			t.Errorf("line %d %q is set %.2f pt wide, counted %.2f, has %.2f", i, text(items, l), got, l.indent+l.width, width)
		}
		first, last := items[l.from], items[l.to-1]
		if i > 0 && first.class&noStart != 0 && !unbroken(items, l.from, size, width) {
			t.Errorf("line %d of %q starts with %q", i, s, first.r)
		}
		if i < len(lines)-1 && last.class&noEnd != 0 && !unbroken(items, l.to, size, width) {
			t.Errorf("line %d of %q ends with %q", i, s, last.r)
		}
	}
	if all.String() != s {
		t.Errorf("of %q only %q is set", s, all.String())
	}
}

// set adds up where the drawing puts the right end of a line.
func set(items []item, l line, size float64, last bool) float64 {
	x := l.indent
	end := l.to
	for !last && end > l.from+1 && items[end-1].class&space != 0 {
		end-- // spaces hang out of the line
	}
	for i := l.from; i < end; i++ {
		x += float64(items[i].advance) * size / 1000
		if items[i].class&(closing|opening) != 0 {
			x -= l.squeeze
		}
		if i+1 < end && stretches(items[i], items[i+1]) {
			x += l.gap
		}
	}
	return x
}

// unbroken: the piece around i is wider than a line, so it has to be cut
// somewhere.
func unbroken(items []item, i int, size, width float64) bool {
	from, to := i, i
	for from > 0 && !mayBreak(items[from-1], items[from]) {
		from--
	}
	for to < len(items) && (to == i || !mayBreak(items[to-1], items[to])) {
		to++
	}
	return widthOf(items[from:to], size) > width-2*size
}

func TestLinesLoseNothingAndKeepTheRulesOfPunctuation(t *testing.T) {
	c := setter(t)
	r := rand.New(rand.NewSource(1))
	han := []rune("您于日向本中心提出的关于云江市滨河区街道办事处办理占道审批拖延拒绝答复的投诉")
	marks := []rune("，。、；：？！）〕】》”（〔【《“—…％·")
	words := []string{"2026", "YJ20261116-0127", "GB/T 9704-2012", "123.45", "AB", "138****5527", " ", "11000000000000000A",
		"https://www.example.gov.cn/complaints/detail?id=20260309&from=mail", "𠮷", "䶮"}
	loose, lines := 0, 0
	for range 5000 {
		var sb strings.Builder
		for range 20 + r.Intn(200) {
			switch {
			case r.Intn(8) == 0:
				sb.WriteRune(marks[r.Intn(len(marks))])
			case r.Intn(25) == 0:
				sb.WriteString(words[r.Intn(len(words))])
			default:
				sb.WriteRune(han[r.Intn(len(han))])
			}
		}
		size, width := size3, textWidth
		if r.Intn(3) == 0 { // a table cell
			size, width = cellSize, (20+float64(r.Intn(80)))*mm
		}
		items, ls := broken(c, sb.String(), size, width, 2*size)
		checkLines(t, sb.String(), items, ls, size, width)
		for _, l := range ls[:len(ls)-1] {
			lines++
			if l.gap > gapMax*size {
				loose++
			}
		}
		if t.Failed() {
			return
		}
	}
	if loose > 0 {
		t.Errorf("%d of %d lines are looser than allowed", loose, lines)
	}
	if len(c.w.missing) > 0 {
		t.Errorf("no glyph for %q", string(c.w.missing))
	}
}

func FuzzBreakLines(f *testing.F) {
	f.Add("关于《投诉管理办法》（试行）的说明：“一、……”。", 12.0)
	f.Add("))))))))((((((((（（（（。。。。", 3.0)
	f.Add("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbb@cc", 4.0)
	f.Add("　　　 \u3000 \n\n", 2.5)
	f.Fuzz(func(t *testing.T, s string, ems float64) {
		if len(s) > 5000 || !(ems > 2.2 && ems < 200) {
			return
		}
		c := setter(t)
		s = strings.ToValidUTF8(s, "?")
		items, lines := broken(c, s, 10, ems*10, 0)
		var all strings.Builder
		for _, l := range lines {
			all.WriteString(text(items, l))
		}
		if all.String() != s {
			t.Errorf("of %q only %q is set", s, all.String())
		}
	})
}

func TestAFullLineHoldsTwentyEightCharacters(t *testing.T) {
	_, lines := broken(setter(t), strings.Repeat("投", 28*3), size3, textWidth, 0)
	if len(lines) != 3 {
		t.Fatalf("84 characters take %d lines", len(lines))
	}
	for _, l := range lines {
		if l.to-l.from != 28 {
			t.Errorf("a line holds %d", l.to-l.from)
		}
	}
	if lines[0].width < textWidth-0.01 || lines[0].width > textWidth+0.01 {
		t.Errorf("a full line is %.2f pt wide, not %.2f", lines[0].width, textWidth)
	}
}

func TestAMarkAtTheEndIsSqueezedInNotCarriedOver(t *testing.T) {
	// 28 characters with five commas, then a full stop that has no room.
	items, lines := broken(setter(t), strings.Repeat("投诉人，", 5)+strings.Repeat("诉", 8)+"。"+"后", size3, textWidth, 0)
	if got := text(items, lines[0]); !strings.HasSuffix(got, "。") {
		t.Errorf("the first line is %q", got)
	}
}

func TestTitlesAreShapedAndKeepWords(t *testing.T) {
	c := setter(t)
	s := "云江市滨河区人民政府办公室关于张三投诉滨河区样本街道办事处占道经营许可办理拖延一案的处理决定书"
	items := c.itemize(nil, []letter.Run{{Text: s}}, title)
	lines := shape(items, 0, size2, textWidth)
	if len(lines) != 3 {
		t.Fatalf("%d lines", len(lines))
	}
	all := ""
	for i, l := range lines {
		all += text(items, l)
		if l.width > textWidth {
			t.Errorf("line %d is too wide", i)
		}
		if l.width < textWidth/2 {
			t.Errorf("line %d %q is too short", i, text(items, l))
		}
	}
	if all != s {
		t.Errorf("only %q is set", all)
	}
}

func TestEveryHanziOfGB18030HasAGlyph(t *testing.T) {
	f := fonts(t)
	fallback := 0
	for _, block := range [][2]rune{{0x4E00, 0x9FFF}, {0x3400, 0x4DBF}, {0x20000, 0x2A6D6}, {0x2A700, 0x2B734}, {0x2B740, 0x2B81D}, {0x2B820, 0x2CEA1}, {0x2CEB0, 0x2EBE0}} {
		for r := block[0]; r <= block[1]; r++ {
			g := f.lookup(fang, r)
			if g.gid == 0 {
				t.Fatalf("no font has %c (U+%04X)", r, r)
			}
			if g.file != fileFang {
				fallback++
			}
		}
	}
	if fallback == 0 {
		t.Error("the chain of fonts was never needed")
	}
}

func TestQuotesAndDashesAreFullWidth(t *testing.T) {
	f := fonts(t)
	for _, r := range "“”‘’—，。（）〔〕《》、；：" {
		g := f.lookup(fang, r)
		if g.gid == 0 || g.advance != 1000 {
			t.Errorf("%q is %d wide, glyph %d", r, g.advance, g.gid)
		}
	}
	for _, r := range "0123456789AZaz.-" {
		if g := f.lookup(fang, r); g.file != fileSong {
			t.Errorf("%q comes from %s", r, fontFiles[g.file].name)
		}
	}
	for r, file := range map[rune]uint8{'投': fileFang, '㛃': fileFang, '𠮷': fileHana} {
		if g := f.lookup(fang, r); g.gid == 0 || g.file != file {
			t.Errorf("%c comes from %s (glyph %d), not from %s", r, fontFiles[g.file].name, g.gid, fontFiles[file].name)
		}
	}
}
