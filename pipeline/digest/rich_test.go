package digest_test

import (
	"fmt"
	"slices"
	"strings"

	"duban/pipeline/digest"
	"duban/pipeline/plan"
)

// rich is a report with something of everything a paper can say: twelve
// months, of which the first three had no paper.
func rich() *digest.Report {
	r := &digest.Report{
		PlanTitle: "民生实施方案", PlanVersion: "1", Month: "2025-03", Edition: 1,
		Number: "云政督〔2025〕3号", MadeAt: "2025-04-08T09:00:00+08:00",
		Deadline: "2025-04-07T18:00:00+08:00", NextDeadline: "2025-04-15T18:00:00+08:00",
		Office: digest.Office{Name: "云溪区督查室", Mark: "云溪区人民政府督查通报", Organ: "云溪区督查室",
			Recipient: "各单位", Printer: "云溪区督查室", Subject: "保障和改善民生重点任务"},
		Fields: []string{"促进高质量充分就业", "提高城乡居民收入", "完善社会治理体系"},
		Goals:  1, Tasks: 4, Annexes: 2, Program: "test",
	}
	for i := range 12 {
		m := plan.MonthOf(2024, 4) + plan.Month(i)
		r.Months = append(r.Months, m.String())
		t := digest.Tally{Name: m.Chinese()}
		if i > 2 {
			t.Lines, t.Indicators = 12, 11
			t.Lights = map[string]int{"done": 1, "on_time": 3, "behind": 1, "far_behind": 1 + i/6,
				"missing": i % 2, "pending": 1}
		}
		r.Trend = append(r.Trend, t)
	}
	r.Trend[11].Lights = map[string]int{"done": 1, "on_time": 3, "behind": 1, "far_behind": 4,
		"missing": 1, "pending": 2}
	r.Lines, r.Works, r.Units = richLines(), richWorks(), richUnits()
	for i := range r.Lines {
		r.Lines[i].Trail = trail(r, r.Lines[i])
	}
	r.Tallies = []digest.Tally{
		{Lines: 12, Indicators: 11, Overdue: 3, Works: 1, Lights: r.Trend[11].Lights,
			Done: "61.2", Due: "80.1"},
		{Name: r.Fields[0], Lines: 3, Done: "63.3", Due: "75"},
		{Name: r.Fields[1], Lines: 3},
		{Name: r.Fields[2], Lines: 2, Done: "", Due: ""},
		{Name: "办实事清单", Lines: 2, Done: "94.0", Due: "100"},
	}
	r.Sources = []digest.Source{
		{ID: "T01-1", Unit: "区人社局", Value: "6400", State: "已报", Month: "2025-03",
			File: "区人社局3月.xlsx", SHA256: strings.Repeat("0123456789abcdef", 4), Sheet: "填报",
			Cell: "G8", Raw: "6400", Sender: "王某", Channel: "文件夹",
			ReceivedAt: "2025-04-02T10:00:00+08:00"},
		{ID: "T02-1", Unit: "区国资局", Value: "5.2", State: "已报", Month: "2024-12",
			File: "区国资局12月.xlsx", SHA256: strings.Repeat("fedcba9876543210", 4), Sheet: "填报",
			Cell: "G9", Raw: "5.2", Sender: "李某", Channel: "邮箱",
			ReceivedAt: "2025-01-06T10:00:00+08:00"},
	}
	r.Lines[1].Source, r.Lines[3].Source = 1, 2
	r.Rulings = []digest.Ruling{{What: "延期", Subject: "区残联", Content: "报送截止延至2025年4月15日18:00",
		Why: "业务系统切换", Document: "云政督〔2025〕10号"}}
	r.Adjustments = []digest.Adjustment{
		{What: "目标调整", ID: "T01-1", Name: "城镇新增就业人数", Unit: "区人社局", Units: []string{"hr"},
			Before: "1万人", After: "1.2万人", From: "2025-03", Document: "云政办〔2025〕8号",
			Why: "省下达任务增加"},
		{What: "取消", ID: "T02-9", Name: "试点企业", Unit: "区国资局", Units: []string{"gz"},
			Before: "3家", From: "2025-03", Document: "云政办〔2025〕8号", Why: "试点结束"},
	}
	r.Conflicts = []digest.Conflict{{ID: "T01-2", Name: "稳定岗位", Unit: "区人社局",
		UnitCode: "hr", Message: "“稳定岗位”同一天收到两个数。"}}
	return r
}

func richLines() []digest.Line {
	line := func(id, sort, item, field, code, unit, name, light, word, sentence string) digest.Line {
		return digest.Line{ID: id, Name: name, Item: strings.Split(id, "-")[0], Sort: sort,
			ItemTitle: item, Field: field, UnitCode: code, Unit: unit, Measure: "人",
			Due: "2025-12", Kind: "cumulative", State: "已报", AsOf: "2025-03", Light: light,
			LightWord: word, Sentence: sentence}
	}
	jobs, income, order := "促进高质量充分就业", "提高城乡居民收入", "完善社会治理体系"
	lines := []digest.Line{
		line("G01-1", "goal", "就业更充分", jobs, "", "", "全区新增就业", "pending", "待定",
			"全区新增就业未明确责任单位，暂不研判。"),
		line("T01-1", "task", "强化就业优先政策", jobs, "hr", "区人社局", "城镇新增就业人数",
			"far_behind", "严重滞后", "截至3月底，城镇新增就业人数累计完成6400人，完成目标的53.3%，低于序时进度21.7个百分点。"),
		line("T01-2", "task", "强化就业优先政策", jobs, "hr", "区人社局", "稳定岗位", "behind", "滞后",
			"截至3月底，稳定岗位累计完成7900人，完成目标的65.8%，低于序时进度9.2个百分点。"),
		line("T02-1", "task", "落实收入分配改革", income, "gz", "区国资局", "居民收入增速", "on_time",
			"达到序时", "截至2024年12月底，居民收入增速5.2%，已达到目标3%。"),
		line("T02-1", "task", "落实收入分配改革", income, "kj", "区科技局", "居民收入增速", "on_time",
			"达到序时", "截至3月底，居民收入增速5.5%，已达到目标3%。"),
		line("T02-2", "task", "落实收入分配改革", income, "gz", "区国资局", "低保标准比值", "pending", "待定",
			"截至3月底，低保标准比值1.24，目标待定。"),
		line("T03-1", "task", "建设社会治理中心", order, "zf", "区委政法委", "社会治理中心“一站式”建设",
			"far_behind", "严重滞后", "社会治理中心“一站式”建设事项仍在推进，完成时限为2023年12月，已逾期15个月。"),
		line("T03-2", "task", "建设社会治理中心", order, "kj", "区科技局", "视联网运行率", "done", "已完成",
			"截至3月底，视联网运行率100.0%，已达到目标100%。"),
		line("A01-1", "annex", "扶持残障人士生活", "", "cl", "区残联", "残疾儿童康复救助", "missing", "未报",
			"残疾儿童康复救助3月未报送，此前没有数据。"),
		line("A02-1", "annex", "老旧小区改造", "", "zj", "区住建局", "老旧小区改造面积", "far_behind",
			"严重滞后", "截至3月底，老旧小区改造面积累计完成7.49万平方米，完成目标的94.0%，"+
				"完成时限为2023年12月，已逾期15个月。"),
		line("A02-2", "annex", "老旧小区改造", "", "zj", "区住建局", "新修小区道路", "on_time", "达到序时",
			"截至3月底，新修小区道路累计完成9400人，完成目标的94.0%，高于序时进度19.0个百分点。"),
		line("T03-3", "task", "建设社会治理中心", order, "zf", "区委政法委", "网格服务站建设",
			"far_behind", "严重滞后", "网格服务站建设事项尚未启动，完成时限为2023年12月，已逾期15个月。"),
		line("T01-3", "task", "强化就业优先政策", jobs, "hr", "区人社局", "求职人员就业率", "pending", "待定",
			"截至3月底，求职人员就业率60.6%，方案未明确目标值。"),
	}
	fill(lines)
	return lines
}

// fill gives the lines what the papers say beside the sentence.
func fill(lines []digest.Line) {
	set := func(i int, target, value, shown, done, due, gap string) {
		l := &lines[i]
		l.Target, l.Value, l.Shown, l.Done, l.DuePercent, l.Gap = target, value, shown, done, due, gap
	}
	set(0, "不少于1.2万人", "", "", "", "75", "")
	lines[0].AsOf, lines[0].State, lines[0].Reason = "", "", "未明确责任单位"
	set(1, "1.2万人以上", "6400", "6400人", "53.33333333", "75", "-21.66666667")
	lines[1].Rule, lines[1].RedMonths = "完成量不足应完成量的80%", 4
	lines[1].Remark = "受冬季施工和项目审批影响，进度偏慢。已倒排工期，逐周调度。下一步将加强力量，争取二季度" +
		"末赶上序时进度。另外协调了三家企业扩大招工，并准备在五月举办两场专场招聘会，力争多招人"
	lines[1].OverYear, lines[1].OverMonth = "同比增长12.5%", "环比增长8.5%"
	lines[1].Added = "450"
	lines[2].Kind, lines[2].OverYear, lines[2].OverMonth = "annual", "同比增长3.0%", "环比持平"
	lines[1].Revisions = []digest.Revision{
		{Month: "2025-03", Before: "6200人", After: "6300人", At: "2025-04-05T10:00:00+08:00", File: "区人社局3月改.xlsx"},
		{Month: "2025-03", Before: "6300人", After: "6400人", At: "2025-04-08T11:05:00+08:00", Late: true,
			Published: true, File: "区人社局3月再改.xlsx", Why: "核对台账时发现漏统计100人。"},
	}
	set(2, "1.2万人以上", "7900", "7900人", "65.8", "75", "-9.2")
	lines[2].Remark, lines[2].Findings = "稳岗补贴拨付较晚", []string{"本月新增与累计完成对不上。"}
	set(3, "年均增长3%", "5.2", "5.2%", "", "75", "2.2")
	set(4, "年均增长3%", "5.5", "5.5%", "", "75", "2.5")
	for _, i := range []int{3, 4} {
		lines[i].Kind, lines[i].Measure = "growth", "%"
	}
	lines[3].AsOf, lines[3].Lag, lines[4].Lag = "2024-12", "12月数", "上半年数"
	lines[4].OverYear = "同比提高0.3个百分点"
	set(5, "目标待定", "1.24", "1.24", "", "", "")
	lines[5].Kind, lines[5].Measure, lines[5].Reason = "ratio", "", "目标待定"
	set(6, "完成", "", "", "", "100", "")
	lines[6].Kind, lines[6].Progress = "milestone", "推进中"
	lines[6].Due, lines[6].Overdue = "2023-12", true
	lines[6].Rule, lines[6].RedMonths = "已过完成时限仍未完成", 9
	lines[6].Promised, lines[6].Postponed = "2025-02-28", 2
	lines[6].Explained = "因规划调整重新选址，经区政府专题会议同意延后"
	set(7, "达到100%", "100", "100.0%", "", "75", "0")
	lines[7].Kind, lines[7].Measure, lines[7].Complete = "level", "%", true
	set(8, "20人", "", "", "", "100", "")
	lines[8].State, lines[8].AsOf = "未报", ""
	set(9, "7.97万平方米", "74900", "7.49万平方米", "94", "100", "-6")
	lines[9].Overdue, lines[9].Due, lines[9].Rule = true, "2023-12", "已过完成时限仍未完成"
	lines[9].RedMonths = 9
	lines[9].Lowerings = []digest.Lowering{{Before: "8.5万平方米", After: "7.97万平方米", Month: "2025-02",
		Document: "云政办〔2025〕3号"}}
	lines[11].Kind, lines[11].Progress = "milestone", "未启动"
	lines[11].Due, lines[11].Overdue = "2023-12", true
	lines[11].Target, lines[11].Rule, lines[11].RedMonths = "完成", "已过完成时限仍未完成", 1
	set(12, "未明确", "60.6", "60.6%", "", "", "")
	lines[12].Kind, lines[12].Measure, lines[12].Reason = "level", "%", "方案未明确目标值"
	set(10, "1万平方米", "9400", "9400人", "94", "75", "19")
}

func richWorks() []digest.Work {
	work := func(code, unit, remark string) digest.Work {
		return digest.Work{Item: "T04", Sort: "task", Title: "推进信息惠民", Field: "完善社会治理体系",
			UnitCode: code, Unit: unit, State: "已报", Progress: "推进中", Remark: remark}
	}
	return []digest.Work{work("hr", "区人社局", "已召开调度会。"), work("kj", "区科技局", "已召开调度会。"),
		{Item: "T04", Sort: "task", Title: "推进信息惠民", Field: "完善社会治理体系", UnitCode: "cl",
			Unit: "区残联", State: "未报"}}
}

func richUnits() []digest.UnitLine {
	unit := func(code, name, state, onTime, at string, due, taken int) digest.UnitLine {
		return digest.UnitLine{Code: code, Name: name, State: state, OnTime: onTime, ReceivedAt: at,
			Due: due, Taken: taken, First: due, Asked: 12, Punctual: 12, Versions: 1}
	}
	units := []digest.UnitLine{
		unit("hr", "区人社局", "有疑问待说明", "按时", "2025-04-02T10:00:00+08:00", 2, 2),
		unit("gz", "区国资局", "通过", "按时", "2025-04-02T11:00:00+08:00", 2, 2),
		unit("kj", "区科技局", "通过", "按时", "2025-04-03T10:00:00+08:00", 2, 2),
		unit("zf", "区委政法委", "通过", "迟报", "2025-04-07T20:00:00+08:00", 1, 1),
		unit("cl", "区残联", "未报", "", "", 1, 0),
		unit("zj", "区住建局", "部分通过", "按时", "2025-04-03T12:00:00+08:00", 2, 1),
	}
	for i, x := range []struct{ rank, judged, good, red, first, punctual int }{
		{5, 2, 0, 1, 1, 12}, {2, 1, 1, 0, 2, 10}, {1, 2, 2, 0, 2, 12}, {4, 1, 0, 1, 1, 9},
		{0, 0, 0, 0, 0, 7}, {3, 2, 1, 1, 1, 12},
	} {
		u := &units[i]
		u.Rank, u.Judged, u.GoodLines, u.RedLines = x.rank, x.judged, x.good, x.red
		u.FirstPass, u.Punctual = x.first, x.punctual
	}
	units[0].Queries, units[0].Revised, units[0].Late = 1, 2, 1
	units[5].Returned = 1
	return units
}

// trail is a made-up way to where a line stands now.
func trail(r *digest.Report, l digest.Line) []digest.Step {
	var steps []digest.Step
	for i, m := range r.Months {
		s := digest.Step{Month: m}
		if i > 2 && l.Unit != "" {
			s.Light = l.Light
			switch {
			case l.Light == "far_behind" && len(r.Months)-i > l.RedMonths:
				s.Light = "behind"
			case l.Light == "missing" && i%3 > 0:
				s.Light = "pending"
			}
			if l.Value != "" {
				s.Value, s.Target = fmt.Sprint(i), "12"
				s.Done, s.Due = fmt.Sprint(i*5), fmt.Sprint(i*6)
			}
		}
		steps = append(steps, s)
	}
	return steps
}

// audiences are one of every kind; the sections are all that there are.
func audiences() []plan.Audience {
	return []plan.Audience{
		{Name: "督查考核", Form: "通报", Cut: "all", Title: "关于{{.Month}}{{.Subject}}推进情况的通报",
			Sections: []string{"opening", "corrections", "overall", "adjustments", "fields", "practical",
				"advanced", "lagging", "promises", "reporting", "conflicts", "rulings", "demands"},
			Annexes: []string{"indicators", "tasks", "units"}, Sheets: []string{"overview"}},
		{Name: "领导", Form: "专报", Cut: "behind", Title: "{{.Month}}{{.Subject}}推进情况",
			Sections: []string{"brief"}},
		{Name: "纪委监委", Form: "信函", Cut: "accountable",
			Title:    "关于{{.Month}}{{.Subject}}数据更正和长期滞后事项的函",
			Sections: []string{"accountable"}},
		{Name: "审计", Form: "信函", Cut: "all", Title: "关于移送{{.Month}}{{.Subject}}数据台账的函",
			Sections: []string{"lineage"}, Annexes: []string{"sources"}},
		{Name: "巡察", Form: "信函", Cut: "across", Title: "关于{{.Subject}}近十二个月推进情况的函",
			Sections: []string{"across"}, Annexes: []string{"tasks", "trails"}},
		{Name: "责任单位", Each: true, Form: "信函", Cut: "own",
			Title:    "关于{{.Unit}}{{.Month}}{{.Subject}}推进情况的督办单",
			Sections: []string{"order"}, Annexes: []string{"own"}},
	}
}

// papers are the files that hold each audience's paper.
var papers = map[string]string{"督查考核": "supervision", "领导": "leaders", "纪委监委": "discipline",
	"审计": "audit", "巡察": "inspection", "责任单位": "unit"}

// cutTo cuts a report by hand, as the pipeline hands it over.
func cutTo(r *digest.Report, a plan.Audience, code string) *digest.Report {
	r.Audience = a
	line := map[string]func(digest.Line) bool{
		"all":    func(digest.Line) bool { return true },
		"behind": func(l digest.Line) bool { return strings.Contains(l.Light, "behind") },
		"accountable": func(l digest.Line) bool {
			return len(l.Revisions) > 0 || len(l.Lowerings) > 0 || l.RedMonths >= 3
		},
		"across": func(l digest.Line) bool { return l.Light != "done" && l.Unit != "" },
		"own":    func(l digest.Line) bool { return l.UnitCode == code },
	}[a.Cut]
	r.Lines = kept(r.Lines, line)
	switch a.Cut {
	case "behind":
		r.Units = kept(r.Units, func(u digest.UnitLine) bool {
			return u.OnTime != "按时" || u.State != "通过"
		})
	case "accountable":
		r.Tallies, r.Trend = nil, nil
	case "own":
		r.Tallies, r.Trend = nil, nil
		r.ForCode = code
		r.Works = kept(r.Works, func(w digest.Work) bool { return w.UnitCode == code })
		r.Units = kept(r.Units, func(u digest.UnitLine) bool { return u.Code == code })
		r.Adjustments = kept(r.Adjustments, func(x digest.Adjustment) bool {
			return slices.Contains(x.Units, code)
		})
		r.Conflicts = kept(r.Conflicts, func(x digest.Conflict) bool { return x.UnitCode == code })
		r.For, r.Office.Recipient, r.Units[0].Rank = r.Units[0].Name, r.Units[0].Name, 0
	}
	return r
}

func kept[T any](all []T, keep func(T) bool) []T {
	var out []T
	for _, x := range all {
		if keep(x) {
			out = append(out, x)
		}
	}
	return out
}
