package digest

// Report is everything one edition of a month's digest says, as plain data: it
// is what the ledger keeps of the edition, so that the same paper can be set
// again, byte for byte, whatever has arrived since. Numbers are plain decimals
// in text, "" where unknown.
type Report struct {
	PlanTitle, PlanVersion string
	Month                  string // 2025-03
	Edition                int
	Number                 string // 振政督〔2025〕3号
	Previous               string // the number of the edition this one replaces
	MadeAt                 string // RFC 3339
	Deadline               string // RFC 3339: of this month's forms
	NextDeadline           string // RFC 3339: of the corrections asked for
	Office                 Office
	Fields                 []string // in the notice's order
	Goals, Tasks, Annexes  int      // items of the plan
	Lines                  []Line   // one an indicator and reporter, in the notice's order
	Works                  []Work   // items without an indicator
	Units                  []UnitLine
	Sources                []Source
	Conflicts              []Conflict
	Rulings                []Ruling // extensions and waivers
	Changes                []Change // against the previous edition
	Program                string   // program version
}

// Office is how the issuing office signs its papers: all settings.
type Office struct {
	Name      string // 督查考核部门
	Mark      string // 发文机关标志
	Organ     string // 署名
	Recipient string // 主送
	CopyTo    string // 抄送
	Printer   string // 印发机关
	Subject   string // what the title names: 保障和改善民生重点任务
	Sealed    bool
}

// Line is one indicator as one unit reports it, judged.
type Line struct {
	ID, Name    string
	Item        string // T01
	Sort        string // goal, task, annex
	ItemTitle   string
	Field       string
	UnitCode    string
	Unit        string // "" where the notice names no owner
	Measure     string
	Target      string // as the notice writes it, or 目标待定
	TargetValue string
	Due         string // 完成时限, 2025-12
	Strength    string // committed, strive
	Kind        string
	State       string // 已报, 零报告, …, 未报
	Value       string // what the light was judged by
	Shown       string // the same, as a sentence prints it: 4.62万块
	AsOf        string // the month Value is of, 2025-03; "" when it is unknown
	Added       string // this month's own
	Progress    string // status of a milestone
	Expected    string // what should stand by now
	Done        string // percent of the target
	DuePercent  string // 序时进度
	Gap         string // points
	Light       string // assess.Light
	LightWord   string
	Overdue     bool
	Complete    bool
	Sentence    string
	Reason      string
	Remark      string // the unit's own words
	Findings    []string
	Note        string
	SameAs      []string
	Source      int // row in Sources, counted from 1; 0 for none
}

// Work is an item without an indicator: a status and a narrative.
type Work struct {
	Item, Sort, Title, Field string
	UnitCode, Unit           string
	State                    string
	Progress                 string
	Remark                   string
	Source                   int
}

// UnitLine is one unit's month of reporting.
type UnitLine struct {
	Code, Name string
	State      string
	OnTime     string // 按时, 迟报, 补报, ""
	ReceivedAt string // RFC 3339 of the first hand-in, "" for none
	Due        int
	Taken      int
	Returned   int
	Queries    int
	Versions   int
	Remark     string
}

// Source (数据来源) says which cell of which file brought a figure.
type Source struct {
	ID, Unit, Value, Progress, State string
	Month                            string // the figure is of: an older one still counts
	File, SHA256, Sheet, Cell, Raw   string
	Sender, Channel, ReceivedAt, How string
}

// Change is a line that differs from the previous edition.
type Change struct {
	ID, Name, Unit string
	What           string // 数值, 进度灯, …
	Before, After  string
	Cause          string
}
