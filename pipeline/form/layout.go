package form

import (
	"slices"
	"strconv"
	"time"

	"duban/pipeline/plan"
	"duban/pipeline/wording"
)

// The sheets of a form.
const (
	SheetGuide    = "填报说明"
	SheetTable    = "填报"
	SheetToken    = "_duban"
	SheetFindings = "问题清单" // put in by a receipt; never part of a form
)

// The column heads of the table, in their order. They are stable: other
// programs fill forms by them.
const (
	HeadID       = "指标编号" // hidden
	HeadUnit     = "报送单位" // only on the opening form
	HeadNumber   = "序号"
	HeadItem     = "工作事项"
	HeadName     = "指标名称"
	HeadTarget   = "目标"
	HeadDue      = "完成时限"
	HeadMeasure  = "计量单位"
	HeadLast     = "上期数"
	HeadAdded    = "本月新增"
	HeadTotal    = "累计完成/本期数"
	HeadA        = "数值A"
	HeadB        = "数值B"
	HeadProgress = "进展状态"
	HeadPlanned  = "计划完成日期"
	HeadActual   = "实际完成日期"
	HeadState    = "填报情况"
	HeadExpected = "预计报送月份"
	HeadRemark   = "情况说明"
)

// The labels above the table.
const (
	labelUnit     = "填报单位"
	labelMonth    = "报送期"
	labelDeadline = "截止时间"
	labelFiller   = "填报人"
	labelReviewer = "审核人"
	labelPhone    = "联系电话"
)

// The rows Write uses. Read does not count on them.
const (
	rowTitle = iota + 1
	rowBasis
	rowUnit
	rowSign
	rowHint
	rowHead
	rowFirst
)

// noIndicator is the name of a row that asks for a status only.
const noIndicator = "（无量化指标，请填进展状态和情况说明）"

// none stands where there is nothing to show; it is never a figure.
const none = "—"

// Form is what one workbook holds: the rows of one unit for one month, or of
// all units when the office takes the program up.
type Form struct {
	Plan     *plan.Plan
	Unit     *plan.Unit // nil: the opening form, for all units
	Month    plan.Month
	Version  string // of the plan, as the token bears it; "" is Plan's own
	Issue    int    // 第几次下发, from 1
	Opening  bool
	Deadline time.Time // zero: none is printed
	Office   string    // 督查考核部门
	IssuedAt time.Time
	Words    *wording.Words // nil: the program's own
	Rows     []Row
	// Adjusted are the adjustments of the plan that begin with this month and
	// touch the unit, also those by which it has a row less.
	Adjusted []*plan.Adjustment
}

// Row is one row of the table: an indicator, or the status of an item.
type Row struct {
	Item      *plan.Item
	Indicator *plan.Indicator // nil: a status row
	Unit      *plan.Unit
	Last      *plan.Figure // latest accepted before this month; nil: none
	NotDue    bool         // 填报情况 is pre-set to 本期不报
	Overdue   bool         // past its due date and not complete
	Adjusted  bool         // an adjustment of it begins with this month
}

// ID is what stands in the id column.
func (r Row) ID() string {
	if r.Indicator != nil {
		return r.Indicator.ID
	}
	return r.Item.ID
}

// fillable lists the columns a unit fills in that row.
func (r Row) fillable(opening bool) []plan.Column {
	if r.Indicator == nil {
		return []plan.Column{plan.ColProgress, plan.ColRemark}
	}
	cols := byKind[r.Indicator.Kind]
	if r.Indicator.Kind == plan.Growth && r.Indicator.ValueNames == [2]string{} {
		cols = []plan.Column{plan.ColTotal}
	}
	all := []plan.Column{}
	for _, c := range cols {
		if !(opening && c == plan.ColAdded) {
			all = append(all, c)
		}
	}
	return append(all, plan.ColState, plan.ColExpected, plan.ColRemark)
}

var byKind = map[plan.Kind][]plan.Column{
	plan.Cumulative: {plan.ColAdded, plan.ColTotal},
	plan.Annual:     {plan.ColAdded, plan.ColTotal},
	plan.Level:      {plan.ColTotal},
	plan.Growth:     {plan.ColTotal, plan.ColA, plan.ColB},
	plan.Ratio:      {plan.ColA, plan.ColB},
	plan.Comparison: {plan.ColA, plan.ColB},
	plan.Milestone:  {plan.ColProgress, plan.ColPlanned, plan.ColActual},
}

// column is one column of the table. One with a fill is filled in by the
// unit, the others print what we know.
type column struct {
	head  string
	width float64 // in characters of the standard font
	fill  plan.Column
	print func(f *Form, n int, r Row) shown
}

// shown is what a printed cell shows: a number when it is known, else text.
type shown struct {
	text   string
	number plan.Value
	format string
	centre bool
}

// columns is the table's layout, from left to right.
var columns = []column{
	{head: HeadID, width: 10, print: func(_ *Form, _ int, r Row) shown {
		return shown{text: r.ID()}
	}},
	{head: HeadUnit, width: 14, print: func(_ *Form, _ int, r Row) shown {
		if r.Unit == nil {
			return shown{}
		}
		return shown{text: r.Unit.Name}
	}},
	{head: HeadNumber, width: 5, print: func(_ *Form, n int, _ Row) shown {
		return shown{number: plan.Int(int64(n)), centre: true}
	}},
	{head: HeadItem, width: 20, print: func(f *Form, _ int, r Row) shown {
		return shown{text: ItemText(f.Plan, r.Item)}
	}},
	{head: HeadName, width: 27, print: func(_ *Form, _ int, r Row) shown {
		if r.Indicator == nil {
			return shown{text: noIndicator}
		}
		return shown{text: r.Indicator.NameText()}
	}},
	{head: HeadTarget, width: 14, print: printTarget},
	{head: HeadDue, width: 11.5, print: printDue},
	{head: HeadMeasure, width: 8, print: func(_ *Form, _ int, r Row) shown {
		if r.Indicator == nil || r.Indicator.Measure == "" {
			return shown{text: none, centre: true}
		}
		return shown{text: r.Indicator.Measure, centre: true}
	}},
	{head: HeadLast, width: 11, print: printLast},
	{head: HeadAdded, width: 11, fill: plan.ColAdded},
	{head: HeadTotal, width: 13.2, fill: plan.ColTotal},
	{head: HeadA, width: 11, fill: plan.ColA},
	{head: HeadB, width: 11, fill: plan.ColB},
	{head: HeadProgress, width: 9, fill: plan.ColProgress},
	{head: HeadPlanned, width: 12, fill: plan.ColPlanned},
	{head: HeadActual, width: 12, fill: plan.ColActual},
	{head: HeadState, width: 9.5, fill: plan.ColState},
	{head: HeadExpected, width: 11, fill: plan.ColExpected},
	{head: HeadRemark, width: 26, fill: plan.ColRemark},
}

// always are the fill-in columns that are never hidden.
var always = map[plan.Column]bool{
	plan.ColState: true, plan.ColExpected: true, plan.ColRemark: true,
}

func printTarget(_ *Form, _ int, r Row) shown {
	if r.Indicator == nil {
		return shown{text: none, centre: true}
	}
	return shown{text: r.Indicator.TargetText()}
}

func printDue(_ *Form, _ int, r Row) shown {
	if r.Indicator == nil || r.Indicator.Due == 0 {
		return shown{text: none, centre: true}
	}
	s := r.Indicator.Due.Chinese()
	if r.Overdue {
		s += "\n（已逾期）"
	}
	return shown{text: s, centre: true}
}

// printLast shows the last accepted figure; where there is none it shows a
// dash and never zero.
func printLast(_ *Form, _ int, r Row) shown {
	if r.Last == nil {
		return shown{text: none, centre: true}
	}
	if r.Last.Total.Known() {
		return shown{number: r.Last.Total, format: lastFormat(r.Indicator, r.Last.Total)}
	}
	if r.Last.A.Known() && r.Last.B.Known() {
		return shown{text: "A " + r.Last.A.String() + "\nB " + r.Last.B.String()}
	}
	for _, s := range []string{string(r.Last.Progress), stateWord(r.Last.State)} {
		if s != "" {
			return shown{text: s, centre: true}
		}
	}
	return shown{text: none, centre: true}
}

func stateWord(s plan.FigureState) string {
	if s == plan.Reported || s == plan.Missing {
		return ""
	}
	return string(s)
}

// ItemText is an item as forms and receipts name it: 一、1 强化就业优先政策.
func ItemText(p *plan.Plan, it *plan.Item) string {
	digits := it.ID
	for len(digits) > 0 && (digits[0] < '0' || digits[0] > '9') {
		digits = digits[1:]
	}
	n, err := strconv.Atoi(digits)
	if err != nil {
		return it.ID + " " + it.Title
	}
	number := strconv.Itoa(n)
	switch it.Sort {
	case plan.Goal:
		return "总体目标" + number + " " + it.Title
	case plan.Annex:
		return "实事" + number + " " + it.Title
	}
	if p != nil {
		for i, field := range p.Fields {
			if field == it.Field {
				return han(i+1) + "、" + number + " " + it.Title
			}
		}
	}
	return number + " " + it.Title
}

// han writes 1 to 99 in Chinese.
func han(n int) string {
	digit := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 10:
		return digit[n]
	case n < 20:
		return "十" + digit[n%10]
	case n < 100:
		return digit[n/10] + "十" + digit[n%10]
	}
	return strconv.Itoa(n)
}

// numberFormat is how Excel shows the indicator's figures.
func numberFormat(ind *plan.Indicator) string {
	switch {
	case ind == nil:
		return ""
	case ind.Percent():
		return "0.0###"
	case whole(ind):
		return "#,##0"
	}
	return "#,##0.0###"
}

// lastFormat is how the last figure is shown: 74,918 has no idle .0, though the
// square metres of this month may have.
func lastFormat(ind *plan.Indicator, last plan.Value) string {
	if last.Known() && last.Decimal().IsInteger() && !ind.Percent() {
		return "#,##0"
	}
	return numberFormat(ind)
}

// counted are the measures that come in whole numbers.
var counted = []string{"人", "人次", "名", "个", "户", "家", "所", "处", "座", "件", "次", "场",
	"套", "台", "辆", "棵", "项", "张", "对", "条", "例", "期", "册", "部", "场次", "家次", "个次",
	"块", "起", "位", "节(次)"}

func whole(ind *plan.Indicator) bool {
	return slices.Contains(counted, ind.Measure) &&
		(ind.Kind == plan.Cumulative || ind.Kind == plan.Annual || ind.Kind == plan.Level)
}
