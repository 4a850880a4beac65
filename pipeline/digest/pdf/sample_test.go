package pdf

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"duban/pipeline/digest"
)

// fontsFor gives the faces that fonts.sh makes; without them the tests that set
// type are skipped, but never in continuous integration.
func fontsFor(t testing.TB) *Fonts {
	t.Helper()
	f, err := loaded()
	if os.IsNotExist(err) && os.Getenv("CI") == "" {
		t.Skip("no fonts here: run make fonts")
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func fontDir() string {
	if dir := os.Getenv("DUBAN_FONTS"); dir != "" {
		return dir
	}
	return filepath.Join("..", "..", "..", ".fonts")
}

var loaded = sync.OnceValues(func() (*Fonts, error) {
	if _, err := os.Stat(fontDir()); err != nil {
		return nil, err
	}
	p, err := Find(fontDir())
	if err != nil {
		return nil, err
	}
	return LoadFonts(p)
})

// sample is a paper with everything in it.
func sample() *digest.Paper {
	return &digest.Paper{
		Mark:      "丹东市振兴区人民政府督查通报",
		Number:    "振政督〔2025〕3号",
		Title:     "关于2025年3月保障和改善民生重点任务推进情况的通报",
		Recipient: "各镇街，区政府各部门",
		Body: []digest.Block{
			digest.Paragraph{Text: "为深入贯彻《关于在振兴区全面振兴新突破三年行动中进一步保障和改善民生的实施方案》" +
				"（振政发〔2024〕3号，以下简称《方案》）精神，区政府督查室对2025年3月各项任务推进情况开展了督查。" +
				"现将有关情况通报如下。"},
			digest.Heading{Level: 1, Text: "一、总体情况"},
			digest.Paragraph{Text: "《方案》共明确11个方面总体目标、31项重点任务、17件实事，分解为可核查指标126项。" +
				"截至3月底，已完成18项，达到序时进度61项，滞后12项，严重滞后5项，未报4项，待定26项。" +
				"可评判的96项指标中，已完成或达到序时进度的79项，占82.3%。"},
			sampleBars(),
			digest.Heading{Level: 1, Text: "二、分领域进展"},
			digest.Heading{Level: 2, Text: "（一）就业创业。", Run: "共12项指标，其中已完成2项、达到序时进度7项、滞后3项。"},
			digest.Paragraph{Text: "截至3月底，城镇新增就业累计完成6400人，完成目标的53.3%，低于序时进度21.7个百分点；" +
				"“零就业家庭”实现动态清零；高校毕业生就业率≥95%；开展补贴性职业技能培训2,860人次；" +
				"失业保险金标准提高至每人每月1,134元——位居全市第一；改造老旧小区面积300㎡，总投资1.2万元。"},
			digest.Heading{Level: 3, Text: "1.重点群体就业。", Run: "脱贫劳动力务工规模稳定在3,200人以上，开展“春风行动”专场招聘会26场，提供岗位1.1万个。"},
			digest.Heading{Level: 4, Text: "（1）技能培训。", Run: "培训合格人员昇、堃、喆、镕、𠮷等二级技师各1人。"},
			digest.Heading{Level: 1, Text: "三、滞后事项"},
			digest.Paragraph{Text: "严重滞后2项，涉及区住建局、区民政局。滞后1项，涉及区教育局。"},
			sampleLagging(),
			digest.Paragraph{Text: "单位说明：区住建局就“老旧小区改造”说明，受汛期影响，4月底前开工。"},
			digest.Heading{Level: 1, Text: "四、下一步要求"},
			digest.Paragraph{Text: "请各责任单位对照目标任务，逐项查找差距，于2025年4月15日前将整改情况报区政府督查室" +
				"（联系人：李某某；电话：0415-1234567）。"},
		},
		Annexes: []digest.Annex{
			{Title: "指标进展情况表", Landscape: true, Body: []digest.Block{sampleLedger(60)}},
			{Title: "各单位报送情况表", Body: []digest.Block{sampleUnits()}},
			{Title: "近12个月走势", Body: []digest.Block{sampleStrip(), sampleSparks()}},
		},
		Organ: "丹东市振兴区人民政府督查室", Date: "2025年4月8日",
		CopyTo: "区委办公室，区人大常委会办公室，区政协办公室，区纪委监委机关，区法院，区检察院，" +
			"驻区各有关单位，各人民团体",
		Printer: "丹东市振兴区人民政府督查室", PrintedOn: "2025年4月8日",
		Author: "丹东市振兴区人民政府督查室", Subject: "民生实施方案", Created: 1744070400,
		Confidence: "（此件公开发布）",
	}
}

func sampleBars() digest.Bars {
	return digest.Bars{Caption: "各领域已完成和达到序时进度的指标占比（%）", Bars: []digest.Bar{
		{Label: "就业创业", Value: 75, Known: true, Due: 60, HasDue: true, Display: "75.0%（9/12）"},
		{Label: "教育", Value: 100, Known: true, Due: 75, HasDue: true, Display: "100.0%（8/8）"},
		{Label: "医疗卫生和健康服务体系建设", Value: 42.9, Known: true, Due: 75, HasDue: true,
			Display: "42.9%（3/7）"},
		{Label: "社会救助", Display: "无可评判指标"},
		{Label: "住房保障", Value: 0, Known: true, Display: "0.0%（0/4）"},
		{Label: "养老服务", Known: false},
	}}
}

func sampleLagging() digest.Table {
	return digest.Table{
		Caption: "滞后事项一览",
		Columns: []digest.Column{
			{Head: "序号", Share: 0.06, Align: digest.Centre}, {Head: "指标", Share: 0.25},
			{Head: "责任单位", Share: 0.17}, {Head: "目标", Share: 0.14},
			{Head: "完成情况", Share: 0.14, Align: digest.Right},
			{Head: "差距", Share: 0.10, Align: digest.Right}, {Head: "进度灯", Share: 0.14},
		},
		Rows: [][]digest.Cell{
			{{Text: "严重滞后", Span: 7, Strong: true}},
			{{Text: "1"}, {Text: "老旧小区改造完成户数（含配套管网更新）"}, {Text: "区住房城乡建设局"},
				{Text: "不少于1.2万户"}, {Text: "3,456户"}, {Text: "-21.7个百分点"},
				{Text: "严重滞后", Light: "far_behind"}},
			{{Text: "2"}, {Text: "城乡低保标准增幅"}, {Text: "区民政局"}, {Text: "≥5.2%"}, {Text: "1.0%"},
				{Text: "-4.2个百分点"}, {Text: "逾期", Light: "far_behind"}},
			{{Text: "3"}, {Text: "普惠性幼儿园覆盖率"}, {Text: "区教育局"}, {Text: "90%"}, {Text: "88.0%"},
				{Text: "-2.0个百分点"}, {Text: "滞后", Light: "behind"}},
		},
	}
}

func sampleLedger(n int) digest.Table {
	t := digest.Table{
		Caption: "指标进展情况（截至2025年3月底）",
		Columns: []digest.Column{
			{Head: "编号", Share: 0.06}, {Head: "指标", Share: 0.24}, {Head: "责任单位", Share: 0.14},
			{Head: "目标", Share: 0.16}, {Head: "完成时限", Share: 0.08, Align: digest.Centre},
			{Head: "完成情况", Share: 0.10, Align: digest.Right},
			{Head: "完成率", Share: 0.07, Align: digest.Right},
			{Head: "序时进度", Share: 0.07, Align: digest.Right}, {Head: "进度灯", Share: 0.08},
		},
	}
	lights := []string{"done", "on_time", "behind", "far_behind", "missing", "pending"}
	words := []string{"已完成", "达到序时", "滞后", "严重滞后", "未报", "待定"}
	for i := range n {
		t.Rows = append(t.Rows, []digest.Cell{
			{Text: fmt.Sprintf("T%02d-%d", i%31+1, i%4+1)},
			{Text: fmt.Sprintf("第%d批城镇老旧小区改造及配套管网更新项目开工率", i+1)},
			{Text: "区人力资源社会保障局"}, {Text: "累计不少于1.2万人次"}, {Text: "2025年12月"},
			{Text: fmt.Sprintf("%d人次", 3456+i*71)}, {Text: fmt.Sprintf("%.1f%%", float64(i)*1.7)},
			{Text: "75.0%"}, {Text: words[i%6], Light: lights[i%6]},
		})
	}
	return t
}

func sampleUnits() digest.Table {
	t := digest.Table{
		Caption: "各单位2025年3月报送情况",
		Columns: []digest.Column{
			{Head: "序号", Share: 0.07, Align: digest.Centre}, {Head: "单位", Share: 0.31},
			{Head: "状态", Share: 0.17, Align: digest.Centre},
			{Head: "是否按时", Share: 0.11, Align: digest.Centre},
			{Head: "应报", Share: 0.08, Align: digest.Right},
			{Head: "采用", Share: 0.08, Align: digest.Right},
			{Head: "退回", Share: 0.08, Align: digest.Right},
			{Head: "存疑", Share: 0.10, Align: digest.Right},
		},
	}
	for i := range 29 {
		t.Rows = append(t.Rows, []digest.Cell{
			{Text: fmt.Sprint(i + 1)}, {Text: "区住房城乡建设局"}, {Text: "部分通过"}, {Text: "按时"},
			{Text: fmt.Sprint(i)}, {Text: "12"}, {Text: "0"}, {Text: "1"},
		})
	}
	return t
}
