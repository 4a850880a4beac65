package digest

import (
	"fmt"
	"strings"
	"time"

	"duban/pipeline/assess"
	"duban/pipeline/plan"
)

// chineseNumber writes 1 to 99 as 一 to 九十九, as headings count.
func chineseNumber(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n-10]
	}
	return digits[n/10] + "十" + digits[n%10]
}

// percent writes a plain decimal as a rate with one place: 53.3%; an unknown
// one as a dash.
func percent(s string) string {
	v := number(s)
	if !v.Known() {
		return "—"
	}
	return v.Decimal().Round(1).StringFixed(1) + "%"
}

// points writes a plain decimal as points with one place and its sign.
func points(s string) string {
	v := number(s)
	if !v.Known() {
		return "—"
	}
	d := v.Decimal().Round(1)
	if d.IsPositive() {
		return "+" + d.StringFixed(1)
	}
	return d.StringFixed(1)
}

// figure writes a plain decimal with its measure: 6400人, 88.0%; an unknown
// one as a dash. It never prints more than two places.
func figure(s, measure string) string {
	v := number(s)
	if !v.Known() {
		return "—"
	}
	d := v.Decimal().Round(2)
	if measure == "%" && d.Equal(d.Round(1)) {
		return d.StringFixed(1) + "%"
	}
	return d.String() + measure
}

// number reads a decimal of the report; they were written by this program.
func number(s string) plan.Value {
	v, err := plan.ParseValue(s)
	if err != nil {
		panic("digest: a report with a broken number: " + err.Error())
	}
	return v
}

// tally counts lines by light.
type tally map[assess.Light]int

func count(lines []Line) tally {
	t := tally{}
	for _, l := range lines {
		t[assess.Light(l.Light)]++
	}
	return t
}

// lights is the order in which a paper counts.
var lights = assess.Lights

// lightsOf counts lines by light in that order; what is none is not said.
func lightsOf(lines []Line) []Count {
	t := count(lines)
	var all []Count
	for _, l := range lights {
		if t[l] > 0 {
			all = append(all, Count{Name: l.Chinese(), N: t[l]})
		}
	}
	return all
}

func (t tally) judged() int {
	return t[assess.Done] + t[assess.OnTime] + t[assess.Behind] + t[assess.FarBehind]
}

func (t tally) good() int { return t[assess.Done] + t[assess.OnTime] }

// choose keeps the lines for which keep holds.
func choose(lines []Line, keep func(Line) bool) []Line {
	var out []Line
	for _, l := range lines {
		if keep(l) {
			out = append(out, l)
		}
	}
	return out
}

func is(lights ...assess.Light) func(Line) bool {
	return func(l Line) bool {
		for _, x := range lights {
			if l.Light == string(x) {
				return true
			}
		}
		return false
	}
}

// stamp writes a moment as tables do: 2025-04-08 09:30; "" stays "".
func stamp(s string) string {
	if s == "" {
		return ""
	}
	return moment(s).Format("2006-01-02 15:04")
}

// hour writes a moment with its day and hour: 4月15日18时.
func hour(t time.Time) string {
	return fmt.Sprintf("%d月%d日%d时", int(t.Month()), t.Day(), t.Hour())
}

// unitNames joins names with the pause mark, each once, in order.
func unitNames(names []string) string { return strings.Join(once(names), "、") }

// once leaves out what is empty or was there before.
func once(names []string) []string {
	seen := map[string]bool{"": true}
	var out []string
	for _, n := range names {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}

// unitsOf names the units of lines, each once.
func unitsOf(lines []Line) []string {
	var names []string
	for _, l := range lines {
		names = append(names, l.Unit)
	}
	return once(names)
}
