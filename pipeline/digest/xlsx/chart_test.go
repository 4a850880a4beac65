package xlsx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"duban/pipeline/digest"
)

func TestEqualBooksWithChartsMakeEqualBytes(t *testing.T) {
	first := written(t, whole(60))
	for range 20 {
		if !bytes.Equal(first, written(t, whole(60))) {
			t.Fatal("the same book gave other bytes")
		}
	}
}

func TestChartsDrawTheTableFromZero(t *testing.T) {
	all := parts(t, written(t, whole(300)))
	chart := all["xl/charts/chart1.xml"]
	for _, want := range []string{
		"各领域指标进展（项）", "&#39;总览&#39;!$A$5:$A$15", "&#39;总览&#39;!$F$5:$F$15",
		"&#39;总览&#39;!$F$4", `<min val="0">`, `<grouping val="stacked">`, `<barDir val="bar">`,
		`<dispBlanksAs val="gap">`, `<legendPos val="b">`,
	} {
		if !strings.Contains(chart, want) {
			t.Errorf("the first chart lacks %s", want)
		}
	}
	if n := strings.Count(chart, "<ser>"); n != len(lamps)-1 {
		t.Errorf("the first chart has %d series", n)
	}
	var line int
	for _, part := range all {
		line += strings.Count(part, "<lineChart>")
	}
	if line != 2 {
		t.Errorf("there are %d charts of lines", line)
	}
}

// anchor is where a drawing stands, rows and columns counted from 0.
type anchor struct {
	From struct {
		Col int `xml:"col"`
		Row int `xml:"row"`
	} `xml:"from"`
	To struct {
		Col int `xml:"col"`
		Row int `xml:"row"`
	} `xml:"to"`
}

func TestChartsStandBesideTheirTableAndArePrinted(t *testing.T) {
	book := whole(300)
	out := written(t, book)
	f := reopen(t, out)
	n := 0
	for i, s := range book.Sheets {
		if len(s.Charts) == 0 {
			continue
		}
		n++
		var d struct {
			Anchors []anchor `xml:"twoCellAnchor"`
		}
		part := parts(t, out)[fmt.Sprintf("xl/drawings/drawing%d.xml", n)]
		if err := xml.Unmarshal([]byte(part), &d); err != nil || len(d.Anchors) != len(s.Charts) {
			t.Fatalf("%s: %d drawings, %v", s.Name, len(d.Anchors), err)
		}
		right, below := printed(t, f, s.Name)
		last := len(s.Notes) + 2 + len(s.Rows)
		for k, a := range d.Anchors {
			if a.From.Col < len(s.Columns) && a.From.Row < last {
				t.Errorf("sheet %d: chart %d covers cells: %+v", i, k, a)
			}
			if a.To.Col > right || a.To.Row > below {
				t.Errorf("sheet %d: chart %d reaches over what is printed: %+v", i, k, a)
			}
			if k > 0 && a.From.Row < d.Anchors[k-1].To.Row && a.From.Col < d.Anchors[k-1].To.Col {
				t.Errorf("sheet %d: chart %d covers the one before", i, k)
			}
		}
		l, err := f.GetPageLayout(s.Name)
		if err != nil || *l.FitToHeight != 1 || *l.FitToWidth != 1 {
			t.Errorf("%s does not print on one page: %v", s.Name, err)
		}
	}
	if n != 3 {
		t.Errorf("%d sheets have charts", n)
	}
}

// printed is the last column and row of what is printed.
func printed(t *testing.T, f *excelize.File, sheet string) (col, row int) {
	t.Helper()
	for _, n := range f.GetDefinedName() {
		if n.Scope == sheet && strings.HasSuffix(n.Name, "Print_Area") {
			_, end, _ := strings.Cut(n.RefersTo, ":")
			col, row, err := excelize.CellNameToCoordinates(strings.ReplaceAll(end, "$", ""))
			if err != nil {
				t.Fatal(err)
			}
			return col, row
		}
	}
	t.Fatalf("%s has no print area", sheet)
	return 0, 0
}

func TestAColourFollowsTheWord(t *testing.T) {
	f := reopen(t, written(t, sample(6)))
	all, err := f.GetConditionalFormats("指标台账")
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	fills := map[string]bool{}
	for _, c := range all["I4:I9"] {
		words = append(words, c.Value)
		st, err := f.GetConditionalStyle(*c.Format)
		if err != nil || len(st.Fill.Color) != 1 {
			t.Fatalf("%s has fill %v, %v", c.Value, st, err)
		}
		fills[st.Fill.Color[0]] = true
	}
	want := []string{`"已完成"`, `"达到序时"`, `"滞后"`, `"严重滞后"`, `"逾期"`, `"未报"`, `"待定"`}
	if d := cmp.Diff(want, words); d != "" {
		t.Errorf("words (-want +got):\n%s", d)
	}
	if len(fills) != len(want) {
		t.Errorf("%d words have %d colours", len(want), len(fills))
	}
	id, err := f.GetCellStyle("指标台账", "I5")
	if err != nil {
		t.Fatal(err)
	}
	if st, err := f.GetStyle(id); err != nil || len(st.Fill.Color) > 0 {
		t.Errorf("the cell has a colour of its own: %v, %v", st.Fill, err)
	}
}

func TestDataBarsReachFromZeroToAHundredInBothHalves(t *testing.T) {
	for _, rows := range []int{6, 700} {
		part := parts(t, written(t, sample(rows)))["xl/worksheets/sheet2.xml"]
		for _, want := range []string{
			`<cfvo type="num" val="0"></cfvo><cfvo type="num" val="100"></cfvo>`,
			`<x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo><x14:cfvo type="num"><xm:f>100</xm:f>`,
			`gradient="0"`, fmt.Sprintf("<xm:sqref>H4:H%d</xm:sqref>", rows+3),
		} {
			if !strings.Contains(part, want) {
				t.Errorf("of %d rows: the sheet lacks %s", rows, want)
			}
		}
		if ids := between(part, "<x14:id>", "</x14:id>"); len(ids) != 1 ||
			!strings.Contains(part, `id="`+ids[0]+`"`) {
			t.Errorf("of %d rows: the halves do not name each other: %v", rows, ids)
		}
	}
}

func TestChartsThatCannotBeAreRefused(t *testing.T) {
	for want, c := range map[string]digest.Chart{
		"of no kind":     {Kind: "pie", Series: []int{1}},
		"rows 0 to 9":    {Kind: digest.Lines, Series: []int{1}, To: 9},
		"rows 1 to 0":    {Kind: digest.Lines, Series: []int{1}, From: 1},
		"column 7 of 2":  {Kind: digest.Lines, Series: []int{7}},
		"column -1 of 2": {Kind: digest.Lines, Series: []int{1}, Categories: -1},
		"no column 5":    {},
	} {
		s := digest.Sheet{Name: "a", Columns: []digest.SheetColumn{{Head: "a"}, {Head: "b"}},
			Rows: [][]digest.Datum{{{Text: "x"}, {Number: "1"}}}}
		if c.Kind == "" {
			s.Lamps = []int{5}
		} else {
			s.Charts = []digest.Chart{c}
		}
		_, err := Write(&digest.Book{Sheets: []digest.Sheet{s}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want it to say %q", err, want)
		}
	}
}
