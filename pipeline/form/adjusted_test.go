package form_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"duban/pipeline/form"
	"duban/pipeline/plan"
)

// adjustedForm is the form of a month in which one row was adjusted and another
// indicator was taken from the unit.
func adjustedForm() *form.Form {
	f := monthForm()
	ind := *f.Plan.Indicator("T01-1")
	was := ind
	ind.Target, ind.AsWritten = plan.Int(13000), ""
	for i, r := range f.Rows {
		if r.ID() == "T01-1" {
			f.Rows[i].Indicator, f.Rows[i].Adjusted = &ind, true
		}
	}
	gone := &plan.Indicator{ID: "T01-9", Name: "援企稳岗"}
	f.Adjusted = []*plan.Adjustment{
		{Kind: plan.ChangeTarget, ID: "T01-1", From: f.Month, Document: "振政办〔2025〕8号",
			Was: &was, Now: &ind, WasUnits: []*plan.Unit{f.Unit}, NowUnits: []*plan.Unit{f.Unit}},
		{Kind: plan.ChangeReporters, ID: "T01-9", From: f.Month, Document: "振政办〔2025〕9号",
			Was: gone, Now: gone, WasUnits: []*plan.Unit{f.Unit},
			NowUnits: []*plan.Unit{f.Plan.Units[1]}},
	}
	return f
}

func TestAnAdjustedRowIsMarkedAndTheGuideSaysWhy(t *testing.T) {
	b := write(t, adjustedForm())
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got := read(t, b)
	for _, e := range got.Entries {
		id, err := f.GetCellStyle(form.SheetTable, e.Target.Address)
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if marked := len(s.Fill.Color) > 0; marked != (e.ID == "T01-1") {
			t.Errorf("%s is marked: %v", e.ID, marked)
		}
		if e.ID == "T01-1" && e.Target.Text != "13000人" {
			t.Errorf("the target shown is %q", e.Target.Text)
		}
	}
	rows, err := f.GetRows(form.SheetGuide)
	if err != nil {
		t.Fatal(err)
	}
	var guide strings.Builder
	for _, r := range rows {
		guide.WriteString(strings.Join(r, "|") + "\n")
	}
	for _, want := range []string{"自2025年3月起的计划调整\n",
		"T01-1 城镇新增就业|计划调整：目标由不少于1.2万人调整为13000人（振政办〔2025〕8号）。\n",
		"T01-9 援企稳岗|计划调整：报送单位由"} {
		if !strings.Contains(guide.String(), want) {
			t.Errorf("the guide does not say %q:\n%s", want, guide.String())
		}
	}
	if !strings.Contains(guide.String(), "（振政办〔2025〕9号），本单位不再填报。\n") {
		t.Errorf("the guide does not say that a row is gone:\n%s", guide.String())
	}
}

func TestAFormWithoutAdjustmentsSaysNothingOfThem(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(write(t, monthForm())))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, sheet := range []string{form.SheetGuide, form.SheetTable} {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if s := strings.Join(r, "|"); strings.Contains(s, "计划调整") || strings.Contains(s, "橙色") {
				t.Errorf("%s says %q", sheet, s)
			}
		}
	}
}
