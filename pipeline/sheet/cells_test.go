package sheet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// line is a cell as the tables below write it.
func line(c Cell) string {
	kind := map[Kind]string{Blank: "blank", Number: "number", Text: "text", Bool: "bool",
		ErrorValue: "error", ISODate: "isodate"}[c.Kind]
	s := c.Address() + " " + kind + " " + c.Raw
	if c.HasFormula {
		s += " =" + c.Formula
	}
	if c.Hidden {
		s += " hidden"
	}
	if !c.HasValue {
		s += " none"
	}
	return s
}

func lines(s *Sheet) string {
	var all []string
	for _, c := range s.Cells {
		all = append(all, line(c))
	}
	return strings.Join(all, "\n")
}

var ways = []struct{ name, rows, want string }{
	{"number", `<row r="1"><c r="A1"><v>0.30000000000000004</v></c></row>`,
		"A1 number 0.30000000000000004"},
	{"typed number", `<row r="1"><c r="A1" t="n"><v>1E5</v></c></row>`, "A1 number 1E5"},
	{"shared string", `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, "A1 text 名称"},
	{"result of a formula", `<row r="1"><c r="A1" t="str"><f>B1&amp;"x"</f><v>ax</v></c>` +
		`</row>`,
		`A1 text ax =B1&"x"`},
	{"empty result of a formula", `<row r="1"><c r="A1" t="str"><f>""</f><v></v></c></row>`,
		`A1 text  =""`},
	{"formula without a result", `<row r="1"><c r="A1"><f>1+1</f></c>` +
		`</row>`, "A1 blank  =1+1 none"},
	{"formula with an empty result", `<row r="1"><c r="A1"><f>1+1</f><v/></c></row>`,
		"A1 blank  =1+1 none"},
	{"bool", `<row r="1"><c r="A1" t="b"><v>1</v></c></row>`, "A1 bool 1"},
	{"error", `<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>` +
		`</row>`, "A1 error #DIV/0! =1/0"},
	{"ISO date", `<row r="1"><c r="A1" t="d"><v>2025-03-31T00:00:00</v></c></row>`,
		"A1 isodate 2025-03-31T00:00:00"},
	{"inline", `<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t>` +
		`</is></c></row>`,
		"A1 text  a "},
	{"inline runs, phonetic left out", `<row r="1"><c r="A1" t="inlineStr"><is><r><rPr>` +
		`<b/></rPr><t>甲</t></r>` +
		`<r><t>乙</t></r><rPh sb="0" eb="1"><t>jia</t></rPh><phoneticPr fontId="1"/></is>` +
		`</c></row>`,
		"A1 text 甲乙"},
	{"CDATA and references", `<row r="1"><c r="A1" t="str">` +
		`<v>&lt;<![CDATA[<&]]>&#20013;&#x6587;&gt;</v></c></row>`,
		"A1 text <<&中文>"},
	{"escapes", `<row r="1"><c r="A1" t="str">` +
		`<v>_x0041_b_x005F_x0041_c_x00_x_xD83D__xDE00_</v></c></row>`,
		"A1 text Ab_x0041_c_x00_x😀"},
	{"half a character is none", `<row r="1"><c r="A1" t="str"><v>_xD83D_a</v>` +
		`</c></row>`,
		"A1 text \ufffda"},
	{"no r attributes", `<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5">` +
		`<v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>`,
		"A1 number 1\nB1 number 2\nC5 number 3\nD5 number 4\nA6 number 5"},
	{"empty styled cells", `<row r="1"><c r="A1" s="1"/><c r="B1" t="s"/>` +
		`<c r="C1" t="s"><v/></c></row>`, ""},
	{"empty value typed as a number", `<row r="1"><c r="A1"><v></v></c></row>`, "A1 number "},
	{"hidden row", `<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>` +
		`<row r="2" ht="0" customHeight="1"><c r="A2"><v>1</v></c></row><row r="3">` +
		`<c r="A3"><v>1</v></c></row>`,
		"A1 number 1 hidden\nA2 number 1 hidden\nA3 number 1"},
	{"shared formula", `<row r="2"><c r="B2">` +
		`<f t="shared" ref="B2:B4" si="0">A2+$A$1+SUM(A$1:A2)</f><v>1</v></c></row>` +
		`<row r="3"><c r="C3"><f t="shared" si="0"/><v>1</v></c></row>`,
		"B2 number 1 =A2+$A$1+SUM(A$1:A2)\nC3 number 1 =B3+$A$1+SUM(B$1:B3)"},
	{"array formula", `<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2*2</f><v>1</v>` +
		`</c></row>`,
		"A1 number 1 =B1:B2*2"},
	{"another namespace", `<row r="1"><c r="A1"><v>1</v><z:v xmlns:z="urn:z">9</z:v></c>` +
		`<c xmlns="urn:z" r="B1"><v>9</v></c><c r="C1"><v>3</v></c></row>`,
		"A1 number 1\nC1 number 3"},
	{"comments and instructions", `<!-- a --><row r="1"><?x y?><c r="A1">` +
		`<v>1<!-- b -->2</v></c></row>`,
		"A1 number 12"},
}

func TestEveryWayToWriteACellIsRead(t *testing.T) {
	for _, c := range ways {
		w := mustRead(t, book(sheetXML(c.rows)))
		if d := cmp.Diff(c.want, lines(w.Sheets[0])); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

func TestStrictAndPrefixedFilesReadAlike(t *testing.T) {
	want := "A1 text 名称\nB1 number 7"
	fs := parts(sheetXML(goodRows))
	strict := make([]file, len(fs))
	prefixed := make([]file, len(fs))
	for i, f := range fs {
		strict[i], prefixed[i] = f, f
		strict[i].body = strings.NewReplacer(
			"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
			"http://purl.oclc.org/ooxml/spreadsheetml/main",
			relTypes, "http://purl.oclc.org/ooxml/officeDocument/relationships/",
			"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
			"http://purl.oclc.org/ooxml/officeDocument/relationships").Replace(f.body)
		if strings.HasPrefix(f.name, "xl/") && !strings.HasSuffix(f.name, ".rels") {
			prefixed[i].body = strings.NewReplacer("</", "</x:", "<", "<x:", "xmlns=", "xmlns:x=").
				Replace(f.body)
		}
	}
	absolute := with(fs, "xl/_rels/workbook.xml.rels", rels(
		relate("rId1", "worksheet", "/xl/worksheets/sheet1.xml")+
			relate("rId2", "sharedStrings", "../xl/./sharedStrings.xml")))
	var backslashed []file
	for _, f := range fs {
		backslashed = append(backslashed, file{strings.ReplaceAll(f.name, "/", `\`), f.body})
	}
	marked := with(fs, "xl/worksheets/sheet1.xml",
		"\ufeff<?xml version=\"1.0\" encoding='utf-8' standalone=\"yes\"?>\r\n"+
			sheetXML(goodRows)+"\r\n")
	for name, fs := range map[string][]file{"plain": fs, "strict": strict, "prefixed": prefixed,
		"absolute": absolute, "backslashed": backslashed, "byte order mark": marked} {
		if d := cmp.Diff(want, lines(mustRead(t, pack(fs...)).Sheets[0])); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestSharedStringsMayBeAbsentWhenNotUsed(t *testing.T) {
	fs := parts(sheetXML(`<row r="1"><c r="A1" s="1"><v>45717</v></c></row>`))
	fs = without(without(fs, "xl/sharedStrings.xml"), "xl/styles.xml")
	if got := lines(mustRead(t, pack(fs...)).Sheets[0]); got != "A1 number 45717" {
		t.Error(got)
	}
}

func TestEveryWindowBoundaryReadsAlike(t *testing.T) {
	rows := goodRows + `<row r="2"><c r="A2" t="str"><v>中文&amp;<![CDATA[<x>]]>字𠮷</v></c>` +
		`<c r="B2" s='1'><v>1</v></c></row>`
	want := ""
	for pad := range 220 {
		xml := `<?xml version="1.0"?>` +
			`<!--` + strings.Repeat("-a", windowBytes/2-pad) + `a-->` + sheetXML(rows)
		got := lines(mustRead(t, book(strings.Replace(xml, "<!---a", "<!--aa", 1))).Sheets[0])
		if pad == 0 {
			want = got
		} else if got != want {
			t.Fatalf("%d bytes before the boundary: %s", pad, cmp.Diff(want, got))
		}
	}
	if !strings.Contains(want, "A2 text 中文&<x>字𠮷") {
		t.Error(want)
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct {
		raw  string
		kind Kind
		epoc bool
		want string
	}{
		{"45747", Number, false, "2025-3-31 true"},
		{"45747.75", Number, false, "2025-3-31 true"},
		{"44285", Number, true, "2025-3-31 true"},
		{"1", Number, false, "1900-1-1 true"},
		{"59", Number, false, "1900-2-28 true"},
		{"60", Number, false, "0-0-0 false"},
		{"61", Number, false, "1900-3-1 true"},
		{"0", Number, true, "1904-1-1 true"},
		{"0.5", Number, false, "0-0-0 false"},
		{"-1", Number, false, "0-0-0 false"},
		{"2958465", Number, false, "9999-12-31 true"},
		{"2958466", Number, false, "0-0-0 false"},
		{"1e999", Number, false, "0-0-0 false"},
		{"NaN", Number, false, "0-0-0 false"},
		{"0x10", Number, false, "0-0-0 false"},
		{"2025-03-31T08:00:00", ISODate, false, "2025-3-31 true"},
		{"2025-02-30", ISODate, false, "1-1-1 false"},
		{"2025-03-31", Text, false, "0-0-0 false"},
	} {
		w := &Workbook{Date1904: c.epoc}
		if got := date(w, Cell{Kind: c.kind, Raw: c.raw}); got != c.want {
			t.Errorf("%s (1904: %v): %s, want %s", c.raw, c.epoc, got, c.want)
		}
	}
}

func TestDateFormatsAreTold(t *testing.T) {
	for code, want := range map[string]bool{
		"": false, "General": false, "0.00": false, `0!.0,"万"`: false, "0%": false, "@": false,
		`#,##0"年"`: false, "[Red]0": false, `[$-804]0`: false, `0.00E+00`: false, `\d0`: false,
		`"day"0`: false, `0"`: false, "[h]:mm": true, "yyyy/m/d": true, `yyyy"年"m"月"`: true,
		"[$-804]aaaa;@": false, "h:mm": true, "mm:ss": true, "[DBNum1]yyyy\"年\"": true,
		`_ * #,##0_ ;_ * "-"_ `: false, "_d0": false, "[mm]": true, builtin(14): true,
		builtin(41): false, builtin(44): false, builtin(57): true, builtin(49): false,
		builtin(9999): false,
	} {
		if got := (Cell{Kind: Number, Format: code}).IsDate(); got != want {
			t.Errorf("%q: date %v, want %v", code, got, want)
		}
	}
	w := mustRead(t, book(sheetXML(`<row><c s="0"><v>1</v></c><c s="1"><v>1</v></c><c s="2">`+
		`<v>1</v></c><c s="99"><v>1</v></c></row>`)))
	var got []string
	for _, c := range w.Sheets[0].Cells {
		got = append(got, c.Format)
	}
	if d := cmp.Diff([]string{"", yearMonth, "yyyy/m/d", ""}, got); d != "" {
		t.Error(d)
	}
}

func TestSharedFormulasMove(t *testing.T) {
	for _, c := range []struct {
		in         string
		rows, cols int
		want       string
	}{
		{"A1+B$2+$C3+$D$4", 1, 1, "B2+C$2+$C4+$D$4"},
		{`"A1"&'A1 表'!A1&表1!B2`, 2, 0, `"A1"&'A1 表'!A3&表1!B4`},
		{"LOG10(A1)+SUM(A:A,1:1,$2:2)", 1, 1, "LOG10(B2)+SUM(B:B,2:2,$2:3)"},
		{"表[列1]+T1[[#All],[A1]]+ABC+A1B", 1, 1, "表[列1]+T1[[#All],[A1]]+ABC+A1B"},
		{"A1", -1, 0, "#REF!"},
		{"XFD1+A1048576", 1, 1, "#REF!+#REF!"},
		{"1.5+2E3+A1", 1, 0, "1.5+2E3+A2"},
		{"a1+$a:$a", 0, 1, "B1+$A:$A"},
		{`"open`, 1, 1, `"open`},
		{"", 1, 1, ""},
	} {
		if got := string(shifted(nil, c.in, c.rows, c.cols)); got != c.want {
			t.Errorf("%s by %d,%d: %s, want %s", c.in, c.rows, c.cols, got, c.want)
		}
	}
}

func TestAddressesReadBack(t *testing.T) {
	for _, c := range []struct {
		row, col int
		want     string
	}{{1, 1, "A1"}, {7, 8, "H7"}, {9, 26, "Z9"}, {1, 27, "AA1"}, {1, 702, "ZZ1"}, {1, 703, "AAA1"},
		{gridRows, gridCols, "XFD1048576"}} {
		got := Address(c.row, c.col)
		row, col, ok := parseAddress(got)
		if got != c.want || row != c.row || col != c.col || !ok {
			t.Errorf("%d,%d is %s, read back as %d,%d", c.row, c.col, got, row, col)
		}
	}
}

func TestLargeSheetsKeepEveryCell(t *testing.T) {
	const rows, cols = 5000, 7
	one := `<row r="%d">` + strings.Repeat(`<c t="s"><v>0</v></c>`, cols) + `</row>`
	s := mustRead(t, book(sheetXML(numberedFrom(one, 1, rows+1)))).Sheets[0]
	if len(s.Cells) != rows*cols {
		t.Fatalf("%d cells, want %d", len(s.Cells), rows*cols)
	}
	for i, c := range s.Cells {
		if c.Row != i/cols+1 || c.Col != i%cols+1 || c.Raw != "名称" {
			t.Fatalf("cell %d is %+v", i, c)
		}
	}
	if _, ok := s.At(rows+1, 1); ok {
		t.Error("found a cell that is not there")
	}
}

func TestChartSheetsArePassedOver(t *testing.T) {
	fs := with(parts(sheetXML(goodRows)), "xl/workbook.xml", `<workbook `+mainSpace+` `+relSpace+
		`><workbookPr date1904="1"/><sheets><sheet name="图" sheetId="2" r:id="c"/>`+
		`<sheet name="填报" sheetId="1" state="hidden" r:id="rId1"/></sheets></workbook>`)
	fs = with(fs, "xl/_rels/workbook.xml.rels", rels(relate("c", "chartsheet", "c.xml")+
		relate("rId1", "worksheet", "worksheets/sheet1.xml")+
		relate("rId2", "sharedStrings", "sharedStrings.xml")))
	w := mustRead(t, pack(fs...))
	if len(w.Sheets) != 1 || w.Sheets[0].State != Hidden || !w.Date1904 || sheetNamed(w, "图") != nil {
		t.Errorf("%+v", w)
	}
	if len(w.Notices) != 1 || w.Notices[0].Code != NoticeOtherSheet || w.Notices[0].Fix == "" {
		t.Errorf("notices %v", w.Notices)
	}
}

func TestHiddenColumnsAreJoined(t *testing.T) {
	cols := func(s string) []byte {
		return book(strings.Replace(sheetXML(goodRows), "<sheetData>",
			"<cols>"+s+"</cols><sheetData>", 1))
	}
	s := mustRead(t, cols(`<col min="1" max="1" width="8"/><col min="2" max="3" hidden="true"/>`+
		`<col min="4" max="4" width="0"/><col min="9" max="16384" hidden="1"/>`)).Sheets[0]
	if d := cmp.Diff([]Span{{2, 4}, {9, gridCols}}, s.HiddenCols); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff("A1 text 名称\nB1 number 7 hidden", lines(s)); d != "" {
		t.Error(d)
	}
	for _, bad := range []string{`<col min="0" max="1" hidden="1"/>`,
		`<col min="3" max="2" hidden="1"/>`,
		`<col min="1" max="16385" hidden="1"/>`,
		`<col min="2" max="2" hidden="1"/><col min="1" max="1" hidden="1"/>`} {
		w, err := Read(cols(bad), DefaultLimits)
		expect(t, "cell-ref", w, err)
	}
}

// TestArchivesWith64BitSizesAreRead: some writers use the wide fields for
// every file, however small.
func TestArchivesWith64BitSizesAreRead(t *testing.T) {
	b := widened(good())
	if d := cmp.Diff("A1 text 名称\nB1 number 7", lines(mustRead(t, b).Sheets[0])); d != "" {
		t.Error(d)
	}
	for i := range b {
		c := append([]byte(nil), b...)
		c[i] ^= 0xff
		if w, err := Read(c, DefaultLimits); err == nil {
			if d := cmp.Diff("A1 text 名称\nB1 number 7", lines(w.Sheets[0])); d != "" {
				t.Fatalf("byte %d changed the cells: %s", i, d)
			}
		}
	}
}
