package digest

import "duban/pipeline/plan"

type reportingItems struct {
	Month         string
	Asked, OnTime int

	Late, After, Silent, Returned, Queried, Held []string

	Annex string
}

// reporting says who reported, who was late, who is silent and whose figures
// came back.
func reporting(c *composer) []Block {
	items := reportingItems{Month: c.month().Chinese(), Annex: c.annexNumber("units")}
	for _, u := range c.Units {
		if u.Due > 0 {
			items.add(u)
		}
	}
	return []Block{Paragraph{c.say("reporting", items)}}
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
	switch plan.State(u.State) {
	case plan.Returned, plan.Partly:
		x.Returned = append(x.Returned, u.Name)
	case plan.Queried:
		x.Queried = append(x.Queried, u.Name)
	case plan.Quarantined:
		x.Held = append(x.Held, u.Name)
	}
}
