package sheet

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// sniff says what bytes are that do not begin as a ZIP archive does.
func sniff(b []byte) *Error {
	if blank(b) {
		return fault("incomplete", "", "文件内容全是空字节，可能没有传完。")
	}
	if bytes.HasPrefix(b, []byte(compoundMark)) {
		return sniffCompound(b)
	}
	for _, m := range magic {
		if bytes.HasPrefix(b, []byte(m.mark)) {
			if m.what == "" {
				return fault("xls", "", "文件是旧版 .xls 工作簿。")
			}
			return other(m.code, m.what)
		}
	}
	if len(b) < len(headLocal) {
		return fault("incomplete", "", "文件只有几个字节，可能没有传完。")
	}
	if i := bytes.Index(b[:min(len(b), 1<<16)], []byte(headLocal)); i > 0 && !textual(b[:i]) {
		return other("not-xlsx", "前面混有其他内容的压缩包")
	}
	return sniffText(b)
}

// other says that a file is something else, under the code that says how to
// save it right.
func other(code, what string) *Error {
	return fault(code, "", "文件不是 xlsx 工作簿，而是"+what+"。")
}

// magic is how files of other formats begin; a row without a name is a bare
// BIFF stream, the .xls of before 1995.
var magic = []struct{ mark, what, code string }{
	{"%PDF", " PDF 文件", "document"},
	{"Rar!\x1a\x07", " RAR 压缩包", "packed"},
	{"7z\xbc\xaf\x27\x1c", " 7z 压缩包", "packed"},
	{"\x1f\x8b", " gzip 压缩包", "packed"},
	{"\x89PNG", "图片（PNG）", "picture"},
	{"\xff\xd8\xff", "图片（JPEG）", "picture"},
	{"GIF8", "图片（GIF）", "picture"},
	{"BM", "图片（BMP）", "picture"},
	{"II*\x00", "图片（TIFF）", "picture"},
	{"MM\x00*", "图片（TIFF）", "picture"},
	{"RIFF", "图片或音视频", "picture"},
	{`{\rtf`, " RTF 文档", "document"},
	{"MZ", "可执行程序", "not-xlsx"},
	{"\x7fELF", "可执行程序", "not-xlsx"},
	{"SQLite format 3", "数据库文件", "not-xlsx"},
	{"\x09\x00\x04\x00", "", "xls"},
	{"\x09\x02\x06\x00", "", "xls"},
	{"\x09\x04\x06\x00", "", "xls"},
	{"\x09\x08", "", "xls"},
	{"PK\x05\x06", "空的压缩包", "packed"},
	{"PK\x07\x08", "分卷压缩包", "packed"},
}

func sniffText(b []byte) *Error {
	head := b[:min(len(b), 4096)]
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		return other("text-table", "文本文件（UTF-16）")
	}
	if !textual(head) {
		return other("not-xlsx", "无法识别的文件")
	}
	low := strings.ToLower(string(head))
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(low, w) {
				return true
			}
		}
		return false
	}
	start := strings.TrimLeft(low, "\ufeff \t\r\n")
	switch {
	case has("<html", "<!doctype html", "<table"):
		return other("web-page", "网页（HTML）")
	case has("urn:schemas-microsoft-com:office:spreadsheet"):
		return other("web-page", " XML 电子表格 2003")
	case strings.HasPrefix(start, "<"):
		return other("not-xlsx", " XML 文件")
	case strings.HasPrefix(start, "mime-version:"):
		return other("web-page", "网页归档（MHT）")
	}
	return other("text-table", "文本文件（如 CSV）")
}

// textual reports whether bytes look like text in UTF-8, GBK or ASCII.
func textual(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' {
			return false
		}
	}
	if utf8.Valid(b) {
		return true
	}
	double := 0 // bytes that make no GBK pair
	for i := 0; i < len(b); i++ {
		if b[i] < 0x80 {
			continue
		}
		if i+1 < len(b) && b[i] != 0x80 && b[i] != 0xff && b[i+1] >= 0x40 && b[i+1] != 0x7f {
			i++
			continue
		}
		double++
	}
	return double <= len(b)/64+1
}

func blank(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// sniffArchive says what a ZIP archive without a workbook is.
func sniffArchive(a *archive) *Error {
	if e := a.find("mimetype"); e != nil && e.method == methodStored && len(e.packed) < 256 {
		switch s := string(e.packed); {
		case strings.Contains(s, "opendocument.spreadsheet"):
			return other("ods", " ODS 表格")
		case strings.Contains(s, "opendocument"):
			return other("document", " OpenDocument 文档")
		case strings.Contains(s, "epub"):
			return other("document", "电子书")
		}
	}
	for _, p := range []struct{ part, code, what string }{
		{"word/document.xml", "document", " Word 文档（docx）"},
		{"ppt/presentation.xml", "document", "演示文稿（pptx）"},
		{"OFD.xml", "document", " OFD 版式文件"},
		{"content.xml", "document", " OpenDocument 文档"},
		{"Index/Document.iwa", "ods", " Numbers 表格"},
	} {
		if a.find(p.part) != nil {
			return other(p.code, p.what)
		}
	}
	for i := range a.entries {
		if strings.HasSuffix(strings.ToLower(a.entries[i].name), ".xlsx") {
			return other("packed", "装有工作簿的压缩包，请解压后逐个报送")
		}
	}
	return other("packed", "普通压缩包")
}

// decodeUTF16 reads little-endian UTF-16 up to its first NUL.
func decodeUTF16(b []byte) string {
	var u []uint16
	for ; len(b) >= 2; b = b[2:] {
		c := uint16(b[0]) | uint16(b[1])<<8
		if c == 0 {
			break
		}
		u = append(u, c)
	}
	return string(utf16.Decode(u))
}
