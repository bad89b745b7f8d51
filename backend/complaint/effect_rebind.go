package complaint

// Rebind binds the case to a rulebook: at registration, and later only as an
// explicit act with a reason.
type Rebind struct {
	Regime  string `json:"regime"`
	Version string `json:"version"`
	Hash    string `json:"hash"`
	Title   string `json:"title,omitempty"`
}

// Do implements Effect.
func (*Rebind) Do() string { return "rebind" }

func (e *Rebind) check() error { return need(e.Regime != "" && e.Version != "", "rebind") }

func (e *Rebind) apply(c *Case, by *applied) {
	c.claim("regime", claim{Act: by.id, Value: e.Regime + "@" + e.Version}, by)
	if c.Slot("regime") == e.Regime+"@"+e.Version {
		c.Regime = Bound{ID: e.Regime, Version: e.Version, Hash: e.Hash, Title: e.Title}
	}
}

func (*Rebind) line() string { return "" }
