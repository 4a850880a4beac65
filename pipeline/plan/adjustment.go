package plan

import (
	"slices"
	"strings"
)

// AdjustmentKind says what an adjustment changes.
type AdjustmentKind string

// The kinds of adjustment.
const (
	ChangeTarget    AdjustmentKind = "target"    // 目标调整
	ChangeDue       AdjustmentKind = "due"       // 完成时限调整
	ChangeReporters AdjustmentKind = "reporters" // 报送单位调整
	AddIndicator    AdjustmentKind = "new"       // 新增指标
	Drop            AdjustmentKind = "dropped"   // 取消
	SetTarget       AdjustmentKind = "external"  // 目标下达: one set elsewhere comes in
)

// Adjustment (计划调整) is the office's decision that something of the plan is
// otherwise from a month on. The notice stays as it is; the months before keep
// what they had.
type Adjustment struct {
	Kind     AdjustmentKind
	ID       string // of the indicator, or of an item
	From     Month  // the first month it is in force (生效月)
	Document string // 文号
	Why, By  string

	// What it makes of the plan, whose other parts it leaves alone.
	Item               *Item      // as it stands after; as it stood, where it was dropped
	Was, Now           *Indicator // nil: there was, or is, none
	WasUnits, NowUnits []*Unit    // who reported and reports it
}

// Name is what is adjusted: the indicator's name, or the item's title.
func (a *Adjustment) Name() string {
	switch {
	case a.Now != nil:
		return a.Now.Name
	case a.Was != nil:
		return a.Was.Name
	}
	return a.Item.Title
}

// What is the kind in Chinese.
func (a *Adjustment) What() string {
	switch a.Kind {
	case ChangeTarget:
		return "目标调整"
	case ChangeDue:
		return "完成时限调整"
	case ChangeReporters:
		return "报送单位调整"
	case AddIndicator:
		return "新增指标"
	case SetTarget:
		return "目标下达"
	}
	return "取消"
}

// Before is what stood before, in words; "" for a new indicator.
func (a *Adjustment) Before() string { return a.words(a.Was, a.WasUnits) }

// After is what stands now, in words; "" where it was dropped.
func (a *Adjustment) After() string { return a.words(a.Now, a.NowUnits) }

func (a *Adjustment) words(ind *Indicator, units []*Unit) string {
	switch {
	case a.Kind == ChangeReporters:
		return unitNames(units)
	case ind == nil:
		return ""
	case a.Kind == ChangeDue:
		return ind.Due.Chinese()
	}
	return ind.TargetText()
}

func unitNames(units []*Unit) string {
	if len(units) == 0 {
		return "未明确"
	}
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = u.Name
	}
	return strings.Join(names, "、")
}

// Text is the adjustment in one phrase, with its document and no end mark:
// 目标由120个调整为130个（云督〔2025〕8号）.
func (a *Adjustment) Text() string {
	document := "（" + a.Document + "）"
	switch a.Kind {
	case ChangeTarget:
		return "目标由" + a.Before() + "调整为" + a.After() + document
	case ChangeDue:
		return "完成时限由" + a.Before() + "调整为" + a.After() + document
	case ChangeReporters:
		return "报送单位由" + a.Before() + "调整为" + a.After() + document
	case AddIndicator:
		return "新增指标，目标为" + a.After() + document
	case SetTarget:
		return "目标下达，为" + a.After() + document
	}
	return "取消，不再列入" + document
}

// Units are all whom it touches: who reported it and who does.
func (a *Adjustment) Units() []*Unit {
	all := slices.Clone(a.WasUnits)
	for _, u := range a.NowUnits {
		if !slices.Contains(all, u) {
			all = append(all, u)
		}
	}
	return all
}

// Takes reports whether the unit reported it before and no longer does.
func (a *Adjustment) Takes(u *Unit) bool {
	return slices.Contains(a.WasUnits, u) && !slices.Contains(a.NowUnits, u)
}
