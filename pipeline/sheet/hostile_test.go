package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"unicode/utf16"
)

// hostile is one way a file can lie, and the code it gets: the tables 2a
// (container) and 2b (XML and grid) of the study of threats, line by line.
type hostile struct {
	name string
	code string // "" is taken
	make func() []byte
}

func sheetOf(xml string) func() []byte {
	return func() []byte { return book(xml) }
}

func rowsOf(rows string) func() []byte { return sheetOf(sheetXML(rows)) }

func literal(s string) func() []byte { return func() []byte { return []byte(s) } }

func partOf(name, body string) func() []byte {
	return func() []byte { return pack(with(parts(sheetXML(goodRows)), name, body)...) }
}

func bomb(name string, size int64) func() []byte {
	return func() []byte {
		packed, sum := blanks(size)
		list := []raw{}
		for _, f := range parts(sheetXML(goodRows)) {
			if f.name != name {
				list = append(list, rawOf(f))
			}
		}
		return assemble(false, append(list, raw{name, methodDeflated, 0, sum, uint32(size), packed})...)
	}
}

func good() []byte { return book(sheetXML(goodRows)) }

const gib = 1 << 30

var containers = []hostile{
	{"blanks in the sheet", "bomb", bomb("xl/worksheets/sheet1.xml", gib/64)},
	{"blanks in the styles", "bomb", bomb("xl/styles.xml", gib/64)},
	{"blanks in a picture", "bomb", bomb("xl/media/image1.png", gib/64)},
	{"one huge shared string", "bomb", func() []byte {
		return pack(with(parts(sheetXML(goodRows)), "xl/sharedStrings.xml",
			`<sst `+mainSpace+`><si><t>`+strings.Repeat("字", 10<<20)+`</t></si></sst>`)...)
	}},
	{"millions of tiny shared strings", "bomb", func() []byte {
		return pack(with(parts(sheetXML(goodRows)), "xl/sharedStrings.xml",
			`<sst `+mainSpace+`>`+strings.Repeat("<si><t>a</t></si>", 4_400_000)+`</sst>`)...)
	}},
	{"entries that share one kernel", "bomb", func() []byte {
		packed, sum := blanks(4 << 20)
		var list []raw
		for i := range 100 {
			list = append(list, raw{fmt.Sprintf("a%02d", i), methodDeflated, 0, sum, 4 << 20, packed})
		}
		return assemble(true, list...)
	}},
	{"an entry within another", "bomb", func() []byte {
		in := rawOf(file{"b", "x"})
		out := raw{"a", methodStored, 0, 0, 0, assemble(false, in)}
		b := assemble(false, out, in)
		dir := bytes.LastIndex(b, []byte(headCentral))
		b[dir+42], b[dir+43] = 31, 0 // the place of b's header inside a
		return b
	}},
	{"too much in all", "bomb", func() []byte {
		var list []raw
		for i := range 30 {
			list = append(list, raw{fmt.Sprint(i), methodDeflated, 0, 0, 10 << 20, make([]byte, 1<<16)})
		}
		return assemble(false, list...)
	}},
	{"declares less than it holds", "corrupt", func() []byte {
		return forged("xl/worksheets/sheet1.xml", func(r *raw) {
			r.packed, r.sum = blanks(gib / 4)
			r.size = 100
		})
	}},
	{"declares 3 GiB, holds little", "bomb", func() []byte {
		return forged("xl/worksheets/sheet1.xml", func(r *raw) { r.size = 3 * gib })
	}},
	{"declares more than it holds", "corrupt", func() []byte {
		return forged("xl/worksheets/sheet1.xml", func(r *raw) { r.size += 10 })
	}},
	{"large without being packed", "too-big", func() []byte {
		return forged("xl/worksheets/sheet1.xml", func(r *raw) {
			r.packed = make([]byte, 2<<20)
			r.size = 130 << 20
		})
	}},
	{"checksum of other bytes", "corrupt", func() []byte {
		changed := strings.Replace(sheetXML(goodRows), "<v>7</v>", "<v>9</v>", 1)
		return forged("xl/worksheets/sheet1.xml", func(r *raw) {
			r.packed = deflated(strings.NewReader(changed))
		})
	}},
	{"checksum wrong and XML broken", "corrupt", func() []byte {
		changed := strings.Replace(sheetXML(goodRows), "</row>", "</raw>", 1)
		return forged("xl/worksheets/sheet1.xml", func(r *raw) {
			r.packed = deflated(strings.NewReader(changed))
		})
	}},
	{"bit flip in the packed bytes", "corrupt", func() []byte {
		return forged("xl/worksheets/sheet1.xml", func(r *raw) { r.packed[0] ^= 0x06 })
	}},
	{"bytes behind the packed ones", "corrupt", func() []byte {
		return forged("xl/worksheets/sheet1.xml", func(r *raw) { r.packed = append(r.packed, 1, 2) })
	}},
	{"local header of another name", "corrupt", func() []byte {
		return bytes.Replace(good(), []byte("xl/styles"), []byte("xl/stiles"), 1)
	}},
	{"very many entries", "too-many-entries", func() []byte {
		var list []raw
		for i := range 3000 {
			list = append(list, rawOf(file{fmt.Sprint(i), ""}))
		}
		return assemble(false, list...)
	}},
	{"two sheets of one name", "duplicate-entry", func() []byte {
		return pack(append(parts(sheetXML(goodRows)),
			file{"xl/worksheets/sheet1.xml", sheetXML("")})...)
	}},
	{"names that differ in case", "duplicate-entry", func() []byte {
		return pack(append(parts(sheetXML(goodRows)),
			file{"xl/worksheets/Sheet1.xml", sheetXML("")})...)
	}},
	{"names that lead out", "", partOf("../../etc/passwd", "x")},
	{"a PDF head before it", "not-xlsx", func() []byte {
		return append([]byte("%PDF-1.7\n"), good()...)
	}},
	{"garbage before it", "not-xlsx", func() []byte {
		return append([]byte("\x01\x02\x03\x04\x05"), good()...)
	}},
	{"garbage behind it", "", func() []byte { return append(good(), make([]byte, 4096)...) }},
	{"nothing", "empty-file", literal("")},
	{"7 bytes", "incomplete", literal("PK\x03\x04\x14\x00\x00")},
	{"2 bytes", "incomplete", literal("PK")},
	{"half", "incomplete", func() []byte { b := good(); return b[:len(b)/2] }},
	{"last byte missing", "incomplete", func() []byte { b := good(); return b[:len(b)-1] }},
	{"zero tail", "incomplete", func() []byte { b := good(); clear(b[len(b)/2:]); return b }},
	{"only zeros", "incomplete", func() []byte { return make([]byte, 9000) }},
	{"damaged directory", "corrupt", func() []byte {
		b := good()
		b[len(b)-22+12] ^= 1
		return b
	}},
	{"ZipCrypto", "zip-crypto", func() []byte {
		return forged("xl/styles.xml", func(r *raw) { r.flags = 1 })
	}},
	{"deflate64", "unsupported-compression", func() []byte {
		return forged("xl/styles.xml", func(r *raw) { r.method = 9 })
	}},
	{"password", "encrypted", func() []byte { return compound("EncryptionInfo", "EncryptedPackage") }},
	{".xls", "xls", func() []byte { return compound("Workbook") }},
	{".xls of 1995", "xls", func() []byte { return compound("Book") }},
	{".xls of 1992", "xls", literal("\x09\x04\x06\x00\x00\x00\x10\x00 more")},
	{".doc", "not-xlsx", func() []byte { return compound("WordDocument") }},
	{"compound file cut off", "incomplete", func() []byte { return compound("Workbook")[:700] }},
	{"compound file in a circle", "not-xlsx", func() []byte {
		b := compound()
		b[512+4], b[512+5], b[512+6], b[512+7] = 1, 0, 0, 0
		return b
	}},
	{".xlsb", "xlsb", func() []byte {
		fs := without(parts(""), "xl/workbook.xml")
		for i := range fs {
			fs[i].body = strings.ReplaceAll(fs[i].body, "workbook.xml", "workbook.bin")
		}
		return pack(with(fs, "xl/workbook.bin", "\x83\x01")...)
	}},
	{"macro", "", partOf("xl/vbaProject.bin", "x")},
	{"external link", "", partOf("xl/externalLinks/externalLink1.xml", "x")},
	{"embedded object", "", partOf("xl/embeddings/oleObject1.bin", "x")},
	{"file too large", "too-big", func() []byte {
		return append([]byte(headLocal), make([]byte, 21<<20)...)
	}},
}

// others are files of other formats under the name of a workbook, with a word
// the answer must hold.
var others = []struct {
	word string
	make func() []byte
}{
	{"PDF", literal("%PDF-1.4\n1 0 obj")},
	{"RAR", literal("Rar!\x1a\x07\x01\x00")},
	{"7z", literal("7z\xbc\xaf\x27\x1c\x00\x04")},
	{"图片", literal("\x89PNG\r\n\x1a\n")},
	{"图片", literal("\xff\xd8\xff\xe0")},
	{"HTML", literal("<html><table><tr><td>1</td></tr></table></html>")},
	{"XML", literal("<?xml version=\"1.0\"?><a/>")},
	{"CSV", literal("指标,本月\nT01,3\n")},
	{"CSV", literal("\xd6\xb8\xb1\xea,\xb1\xbe\xd4\xc2\nT01,3\n")},
	{"UTF-16", literal("\xff\xfea\x00b\x00")},
	{"无法识别", literal("\x01\x02\x03\x04\x05\x06")},
	{"Word", func() []byte {
		return pack(file{"_rels/.rels", rels("")}, file{"word/document.xml", "x"})
	}},
	{"Word", func() []byte {
		return pack(file{"word/document.xml", "x"}, file{"_rels/.rels", rels(
			`<Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/>`)})
	}},
	{"OFD", func() []byte { return pack(file{"OFD.xml", "x"}) }},
	{"装有工作簿", func() []byte { return pack(file{"a/填报.xlsx", "x"}) }},
	{"普通压缩包", func() []byte { return pack(file{"a.txt", "x"}) }},
	{"ODS", func() []byte {
		const s = "application/vnd.oasis.opendocument.spreadsheet"
		r := rawOf(file{"mimetype", s})
		r.method, r.packed = methodStored, []byte(s)
		return assemble(false, r, rawOf(file{"content.xml", "<a/>"}))
	}},
}

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
	{"bad UTF-8", "xml", rowsOf("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\xc3\x28</v></c></row>")},
	{"overlong UTF-8", "xml", rowsOf("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\xc0\xaf</v></c></row>")},
	{"surrogate in UTF-8", "xml", rowsOf("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\xed\xa0\x80</v></c></row>")},
	{"GBK bytes", "xml", rowsOf("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\xd6\xb8\xb1\xea</v></c></row>")},
	{"control character", "xml", rowsOf("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\x01</v></c></row>")},
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
	{"shared string 999", "shared-string", rowsOf(`<row r="1"><c r="A1" t="s"><v>999</v></c></row>`)},
	{"shared string -1", "shared-string", rowsOf(`<row r="1"><c r="A1" t="s"><v>-1</v></c></row>`)},
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
	{"values in column XFD", "outside", func() []byte { return book(sheetXML(farColumn(20_000))) }},
	{"an empty cell in the last place", "", rowsOf(
		`<row r="1048576"><c r="XFD1048576" s="1"/></row>`)},
	{"200,000 real rows", "too-many-cells", func() []byte { return book(sheetXML(realRows(200_000))) }},
	{"merge that is none", "merge", merging("A1:")},
	{"merge of everything", "merge", merging("A1:XFD1048576")},
	{"merges without number", "merge", sheetOf(strings.Replace(sheetXML(""), "</work",
		"<mergeCells>"+strings.Repeat(`<mergeCell ref="A1:B2"/>`, 20_000)+"</mergeCells></work", 1))},
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
		`<Relationship Id="rId1" Type="`+relTypes+`worksheet" Target="http://x/" TargetMode="External"/>`))},
	{"relationship twice", "sheets", partOf("xl/_rels/workbook.xml.rels", rels(strings.Repeat(
		`<Relationship Id="rId1" Type="`+relTypes+`worksheet" Target="worksheets/sheet1.xml"/>`, 2)))},
	{"two lists of strings", "shared-string", partOf("xl/_rels/workbook.xml.rels", rels(
		`<Relationship Id="a" Type="x/sharedStrings" Target="a.xml"/>`+
			`<Relationship Id="b" Type="x/sharedStrings" Target="b.xml"/>`))},
	{"no workbook part", "corrupt", func() []byte {
		return pack(without(parts(""), "xl/workbook.xml")...)
	}},
	{"no relationships", "corrupt", func() []byte { return pack(without(parts(""), "_rels/.rels")...) }},
	{"text of 40,000 characters", "cell-too-long", rowsOf(
		`<row r="1"><c r="A1" t="str"><v>` + strings.Repeat("字", 40_000) + `</v></c></row>`)},
	{"text of 2 million characters", "cell-too-long", rowsOf(
		`<row r="1"><c r="A1" t="str"><v>` + numbered("第%d字", 400_000) + `</v></c></row>`)},
	{"text in very many runs", "cell-too-long", rowsOf(`<row r="1"><c r="A1" t="inlineStr"><is>` +
		strings.Repeat("<r><t>abc</t></r>", 20_000) + `</is></c></row>`)},
	{"unknown type", "cell-content", rowsOf(`<row r="1"><c r="A1" t="x"><v>1</v></c></row>`)},
	{"two values", "cell-content", rowsOf(`<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>`)},
	{"neither true nor false", "cell-content", rowsOf(`<row r="1"><c r="A1" t="b"><v>2</v></c></row>`)},
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
		rows += fmt.Sprintf(`<Relationship Id="a%d" Type="%sworksheet" Target="s%d.xml"/>`, i, relTypes, i)
		fs = append(fs, file{fmt.Sprintf("xl/s%d.xml", i), strings.Replace(sheetXML(""), "</work",
			"<mergeCells>"+strings.Repeat(`<mergeCell ref="A1:B2"/>`, merges)+"</mergeCells></work", 1)})
	}
	fs = with(fs, "xl/workbook.xml", `<workbook `+mainSpace+` `+relSpace+`><sheets>`+tabs+`</sheets></workbook>`)
	return pack(with(fs, "xl/_rels/workbook.xml.rels", rels(rows))...)
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

// allowance is how much memory one hostile file may cost, all allocations
// added up.
const allowance = 64 << 20

func TestHostileFilesGetTheirCode(t *testing.T) {
	for _, h := range append(containers, grids...) {
		t.Run(h.name, func(t *testing.T) {
			b := h.make()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			w, err := Read(b, DefaultLimits)
			runtime.ReadMemStats(&after)
			if cost := after.TotalAlloc - before.TotalAlloc; cost > allowance {
				t.Errorf("reading %d bytes allocated %d MB", len(b), cost>>20)
			}
			expect(t, h.code, w, err)
		})
	}
}

func expect(t *testing.T, code string, w *Workbook, err error) *Error {
	t.Helper()
	if code == "" {
		if err != nil || w == nil {
			t.Errorf("refused: %v", err)
		}
		return nil
	}
	var e *Error
	if !errors.As(err, &e) || w != nil {
		t.Fatalf("taken (%v), want %s", err, code)
	}
	if e.Code != code {
		t.Errorf("code %s (%v), want %s", e.Code, e, code)
	}
	if e.Message == "" || e.Fix == "" {
		t.Errorf("%s says not what is wrong or how to mend it: %+v", e.Code, e)
	}
	return e
}

func TestOtherFormatsAreNamed(t *testing.T) {
	for _, o := range others {
		w, err := Read(o.make(), DefaultLimits)
		if e := expect(t, "not-xlsx", w, err); e != nil && !strings.Contains(e.Message, o.word) {
			t.Errorf("%q does not name %s", e.Message, o.word)
		}
	}
}

func TestEveryCodeOfTheCatalogueHasAHostileFile(t *testing.T) {
	tried := map[string]bool{"internal": true} // which nothing reaches
	for _, h := range append(containers, grids...) {
		tried[h.code] = true
	}
	seen := map[string]bool{}
	for _, c := range Catalogue {
		if seen[c.Code] {
			t.Errorf("%s stands in the catalogue twice", c.Code)
		}
		seen[c.Code] = true
		if !tried[c.Code] {
			t.Errorf("no hostile file gets %s", c.Code)
		}
		if c.Title == "" || c.Fix == "" {
			t.Errorf("%s is not explained", c.Code)
		}
	}
}

func TestXMLErrorsNamePartAndLine(t *testing.T) {
	long := strings.Repeat("<row>\n</row>", 40_000)
	_, err := Read(book(sheetXML(long+"\n<row>\n</raw>")), DefaultLimits)
	e := expect(t, "xml", nil, err)
	if e.Part != "xl/worksheets/sheet1.xml" || e.Line != 40_003 {
		t.Errorf("%s:%d, want the sheet's line 40003", e.Part, e.Line)
	}
	_, err = Read(book(sheetXML("<row>\n<c t=\"s\"><v>\n9</v></c></row>")), DefaultLimits)
	if e := expect(t, "shared-string", nil, err); e.Cell != "A1" || e.Line != 3 {
		t.Errorf("%s, line %d, want A1 in line 3", e.Cell, e.Line)
	}
}

func TestAMillionEmptyStyledRowsAreTaken(t *testing.T) {
	rows := numberedFrom(`<row r="%[1]d"><c r="A%[1]d" s="1"/></row>`, 1, gridRows+1)
	w := mustRead(t, book(sheetXML(rows)))
	if n := len(w.Sheets[0].Cells); n != 0 {
		t.Errorf("%d cells, want none", n)
	}
	if len(w.Notices) != 1 || w.Notices[0].Code != NoticeBloat {
		t.Errorf("notices %v, want %s", w.Notices, NoticeBloat)
	}
}

func TestWhatIsOddIsNoted(t *testing.T) {
	formula := func(f string) []byte {
		return book(sheetXML(`<row r="1"><c r="A1"><f>` + f + `</f><v>1</v></c></row>`))
	}
	for _, c := range []struct {
		code string
		file []byte
	}{
		{NoticeMacro, partOf("xl/vbaProject.bin", "x")()},
		{NoticeExternalLink, partOf("xl/externalLinks/externalLink1.xml", "x")()},
		{NoticeEmbedded, partOf("xl/activeX/activeX1.xml", "x")()},
		{NoticeTrailing, append(good(), "more"...)},
		{NoticeOddName, partOf("../x", "x")()},
		{NoticeOddName, partOf(`..\x`, "x")()},
		{NoticeOddName, partOf("/etc/x", "x")()},
		{NoticeOutside, formula("[1]表!A1")},
		{NoticeOutside, formula("'C:\\[a.xlsx]表'!A1")},
		{NoticeOutside, formula("WEBSERVICE(\"http://x\")")},
		{NoticeOutside, formula("cmd|'/c calc'!A0")},
		{"", formula("SUM(A1:B2)&amp;\"[1]|\"&amp;表[列]")},
		{"", good()},
	} {
		w, got := mustRead(t, c.file), ""
		if len(w.Notices) > 0 {
			got = w.Notices[0].Code
		}
		if got != c.code {
			t.Errorf("noted %q, want %q: %v", got, c.code, w.Notices)
		}
	}
}

func TestCutFilesNeverGiveFewerCells(t *testing.T) {
	b := good()
	for n := range b {
		if _, err := Read(b[:n], DefaultLimits); err == nil {
			t.Fatalf("taken when cut after %d of %d bytes", n, len(b))
		}
	}
}

func TestFlippedBitsNeverChangeACell(t *testing.T) {
	b := good()
	want := fmt.Sprint(*mustRead(t, b).Sheets[0])
	for i := range len(b) * 8 {
		c := bytes.Clone(b)
		c[i/8] ^= 1 << (i % 8)
		w, err := Read(c, DefaultLimits)
		if err == nil && fmt.Sprint(*w.Sheets[0]) != want {
			t.Fatalf("bit %d of byte %d changed the cells: %v", i%8, i/8, *w.Sheets[0])
		}
	}
}
