package digest

import (
	"fmt"
	"slices"
)

// byField takes the fields in the notice's order: the count, then a paragraph
// for every task.
func byField(r *Report) []Block {
	blocks := []Block{Paragraph{fmt.Sprintf("以下数据除另有注明外，均截至%s；"+
		"一项指标由几家单位分别报送的，括注单位。", r.monthEnd())}}
	for i, f := range r.Fields {
		lines := choose(r.Lines, func(l Line) bool { return l.Field == f && l.Sort == "task" })
		works := chooseWorks(r.Works, func(w Work) bool { return w.Field == f && w.Sort == "task" })
		if len(lines)+len(works) == 0 {
			continue
		}
		head := fmt.Sprintf("（%s）%s。", chineseNumber(i+1), f)
		blocks = append(blocks, Heading{Level: 2, Text: head, Run: summary(lines, works)})
		blocks = append(blocks, itemByItem(r, lines, works, "")...)
	}
	return blocks
}

// annexItems does the same for the annex's practical projects; of those that
// are finished it gives the number only.
func annexItems(r *Report) []Block {
	lines := choose(r.Lines, func(l Line) bool { return l.Sort == "annex" })
	works := chooseWorks(r.Works, func(w Work) bool { return w.Sort == "annex" })
	if len(lines)+len(works) == 0 {
		return nil
	}
	text := summary(lines, works)
	open := choose(lines, func(l Line) bool { return !l.Complete })
	late := commonLateness(open)
	if late != "" {
		text += fmt.Sprintf("逾期的%d项%s。", len(overdue(open)), late)
	}
	return append([]Block{Paragraph{text}}, itemByItem(r, open, works, late)...)
}

func summary(lines []Line, works []Work) string {
	s := ""
	if len(lines) > 0 {
		s = fmt.Sprintf("共%d项指标，%s。", len(lines), count(lines).words())
	}
	if n := workItems(works); n > 0 {
		s += fmt.Sprintf("无量化指标的工作任务%d项。", n)
	}
	return s
}

// workItems counts the tasks, each once however many units lead it.
func workItems(works []Work) int {
	items := map[string]bool{}
	for _, w := range works {
		items[w.Item] = true
	}
	return len(items)
}

// itemByItem gives every task or project a paragraph behind its number and
// title.
func itemByItem(r *Report, lines []Line, works []Work, late string) []Block {
	titles := map[string]string{}
	for _, l := range lines {
		titles[l.Item] = l.ItemTitle
	}
	for _, w := range works {
		titles[w.Item] = w.Title
	}
	var items []string
	for id := range titles {
		items = append(items, id)
	}
	slices.Sort(items) // T01, T02, …: the notice's order
	var blocks []Block
	for i, id := range items {
		its := choose(lines, func(l Line) bool { return l.Item == id })
		text := told(r, its, late) + narratives(chooseWorks(works,
			func(w Work) bool { return w.Item == id }))
		blocks = append(blocks, Heading{
			Level: 3, Text: fmt.Sprintf("%d.%s。", i+1, titles[id]), Run: text,
		})
	}
	return blocks
}

// narratives quotes what units say of a task without an indicator.
func narratives(works []Work) string {
	s := ""
	for i, w := range works {
		if i > 0 {
			s += "；"
		}
		switch {
		case w.Progress == "":
			s += w.Unit + "本月未报送进展"
		case w.Remark == "":
			s += w.Unit + "报告" + w.Progress
		default:
			s += w.Unit + "报告" + w.Progress + "，" + trimmed(w.Remark, 90)
		}
	}
	if s != "" {
		s += "。"
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
