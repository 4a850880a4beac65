package digest

import "duban/pipeline/plan"

type reportingItems struct {
	Month         string
	Asked, OnTime int

	Late, After, Silent, Returned, Queried, Held, Unsure []string

	Revised []Count // units that changed figures after the deadline
	Often   []Count // units that were not in time three months or more
	Annex   string
}

// reporting says who reported, who was late, who is silent, whose figures came
// back, and who changed figures after the deadline.
func reporting(c *composer) []Block {
	return []Block{Paragraph{c.say("reporting", c.reported())}}
}

func (c *composer) reported() reportingItems {
	items := reportingItems{Month: c.month().Chinese(), Annex: c.annexNumber("units")}
	for _, u := range c.Units {
		if u.Due > 0 {
			items.add(u)
		}
		if u.Late > 0 {
			items.Revised = append(items.Revised, Count{Name: u.Name, N: u.Late})
		}
		if n := u.Asked - u.Punctual; n > 2 {
			items.Often = append(items.Often, Count{Name: u.Name, N: n})
		}
	}
	return items
}

// add puts a unit where it belongs: by when it reported, and by how its
// figures stand.
func (x *reportingItems) add(u UnitLine) {
	x.Asked++
	switch {
	case u.ReceivedAt == "":
		x.Silent = append(x.Silent, u.Name)
	case u.OnTime == "迟报":
		x.Late = append(x.Late, u.Name)
	case u.OnTime == "补报":
		x.After = append(x.After, u.Name)
	default:
		x.OnTime++
	}
	if u.unsure() {
		x.Unsure = append(x.Unsure, u.Name)
	}
	switch plan.State(u.State) {
	case plan.Returned, plan.Partly:
		x.Returned = append(x.Returned, u.Name)
	case plan.Queried:
		x.Queried = append(x.Queried, u.Name)
	case plan.Quarantined:
		x.Held = append(x.Held, u.Name)
	}
}
