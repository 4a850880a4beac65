package digest

import "duban/pipeline/assess"

// sheetTallies are the counts by field, and the total in the end. A book that
// is not told those of the whole plan, as a unit's own, counts its lines.
func sheetTallies(r *Report) (fields []Tally, total Tally) {
	all := r.Tallies
	if all == nil {
		all = r.Count()
	}
	for _, t := range all {
		switch {
		case t.Name == "":
			total = t
			total.Name = "合计"
		case t.Lines+t.Works > 0:
			fields = append(fields, t)
		}
	}
	return fields, total
}

// inField keeps the lines that a tally of that name counts.
func inField(name string) func(Line) bool {
	return func(l Line) bool {
		if name == annexName {
			return l.Sort == "annex"
		}
		return l.Sort == "task" && l.Field == name
	}
}

// lightCount is a column of one light's counts. What no paper counted is empty.
func lightCount(l assess.Light) sheetColumn[Tally] {
	return sheetColumn[Tally]{l.Chinese(), 9.5, Centre, plain, func(t Tally) Datum {
		return wholeIf(t.Lights != nil, t.Lights[string(l)])
	}}
}

// lightCounts are the columns of all lights.
func lightCounts() []sheetColumn[Tally] {
	var all []sheetColumn[Tally]
	for _, l := range assess.Lights {
		all = append(all, lightCount(l))
	}
	return all
}

// overdueCount is a column of what is past its date. Of older months nothing
// tells whether it was counted.
var overdueCount = sheetColumn[Tally]{"其中逾期", 9.5, Centre, plain,
	func(t Tally) Datum { return whole(t.Overdue) }}

// shares are the columns of percentages.
var shares = []sheetColumn[Tally]{
	{"占比（%）", 11, Right, bar, goodShare},
	{"完成率（%）", 11, Right, bar, func(t Tally) Datum { return rate(t.Done) }},
	{"序时进度（%）", 12, Right, plain, func(t Tally) Datum { return rate(t.Due) }},
}

// goodShare is the share of 已完成 and 达到序时 in what can be judged.
func goodShare(t Tally) Datum {
	c := tally{}
	for l, n := range t.Lights {
		c[assess.Light(l)] = n
	}
	return ratio(c.good(), c.judged())
}

// lightHeads are the heads of the columns of lights.
func lightHeads() []string {
	var all []string
	for _, l := range assess.Lights {
		all = append(all, l.Chinese())
	}
	return all
}

// tallyNote says how a tally counts.
const tallyNote = "一项指标由几家单位分别报送的，分别计数。占比为已完成与达到序时两类占可评判指标的比例，" +
	"未报、待定不作评判。完成率、序时进度为累计型、年度型指标的平均数。空白表示未知或不适用，不是零。"
