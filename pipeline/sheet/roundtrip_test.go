package sheet

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// made is a workbook by another writer, with every type of cell, formats,
// merges, hidden rows, columns and sheets.
func made(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	try := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	try(f.SetSheetName("Sheet1", "填报"))
	for cell, v := range map[string]any{
		"A1": "指标名称", "B1": "  前后有空格  ", "C1": "两行\n文字", "D1": "<&>\"'", "E1": "_x_",
		"A2": 12, "B2": 0.1, "C2": -3.25, "D2": 1e21, "E2": 1.0 / 3, "F2": 123456789012345.0,
		"A3": true, "B3": false, "C3": "#N/A",
		"A4":  time.Date(2025, 3, 31, 0, 0, 0, 0, time.UTC),
		"B4":  time.Date(2024, 2, 29, 12, 30, 0, 0, time.UTC),
		"A60": "远处", "Z9": "右边", "H7": 88.5,
	} {
		try(f.SetCellValue("填报", cell, v))
	}
	percent, err := f.NewStyle(&excelize.Style{NumFmt: 10})
	try(err)
	code := `yyyy"年"m"月"`
	month, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
	try(err)
	try(f.SetCellStyle("填报", "H7", "H7", percent))
	try(f.SetCellValue("填报", "C4", 45747))
	try(f.SetCellStyle("填报", "C4", "C4", month))
	try(f.SetCellFormula("填报", "A5", "SUM(A2:C2)"))
	try(f.SetCellFormula("填报", "B6", `IF(A2>1,"是","否")&"&"`))
	try(f.SetCellRichText("填报", "F1", []excelize.RichTextRun{
		{Text: "粗", Font: &excelize.Font{Bold: true}}, {Text: " 细"}}))
	try(f.MergeCell("填报", "A8", "C9"))
	try(f.MergeCell("填报", "E8", "E12"))
	try(f.SetRowVisible("填报", 2, false))
	try(f.SetColVisible("填报", "B:C", false))
	shared, ref := excelize.STCellFormulaTypeShared, "G2:G5"
	opts := excelize.FormulaOpts{Type: &shared, Ref: &ref}
	try(f.SetCellFormula("填报", "G2", "A2*$B$1+B$2", opts))
	for i, name := range []string{"隐藏", "深藏"} {
		_, err := f.NewSheet(name)
		try(err)
		try(f.SetCellValue(name, "A1", fmt.Sprint("第", i)))
		try(f.SetSheetVisible(name, false, i == 1))
	}
	var b bytes.Buffer
	try(f.Write(&b))
	return b.Bytes()
}

// TestCellsAgreeWithAnotherReader compares every cell of every sheet.
func TestCellsAgreeWithAnotherReader(t *testing.T) {
	b := made(t)
	compare(t, b, mustRead(t, b))
}

func compare(t *testing.T, b []byte, w *Workbook) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var names []string
	for _, s := range w.Sheets {
		names = append(names, s.Name)
		compareSheet(t, f, s)
	}
	if d := cmp.Diff(f.GetSheetList(), names); d != "" {
		t.Error("sheets", d)
	}
}

func compareSheet(t *testing.T, f *excelize.File, s *Sheet) {
	t.Helper()
	seen := map[string]bool{}
	for _, c := range s.Cells {
		at := c.Address()
		seen[at] = true
		v, err := f.GetCellValue(s.Name, at)
		if err != nil {
			t.Fatal(err)
		}
		got := c.Raw
		if c.Kind == Bool {
			got = map[string]string{"0": "FALSE", "1": "TRUE"}[c.Raw]
		}
		if v != got && v != c.Raw {
			t.Errorf("%s!%s holds %q, the other reader says %q", s.Name, at, c.Raw, v)
		}
		formula, err := f.GetCellFormula(s.Name, at)
		if err != nil || formula != c.Formula {
			t.Errorf("%s!%s: formula %q, to the other reader %q", s.Name, at, c.Formula, formula)
		}
		if shown, _ := f.GetRowVisible(s.Name, c.Row); !shown && !c.Hidden {
			t.Errorf("%s!%s is in a hidden row and says not so", s.Name, at)
		}
	}
	rows, err := f.GetRows(s.Name)
	if err != nil {
		t.Fatal(err)
	}
	for r, row := range rows {
		for c, v := range row {
			if at := Address(r+1, c+1); v != "" && !seen[at] {
				t.Errorf("%s!%s is missing; the other reader says %q", s.Name, at, v)
			}
		}
	}
	merges, err := f.GetMergeCells(s.Name)
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, m := range merges {
		want = append(want, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	for _, m := range s.Merges {
		got = append(got, Address(m.FromRow, m.FromCol)+":"+Address(m.ToRow, m.ToCol))
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(s.Name, "merges", d)
	}
}

func TestWhatIsHiddenIsKnown(t *testing.T) {
	w := mustRead(t, made(t))
	var states []State
	for _, s := range w.Sheets {
		states = append(states, s.State)
	}
	if d := cmp.Diff([]State{Visible, Hidden, VeryHidden}, states); d != "" {
		t.Error(d)
	}
	s := sheetNamed(w, "填报")
	if d := cmp.Diff([]Span{{2, 2}}, s.HiddenRows); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]Span{{2, 3}}, s.HiddenCols); d != "" {
		t.Error(d)
	}
	for at, want := range map[[2]int]bool{
		{1, 1}: false, {1, 2}: true, {2, 1}: true, {4, 3}: true, {7, 8}: false,
	} {
		if c, ok := s.At(at[0], at[1]); !ok || c.Hidden != want {
			t.Errorf("%s: hidden %v, want %v", Address(at[0], at[1]), c.Hidden, want)
		}
	}
}

// TestTheSameWorkbookSavedByLibreOfficeAgrees holds a second writer's file
// against the first's, cell by cell.
func TestTheSameWorkbookSavedByLibreOfficeAgrees(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice (soffice) is not installed: nothing compared")
	}
	dir := t.TempDir()
	from := filepath.Join(dir, "from.xlsx")
	if err := os.WriteFile(from, made(t), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--headless", "--convert-to", "xlsx", "--outdir", filepath.Join(dir, "to"), from)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	b, err := os.ReadFile(filepath.Join(dir, "to", "from.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	saved := mustRead(t, b)
	compare(t, b, saved)
	for _, s := range mustRead(t, made(t)).Sheets {
		other := sheetNamed(saved, s.Name)
		for _, c := range s.Cells {
			d, ok := other.At(c.Row, c.Col)
			switch {
			case c.Kind == Bool: // which it writes as the formula TRUE()
				if d.Kind != Bool || d.Raw != c.Raw {
					t.Errorf("%s!%s: %s became %+v", s.Name, c.Address(), c.Raw, d)
				}
			case !ok, d.HasFormula != c.HasFormula, d.Hidden != c.Hidden, d.IsDate() != c.IsDate():
				t.Errorf("%s!%s: %+v became %+v", s.Name, c.Address(), c, d)
			case c.HasValue && c.Kind == Text && (d.Kind != Text || d.Raw != c.Raw):
				t.Errorf("%s!%s: text %q became %q", s.Name, c.Address(), c.Raw, d.Raw)
			case c.IsDate():
				if date(saved, d) != date(saved, c) {
					t.Errorf("%s!%s became %s", s.Name, c.Address(), date(saved, d))
				}
			}
		}
		if d := cmp.Diff(s.Merges, other.Merges); d != "" {
			t.Error(s.Name, d)
		}
	}
	c, _ := saved.Sheets[0].At(5, 1)
	if !c.HasFormula || !c.HasValue || !strings.HasPrefix(c.Raw, "8.85") {
		t.Errorf("LibreOffice's result of the sum is %+v", c)
	}
}

func date(w *Workbook, c Cell) string {
	y, m, d, ok := w.Date(c)
	return fmt.Sprint(y, "-", m, "-", d, " ", ok)
}
