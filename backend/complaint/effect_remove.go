package complaint

// Remove takes a row out of a group. The row stays in the history.
type Remove struct {
	Field string `json:"field"`
	ID    string `json:"id"`
}

// Do implements Effect.
func (*Remove) Do() string { return "remove" }

func (e *Remove) check() error { return need(e.Field != "" && e.ID != "", "remove") }

func (e *Remove) apply(c *Case, _ *applied) {
	rows := c.Rows[e.Field]
	for i, r := range rows {
		if r.ID == e.ID {
			c.Rows[e.Field] = append(append([]Row(nil), rows[:i]...), rows[i+1:]...)
			return
		}
	}
}

func (*Remove) line() string { return "移除一项" }
