package complaint

// SamePerson says that the complainants of this case and of another are one
// person, or, apart, that they are not. An officer says it, never the program;
// said again the other way it counts as said last. Both cases hold one, but a
// case whose person is not protected never names one whose person is.
type SamePerson struct {
	Case  string `json:"case"`
	Apart bool   `json:"apart,omitempty"`
}

// Do implements Effect.
func (*SamePerson) Do() string { return "same_person" }

func (e *SamePerson) check() error { return need(e.Case != "", "same_person") }

func (e *SamePerson) apply(c *Case, _ *applied) {
	if c.Persons == nil {
		c.Persons = map[string]bool{}
	}
	c.Persons[e.Case] = !e.Apart
}

func (*SamePerson) line() string { return "" }
