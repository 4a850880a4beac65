package pipeline

import (
	"fmt"
	"strings"

	"duban/pipeline/digest"
	"duban/pipeline/plan"
)

// What an edition says of a row, in so few words that two editions can be
// compared by them and a table can hold them.

// inWords is a line's figure in words.
func inWords(l digest.Line) string {
	switch {
	case l.Progress != "":
		return l.Progress
	case l.Shown != "":
		return l.Shown
	case l.Value != "":
		return l.Value + l.Measure
	}
	return l.State
}

func progressWords(x digest.Work) string {
	if x.Progress != "" {
		return x.Progress
	}
	return x.State
}

// reportedWords is how a unit reported: 按时，通过.
func reportedWords(u digest.UnitLine) string {
	return strings.TrimPrefix(u.OnTime+"，"+u.State, "，")
}

// silent reports whether nothing had been said of a figure, or only that it was
// not out yet.
func silent(state string) bool {
	return state == string(plan.Missing) || state == string(plan.NotYetOut) || state == ""
}

// termsDiffer reports whether a row is held against something else.
func termsDiffer(was, now digest.Line) bool {
	inTime := was.DuePercent != now.DuePercent && was.AsOf == now.AsOf && was.DuePercent != "" &&
		now.DuePercent != ""
	return inTime || was.Target != now.Target || was.TargetValue != now.TargetValue ||
		was.Due != now.Due || was.Kind != now.Kind || was.Strength != now.Strength
}

// longRed is how long a row has been 严重滞后, once papers name it for that.
func longRed(l digest.Line) string {
	if l.RedMonths < digest.LongRed {
		return ""
	}
	return fmt.Sprintf("%d个月", l.RedMonths)
}

func openFindings(l digest.Line) string {
	if len(l.Findings) == 0 {
		return ""
	}
	return fmt.Sprintf("%d处", len(l.Findings))
}

func percentWords(s string) string {
	v, err := plan.ParseValue(s)
	if err != nil || !v.Known() {
		return s
	}
	return v.Decimal().Round(1).StringFixed(1) + "%"
}

// shortened is as much of a text as fits a table's cell.
func shortened(s string) string {
	const most = 24
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// numbersIn is the digits of a text, with their points.
func numbersIn(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '.' {
			return r
		}
		return -1
	}, s)
}
