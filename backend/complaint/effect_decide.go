package complaint

// Decided decides a slot: acceptance, decision, number … Two acts that decide
// the same slot without having seen each other contradict, whatever the values.
type Decided struct {
	Slot  string `json:"slot"`
	Value string `json:"value"`
	Label string `json:"label,omitempty"` // in words, for the timeline

	Serial *Serial `json:"serial,omitempty"` // of a number, so that the next one follows from the journal
}

// Serial is the counted part of a number.
type Serial struct {
	Kind string `json:"kind"` // case, or a letter's word
	Year int    `json:"year"`
	N    int    `json:"n"`
}

// NumberSlot holds the case number (统一编号).
const NumberSlot = "number"

// Do implements Effect.
func (*Decided) Do() string { return "decide" }

func (e *Decided) check() error {
	return need(e.Slot != "" && len(e.Slot) <= 80 && e.Value != "" && len(e.Value) <= 400, "decide")
}

func (e *Decided) apply(c *Case, by *applied) {
	c.claim(e.Slot, claim{Act: by.id, Value: e.Value, Hard: true}, by)
}

func (e *Decided) line() string {
	if e.Slot == NumberSlot {
		return "统一编号 " + e.Value
	}
	return e.Label
}
