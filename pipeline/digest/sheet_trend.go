package digest

import "slices"

// trendSheet (月度走势) has a row for every month, as its paper said. A month
// without a paper is empty, and a gap in the lines.
func trendSheet(r *Report) Sheet {
	columns := slices.Concat([]sheetColumn[Tally]{
		{"月份", 11, Centre, plain, func(t Tally) Datum { return text(t.Name) }},
		{"指标数", 9, Centre, plain, func(t Tally) Datum { return positive(t.Lines) }},
	}, lightCounts(), shares)
	s := newSheet("月度走势", r.sheetTitle("近十二个月推进情况%s", r.asOfMonth()), columns,
		trendRows(r))
	s.Notes = []string{"各月按当月通报的数。没有印发通报的月份为空白，不是零。" + tallyNote}
	s.chart(Lines, "各月指标进展（项）", len(s.Rows), "已完成", "达到序时", "滞后", "严重滞后", "未报")
	s.chart(Lines, "各月占比、平均完成率与序时进度（%）", len(s.Rows), "占比（%）", "完成率（%）", "序时进度（%）")
	return s
}

// trendRows makes what stands for a month without a paper know nothing.
func trendRows(r *Report) []Tally {
	rows := make([]Tally, len(r.Trend))
	for i, t := range r.Trend {
		if t.Lines == 0 {
			t = Tally{Name: t.Name}
		}
		if t.Name == "" && i < len(r.Months) {
			t.Name = r.Months[i]
		}
		rows[i] = t
	}
	return rows
}
