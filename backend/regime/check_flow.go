package regime

import (
	"fmt"
	"slices"
)

// flow finds tracks that nothing opens, stages that no case can come to, and
// stages from which no end can be reached, however the case is handled.
func (c *checker) flow() {
	for i := range c.r.Tracks {
		t := &c.r.Tracks[i]
		at := fmt.Sprintf("tracks[%d]", i)
		if !c.opened(t.ID) {
			c.say(at, "流程“%s”没有事项或动作打开它", t.ID)
		}
		m := stepsOf(c.r, t)
		reached, ending := m.reached(), m.ending()
		for j, s := range t.Stages {
			here := fmt.Sprintf("%s.stages[%d]", at, j)
			switch {
			case reached[s.ID]:
			case m.into(s.ID):
				c.say(here, "阶段“%s”走不到：通到它的阶段自己走不到", s.ID)
			default:
				c.say(here, "阶段“%s”没有动作通到", s.ID)
			}
			switch {
			case ending[s.ID]:
			case len(m.next[s.ID]) == 0:
				c.say(here, "阶段“%s”没有动作走得出去", s.ID)
			default:
				c.say(here, "阶段“%s”走不到结束：从这里出发，怎样办也到不了结束的阶段", s.ID)
			}
		}
	}
}

func (c *checker) opened(track string) bool {
	if slices.ContainsFunc(c.r.Matters, func(m Matter) bool { return slices.Contains(m.Tracks, track) }) {
		return true
	}
	return slices.ContainsFunc(c.r.Actions, func(a Action) bool {
		return slices.ContainsFunc(a.Effects, func(e EffectSpec) bool { return e.OpenTrack == track })
	})
}

// steps are the ways between the stages of one track.
type steps struct {
	track  *Track
	next   map[string][]string // stage → stages that an action leads to
	closed map[string]bool     // stages at which an action closes the track
}

func stepsOf(r *Regime, t *Track) steps {
	m := steps{track: t, next: map[string][]string{}, closed: map[string]bool{}}
	for _, a := range r.Actions {
		for _, e := range a.Effects {
			for _, s := range t.Stages {
				switch {
				case a.Track == t.ID && e.Go != "" && e.Go != s.ID && a.At(s):
					m.next[s.ID] = append(m.next[s.ID], e.Go)
				case e.CloseTrack == t.ID && (a.Track != t.ID || a.At(s)):
					m.closed[s.ID] = true
				}
			}
		}
	}
	return m
}

func (m steps) into(stage string) bool {
	for from, to := range m.next {
		if from != stage && slices.Contains(to, stage) {
			return true
		}
	}
	return false
}

// reached are the stages a case can come to from where the track opens.
func (m steps) reached() map[string]bool {
	seen := map[string]bool{}
	var open []string
	if len(m.track.Stages) > 0 {
		open = []string{m.track.Stages[0].ID}
	}
	for len(open) > 0 {
		s := open[0]
		open = open[1:]
		if !seen[s] {
			seen[s] = true
			open = append(open, m.next[s]...)
		}
	}
	return seen
}

// ending are the stages from which the track can end.
func (m steps) ending() map[string]bool {
	ends := map[string]bool{}
	for _, s := range m.track.Stages {
		ends[s.ID] = s.End || m.closed[s.ID]
	}
	for more := true; more; {
		more = false
		for from, to := range m.next {
			if !ends[from] && slices.ContainsFunc(to, func(s string) bool { return ends[s] }) {
				ends[from], more = true, true
			}
		}
	}
	return ends
}
