package digest

import (
	"strings"

	"duban/pipeline/assess"
)

// lateness is what an overdue line's sentence ends with: 完成时限为2023年12月，
// 已逾期14个月.
func lateness(l Line) string {
	if !l.Overdue {
		return ""
	}
	_, tail, found := strings.Cut(l.Sentence, "，完成时限为")
	if !found {
		return ""
	}
	return "完成时限为" + strings.TrimSuffix(tail, "。")
}

// commonLateness is the lateness that two or more lines share, when no other
// line is late in another way.
func commonLateness(lines []Line) string {
	all, word := overdue(lines), ""
	for _, l := range all {
		s := lateness(l)
		if s == "" || word != "" && s != word {
			return ""
		}
		word = s
	}
	if len(all) < 2 {
		return ""
	}
	return word
}

func overdue(lines []Line) []Line {
	return choose(lines, func(l Line) bool {
		return l.Overdue && l.Light != string(assess.Missing) && l.Light != string(assess.Pending)
	})
}
