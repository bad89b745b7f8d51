package letter

import "strings"

// Role is how a run of text looks; the drawing decides with which font.
type Role int

// The roles.
const (
	Body   Role = iota // 仿宋
	Strong             // 黑体: labels
	Tick               // a drawn tick box: the text is ☐ or ☑
)

// Run is a piece of text in one role.
type Run struct {
	Text string
	Role Role
}

// Document is a letter ready to be drawn: nothing in it depends on values or
// guards any more.
type Document struct {
	Kind      Kind
	Template  string // template id
	Version   string
	Hash      string
	Title     string // for the file's title and lists
	Paper     Paper
	Recipient string
	Sample    bool // plainly a sample: watermark and number line (of a form: title) say so
	Remedy    RemedyUse
	Footer    string // on every page
	Blocks    []Part
}

// Part is one resolved block.
type Part struct {
	Kind  BlockKind
	Level int
	Runs  []Run
	Date  string // signature
	Seal  bool   // signature: leave the place of the seal
	Table *Table
}

// Table is a resolved table: Columns are relative widths.
type Table struct {
	Columns []float64
	Rows    []TableRow
}

// TableRow is one row; Height is the least height in mm.
type TableRow struct {
	Height float64
	Cells  []TableCell
}

// TableCell is one cell; Span is at least 1. Foot stands at its bottom.
type TableCell struct {
	Lines, Foot []TableLine
	Span        int
	Head        bool
}

// TableLine is one paragraph in a cell.
type TableLine struct {
	Runs  []Run
	Align Align
}

// SealMark stands after the issuer where the seal is put (as the official
// forms of 2026 print it).
const SealMark = "（印章）"

// Plain is the text of some runs.
func Plain(runs []Run) string {
	if len(runs) == 1 {
		return runs[0].Text
	}
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// Text is all the letter says, in reading order, one block or cell a line,
// without page numbers, footers and watermarks.
func (d Document) Text() string {
	var b strings.Builder
	line := func(s string) {
		if s != "" {
			b.WriteString(s)
			b.WriteByte('\n')
		}
	}
	for _, p := range d.Blocks {
		switch {
		case p.Table != nil:
			p.Table.each(func(l TableLine) { line(Plain(l.Runs)) })
		case p.Kind == Signature:
			s := Plain(p.Runs)
			if p.Seal {
				s += SealMark
			}
			line(s)
			line(p.Date)
		default:
			line(Plain(p.Runs))
		}
	}
	return b.String()
}

// each visits the lines in the order they are drawn and read.
func (t *Table) each(visit func(TableLine)) {
	for _, r := range t.Rows {
		for _, c := range r.Cells {
			for _, l := range c.Lines {
				visit(l)
			}
			for _, l := range c.Foot {
				visit(l)
			}
		}
	}
}
