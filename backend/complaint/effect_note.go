package complaint

// Note is a remark; it changes nothing else.
type Note struct {
	Text string `json:"text"`
	Kind string `json:"kind,omitempty"` // contact, visit …, empty: 备注
}

// Do implements Effect.
func (*Note) Do() string { return "note" }

func (e *Note) check() error { return need(e.Text != "", "note") }

func (e *Note) apply(c *Case, by *applied) {
	c.Notes = append(c.Notes, Noted{Text: e.Text, Kind: e.Kind, At: by.act.At, By: by.act.Officer.Name, Act: string(by.id)})
}

func (e *Note) line() string { return e.Text }
