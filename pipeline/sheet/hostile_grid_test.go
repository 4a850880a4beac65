package sheet

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// Table 2b of the study of threats: XML and grid.
var grids = []hostile{
	{"billion laughs", "doctype", sheetOf(`<!DOCTYPE a [<!ENTITY b "c">]>` + sheetXML("&b;"))},
	{"billion laughs in the strings", "doctype", partOf("xl/sharedStrings.xml",
		`<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><sst>&d;</sst>`)},
	{"external entity", "doctype", sheetOf(
		`<!DOCTYPE a SYSTEM "file:///etc/passwd">` + sheetXML(goodRows))},
	{"harmless DOCTYPE", "doctype", sheetOf(`<!DOCTYPE worksheet>` + sheetXML(goodRows))},
	{"undefined entity", "xml", rowsOf(`<row r="1"><c r="A1" t="str"><v>a&nbsp;b</v></c></row>`)},
	{"undefined entity in an attribute", "xml", rowsOf(`<row r="1" x="&nbsp;"/>`)},
	{"undefined entity where nothing is read", "xml", sheetOf(
		strings.Replace(sheetXML(""), "</work", "<pageSetup><x>&nbsp;</x></pageSetup></work", 1))},
	{"bare ampersand", "xml", rowsOf(`<row r="1"><c r="A1" t="str"><v>A & B</v></c></row>`)},
	{"stray end tag", "xml", rowsOf(`<row r="1"></x></row>`)},
	{"end tags crossed", "xml", rowsOf(`<row r="1"><c r="A1"><v>1</c></v></row>`)},
	{"cut off", "xml", sheetOf(`<worksheet ` + mainSpace + `><sheetData><row r="1">`)},
	{"cut off in a tag", "xml", sheetOf(`<worksheet ` + mainSpace + `><sheetData><row r="1`)},
	{"no XML at all", "xml", sheetOf("")},
	{"bad UTF-8", "xml", textOf("\xc3\x28")},
	{"overlong UTF-8", "xml", textOf("\xc0\xaf")},
	{"surrogate in UTF-8", "xml", textOf("\xed\xa0\x80")},
	{"GBK bytes", "xml", textOf("\xd6\xb8\xb1\xea")},
	{"control character", "xml", textOf("\x01")},
	{"reference to a control character", "xml", rowsOf(
		`<row r="1"><c r="A1" t="str"><v>&#1;</v></c></row>`)},
	{"reference to NUL", "xml", rowsOf(`<row r="1"><c r="A1" t="str"><v>&#x0;</v></c></row>`)},
	{"reference too large", "xml", rowsOf(
		`<row r="1"><c r="A1" t="str"><v>&#x110000;</v></c></row>`)},
	{"]]> in text", "xml", rowsOf(`<row r="1"><c r="A1" t="str"><v>a]]>b</v></c></row>`)},
	{"text behind the root", "xml", sheetOf(sheetXML(goodRows) + "more")},
	{"text before the root", "xml", sheetOf("more" + sheetXML(goodRows))},
	{"two roots", "xml", sheetOf(sheetXML(goodRows) + "<a/>")},
	{"text between rows", "xml", rowsOf(`<row r="1"/>junk<row r="2"/>`)},
	{"attribute twice", "xml", rowsOf(`<row r="1" r="2"/>`)},
	{"attribute without quotes", "xml", rowsOf(`<row r=1/>`)},
	{"attribute without a value", "xml", rowsOf(`<row r/>`)},
	{"attributes run together", "xml", rowsOf(`<row r="1"s="2"/>`)},
	{"< in an attribute", "xml", rowsOf(`<row r="<"/>`)},
	{"prefix not declared", "xml", rowsOf(`<y:row r="1"/>`)},
	{"prefix of an attribute not declared", "xml", rowsOf(`<row y:r="1"/>`)},
	{"declaration not in front", "xml", sheetOf(" <?xml version=\"1.0\"?>" + sheetXML(""))},
	{"-- in a comment", "xml", sheetOf("<!-- a -- b -->" + sheetXML(""))},
	{"comment without end", "xml", sheetOf(sheetXML("") + "<!-- ")},
	{"CDATA outside the root", "xml", sheetOf("<![CDATA[ ]]>" + sheetXML(""))},
	{"UTF-16", "xml", func() []byte {
		b := []byte{0xff, 0xfe}
		for _, u := range utf16.Encode([]rune(sheetXML(goodRows))) {
			b = append(b, byte(u), byte(u>>8))
		}
		return book(string(b))
	}},
	{"says it is GBK", "xml", sheetOf(
		`<?xml version="1.0" encoding="GBK"?>` + sheetXML(goodRows))},
	{"another root", "xml", sheetOf(`<chartsheet ` + mainSpace + `/>`)},
	{"another namespace", "xml", sheetOf(`<worksheet xmlns="urn:x"/>`)},
	{"one tag without end", "xml", rowsOf(`<row r="` + numbered("%d", 400_000))},
	{"very many attributes", "xml", rowsOf("<row " + manyAttributes(5000) + "/>")},
	{"nesting", "depth", rowsOf(strings.Repeat("<a>", 200) + strings.Repeat("</a>", 200))},
	{"nesting of 200,000", "depth", rowsOf(strings.Repeat("<a>", 200_000))},

	{"no shared strings", "shared-string", func() []byte {
		return pack(without(parts(sheetXML(goodRows)), "xl/sharedStrings.xml")...)
	}},
	{"shared string 999", "shared-string", rowsOf(`<row r="1"><c r="A1" t="s"><v>999</v></c>` +
		`</row>`)},
	{"shared string -1", "shared-string", rowsOf(`<row r="1"><c r="A1" t="s"><v>-1</v></c>` +
		`</row>`)},
	{"cell A0", "cell-ref", rowsOf(`<row r="1"><c r="A0"/></row>`)},
	{"cell A-1", "cell-ref", rowsOf(`<row r="1"><c r="A-1"/></row>`)},
	{"cell XFE1", "cell-ref", rowsOf(`<row r="1"><c r="XFE1"/></row>`)},
	{"cell 1", "cell-ref", rowsOf(`<row r="1"><c r="1"/></row>`)},
	{"cell A1A", "cell-ref", rowsOf(`<row r="1"><c r="A1A"/></row>`)},
	{"cell full width", "cell-ref", rowsOf(`<row r="1"><c r="Ａ１"/></row>`)},
	{"cell $B$1", "cell-ref", rowsOf(`<row r="1"><c r="$B$1"/></row>`)},
	{"cell of another row", "cell-ref", rowsOf(`<row r="1"><c r="A2"/></row>`)},
	{"cell without a letter's end", "cell-ref", rowsOf(`<row r="1"><c r=""/></row>`)},
	{"row -5", "row-ref", rowsOf(`<row r="-5"/>`)},
	{"row 1e3", "row-ref", rowsOf(`<row r="1e3"/>`)},
	{"row ten", "row-ref", rowsOf(`<row r="ten"/>`)},
	{"row 0", "row-ref", rowsOf(`<row r="0"/>`)},
	{"row 1048577", "row-ref", rowsOf(`<row r="1048577"/>`)},
	{"row 2^31", "row-ref", rowsOf(`<row r="2147483648"/>`)},
	{"row 10^20", "row-ref", rowsOf(`<row r="100000000000000000000"/>`)},
	{"row behind the last", "row-ref", rowsOf(`<row r="1048576"/><row/>`)},
	{"cell twice", "order", rowsOf(`<row r="1"><c r="A1"/><c r="A1"/></row>`)},
	{"row twice", "order", rowsOf(`<row r="2"/><row r="2"/>`)},
	{"rows out of order", "order", rowsOf(`<row r="1"/><row r="3"/><row r="2"/>`)},
	{"cells out of order", "order", rowsOf(`<row r="1"><c r="C1"/><c r="A1"/></row>`)},
	{"data twice", "order", sheetOf(strings.Replace(sheetXML(goodRows), "</work",
		"<sheetData/></work", 1))},
	{"dimension that lies", "", sheetOf(strings.Replace(sheetXML(goodRows), "<sheetData>",
		`<dimension ref="A1:XFD1048576"/><sheetData>`, 1))},
	{"a value in the last cell", "outside", rowsOf(
		`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`)},
	{"values in column XFD", "outside", func() []byte {
		return book(sheetXML(farColumn(20_000)))
	}},
	{"an empty cell in the last place", "", rowsOf(
		`<row r="1048576"><c r="XFD1048576" s="1"/></row>`)},
	{"200,000 real rows", "too-many-cells", func() []byte {
		return book(sheetXML(realRows(200_000)))
	}},
	{"merge that is none", "merge", merging("A1:")},
	{"merge of everything", "merge", merging("A1:XFD1048576")},
	{"merges without number", "merge", sheetOf(strings.Replace(sheetXML(""), "</work",
		mergesOf(20_000)+"</work", 1))},
	{"5,000 sheets", "sheets", func() []byte {
		return bookOf(strings.Repeat(`<sheet name="a" sheetId="1" r:id="rId1"/>`, 5000))()
	}},
	{"two sheets of one name", "sheets", bookOf(
		`<sheet name="a" sheetId="1" r:id="rId1"/><sheet name="A" sheetId="2" r:id="rId9"/>`)},
	{"two sheets of one part", "sheets", bookOf(
		`<sheet name="a" sheetId="1" r:id="rId1"/><sheet name="b" sheetId="2" r:id="rId1"/>`)},
	{"no sheet", "sheets", bookOf("")},
	{"relationship of endless length", "sheets", partOf("xl/_rels/workbook.xml.rels", rels(
		`<Relationship Id="`+strings.Repeat("a", 5000)+`" Type="x/y" Target="z"/>`))},
	{"merges over many sheets", "merge", func() []byte { return manySheets(10, 2000) }},
	{"sheet without a part", "sheets", bookOf(`<sheet name="a" sheetId="1" r:id="rId7"/>`)},
	{"sheet without its part", "sheets", func() []byte {
		return pack(without(parts(""), "xl/worksheets/sheet1.xml")...)
	}},
	{"sheet out of the file", "sheets", partOf("xl/_rels/workbook.xml.rels", rels(
		`<Relationship Id="rId1" Type="`+relTypes+`worksheet" `+
			`Target="http://x/" TargetMode="External"/>`))},
	{"relationship twice", "sheets", partOf("xl/_rels/workbook.xml.rels", rels(strings.Repeat(
		relate("rId1", "worksheet", "worksheets/sheet1.xml"), 2)))},
	{"two lists of strings", "shared-string", partOf("xl/_rels/workbook.xml.rels", rels(
		`<Relationship Id="a" Type="x/sharedStrings" Target="a.xml"/>`+
			`<Relationship Id="b" Type="x/sharedStrings" Target="b.xml"/>`))},
	{"no workbook part", "corrupt", func() []byte {
		return pack(without(parts(""), "xl/workbook.xml")...)
	}},
	{"no relationships", "corrupt", func() []byte {
		return pack(without(parts(""), "_rels/.rels")...)
	}},
	{"text of 40,000 characters", "cell-too-long", rowsOf(
		`<row r="1"><c r="A1" t="str"><v>` + strings.Repeat("字", 40_000) + `</v></c></row>`)},
	{"text of 2 million characters", "cell-too-long", rowsOf(
		`<row r="1"><c r="A1" t="str"><v>` + numbered("第%d字", 400_000) + `</v></c></row>`)},
	{"text in very many runs", "cell-too-long", rowsOf(`<row r="1"><c r="A1" t="inlineStr"><is>` +
		strings.Repeat("<r><t>abc</t></r>", 20_000) + `</is></c></row>`)},
	{"unknown type", "cell-content", rowsOf(`<row r="1"><c r="A1" t="x"><v>1</v></c></row>`)},
	{"two values", "cell-content", rowsOf(`<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>`)},
	{"neither true nor false", "cell-content", rowsOf(`<row r="1"><c r="A1" t="b"><v>2</v>` +
		`</c></row>`)},
	{"style that is no number", "style", rowsOf(`<row r="1"><c r="A1" s="x"><v>2</v></c></row>`)},
	{"style bomb", "style", func() []byte {
		return pack(with(parts(sheetXML(goodRows)), "xl/styles.xml", `<styleSheet `+mainSpace+
			`><cellXfs>`+numbered(`<xf numFmtId="%d"/>`, 140_000)+`</cellXfs></styleSheet>`)...)
	}},
	{"shared formula bomb", "too-many-cells", func() []byte {
		return book(sheetXML(`<row r="1"><c r="A1"><f t="shared" si="0">` +
			strings.Repeat("A1+", 8000) + `1</f><v>1</v></c></row>` +
			numberedFrom(`<row r="%d"><c><f t="shared" si="0"/><v>1</v></c></row>`, 2, 60_000)))
	}},
}

// manySheets is a workbook of n sheets, each with so many merged ranges.
func manySheets(n, merges int) []byte {
	tabs, rows := "", ""
	fs := parts("")
	for i := range n {
		tabs += fmt.Sprintf(`<sheet name="s%d" sheetId="%d" r:id="a%d"/>`, i, i+1, i)
		rows += relate(fmt.Sprint("a", i), "worksheet", fmt.Sprintf("s%d.xml", i))
		fs = append(fs, file{fmt.Sprintf("xl/s%d.xml", i), strings.Replace(sheetXML(""), "</work",
			mergesOf(merges)+"</work", 1)})
	}
	fs = with(fs, "xl/workbook.xml", `<workbook `+mainSpace+` `+relSpace+`>`+
		`<sheets>`+tabs+`</sheets></workbook>`)
	return pack(with(fs, "xl/_rels/workbook.xml.rels", rels(rows))...)
}

func mergesOf(n int) string {
	return "<mergeCells>" + strings.Repeat(`<mergeCell ref="A1:B2"/>`, n) + "</mergeCells>"
}

func manyAttributes(n int) string { return numbered(` a%d=""`, n) }

func numbered(format string, n int) string { return numberedFrom(format, 0, n) }

func numberedFrom(format string, from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func farColumn(n int) string {
	return numberedFrom(`<row r="%[1]d"><c r="XFD%[1]d"><v>1</v></c></row>`, 1, n)
}

func realRows(n int) string {
	return numberedFrom(`<row r="%d">`+strings.Repeat(`<c><v>1</v></c>`, 6)+`</row>`, 1, n)
}

func merging(ref string) func() []byte {
	return sheetOf(strings.Replace(sheetXML(""), "</work",
		`<mergeCells><mergeCell ref="`+ref+`"/></mergeCells></work`, 1))
}

func bookOf(sheets string) func() []byte {
	return partOf("xl/workbook.xml", `<workbook `+mainSpace+` `+relSpace+`><sheets>`+sheets+
		`</sheets></workbook>`)
}
