package xlsx

import (
	"strings"
	"testing"

	"duban/pipeline/digest"
)

// leads are what a program takes for the beginning of a formula or a command.
var leads = []string{"=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1",
	"=HYPERLINK(\"http://example.org\",\"x\")", "+cmd|'/c calc'!A0", "＝1+1", "'=1+1", "<f>1+1</f>"}

// hostile is a book with such text in every place that takes any.
func hostile() *digest.Book {
	b := &digest.Book{Title: "=1+1", Author: "@SUM(A1)", Created: 1744074000}
	for _, x := range leads {
		s := digest.Sheet{Name: x, Title: x, Notes: []string{x},
			Columns: []digest.SheetColumn{{Head: x, Width: 30}, {Head: x, Width: 12}},
			Lamps:   []int{0}, Bars: []int{1},
			Charts: []digest.Chart{
				{Kind: digest.StackedBars, Title: x, Series: []int{1}, To: len(leads) - 1},
				{Kind: digest.Lines, Title: x, Series: []int{1}, To: len(leads) - 1}}}
		for _, y := range leads {
			s.Rows = append(s.Rows, []digest.Datum{{Text: y}, {Number: "12.5", Format: "0.0"}})
		}
		s.Rows[1][0].Link = x + "!A1"
		b.Sheets = append(b.Sheets, s)
	}
	return b
}

func TestNoTextBecomesAFormula(t *testing.T) {
	b := hostile()
	out := written(t, b)
	for name, part := range parts(t, out) {
		if !strings.HasPrefix(name, "xl/charts/") &&
			(strings.Contains(part, "<f>") || strings.Contains(part, "<f ")) {
			t.Errorf("%s holds a formula", name)
		}
	}
	f := reopen(t, out)
	for i, sheet := range f.GetSheetList() {
		for cell, want := range map[string]string{"A1": leads[i], "A2": leads[i], "B3": leads[i]} {
			if got, err := f.GetCellValue(sheet, cell); err != nil || got != clean(want) {
				t.Errorf("%s!%s is %q, %v; want %q", sheet, cell, got, err, clean(want))
			}
		}
		for y, want := range leads {
			if got, err := f.GetCellValue(sheet, at(1, y+4)); err != nil || got != clean(want) {
				t.Errorf("%s row %d is %q, %v; want %q", sheet, y+4, got, err, clean(want))
			}
		}
	}
}

func TestWhatAChartRefersToIsOursAlone(t *testing.T) {
	for name, part := range parts(t, written(t, hostile())) {
		if !strings.HasPrefix(name, "xl/charts/") {
			continue
		}
		for _, ref := range between(part, "<f>", "</f>") {
			if !strings.HasPrefix(ref, "&#39;") || !strings.Contains(ref, "&#39;!$") {
				t.Errorf("%s refers to %q", name, ref)
			}
		}
	}
}

// between lists what stands between two marks.
func between(s, from, to string) []string {
	var all []string
	for _, rest := range strings.Split(s, from)[1:] {
		text, _, _ := strings.Cut(rest, to)
		all = append(all, text)
	}
	return all
}

func TestTextThatLooksLikeAFormulaStaysTextWhenTypedOver(t *testing.T) {
	f := reopen(t, written(t, hostile()))
	for y, text := range leads {
		id, err := f.GetCellStyle(f.GetSheetList()[0], at(1, y+4))
		if err != nil {
			t.Fatal(err)
		}
		quote := f.Styles.CellXfs.Xf[id].QuotePrefix
		got := quote != nil && *quote
		if want := strings.ContainsAny(clean(text)[:1], "=+-@"); got != want {
			t.Errorf("%q is quoted: %v", text, got)
		}
	}
}
