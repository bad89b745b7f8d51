package complaint

// Go moves a track to a stage. What the lists need to know of the stage comes
// with it, so that the fold reads no regime. It claims "stage:<track>"; two
// acts that go to the same stage do not contradict.
type Go struct {
	Track string `json:"track"`
	Stage string `json:"stage"`
	Label string `json:"label"`
	Waits string `json:"waits,omitempty"` // office, complainant, respondent, other
	Next  string `json:"next,omitempty"`  // action proposed first
	End   bool   `json:"end,omitempty"`
}

// Do implements Effect.
func (*Go) Do() string { return "go" }

func (e *Go) check() error { return need(e.Track != "" && e.Stage != "", "go") }

func (e *Go) apply(c *Case, by *applied) {
	slot := "stage:" + e.Track
	c.claim(slot, claim{Act: by.id, Value: e.Stage}, by)
	if c.Slot(slot) != e.Stage { // another branch is shown until a person decides
		return
	}
	t := c.track(e.Track)
	if t == nil { // its opening was undone or not yet received
		c.Tracks = append(c.Tracks, Track{ID: e.Track, Label: e.Track})
		t = &c.Tracks[len(c.Tracks)-1]
	}
	t.Stage, t.StageLabel, t.Waits, t.Next, t.Ended, t.Since = e.Stage, e.Label, e.Waits, e.Next, e.End, by.act.At
	t.Passed = append(t.Passed, e.Stage)
}

func (*Go) line() string { return "" }
