package plan

// provePartOf checks that a part can be held against its whole: both counted,
// in one measure, the part inside the whole's time.
func (l *loader) provePartOf() {
	for _, ind := range l.plan.Indicators() {
		l.provePart(l.plan, ind)
	}
}

func (l *loader) provePart(p *Plan, ind *Indicator) {
	if ind.Shared && len(ind.Reporters) < 2 {
		l.fault(ind, "shared", "指标%s只有一个单位报送，没有几家同报一数之说：请删去 shared", ind.ID)
	}
	if ind.PartOf == "" {
		return
	}
	whole := p.Indicator(ind.PartOf)
	switch {
	case whole == nil || whole == ind:
		l.fault(ind, "part_of", "指标%s的 part_of 指向“%s”，没有这个别的指标：请改正编号或删去",
			ind.ID, ind.PartOf)
	case whole.Measure != ind.Measure:
		l.fault(ind, "part_of", "指标%s的计量单位“%s”与整体%s的“%s”不同，无法相比：请改正或删去 part_of",
			ind.ID, ind.Measure, whole.ID, whole.Measure)
	case ind.Kind != Cumulative || whole.Kind != Cumulative:
		l.fault(ind, "part_of", "指标%s和整体%s须都是累计型才能相比：请删去 part_of", ind.ID, whole.ID)
	case whole.From > ind.From:
		l.fault(ind, "part_of", "整体%s从%s才开始计数，晚于部分%s的%s：请改正或删去 part_of",
			whole.ID, whole.From, ind.ID, ind.From)
	case p.encloses(ind, whole):
		l.fault(ind, "part_of", "指标%s与%s互为部分和整体：请删去其中一个 part_of", ind.ID, whole.ID)
	}
}

// encloses reports whether outer is, by the links, itself a part of ind.
func (p *Plan) encloses(ind, outer *Indicator) bool {
	for steps := 0; outer != nil && outer.PartOf != "" && steps < 100; steps++ {
		if outer.PartOf == ind.ID {
			return true
		}
		outer = p.Indicator(outer.PartOf)
	}
	return false
}
