package form

import (
	"strings"

	"duban/pipeline/plan"
	"duban/pipeline/wording"
	"duban/templates"
)

// items is what the wording may name; form.txt explains them.
type items struct {
	Plan, Unit, Month, Deadline, Office string
	Opening                             bool
	Adjusted                            []adjustedItem
}

// adjustedItem is an adjustment of the plan that begins with the month.
type adjustedItem struct{ Name, Text string }

// Wording is the wording of forms: the parts of templates/form.txt, or an
// office's own for some or all of them.
var Wording = &wording.File{Name: "form.txt", Own: templates.Form, Parts: []wording.Part{
	{Name: "title", Items: items{}, Must: aboveTheTable},
	{Name: "basis", Items: items{}, Must: aboveTheTable},
	{Name: "hint", Items: items{}, Must: aboveTheTable},
	{Name: "guide", Items: items{}, Must: wording.Always},
}}

// aboveTheTable is what is wrong with what stands in a cell above the table.
// There Read looks for the labels, and takes the first it finds.
func aboveTheTable(said string, full bool) string {
	before, _, _ := strings.Cut(narrow(unseen(said)), ":")
	for _, label := range []string{labelUnit, labelMonth, labelDeadline, labelFiller, labelReviewer,
		labelPhone} {
		if bare(before) == label {
			return "不能以“" + label + "”开头：收表时靠它认表头，请换一个说法"
		}
	}
	return wording.Line(said, full)
}

// words are the texts of one form.
type words struct{ title, basis, hint, guide string }

func (f *Form) words() (words, error) {
	in := items{Plan: f.Plan.Title, Month: f.Month.Chinese(), Office: f.Office, Opening: f.Opening,
		Adjusted: f.adjusted()}
	if f.Unit != nil {
		in.Unit = f.Unit.Name
	}
	if !f.Deadline.IsZero() {
		in.Deadline = moment(f.Deadline)
	}
	said := Wording.BuiltIn()
	if f.Words != nil {
		said = f.Words
	}
	var texts []string
	for _, p := range Wording.Parts {
		s, err := said.Say(p.Name, in)
		if err != nil {
			return words{}, err
		}
		texts = append(texts, strings.TrimSpace(s))
	}
	return words{texts[0], texts[1], texts[2], texts[3]}, nil
}

// adjusted names each adjustment of this month and says what it is.
func (f *Form) adjusted() []adjustedItem {
	var all []adjustedItem
	for _, a := range f.Adjusted {
		text := a.Text()
		if a.Kind == plan.ChangeReporters && f.Unit != nil && a.Takes(f.Unit) {
			text += "，本单位不再填报"
		}
		all = append(all, adjustedItem{a.ID + " " + a.Name(), text})
	}
	return all
}
