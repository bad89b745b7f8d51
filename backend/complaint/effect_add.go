package complaint

// AttachmentsField is the group that holds a case's files.
const AttachmentsField = "attachments"

// Add puts a row into a group (evidence, materials, attachments). Rows of all
// branches stay: a union.
type Add struct {
	Field string         `json:"field"`
	ID    string         `json:"id"` // random, names the row
	Row   map[string]any `json:"row"`
}

// Do implements Effect.
func (*Add) Do() string { return "add" }

func (e *Add) check() error {
	return need(e.Field != "" && e.ID != "" && len(e.Row) > 0 && len(e.Row) <= 60, "add")
}

// apply adds the row. Said again by the identity part of the same act it gives
// the row in full.
func (e *Add) apply(c *Case, by *applied) {
	for i, r := range c.Rows[e.Field] {
		if r.ID == e.ID {
			if r.Act == string(by.id) {
				c.Rows[e.Field][i].Values = e.Row
			}
			return
		}
	}
	c.Rows[e.Field] = append(c.Rows[e.Field], Row{ID: e.ID, Values: e.Row, Act: string(by.id), At: by.act.At, By: by.act.Officer.Name})
}

func (e *Add) line() string {
	if name, ok := e.Row["name"].(string); ok {
		return "添加：" + name
	}
	return ""
}
