package plan

// unitsFile reads the units; the items' files come after it.
func (l *loader) unitsFile(from, name string, line int) {
	r, root := l.file(from, l.beside(name), line)
	if root == nil {
		return
	}
	r.mapping(root, "单位文件", &l.plan.Units, map[string]take{
		"units": r.list("单位（units）", func(n *node) {
			u := &Unit{}
			r.mapping(n, "单位", u, map[string]take{
				"code":    r.text(&u.Code),
				"name":    r.text(&u.Name),
				"aliases": r.texts("别名（aliases）", &u.Aliases),
				"mail":    r.texts("邮箱（mail）", &u.Mail),
				"domains": r.texts("邮箱域名（domains）", &u.Domains),
			})
			l.plan.Units = append(l.plan.Units, u)
		}),
	})
}

// numbersFile reads the numbers of the notice that are not targets.
func (l *loader) numbersFile(from, name string, line int) {
	r, root := l.file(from, l.beside(name), line)
	if root == nil {
		return
	}
	r.mapping(root, "数字文件", &l.plan.Excluded, map[string]take{
		"numbers": r.list("数字（numbers）", func(n *node) {
			var e Excluded
			i := len(l.plan.Excluded)
			r.mapping(n, "数字", excludedAt(i), map[string]take{
				"at": r.text(&e.At), "reason": r.text(&e.Reason),
			})
			l.plan.Excluded = append(l.plan.Excluded, e)
		}),
	})
}

// excludedAt owns the place of an excluded number: its turn in the list.
type excludedAt int

// defaults are what an items' file says once for all it holds.
type defaults struct {
	sort      Sort
	from, due Month
	note      string
}

// itemsFile reads goals, tasks or annex items.
func (l *loader) itemsFile(from, name string, line int) {
	r, root := l.file(from, l.beside(name), line)
	if root == nil {
		return
	}
	d := defaults{from: l.plan.From, due: l.plan.To}
	var list *node
	r.mapping(root, "条目文件", &d, map[string]take{
		"sort": r.text((*string)(&d.sort)),
		"from": r.month(&d.from),
		"due":  r.month(&d.due),
		"note": r.text(&d.note),
		"items": func(n *node) {
			list = n
		},
	})
	if d.sort != Goal && d.sort != Task && d.sort != Annex {
		r.bad(root, "条目文件的 sort 应为 goal（总体目标）、task（重点任务）或 annex（实事）")
		l.unread = true
		return
	}
	if list != nil { // after the defaults, wherever the file has them
		r.list("条目（items）", func(n *node) { r.item(n, d) })(list)
	}
}

// item reads one item with its indicators.
func (r *reader) item(n *node, d defaults) {
	it := &Item{Sort: d.sort}
	var indicators *node
	r.mapping(n, "条目", it, map[string]take{
		"id":         r.text(&it.ID),
		"title":      r.text(&it.Title),
		"field":      r.text(&it.Field),
		"leads":      r.list("牵头单位（leads）", r.unit(&it.Leads)),
		"text":       r.text(&it.Text),
		"indicators": func(n *node) { indicators = n },
	})
	if indicators != nil { // after the leads, which are the reporters' default
		r.list("指标（indicators）", func(n *node) { r.indicator(n, it, d) })(indicators)
	}
	r.plan.Items = append(r.plan.Items, it)
}

// indicator reads one indicator; what it leaves out has its default.
func (r *reader) indicator(n *node, it *Item, d defaults) {
	ind := &Indicator{Item: it, From: d.from, Due: d.due,
		Strength: Committed, Frequency: Monthly}
	known := r.promise(ind)
	reporters := false
	known["reporters"] = func(n *node) {
		reporters = true
		r.list("报送单位（reporters）", r.unit(&ind.Reporters))(n)
	}
	r.mapping(n, "指标", ind, known)
	if !reporters {
		ind.Reporters = it.Leads
	}
	ind.compareByDefault()
	if d.note != "" && ind.Note != "" {
		ind.Note += "；"
	}
	ind.Note += d.note
	it.Indicators = append(it.Indicators, ind)
}

// compareByDefault gives the comparator that goes without saying.
func (ind *Indicator) compareByDefault() {
	switch {
	case ind.Comparator != "":
	case ind.Kind == Comparison:
		ind.Comparator = Above
	default:
		ind.Comparator = AtLeast
	}
}

// promise is every key of an indicator but its reporters.
func (r *reader) promise(ind *Indicator) map[string]take {
	return map[string]take{
		"id":                r.text(&ind.ID),
		"name":              r.text(&ind.Name),
		"quote":             r.text(&ind.Quote),
		"kind":              r.text((*string)(&ind.Kind)),
		"measure":           r.text(&ind.Measure),
		"comparator":        r.text((*string)(&ind.Comparator)),
		"target":            r.number(&ind.Target),
		"target_as_written": r.text(&ind.AsWritten),
		"from":              r.month(&ind.From),
		"due":               r.month(&ind.Due),
		"strength":          r.text((*string)(&ind.Strength)),
		"frequency":         r.text((*string)(&ind.Frequency)),
		"baseline":          r.number(&ind.Baseline),
		"phases":            r.list("分阶段目标（phases）", r.phase(ind)),
		"external":          r.flag(&ind.External),
		"holds":             r.flag(&ind.Holds),
		"quarterly":         r.flag(&ind.Quarterly),
		"objects":           r.texts("具体对象（objects）", &ind.Objects),
		"value_names":       r.valueNames(ind),
		"same_as":           r.texts("同一指标（same_as）", &ind.SameAs),
		"part_of":           r.text(&ind.PartOf),
		"shared":            r.flag(&ind.Shared),
		"scale":             r.text(&ind.Scale),
		"closed":            r.closure(ind),
		"note":              r.text(&ind.Note),
	}
}

func (r *reader) phase(ind *Indicator) take {
	return func(n *node) {
		var ph Phase
		r.mapping(n, "分阶段目标", phaseAt{ind, len(ind.Phases)}, map[string]take{
			"month": r.month(&ph.Month), "target": r.number(&ph.Target),
		})
		ind.Phases = append(ind.Phases, ph)
	}
}

// phaseAt owns the place of a phase: its turn in the indicator's list.
type phaseAt struct {
	ind  *Indicator
	turn int
}

func (r *reader) closure(ind *Indicator) take {
	return func(n *node) {
		ind.Closed = &Closure{}
		r.mapping(n, "销号（closed）", ind.Closed, map[string]take{
			"month": r.month(&ind.Closed.Month), "document": r.text(&ind.Closed.Document),
		})
	}
}

func (r *reader) valueNames(ind *Indicator) take {
	return func(n *node) {
		var names []string
		r.texts("数值名称（value_names）", &names)(n)
		if len(names) != 2 {
			r.bad(n, "数值名称（value_names）应写两个：先数值A，后数值B")
			return
		}
		ind.ValueNames = [2]string(names)
	}
}
