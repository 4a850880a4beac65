package digest

import "fmt"

// corrections lists what differs from the edition this one replaces; a first
// edition has no such section.
func corrections(r *Report) []Block {
	if r.Edition < 2 {
		return nil
	}
	lead := fmt.Sprintf("本通报为第%d版，由原始报送件重新核算形成，替代%s。", r.Edition, r.Previous)
	if len(r.Changes) == 0 {
		return []Block{Paragraph{lead + "各项数据与上一版一致。"}}
	}
	t := Table{
		Caption: "与上一版的差异",
		Columns: []Column{
			{"指标", 0.36, Left}, {"单位", 0.22, Left}, {"内容", 0.10, Centre},
			{"上一版", 0.11, Right}, {"本版", 0.11, Right}, {"原因", 0.10, Centre},
		},
	}
	for _, c := range r.Changes {
		t.Rows = append(t.Rows, []Cell{{Text: c.Name}, {Text: c.Unit}, {Text: c.What},
			{Text: dash(c.Before)}, {Text: dash(c.After)}, {Text: c.Cause}})
	}
	return []Block{
		Paragraph{lead + fmt.Sprintf("与上一版相比，有%d处变化，见下表。", len(r.Changes))}, t,
	}
}

func dash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}
