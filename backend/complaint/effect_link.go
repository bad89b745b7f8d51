package complaint

// Link joins two cases loosely (同一事项, 系列 …). Both cases hold one.
type Link struct {
	Case string `json:"case"`
	Kind string `json:"kind"`
}

// Do implements Effect.
func (*Link) Do() string { return "link" }

func (e *Link) check() error { return need(e.Case != "", "link") }

func (e *Link) apply(c *Case, _ *applied) { c.addLink(Linked{Case: e.Case, Kind: e.Kind}) }

func (*Link) line() string { return "" }

// Split records that part of this case went on as another, or came from one.
type Split struct {
	Into string `json:"into,omitempty"`
	From string `json:"from,omitempty"`
}

// Do implements Effect.
func (*Split) Do() string { return "split" }

func (e *Split) check() error { return need((e.Into == "") != (e.From == ""), "split") }

func (e *Split) apply(c *Case, _ *applied) {
	if e.Into != "" {
		c.addLink(Linked{Case: e.Into, Kind: "split-into"})
		return
	}
	c.addLink(Linked{Case: e.From, Kind: "split-from"})
}

func (*Split) line() string { return "" }

// Merge points to the case this one goes on in. Nothing moves; both numbers
// stay findable.
type Merge struct {
	Into string `json:"into,omitempty"`
	From string `json:"from,omitempty"`
}

// Do implements Effect.
func (*Merge) Do() string { return "merge" }

func (e *Merge) check() error { return need((e.Into == "") != (e.From == ""), "merge") }

func (e *Merge) apply(c *Case, by *applied) {
	if e.From != "" {
		c.addLink(Linked{Case: e.From, Kind: "merged-from"})
		return
	}
	c.addLink(Linked{Case: e.Into, Kind: "merged-into"})
	c.claim("merged", claim{Act: by.id, Value: e.Into}, by)
	c.MergedInto = c.Slot("merged")
}

func (*Merge) line() string { return "" }
