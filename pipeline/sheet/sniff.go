package sheet

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// sniff says what bytes are that do not begin as a ZIP archive does.
func sniff(b []byte) *Error {
	other := func(what string) *Error {
		return fault("not-xlsx", "", "文件不是 xlsx 工作簿，而是"+what+"。")
	}
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
			return other(m.what)
		}
	}
	if len(b) < len(headLocal) {
		return fault("incomplete", "", "文件只有几个字节，可能没有传完。")
	}
	if i := bytes.Index(b[:min(len(b), 1<<16)], []byte(headLocal)); i > 0 && !textual(b[:i]) {
		return other("前面混有其他内容的压缩包")
	}
	return sniffText(b, other)
}

// magic is how files of other formats begin; a row without a name is a bare
// BIFF stream, the .xls of before 1995.
var magic = []struct{ mark, what string }{
	{"%PDF", " PDF 文件"},
	{"Rar!\x1a\x07", " RAR 压缩包"},
	{"7z\xbc\xaf\x27\x1c", " 7z 压缩包"},
	{"\x1f\x8b", " gzip 压缩包"},
	{"\x89PNG", "图片（PNG）"},
	{"\xff\xd8\xff", "图片（JPEG）"},
	{"GIF8", "图片（GIF）"},
	{"BM", "图片（BMP）"},
	{"II*\x00", "图片（TIFF）"},
	{"MM\x00*", "图片（TIFF）"},
	{"RIFF", "图片或音视频"},
	{`{\rtf`, " RTF 文档"},
	{"MZ", "可执行程序"},
	{"\x7fELF", "可执行程序"},
	{"SQLite format 3", "数据库文件"},
	{"\x09\x00\x04\x00", ""},
	{"\x09\x02\x06\x00", ""},
	{"\x09\x04\x06\x00", ""},
	{"\x09\x08", ""},
	{"PK\x05\x06", "空的压缩包"},
	{"PK\x07\x08", "分卷压缩包"},
}

func sniffText(b []byte, other func(string) *Error) *Error {
	head := b[:min(len(b), 4096)]
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		return other("文本文件（UTF-16）")
	}
	if !textual(head) {
		return other("无法识别的文件")
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
		return other("网页（HTML）")
	case has("urn:schemas-microsoft-com:office:spreadsheet"):
		return other(" XML 电子表格 2003")
	case strings.HasPrefix(start, "<"):
		return other(" XML 文件")
	case strings.HasPrefix(start, "mime-version:"):
		return other("网页归档（MHT）")
	}
	return other("文本文件（如 CSV）")
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
	is := func(what string) *Error {
		return fault("not-xlsx", "", "文件不是 xlsx 工作簿，而是"+what+"。")
	}
	if e := a.find("mimetype"); e != nil && e.method == methodStored && len(e.packed) < 256 {
		switch s := string(e.packed); {
		case strings.Contains(s, "opendocument.spreadsheet"):
			return is(" ODS 表格")
		case strings.Contains(s, "opendocument"):
			return is(" OpenDocument 文档")
		case strings.Contains(s, "epub"):
			return is("电子书")
		}
	}
	for _, p := range []struct{ part, what string }{
		{"word/document.xml", " Word 文档（docx）"},
		{"ppt/presentation.xml", "演示文稿（pptx）"},
		{"OFD.xml", " OFD 版式文件"},
		{"content.xml", " OpenDocument 文档"},
		{"Index/Document.iwa", " Numbers 表格"},
	} {
		if a.find(p.part) != nil {
			return is(p.what)
		}
	}
	for i := range a.entries {
		if strings.HasSuffix(strings.ToLower(a.entries[i].name), ".xlsx") {
			return is("装有工作簿的压缩包，请解压后逐个报送")
		}
	}
	return is("普通压缩包")
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
