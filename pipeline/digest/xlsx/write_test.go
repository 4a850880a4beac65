package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"duban/pipeline/digest"
)

// sample is a book with everything in it.
func sample(rows int) *digest.Book {
	wide := digest.Sheet{
		Name: "指标台账", Title: "指标台账（截至2025年3月底）",
		Notes: []string{"空白表示未知，不是零。"},
		Columns: []digest.SheetColumn{
			{Head: "编号", Width: 9}, {Head: "领域", Width: 20}, {Head: "指标", Width: 30},
			{Head: "责任单位", Width: 22}, {Head: "目标", Width: 18},
			{Head: "目标值", Width: 12, Align: digest.Right},
			{Head: "完成情况", Width: 12, Align: digest.Right},
			{Head: "完成率（%）", Width: 11, Align: digest.Right},
			{Head: "进度灯", Width: 11, Align: digest.Centre}, {Head: "研判", Width: 46},
			{Head: "单位说明", Width: 60}, {Head: "审核问题", Width: 60},
			{Head: "来源", Width: 8, Align: digest.Centre},
		},
		Bars: []int{7}, Lamps: []int{8},
	}
	lights := []string{"已完成", "达到序时", "滞后", "严重滞后", "未报", "待定"}
	for i := range rows {
		wide.Rows = append(wide.Rows, []digest.Datum{
			{Text: fmt.Sprintf("T%02d-1", i+1)}, {Text: "稳就业促增收"}, {Text: "城镇新增就业"},
			{Text: "区人力资源社会保障局"}, {Text: "1.2万人以上"},
			{Number: "12000", Format: "#,##0"}, {Number: "6400.50", Format: "#,##0.00"},
			{Number: "53.3", Format: "0.0"}, {Text: lights[i%6]},
			{Text: "截至3月底，城镇新增就业累计完成6400人，完成目标的53.3%，低于序时进度21.7个百分点。"},
			{}, {Text: "E-12\n第二行"}, {Text: "1", Link: "数据来源!A4"},
		})
	}
	return &digest.Book{
		Title: "督查通报", Author: "区政府督查室", Created: 1744074000,
		Sheets: []digest.Sheet{
			{
				Name: "总览", Title: "2025年3月督查通报",
				Notes: []string{"振政督〔2025〕3号", "第二条说明"},
				Columns: []digest.SheetColumn{
					{Head: "领域", Width: 30}, {Head: "严重滞后", Width: 10, Align: digest.Right}},
				Rows: [][]digest.Datum{
					{{Text: "稳就业促增收"}, {Number: "2", Format: "0"}},
					{{Text: "合计"}, {Number: "0", Format: "0"}}},
			},
			wide,
			{
				Name: "数据来源", Title: "数据来源", Notes: []string{"以SHA-256为准。"},
				Columns: []digest.SheetColumn{{Head: "序号", Width: 7}, {Head: "原值", Width: 30}},
				Rows: [][]digest.Datum{
					{{Number: "1"}, {Text: "=1+1"}}, {{Number: "2"}, {Text: "+cmd|'/c calc'!A0"}},
					{{Number: "3"}, {Text: "@SUM(A1)"}}, {{Number: "4"}, {Text: "-1+1"}},
					{{Number: "5"}, {Text: "a\x00b\x1b[31m\u202ec\ufeff"}},
					{{Number: "6"}, {Text: "_x0041_ & <b> \"q\""}}, {{Number: "NaN"}, {Text: " 前后 "}},
					{{Number: "0.30"}, {Text: strings.Repeat("长", 40_000)}}},
			},
			{Name: "滞后清单", Title: "滞后清单", Columns: []digest.SheetColumn{{Head: "序号", Width: 7}}},
		},
	}
}

func TestAWorkbookReadsBackAsTheBook(t *testing.T) {
	f := reopen(t, written(t, sample(700)))
	if d := cmp.Diff([]string{"总览", "指标台账", "数据来源", "滞后清单"}, f.GetSheetList()); d != "" {
		t.Fatalf("sheets (-want +got):\n%s", d)
	}
	for _, c := range []struct{ sheet, cell, want string }{
		{"总览", "A1", "2025年3月督查通报"}, {"总览", "A3", "第二条说明"}, {"总览", "A4", "领域"},
		{"总览", "B5", "2"}, {"总览", "B6", "0"},
		{"指标台账", "A3", "编号"}, {"指标台账", "F4", "12,000"}, {"指标台账", "G4", "6,400.50"},
		{"指标台账", "H4", "53.3"}, {"指标台账", "I4", "已完成"}, {"指标台账", "I7", "严重滞后"},
		{"指标台账", "K4", ""}, {"指标台账", "L4", "E-12\n第二行"}, {"指标台账", "A703", "T700-1"},
		{"数据来源", "B4", "=1+1"}, {"数据来源", "B5", "+cmd|'/c calc'!A0"},
		{"数据来源", "B6", "@SUM(A1)"}, {"数据来源", "B7", "-1+1"}, {"数据来源", "B8", "ab[31mc"},
		{"数据来源", "B9", "_x0041_ & <b> \"q\""}, {"数据来源", "A10", "NaN"},
		{"数据来源", "B10", " 前后"}, {"数据来源", "A11", "0.3"},
		{"数据来源", "B11", strings.Repeat("长", 32_766) + "…"},
		{"滞后清单", "A3", "（无）"},
	} {
		got, err := f.GetCellValue(c.sheet, c.cell)
		if err != nil {
			t.Fatal(err)
		}
		if got != c.want {
			t.Errorf("%s!%s is %.60q, want %.60q", c.sheet, c.cell, got, c.want)
		}
	}
	ok, place, err := f.GetCellHyperLink("指标台账", "M4")
	if err != nil || !ok || place != "'数据来源'!A4" {
		t.Errorf("the link leads to %q, %v, %v", place, ok, err)
	}
}

func TestNumbersAreNumbersAndNothingIsAFormula(t *testing.T) {
	b := written(t, sample(700))
	for name, part := range parts(t, b) {
		if strings.HasPrefix(name, "xl/worksheets/") && strings.Contains(part, "<f>") {
			t.Errorf("%s holds a formula", name)
		}
		if strings.Contains(part, "\u202e") || strings.ContainsRune(part, 0x1b) {
			t.Errorf("%s holds what cannot be seen", name)
		}
	}
	if part := parts(t, b)["xl/worksheets/sheet2.xml"]; !strings.Contains(part, "<v>6400.5</v>") ||
		!strings.Contains(part, `<dimension ref="A1:M703"`) {
		t.Error("the ledger sheet lacks its number or its dimension")
	}
}

func TestEqualBooksMakeEqualBytes(t *testing.T) {
	first := written(t, sample(600))
	for range 5 {
		if !bytes.Equal(first, written(t, sample(600))) {
			t.Fatal("the same book gave other bytes")
		}
	}
	other := sample(600)
	other.Sheets[1].Rows[599][9].Text += "。"
	if bytes.Equal(first, written(t, other)) {
		t.Error("another book gave the same bytes")
	}
}

func TestASheetIsReadyForPrintAndWork(t *testing.T) {
	f := reopen(t, written(t, sample(10)))
	for _, c := range []struct {
		sheet                      string
		size, across, xsplit, line int
	}{
		{"总览", paperA4, 1, 0, 4},
		{"指标台账", paperA3, 2, 3, 3},
	} {
		l, err := f.GetPageLayout(c.sheet)
		if err != nil {
			t.Fatal(err)
		}
		if *l.Size != c.size || *l.Orientation != "landscape" || *l.FitToWidth != c.across ||
			*l.FitToHeight != 0 {
			t.Errorf("%s: paper %d %s, %d across, %d down", c.sheet, *l.Size, *l.Orientation,
				*l.FitToWidth, *l.FitToHeight)
		}
		props, err := f.GetSheetProps(c.sheet)
		if err != nil || props.FitToPage == nil || !*props.FitToPage {
			t.Errorf("%s does not fit its pages", c.sheet)
		}
		p, err := f.GetPanes(c.sheet)
		if err != nil || !p.Freeze || p.YSplit != c.line || p.XSplit != c.xsplit {
			t.Errorf("%s is frozen at %d, %d: %v", c.sheet, p.XSplit, p.YSplit, err)
		}
	}
	got := map[string]string{}
	for _, n := range f.GetDefinedName() {
		got[n.Scope+" "+strings.TrimPrefix(n.Name, "_xlnm.")] = n.RefersTo
	}
	want := map[string]string{
		"总览 Print_Area":   "'总览'!$A$1:$B$6",
		"指标台账 Print_Area": "'指标台账'!$A$1:$M$13",
		"数据来源 Print_Area": "'数据来源'!$A$1:$B$11",
		"滞后清单 Print_Area": "'滞后清单'!$A$1:$A$3",
		"总览 Print_Titles": "'总览'!$4:$4", "总览 _FilterDatabase": "'总览'!$A$4:$B$6",
		"指标台账 Print_Titles":    "'指标台账'!$A:$C,'指标台账'!$3:$3",
		"指标台账 _FilterDatabase": "'指标台账'!$A$3:$M$13",
		"数据来源 Print_Titles":    "'数据来源'!$3:$3",
		"数据来源 _FilterDatabase": "'数据来源'!$A$3:$B$11",
		"滞后清单 Print_Titles":    "'滞后清单'!$2:$2",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("defined names (-want +got):\n%s", d)
	}
}

func TestRowsAreHighEnoughForTheirText(t *testing.T) {
	f := reopen(t, written(t, sample(1)))
	if h, err := f.GetRowHeight("指标台账", 4); err != nil || h != rowPadding+2*lineHeight {
		t.Errorf("a row of two lines is %v high, %v", h, err)
	}
	if h, err := f.GetRowHeight("数据来源", 11); err != nil || h != 409 {
		t.Errorf("a row of very long text is %v high, %v", h, err)
	}
	for text, want := range map[string]int{"": 1, "一二三四": 1, "一二三四五": 2, "a\nb\n": 3} {
		if got := lines(text, 9); got != want {
			t.Errorf("%q takes %d lines, want %d", text, got, want)
		}
	}
}

func TestSheetNamesAreMadeFitAndLinksFollow(t *testing.T) {
	col := []digest.SheetColumn{{Head: "a", Width: 8}}
	long := strings.Repeat("很长的名字", 8)
	b := &digest.Book{Title: "t", Sheets: []digest.Sheet{
		{Name: "A/B[局]:*?", Columns: col, Rows: [][]digest.Datum{{{Text: "x", Link: "it's!A9"}}}},
		{Name: "a/b[局]:*?", Columns: col},
		{Name: long, Columns: col}, {Name: long + "二", Columns: col},
		{Name: "", Columns: col}, {Name: "it's", Title: "A&B局 &D", Columns: col},
	}}
	f := reopen(t, written(t, b))
	want := []string{"A_B_局____", "a_b_局____（2）", string([]rune(long)[:31]),
		string([]rune(long)[:28]) + "（2）", "表", "it's"}
	if d := cmp.Diff(want, f.GetSheetList()); d != "" {
		t.Errorf("sheets (-want +got):\n%s", d)
	}
	if _, place, _ := f.GetCellHyperLink("A_B_局____", "A3"); place != "'it''s'!A9" {
		t.Errorf("the link leads to %q", place)
	}
	h, err := f.GetHeaderFooter("it's")
	if err != nil || !strings.Contains(h.OddHeader, "A&&B局 &&D") {
		t.Errorf("the header is %+v, %v", h, err)
	}
}

func TestBooksThatCannotBeAreRefused(t *testing.T) {
	col := []digest.SheetColumn{{Head: "a", Width: 8}}
	one := func(d ...digest.Datum) *digest.Book {
		return &digest.Book{Sheets: []digest.Sheet{{Columns: col, Rows: [][]digest.Datum{d}}}}
	}
	for want, b := range map[string]*digest.Book{
		"no sheets":      {},
		"no columns":     {Sheets: []digest.Sheet{{Name: "a"}}},
		"2 cells for 1":  one(digest.Datum{}, digest.Datum{}),
		"names no sheet": one(digest.Datum{Link: "A1"}),
	} {
		if _, err := Write(b); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want it to say %q", err, want)
		}
	}
}

func written(t *testing.T, b *digest.Book) []byte {
	t.Helper()
	out, err := Write(b)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func reopen(t *testing.T, b []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// parts unzips a workbook.
func parts(t *testing.T, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, e := range z.File {
		r, err := e.Open()
		if err != nil {
			t.Fatal(err)
		}
		s, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[e.Name] = string(s)
	}
	return all
}
