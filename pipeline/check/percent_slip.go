package check

import (
	"strings"

	"duban/pipeline/plan"
)

var percentSlip = &Check{
	Code: "percent-slip", Severity: plan.Query,
	Title: "疑似百分数写法错（0.9、90、9000）",
	Text: "比率和增速按百分点填写，90%填90。填成0.9，或者在百分比格式的单元格里填90（变成9000%），" +
		"都差了一百倍。提示里写明推测的数和依据；程序不会替您改数。" +
		"怎样改：推测对的，请按推测的数改正；原数没有错的，请在情况说明里写明。",
	Row: func(r *Row) []plan.Finding {
		words := func(r *Row, s slip) string { return "疑为" + s.meant().String() + "%" }
		return r.propose(words, 2, -2)
	},
}

// percentFormat reports whether the cell shows its number as a percentage.
func percentFormat(c plan.Cell) bool { return strings.Contains(c.Format, "%") }
