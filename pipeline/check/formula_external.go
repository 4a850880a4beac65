package check

import "duban/pipeline/plan"

var formulaExternal = &Check{
	Code: "formula-external", Severity: plan.Query,
	Title: "公式引用了别的文件",
	Text: "单元格里的公式取的是另一个文件里的数，那个文件没有一起报来，收下的是上次保存时的结果，可能已经过时。" +
		"怎样改：请核对这个数，把公式改成数值（复制后选择性粘贴为数值）再报送；数没有错的，写明情况说明即可。",
	Row: func(r *Row) []plan.Finding {
		return r.each(func(c plan.Column, cell plan.Cell) (string, string) {
			if !cell.Outside || cell.Kind == plan.NoCacheCell || cell.Kind == plan.ErrorCell {
				return "", ""
			}
			return r.where(c) + "的公式引用了别的文件，读到的是上次保存的结果" + shown(cell) + "。",
				"请核对后把公式改成数值再报送；数没有错的，请在情况说明里写明。"
		}, fillIn...)
	},
}
