package complaint

import "jiesu/backend/regime"

// actionOf finds the action a command means. One id may stand on several
// tracks (告知 of a complaint and of a report): the command's own track counts,
// else the one that is open on this case.
func actionOf(c *Case, r *regime.Regime, cmd Command) (regime.Action, bool) {
	if cmd.Track != "" {
		return r.ActionOn(cmd.Track, cmd.Action)
	}
	first, found := r.Action(cmd.Action)
	for _, a := range r.Actions {
		if a.ID != cmd.Action {
			continue
		}
		if t, open := c.Track(a.Track); open && !t.Ended {
			return a, true
		}
	}
	return first, found
}
