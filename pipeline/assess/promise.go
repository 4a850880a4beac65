package assess

import "duban/pipeline/plan"

// A planned day is the unit's promise. It is broken when it passes (the month's
// last day included) and the matter is not completed, whatever later day was
// given since. Putting a day off is counted, kept or not.

// promise fills Promised and Postponed; of a milestone only.
func (c *course) promise(a *Assessment) {
	if c.ind.Kind != plan.Milestone {
		return
	}
	var before plan.Date
	completed := false
	for _, f := range c.figures {
		if c.says(f) {
			completed = milestoneReached(c, f)
		}
		if f.Planned.IsZero() {
			continue
		}
		if !before.IsZero() && f.Planned.Compare(before) > 0 {
			a.Postponed++
		}
		before = f.Planned
		if a.Promised.IsZero() && f.Planned.Compare(c.month.End()) <= 0 {
			a.Promised = f.Planned
		}
	}
	if completed {
		a.Promised = plan.Date{}
	}
}
