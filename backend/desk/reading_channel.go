package desk

import (
	"slices"
	"strings"

	"jiesu/backend/regime"
)

// readChannel is one page of 怎么接待投诉: what to say and to ask of somebody
// who comes that way, what is done next and how soon.
func (d *Desk) readChannel(r *regime.Regime, c regime.Channel) ReadChannel {
	out := ReadChannel{ID: c.ID, Label: c.Label, Guidance: c.Guidance, Says: []string{}, Asks: []string{}, Matters: []string{}, Next: []ReadStep{}, Limits: []string{}}
	say := func(words string) {
		if words != "" && !slices.Contains(out.Says, words) {
			out.Says = append(out.Says, words)
		}
	}
	say(c.Guidance)
	if a, ok := r.Action(regime.RegisterAction); ok {
		say(a.Guidance)
		for _, use := range a.Fields {
			if !excludes(use.When, c.ID) && !notAsked[use.ID] && use.Of == "" {
				out.Asks = append(out.Asks, useLabel(r, use))
			}
		}
	}
	for _, m := range r.Matters {
		if m.Help != "" {
			out.Matters = append(out.Matters, m.Label+"："+m.Help)
		}
	}
	out.Next = nextSteps(r, c.ID)
	for i := range r.Clocks {
		clock := &r.Clocks[i]
		if !excludes(clock.Guard, c.ID) && slices.ContainsFunc(clock.Start, func(m string) bool { return atReceipt[m] }) {
			l := readLimit(r, clock, "")
			out.Limits = append(out.Limits, strings.TrimSpace(l.Label+"："+l.Words+"（"+strings.TrimSpace(l.Origin+" "+l.Article)+"）"))
		}
	}
	return out
}

// notAsked are facts the person at the desk knows without asking.
var notAsked = map[string]bool{"matter": true, "channel": true, "received_at": true, "forwarded_at": true, "handed_at": true}

// atReceipt are the moments from which a limit runs as soon as a complaint is in.
var atReceipt = map[string]bool{"received": true, "sent": true, "forwarded": true, "handed": true, "registered": true}

// nextSteps are the actions of the first stage of the track that the first
// matter opens, the one the rulebook proposes first.
func nextSteps(r *regime.Regime, channel string) []ReadStep {
	out := []ReadStep{}
	if len(r.Matters) == 0 || len(r.Matters[0].Tracks) == 0 {
		return out
	}
	track, _ := r.Track(r.Matters[0].Tracks[0])
	if len(track.Stages) == 0 {
		return out
	}
	first := track.Stages[0]
	for _, a := range r.Actions {
		if a.Track != track.ID || a.BuiltIn || len(a.Stages) == 0 || !a.At(first) || excludes(a.Guard, channel) {
			continue
		}
		var roles []string
		for _, id := range a.Roles {
			roles = append(roles, r.RoleLabel(id))
		}
		step := ReadStep{Label: a.Label, Article: a.Article, Guidance: a.Guidance, Roles: strings.Join(roles, "、")}
		if a.ID == first.Next {
			out = slices.Insert(out, 0, step)
		} else {
			out = append(out, step)
		}
	}
	return out
}

// excludes says whether a condition can only hold for another channel.
func excludes(g *regime.Guard, channel string) bool {
	if g == nil {
		return false
	}
	if g.Field == "channel" && (g.Is != nil && g.Is != any(channel) || g.In != nil && !slices.Contains(g.In, channel)) {
		return true
	}
	return slices.ContainsFunc(g.All, func(x regime.Guard) bool { return excludes(&x, channel) })
}
