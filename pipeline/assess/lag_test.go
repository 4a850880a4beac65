package assess

import "testing"

func TestOnlyWordsThatCallTheFigureAnEstimateMakeItOne(t *testing.T) {
	for _, remark := range []string{
		"预计数", "预计", "快报数", "快报", "初步核算数", "初步统计", "初步统计数据", "预估数",
		"本月数为预计数", "该数据为预计数，正式数4月公布", "数据为初步统计，待省里核定",
		"据初步统计，新增就业300人", "正在推进（预计数）", "上半年预计数", "6月预计数",
		"累计数暂为快报数。", "说明：预计数", "（预计）", "数据来源于省局，初步核算数", "统计快报数", "按初步核算数填报", "增速为 预计数",
	} {
		if !estimated(remark) {
			t.Errorf("%q calls the figure an estimate and is not taken for it", remark)
		}
	}
	for _, remark := range []string{
		"", "预计5月开工", "预计5月完成，目前推进中", "工程预计6月底竣工", "预计本月新增300人",
		"不是预计数", "非预计数，为最终数", "上月为预计数，本月为最终数", "上期预计数已核定",
		"预计数将于5月公布", "已由预计数改为正式数", "快报已报市局", "正在初步统计中",
		"与快报数一致", "预计完成时间为2025年6月", "资金预计下月到位", "待初步核算",
		"低于预计数", "完成情况好于预计", "预计：5月开工", "目前预计，5月开工", "预计，5月开工",
		"初步核算：需投入300万元", "经初步核算需资金300万元", "预计数、快报数均未出",
	} {
		if estimated(remark) {
			t.Errorf("%q does not call the figure an estimate", remark)
		}
	}
}
