package desk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"jiesu/backend/calendar"
	"jiesu/backend/complaint"
	"jiesu/backend/fault"
	"jiesu/backend/letter"
	"jiesu/backend/letter/pdf"
	"jiesu/backend/regime"
)

// maxLetter is the largest PDF a case takes.
const maxLetter = 50 << 20

// lettersOnce holds what letters are made with, loaded when the first is
// asked for, and lets one letter at a time take its number.
type lettersOnce struct {
	once      sync.Once
	templates map[string]*letter.Template
	fonts     *pdf.Fonts
	err       error

	issuing sync.Mutex
}

func (d *Desk) loadLetters() error {
	s := &d.letterSet
	s.once.Do(func() {
		all := d.o.Templates
		if all == nil {
			if all, s.err = letter.LoadDir(d.o.Assets.Letters, "."); s.err != nil {
				return
			}
		}
		s.templates = map[string]*letter.Template{}
		for _, t := range all {
			s.templates[t.ID] = t
		}
		s.fonts, s.err = pdf.LoadFonts(d.o.Assets.Fonts)
	})
	return s.err
}

// LetterKinds lists the letters a case can have now and what each still lacks.
func (d *Desk) LetterKinds(_ context.Context, number string) ([]LetterKind, error) {
	o, err := d.openCase(number)
	if err != nil {
		return nil, err
	}
	return d.letterKinds(o)
}

func (d *Desk) letterKinds(o opened) ([]LetterKind, error) {
	out := []LetterKind{}
	facts := complaint.FactsAt(o.c, d.o.Now())
	for _, use := range o.regime.Letters {
		if use.When != nil {
			if may, _ := use.When.Eval(facts); !may {
				continue
			}
		}
		p, err := d.paper(o, use, time.Time{})
		if err != nil {
			return nil, err
		}
		k := LetterKind{Kind: use.Kind, Label: use.Label, Complete: len(p.missing) == 0, Missing: p.missing}
		if l, ok := o.c.Valid(use.Kind); ok {
			k.Issued = l.Number
		}
		out = append(out, k)
	}
	return out, nil
}

// LetterPreview draws a draft: no number, ____ where something is missing.
func (d *Desk) LetterPreview(ctx context.Context, number, kind string) ([]byte, error) {
	o, err := d.openCase(number)
	if err != nil {
		return nil, err
	}
	use, err := letterUse(o.regime, kind)
	if err != nil {
		return nil, err
	}
	p, err := d.paper(o, use, time.Time{})
	if err != nil {
		return nil, err
	}
	if err := d.lookAt(ctx, o, "文书草稿"); err != nil {
		return nil, err
	}
	return pdf.Render(ctx, d.letterSet.fonts, p.document(""), pdf.Options{Draft: true, Created: d.o.Now()})
}

// LetterIssue makes a letter final: it takes the next number, is drawn, kept
// and recorded. What is missing refuses it.
func (d *Desk) LetterIssue(ctx context.Context, number, kind string) (Issued, []byte, error) {
	issued, raw, _, err := d.issue(ctx, number, kind)
	return issued, raw, err
}

func (d *Desk) issue(ctx context.Context, number, kind string) (Issued, []byte, *paper, error) {
	d.letterSet.issuing.Lock() // until it is recorded the number is nobody's
	defer d.letterSet.issuing.Unlock()
	o, err := d.change(ctx, number)
	if err != nil {
		return Issued{}, nil, nil, err
	}
	use, err := letterUse(o.regime, kind)
	if err != nil {
		return Issued{}, nil, nil, err
	}
	now := d.o.Now()
	p, err := d.paper(o, use, now)
	if err != nil {
		return Issued{}, nil, nil, err
	}
	if err := d.mayIssue(o, use, p.missing); err != nil {
		return Issued{}, nil, nil, err
	}
	serial, err := d.takeNumber(o, p)
	if err != nil {
		return Issued{}, nil, nil, err
	}
	letters, raw, err := d.copies(ctx, o, p)
	if err != nil {
		return Issued{}, nil, nil, err
	}
	letters[0].Serial, letters[0].Marks = &serial, use.Marks
	act, err := complaint.DecideLetter(o.c, d.env(o.book, o.me, o.regime, o.c), letters...)
	if err != nil {
		return Issued{}, nil, nil, err
	}
	act.At, act.Recorded = now, now
	change, err := d.append(ctx, o, act, nil)
	if err != nil {
		return Issued{}, nil, nil, err
	}
	l := letters[0]
	return Issued{ID: l.ID, Number: l.Number, SHA256: l.SHA256, Act: change.Act, Path: "/letter/" + o.c.ID + "/issued/" + l.ID}, raw, p, nil
}

// copies draws the letter, and of one for both parties the respondent's copy,
// and keeps the files; raw is the letter's.
func (d *Desk) copies(ctx context.Context, o opened, p *paper) ([]*complaint.LetterIssued, []byte, error) {
	first, raw, err := d.print(ctx, o, p, "")
	if err != nil || p.template.Recipient != "both" {
		return []*complaint.LetterIssued{first}, raw, err
	}
	second, _, err := d.print(ctx, o, p, "respondent")
	return []*complaint.LetterIssued{first, second}, raw, err
}

func letterUse(r *regime.Regime, kind string) (regime.LetterUse, error) {
	use, ok := r.Letter(kind)
	if !ok {
		return use, fault.New(fault.NotFound, "no-such-letter", "本案适用的办法没有这种文书："+kind, "用 letter kinds 查看可以出的文书")
	}
	return use, nil
}

// mayIssue refuses what may not go out, with what is missing in words.
func (d *Desk) mayIssue(o opened, use regime.LetterUse, missing []Missing) error {
	if err := o.c.MayIssue(use.Kind, use.Label); err != nil {
		return err
	}
	if use.When != nil {
		if may, says := use.When.Eval(complaint.FactsAt(o.c, d.o.Now())); !may {
			return fault.New(fault.Refused, "letter-not-now", "现在还不能签发《"+use.Label+"》", firstText(says, "请先办理产生这份文书的那一步"))
		}
	}
	if len(missing) == 0 {
		return nil
	}
	var labels []string
	hints := map[string]string{"profile": "单位和人员的信息请在“设置”中填写", "case": "案件的内容请用“更正”补充", "action": "办理的内容请用“更正”补充，或撤销后重新办理"}
	var hint []string
	for _, m := range missing {
		labels = append(labels, m.Label)
		if h := hints[m.Where]; h != "" {
			hint = append(hint, h)
			delete(hints, m.Where)
		}
	}
	return fault.New(fault.Refused, "letter-incomplete", "《"+use.Label+"》还不能签发，缺："+strings.Join(labels, "、"), strings.Join(hint, "；")).At(missing[0].Field)
}

func firstText(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// takeNumber gives the letter the number that comes next here; the year is
// that of the 成文日期.
func (d *Desk) takeNumber(o opened, p *paper) (complaint.Serial, error) {
	s := complaint.Serial{Kind: p.use.Word, Year: zoned(p.now).Year()}
	if s.Kind == "" { // a form of one's own
		s.Kind = p.use.Kind
	}
	var err error
	if s.N, err = o.book.NextSerial(s.Kind, s.Year); err != nil {
		return s, err
	}
	p.head.Date = calendar.DateOf(p.now).String()
	if p.use.Word == "" {
		p.head.Number = fmt.Sprintf("%d-%s-%04d", s.Year, o.me.Code, s.N)
		p.head.Serial = p.head.Number
		return s, nil
	}
	word, _ := p.head.Office["code_word"].(string)
	p.head.Number = fmt.Sprintf("%s%s〔%d〕%s-%d号", word, p.use.Word, s.Year, o.me.Code, s.N)
	return s, nil
}

// print draws one copy and keeps the file.
func (d *Desk) print(ctx context.Context, o opened, p *paper, copy string) (*complaint.LetterIssued, []byte, error) {
	doc := p.document(copy)
	raw, err := pdf.Render(ctx, d.letterSet.fonts, doc, pdf.Options{Created: p.now})
	if err != nil {
		return nil, nil, err
	}
	blob, err := o.book.PutBlob(ctx, bytes.NewReader(raw), maxLetter)
	if err != nil {
		return nil, nil, err
	}
	sum := sha256.Sum256(raw)
	l := &complaint.LetterIssued{ID: o.book.ID(), Kind: p.use.Kind, Label: p.use.Label, Number: p.head.Number, Date: p.head.Date,
		Template: doc.Template, Version: doc.Version, Hash: doc.Hash, Remedy: remedyOf(doc.Remedy), Blob: blob, SHA256: hex.EncodeToString(sum[:])}
	if copy != "" {
		l.Kind, l.Label = l.Kind+complaint.CopySuffix, l.Label+"（被投诉人）"
	}
	return l, raw, nil
}

// remedyOf is what the letter told of remedies: the days for review and suit
// are counted by it later.
func remedyOf(u letter.RemedyUse) map[string]any {
	if u.ID == letter.RemedyNone || u.ID == "" {
		return nil
	}
	out := map[string]any{"id": string(u.ID), "row": float64(u.Row), "text": u.Text}
	for k, v := range map[string]string{"body": u.Body, "court": u.Court, "confirmed_by": u.ConfirmedBy} {
		if v != "" {
			out[k] = v
		}
	}
	return out
}

// LetterExport gives an issued letter's file again, by its id or 文号.
func (d *Desk) LetterExport(ctx context.Context, number, name string) ([]byte, error) {
	o, err := d.openCase(number)
	if err != nil {
		return nil, err
	}
	l, err := o.c.LetterBy(name)
	if err == nil {
		err = o.c.SealedLetter()
	}
	if err == nil {
		err = d.lookAt(ctx, o, "文书")
	}
	if err != nil {
		return nil, err
	}
	r, err := o.book.OpenBlob(l.Blob)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, maxLetter))
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != l.SHA256 {
		return nil, fault.New(fault.Damaged, "letter-damaged", "存下的文书与签发时不同", "请运行数据检查（verify），并从备份恢复")
	}
	return raw, nil
}

// LetterVoid takes an issued letter back; its number is never used again.
func (d *Desk) LetterVoid(ctx context.Context, number, name, reason string) (Change, error) {
	o, err := d.change(ctx, number)
	if err != nil {
		return Change{}, err
	}
	act, err := complaint.DecideVoid(o.c, d.env(o.book, o.me, o.regime, o.c), name, reason)
	if err != nil {
		return Change{}, err
	}
	return d.append(ctx, o, act, nil)
}
