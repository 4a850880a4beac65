package digest

import "fmt"

// Ruling is an extension or a waiver that holds in the month.
type Ruling struct {
	What     string   // 延期, 豁免
	Subject  string   // whom it is for
	Units    []string // codes of whom it touches
	Content  string
	Why      string
	Document string // 文号
}

// rulings lists the extensions and waivers (延期和豁免) of the month.
func rulings(r *Report) []Block {
	if len(r.Rulings) == 0 {
		return nil
	}
	t := Table{
		Caption: "本月有效的延期和豁免",
		Columns: []Column{
			{"事项", 0.08, Centre}, {"单位", 0.20, Left}, {"内容", 0.34, Left},
			{"理由", 0.20, Left}, {"文号", 0.18, Left},
		},
	}
	for _, x := range r.Rulings {
		t.Rows = append(t.Rows, []Cell{{Text: x.What}, {Text: x.Subject}, {Text: x.Content},
			{Text: x.Why}, {Text: x.Document}})
	}
	return []Block{
		Paragraph{fmt.Sprintf("经同意，本月有延期和豁免事项%d项，见下表。", len(r.Rulings))}, t,
	}
}
