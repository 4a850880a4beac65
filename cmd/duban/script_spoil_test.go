package main

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"duban/pipeline/form"
)

// spoiler is one way an office pulls a form about. rest is what stands behind
// the way's name.
type spoiler func(f *excelize.File, rest []string) error

// spoilers are the ways of the word spoil; cells are those of the sheet 填报.
var spoilers = map[string]spoiler{
	"merge":      spoilMerge,
	"hide":       spoilHide,
	"filter":     spoilFilter,
	"number":     spoilNumber,
	"date":       spoilNumber,
	"formula":    spoilFormula,
	"names":      spoilNames,
	"validation": spoilValidation,
	"paste":      spoilPaste,
}

// spoiled is the word spoil BOOK OUT WAY… pulls a form about, each way in one word of its own:
// "merge I7:J7", "hide 7" (a row), "filter A6:R8", "number J7 0.1223 0.00%",
// "date O7 45716 yyyy-mm-dd", "formula J7 1+2" (nothing computed), "names",
// "validation", "paste J7 J8" (the style of a cell that is not the form's comes
// with the value, and the rule of the cell is gone).
func spoiled(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenReader(strings.NewReader(ts.ReadFile(args[0])))
	ts.Check(err)
	for _, a := range args[2:] {
		said := strings.Fields(a)
		way, ok := spoilers[said[0]]
		if !ok {
			ts.Fatalf("no way to spoil is called %s", said[0])
		}
		ts.Check(way(f, said[1:]))
	}
	var b bytes.Buffer
	ts.Check(f.Write(&b))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o644))
}

func spoilMerge(f *excelize.File, rest []string) error {
	from, to, _ := strings.Cut(rest[0], ":")
	return f.MergeCell(form.SheetTable, from, to)
}

func spoilFilter(f *excelize.File, rest []string) error {
	return f.AutoFilter(form.SheetTable, rest[0], nil)
}

func spoilFormula(f *excelize.File, rest []string) error {
	return f.SetCellFormula(form.SheetTable, rest[0], rest[1])
}

func spoilValidation(f *excelize.File, _ []string) error {
	return f.DeleteDataValidation(form.SheetTable)
}

func spoilHide(f *excelize.File, rest []string) error {
	row, err := strconv.Atoi(rest[0])
	if err != nil {
		return err
	}
	return f.SetRowVisible(form.SheetTable, row, false)
}

// spoilNumber writes a number as the file shall hold it, and how it is shown.
func spoilNumber(f *excelize.File, rest []string) error {
	format := strings.Join(rest[2:], " ")
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return err
	}
	if err := f.SetCellDefault(form.SheetTable, rest[0], rest[1]); err != nil {
		return err
	}
	return f.SetCellStyle(form.SheetTable, rest[0], rest[0], style)
}

func spoilNames(f *excelize.File, _ []string) error {
	for _, n := range f.GetDefinedName() {
		if err := f.DeleteDefinedName(&n); err != nil {
			return err
		}
	}
	return nil
}

func spoilPaste(f *excelize.File, rest []string) error {
	style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: "Arial"}})
	if err != nil {
		return err
	}
	for _, at := range rest {
		if err := f.DeleteDataValidation(form.SheetTable, at); err != nil {
			return err
		}
		if err := f.SetCellStyle(form.SheetTable, at, at, style); err != nil {
			return err
		}
	}
	return nil
}

// rewrite BOOK OUT writes the same sheets as another program would: texts in
// their cells and not in a table of strings, no styles, no rules, no names.
func rewrite(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenReader(strings.NewReader(ts.ReadFile(args[0])))
	ts.Check(err)
	out := excelize.NewFile()
	for i, name := range f.GetSheetList() {
		if i == 0 {
			ts.Check(out.SetSheetName("Sheet1", name))
		} else {
			_, err := out.NewSheet(name)
			ts.Check(err)
		}
		w, err := out.NewStreamWriter(name)
		ts.Check(err)
		rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
		ts.Check(err)
		for k, row := range rows {
			at, err := excelize.CoordinatesToCellName(1, k+1)
			ts.Check(err)
			ts.Check(w.SetRow(at, plainRow(row)))
		}
		ts.Check(w.Flush())
	}
	var b bytes.Buffer
	ts.Check(out.Write(&b))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o644))
}

func plainRow(row []string) []any {
	var cells []any
	for _, text := range row {
		switch n, err := strconv.ParseFloat(text, 64); {
		case text == "":
			cells = append(cells, nil)
		case err == nil:
			cells = append(cells, n)
		default:
			cells = append(cells, text)
		}
	}
	return cells
}

// lock BOOK OUT sets a password on opening.
func lock(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenReader(strings.NewReader(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(f.SaveAs(ts.MkAbs(args[1]), excelize.Options{Password: "123456"}))
}

// clearly FILE asks that every finding of an answer in JSON says what and how
// to mend it, that no cell is refused twice, and that words are not offered as
// a way out for a cell that is refused.
func clearly(ts *testscript.TestScript, _ bool, args []string) {
	for _, r := range document(ts, args[0]).([]any) {
		refused, offered := map[string]any{}, map[string]any{}
		for _, x := range r.(map[string]any)["findings"].([]any) {
			f := x.(map[string]any)
			for _, key := range []string{"code", "severity", "message", "fix"} {
				if f[key] == nil || strings.TrimSpace(fmt.Sprint(f[key])) == "" {
					ts.Fatalf("a finding has no %s: %v", key, f)
				}
			}
			at := fmt.Sprint(f["sheet"], "!", f["cell"])
			if strings.HasSuffix(at, "!") {
				continue
			}
			if f["severity"] != "reject" {
				if strings.Contains(fmt.Sprint(f["fix"]), "请在情况说明里写明") {
					offered[at] = f
				}
				continue
			}
			if before, ok := refused[at]; ok {
				ts.Fatalf("%s is refused twice: %v, %v", at, before, f)
			}
			refused[at] = f
		}
		for at, f := range refused {
			if offer, ok := offered[at]; ok {
				ts.Fatalf("%s is refused, and words would do: %v, %v", at, f, offer)
			}
		}
	}
}

// above BOOK SHEET FIRST SECOND asks that rows matching FIRST and SECOND are
// there, and every one of the former stands above all of the latter.
func above(ts *testscript.TestScript, _ bool, args []string) {
	rows, last := map[int][]string{}, 0
	for _, c := range sheetOf(ts, args[0], args[1]).Cells {
		rows[c.Row] = append(rows[c.Row], c.Raw)
		last = max(last, c.Row)
	}
	first, err := regexp.Compile(args[2])
	ts.Check(err)
	second, err := regexp.Compile(args[3])
	ts.Check(err)
	lowest, highest := 0, 0
	for row := 1; row <= last; row++ {
		line := strings.Join(rows[row], " ")
		if first.MatchString(line) {
			lowest = row
		}
		if second.MatchString(line) && highest == 0 {
			highest = row
		}
	}
	if lowest == 0 || highest == 0 || lowest > highest {
		ts.Fatalf("%s is last in row %d, %s first in row %d", args[2], lowest, args[3], highest)
	}
}

// marked BOOK SHEET!CELL asks for a comment on a cell of an answer.
func marked(ts *testscript.TestScript, neg bool, args []string) {
	f, err := excelize.OpenReader(strings.NewReader(ts.ReadFile(args[0])))
	ts.Check(err)
	name, at, _ := strings.Cut(args[1], "!")
	all, err := f.GetComments(name)
	ts.Check(err)
	for _, c := range all {
		if c.Cell == at {
			if neg {
				ts.Fatalf("%s is marked: %v", at, c.Paragraph)
			}
			return
		}
	}
	if !neg {
		ts.Fatalf("%s is not marked: %v", at, all)
	}
}
