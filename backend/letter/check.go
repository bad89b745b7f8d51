package letter

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var (
	idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{0,63}$`)
	// forbiddenText: remedies come from the locked paragraph only.
	forbiddenText = regexp.MustCompile(`复议|行政诉讼|上一?级主管部门`)
	// private fields of the complainant never reach the respondent's copy.
	private = []string{"complainant.phone", "complainant.address", "complainant.id_number"}
)

const (
	maxBlocks  = 200
	maxRows    = 200
	maxColumns = 24
)

// CheckTemplate refuses a template that is not well formed, lacks a statutory
// element, or names a remedy the law does not give this letter.
func CheckTemplate(t *Template) error {
	for _, check := range []func() (string, error){t.checkHead, t.checkMandatory, t.checkBlocks, t.checkRemedy, t.checkElements, t.checkWords} {
		if where, err := check(); err != nil {
			return broken(t.lines[where], err)
		}
	}
	return nil
}

func (t *Template) checkHead() (string, error) {
	switch {
	case t.Format != Format:
		return "format", fmt.Errorf("format 须为 %d", Format)
	case !idForm.MatchString(t.ID):
		return "id", errors.New("id 只能用小写字母、数字、点和短横，最多 64 个")
	case !idForm.MatchString(t.Version):
		return "version", errors.New("version 只能用小写字母、数字、点和短横")
	case !idForm.MatchString(string(t.Kind)):
		return "kind", errors.New("缺 kind（文书种类）")
	case !slices.Contains(Families, t.Family):
		return "family", fmt.Errorf("没有 family %q", t.Family)
	case strings.TrimSpace(t.Title) == "":
		return "title", errors.New("缺 title")
	case t.Paper != PaperLetter && t.Paper != PaperForm:
		return "paper", errors.New("paper 须为 letter 或 form")
	case !slices.Contains([]string{"complainant", "respondent", "both", "office"}, t.Recipient):
		return "recipient", errors.New("recipient 须为 complainant、respondent、both 或 office")
	case len(t.Blocks) == 0 || len(t.Blocks) > maxBlocks:
		return "blocks", fmt.Errorf("blocks 须有 1 到 %d 个", maxBlocks)
	}
	for _, c := range t.Capacities {
		if c.Label() == "" {
			return "capacities", fmt.Errorf("没有主体资格 %q", c)
		}
	}
	return "", nil
}

func (t *Template) checkMandatory() (string, error) {
	for i, m := range t.Mandatory {
		at := fmt.Sprintf("mandatory.%d", i)
		if !validPath(strings.Replace(m.Field, "[]", "", 1)) || strings.HasPrefix(m.Field, ".") || m.Label == "" {
			return at, fmt.Errorf("必备要素 %q 须有合格的 field 和中文 label", m.Field)
		}
		if err := m.When.check(1); err != nil {
			return at, err
		}
	}
	return "", nil
}

func (t *Template) checkBlocks() (string, error) {
	for i := range t.Blocks {
		b := &t.Blocks[i]
		if err := b.check(); err != nil {
			return fmt.Sprintf("blocks.%d", i), err
		}
	}
	return "", nil
}

func (b *Block) check() error {
	if err := b.When.check(1); err != nil {
		return err
	}
	if b.Each != "" && !validPath(b.Each) {
		return fmt.Errorf("each 的字段名不合规则：%s", b.Each)
	}
	table := b.Kind == TableBlock
	if table != (b.Rows != nil) || table != (b.Columns != nil) {
		return errors.New("columns 和 rows 恰好用于 table")
	}
	switch b.Kind {
	case Letterhead, Number, Title, Addressee, Paragraph, Contact, CarbonCopy, Note, Footer:
	case Heading:
		if b.Level < 1 || b.Level > 2 {
			return errors.New("heading 的 level 须为 1 或 2")
		}
	case List, Attachments:
		if b.Each == "" {
			return errors.New("list 和 attachments 须有 each")
		}
	case Remedy:
		if b.When != nil || b.Text != "" || b.Each != "" || b.Lead != "" {
			return errors.New("remedy 的文字由程序按法律给出，不能带条件或文字")
		}
		return nil
	case Signature:
		if b.Date == "" {
			return errors.New("signature 须有 date")
		}
	case TableBlock:
		return b.checkTable()
	default:
		return fmt.Errorf("没有这种 kind：%q", b.Kind)
	}
	if (b.Text == "") == (b.Ticks == nil) || b.Ticks != nil && b.Kind != Paragraph {
		return fmt.Errorf("%s 须有 text；只有 paragraph 可以改用 ticks", b.Kind)
	}
	return b.Ticks.check()
}

// checkTable proves that the cells fill the grid exactly.
func (b *Block) checkTable() error {
	n := len(b.Columns)
	if n == 0 || n > maxColumns || len(b.Rows) == 0 || len(b.Rows) > maxRows {
		return errors.New("表格须有 1 到 24 列、1 到 200 行")
	}
	for _, w := range b.Columns {
		if w <= 0 || w > 1000 {
			return errors.New("列宽须为正数")
		}
	}
	for i := range b.Rows {
		r := &b.Rows[i]
		if err := r.check(); err != nil {
			return fmt.Errorf("表格第 %d 行：%w", i+1, err)
		}
		filled := 0
		for _, c := range r.Cells {
			filled += max(c.Span, 1)
		}
		if filled != n {
			return fmt.Errorf("表格第 %d 行的单元格没有正好填满 %d 列", i+1, n)
		}
	}
	return nil
}

func (r *Row) check() error {
	if err := r.When.check(1); err != nil {
		return err
	}
	if r.Each != "" && !validPath(r.Each) || r.Height < 0 || r.Height > 200 {
		return errors.New("each 或 height 不合规则")
	}
	for _, c := range r.Cells {
		if c.Span < 0 || c.Span > maxColumns || c.Text != "" && c.Lines != nil {
			return errors.New("单元格的 span 不合规则，或同时有 text 和 lines")
		}
		for _, l := range slices.Concat(c.Lines, c.Foot) {
			if err := l.check(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l Line) check() error {
	if err := l.When.check(1); err != nil {
		return err
	}
	if l.Align != Left && l.Align != Center && l.Align != Right {
		return fmt.Errorf("没有对齐方式 %q", l.Align)
	}
	return l.Ticks.check()
}

func (t *Ticks) check() error {
	if t != nil && (!validPath(t.Field) || t.Style != "paren" && t.Style != "box" || len(t.Options) == 0) {
		return errors.New("ticks 须有 field、options，style 为 paren 或 box")
	}
	return nil
}

// checkRemedy: the paragraph named must be one the table gives, for every
// issuer the template is for.
func (t *Template) checkRemedy() (string, error) {
	printed := 0
	for _, b := range t.Blocks {
		if b.Kind == Remedy {
			printed++
		}
	}
	issuers := t.Capacities
	if len(issuers) == 0 {
		issuers = Capacities
	}
	for _, c := range issuers {
		if err := t.remedyFor(c, printed); err != nil {
			return "remedy", err
		}
	}
	if printed > 1 || printed == 1 && t.Remedy == RemedyNone {
		return "remedy", errors.New("remedy 块最多一个，且 remedy 为 none 时不得有")
	}
	return "", nil
}

// remedyFor: what the template prints of remedies must be what the table gives
// an issuer of that capacity.
func (t *Template) remedyFor(c Capacity, printed int) error {
	may := possible(t.Kind, t.Family, c)
	switch {
	case len(may) == 0 && (t.Remedy != RemedyNone || t.Family != FamilyEnterprise && t.Family != FamilyStaff):
		return fmt.Errorf("%s 对 %s 没有可用的救济途径规则", t.Kind, c.Label())
	case t.Remedy != RemedyAuto && len(may) > 0 && !slices.Contains(may, t.Remedy):
		return fmt.Errorf("%s（%s）不得使用救济途径 %s，可用：%s", t.Title, c.Label(), t.Remedy, idList(may))
	case printed == 0 && !slices.Contains(may, RemedyNone) && len(may) > 0:
		return fmt.Errorf("%s（%s）必须写明救济途径，缺 remedy 块", t.Title, c.Label())
	}
	return nil
}

// Suits says why an issuer of that capacity may not use the template, or nil.
func (t *Template) Suits(c Capacity) error {
	if t.Capacities != nil && !slices.Contains(t.Capacities, c) {
		return fmt.Errorf("模板“%s”不适用于%s", t.ID, c.Label())
	}
	printed := 0
	if slices.ContainsFunc(t.Blocks, func(b Block) bool { return b.Kind == Remedy }) {
		printed = 1
	}
	return t.remedyFor(c, printed)
}

func idList(ids []RemedyID) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return strings.Join(out, "、")
}

// checkElements: every statutory element is printed and mandatory.
func (t *Template) checkElements() (string, error) {
	printed := map[string]bool{}
	for i := range t.Blocks {
		b := &t.Blocks[i]
		b.visit(func(s string) {
			for _, p := range t.texts[s].paths() {
				printed[p] = true
			}
		})
		b.lists(func(p string) { printed[p] = true })
	}
	for _, r := range requirements(t.Family, t.Kind) {
		if !slices.ContainsFunc(t.Mandatory, func(m Mandatory) bool { return m.Field == r.field }) {
			return "mandatory", fmt.Errorf("%s必须把“%s”（%s）列为必备要素", t.Title, r.label, r.field)
		}
		if !printed[r.field] {
			return "blocks", fmt.Errorf("%s没有印出“%s”（%s）", t.Title, r.label, r.field)
		}
	}
	if t.Recipient == "respondent" {
		for _, p := range private {
			if printed[p] {
				return "blocks", fmt.Errorf("给被投诉人的文书不得印出 %s", p)
			}
		}
	}
	return "", nil
}

// lists calls f with the lists and tick fields the block prints.
func (b *Block) lists(f func(string)) {
	f(b.Each)
	if b.Ticks != nil {
		f(b.Ticks.Field)
	}
	for _, r := range b.Rows {
		f(r.Each)
		for _, c := range r.Cells {
			for _, l := range slices.Concat(c.Lines, c.Foot) {
				if l.Ticks != nil {
					f(l.Ticks.Field)
				}
			}
		}
	}
}

// checkWords looks at the template's own words only: a complainant may well
// have written 我要申请行政复议.
func (t *Template) checkWords() (where string, err error) {
	for i := range t.Blocks {
		t.Blocks[i].visit(func(s string) {
			own := t.texts[s].literal()
			m := forbiddenText.FindString(own)
			if m == "" && t.Recipient == "respondent" && strings.Contains(own, "举报") {
				m = "举报"
			}
			if m != "" && err == nil {
				where, err = fmt.Sprintf("blocks.%d", i), fmt.Errorf("模板文字不得自写“%s”，救济途径由 remedy 块按法律给出", m)
			}
		})
	}
	return where, err
}
