package complaint

import "jiesu/backend/regime"

// actionOf finds the action a command means. One id may stand on several
// tracks (告知 of a complaint and of a report): the command's own track counts,
// else the one that is open on this case.
func actionOf(c *Case, r *regime.Regime, cmd Command) (regime.Action, bool) {
	if cmd.Track != "" {
		return r.ActionOn(cmd.Track, cmd.Action)
	}
	best, found := r.Action(cmd.Action)
	for _, a := range r.Actions {
		t, open := c.Track(a.Track)
		if a.ID != cmd.Action || !open {
			continue
		}
		if !t.Ended {
			return a, true
		}
		best = a
	}
	return best, found
}

// elsewhere says that the action is the one of a track this case does not
// have, while a track it has holds an action of that id.
func elsewhere(c *Case, r *regime.Regime, a *regime.Action) bool {
	if _, open := c.Track(a.Track); open {
		return false
	}
	meant, _ := actionOf(c, r, Command{Action: a.ID})
	return meant.Track != a.Track
}
