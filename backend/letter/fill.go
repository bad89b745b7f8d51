package letter

import (
	"fmt"
	"slices"
	"strings"
)

// Missing is an element the letter may not be issued without.
type Missing struct {
	Field string `json:"field"`
	Label string `json:"label"`
}

// Options of one filling.
type Options struct {
	// Draft: number and date are given at issue, so their absence is no fault.
	Draft bool
}

// Fill makes the document. It always makes one: what is missing prints as ____
// and is listed; issuing with a non-empty list is the caller's to refuse.
func Fill(t *Template, v Values, o Options) (Document, []Missing) {
	f := filler{t: t, v: v}
	f.findMissing(o)
	use, lacks := t.remedy(v)
	for _, m := range lacks {
		f.miss(m)
	}
	f.doc = Document{Kind: t.Kind, Template: t.ID, Version: t.Version, Hash: t.Hash, Title: t.Title,
		Paper: t.Paper, Recipient: t.Recipient, Remedy: use}
	f.doc.Sample, _ = v.Get("sample").(bool)
	for i := range t.Blocks {
		f.block(&t.Blocks[i])
	}
	return f.doc, f.missing
}

type filler struct {
	t       *Template
	v       Values
	doc     Document
	missing []Missing
	blanks  map[string]bool // mandatory and absent
	heads   [2]int          // headings so far, by level
}

func (f *filler) miss(m Missing) {
	if !slices.Contains(f.missing, m) {
		f.missing = append(f.missing, m)
	}
}

func (f *filler) findMissing(o Options) {
	for _, m := range f.t.Mandatory {
		if !m.When.holds(scope{values: f.v}) {
			continue
		}
		list, key, each := strings.Cut(m.Field, "[]")
		if each {
			f.missingInList(m, list, strings.TrimPrefix(key, "."))
			continue
		}
		if !isEmpty(f.v.Get(m.Field)) {
			continue
		}
		f.blank(m.Field)
		if !o.Draft || m.Field != "document.number" && m.Field != "document.date" {
			f.miss(Missing{m.Field, m.Label})
		}
	}
}

func (f *filler) missingInList(m Mandatory, list, key string) {
	for i, item := range asList(f.v.Get(list)) {
		s := scope{values: f.v, item: item, index: i + 1}
		if isEmpty(s.get("." + key)) {
			f.blank("." + key)
			f.miss(Missing{fmt.Sprintf("%s[%d].%s", list, i, key), fmt.Sprintf("%s（第%d项）", m.Label, i+1)})
		}
	}
}

func (f *filler) blank(path string) {
	if f.blanks == nil {
		f.blanks = map[string]bool{}
	}
	f.blanks[path] = true
}

// text fills one template text.
func (f *filler) text(src string, s scope) string {
	if src == "" {
		return ""
	}
	return f.t.texts[src].fill(s, func(p string) bool { return f.blanks[p] })
}

func (f *filler) runs(lead, body string, s scope) []Run {
	var out []Run
	if l := f.text(lead, s); l != "" {
		out = append(out, Run{l, Strong})
	}
	if b := f.text(body, s); b != "" {
		out = append(out, Run{b, Body})
	}
	return out
}

// scopes is one scope per item of the list, or the plain one.
func (f *filler) scopes(each string) []scope {
	if each == "" {
		return []scope{{values: f.v}}
	}
	var out []scope
	for i, item := range asList(f.v.Get(each)) {
		out = append(out, scope{values: f.v, item: item, index: i + 1})
	}
	if out == nil && f.blanks[each] { // a mandatory list that is empty shows its blank
		out = []scope{{values: f.v, item: Blank, index: 1}}
	}
	return out
}

func (f *filler) block(b *Block) {
	scopes := f.scopes(b.Each)
	for _, s := range scopes {
		if !b.When.holds(s) {
			continue
		}
		if b.Kind == TableBlock {
			f.doc.Blocks = append(f.doc.Blocks, Part{Kind: b.Kind, Table: f.table(b)})
			continue
		}
		runs := f.runs(b.Lead, b.Text, s)
		if b.Ticks != nil {
			runs = append(runs, ticks(b.Ticks, s)...)
		}
		switch b.Kind {
		case Heading:
			runs = append([]Run{{f.headingNumber(b.Level), Body}}, runs...)
		case Footer:
			f.doc.Footer = Plain(runs)
			continue
		case Remedy:
			if f.doc.Remedy.Text != "" {
				runs = []Run{{f.doc.Remedy.Text, Body}}
			}
		case Number:
			if f.doc.Sample && f.doc.Paper == PaperLetter {
				runs = append([]Run{{"样本 ", Body}}, runs...)
			}
		case Title:
			if f.doc.Sample && f.doc.Paper == PaperForm { // its number line is full
				runs = append(runs, Run{"（样本）", Body})
			}
		case Attachments:
			runs = numbered(runs, s.index, len(scopes))
		}
		f.add(Part{Kind: b.Kind, Level: b.Level, Runs: runs, Date: f.text(b.Date, s), Seal: b.Seal})
	}
}

// headingNumber counts 一、 and below it （一）, so that a heading left out by
// its guard leaves no gap.
func (f *filler) headingNumber(level int) string {
	f.heads[level-1]++
	if level == 1 {
		f.heads[1] = 0
		return HanNumber(f.heads[0]) + "、"
	}
	return "（" + HanNumber(f.heads[1]) + "）"
}

// add keeps a part; values with line ends become paragraphs of their own.
func (f *filler) add(p Part) {
	if Plain(p.Runs) == "" && p.Date == "" {
		return
	}
	last := len(p.Runs) - 1
	if last < 0 || !strings.Contains(p.Runs[last].Text, "\n") {
		f.doc.Blocks = append(f.doc.Blocks, p)
		return
	}
	for i, line := range splitLines(p.Runs[last].Text) {
		q := p
		q.Runs = []Run{{line, p.Runs[last].Role}}
		if i == 0 {
			q.Runs = append(slices.Clone(p.Runs[:last]), q.Runs...)
		}
		f.doc.Blocks = append(f.doc.Blocks, q)
	}
}

func splitLines(s string) []string {
	var out []string
	for l := range strings.SplitSeq(s, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// numbered writes "附件：1. …" before the first of several attachments, the
// number alone before the others (GB/T 9704-2012 7.3.4).
func numbered(runs []Run, index, of int) []Run {
	head := ""
	if index == 1 {
		head = "附件："
	}
	if of > 1 {
		head += fmt.Sprintf("%d. ", index)
	}
	if head == "" {
		return runs
	}
	return append([]Run{{head, Body}}, runs...)
}

func (f *filler) table(b *Block) *Table {
	t := &Table{Columns: b.Columns}
	for i := range b.Rows {
		r := &b.Rows[i]
		for _, s := range f.scopes(r.Each) {
			if r.When.holds(s) {
				t.Rows = append(t.Rows, f.row(r, s))
			}
		}
	}
	return t
}

func (f *filler) row(r *Row, s scope) TableRow {
	out := TableRow{Height: r.Height}
	for _, c := range r.Cells {
		cell := TableCell{Span: max(c.Span, 1), Head: c.Head}
		lines := c.Lines
		if c.Text != "" {
			lines = []Line{{Text: c.Text, Align: c.Align}}
		}
		cell.Lines = f.cellLines(lines, c, s)
		cell.Foot = f.cellLines(c.Foot, c, s)
		out.Cells = append(out.Cells, cell)
	}
	return out
}

func (f *filler) cellLines(lines []Line, c Cell, s scope) []TableLine {
	var out []TableLine
	for _, l := range lines {
		if !l.When.holds(s) {
			continue
		}
		runs := f.runs(l.Lead, l.Text, s)
		if c.Head {
			for i := range runs {
				runs[i].Role = Strong
			}
		}
		if l.Ticks != nil {
			runs = append(runs, ticks(l.Ticks, s)...)
		}
		align := l.Align
		if align == Left {
			align = c.Align
		}
		out = append(out, splitRuns(runs, align)...)
	}
	return out
}

func splitRuns(runs []Run, align Align) []TableLine {
	var out []TableLine
	cur := []Run{}
	for _, r := range runs {
		for i, line := range strings.Split(r.Text, "\n") {
			if i > 0 {
				out = append(out, TableLine{cur, align})
				cur = nil
			}
			if line != "" {
				cur = append(cur, Run{line, r.Role})
			}
		}
	}
	return append(out, TableLine{cur, align})
}

// ticks prints 来电（√）、来函（　） or ☑来电 ☐来函.
func ticks(t *Ticks, s scope) []Run {
	picked := chosen(s.get(t.Field))
	var out []Run
	for i, o := range t.Options {
		on := slices.Contains(picked, o.ID) || slices.Contains(picked, o.Label)
		if i > 0 && t.Join != "" {
			out = append(out, Run{t.Join, Body})
		}
		switch {
		case t.Style == "box" && on:
			out = append(out, Run{"☑", Tick}, Run{o.Label, Body})
		case t.Style == "box":
			out = append(out, Run{"☐", Tick}, Run{o.Label, Body})
		case on:
			out = append(out, Run{o.Label + "（√）", Body})
		default:
			out = append(out, Run{o.Label + "（　）", Body})
		}
	}
	return out
}
