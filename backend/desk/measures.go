package desk

import (
	"context"
	"slices"
	"strings"

	"jiesu/backend/calendar"
	"jiesu/backend/casebook"
	"jiesu/backend/complaint"
	"jiesu/backend/deadline"
	"jiesu/backend/fault"
	"jiesu/backend/field"
	"jiesu/backend/regime"
	"jiesu/backend/view"
)

// MeasureRow is one figure of a period with the way it is made.
type MeasureRow struct {
	ID      string        `json:"id"`
	Label   string        `json:"label"`
	Formula string        `json:"formula"`
	Article string        `json:"article"`
	Share   bool          `json:"share"` // a part of something, not a plain number
	Total   MeasureFigure `json:"total"`
	By      string        `json:"by"`    // label of what the parts are, empty: none
	Parts   []MeasurePart `json:"parts"` // for each unit or person, the largest first
}

// MeasureFigure is a number of cases and out of how many.
type MeasureFigure struct {
	Count int `json:"count"`
	Of    int `json:"of"`
}

// MeasurePart is the figure of one unit or person.
type MeasurePart struct {
	Name string `json:"name"`
	MeasureFigure
}

// maxMeasured bounds how many cases one figure reads at once.
const maxMeasured = 20000

// Measures computes the figures of a rulebook over the cases received in a
// period, both days included; empty days are open ends. Cases are counted as
// they stand now, each under the rulebook it is bound to.
func (d *Desk) Measures(ctx context.Context, id, from, to string) ([]MeasureRow, error) {
	book, me, err := d.entered()
	if err != nil {
		return nil, err
	}
	r, err := book.Rules().Regimes.Latest(id)
	if err != nil {
		return nil, err
	}
	if err := days(from, to); err != nil {
		return nil, err
	}
	rows, total, err := book.Select(ctx, view.Query{Regime: id}, 0, maxMeasured)
	if err != nil {
		return nil, err
	}
	if total > maxMeasured {
		return nil, fault.New(fault.Refused, "too-many-cases", "案件太多，不能一次算出指标", "请缩短期间")
	}
	m := newMeasuring(r)
	for _, row := range rows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c, err := book.Case(row.Case)
		if err != nil {
			return nil, err
		}
		if day := calendar.DateOf(received(c)).String(); from != "" && day < from || to != "" && day > to {
			continue
		}
		m.add(c, d.measureFacts(book, me, r, c))
	}
	return m.rows(), nil
}

// days checks the ends of a period.
func days(list ...string) error {
	for _, s := range list {
		if _, err := calendar.ParseDate(s); s != "" && err != nil {
			return fault.New(fault.Usage, "bad-date", "日期看不懂："+s, "请写成 2026-04-15")
		}
	}
	return nil
}

// measureFacts are a case's facts and its limits at this moment.
func (d *Desk) measureFacts(book *casebook.Book, me casebook.Me, r *regime.Regime, c *complaint.Case) measured {
	return measured{facts: complaint.FactsIn(c, d.env(book, me, r, c)), limits: book.Deadlines(c)}
}

type measured struct {
	facts  regime.Facts
	limits []deadline.Deadline
}

// measuring adds the cases up, one row for each figure of the rulebook.
type measuring struct {
	r   *regime.Regime
	out []MeasureRow
}

func newMeasuring(r *regime.Regime) *measuring {
	m := &measuring{r: r, out: make([]MeasureRow, len(r.Measures))}
	for i, x := range r.Measures {
		m.out[i] = MeasureRow{ID: x.ID, Label: x.Label, Formula: x.Formula, Article: x.Article,
			Share: x.Of != nil || x.Clock != "", Parts: []MeasurePart{}}
		if def, ok := r.FieldDef(x.By); ok {
			m.out[i].By = def.Label
		}
	}
	return m
}

func (m *measuring) add(c *complaint.Case, facts measured) {
	for i, x := range m.r.Measures {
		counts, of := facts.counted(x)
		if !of {
			continue
		}
		m.out[i].Total.add(counts)
		if def, ok := m.r.FieldDef(x.By); ok {
			m.out[i].part(partName(def, c)).add(counts)
		}
	}
}

// partName is the unit or person a case belongs to; of a person protected
// here nothing is said.
func partName(def field.Def, c *complaint.Case) string {
	if v := c.Fields[def.ID]; !field.Empty(v) {
		return strings.TrimSpace(field.ShowText(def, field.Masked(def, v)))
	}
	return "未填"
}

// counted says whether a case is among those a figure is out of, and whether
// it counts.
func (f measured) counted(x regime.Measure) (counts, of bool) {
	if x.Clock == "" {
		of, _ = x.Of.Eval(f.facts)
		counts, _ = x.Count.Eval(f.facts)
		return counts && of, of
	}
	for _, l := range f.limits {
		if l.ID == x.Clock {
			return l.State == deadline.Stopped && !l.Late, l.State == deadline.Stopped || l.State == deadline.Overdue
		}
	}
	return false, false
}

func (f *MeasureFigure) add(counts bool) {
	f.Of++
	if counts {
		f.Count++
	}
}

func (row *MeasureRow) part(name string) *MeasureFigure {
	i := slices.IndexFunc(row.Parts, func(p MeasurePart) bool { return p.Name == name })
	if i < 0 {
		i = len(row.Parts)
		row.Parts = append(row.Parts, MeasurePart{Name: name})
	}
	return &row.Parts[i].MeasureFigure
}

func (m *measuring) rows() []MeasureRow {
	for i := range m.out {
		slices.SortStableFunc(m.out[i].Parts, func(a, b MeasurePart) int {
			if a.Of != b.Of {
				return b.Of - a.Of
			}
			return strings.Compare(a.Name, b.Name)
		})
	}
	return m.out
}
