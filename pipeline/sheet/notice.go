package sheet

import "strings"

// The codes of Notice.
const (
	NoticeMacro        = "macro"            // a VBA project or a macro sheet
	NoticeExternalLink = "external-link"    // links to other workbooks
	NoticeOutside      = "external-formula" // a formula that reaches out, DDE too
	NoticeEmbedded     = "embedded-object"  // OLE objects, ActiveX controls
	NoticeTrailing     = "trailing-bytes"   // bytes behind the archive
	NoticeOddName      = "odd-name"         // a part whose name leads out of it
	NoticeOtherSheet   = "other-sheet"      // a chart or dialog sheet, not read
	NoticeBloat        = "bloat"            // very many empty styled cells
)

const bloatCells = 100_000 // empty cells in one sheet that are worth a word

// notices lists what the archive's names alone give away.
func (a *archive) notices() []Notice {
	var list []Notice
	note := func(code, part, message string) {
		for _, n := range list {
			if n.Code == code {
				return
			}
		}
		list = append(list, Notice{Code: code, Part: printable(part), Message: message})
	}
	if a.tail > 0 {
		note(NoticeTrailing, "", "文件末尾有多余内容，未读取。")
	}
	if a.odd != "" {
		note(NoticeOddName, a.odd, "文件内有名称异常的部件，未读取。")
	}
	for i := range a.entries {
		name := a.entries[i].name
		has := func(part string) bool { return containsFold(name, part) }
		switch {
		case has("vbaProject.bin"), has("/macrosheets/"):
			note(NoticeMacro, name, "工作簿带有宏，只读取单元格的值，宏不运行、不保留。")
		case has("/externalLinks/"):
			note(NoticeExternalLink, name, "工作簿带有指向其他文件的链接，链接不更新。")
		case has("/embeddings/"), has("/activeX/"), has("/ctrlProps/"):
			note(NoticeEmbedded, name, "工作簿嵌有对象或控件，未读取。")
		}
	}
	return list
}

// containsFold is strings.Contains without regard to ASCII case.
func containsFold(s, part string) bool {
	for i := 0; i+len(part) <= len(s); i++ {
		if s[i]|0x20 == part[0]|0x20 && strings.EqualFold(s[i:i+len(part)], part) {
			return true
		}
	}
	return false
}
