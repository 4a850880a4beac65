package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Rules of the proof of adjustments:
//  - each names its month, its document, its reason and what it changes;
//  - they are tried in the order in which they take effect, each against the
//    plan that those before it have made; one that changes nothing is a fault;
//  - what comes of one is proven as if the plan's files had said so, but for
//    the notice, whose words do not know of it.

// proveAdjustments checks the rows by themselves, in the file's order.
func (l *loader) proveAdjustments() {
	if len(l.drafts) > 0 && strings.Contains(l.plan.Version, "+") {
		l.fault(l.plan, "version", "版本“%s”里不能有“+”：有计划调整的方案，程序在版本后加“+”和调整的条数", l.plan.Version)
	}
	seen := map[string]bool{}
	for _, d := range l.drafts {
		key := fmt.Sprint(d.From, d.Kind, d.ID)
		switch {
		case d.From == 0:
			l.fault(d.Adjustment, "from", "计划调整缺少生效月份（from）：请写成 2025-07 的形式")
		case l.plan.From != 0 && (d.From < l.plan.From || d.From > l.plan.To):
			l.fault(d.Adjustment, "from", "计划调整的生效月份%s不在方案的起止%s至%s之间：请改正",
				d.From, l.plan.From, l.plan.To)
		case d.ID == "":
			l.fault(d.Adjustment, "indicator", "计划调整缺少指标编号（indicator）：请补上")
		case seen[key]:
			l.fault(d.Adjustment, "indicator", "指标%s从%s起的同一种调整写了两次：请删去一处", d.ID, d.From)
		}
		seen[key] = true
		if d.Document == "" {
			l.fault(d.Adjustment, "document", "计划调整缺少文号（document）：请写明依据的文件")
		}
		if d.Why == "" {
			l.fault(d.Adjustment, "why", "计划调整缺少理由（why）：请补上")
		}
		l.proveKeys(d)
	}
}

// proveKeys checks that a row brings the values of its kind and no other.
func (l *loader) proveKeys(d *draft) {
	at := slices.IndexFunc(adjustmentKinds, func(k adjustmentKind) bool { return k.kind == d.Kind })
	if at < 0 {
		l.fault(d.Adjustment, "kind", "计划调整的种类“%s”不认识：请改为 target（目标）、due（完成时限）、"+
			"reporters（报送单位）、new（新增）、dropped（取消）、external（目标下达）之一", d.Kind)
		return
	}
	k := adjustmentKinds[at]
	if k.needs != "" && !l.brings(d, k.needs) {
		l.fault(d.Adjustment, k.needs, "这项计划调整（%s）没有写明新的内容（%s）：请补上", d.Kind, k.needs)
	}
	for _, key := range newValues {
		if _, given := l.places[place{d.Adjustment, key}]; given && key != k.needs &&
			!slices.Contains(strings.Fields(k.takes), key) {
			l.fault(d.Adjustment, key, "计划调整的种类为%s时不写 %s：请删去，或另写一条调整", d.Kind, key)
		}
	}
}

// brings reports whether a row holds the new value of a key.
func (l *loader) brings(d *draft, key string) bool {
	switch key {
	case "target":
		return d.fresh.Target.Known()
	case "due":
		return d.fresh.Due != 0
	case "reporters":
		return len(d.fresh.Reporters) > 0
	}
	_, given := l.places[place{d.fresh, ""}]
	return given
}

// adjust tries the adjustments one after the other and returns the plan under
// all of them; the plan itself where there are none.
func (l *loader) adjust() *Plan {
	slices.SortStableFunc(l.drafts, func(a, b *draft) int { return int(a.From - b.From) })
	var all []*Adjustment
	var steps []*Plan
	now := l.plan
	for _, d := range l.drafts {
		if now = l.applied(now, d); now == nil {
			return nil // the ones after it would only stumble over the same
		}
		all, steps = append(all, d.Adjustment), append(steps, now)
	}
	if len(all) == 0 {
		return l.plan
	}
	return versioned(l.plan, all, steps)
}

// applied is the plan after one more adjustment; nil where it cannot be.
func (l *loader) applied(p *Plan, d *draft) *Plan {
	before := len(l.problems)
	d.Was, d.Item = p.Indicator(d.ID), p.Item(d.ID)
	if d.Was != nil {
		d.Item, d.WasUnits = d.Was.Item, d.Was.Reporters
	}
	var q *Plan
	switch {
	case d.Kind == AddIndicator:
		q = l.withNew(p, d)
	case d.Item == nil:
		l.fault(d.Adjustment, "indicator", "方案在%s没有编号为%s的指标：请核对编号，已取消的不能再调整",
			d.From, d.ID)
	case d.Was == nil && (d.Kind == Drop || d.Kind == ChangeReporters):
		q = l.itemChanged(p, d)
	case d.Was == nil:
		l.fault(d.Adjustment, "indicator", "%s是条目而不是指标，没有目标和时限：请写明其中的指标编号，如 %s-1",
			d.ID, d.ID)
	case d.Kind == Drop:
		q = p.changed(d.Item.ID, func(it *Item) *Item {
			it.Indicators = slices.DeleteFunc(it.Indicators,
				func(ind *Indicator) bool { return ind.ID == d.ID })
			d.Item = it
			return it
		})
	default:
		q = l.withValues(p, d)
	}
	if len(l.problems) > before {
		return nil
	}
	return q
}

// itemChanged changes who leads an item without indicators, or takes an item
// out with all it holds.
func (l *loader) itemChanged(p *Plan, d *draft) *Plan {
	d.WasUnits = d.Item.Leads
	if d.Kind == Drop {
		return p.changed(d.ID, func(*Item) *Item { return nil })
	}
	if len(d.Item.Indicators) > 0 {
		l.fault(d.Adjustment, "indicator", "%s的指标各有报送单位：请写明指标编号，如 %s-1，逐个调整", d.ID, d.ID)
	}
	d.NowUnits = d.fresh.Reporters
	l.proveDiffers(d)
	return p.changed(d.ID, func(it *Item) *Item {
		it.Leads, d.Item = d.NowUnits, it
		return it
	})
}

// withValues gives an indicator its new values.
func (l *loader) withValues(p *Plan, d *draft) *Plan {
	q := p.changed(d.Item.ID, func(it *Item) *Item {
		i := slices.IndexFunc(it.Indicators, func(ind *Indicator) bool { return ind.ID == d.ID })
		d.Now, d.Item = it.Indicators[i], it
		return it
	})
	l.fill(d)
	d.NowUnits = d.Now.Reporters
	l.proveDiffers(d)
	l.lend(d)
	if d.Kind == SetTarget && d.Was.Target.Known() {
		l.fault(d.Adjustment, "kind", "指标%s已有目标值%s：改动已有的目标，请写 kind: target", d.ID, d.Was.Target)
	}
	if d.Kind == ChangeTarget && !d.Was.Target.Known() && d.Was.Kind != Milestone &&
		d.Was.Kind != Comparison {
		l.fault(d.Adjustment, "kind", "指标%s还没有目标值：第一次写入目标，请写 kind: external", d.ID)
	}
	l.proveTarget(d.Now)
	l.proveDates(d.Now)
	l.provePhases(d)
	return q
}

// provePhases finds a phase that the new target leaves above it.
func (l *loader) provePhases(d *draft) {
	for _, ph := range d.Now.Phases {
		if d.Now.Kind == Cumulative && d.Now.Target.Known() && ph.Target.Known() &&
			ph.Target.Cmp(d.Now.Target) > 0 {
			l.fault(d.Adjustment, "phases", "指标%s在%s的分阶段目标%s高于目标值%s：请用 phases 写明新的分阶段目标",
				d.ID, ph.Month, ph.Target, d.Now.Target)
		}
	}
}

// fill puts the new values in. A last phase at the due month is the target
// itself, and goes where target and due month go.
func (l *loader) fill(d *draft) {
	now, fresh := d.Now, d.fresh
	if n := len(now.Phases); n > 0 && now.Phases[n-1].Month == now.Due && d.Kind != ChangeReporters {
		now.Phases = now.Phases[: n-1 : n-1]
	}
	if _, given := l.places[place{d.Adjustment, "phases"}]; given {
		now.Phases = fresh.Phases
	}
	switch d.Kind {
	case ChangeTarget, SetTarget:
		now.Target, now.AsWritten, now.External = fresh.Target, fresh.AsWritten, false
		if fresh.Baseline.Known() {
			now.Baseline = fresh.Baseline
		}
		now.Measure = cmp.Or(fresh.Measure, now.Measure)
	case ChangeDue:
		now.Due = fresh.Due
	case ChangeReporters:
		now.Reporters = fresh.Reporters
	}
}

// proveDiffers finds an adjustment that leaves everything as it was.
func (l *loader) proveDiffers(d *draft) {
	same := d.Was != nil && d.Was.Target.Equal(d.Now.Target) && d.Was.Due == d.Now.Due &&
		d.Was.Baseline.Equal(d.Now.Baseline)
	if _, given := l.places[place{d.Adjustment, "phases"}]; given {
		same = false
	}
	if d.Kind == ChangeReporters {
		same = slices.Equal(d.WasUnits, d.NowUnits)
	}
	if same {
		l.fault(d.Adjustment, "", "指标%s在这项调整前后是一样的：请核对生效月份和新的内容，或删去这一条", d.ID)
	}
}

// withNew takes a new indicator into its item.
func (l *loader) withNew(p *Plan, d *draft) *Plan {
	ind := d.fresh
	id, _, _ := strings.Cut(d.ID, "-")
	switch d.Item = p.Item(id); {
	case d.Was != nil || l.was(d.ID):
		l.fault(d.Adjustment, "indicator", "指标编号%s已经用过：编号用过就不再给别的指标，请换一个序号", d.ID)
		return nil
	case d.Item == nil:
		l.fault(d.Adjustment, "indicator", "方案在%s没有条目%s：新增的指标要放在已有的条目里", d.From, id)
		return nil
	case ind.ID != d.ID:
		l.fault(ind, "id", "新增指标的编号%s与 indicator 写的%s不同：请改成一致", ind.ID, d.ID)
	}
	ind.Item = d.Item
	if _, given := l.places[place{ind, "reporters"}]; !given {
		ind.Reporters = d.Item.Leads
	}
	d.Now, d.NowUnits = ind, ind.Reporters
	q := p.changed(d.Item.ID, func(it *Item) *Item {
		it.Indicators, ind.Item, d.Item = append(it.Indicators, ind), it, it
		return it
	})
	l.proveID(ind)
	l.proveWords(ind)
	l.proveNewQuote(ind)
	l.proveTarget(ind)
	l.proveDates(ind)
	l.proveValueNames(ind)
	l.proveSame(q, ind)
	l.provePart(q, ind)
	return q
}

// was reports whether an adjustment before has had anything to do with an id.
func (l *loader) was(id string) bool {
	return slices.ContainsFunc(l.drafts, func(d *draft) bool { return d.Was != nil && d.Was.ID == id })
}

// proveNewQuote checks the words of the document that brings a new indicator.
func (l *loader) proveNewQuote(ind *Indicator) {
	switch {
	case ind.Quote == "":
		l.fault(ind, "quote", "新增指标%s缺少引文（quote）：请从调整文件照抄一段", ind.ID)
	case !strings.Contains(ind.Quote, ind.AsWritten):
		l.fault(ind, "target_as_written", "指标%s的目标原文写法“%s”不在引文中：请从引文照抄",
			ind.ID, ind.AsWritten)
	}
}

// lend gives what an adjustment has made the places of the adjustment's row.
func (l *loader) lend(d *draft) {
	row := l.places[place{d.Adjustment, ""}]
	l.places[place{d.Now, ""}] = row
	for _, key := range newValues {
		l.places[place{d.Now, key}] = l.at(d.Adjustment, key)
	}
	for i := range d.Now.Phases {
		own, given := l.places[place{phaseAt{d.fresh, i}, ""}]
		if !given {
			own = row
		}
		l.places[place{phaseAt{d.Now, i}, ""}] = own
	}
}
