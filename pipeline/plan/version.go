package plan

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Rules of this file:
//  - a plan is one plan a month: In gives it as it is in force then;
//  - no version is ever changed: an adjustment makes another one, which shares
//    with the one before all that it leaves alone, the units always;
//  - items and indicators are the same across versions by their ids, units also
//    by their pointers.

// version is the plan as it is in force from a month on.
type version struct {
	from Month
	plan *Plan
}

// In is the plan as it is in force in a month, under every adjustment that has
// taken effect by then; without a month, the latest. Where nothing applies it
// is the very plan that the files give.
func (p *Plan) In(m Month) *Plan {
	if len(p.versions) == 0 {
		return p
	}
	for _, v := range slices.Backward(p.versions) {
		if m == 0 || v.from <= m {
			return v.plan
		}
	}
	return p.versions[0].plan
}

// Adjusted are the adjustments that take effect in a month.
func (p *Plan) Adjusted(m Month) []*Adjustment {
	var all []*Adjustment
	for _, a := range p.Adjustments {
		if a.From == m {
			all = append(all, a)
		}
	}
	return all
}

// Ever finds an indicator or an item by its id, as it is in this version; one
// that is not in it, as the latest version that has it. Nil when none has.
func (p *Plan) Ever(id string) (*Indicator, *Item) {
	if ind, it := p.Indicator(id), p.Item(id); ind != nil || it != nil {
		return ind, it
	}
	for _, v := range slices.Backward(p.versions) {
		if ind, it := v.plan.Indicator(id), v.plan.Item(id); ind != nil || it != nil {
			return ind, it
		}
	}
	return nil, nil
}

// Taken finds the adjustment by which a unit no longer reports an indicator or
// item in this version: dropped, or given to others. Nil when none.
func (p *Plan) Taken(id string, u *Unit) *Adjustment {
	for _, a := range slices.Backward(p.Adjustments[:p.InForce]) {
		dropped := a.Kind == Drop && (a.ID == id || a.Was == nil && a.Item.holds(id))
		switch {
		case dropped && p.Indicator(id) == nil && p.Item(id) == nil:
			return a
		case a.ID == id && a.Kind == ChangeReporters && u != nil:
			if a.Takes(u) {
				return a
			}
			if slices.Contains(a.NowUnits, u) {
				return nil
			}
		}
	}
	return nil
}

func (it *Item) holds(id string) bool {
	return it.ID == id || slices.ContainsFunc(it.Indicators, func(ind *Indicator) bool {
		return ind.ID == id
	})
}

// Since are the adjustments in force here that were not in a version of this
// plan, as its name counts them; false when the version is of another plan: of
// what was before the plan's files were replaced nothing is known.
func (p *Plan) Since(name string) ([]*Adjustment, bool) {
	if name == p.Version {
		return nil, true
	}
	if len(p.versions) == 0 {
		return nil, false
	}
	count, found := strings.CutPrefix(name, p.versions[0].plan.Version)
	n := 0
	if found && count != "" {
		var err error
		count, found = strings.CutPrefix(count, "+")
		n, err = strconv.Atoi(count)
		found = found && err == nil && 0 < n && n <= len(p.Adjustments)
	}
	if !found {
		return nil, false
	}
	return p.Adjustments[min(n, p.InForce):p.InForce], true
}

// EachOf is an indicator as it is in each version that has it.
func (p *Plan) EachOf(id string) []*Indicator {
	var all []*Indicator
	for _, v := range p.versions {
		if ind := v.plan.Indicator(id); ind != nil {
			all = append(all, ind)
		}
	}
	return all
}

// changed is the plan with a copy of an item, which change may alter: nothing
// of the plan before is touched. An item that change makes nil is left out.
func (p *Plan) changed(id string, change func(*Item) *Item) *Plan {
	q := *p
	q.Items = slices.Clone(p.Items)
	at := slices.IndexFunc(q.Items, func(it *Item) bool { return it.ID == id })
	it := *q.Items[at]
	it.Indicators = slices.Clone(it.Indicators)
	for i, ind := range it.Indicators {
		c := *ind
		c.Item, it.Indicators[i] = &it, &c
	}
	if now := change(&it); now == nil {
		q.Items = slices.Delete(q.Items, at, at+1)
	} else {
		q.Items[at] = now
	}
	return &q
}

// versioned gives the plan its versions: base for the months before any
// adjustment, and one for each month that brings some. steps[i] is the plan
// after the first i+1 adjustments. It returns the latest.
func versioned(base *Plan, all []*Adjustment, steps []*Plan) *Plan {
	versions := []version{{base.From, base}}
	for i, a := range all {
		last := &versions[len(versions)-1]
		if i > 0 && last.from == a.From {
			last.plan = steps[i]
		} else {
			versions = append(versions, version{a.From, steps[i]})
		}
		steps[i].InForce = i + 1
		steps[i].Version = fmt.Sprintf("%s+%d", base.Version, i+1)
	}
	for _, v := range versions {
		v.plan.Adjustments, v.plan.versions = all, versions
	}
	return versions[len(versions)-1].plan
}
