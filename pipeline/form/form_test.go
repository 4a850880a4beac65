package form_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"duban/pipeline/form"
	"duban/pipeline/plan"
	"duban/pipeline/sheet"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

func write(t *testing.T, f *form.Form) []byte {
	t.Helper()
	b, err := form.Write(f, key)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func read(t *testing.T, b []byte) *form.Filled {
	t.Helper()
	w, err := sheet.Read(b, sheet.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	f, err := form.Read(w)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// edit changes a workbook through the library that wrote it.
func edit(t *testing.T, b []byte, change func(f *excelize.File) error) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := change(f); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// said is what the fill-in cells of a form say, by id and column; blank cells
// are left out.
func said(f *form.Filled) map[string]string {
	m := map[string]string{}
	for _, e := range f.Entries {
		for col, c := range e.Cells {
			s := c.Text
			switch {
			case c.Number.Known():
				s = c.Number.String()
			case !c.Date.IsZero():
				s = c.Date.String()
			case c.Month != 0:
				s = c.Month.String()
			}
			if !c.Blank() {
				m[strings.TrimSpace(e.Unit+" "+e.ID+" "+string(col))] = s
			}
		}
	}
	return m
}

// answers fill every kind of row.
func answers() []form.Answer {
	n, d := func(s string) plan.Value { return mustValue(s) }, plan.Date{Year: 2025, Month: 3, Day: 28}
	return []form.Answer{
		{ID: "T01-1", Column: plan.ColAdded, Number: n("812")},
		{ID: "T01-1", Column: plan.ColTotal, Number: n("5012")},
		{ID: "T01-1", Column: plan.ColRemark, Text: "春风行动集中用工"},
		{ID: "T01-2", Column: plan.ColState, Text: "零报告"},
		{ID: "T01-3", Column: plan.ColTotal, Number: n("0")},
		{ID: "T02-1", Column: plan.ColTotal, Number: n("88.25")},
		{ID: "T02-2", Column: plan.ColProgress, Text: "已完成"},
		{ID: "T02-2", Column: plan.ColActual, Date: d},
		{ID: "T03", Column: plan.ColProgress, Text: "推进中"},
		{ID: "T03", Column: plan.ColRemark, Text: "=1+1"},
		{ID: "T04-1", Column: plan.ColTotal, Number: n("-4.5")},
		{ID: "T04-2", Column: plan.ColA, Number: n("43210.55")},
		{ID: "T04-2", Column: plan.ColB, Number: n("21987")},
		{ID: "T04-4", Column: plan.ColState, Text: "数据未出"},
		{ID: "T04-4", Column: plan.ColExpected, Date: plan.Date{Year: 2025, Month: 5, Day: 1}},
	}
}

var answered = map[string]string{
	"T01-1 added": "812", "T01-1 total": "5012", "T01-1 remark": "春风行动集中用工",
	"T01-2 state": "零报告", "T01-3 total": "0", "T02-1 total": "88.25",
	"T02-2 progress": "已完成", "T02-2 actual": "2025-03-28", "T03 progress": "推进中",
	"T03 remark": "=1+1", "T04-1 total": "-4.5", "T04-2 a": "43210.55", "T04-2 b": "21987",
	"T04-4 state": "数据未出", "T04-4 expected": "2025-05-01",
}

func filled(t *testing.T) []byte {
	t.Helper()
	b, err := form.Fill(write(t, monthForm()), "王小明", "李主任", answers())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestUntouchedFormReadsBackWithEveryRow(t *testing.T) {
	f := monthForm()
	got := read(t, write(t, f))
	if len(got.Entries) != len(f.Rows) {
		t.Fatalf("%d entries of %d rows", len(got.Entries), len(f.Rows))
	}
	for i, e := range got.Entries {
		r := f.Rows[i]
		if e.ID != r.ID() {
			t.Errorf("entry %d is %s, row is %s", i, e.ID, r.ID())
		}
		if r.Indicator == nil {
			continue
		}
		if e.Name.Text != r.Indicator.NameText() || e.Target.Text != r.Indicator.TargetText() {
			t.Errorf("%s shows %q %q", e.ID, e.Name.Text, e.Target.Text)
		}
	}
	// Nothing is filled in but what the office itself set.
	if d := cmp.Diff(map[string]string{"T04-4 state": "本期不报"}, said(got)); d != "" {
		t.Error(d)
	}
	if got.UnitShown.Text != "区人力资源社会保障局" || got.MonthShown.Month != f.Month {
		t.Errorf("shown: %+v %+v", got.UnitShown, got.MonthShown)
	}
	token, err := form.Verify(got.TokenText, key)
	want := form.Token{Unit: "rsj", Month: "2025-03", PlanVersion: "2024-1", Issue: 1}
	if err != nil || token != want {
		t.Errorf("token %+v, %v", token, err)
	}
}

func TestFilledFormReadsBack(t *testing.T) {
	got := read(t, filled(t))
	if d := cmp.Diff(answered, said(got)); d != "" {
		t.Error(d)
	}
	if got.Filler.Text != "王小明" || got.Reviewer.Text != "李主任" || !got.Phone.Blank() {
		t.Errorf("signed by %+v %+v %+v", got.Filler, got.Reviewer, got.Phone)
	}
	if got.Phone.Address == "" {
		t.Error("an empty cell has no address")
	}
}

func TestOpeningFormKeepsUnitsApart(t *testing.T) {
	f := openingForm()
	// Two units report the same indicator.
	twin := f.Rows[0]
	twin.Unit = f.Plan.Units[1]
	f.Rows = append(f.Rows, twin)
	b, err := form.Fill(write(t, f), "", "", []form.Answer{
		{ID: "T01-1", Unit: "区人力资源社会保障局", Column: plan.ColTotal, Number: plan.Int(4200)},
		{ID: "T01-1", Unit: "区农业农村局", Column: plan.ColTotal, Number: plan.Int(77)},
	})
	if err != nil {
		t.Fatal(err)
	}
	got := read(t, b)
	want := map[string]string{
		"区人力资源社会保障局 T01-1 total": "4200", "区农业农村局 T01-1 total": "77",
	}
	if d := cmp.Diff(want, said(got)); d != "" {
		t.Error(d)
	}
	token, err := form.Verify(got.TokenText, key)
	if err != nil || !token.Opening || token.Unit != "" {
		t.Errorf("token %+v, %v", token, err)
	}
}

func TestEqualFormsMakeEqualBytes(t *testing.T) {
	one := filled(t)
	for range 5 {
		if !bytes.Equal(one, filled(t)) {
			t.Fatal("the same form, filled the same way, made other bytes")
		}
	}
	f := monthForm()
	f.Issue = 2
	if bytes.Equal(write(t, monthForm()), write(t, f)) {
		t.Error("another issue made the same bytes")
	}
}

func TestOnlyFillInCellsAreOpen(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(write(t, monthForm())))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got := read(t, write(t, monthForm()))
	open := func(row int, head string) bool {
		cell, _ := excelize.CoordinatesToCellName(got.Columns[head], row)
		id, err := f.GetCellStyle(form.SheetTable, cell)
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		return s.Protection != nil && !s.Protection.Locked
	}
	fills := []string{form.HeadAdded, form.HeadTotal, form.HeadA, form.HeadB, form.HeadProgress,
		form.HeadPlanned, form.HeadActual, form.HeadState, form.HeadExpected, form.HeadRemark}
	want := map[string]string{ // one letter a fill-in column, in order
		"T01-1": "xx.....xxx", "T01-3": ".x.....xxx", "T02-2": "....xxxxxx",
		"T03": "....x....x", "T04-1": ".xxx...xxx", "T04-2": "..xx...xxx", "T04-3": "..xx...xxx",
	}
	for _, e := range got.Entries {
		var row strings.Builder
		for _, head := range fills {
			row.WriteString(map[bool]string{true: "x", false: "."}[open(e.Row, head)])
		}
		if w, ok := want[e.ID]; ok && w != row.String() {
			t.Errorf("%s is open at %s, want %s", e.ID, row.String(), w)
		}
		for _, head := range []string{form.HeadID, form.HeadName, form.HeadTarget} {
			if open(e.Row, head) {
				t.Errorf("%s: %s is open", e.ID, head)
			}
		}
	}
}

func TestColumnsNoRowNeedsAreHidden(t *testing.T) {
	f := monthForm()
	f.Rows = f.Rows[:3] // totals and a level only
	b := write(t, f)
	book, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for head, want := range map[string]bool{
		form.HeadID: false, form.HeadAdded: true, form.HeadA: false, form.HeadProgress: false,
		form.HeadState: true, form.HeadRemark: true,
	} {
		col, _ := excelize.ColumnNumberToName(read(t, b).Columns[head])
		if got, err := book.GetColVisible(form.SheetTable, col); err != nil || got != want {
			t.Errorf("%s visible: %v, %v", head, got, err)
		}
	}
}

func TestMovedColumnsAndRowsStillRead(t *testing.T) {
	base := filled(t)
	for name, change := range map[string]func(f *excelize.File) error{
		"row inserted": func(f *excelize.File) error { return f.InsertRows(form.SheetTable, 9, 2) },
		"rows above":   func(f *excelize.File) error { return f.InsertRows(form.SheetTable, 1, 3) },
		"column inserted": func(f *excelize.File) error {
			return f.InsertCols(form.SheetTable, "H", 2)
		},
		"row deleted": func(f *excelize.File) error { return f.RemoveRow(form.SheetTable, 15) },
		"sheet renamed": func(f *excelize.File) error {
			return f.SetSheetName(form.SheetTable, "三月")
		},
		"rows turned round": turnRound,
		"head with blanks": func(f *excelize.File) error {
			return f.SetCellStr(form.SheetTable, "A6", " 指标\n编号　")
		},
		"sheet in front": func(f *excelize.File) error {
			if _, err := f.NewSheet("封面"); err != nil {
				return err
			}
			return f.MoveSheet("封面", form.SheetGuide)
		},
	} {
		t.Run(name, func(t *testing.T) {
			want := map[string]string{}
			got := read(t, edit(t, base, change))
			present := map[string]bool{}
			for _, e := range got.Entries {
				present[e.ID] = true
			}
			for k, v := range answered {
				if id, _, _ := strings.Cut(k, " "); present[id] {
					want[k] = v
				}
			}
			if len(present) < len(monthForm().Rows)-1 {
				t.Errorf("only %d rows are left", len(present))
			}
			if d := cmp.Diff(want, said(got)); d != "" {
				t.Error(d)
			}
			if _, err := form.Verify(got.TokenText, key); err != nil {
				t.Error(err)
			}
		})
	}
}

// turnRound writes the rows of the table in the opposite order.
func turnRound(f *excelize.File) error {
	all, err := f.GetRows(form.SheetTable, excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	first, last := 7, len(all)
	for i := 0; first+i < last-i; i++ {
		a, b := first+i, last-i
		for col := 1; col <= 18; col++ {
			ca, _ := excelize.CoordinatesToCellName(col, a)
			cb, _ := excelize.CoordinatesToCellName(col, b)
			if err := swap(f, ca, cb); err != nil {
				return err
			}
		}
	}
	return nil
}

func swap(f *excelize.File, a, b string) error {
	va, err := f.GetCellValue(form.SheetTable, a, excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	vb, err := f.GetCellValue(form.SheetTable, b, excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	ta, _ := f.GetCellType(form.SheetTable, a)
	tb, _ := f.GetCellType(form.SheetTable, b)
	sa, _ := f.GetCellStyle(form.SheetTable, a)
	sb, _ := f.GetCellStyle(form.SheetTable, b)
	for _, one := range []struct {
		cell, value string
		kind        excelize.CellType
		style       int
	}{{a, vb, tb, sb}, {b, va, ta, sa}} {
		if err := f.SetCellStyle(form.SheetTable, one.cell, one.cell, one.style); err != nil {
			return err
		}
		set := f.SetCellDefault
		if one.kind == excelize.CellTypeSharedString {
			set = f.SetCellStr
		}
		if err := set(form.SheetTable, one.cell, one.value); err != nil {
			return err
		}
	}
	return nil
}

func TestFigureWithoutAnIDIsNotLost(t *testing.T) {
	b := edit(t, filled(t), func(f *excelize.File) error {
		return f.SetCellStr(form.SheetTable, "A7", "") // the id of T01-1
	})
	got := read(t, b)
	var loose []string
	for _, c := range got.Loose {
		loose = append(loose, c.Address+"="+c.Text)
	}
	want := []string{"I7=812", "J7=5012", "R7=春风行动集中用工"}
	if d := cmp.Diff(want, loose); d != "" {
		t.Error(d)
	}
}

func TestNotAForm(t *testing.T) {
	for name, change := range map[string]func(f *excelize.File) error{
		"表头": func(f *excelize.File) error { return f.RemoveRow(form.SheetTable, 6) },
		"列": func(f *excelize.File) error {
			if err := f.RemoveCol(form.SheetTable, "A"); err != nil {
				return err
			}
			return f.RemoveCol(form.SheetTable, "C")
		},
	} {
		w, err := sheet.Read(edit(t, filled(t), change), sheet.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		_, err = form.Read(w)
		var not *form.NotFormError
		if !errors.As(err, &not) || !strings.Contains(not.Reason, name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLibreOfficeKeepsAForm(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("no LibreOffice")
	}
	dir := t.TempDir()
	in := filepath.Join(dir, "三月.xlsx")
	if err := os.WriteFile(in, filled(t), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(soffice, "-env:UserInstallation=file://"+dir+"/profile", "--headless",
		"--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out"),
		in).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	b, err := os.ReadFile(filepath.Join(dir, "out", "三月.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	got := read(t, b)
	if d := cmp.Diff(answered, said(got)); d != "" {
		t.Error(d)
	}
	if _, err := form.Verify(got.TokenText, key); err != nil {
		t.Error(err)
	}
	if got.Filler.Text != "王小明" || got.Reviewer.Text != "李主任" {
		t.Errorf("signed by %+v %+v", got.Filler, got.Reviewer)
	}
	again, err := form.Fill(b, "", "", []form.Answer{
		{ID: "T01-1", Column: plan.ColAdded, Number: plan.Int(813)},
	})
	if err != nil {
		t.Fatal(err)
	}
	if s := said(read(t, again))["T01-1 added"]; s != "813" {
		t.Errorf("refilled: %q", s)
	}
}
