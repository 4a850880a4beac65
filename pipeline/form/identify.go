package form

import (
	"slices"

	"duban/pipeline/plan"
)

// Identify tells rows whose id was deleted or overwritten by what they show:
// the name of the indicator and the item it belongs to. A row is told only
// when both fit exactly one row of the plan (of that unit, when there are more
// of the name and u is known); all others stay loose, or keep the id nobody
// knows.
func (f *Filled) Identify(p *plan.Plan, u *plan.Unit) {
	var rest []plan.Entry
	told := false
	for _, e := range f.Unnamed {
		if id := rowNamed(p, u, e); id != "" {
			e.ID, e.ByName, told = id, true, true
			f.Entries = append(f.Entries, e)
		} else {
			rest = append(rest, e)
		}
	}
	for i, e := range f.Entries {
		if ind, it := p.Ever(e.ID); ind == nil && it == nil {
			if id := rowNamed(p, u, e); id != "" {
				f.Entries[i].ID, f.Entries[i].ByName, told = id, true, true
			}
		}
	}
	told = f.parted(p, u) || told
	f.Unnamed, f.Loose = rest, loose(rest)
	slices.SortStableFunc(f.Entries, func(a, b plan.Entry) int { return a.Row - b.Row })
	if told {
		f.Changed = append(f.Changed, "有的行编号缺失或不认识")
	}
	if f.sorted(p) {
		f.Changed = append(f.Changed, "行的顺序变了")
	}
}

// parted gives rows that bear another row's id their own: the name tells whose
// they are, the id stands in a row that bears its own name, and nobody else
// has the id they are given.
func (f *Filled) parted(p *plan.Plan, u *plan.Unit) (told bool) {
	count := map[string]int{}
	for _, e := range f.Entries {
		count[e.Unit+e.ID]++
	}
	own := map[string]bool{}
	named := map[int]string{} // of the rows whose id others bear too
	for i, e := range f.Entries {
		if count[e.Unit+e.ID] > 1 {
			named[i] = rowNamed(p, u, e)
			own[e.Unit+e.ID] = own[e.Unit+e.ID] || named[i] == e.ID
		}
	}
	for i := range f.Entries {
		e := &f.Entries[i]
		if id := named[i]; id != "" && id != e.ID && own[e.Unit+e.ID] && count[e.Unit+id] == 0 {
			e.ID, e.ByName, told = id, true, true
			count[e.Unit+id]++
		}
	}
	return told
}

// sorted reports whether the rows stand in another order than the plan's.
func (f *Filled) sorted(p *plan.Plan) bool {
	order := map[string]int{} // of the ids that are there; 0: of none
	for _, e := range f.Entries {
		order[e.ID] = 0
	}
	place := func(id string, n int) {
		if _, here := order[id]; here {
			order[id] = n
		}
	}
	n := 0
	for _, it := range p.Items {
		n++
		place(it.ID, n)
		for _, ind := range it.Indicators {
			n++
			place(ind.ID, n)
		}
	}
	last := map[string]int{}
	for _, e := range f.Entries {
		n := order[e.ID]
		if n > 0 && n < last[e.Unit] {
			return true
		}
		last[e.Unit] = max(last[e.Unit], n)
	}
	return false
}

// rowNamed is the id of the one row of the plan that an entry shows; "" when
// none or several are so called.
func rowNamed(p *plan.Plan, u *plan.Unit, e plan.Entry) string {
	name, item := bare(e.Name.Text), bare(e.Item.Text)
	if name == "" {
		return ""
	}
	type found struct {
		id  string
		own bool
	}
	var all []found
	for _, it := range p.Items {
		if item != "" && item != bare(ItemText(p, it)) && item != bare(it.Title) {
			continue
		}
		if len(it.Indicators) == 0 && item != "" && name == bare(noIndicator) {
			all = append(all, found{it.ID, slices.Contains(it.Leads, u)})
		}
		for _, ind := range it.Indicators {
			if name == bare(ind.NameText()) || name == bare(ind.Name) {
				all = append(all, found{ind.ID, ind.ReportedBy(u)})
			}
		}
	}
	if len(all) > 1 {
		all = slices.DeleteFunc(all, func(r found) bool { return !r.own })
	}
	if len(all) != 1 {
		return ""
	}
	return all[0].id
}
