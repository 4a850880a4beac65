package sheet

import (
	"bytes"
	"fmt"
	"strings"
)

// Table 2a of the study of threats: the container.
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
			name := fmt.Sprintf("a%02d", i)
			list = append(list, raw{name, methodDeflated, 0, sum, 4 << 20, packed})
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
			zeros := make([]byte, 1<<16)
			list = append(list, raw{fmt.Sprint(i), methodDeflated, 0, 0, 10 << 20, zeros})
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
		return forged("xl/styles.xml", func(r *raw) { r.packed = append(r.packed, 1, 2) })
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
	{"a PDF head before it", "document", func() []byte {
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
	{"password", "encrypted", func() []byte {
		return compound("EncryptionInfo", "EncryptedPackage")
	}},
	{".xls without content", "corrupt", func() []byte { return compound("Workbook") }},
	{".xls of 1995", "xls", func() []byte { return compound("Book") }},
	{".xls of 1992", "xls", literal("\x09\x04\x06\x00\x00\x00\x10\x00 more")},
	{".doc", "document", func() []byte { return compound("WordDocument") }},
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
	code string
	word string
	make func() []byte
}{
	{"document", "PDF", literal("%PDF-1.4\n1 0 obj")},
	{"packed", "RAR", literal("Rar!\x1a\x07\x01\x00")},
	{"packed", "7z", literal("7z\xbc\xaf\x27\x1c\x00\x04")},
	{"picture", "图片", literal("\x89PNG\r\n\x1a\n")},
	{"picture", "图片", literal("\xff\xd8\xff\xe0")},
	{"web-page", "HTML", literal("<html><table><tr><td>1</td></tr></table></html>")},
	{"not-xlsx", "XML", literal("<?xml version=\"1.0\"?><a/>")},
	{"text-table", "CSV", literal("指标,本月\nT01,3\n")},
	{"text-table", "CSV", literal("\xd6\xb8\xb1\xea,\xb1\xbe\xd4\xc2\nT01,3\n")},
	{"text-table", "UTF-16", literal("\xff\xfea\x00b\x00")},
	{"not-xlsx", "无法识别", literal("\x01\x02\x03\x04\x05\x06")},
	{"document", "Word", func() []byte {
		return pack(file{"_rels/.rels", rels("")}, file{"word/document.xml", "x"})
	}},
	{"document", "Word", func() []byte {
		return pack(file{"word/document.xml", "x"}, file{"_rels/.rels", rels(
			`<Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/>`)})
	}},
	{"document", "OFD", func() []byte { return pack(file{"OFD.xml", "x"}) }},
	{"packed", "装有工作簿", func() []byte { return pack(file{"a/填报.xlsx", "x"}) }},
	{"packed", "普通压缩包", func() []byte { return pack(file{"a.txt", "x"}) }},
	{"ods", "ODS", func() []byte {
		const s = "application/vnd.oasis.opendocument.spreadsheet"
		r := rawOf(file{"mimetype", s})
		r.method, r.packed = methodStored, []byte(s)
		return assemble(false, r, rawOf(file{"content.xml", "<a/>"}))
	}},
}
