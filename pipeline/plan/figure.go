package plan

import "time"

// FigureState says what a unit said of one indicator in one month. The values
// are the words of screen and paper.
type FigureState string

// The states of a figure.
const (
	Reported   FigureState = "已报"   //
	ZeroReport FigureState = "零报告"  // signed zero: nothing happened this month
	NotYetOut  FigureState = "数据未出" // with the month it is expected
	NotDue     FigureState = "本期不报" //
	Withdrawn  FigureState = "撤回"   // what was reported no longer counts
	Missing    FigureState = "未报"   // nothing was said; never stored
)

// Silent reports whether nothing was said; such a figure is never stored.
func (s FigureState) Silent() bool { return s == Missing || s == "" }

// Progress is the status of a milestone or of a task without an indicator.
type Progress string

// The statuses of a milestone, in their order.
const (
	NotStarted Progress = "未启动"
	Underway   Progress = "推进中"
	Completed  Progress = "已完成"
	Accepted   Progress = "已验收"
)

// Column names one fill-in column of a form, whatever its head says.
type Column string

// The fill-in columns.
const (
	ColAdded    Column = "added"    // 本月新增
	ColTotal    Column = "total"    // 累计完成/本期数
	ColA        Column = "a"        // 数值A
	ColB        Column = "b"        // 数值B
	ColProgress Column = "progress" // 进展状态
	ColPlanned  Column = "planned"  // 计划完成日期
	ColActual   Column = "actual"   // 实际完成日期
	ColState    Column = "state"    // 填报情况
	ColExpected Column = "expected" // 预计报送月份 (of 数据未出)
	ColRemark   Column = "remark"   // 情况说明
)

// CellKind says what a cell of a workbook held.
type CellKind string

// The kinds of cell content.
const (
	BlankCell   CellKind = ""
	NumberCell  CellKind = "number"
	TextCell    CellKind = "text"
	BoolCell    CellKind = "bool"
	ErrorCell   CellKind = "error"    // #REF! and its kin
	NoCacheCell CellKind = "no-cache" // a formula without a stored result
)

// Cell is one filled cell as it was read: what stood there and what it means.
type Cell struct {
	Address string // A1 form, e.g. "H7"
	Kind    CellKind
	Raw     string // as the file holds it
	Text    string // trimmed and cleaned of what cannot be seen
	Number  Value  // when it reads as a number, else unknown
	Date    Date   // when it reads as a date, else zero
	Month   Month  // when it reads as a month or a date, else zero
	Format  string // number format code, "" when general
	Formula string // without the leading =, "" where there is none or its text is unknown

	Hidden      bool   // its row or its column is hidden
	Merged      string // the merged range it lies in, "J7:J9"; "" when it is not merged
	Covered     bool   // not the first cell of that range: what shows there stands in the first
	Outside     bool   // the formula reaches out of the file
	Approximate bool   // the number is written as a round one: 约300, 300余
	Scaled      bool   // the number was worked out of the text: 1.2万, 一千二百
}

// Blank reports whether nothing was filled in.
func (c Cell) Blank() bool { return c.Kind == BlankCell || (c.Kind == TextCell && c.Text == "") }

// Entry is one row of a filled form: what a unit wrote about one indicator,
// or about an item that has none, before anything is judged.
type Entry struct {
	ID    string // indicator or item id, as the row's id cell says
	Unit  string // unit as the row says it; only on the opening form
	Sheet string
	Row   int
	Cells map[Column]Cell
	// What the sheet showed the clerk; the plan is the truth, so a difference
	// is a finding and never a change.
	Name, Target, IDCell Cell
	Item, Measure        Cell // 工作事项, 计量单位, as shown
	ByName               bool // the id was missing or nobody's; the name told whose row it is
}

// Figure is what an accepted or refused entry means.
type Figure struct {
	ID              string // indicator or item id
	Unit            string // unit code
	Month           Month
	State           FigureState
	Added, Total    Value // cumulative, annual; Total also level and growth
	A, B            Value // ratio, comparison, growth
	Progress        Progress
	Planned, Actual Date
	Expected        Month
	Remark          string
	Sheet, Cell     string // the cell the judged value stands in
	Raw             string // that cell as the file holds it
	Opening         bool   // 期初数
}

// Severity is what a finding costs.
type Severity string

// The severities.
const (
	Reject Severity = "reject" // 退回: the figure, or the file, is not taken
	Query  Severity = "query"  // 存疑: taken and marked; correct or explain
	Note   Severity = "note"   // 提示
)

// Chinese is the word on screen and paper.
func (s Severity) Chinese() string {
	switch s {
	case Reject:
		return "退回"
	case Query:
		return "存疑"
	}
	return "提示"
}

// Finding (审核问题) is one thing wrong with a submission.
type Finding struct {
	Code      string   `json:"code"`
	Severity  Severity `json:"severity"`
	Sheet     string   `json:"sheet"`
	Cell      string   `json:"cell"`
	Indicator string   `json:"indicator"`
	Message   string   `json:"message"`
	Fix       string   `json:"fix"`
	WholeFile bool     `json:"-"` // a Reject of this kind refuses the file
	Unit      string   `json:"-"` // unit code of the row; only on the opening form
}

// State is where a unit's month, or one submission, has come to.
type State string

// The states of a submission and of a unit's month.
const (
	NotReceived State = "未报"
	Received    State = "已收待核"
	Returned    State = "退回"
	Queried     State = "有疑问待说明"
	Partly      State = "部分通过"
	Passed      State = "通过"
	Quarantined State = "待核实"
)

// Delivery is how bytes reached the office.
type Delivery struct {
	SHA256     string
	Name       string // file name as received; display only, never a path
	Channel    string // 文件夹, 柜台, 邮件
	Sender     string // who the channel says it is: a unit's code, a person, an address
	ReceivedAt time.Time
	HandedBy   string // --by
}
