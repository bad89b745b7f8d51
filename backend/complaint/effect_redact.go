package complaint

// Redact takes out of a complaint what belongs to a report found in it later
// (121号 art. 37): the named fields and files, every note, and what the
// timeline said until then. What its author had not seen stays. Nothing is
// lost: the half that is protected holds all of it in full.
type Redact struct {
	Fields []string `json:"fields,omitempty"`
	Files  []string `json:"files,omitempty"` // rows of the attachments
}

// Do implements Effect.
func (*Redact) Do() string { return "redact" }

func (e *Redact) check() error {
	return need(len(e.Fields) > 0 && len(e.Fields)+len(e.Files) <= 2000, "redact")
}

func (e *Redact) apply(c *Case, by *applied) {
	for _, id := range e.Fields {
		delete(c.Fields, id)
	}
	for _, id := range e.Files {
		(&Remove{Field: AttachmentsField, ID: id}).apply(c, by)
	}
	notes := c.Notes[:0:0]
	for _, n := range c.Notes {
		if !by.sawAct(n.Act) {
			notes = append(notes, n)
		}
	}
	c.Notes = notes
	for i := range c.History {
		if s := &c.History[i]; by.saw(s.Act) {
			s.Line = ""
		}
	}
}

func (*Redact) line() string { return "" }
