package regime

import (
	"fmt"
	"strings"
)

// Measure is a figure an office is judged by (满意率, 时限达成率): a share of
// cases, or a number of them; of a clock, the share of those that were in time
// among those that have stopped or run out.
type Measure struct {
	ID      string `json:"id" yaml:"id"`
	Label   string `json:"label" yaml:"label"`
	Formula string `json:"formula" yaml:"formula"`                 // in words, printed under the figure
	Count   *Guard `json:"count,omitempty" yaml:"count,omitempty"` // the cases that count
	Clock   string `json:"clock,omitempty" yaml:"clock,omitempty"` // or: how often this limit was kept
	Of      *Guard `json:"of,omitempty" yaml:"of,omitempty"`       // out of these; empty: a plain number
	By      string `json:"by,omitempty" yaml:"by,omitempty"`       // a field: one figure for each value (unit, person)
	Article string `json:"article,omitempty" yaml:"article,omitempty"`
}

// measures checks that a figure says how it is made, and counts something.
func (c *checker) measures() {
	ms := c.r.Measures
	c.ids("measures", "指标", len(ms), func(i int) string { return ms[i].ID }, func(i int) string { return ms[i].Label })
	for i, m := range ms {
		at := fmt.Sprintf("measures[%d]", i)
		if strings.TrimSpace(m.Formula) == "" || (m.Count == nil) == (m.Clock == "") {
			c.say(at, "指标“%s”应写算法（formula），并写计数的条件（count）或时限（clock）之一", m.ID)
		}
		if _, ok := c.r.Clock(m.Clock); m.Clock != "" && !ok {
			c.say(at, "指标“%s”的时限“%s”不存在", m.ID, short(m.Clock))
		}
		c.guard(at+".count", "", m.Count)
		c.guard(at+".of", "", m.Of)
		if m.By != "" {
			if _, ok := c.r.FieldDef(m.By); !ok {
				c.say(at, "指标“%s”的分组字段“%s”不存在", m.ID, short(m.By))
			}
		}
	}
}
