package digest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/pipeline/digest"
	"duban/pipeline/plan"
)

var allSheets = []string{"overview", "indicators", "fields", "lagging", "units", "trend", "trails",
	"sources", "corrections", "accountable"}

// full is the sample with what the sheets show besides: two months, a unit's
// quality, corrections, a lowered target.
func full() *digest.Report {
	r := sample()
	r.Audience.Sheets = allSheets
	r.Edition, r.Previous = 2, "云政督〔2025〕3号"
	r.Months = []string{"2025-01", "2025-02", "2025-03"}
	r.Trend = []digest.Tally{
		{Name: "2025-01", Lines: 6, Lights: map[string]int{"done": 1, "behind": 3, "missing": 2}},
		{Name: "2025-02", Lights: map[string]int{}},
		{Name: "2025-03", Lines: 6, Overdue: 1, Done: "71.25", Due: "75",
			Lights: map[string]int{"done": 1, "on_time": 1, "behind": 1, "far_behind": 1}}}
	r.Sources = []digest.Source{{ID: "T01-1", Unit: "区人社局", Value: "6400", Month: "2025-03",
		File: "3月.xlsx", Cell: "F4", ReceivedAt: "2025-04-02T10:00:00+08:00"}}
	r.Changes = []digest.Change{{ID: "T01-5", Name: "带动就业", Unit: "区残联", What: "数据",
		Before: "未报", After: "900人", Cause: "补报"}}
	red := &r.Lines[1]
	red.Source, red.AsOf, red.Lag, red.RedMonths = 1, "2025-03", "预计数", 3
	red.Rule, red.OverYear, red.OverMonth = "低于应完成数的80%", "同比增长12.5%", "环比增加210人"
	red.Expected, red.Explained = "8999.99999999", "冬季停工"
	red.Trail = []digest.Step{{Month: "2025-01", Light: "far_behind"}, {Month: "2025-02"},
		{Month: "2025-03", Light: "far_behind"}}
	red.Revisions = []digest.Revision{{Month: "2025-02", Before: "6300人", After: "6400人",
		Late: true, Published: true, At: "2025-04-08T08:00:00+08:00", File: "3月（更正）.xlsx",
		Why: "漏统计"}}
	red.Lowerings = []digest.Lowering{{Before: "1.5万人", After: "1.2万人", Month: "2025-02"}}
	u := &r.Units[0]
	u.First, u.FirstPass, u.Revised, u.Late = 4, 3, 1, 1
	u.Asked, u.Punctual, u.Rank, u.Judged, u.GoodLines, u.RedLines = 12, 9, 1, 4, 1, 1
	return r
}

// cell finds a cell by its sheet's name, its row and its column's head.
func cell(t *testing.T, r *digest.Report, sheet string, row int, head string) digest.Datum {
	t.Helper()
	_, book := compose(t, r)
	for _, s := range book.Sheets {
		if s.Name != sheet {
			continue
		}
		i := slices.IndexFunc(s.Columns, func(c digest.SheetColumn) bool { return c.Head == head })
		if i < 0 || row >= len(s.Rows) {
			t.Fatalf("%s has no column %s or no row %d", sheet, head, row)
		}
		return s.Rows[row][i]
	}
	t.Fatalf("there is no sheet %s", sheet)
	return digest.Datum{}
}

func TestTheSheetsSayWhatTheReportHolds(t *testing.T) {
	_, book := compose(t, full())
	var b strings.Builder
	for _, s := range book.Sheets {
		fmt.Fprintf(&b, "[%s] %s\n%s\n", s.Name, s.Title, strings.Join(s.Notes, "\n"))
		for _, c := range s.Charts {
			fmt.Fprintf(&b, "（%s）%s：第%d至%d行，列%v\n", c.Kind, c.Title, c.From+1, c.To+1, c.Series)
		}
		for _, row := range s.Rows {
			for i, d := range row {
				if v := d.Text + d.Number; v != "" {
					fmt.Fprintf(&b, "%s：%s%s；", s.Columns[i].Head, v, marks(s, i, d))
				}
			}
			fmt.Fprintln(&b)
		}
	}
	golden(t, "sheets.txt", b.String())
}

// marks says what a cell is besides its text.
func marks(s digest.Sheet, col int, d digest.Datum) string {
	m := ""
	if slices.Contains(s.Lamps, col) {
		m += "（灯）"
	}
	if slices.Contains(s.Bars, col) {
		m += "（条）"
	}
	if d.Link != "" {
		m += "→" + d.Link
	}
	return m
}

func TestEveryAudienceOfTheSeedsGetsTheSheetsItAsksFor(t *testing.T) {
	all, err := plan.ReadAudiences("../../seeds/audiences.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		r := sample()
		r.Audience = a
		r.Audience.Sections, r.Audience.Annexes = nil, nil
		_, book := compose(t, r)
		if len(a.Sheets) > 0 && (book == nil || len(book.Sheets) != len(a.Sheets)) {
			t.Errorf("%s asks for %v and gets something else", a.Name, a.Sheets)
		}
	}
}

func TestAMonthWithoutAPaperIsEmptyAndNotZero(t *testing.T) {
	r := full()
	for _, head := range []string{"指标数", "已完成", "未报", "占比（%）", "完成率（%）"} {
		if d := cell(t, r, "月度走势", 1, head); d != (digest.Datum{}) {
			t.Errorf("%s of a month without a paper is %+v", head, d)
		}
	}
	if d := cell(t, r, "月度走势", 2, "未报"); d.Number != "0" {
		t.Errorf("none missing is %+v, want 0", d)
	}
	if d := cell(t, r, "逐月进度", 0, "2025-02"); d != (digest.Datum{}) {
		t.Errorf("a light of a month without a paper is %+v", d)
	}
}

func TestAUnitThatOwedNothingHasNoQuality(t *testing.T) {
	r := full()
	for _, head := range []string{"首报数据", "一次通过", "一次通过率（%）", "更正", "其中截止后", "近十二个月应报",
		"其中按时", "按时率（%）", "参评指标", "严重滞后", "名次"} {
		if d := cell(t, r, "单位报送", 2, head); d != (digest.Datum{}) {
			t.Errorf("%s of such a unit is %+v", head, d)
		}
	}
	if d := cell(t, r, "单位报送", 0, "一次通过率（%）"); d.Number != "75.0" {
		t.Errorf("3 of 4 is %+v", d)
	}
}

func TestALineOfWhichNothingIsKnownHasNoNumber(t *testing.T) {
	r := full()
	r.Lines = []digest.Line{{ID: "T01-1", Light: "far_behind", LightWord: "严重滞后", Unit: "区残联",
		Kind: "cumulative", Trail: make([]digest.Step, 3)}}
	_, book := compose(t, r)
	for _, s := range book.Sheets {
		if s.Name != "指标台账" && s.Name != "滞后清单" && s.Name != "逐月进度" {
			continue
		}
		for i, d := range s.Rows[0] {
			if d.Number != "" && s.Columns[i].Head != "序号" {
				t.Errorf("%s says %s: %s", s.Name, s.Columns[i].Head, d.Number)
			}
		}
	}
}

func TestNumbersAreWrittenAsTheirMeasureIs(t *testing.T) {
	for _, c := range []struct{ measure, value, target, number, format, due string }{
		{"人", "6400", "12000", "6400", "#,##0", "#,##0"},
		{"户", "12.5", "30", "12.5", "#,##0.0", "#,##0"},
		{"%", "88", "90", "88", "0.0", "0.0"},
		{"%", "98.25", "90", "98.25", "0.00", "0.0"},
		{"公里", "12.345", "20.5", "12.35", "#,##0.00", "#,##0.0"},
	} {
		r := full()
		l := &r.Lines[1]
		l.Measure, l.Value, l.TargetValue, l.Expected = c.measure, c.value, c.target, "15"
		if c.measure != "%" {
			l.Expected = "15.33333333"
		}
		d := cell(t, r, "指标台账", 1, "完成情况")
		if d.Number != c.number || d.Format != c.format {
			t.Errorf("%s%s is %+v", c.value, c.measure, d)
		}
		if d := cell(t, r, "指标台账", 1, "应完成"); d.Format != c.due {
			t.Errorf("what is due of %s%s is written as %s", c.target, c.measure, d.Format)
		}
	}
}

func TestWithoutTalliesTheLinesAreCounted(t *testing.T) {
	r := full()
	row := func() []digest.Datum {
		_, book := compose(t, r)
		return book.Sheets[0].Rows[0]
	}
	counted := row()
	r.Tallies = []digest.Tally{{Lines: 6}, {Name: "促进高质量充分就业", Lines: 6, Indicators: 6, Works: 1,
		Lights: map[string]int{"done": 1, "on_time": 1, "behind": 1, "far_behind": 1, "missing": 1,
			"pending": 1}, Done: "73.7", Due: "75"}}
	if d := cmp.Diff(row(), counted); d != "" {
		t.Errorf("told and counted (-told +counted):\n%s", d)
	}
	_, book := compose(t, r)
	if last := book.Sheets[0].Rows[1][0].Text; last != "合计" || len(book.Sheets[0].Rows) != 2 {
		t.Errorf("the last row is %q", last)
	}
}

func TestAUnitsOwnBookNamesTheUnit(t *testing.T) {
	r := full()
	r.For = "区人社局"
	_, book := compose(t, r)
	for _, s := range book.Sheets {
		if strings.Count(s.Title, r.For) != 1 {
			t.Errorf("the title of %s is %q", s.Name, s.Title)
		}
	}
}

func TestSourcesLeadBackToTheLedger(t *testing.T) {
	r := full()
	if d := cell(t, r, "数据来源", 0, "编号"); d.Link != "指标台账!A5" {
		t.Errorf("the source leads to %q", d.Link)
	}
	if d := cell(t, r, "指标台账", 1, "来源"); d.Link != "数据来源!A4" {
		t.Errorf("the line leads to %q", d.Link)
	}
}

func TestWhatIsLookedIntoIsOneOfFour(t *testing.T) {
	once := digest.Revision{Before: "1人", After: "2人", At: "2025-04-03T08:00:00+08:00"}
	late := once
	late.Late = true
	for _, c := range []struct {
		line digest.Line
		want []string
	}{
		{digest.Line{}, nil},
		{digest.Line{Revisions: []digest.Revision{once}}, nil},
		{digest.Line{Revisions: []digest.Revision{late}}, []string{"截止后改数"}},
		{digest.Line{Revisions: []digest.Revision{once, late}}, []string{"多次更正", "截止后改数、多次更正"}},
		{digest.Line{Lowerings: []digest.Lowering{{Before: "2人", After: "1人"}}}, []string{"目标下调"}},
		{digest.Line{RedMonths: 2}, nil},
		{digest.Line{RedMonths: 3}, []string{"连续严重滞后"}},
	} {
		r := full()
		r.Lines = []digest.Line{c.line}
		r.Audience.Sheets = []string{"accountable"}
		_, book := compose(t, r)
		var got []string
		for i := range book.Sheets[0].Rows {
			got = append(got, cell(t, r, "追责核查清单", i, "情形").Text)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%+v (-want +got):\n%s", c.line, d)
		}
	}
}
