package digest

import "duban/pipeline/plan"

// Report is everything one edition of a month's digest says, as plain data: it
// is what the ledger keeps of the edition, so that the same paper can be set
// again, byte for byte, whatever has arrived since. Numbers are plain decimals
// in text, "" where unknown.
type Report struct {
	Audience               plan.Audience
	For                    string // the unit an edition of an Each audience is for
	ForCode                string // its code
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
	Rulings                []Ruling     // extensions and waivers
	Adjustments            []Adjustment // of the plan, that take effect in the month
	Changes                []Change     // against the previous edition
	Tallies                []Tally      // of the whole plan, whatever the edition is cut to
	Months                 []string     // the last twelve, this one last: what a Trail has a Step of
	Trend                  []Tally      // of each of Months, the whole plan; as the month's paper said
	Program                string       // program version
}

// Office is how the issuing office signs its papers: all settings.
type Office struct {
	Name      string // 督查考核部门
	Mark      string // 发文机关标志
	Organ     string // 署名
	Recipient string // 主送
	CopyTo    string // 抄送
	Printer   string // 印发机关
	Copies    int    // 印数
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

	Rule      string     // by which rule the light is given, in words, without an end mark
	Lag       string     // 上半年数, 2月数, 预计数: the figure is not the month's own, or not final
	OverYear  string     // 同比增长12.5%; "" where last year's figure is not known
	OverMonth string     // 环比提高0.3个百分点; "" likewise
	Promised  string     // a planned day that has passed without completion: 2025-02-28
	Postponed int        // how often the unit put its planned day off
	Explained string     // the unit's words that the office's rules accepted
	Trail     []Step     // one for each of Report.Months
	RedMonths int        // months in a row that it is 严重滞后, this one included
	Revisions []Revision // of its figures of the last twelve months, oldest first
	Lowerings []Lowering // of its target, oldest first
}

// Step is where a line stood in one month, as that month's paper said. A month
// without a paper has none: only Month is set then.
type Step struct {
	Month  string `json:"m"`
	Light  string `json:"l,omitempty"`
	Value  string `json:"v,omitempty"`
	Done   string `json:"d,omitempty"` // percent
	Due    string `json:"p,omitempty"` // percent
	Target string `json:"t,omitempty"` // in the measure
}

// Revision is a figure that replaced another one of the same month.
type Revision struct {
	Month         string // the figure is of
	Before, After string // as sentences print them
	At            string // RFC 3339: when the later one came
	Late          bool   // after the deadline
	Published     bool   // after a paper had been made of the month
	File          string
	Why           string // the unit's words
}

// Lowering is a target that was made easier between two papers.
type Lowering struct {
	Before, After string
	Month         string // the first one judged by the new target
	Document      string // of the adjustment that did it; "" where there is none
}

// Tally counts the lines of one field (办实事清单 for the annex, "" for all) or of
// one month by their light.
type Tally struct {
	Name       string
	Lines      int            // one an indicator and unit
	Indicators int            // each once
	Lights     map[string]int // by assess.Light
	Overdue    int
	Works      int    // tasks without an indicator
	Done, Due  string // of what is counted up: mean percent done, and due by now; "" unknown
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

	First     int // figures that the first file brought, or should have
	FirstPass int // of those, taken without a question
	Revised   int // figures replaced by another value
	Late      int // of those, after the deadline
	Rank      int // 1 for the best; 0: not ranked
	Asked     int // of the last twelve months, those that a report was due in
	Punctual  int // of those, reported in time
	RedLines  int // its lines that are 严重滞后
	GoodLines int // its lines that are 已完成 or 达到序时
	Judged    int // its lines that can be judged, or were due and are not reported
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
	UnitCode       string
	What           string // 数值, 进度灯, …
	Before, After  string
	Cause          string
}
