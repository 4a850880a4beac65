package digest

// unitColumns are the columns of 单位报送. How good the figures were is known
// only of a unit that owed some (First), as its standing is of one that has
// lines to judge.
var unitColumns = []sheetColumn[UnitLine]{
	{"单位", 26, Left, plain, func(u UnitLine) Datum { return text(u.Name) }},
	{"状态", 14, Centre, plain, func(u UnitLine) Datum { return text(u.State) }},
	{"是否按时", 9, Centre, plain, func(u UnitLine) Datum { return text(u.OnTime) }},
	{"首次收到", 17, Centre, plain, func(u UnitLine) Datum { return text(stamp(u.ReceivedAt)) }},
	{"报送次数", 9, Right, plain, func(u UnitLine) Datum { return whole(u.Versions) }},
	{"应报", 7, Right, plain, func(u UnitLine) Datum { return whole(u.Due) }},
	{"采用", 7, Right, plain, func(u UnitLine) Datum { return whole(u.Taken) }},
	{"退回", 7, Right, plain, func(u UnitLine) Datum { return whole(u.Returned) }},
	{"存疑", 7, Right, plain, func(u UnitLine) Datum { return whole(u.Queries) }},
	{"首报数据", 9, Right, plain, func(u UnitLine) Datum { return positive(u.First) }},
	{"一次通过", 9, Right, plain, func(u UnitLine) Datum { return wholeIf(u.First > 0, u.FirstPass) }},
	{"一次通过率（%）", 12, Right, bar, func(u UnitLine) Datum { return ratio(u.FirstPass, u.First) }},
	{"更正", 7, Right, plain, func(u UnitLine) Datum { return wholeIf(u.First > 0, u.Revised) }},
	{"其中截止后", 8, Right, plain, func(u UnitLine) Datum { return wholeIf(u.First > 0, u.Late) }},
	{"近十二个月应报", 10, Right, plain, func(u UnitLine) Datum { return positive(u.Asked) }},
	{"其中按时", 9, Right, plain, func(u UnitLine) Datum { return wholeIf(u.Asked > 0, u.Punctual) }},
	{"按时率（%）", 11, Right, bar, func(u UnitLine) Datum { return ratio(u.Punctual, u.Asked) }},
	{"参评指标", 8, Right, plain, func(u UnitLine) Datum { return positive(u.Judged) }},
	{"已完成和达到序时", 11, Right, plain, func(u UnitLine) Datum {
		return wholeIf(u.Judged > 0, u.GoodLines)
	}},
	{"严重滞后", 9, Right, plain, func(u UnitLine) Datum { return wholeIf(u.Judged > 0, u.RedLines) }},
	{"名次", 7, Centre, plain, func(u UnitLine) Datum { return positive(u.Rank) }},
	{"备注", 24, Left, plain, func(u UnitLine) Datum { return text(u.Remark) }},
}

// unitsSheet (单位报送) is each unit's month of reporting, and how good it was.
func unitsSheet(r *Report) Sheet {
	s := newSheet("单位报送", r.sheetTitle("%s报送情况", r.month().Chinese()), unitColumns, r.Units)
	if r.For == "" {
		s.Title = "各单位" + s.Title
	}
	s.Notes = []string{"截止时间：" + stamp(r.Deadline) + "（以收到时间为准）。一次通过率为首报数据中未被退回、存疑的比例；" +
		"更正为已采用后又改报的数据；空白表示未知或不适用，不是零。"}
	s.numbered()
	return s
}
