package desk

import (
	"context"
	"fmt"

	"jiesu/backend/fault"
	"jiesu/backend/regime"
)

// RegimeChecked is what is wrong with a rulebook file.
type RegimeChecked struct {
	OK       bool            `json:"ok"`
	Regime   RegimeRow       `json:"regime"`
	Problems []RegimeProblem `json:"problems"`
	Error    *RefusedFile    `json:"error,omitempty"` // with problems: the refusal in one line
}

// RefusedFile is why a file would not be taken into use.
type RefusedFile struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

// RegimeProblem is one fault of a rulebook file.
type RegimeProblem struct {
	Line    int    `json:"line"`
	Path    string `json:"path"`
	Message string `json:"message"`
}

func (d *Desk) regimes() *regime.Book {
	if book, err := d.open(); err == nil && book.Unlocked() {
		return book.Rules().Regimes
	}
	return d.rules.Regimes
}

// CheckRegime reads a rulebook file and lists all that is wrong with it, without
// taking it into use. It needs no data folder.
func (d *Desk) CheckRegime(_ context.Context, file []byte) (RegimeChecked, error) {
	out := RegimeChecked{Problems: []RegimeProblem{}}
	book := d.regimes()
	r, problems, err := book.Check(file, d.letterProblems)
	if r != nil {
		out.Regime = regimeRow(r)
	}
	for _, p := range problems {
		out.Problems = append(out.Problems, RegimeProblem{Line: p.Line, Path: p.Path, Message: p.Message})
	}
	if err == nil && len(problems) == 0 {
		_, _, err = book.With(file) // the same version with another content
	}
	if err != nil {
		out.Problems = append(out.Problems, RegimeProblem{Message: fault.Of(err).Message})
	}
	out.OK = len(out.Problems) == 0
	if !out.OK {
		f := fault.Of(firstError(err, refusedFile(out.Problems)))
		out.Error = &RefusedFile{Code: f.Code, Message: f.Message, Hint: f.Hint}
	}
	return out, nil
}

// refusedFile refuses a rulebook with its first fault and the number of all.
func refusedFile(problems []RegimeProblem) error {
	p := problems[0]
	words := "办法文件不能用："
	if p.Line > 0 {
		words += fmt.Sprintf("第 %d 行：", p.Line)
	}
	words += p.Message
	if n := len(problems); n > 1 {
		words += fmt.Sprintf("（共 %d 处问题）", n)
	}
	return fault.New(fault.Refused, "regime-bad", words, "请改正后再加载；原来的办法继续有效")
}

// RegimeDetail is one rulebook whole.
type RegimeDetail struct {
	RegimeRow
	Purpose string         `json:"purpose"`
	Form    RegimeForm     `json:"form"`
	Actions []ActionRow    `json:"actions"`
	Clocks  []ClockSetting `json:"clocks"`
	Reading RegimeReading  `json:"reading"` // as a person reads it
	Source  string         `json:"source"`  // the file as it was loaded
}

// ShowRegime is a rulebook by id or system (S7), in its version last come into
// force. It needs no data folder.
func (d *Desk) ShowRegime(ctx context.Context, id string) (RegimeDetail, error) {
	r, err := d.rulebook(id)
	if err != nil {
		return RegimeDetail{}, err
	}
	out := RegimeDetail{RegimeRow: regimeRow(r), Purpose: r.Purpose, Clocks: []ClockSetting{}}
	if out.Form, err = d.RegimeForm(ctx, r.ID); err != nil {
		return out, err
	}
	if out.Actions, err = d.RegimeActions(ctx, r.ID); err != nil {
		return out, err
	}
	for _, c := range r.Clocks {
		out.Clocks = append(out.Clocks, ClockSetting{Regime: r.ID, Clock: c.ID, Label: c.Label, Span: c.Span, Origin: ruleOrigin(&c),
			Article: c.Article, Locked: c.Origin == "statutory", ByCase: saidByCase(&c)})
	}
	if out.Reading, err = d.ReadRegime(ctx, r.Key()); err != nil {
		return out, err
	}
	source, _ := d.regimes().Source(r.ID, r.Version)
	out.Source = string(source)
	return out, nil
}
