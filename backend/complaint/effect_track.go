package complaint

// OpenTrack opens a strand of work (主办, 举报, 调解 …). Opening twice is one.
type OpenTrack struct {
	Track string `json:"track"`
	Label string `json:"label"`
}

// Do implements Effect.
func (*OpenTrack) Do() string { return "open_track" }

func (e *OpenTrack) check() error { return need(e.Track != "", "open_track") }

func (e *OpenTrack) apply(c *Case, _ *applied) {
	if t := c.track(e.Track); t != nil {
		t.Label = e.Label
		return
	}
	c.Tracks = append(c.Tracks, Track{ID: e.Track, Label: e.Label})
}

func (*OpenTrack) line() string { return "" }

// CloseTrack ends a strand without going to an end stage (merged, split off).
type CloseTrack struct {
	Track string `json:"track"`
}

// Do implements Effect.
func (*CloseTrack) Do() string { return "close_track" }

func (e *CloseTrack) check() error { return need(e.Track != "", "close_track") }

func (e *CloseTrack) apply(c *Case, _ *applied) {
	if t := c.track(e.Track); t != nil {
		t.Ended = true
	}
}

func (*CloseTrack) line() string { return "" }
