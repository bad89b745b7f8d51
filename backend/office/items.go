package office

// ListItem adds an item of the unit's own to an open list of a regime, or takes
// it back: then it is not offered any more; cases that have it keep its label.
type ListItem struct {
	Regime string `json:"regime"`
	List   string `json:"list"`
	ID     string `json:"id"`
	Label  string `json:"label"`
	Gone   bool   `json:"gone,omitempty"`
}

func (*ListItem) name() string { return "list_items" }

// key names an item among a unit's.
func (i ListItem) key() string { return i.Regime + "/" + i.List + "/" + i.ID }
