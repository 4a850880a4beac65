package xlsx

import (
	"fmt"
	"strings"
	"testing"

	"duban/pipeline/assess"
	"duban/pipeline/digest"
	"duban/pipeline/plan"
	"duban/templates"
)

// whole is the book of a whole plan with every sheet there is: so many lines,
// twelve months, thirty units. All of it is invented.
func whole(lines int) *digest.Book {
	words, err := digest.ParseWords(templates.Digest)
	if err != nil {
		panic(err)
	}
	_, book, err := words.Compose(wholeReport(lines))
	if err != nil {
		panic(err)
	}
	return book
}

func wholeReport(lines int) *digest.Report {
	r := &digest.Report{
		Audience: plan.Audience{Name: "督查考核", Sheets: []string{"overview", "indicators", "fields",
			"lagging", "units", "trend", "trails", "sources", "corrections", "accountable"}},
		PlanTitle: "民生实施方案", Month: "2025-03", Edition: 2, Number: "云政督〔2025〕4号",
		Previous: "云政督〔2025〕3号", MadeAt: "2025-04-08T09:00:00+08:00",
		Deadline: "2025-04-07T18:00:00+08:00", NextDeadline: "2025-04-15T18:00:00+08:00",
		Office: digest.Office{Name: "云溪区督查室", Subject: "保障和改善民生重点任务", Organ: "云溪区督查室"},
		Fields: []string{"促进高质量充分就业", "办好人民满意的教育", "提升医疗卫生服务", "完善社会保障体系",
			"改善群众居住条件", "优化养老托育服务", "丰富群众文化生活", "提升交通出行品质", "建设宜居生态环境",
			"维护社会安全稳定", "健全便民服务体系"},
	}
	for m := plan.MonthOf(2024, 4); m <= plan.MonthOf(2025, 3); m++ {
		r.Months = append(r.Months, m.String())
		t := digest.Tally{Name: m.String()}
		if i := int(m - plan.MonthOf(2024, 4)); i != 4 { // August has no paper
			t.Lines, t.Indicators = lines, lines
			t.Done, t.Due = fmt.Sprint(30+4*i), fmt.Sprint(33+4*i)
			t.Lights = map[string]int{"done": i, "on_time": 40 + 2*i, "behind": 30 - i,
				"far_behind": 20 - i, "missing": 12 - i, "pending": 9}
		}
		r.Trend = append(r.Trend, t)
	}
	for i := range lines {
		r.Lines = append(r.Lines, wholeLine(r, i))
		r.Sources = append(r.Sources, wholeSource(r.Lines[i]))
	}
	for i := range 30 {
		r.Units = append(r.Units, digest.UnitLine{Code: fmt.Sprint(i), Name: unitOf(i), State: "通过",
			OnTime: "按时", ReceivedAt: "2025-04-02T10:00:00+08:00", Due: 10, Taken: 9, Queries: 1,
			Versions: 1 + i%3, First: 10, FirstPass: 10 - i%4, Revised: i % 3, Late: i % 2,
			Rank: i + 1, Asked: 12, Punctual: 12 - i%5, RedLines: i % 4, GoodLines: 5, Judged: 9})
	}
	r.Units[29] = digest.UnitLine{Code: "29", Name: unitOf(29), State: "未报"}
	r.Works = []digest.Work{{Item: "T08", Sort: "task", Title: "完善公共服务", Field: r.Fields[0],
		Unit: unitOf(0), State: "已报", Progress: "推进中", Remark: "已完成阶段性工作。"}}
	r.Changes = []digest.Change{{ID: "T01-1", Name: "城镇新增就业人数", Unit: unitOf(1), What: "数值",
		Before: "6300人", After: "6400人", Cause: "更正"}}
	return r
}

func unitOf(i int) string {
	return []string{"区人力资源社会保障局", "区教育局", "区卫生健康局", "区住房城乡建设局", "区民政局",
		"区交通运输局", "区文化和旅游局", "区市场监管局", "区残联", "区财政局"}[i%10] +
		[]string{"", "（二）", "（三）"}[i/10%3]
}

func wholeLine(r *digest.Report, i int) digest.Line {
	light := assess.Lights[[]int{0, 1, 1, 2, 3, 1, 4, 5, 1, 3}[i%10]]
	l := digest.Line{ID: fmt.Sprintf("T%02d-%d", i/10+1, i%10+1), Name: "城镇新增就业和技能培训人数",
		Item: fmt.Sprintf("T%02d", i/10+1), Sort: "task", ItemTitle: "强化就业优先政策，健全公共就业服务体系",
		Field: r.Fields[i/10%len(r.Fields)], UnitCode: fmt.Sprint(i % 30), Unit: unitOf(i % 30),
		Measure: []string{"人", "%", "公里"}[i%3], Target: "1.2万人以上", TargetValue: "12000",
		Due: "2025-12", Kind: "cumulative", State: "已报", Value: "6400", Shown: "6400人",
		AsOf: "2025-03", Added: "210", Expected: "8999.99999999", Done: fmt.Sprint(20 + i%80),
		DuePercent: "75", Gap: "-21.66666667", Light: string(light), LightWord: light.Chinese(),
		Overdue:  i%20 == 4,
		Sentence: "截至3月底，城镇新增就业人数累计完成6400人，完成目标的53.3%，低于序时进度21.7个百分点。",
		Rule:     "累计完成数低于应完成数的80%", OverYear: "同比增长12.5%", OverMonth: "环比增加210人",
		Remark: "受冬季影响，进度偏慢。已制定措施", Source: i + 1}
	if i%3 == 1 {
		l.Kind, l.Value, l.Shown, l.Added, l.Done = "level", "88", "88.0%", "", ""
		l.TargetValue, l.Target, l.Expected = "90.5", "90.5%以上", "90.5"
	}
	if light == assess.Missing {
		l.Value, l.Shown, l.Done, l.Gap, l.Added, l.AsOf, l.State = "", "", "", "", "", "", "未报"
		l.Source = 0
	}
	if light == assess.FarBehind {
		l.RedMonths = 1 + i%5
	}
	for k, m := range r.Months {
		s := digest.Step{Month: m}
		if k != 4 {
			s.Light = string(assess.Lights[(i+k/3)%6])
		}
		l.Trail = append(l.Trail, s)
	}
	if i%40 == 3 {
		l.Revisions = []digest.Revision{
			{Month: "2025-03", Before: "6300人", After: "6350人", File: "3月报表.xlsx",
				At: "2025-04-03T09:00:00+08:00"},
			{Month: "2025-03", Before: "6350人", After: "6400人", Late: true, Published: true,
				At: "2025-04-08T09:30:00+08:00", File: "3月报表（更正）.xlsx", Why: "漏统计一个街道"}}
		l.Lowerings = []digest.Lowering{{Before: "1.5万人", After: "1.2万人", Month: "2025-02"}}
	}
	return l
}

func wholeSource(l digest.Line) digest.Source {
	return digest.Source{ID: l.ID, Unit: l.Unit, Value: "6400", State: "已报", Month: "2025-03",
		File: "3月报表.xlsx", SHA256: strings.Repeat("0123456789abcdef", 4), Sheet: "填报表", Cell: "F12",
		Raw: "6400", Sender: "a@example.org", Channel: "邮箱",
		ReceivedAt: "2025-04-02T10:00:00+08:00"}
}

func BenchmarkWrite(b *testing.B) {
	book := whole(300)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Write(book); err != nil {
			b.Fatal(err)
		}
	}
}
