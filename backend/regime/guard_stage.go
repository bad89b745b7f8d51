package regime

import "reflect"

// AllowsAt says whether a guard can hold while a track stands at a stage, as
// far as the stages it names tell. It draws the picture of a track, where no
// case is at hand: what the guard asks besides may be so or not.
func (g *Guard) AllowsAt(track, stage string) bool {
	can, _ := g.canAt(track, stage)
	return can
}

// canAt says whether it can hold there, and whether it can fail.
func (g *Guard) canAt(track, stage string) (hold, fail bool) {
	if g == nil {
		return true, false
	}
	hold, fail = true, g.asksBesides()
	also := func(h, f bool) { hold, fail = hold && h, fail || f }
	if on, named := splitStage(g.Stage); g.Stage != "" && (on == "" || on == track) {
		also(named == stage, named != stage)
	}
	for i := range g.All {
		also(g.All[i].canAt(track, stage))
	}
	if len(g.Any) > 0 {
		anyHolds, allFail := false, true
		for i := range g.Any {
			h, f := g.Any[i].canAt(track, stage)
			anyHolds, allFail = anyHolds || h, allFail && f
		}
		also(anyHolds, allFail)
	}
	if g.Not != nil {
		h, f := g.Not.canAt(track, stage)
		also(f, h)
	}
	return hold, fail
}

// asksBesides says whether it asks anything but for a stage of one track, which
// may hold or fail.
func (g *Guard) asksBesides() bool {
	rest := *g
	rest.All, rest.Any, rest.Not, rest.Says = nil, nil, nil, ""
	if on, _ := splitStage(g.Stage); on == "" {
		rest.Stage = ""
	}
	return !reflect.ValueOf(rest).IsZero()
}
