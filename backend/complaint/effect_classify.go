package complaint

// Classify puts the case into a class of a scheme (category, level, validity).
// It claims the slot "class:<scheme>"; equal values do not contradict.
type Classify struct {
	Scheme string `json:"scheme"`
	Value  string `json:"value"`
	Label  string `json:"label,omitempty"`
	Rule   string `json:"rule,omitempty"` // the rule that proposed it, empty: a person's choice
}

// Do implements Effect.
func (*Classify) Do() string { return "classify" }

func (e *Classify) check() error {
	return need(e.Scheme != "" && len(e.Scheme) <= 80 && len(e.Value) <= 400, "classify")
}

func (e *Classify) apply(c *Case, by *applied) {
	c.claim("class:"+e.Scheme, claim{Act: by.id, Value: e.Value}, by)
	c.Fields[e.Scheme] = c.Slot("class:" + e.Scheme)
}

func (e *Classify) line() string { return e.Label }
