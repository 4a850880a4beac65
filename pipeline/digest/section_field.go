package digest

import (
	"fmt"

	"duban/pipeline/assess"
)

// byField takes the fields in the notice's order: the count, then every
// indicator that was reported in its own sentence, then what is not known.
func byField(r *Report) []Block {
	var blocks []Block
	for i, f := range r.Fields {
		lines := choose(r.Lines, func(l Line) bool { return l.Field == f && l.Sort == "task" })
		works := chooseWorks(r.Works, func(w Work) bool { return w.Field == f && w.Sort == "task" })
		if len(lines)+len(works) == 0 {
			continue
		}
		head := fmt.Sprintf("（%s）%s。", chineseNumber(i+1), f)
		blocks = append(blocks, Heading{Level: 2, Text: head, Run: summary(lines, len(works))})
		blocks = append(blocks, bodyOf(r, lines, works)...)
	}
	return blocks
}

// annexItems does the same for the annex's practical projects.
func annexItems(r *Report) []Block {
	lines := choose(r.Lines, func(l Line) bool { return l.Sort == "annex" })
	works := chooseWorks(r.Works, func(w Work) bool { return w.Sort == "annex" })
	if len(lines)+len(works) == 0 {
		return nil
	}
	blocks := []Block{Paragraph{summary(lines, len(works))}}
	open := choose(lines, func(l Line) bool { return !l.Complete })
	return append(blocks, bodyOf(r, open, works)...)
}

func summary(lines []Line, works int) string {
	s := ""
	if len(lines) > 0 {
		s = fmt.Sprintf("共%d项指标，其中%s。", len(lines), count(lines).words())
	}
	if works > 0 {
		s += fmt.Sprintf("无量化指标的工作任务%d项。", works)
	}
	return s
}

// bodyOf writes one paragraph of what is known and one of what is not.
func bodyOf(r *Report, lines []Line, works []Work) []Block {
	var blocks []Block
	known := choose(lines, is(assess.Done, assess.OnTime, assess.Behind, assess.FarBehind))
	if s := sentences(known, r.monthEnd()); s != "" {
		blocks = append(blocks, Paragraph{s})
	}
	if s := unknown(lines); s != "" {
		blocks = append(blocks, Paragraph{s})
	}
	if s := narratives(works); s != "" {
		blocks = append(blocks, Paragraph{s})
	}
	return blocks
}

// unknown says of an unknown figure only that it is unknown, and why.
func unknown(lines []Line) string {
	var pending, missing []string
	for _, l := range lines {
		switch assess.Light(l.Light) {
		case assess.Pending:
			s := l.Name
			if l.Value != "" {
				s += figure(l.Value, l.Measure)
			}
			if l.Reason != "" {
				s += "（" + l.Reason + "）"
			}
			pending = append(pending, s)
		case assess.Missing:
			missing = append(missing, l.Name+"（"+l.Unit+"）")
		}
	}
	s := ""
	if len(pending) > 0 {
		s += "待定：" + unitNames(pending) + "。"
	}
	if len(missing) > 0 {
		s += "未报：" + unitNames(missing) + "。"
	}
	return s
}

// narratives quotes what units say of tasks without an indicator.
func narratives(works []Work) string {
	s := ""
	for _, w := range works {
		s += w.Title + "：" + w.Unit
		switch {
		case w.Progress == "":
			s += "本月未报送进展。"
		case w.Remark == "":
			s += "报告" + w.Progress + "。"
		default:
			s += "报告" + w.Progress + "，" + trimmed(w.Remark, 90) + "。"
		}
	}
	return s
}

func chooseWorks(works []Work, keep func(Work) bool) []Work {
	var out []Work
	for _, w := range works {
		if keep(w) {
			out = append(out, w)
		}
	}
	return out
}
