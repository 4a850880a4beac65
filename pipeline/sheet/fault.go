package sheet

import (
	"strconv"
	"strings"
	"unicode"
)

// Error says why a file is not read: what is wrong, where, and how to save it
// right. Every error of Read is an *Error.
type Error struct {
	Code    string // a row of Catalogue
	Part    string // part of the archive, "" for the file as a whole
	Line    int    // line in that part, 0 when it is not about XML
	Cell    string // "H7" when it is about a cell
	Message string // Chinese: what is wrong
	Fix     string // Chinese: what to do
	Retry   bool   // the file may not be fully written yet
}

// Error is one line for a log.
func (e *Error) Error() string {
	s := e.Code + ": "
	if e.Part != "" {
		s += e.Part
		if e.Line > 0 {
			s += ":" + strconv.Itoa(e.Line)
		}
		s += ": "
	}
	if e.Cell != "" {
		s += e.Cell + ": "
	}
	return s + e.Message
}

// Code is one way a file can fail to be read.
type Code struct {
	Code  string // kebab-case, stable, never reused
	Title string // Chinese
	Fix   string // Chinese
	Retry bool   // the file may not be fully written yet: wait, then refuse
}

const (
	saveAgain  = "请用 WPS 表格或 Excel 打开原填报表，核对内容后“另存为”Excel 工作簿（*.xlsx），重新报送。"
	saveAsXLSX = "请用 WPS 表格或 Excel 打开，“另存为”Excel 工作簿（*.xlsx）后重新报送；只改扩展名无效。"
	useForm    = "请在本办下发的填报表（.xlsx）中填写后报送，不要改用其他格式。"
	sendAgain  = "文件可能没有传完或在传输中损坏，请在本机确认能正常打开后重新报送。"
	freshForm  = "请把数据填入重新下发的空白填报表，保存后报送。"
)

// Catalogue lists every code of Error, in the order in which the reader asks.
var Catalogue = []Code{
	{"empty-file", "文件为空", sendAgain, true},
	{"too-big", "文件过大", "请删去多余的空白行、空白列、图片和无关工作表后另存，重新报送。", false},
	{"incomplete", "文件不完整", sendAgain, true},
	{"not-xlsx", "不是 xlsx 工作簿", useForm, false},
	{"ods", "ODS 表格", saveAsXLSX, false},
	{"text-table", "文本表格（CSV）", saveAsXLSX, false},
	{"web-page", "网页", saveAsXLSX, false},
	{"document", "文档", "请把数据填入本办下发的填报表（.xlsx），保存后报送；不要报送文档、扫描件或版式文件。", false},
	{"packed", "压缩包", "请先解压，把里面的填报表（.xlsx）逐个报送，不要打成压缩包。", false},
	{"picture", "图片", "请把数据填入本办下发的填报表（.xlsx），保存后报送；不要报送截图或照片。", false},
	{"xls", "过旧的工作簿（Excel 95 或更早）", saveAsXLSX, false},
	{"xlsb", "二进制工作簿（.xlsb）", saveAsXLSX, false},
	{"encrypted", "工作簿设有打开密码", "请取消打开密码（文件—信息—保护工作簿），保存后重新报送。", false},
	{"zip-crypto", "压缩包设有密码", "请用 WPS 表格或 Excel 取消密码，另存为 .xlsx 后重新报送。", false},
	{"too-many-entries", "文件内部件过多", saveAgain, false},
	{"duplicate-entry", "文件内有同名部件", saveAgain, false},
	{"bomb", "文件解压后异常庞大", freshForm, false},
	{"unsupported-compression", "压缩方式不受支持", saveAgain, false},
	{"corrupt", "文件已损坏", sendAgain, true},
	{"xml", "文件内容不合规范", saveAgain, false},
	{"doctype", "文件内含 DOCTYPE 声明", freshForm, false},
	{"depth", "文件内容嵌套过深", freshForm, false},
	{"sheets", "工作表清单有误", saveAgain, false},
	{"shared-string", "单元格文字缺失", saveAgain, false},
	{"style", "单元格格式编号有误", saveAgain, false},
	{"row-ref", "行号有误", saveAgain, false},
	{"cell-ref", "单元格地址有误", saveAgain, false},
	{"order", "行或单元格重复、错序", saveAgain, false},
	{"cell-content", "单元格内容自相矛盾", saveAgain, false},
	{"cell-too-long", "单元格文字过长", "请把文字压缩到 32767 字以内，详细材料另行报送。", false},
	{"outside", "填报范围之外有内容", "请删去该单元格及其附近的内容后重新保存、报送。", false},
	{"too-many-cells", "单元格过多", "请删去与填报无关的数据和工作表后重新保存、报送。", false},
	{"merge", "合并单元格有误", freshForm, false},
	{"internal", "程序读取时出错", "请与督查考核部门联系，并保留原文件。", false},
}

// fault makes an Error of a code of the catalogue.
func fault(code, part, message string) *Error {
	e := &Error{Code: code, Part: printable(part), Message: printable(message)}
	for _, c := range Catalogue {
		if c.Code == code {
			e.Fix, e.Retry = c.Fix, c.Retry
		}
	}
	return e
}

// printable replaces what must not reach a log or a sentence: controls, line
// breaks, marks that turn the direction of writing, bytes that are no text.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) && r != '\u3000' {
			return '?'
		}
		return r
	}, s)
}
