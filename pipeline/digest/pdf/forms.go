package pdf

import (
	"fmt"

	"duban/pipeline/digest"
)

// A form (公文格式) is a row of forms and a file form_*.go. The row holds what is
// data: its measures, each with the paragraph of GB/T 9704-2012 that gives it,
// and what it has or leaves out; the file holds how its head is set. All that
// no row names is common to all forms.

// measure is a length in millimetres and where it comes from.
type measure struct {
	mm     float64
	clause string // of GB/T 9704-2012; "house" where the standard leaves it open
}

// form is a kind of official paper.
type form struct {
	name   string
	clause string // which describes it
	head   func(f *flow, fm *form, p *digest.Paper)

	markTop   measure // from the paper's top edge to the ink of 发文机关标志
	markMost  float64 // its largest type size in points
	ruleBelow measure // the red rule, below what stands above it
	footRule  measure // a second one on the first page, above the paper's foot; 0: none

	signed      bool // 发文机关署名 and 成文日期 stand at the end
	firstNumber bool // the first page shows its number

	copyWord string // what 版记 begins with
	ruled    bool   // 版记 has rules, 印数, 印发机关 and 印发日期
	even     bool   // 版记 stands on an even page: the back of the last sheet
}

// forms is all forms; the first is what a paper without one gets.
var forms = []form{
	{
		name: "通报", clause: "7", head: (*flow).noticeHead,
		markTop: measure{areaTop + 35, "7.2.4"}, markMost: 60,
		ruleBelow: measure{4, "7.2.7"},
		signed:    true, firstNumber: true,
		copyWord: "抄送：", ruled: true, even: true,
	},
	{
		name: "信函", clause: "10.1", head: (*flow).letterHead,
		markTop: measure{30, "10.1"}, markMost: 48,
		ruleBelow: measure{4, "10.1"}, footRule: measure{20, "10.1"},
		signed:   true,
		copyWord: "抄送：",
	},
	{
		name: "专报", clause: "10.3", head: (*flow).briefHead,
		markTop: measure{areaTop + 35, "10.3"}, markMost: 60,
		ruleBelow:   measure{4, "house"},
		firstNumber: true,
		copyWord:    "报送：", ruled: true, even: true,
	},
}

// Forms are the names of the forms of papers there are.
func Forms() []string {
	var names []string
	for _, f := range forms {
		names = append(names, f.name)
	}
	return names
}

// formOf finds a form by its name.
func formOf(name string) (*form, error) {
	if name == "" {
		return &forms[0], nil
	}
	for i := range forms {
		if forms[i].name == name {
			return &forms[i], nil
		}
	}
	return nil, fmt.Errorf("no form of paper is called %q", name)
}
