package pdf

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"duban/pipeline/digest"
)

// samples is a paper of every form, for the eye and for what all must keep.
func samples() map[string]*digest.Paper {
	return map[string]*digest.Paper{
		"notice": sample(), "letter": sampleLetter(), "brief": sampleBrief(),
	}
}

// sampleLetter is a 督办单.
func sampleLetter() *digest.Paper {
	return &digest.Paper{
		Form: "信函", Mark: "丹东市振兴区人民政府督查室", Number: "振政督函〔2025〕12号",
		Title: "关于督办老旧小区改造等2项滞后事项的函", Recipient: "区住房城乡建设局",
		Body: []digest.Block{
			digest.Paragraph{Text: "对照《2025年度振兴区保障和改善民生实施方案》，截至2025年3月底，" +
				"你单位牵头的事项有2项低于序时进度。现将有关情况函告如下。"},
			digest.Paragraph{Text: "以下数据均来自你单位报送的填报表，已经你单位审核人确认。"},
			digest.Heading{Level: 1, Text: "一、滞后事项"},
			sampleLagging(),
			digest.Heading{Level: 1, Text: "二、办理要求"},
			digest.Paragraph{Text: "请查明原因、明确措施和完成时限，于2025年4月15日前书面报区政府督查室。"},
		},
		Organ: "丹东市振兴区人民政府督查室", Date: "2025年4月8日", Sealed: true,
		CopyTo: "区委办公室，区政府办公室", Printer: "不印", PrintedOn: "不印", Copies: 9,
		Author: "丹东市振兴区人民政府督查室", Subject: "督办单", Created: 1744070400,
	}
}

// sampleBrief is a 专报.
func sampleBrief() *digest.Paper {
	return &digest.Paper{
		Form: "专报", Mark: "民生督查专报", Number: "第3期",
		Title: "2025年一季度民生实事推进情况",
		Body: []digest.Block{
			digest.Paragraph{Text: "一季度31项重点任务中，27项达到序时进度，2项滞后，2项未报。"},
			digest.Heading{Level: 1, Text: "一、总体情况"}, sampleBars(),
			digest.Heading{Level: 1, Text: "二、滞后事项"}, sampleLagging(),
			digest.Paragraph{Text: "建议召开专题调度会，逐项研究。"},
		},
		Organ: "丹东市振兴区人民政府督查室", Date: "2025年4月8日",
		CopyTo: "区委、区政府主要领导，区委、区政府分管领导", Copies: 30,
		Printer: "丹东市振兴区人民政府督查室", PrintedOn: "2025年4月8日",
		Author: "丹东市振兴区人民政府督查室", Subject: "专报", Created: 1744070400,
	}
}

// TestSamplesAreWrittenForTheEye writes the samples where a reader can look.
func TestSamplesAreWrittenForTheEye(t *testing.T) {
	f := fontsFor(t)
	dir := os.Getenv("DUBAN_SAMPLE")
	if dir == "" {
		t.Skip("set DUBAN_SAMPLE to a folder to look at the samples")
	}
	for name, p := range samples() {
		r, err := Write(p, f)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".pdf"), r.Bytes, 0o644); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d pages, missing %q", name, r.Pages, r.Missing)
	}
}

// sampleStrip is a strip of 31 tasks and 17 projects over twelve months.
func sampleStrip() digest.Strip {
	b := digest.Strip{Caption: "各项任务近12个月进度灯"}
	for m := range 12 {
		b.Months = append(b.Months, fmt.Sprintf("%d-%02d", 2024+(m+3)/12, (m+3)%12+1))
	}
	lights := []string{"done", "on_time", "on_time", "behind", "far_behind", "missing",
		"pending", ""}
	group := func(name string, n int, label string) {
		b.Rows = append(b.Rows, digest.StripRow{Label: name})
		for i := range n {
			r := digest.StripRow{Label: fmt.Sprintf(label, i+1)}
			if i%7 == 3 {
				r.Label += "及配套管网更新改造和智慧社区养老服务"
			}
			for m := range 12 {
				r.Lights = append(r.Lights, lights[(i*i+m*m/3+m)%len(lights)])
			}
			b.Rows = append(b.Rows, r)
		}
	}
	group("重点任务", 31, "T%02d　脱贫劳动力务工规模")
	group("民生实事项目", 17, "P%02d　老旧小区改造")
	return b
}

// sampleSparks is a table with a sparkline a row.
func sampleSparks() digest.Table {
	t := digest.Table{Caption: "指标走势", Columns: []digest.Column{
		{Head: "编号", Share: 0.1}, {Head: "指标", Share: 0.4},
		{Head: "完成率", Share: 0.15, Align: digest.Right}, {Head: "近12个月", Share: 0.3}}}
	for i := range 12 {
		var spots []digest.Spot
		for m := range 12 {
			v := float64(m*m)*float64(i) - float64(i%3*m*20)
			if i%5 == 0 {
				v = float64(i * 10)
			}
			spots = append(spots, digest.Spot{Value: v, Known: (m+i)%6 != 5 && i != 7 && i%4 != 3,
				Due: float64(m * 10 * i), IsDue: i%2 == 0})
		}
		if i == 3 {
			spots[4].Known = true
		}
		t.Rows = append(t.Rows, []digest.Cell{{Text: fmt.Sprintf("T%02d-1", i+1)},
			{Text: "脱贫劳动力务工规模"}, {Text: fmt.Sprintf("%d.0%%", i*8)}, {Spark: spots}})
	}
	return t
}
