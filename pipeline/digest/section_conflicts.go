package digest

import "fmt"

// Conflict is an indicator of which two files of one unit said different
// values in one day.
type Conflict struct {
	ID, Name, Unit string
	UnitCode       string
	Message        string
}

// conflicts lists the figures (数据不一致) that a unit must settle with itself.
func conflicts(r *Report) []Block {
	if len(r.Conflicts) == 0 {
		return nil
	}
	blocks := []Block{Paragraph{fmt.Sprintf("有%d项指标同一单位一天内报来两个不同的数，"+
		"暂以后收到的为准，有关单位要核对后书面确认。", len(r.Conflicts))}}
	for i, x := range r.Conflicts {
		blocks = append(blocks, Paragraph{fmt.Sprintf("%d. %s：%s", i+1, x.Unit, x.Message)})
	}
	return blocks
}
