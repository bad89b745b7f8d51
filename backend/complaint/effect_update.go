package complaint

import "maps"

// Update fills columns of a row that stands in a group: the reply to a work
// order, the end of an after-care item, the decision on a recusal. nil empties
// a column. Of several updates of a column the causally last wins, the clock
// decides only between concurrent ones. An update of a row that is not there
// (taken out, or its act undone) changes nothing.
type Update struct {
	Field  string         `json:"field"`
	ID     string         `json:"id"` // of the row
	Values map[string]any `json:"values"`
	Line   string         `json:"line,omitempty"` // in words, for the timeline
}

// Do implements Effect.
func (*Update) Do() string { return "update" }

func (e *Update) check() error {
	return need(e.Field != "" && e.ID != "" && len(e.Values) > 0 && len(e.Values) <= 60 && len(e.Line) <= 2000, "update")
}

func (e *Update) apply(c *Case, _ *applied) {
	rows := c.Rows[e.Field]
	for i, r := range rows {
		if r.ID != e.ID {
			continue
		}
		values := maps.Clone(r.Values) // those are the adding act's own
		for column, v := range e.Values {
			if v == nil {
				delete(values, column)
				continue
			}
			values[column] = v
		}
		rows[i].Values = values
		return
	}
}

func (e *Update) line() string { return e.Line }
