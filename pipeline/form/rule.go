package form

import (
	"strings"

	"duban/pipeline/plan"

	"github.com/xuri/excelize/v2"
)

// rules gathers the cells of each kind of input rule, so that a form has a
// handful of rules and not one a cell. They help the clerk; paste goes round
// them, so the checks count on none.
type rules struct{ cells map[string][]string }

func newRules() *rules { return &rules{make(map[string][]string)} }

// The kinds of rule, in the order they are written.
var ruleKinds = []string{
	"whole", "amount", "number", "percent", "progress", "date", "state", "month",
}

func (r *rules) use(c plan.Column, row Row, cell string) {
	kind := ""
	switch c {
	case plan.ColAdded, plan.ColTotal:
		switch {
		case row.Indicator.Kind == plan.Growth:
			kind = "number"
		case row.Indicator.Percent():
			kind = "percent"
		case whole(row.Indicator):
			kind = "whole"
		default:
			kind = "amount"
		}
	case plan.ColA, plan.ColB:
		kind = "number"
	case plan.ColProgress:
		kind = "progress"
	case plan.ColPlanned, plan.ColActual:
		kind = "date"
	case plan.ColState:
		kind = "state"
	case plan.ColExpected:
		kind = "month"
	}
	if kind != "" {
		r.cells[kind] = append(r.cells[kind], cell)
	}
}

func (r *rules) add(f *excelize.File) error {
	for _, kind := range ruleKinds {
		if len(r.cells[kind]) == 0 {
			continue
		}
		dv, err := rule(kind)
		if err != nil {
			return err
		}
		dv.SetSqref(strings.Join(r.cells[kind], " "))
		if err := f.AddDataValidation(SheetTable, dv); err != nil {
			return err
		}
	}
	return nil
}

// rule makes one input rule. Titles stay below 32 and texts below 255
// characters; without SetError a rule is not enforced.
func rule(kind string) (*excelize.DataValidation, error) {
	const (
		decimals = excelize.DataValidationTypeDecimal
		atLeast  = excelize.DataValidationOperatorGreaterThanOrEqual
		between  = excelize.DataValidationOperatorBetween
	)
	dv := excelize.NewDataValidation(true)
	title, text, err := "请填数字", "", error(nil)
	switch kind {
	case "whole":
		text = "这里填不小于0的整数，不带单位，不写“约”“余”。没有掌握的请空着，不要填0。"
		err = dv.SetRange(0, 0, excelize.DataValidationTypeWhole, atLeast)
	case "amount":
		text = "这里填不小于0的数字，按表上的计量单位填，不带单位，不写“约”“余”。"
		err = dv.SetRange(0, 0, decimals, atLeast)
	case "number":
		text = "这里填数字，下降用负数，不带单位和百分号。"
		err = dv.SetRange(-1e15, 1e15, decimals, between)
	case "percent":
		text = "这里填百分数的数值，不带百分号：90%填90。"
		err = dv.SetRange(0, 0, decimals, atLeast)
		dv.SetInput("百分数", "90%填90，不带百分号。")
	case "date":
		title, text = "请填日期", "请按2025-03-31的样子填日期。还没有的请空着。"
		err = dv.SetRange(36526, 73050, excelize.DataValidationTypeDate, between) // 2000–2099
	case "progress":
		title, text = "请从下拉框里选", "进展状态只有四种：未启动、推进中、已完成、已验收。"
		err = dv.SetDropList([]string{string(plan.NotStarted), string(plan.Underway),
			string(plan.Completed), string(plan.Accepted)})
	case "state":
		title, text = "请从下拉框里选", "填报情况只有五种：已报、零报告、数据未出、本期不报、撤回。"
		err = dv.SetDropList([]string{string(plan.Reported), string(plan.ZeroReport),
			string(plan.NotYetOut), string(plan.NotDue), string(plan.Withdrawn)})
	case "month":
		dv.Type = "none"
		dv.SetInput("预计报送月份", "填报情况为“数据未出”时填，如2025-05。")
		return dv, nil
	}
	dv.SetError(excelize.DataValidationErrorStyleStop, title, text)
	return dv, err
}
