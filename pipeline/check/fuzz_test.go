package check

import (
	"strings"
	"testing"

	"duban/pipeline/plan"
)

// FuzzWords: whatever a unit writes into the cells of a row, it is judged, and
// every finding says in whole sentences on one line what to do.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"300", "约1.2万", "累计完成6700人，本月新增300人", "同比增长-3.5%", "\x00\u202e",
		"1e999999999", "210602199003071230", "=HYPERLINK(1)", "十余万", strings.Repeat("９", 400)} {
		f.Add(s, s, s)
	}
	f.Fuzz(func(t *testing.T, total, remark, word string) {
		ex := readExample(t, `
indicator: T01-1 name=城镇新增就业 target=12000
history: T01-1 2025-02 added=400 total=6400
row: T01-1 added=300 total=6700
`)
		cells := ex.s.Entries[0].Cells
		cells[plan.ColTotal] = textCell("C2", total)
		cells[plan.ColRemark] = textCell("K2", remark)
		cells[plan.ColState] = textCell("I2", word)
		for _, f := range Run(ex.s).Findings {
			if f.Message == "" || f.Fix == "" || plan.Mask(f.Message) != f.Message {
				t.Errorf("%+v", f)
			}
		}
	})
}
