package receipt_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duban/pipeline/form"
	"duban/pipeline/plan"
	"duban/pipeline/receipt"
	"duban/pipeline/sheet"
	"duban/pipeline/sheet/parts"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

var (
	key     = []byte("a key for tests only")
	beijing = time.FixedZone("CST", 8*60*60)
	look    = flag.String("look", "", "folder to write the test receipts into, to look at them")
)

func smallPlan() *plan.Plan {
	u := &plan.Unit{Code: "rsj", Name: "区人力资源社会保障局"}
	p := &plan.Plan{Version: "1", Title: "保障和改善民生的实施方案",
		Fields: []string{"促进高质量充分就业"}, Units: []*plan.Unit{u}}
	it := &plan.Item{ID: "T01", Sort: plan.Task, Field: p.Fields[0], Title: "强化就业优先政策"}
	for _, ind := range []*plan.Indicator{
		{ID: "T01-1", Name: "城镇新增就业", Kind: plan.Cumulative, Measure: "人",
			AsWritten: "不少于1.2万人"},
		{ID: "T01-2", Name: "技能培训合格率", Kind: plan.Level, Measure: "%", AsWritten: "90%以上"},
		{ID: "T01-3", Name: "实训基地建设", Kind: plan.Milestone, Measure: "项", AsWritten: "建成"},
	} {
		ind.Item, ind.Due = it, plan.MonthOf(2025, 12)
		it.Indicators = append(it.Indicators, ind)
	}
	p.Items = []*plan.Item{it}
	return p
}

// filled is a form with wrong figures in it.
func filled(t *testing.T) []byte {
	t.Helper()
	p := smallPlan()
	f := &form.Form{Plan: p, Unit: p.Units[0], Month: plan.MonthOf(2025, 3), Issue: 1,
		Office: "振兴区人民政府督查室", IssuedAt: time.Date(2025, 3, 25, 9, 0, 0, 0, beijing),
		Deadline: time.Date(2025, 4, 5, 18, 0, 0, 0, beijing)}
	for _, ind := range p.Items[0].Indicators {
		f.Rows = append(f.Rows, form.Row{Item: p.Items[0], Indicator: ind, Unit: f.Unit})
	}
	b, err := form.Write(f, key)
	if err != nil {
		t.Fatal(err)
	}
	b, err = form.Fill(b, "王小明", "李主任", []form.Answer{
		{ID: "T01-1", Column: plan.ColAdded, Number: plan.Int(800)},
		{ID: "T01-1", Column: plan.ColTotal, Number: plan.Int(4000)},
		{ID: "T01-2", Column: plan.ColTotal, Text: "约90"},
		{ID: "T01-3", Column: plan.ColProgress, Text: "推进中"},
	})
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

// cell is the address of a fill-in cell.
func cell(t *testing.T, b []byte, id string, c plan.Column) string {
	t.Helper()
	for _, e := range read(t, b).Entries {
		if e.ID == id {
			return e.Cells[c].Address
		}
	}
	t.Fatalf("no row %s", id)
	return ""
}

func findings(t *testing.T, b []byte) []plan.Finding {
	total, rate := cell(t, b, "T01-1", plan.ColTotal), cell(t, b, "T01-2", plan.ColTotal)
	return []plan.Finding{
		{Code: "jump", Severity: plan.Query, Sheet: "填报", Cell: total, Indicator: "T01-1",
			Message: "累计完成4000人，比上期4200人少了200人，与以往各月相差较大。",
			Fix:     "数据有误请更正；数据无误请在“情况说明”里写明原因。"},
		{Code: "total-mismatch", Severity: plan.Reject, Sheet: "填报", Cell: total,
			Indicator: "T01-1",
			Message:   "累计完成应等于上期数加本月新增：4200＋800＝5000，表上填的是4000。",
			Fix:       "核对本月新增和累计完成，改正填错的那个数。"},
		{Code: "not-a-number", Severity: plan.Reject, Sheet: "填报", Cell: rate, Indicator: "T01-2",
			Message: "“约90”不是数字。", Fix: "只填数字90，不写“约”。"},
		{Code: "remark-empty", Severity: plan.Note, Sheet: "填报",
			Cell: cell(t, b, "T01-3", plan.ColRemark), Indicator: "T01-3",
			Message: "情况说明是空的。", Fix: "请补充进展情况。"},
		{Code: "old-issue", Severity: plan.Note, Message: "这是第1次下发的表，现在已是第2次。",
			Fix: "下月请用新表。"},
	}
}

func letter(t *testing.T, b []byte) *receipt.Receipt {
	return &receipt.Receipt{
		Original: b, OriginalName: "人社局3月.xlsx", Readable: true, Plan: smallPlan(),
		Unit: "区人力资源社会保障局", Month: plan.MonthOf(2025, 3), State: plan.Partly,
		Delivery: plan.Delivery{ReceivedAt: time.Date(2025, 4, 3, 10, 12, 0, 0, beijing)},
		Findings: findings(t, b), Taken: 1, Refused: 2, Office: "振兴区人民政府督查室",
		Deadline:  time.Date(2025, 4, 5, 18, 0, 0, 0, beijing),
		CorrectBy: time.Date(2025, 4, 8, 18, 0, 0, 0, beijing),
		At:        time.Date(2025, 4, 3, 10, 13, 0, 0, beijing),
	}
}

func write(t *testing.T, r *receipt.Receipt) ([]byte, string) {
	t.Helper()
	b, text, err := receipt.Write(r)
	if err != nil {
		t.Fatal(err)
	}
	return b, text
}

func open(t *testing.T, b []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func fill(t *testing.T, f *excelize.File, cell string) string {
	t.Helper()
	id, err := f.GetCellStyle("填报", cell)
	if err != nil {
		t.Fatal(err)
	}
	// Not by GetStyle: in a book without a theme it knows no colours.
	p := f.Styles.Fills.Fill[*f.Styles.CellXfs.Xf[id].FillID].PatternFill
	if p == nil || p.FgColor == nil {
		return ""
	}
	return p.FgColor.RGB[len(p.FgColor.RGB)-6:]
}

func comments(t *testing.T, f *excelize.File) map[string]string {
	t.Helper()
	all, err := f.GetComments("填报")
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	for _, c := range all {
		m[c.Cell] = c.Text
		for _, run := range c.Paragraph {
			m[c.Cell] += run.Text
		}
	}
	return m
}

func TestCopyIsMarked(t *testing.T) {
	form0 := filled(t)
	b, _ := write(t, letter(t, form0))
	f := open(t, b)
	if d := cmp.Diff([]string{"问题清单", "填报说明", "填报", "_duban"}, f.GetSheetList()); d != "" {
		t.Error(d)
	}
	total, rate := cell(t, form0, "T01-1", plan.ColTotal), cell(t, form0, "T01-2", plan.ColTotal)
	remark := cell(t, form0, "T01-3", plan.ColRemark)
	for cell, want := range map[string]string{
		total: "F8B4B4", rate: "F8B4B4", remark: "BDD7EE", // the worst finding gives the colour
		cell(t, form0, "T01-1", plan.ColAdded): "FFFBE0",
	} {
		if got := fill(t, f, cell); got != want {
			t.Errorf("%s is %s, want %s", cell, got, want)
		}
	}
	notes := comments(t, f)
	if len(notes) != 3 {
		t.Errorf("comments %q", notes)
	}
	for _, want := range []string{"【退回】累计完成应等于", "怎样改：核对本月新增", "【存疑】累计完成4000人"} {
		if !strings.Contains(notes[total], want) {
			t.Errorf("comment %q lacks %s", notes[total], want)
		}
	}
	var rows []string
	for row := 7; row <= 11; row++ {
		var cells []string
		for _, col := range "ABCG" {
			v, _ := f.GetCellValue("问题清单", fmt.Sprintf("%c%d", col, row))
			cells = append(cells, v)
		}
		_, link, _ := f.GetCellHyperLink("问题清单", fmt.Sprintf("C%d", row))
		rows = append(rows, strings.Join(append(cells, link), " "))
	}
	want := []string{
		"1 退回 填报!" + total + " total-mismatch '填报'!" + total,
		"2 退回 填报!" + rate + " not-a-number '填报'!" + rate,
		"3 存疑 填报!" + total + " jump '填报'!" + total,
		"4 提示  old-issue ",
		"5 提示 填报!" + remark + " remark-empty '填报'!" + remark,
	}
	if d := cmp.Diff(want, rows); d != "" {
		t.Error(d)
	}
}

func TestCopyIsStillTheForm(t *testing.T) {
	form0 := filled(t)
	b, _ := write(t, letter(t, form0))
	if d := cmp.Diff(read(t, form0), read(t, b), cmp.Comparer(plan.Value.Equal)); d != "" {
		t.Error(d)
	}
	if _, err := form.Verify(read(t, b).TokenText, key); err != nil {
		t.Error(err)
	}
	was, is := open(t, form0), open(t, b)
	total := cell(t, form0, "T01-1", plan.ColTotal)
	style := func(f *excelize.File) *excelize.Style {
		id, err := f.GetCellStyle("填报", total)
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		s.Fill = excelize.Fill{}
		return s
	}
	if d := cmp.Diff(style(was), style(is)); d != "" {
		t.Error(d)
	}
	for part, mark := range map[string]string{
		"xl/worksheets/sheet2.xml": "<sheetProtection", "xl/workbook.xml": `state="veryHidden"`,
	} {
		if !strings.Contains(parts.Named(b, part), mark) {
			t.Errorf("%s lost its %s", part, mark)
		}
	}
	// The print titles still belong to the sheet they were made for.
	for _, n := range is.GetDefinedName() {
		if sheet, _, _ := strings.Cut(strings.Trim(n.RefersTo, "'"), "'"); sheet != n.Scope {
			t.Errorf("%s of %s refers to %s", n.Name, n.Scope, n.RefersTo)
		}
	}
}

func TestCorrectedCopyLosesItsMarks(t *testing.T) {
	for _, through := range []string{"nothing", "LibreOffice"} {
		t.Run(through, func(t *testing.T) {
			form0 := filled(t)
			b, _ := write(t, letter(t, form0))
			if through == "LibreOffice" {
				b = libreOffice(t, b)
			}
			b, err := form.Fill(b, "", "", []form.Answer{
				{ID: "T01-1", Column: plan.ColTotal, Number: plan.Int(5000)},
			})
			if err != nil {
				t.Fatal(err)
			}
			r := letter(t, b)
			r.Findings = r.Findings[2:3] // the rate is still wrong
			b, _ = write(t, r)
			f := open(t, b)
			total := cell(t, form0, "T01-1", plan.ColTotal)
			rate := cell(t, form0, "T01-2", plan.ColTotal)
			if a, b := fill(t, f, total), fill(t, f, rate); a != "FFFBE0" || b != "F8B4B4" {
				t.Errorf("mended cell is %s, wrong one is %s", a, b)
			}
			notes := comments(t, f)
			if len(notes) != 1 || strings.Count(notes[rate], "怎样改") != 1 {
				t.Errorf("comments %q", notes)
			}
			if n := len(f.GetSheetList()); n != 4 {
				t.Errorf("sheets %q", f.GetSheetList())
			}
			if _, err := form.Verify(read(t, b).TokenText, key); err != nil {
				t.Error(err)
			}
		})
	}
}

func libreOffice(t *testing.T, b []byte) []byte {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("no LibreOffice")
	}
	dir := t.TempDir()
	in := filepath.Join(dir, "a.xlsx")
	if err := os.WriteFile(in, b, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(soffice, "-env:UserInstallation=file://"+dir+"/profile", "--headless",
		"--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out"),
		in).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	b, err = os.ReadFile(filepath.Join(dir, "out", "a.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSendersOwnCommentIsKept(t *testing.T) {
	form0 := filled(t)
	total := cell(t, form0, "T01-1", plan.ColTotal)
	f := open(t, form0)
	if err := f.AddComment("填报", excelize.Comment{Cell: total, Author: "王小明",
		Text: "待与统计局核对"}); err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	b := buf.Bytes()
	for range 3 { // and it is not repeated when the copy comes back
		b, _ = write(t, letter(t, b))
	}
	note := comments(t, open(t, b))[total]
	if strings.Count(note, "原批注：待与统计局核对") != 1 {
		t.Errorf("comment %q", note)
	}
	r := letter(t, b)
	r.Findings = nil
	b, _ = write(t, r)
	if note := comments(t, open(t, b))[total]; note != "待与统计局核对" {
		t.Errorf("after all is mended the comment says %q", note)
	}
}

func TestWhatCannotBeAnnotatedGetsItsOwnWorkbook(t *testing.T) {
	form0 := filled(t)
	sparse := func(f *excelize.File) []byte {
		for row := 100; row < 200; row++ {
			if err := f.SetCellInt("填报", fmt.Sprintf("XFD%d", row), 1); err != nil {
				t.Fatal(err)
			}
		}
		var buf bytes.Buffer
		if err := f.Write(&buf); err != nil {
			t.Fatal(err)
		}
		return buf.Bytes()
	}(open(t, form0))
	own := open(t, form0)
	if _, err := own.NewSheet("问题清单"); err != nil {
		t.Fatal(err)
	}
	var ownList bytes.Buffer
	if err := own.Write(&ownList); err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]*receipt.Receipt{
		"own list":     {Original: ownList.Bytes(), Readable: true},
		"not readable": {Original: form0, Readable: false},
		"no workbook":  {Original: []byte("PK\x03\x04 nothing"), Readable: true},
		"nothing":      {Readable: true},
		"sparse":       {Original: sparse, Readable: true},
	} {
		r.State, r.Month, r.Office = plan.Returned, plan.MonthOf(2025, 3), "督查室"
		r.Findings = []plan.Finding{{Code: "unreadable", Severity: plan.Reject, WholeFile: true,
			Message: "文件打不开。", Fix: "请用WPS表格打开，另存为.xlsx后再报。"}}
		b, text := write(t, r)
		f := open(t, b)
		if d := cmp.Diff([]string{"问题清单"}, f.GetSheetList()); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		if v, _ := f.GetCellValue("问题清单", "E7"); v != "文件打不开。" {
			t.Errorf("%s: %q", name, v)
		}
		if !strings.Contains(text, "请用WPS表格打开") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

func TestEqualReceiptsMakeEqualBytes(t *testing.T) {
	for _, through := range []string{"nothing", "LibreOffice"} {
		t.Run(through, func(t *testing.T) {
			b := filled(t)
			if through == "LibreOffice" {
				b = libreOffice(t, b)
			}
			r := letter(t, b)
			one, text := write(t, r)
			for range 5 {
				two, again := write(t, r)
				if !bytes.Equal(one, two) || text != again {
					t.Fatal("the same receipt made other bytes")
				}
			}
		})
	}
}

func TestTextIsSafeInALog(t *testing.T) {
	r := letter(t, filled(t))
	r.OriginalName = "a\x1b[31m\n\u202egnp.xlsx"
	r.Findings[0].Message = "“1\n2\x00”不是数字。"
	_, text := write(t, r)
	if strings.ContainsAny(text, "\x1b\x00\u202e") || !strings.Contains(text, "“1 2”不是数字。") ||
		!strings.Contains(text, "文件：a[31m gnp.xlsx\n") {
		t.Errorf("%q", text)
	}
}

func TestManyAndOddCellsAreMarkedOrPassedOver(t *testing.T) {
	r := letter(t, filled(t))
	r.Findings = nil
	for _, cell := range []string{"A1:XFD1048576", "J7、J8", "J7:", "?", "填报", "A0", "ZZZZ1", ""} {
		r.Findings = append(r.Findings, plan.Finding{Code: "x", Severity: plan.Note,
			Sheet: "填报", Cell: cell, Message: strings.Repeat("很长", 400)})
	}
	r.Findings = append(r.Findings, plan.Finding{Sheet: "没有这页", Cell: "A1", Message: "x"},
		plan.Finding{Sheet: "_duban", Cell: "A2", Message: "x"})
	b, _ := write(t, r)
	f := open(t, b)
	if len(f.GetSheetList()) != 4 || fill(t, f, "J8") != "BDD7EE" {
		t.Errorf("sheets %q, J8 is %q", f.GetSheetList(), fill(t, f, "J8"))
	}
	if _, err := form.Verify(read(t, b).TokenText, key); err != nil {
		t.Error(err)
	}
}

func TestTextSaysTheVerdict(t *testing.T) {
	_, text := write(t, letter(t, filled(t)))
	want := `审核回执：区人力资源社会保障局（2025年3月）
部分通过：没有问题的数据已采用，标红的请改好后再报。
本表采用1项，退回2项，缺报0项；问题共5条：退回2条，存疑1条，提示2条。
收到时间：2025年4月3日10:12　报送截止：2025年4月5日18:00　请于2025年4月8日18:00前更正或说明`
	if !strings.HasPrefix(text, want+"\n1. 【退回】填报!") {
		t.Errorf("%s", text)
	}
	for state, word := range map[plan.State]string{
		plan.Passed: "审核通过", plan.Queried: "存疑", plan.Returned: "没有采用任何数据",
		plan.Quarantined: "核实前不采用",
	} {
		r := letter(t, filled(t))
		r.State, r.Taken, r.Findings = state, 0, nil
		if _, text := write(t, r); !strings.Contains(text, word) {
			t.Errorf("%s: %s", state, text)
		}
	}
	for state, words := range map[plan.State]string{
		plan.Returned:    "以前的结果继续有效：退回。",
		plan.Quarantined: "不重复处理，仍待核实，核实前不采用",
	} {
		r := letter(t, filled(t))
		r.State, r.Duplicate = state, true
		if _, text := write(t, r); !strings.Contains(text, words) {
			t.Errorf("again, %s: %s", state, text)
		}
	}
	r := letter(t, filled(t))
	r.DryRun, r.Late, r.Remarks = true, true, []string{"已延期至4月7日。"}
	_, text = write(t, r)
	for _, word := range []string{"【预检】", "可以采用", "迟报", "已延期至4月7日"} {
		if !strings.Contains(text, word) {
			t.Errorf("no %s in %s", word, text)
		}
	}
}

// What is not in the receipt is not spoken of: red cells where none could be marked,
// another try where a person must look first.
func TestWhatToDoIsWhatCanBeDone(t *testing.T) {
	r := letter(t, filled(t))
	r.Readable = false
	if _, text := write(t, r); !strings.Contains(text, "采用，退回的请改好后再报。") {
		t.Errorf("red cells in %s", text)
	}
	r = letter(t, filled(t))
	r.State = plan.Quarantined
	b, _ := write(t, r)
	f := open(t, b)
	rows, err := f.GetRows(f.GetSheetList()[0])
	said := fmt.Sprint(rows)
	if err != nil || !strings.Contains(said, "核实后另有回执") || strings.Contains(said, "再报一次") {
		t.Errorf("held: %s, %v", said, err)
	}
}

func TestWriteForLooking(t *testing.T) {
	if *look == "" {
		t.Skip("no -look folder")
	}
	b, text := write(t, letter(t, filled(t)))
	for name, b := range map[string][]byte{"receipt.xlsx": b, "receipt.txt": []byte(text)} {
		if err := os.WriteFile(filepath.Join(*look, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
