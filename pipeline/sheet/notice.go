package sheet

import (
	"fmt"
	"slices"
	"strings"
)

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

// noticeFixes is how the sender mends what is noted, by code.
var noticeFixes = map[string]string{
	NoticeMacro:        "请另存为不含宏的 Excel 工作簿（*.xlsx）后报送；数据没有错的，不必重报。",
	NoticeExternalLink: "请在“数据—编辑链接”中断开链接后保存；数据没有错的，不必重报。",
	NoticeOutside:      "请核对该单元格的结果，把公式改成数值；结果没有错的，不必重报。",
	NoticeEmbedded:     "请删去嵌入的对象和控件后保存，材料另行报送；数据没有错的，不必重报。",
	NoticeTrailing:     "请用 WPS 表格或 Excel 打开，核对后另存一次；数据没有错的，不必重报。",
	NoticeOddName:      "请用 WPS 表格或 Excel 打开，核对后另存一次；数据没有错的，不必重报。",
	NoticeOtherSheet:   "请把要报的数据填在填报表里；这张表里没有要报的数据的，不必重报。",
	NoticeBloat:        "请选中表格以外的空白行、空白列，删除后保存；数据没有错的，不必重报。",
}

const bloatCells = 100_000 // empty cells in one sheet that are worth a word

const (
	macroNoted = "工作簿带有宏，宏不会被执行，只取单元格里的数值。"
	linkNoted  = "工作簿带有指向其他文件的链接，链接不更新，只取上次保存的数值。"
)

// note adds what is noticed to the workbook.
func (w *Workbook) note(n Notice) {
	n.Fix = noticeFixes[n.Code]
	w.Notices = append(w.Notices, n)
}

// noteOnce does so unless something of that code is noticed already.
func (w *Workbook) noteOnce(code, part, message string) {
	if !slices.ContainsFunc(w.Notices, func(n Notice) bool { return n.Code == code }) {
		w.note(Notice{Code: code, Part: printable(part), Message: message})
	}
}

// otherSheet notes a tab that is no worksheet.
func (w *Workbook) otherSheet(name, part string, macros bool) {
	n := Notice{Code: NoticeOtherSheet, Part: part,
		Message: fmt.Sprintf("工作表“%s”不是普通工作表，没有读取。", printable(name))}
	if macros {
		n.Code = NoticeMacro
	}
	w.note(n)
}

// notices notes what the archive's names alone give away.
func (a *archive) notices(w *Workbook) {
	if a.tail > 0 {
		w.noteOnce(NoticeTrailing, "", "文件末尾有多余内容，未读取。")
	}
	if a.odd != "" {
		w.noteOnce(NoticeOddName, a.odd, "文件内有名称异常的部件，未读取。")
	}
	for i := range a.entries {
		name := a.entries[i].name
		has := func(part string) bool { return containsFold(name, part) }
		switch {
		case has("vbaProject.bin"), has("/macrosheets/"):
			w.noteOnce(NoticeMacro, name, macroNoted)
		case has("/externalLinks/"):
			w.noteOnce(NoticeExternalLink, name, linkNoted)
		case has("/embeddings/"), has("/activeX/"), has("/ctrlProps/"):
			w.noteOnce(NoticeEmbedded, name, "工作簿嵌有对象或控件，未读取。")
		}
	}
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
