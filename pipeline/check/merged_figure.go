package check

import "duban/pipeline/plan"

var mergedFigure = &Check{
	Code: "merged-figure", Severity: plan.Query,
	Title: "填在合并单元格里的内容",
	Text: "几行或几列的单元格被合并成一格，填的内容只算在合并区域左上角那一行、那一列，其余行、列按没有填处理。" +
		"怎样改：请取消合并，把各行各自的数分别填写；内容确实只属于第一行的，取消合并后保留即可。",
	Row: func(r *Row) []plan.Finding {
		return r.each(func(c plan.Column, cell plan.Cell) (string, string) {
			if cell.Merged == "" || cell.Covered {
				return "", ""
			}
			return r.where(c) + "填在合并单元格" + cell.Merged + "里，" + shown(cell) +
					"只算作本行本列的内容，其余按没有填处理。",
				"请取消合并，把各行各自的内容分别填写。"
		}, fillIn...)
	},
}
