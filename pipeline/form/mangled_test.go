package form_test

import (
	"errors"
	"strings"
	"testing"

	"duban/pipeline/form"
	"duban/pipeline/plan"
	"duban/pipeline/sheet"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// entry is the entry of an id.
func entry(t *testing.T, f *form.Filled, id string) plan.Entry {
	t.Helper()
	for _, e := range f.Entries {
		if e.ID == id {
			return e
		}
	}
	t.Fatalf("no row of %s", id)
	return plan.Entry{}
}

func TestDatesInEveryDressAreTheSameDay(t *testing.T) {
	base := filled(t)
	at := entry(t, read(t, base), "T02-2").Cells[plan.ColActual].Address
	for _, c := range []struct {
		value any
		want  string
	}{
		{"2025.3.28", "2025-03-28"}, {"2025年3月28日", "2025-03-28"}, {"2025/03/28", "2025-03-28"},
		{"２０２５－３－２８", "2025-03-28"}, {"2025 年 3 月 28 日", "2025-03-28"},
		{"2025-03-28 00:00:00", "2025-03-28"}, {45744, "2025-03-28"}, {"20250328", "2025-03-28"},
		{20250328, "2025-03-28"}, {"2025.2.30", ""}, {"3月28日", ""}, {"28/3/2025", ""}, {"年底前", ""},
		{2025, ""}, {20250230, ""}, {"45744", ""}, {"2025年3月", ""},
	} {
		got := read(t, edit(t, base, func(f *excelize.File) error {
			style, err := f.NewStyle(&excelize.Style{})
			if err != nil {
				return err
			}
			if err := f.SetCellStyle(form.SheetTable, at, at, style); err != nil {
				return err
			}
			return f.SetCellValue(form.SheetTable, at, c.value)
		}))
		if d := entry(t, got, "T02-2").Cells[plan.ColActual].Date.String(); d != c.want {
			t.Errorf("%v is %q, want %q", c.value, d, c.want)
		}
	}
}

func TestMonthsInEveryDressAreTheSameMonth(t *testing.T) {
	base := filled(t)
	at := entry(t, read(t, base), "T04-4").Cells[plan.ColExpected].Address
	for _, c := range []struct {
		value any
		want  string
	}{
		{"2025年5月", "2025-05"}, {"2025.5", "2025-05"}, {"2025-05", "2025-05"}, {202505, "2025-05"},
		{"202505", "2025-05"}, {2025.5, "2025-05"}, {2025.12, "2025-12"}, {45778, "2025-05"},
		{2025.1, ""}, {"2025.1", "2025-01"}, {"5月", ""}, {202513, ""},
	} {
		got := read(t, edit(t, base, func(f *excelize.File) error {
			style, err := f.NewStyle(&excelize.Style{})
			if err != nil {
				return err
			}
			if err := f.SetCellStyle(form.SheetTable, at, at, style); err != nil {
				return err
			}
			return f.SetCellValue(form.SheetTable, at, c.value)
		}))
		if m := entry(t, got, "T04-4").Cells[plan.ColExpected].Month.String(); m != c.want {
			t.Errorf("%v is %q, want %q", c.value, m, c.want)
		}
	}
}

func TestSeveralFormsInOneFileAreNotRead(t *testing.T) {
	for name, change := range map[string]func(f *excelize.File) error{
		"填报 (2)": func(f *excelize.File) error {
			to, err := f.NewSheet("填报 (2)")
			if err != nil {
				return err
			}
			from, err := f.GetSheetIndex(form.SheetTable)
			if err != nil {
				return err
			}
			if err := f.CopySheet(from, to); err != nil {
				return err
			}
			return f.SetCellInt("填报 (2)", "J7", 5013)
		},
		"2025年2月": func(f *excelize.File) error {
			return f.SetCellStr(form.SheetTable, "B90", "报送期：2025年2月")
		},
		"区农业农村局": func(f *excelize.File) error {
			return f.SetCellStr(form.SheetTable, "B90", "填报单位： 区农业农村局")
		},
		"另一份凭证": func(f *excelize.File) error {
			return f.SetCellStr(form.SheetGuide, "A90", form.Sign(form.Token{Unit: "nyj"}, key))
		},
	} {
		w, err := sheet.Read(edit(t, filled(t), change), sheet.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		_, err = form.Read(w)
		var not *form.NotFormError
		if !errors.As(err, &not) || !strings.Contains(strings.Join(not.Several, ""), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSecondHeadsHoldForTheRowsBelowThem(t *testing.T) {
	got := read(t, edit(t, filled(t), func(f *excelize.File) error {
		// Two columns change places from the fourth row on, below heads of their own.
		if err := f.InsertRows(form.SheetTable, 10, 1); err != nil {
			return err
		}
		for col := 1; col <= 18; col++ {
			to := map[int]int{9: 10, 10: 9}[col]
			if to == 0 {
				to = col
			}
			a, _ := excelize.CoordinatesToCellName(col, 6)
			b, _ := excelize.CoordinatesToCellName(to, 10)
			v, err := f.GetCellValue(form.SheetTable, a)
			if err != nil {
				return err
			}
			if err := f.SetCellStr(form.SheetTable, b, v); err != nil {
				return err
			}
		}
		if err := f.SetCellValue(form.SheetTable, "J11", nil); err != nil {
			return err
		}
		return f.SetCellDefault(form.SheetTable, "I11", "88.25")
	}))
	if d := cmp.Diff("88.25", said(got)["T02-1 total"]); d != "" {
		t.Error(d)
	}
	if said(got)["T01-1 total"] != "5012" {
		t.Error("the rows above have other heads now")
	}
}

func TestNamesTellRowsOnlyWhereTheyAreClear(t *testing.T) {
	p := smallPlan()
	f := read(t, edit(t, filled(t), func(f *excelize.File) error {
		if err := f.SetCellStr(form.SheetTable, "A7", ""); err != nil { // T01-1
			return err
		}
		if err := f.SetCellStr(form.SheetTable, "A8", ""); err != nil { // T01-2
			return err
		}
		return f.SetCellStr(form.SheetTable, "D8", "招聘会") // nobody's name
	}))
	f.Identify(p, p.Units[0])
	if e := entry(t, f, "T01-1"); !e.ByName || e.Cells[plan.ColTotal].Number.String() != "5012" {
		t.Errorf("%+v", e)
	}
	if len(f.Loose) != 1 || f.Loose[0].Text != "零报告" {
		t.Errorf("loose: %+v", f.Loose)
	}
}
