package digest

import (
	"slices"

	"duban/pipeline/assess"
)

// trailsSheet (逐月进度) has a row for every indicator and unit: the light of
// each of the last twelve months. A month without a paper is empty.
func trailsSheet(r *Report) Sheet {
	columns := []sheetColumn[Line]{
		{"编号", 9, Left, plain, func(l Line) Datum { return text(l.ID) }},
		{"指标", 28, Left, plain, func(l Line) Datum { return text(l.Name) }},
		{"责任单位", 20, Left, plain, func(l Line) Datum { return text(l.Unit) }},
	}
	for i, m := range r.Months {
		columns = append(columns, sheetColumn[Line]{m, 9, Centre, lamp, func(l Line) Datum {
			return stepWord(l, i)
		}})
	}
	columns = append(columns, months("滞后月数", assess.Behind),
		months("严重滞后月数", assess.FarBehind), months("未报月数", assess.Missing),
		sheetColumn[Line]{"连续严重滞后月数", 9.5, Right, plain, func(l Line) Datum {
			return positive(l.RedMonths)
		}})
	s := newSheet("逐月进度", r.sheetTitle("近十二个月逐月进度%s", r.asOfMonth()), columns,
		choose(r.Lines, func(l Line) bool { return len(l.Trail) > 0 }))
	s.Notes = []string{"各月按当月通报的进度灯。没有印发通报或者当时没有这项指标的月份为空白。"}
	return s
}

// stepWord is the word of the light of one month.
func stepWord(l Line, i int) Datum {
	if i >= len(l.Trail) || l.Trail[i].Light == "" {
		return Datum{}
	}
	return text(assess.Light(l.Trail[i].Light).Chinese())
}

// months counts the months of a trail that showed a light; of a trail that
// shows nothing at all it says nothing.
func months(head string, light assess.Light) sheetColumn[Line] {
	return sheetColumn[Line]{head, 9, Right, plain, func(l Line) Datum {
		n := 0
		for _, s := range l.Trail {
			if s.Light == string(light) {
				n++
			}
		}
		known := slices.ContainsFunc(l.Trail, func(s Step) bool { return s.Light != "" })
		return wholeIf(known, n)
	}}
}
