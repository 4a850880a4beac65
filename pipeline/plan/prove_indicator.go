package plan

import (
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

var (
	kinds = []Kind{Cumulative, Annual, Level, Growth, Ratio, Comparison, Milestone}

	comparators = []Comparator{AtLeast, AtMost, Exactly, Above}
	strengths   = []Strength{Committed, Strive}
	frequencies = []Frequency{Monthly, Quarterly, HalfYearly, Yearly}
)

var numberShape = regexp.MustCompile(`^[1-9][0-9]{0,2}$`)

func (l *loader) proveIndicators() {
	seen := map[string]bool{}
	for _, ind := range l.plan.Indicators() {
		if l.proveID(ind) && seen[ind.ID] {
			l.fault(ind, "id", "指标编号%s已被前面的指标使用：请换一个序号", ind.ID)
		}
		seen[ind.ID] = true
		l.proveWords(ind)
		l.proveQuote(ind)
		l.proveTarget(ind)
		l.proveDates(ind)
		l.proveValueNames(ind)
	}
}

// proveID checks the shape of an id, and reports whether it is right.
func (l *loader) proveID(ind *Indicator) bool {
	number, inside := strings.CutPrefix(ind.ID, ind.Item.ID+"-")
	if inside && numberShape.MatchString(number) {
		return true
	}
	l.fault(ind, "id", "指标编号“%s”不合规定：应为条目编号加序号，如 %s-1", ind.ID, ind.Item.ID)
	return false
}

// proveWords checks the words of a closed list.
func (l *loader) proveWords(ind *Indicator) {
	if ind.Name == "" {
		l.fault(ind, "name", "指标%s缺少名称（name）：请补上", ind.ID)
	}
	if !slices.Contains(kinds, ind.Kind) {
		l.fault(ind, "kind", "指标%s的类型“%s”不认识：请改为 cumulative、annual、level、growth、"+
			"ratio、comparison、milestone 之一", ind.ID, ind.Kind)
	}
	if !slices.Contains(comparators, ind.Comparator) {
		l.fault(ind, "comparator", "指标%s的比较方式“%s”不认识：请改为 '>='、'<='、'='、'>' 之一",
			ind.ID, ind.Comparator)
	}
	if !slices.Contains(strengths, ind.Strength) {
		l.fault(ind, "strength", "指标%s的约束程度“%s”不认识：请改为 committed（约束）或 strive（力争）",
			ind.ID, ind.Strength)
	}
	if !slices.Contains(frequencies, ind.Frequency) {
		l.fault(ind, "frequency", "指标%s的报送频次“%s”不认识：请改为 monthly、quarterly、"+
			"half-yearly、yearly 之一", ind.ID, ind.Frequency)
	}
	if ind.Scale != "" && (ind.Scale != "万" || !strings.Contains(ind.Quote, "万")) {
		l.fault(ind, "scale", "指标%s的 scale 只能写“万”，且引文须以万计数：请删去", ind.ID)
	}
	if ind.Quarterly && ind.Kind != Annual {
		l.fault(ind, "quarterly", "指标%s不是年度型，不能按季度重新计数：请删去 quarterly", ind.ID)
	}
	if ind.Holds && ind.Kind != Level && ind.Kind != Ratio {
		l.fault(ind, "holds", "指标%s不是时点型或比值型，没有逐月保持一说：请删去 holds", ind.ID)
	}
	measured := ind.Kind == Cumulative || ind.Kind == Annual || ind.Kind == Level ||
		ind.Kind == Growth
	if ind.Measure == "" && measured {
		l.fault(ind, "measure", "指标%s缺少计量单位（measure）：请补上，如 人、个、'%%'", ind.ID)
	}
	if ind.Closed != nil && (ind.Closed.Month == 0 || ind.Closed.Document == "") {
		l.fault(ind, "closed", "指标%s的销号须写明月份（month）和文号（document）：请补上", ind.ID)
	}
}

func (l *loader) proveQuote(ind *Indicator) {
	switch n := strings.Count(ind.Item.Text, ind.Quote); {
	case ind.Quote == "":
		l.fault(ind, "quote", "指标%s缺少引文（quote）：请从条目原文照抄一段", ind.ID)
	case n == 0:
		l.fault(ind, "quote", "指标%s的引文不在条目%s的原文中：请从原文照抄，标点也要一致",
			ind.ID, ind.Item.ID)
	case n > 1:
		l.fault(ind, "quote", "指标%s的引文在条目%s的原文中出现%d次：请多抄几个字，使它只出现一次",
			ind.ID, ind.Item.ID, n)
	}
	if ind.AsWritten != "" && !strings.Contains(ind.Quote, ind.AsWritten) {
		l.fault(ind, "target_as_written", "指标%s的目标原文写法“%s”不在引文中：请从引文照抄",
			ind.ID, ind.AsWritten)
	}
}

// proveTarget checks that a target is there, or that it is said why not, and
// that it is the number the notice writes.
func (l *loader) proveTarget(ind *Indicator) {
	switch ind.Kind {
	case Milestone, Comparison:
		if ind.Target.Known() {
			l.fault(ind, "target", "指标%s是事项型或比较型，没有目标值：请删去 target", ind.ID)
		}
		return
	}
	if !ind.Target.Known() {
		if !ind.External && ind.Note == "" {
			l.fault(ind, "target", "指标%s没有目标值：请写上 target；原文未给出的在 note 中说明，"+
				"另行下达的写 external: true", ind.ID)
		}
		return
	}
	target := ind.Target.Decimal()
	if target.IsNegative() && (ind.Kind == Cumulative || ind.Kind == Annual) {
		l.fault(ind, "target", "指标%s的目标值%s是负数，而累计的数不会少于零：请核对", ind.ID, ind.Target)
	}
	n, scaled, ok := soleNumber(ind.AsWritten)
	if !ok {
		return
	}
	if !target.Equal(scaled) && !(strings.HasPrefix(ind.Measure, "万") && target.Equal(n)) {
		l.fault(ind, "target", "指标%s的目标值%s与原文“%s”不符：按计量单位写足应为%s",
			ind.ID, ind.Target, ind.AsWritten, scaled)
	}
}

var plainNumber = regexp.MustCompile(`[0-9]+(?:\.[0-9]+)?`)

// soleNumber is the one number of a text as it stands and with its 万 or 亿
// worked in; ok is false when there is none or more than one.
func soleNumber(s string) (plain, scaled decimal.Decimal, ok bool) {
	found := plainNumber.FindAllStringIndex(s, 2)
	if len(found) != 1 {
		return plain, scaled, false
	}
	n, err := decimal.NewFromString(s[found[0][0]:found[0][1]])
	if err != nil {
		return plain, scaled, false
	}
	switch rest := s[found[0][1]:]; {
	case strings.HasPrefix(rest, "万"):
		return n, n.Shift(4), true
	case strings.HasPrefix(rest, "亿"):
		return n, n.Shift(8), true
	}
	return n, n, true
}

func (l *loader) proveDates(ind *Indicator) {
	p := l.plan
	if p.From == 0 || p.To < p.From {
		return // said of the plan
	}
	if ind.From > ind.Due {
		l.fault(ind, "due", "指标%s的完成时限%s早于计数起始月%s：请改正其中一个",
			ind.ID, ind.Due, ind.From)
	}
	if ind.From < p.From || ind.Due > p.To {
		l.fault(ind, "due", "指标%s的起止%s至%s超出方案的起止%s至%s：请改正",
			ind.ID, ind.From, ind.Due, p.From, p.To)
	}
	for i, ph := range ind.Phases {
		at := phaseAt{ind, i}
		switch {
		case ph.Month == 0 || !ph.Target.Known():
			l.fault(at, "", "指标%s的分阶段目标须写明月份（month）和目标值（target）：请补上", ind.ID)
		case ph.Month < ind.From || ph.Month > ind.Due:
			l.fault(at, "month", "指标%s的分阶段目标月份%s不在%s至%s之间：请改正",
				ind.ID, ph.Month, ind.From, ind.Due)
		case i > 0 && ph.Month <= ind.Phases[i-1].Month:
			l.fault(at, "month", "指标%s的分阶段目标须按月份先后排列，%s不晚于前一个：请调整次序",
				ind.ID, ph.Month)
		case i > 0 && ind.Kind == Cumulative && ind.Phases[i-1].Target.Known() &&
			ph.Target.Cmp(ind.Phases[i-1].Target) < 0:
			l.fault(at, "target", "指标%s的分阶段目标%s低于前一个：累计数不会减少，请改正",
				ind.ID, ph.Target)
		}
	}
}

// proveValueNames checks that the two values are named where the kind has two.
func (l *loader) proveValueNames(ind *Indicator) {
	named := ind.ValueNames[0] != "" && ind.ValueNames[1] != ""
	switch ind.Kind {
	case Ratio, Comparison:
		if !named {
			l.fault(ind, "value_names", "指标%s要填两个数，请在 value_names 中写明数值A和数值B的名称", ind.ID)
		}
	case Growth:
	default:
		if named {
			l.fault(ind, "value_names", "指标%s的类型不填两个数：请删去 value_names", ind.ID)
		}
	}
}
