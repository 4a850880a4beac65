package digest_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duban/pipeline/digest"
	"duban/pipeline/plan"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sample is a small report with one line of every light.
func sample() *digest.Report {
	line := func(id, name, unit, light, word, value, done, sentence string) digest.Line {
		return digest.Line{ID: id, Name: name, Item: strings.Split(id, "-")[0], Sort: "task",
			ItemTitle: "强化就业优先政策", Field: "促进高质量充分就业", UnitCode: "u" + unit, Unit: unit,
			Measure: "人", Target: "1.2万人以上", TargetValue: "12000", Due: "2025-12",
			Kind: "cumulative", State: "已报", Value: value, Done: done, DuePercent: "75",
			Gap: "", Light: light, LightWord: word, Sentence: sentence}
	}
	lines := []digest.Line{
		line("T01-1", "城镇新增就业人数", "区人社局", "far_behind", "严重滞后", "6400", "53.33333333",
			"截至3月底，城镇新增就业人数累计完成6400人，完成目标的53.3%，低于序时进度21.7个百分点。"),
		line("T01-2", "稳定岗位", "区人社局", "behind", "滞后", "7900", "65.8",
			"截至3月底，稳定岗位累计完成7900人，完成目标的65.8%，低于序时进度9.2个百分点。"),
		line("T01-3", "解决用工缺口", "区人社局", "on_time", "达到序时", "9100", "75.8",
			"截至3月底，解决用工缺口累计完成9100人，完成目标的75.8%，高于序时进度0.8个百分点。"),
		line("T01-4", "培育带头人", "区财政局", "done", "已完成", "12000", "100",
			"截至3月底，培育带头人累计完成12000人，完成目标的100.0%，已完成目标。"),
		line("T01-5", "带动就业", "区残联", "missing", "未报", "", "",
			"带动就业3月未报送。"),
		line("T01-6", "优良天数", "区财政局", "pending", "待定", "80", "", "截至3月底，优良天数80人，目标待定。"),
	}
	lines[0].Gap, lines[1].Gap = "-21.66666667", "-9.2"
	lines[0].Remark = "受冬季影响，进度偏慢。已制定措施"
	lines[4].State = "未报"
	lines[5].Target, lines[5].TargetValue, lines[5].Reason = "目标待定", "", "目标待定"
	goal := digest.Line{ID: "G01-1", Name: "城镇新增就业人数", Item: "G01", Sort: "goal",
		ItemTitle: "就业更充分", Field: "促进高质量充分就业", Target: "不少于1.2万人", Light: "pending",
		LightWord: "待定", Reason: "未明确责任单位", Sentence: "城镇新增就业人数未明确责任单位，暂不研判。"}
	return &digest.Report{
		Audience: plan.Audience{Name: "督查考核", Form: "通报", Cut: "all",
			Title: "关于{{.Month}}{{.Subject}}推进情况的通报",
			Sections: []string{"opening", "corrections", "overall", "fields", "practical", "lagging",
				"reporting", "conflicts", "rulings", "demands"},
			Annexes: []string{"indicators", "units"},
			Sheets:  []string{"overview", "indicators", "lagging", "units", "sources"}},
		PlanTitle: "民生实施方案", PlanVersion: "1", Month: "2025-03", Edition: 1,
		Number: "云政督〔2025〕3号", MadeAt: "2025-04-08T09:00:00+08:00",
		Deadline:     "2025-04-07T18:00:00+08:00",
		NextDeadline: "2025-04-15T18:00:00+08:00",
		Office: digest.Office{Name: "云溪区督查室", Mark: "云溪区人民政府督查通报", Organ: "云溪区督查室",
			Recipient: "各单位", Printer: "云溪区督查室"},
		Fields: []string{"促进高质量充分就业"}, Goals: 1, Tasks: 2,
		Lines: append([]digest.Line{goal}, lines...),
		Works: []digest.Work{{Item: "T02", Sort: "task", Title: "完善公共服务",
			Field: "促进高质量充分就业", UnitCode: "u1", Unit: "区人社局", State: "已报",
			Progress: "推进中", Remark: "已完成阶段性工作。"}},
		Units: []digest.UnitLine{
			{Code: "a", Name: "区人社局", State: "有疑问待说明", OnTime: "按时",
				ReceivedAt: "2025-04-02T10:00:00+08:00", Due: 4, Taken: 4, Queries: 1, Versions: 2},
			{Code: "b", Name: "区财政局", State: "通过", OnTime: "迟报",
				ReceivedAt: "2025-04-09T10:00:00+08:00", Due: 2, Taken: 2, Versions: 1},
			{Code: "c", Name: "区残联", State: "未报", Due: 1},
		},
		Program: "test",
	}
}

func TestThePaperSaysWhatTheReportHolds(t *testing.T) {
	paper, book := compose(t, sample())
	golden(t, "paper.txt", paperText(paper))
	golden(t, "book.txt", bookText(book))
}

func TestASecondEditionSaysWhatChanged(t *testing.T) {
	r := sample()
	r.Edition, r.Previous = 2, "云政督〔2025〕3号"
	r.Changes = []digest.Change{{ID: "T01-5", Name: "带动就业", Unit: "区残联", What: "数据",
		Before: "未报", After: "900人", Cause: "补报"}}
	paper, _ := compose(t, r)
	text := paperText(paper)
	for _, want := range []string{"（第2版）", "云政督〔2025〕3号", "带动就业（T01-5） | 区残联 | 数据 | 未报 | 900人 | 补报"} {
		if !strings.Contains(text, want) {
			t.Errorf("the second edition does not say %q:\n%s", want, text)
		}
	}
}

func TestAShortListOfChangesStandsInThePaperAndALongOneBehindIt(t *testing.T) {
	for _, x := range []struct {
		sections []string
		changes  int
		annex    bool
		says     string
	}{
		{[]string{"corrections"}, 0, false, "各项数据与上一版一致"},
		{[]string{"corrections"}, 8, false, "有8处变化，见下表"},
		{[]string{"corrections"}, 9, true, "有9处变化，见附件2"},
		{[]string{"order"}, 1, true, "本件为第2版，由原始报送件重新核算形成，替代云政督〔2025〕3号，与其相比有1处变化"},
	} {
		r := sample()
		r.Edition, r.Previous, r.Changes = 2, "云政督〔2025〕3号", make([]digest.Change, x.changes)
		r.Audience.Sections, r.Audience.Annexes = x.sections, []string{"units", "corrections"}
		paper, _ := compose(t, r)
		if got := len(paper.Annexes) == 2; got != x.annex {
			t.Errorf("%d changes for %v: an annex is %v", x.changes, x.sections, got)
		}
		if text := paperText(paper); !strings.Contains(text, x.says) {
			t.Errorf("%d changes for %v: %s", x.changes, x.sections, text)
		}
		for _, b := range paper.Body {
			if table, ok := b.(digest.Table); ok && x.annex {
				t.Errorf("the table stands in the paper too: %s", table.Caption)
			}
		}
		r.Edition, r.Changes = 1, nil
		if paper, _ := compose(t, r); len(paper.Annexes) != 1 {
			t.Errorf("a first edition has %d annexes", len(paper.Annexes))
		}
	}
}

func TestAnUnknownFigureIsNeverPrintedAsANumber(t *testing.T) {
	r := sample()
	for i := range r.Lines {
		r.Lines[i].Value, r.Lines[i].Done, r.Lines[i].Gap = "", "", ""
		r.Lines[i].Light, r.Lines[i].LightWord = "missing", "未报"
		r.Lines[i].Sentence, r.Lines[i].State = "", "未报"
	}
	paper, book := compose(t, r)
	for _, a := range paper.Annexes[:1] {
		for _, row := range a.Body[0].(digest.Table).Rows {
			if row[5].Text != "—" || row[6].Text != "—" {
				t.Errorf("an unknown figure is printed as %q, %q", row[5].Text, row[6].Text)
			}
		}
	}
	for _, s := range book.Sheets {
		if s.Name != "指标台账" {
			continue
		}
		for _, row := range s.Rows {
			for i, head := range s.Columns {
				if head.Head == "完成情况" && (row[i].Number != "" || row[i].Text != "") {
					t.Errorf("an unknown figure is written as %+v", row[i])
				}
			}
		}
	}
}

func TestLinksLeadToTheirSource(t *testing.T) {
	r := sample()
	r.Sources = []digest.Source{{ID: "T01-1", Unit: "区人社局", Value: "6400",
		ReceivedAt: "2025-04-02T10:00:00+08:00"}, {ID: "T01-2", Unit: "区人社局", Value: "7900",
		ReceivedAt: "2025-04-02T10:00:00+08:00"}}
	r.Lines[2].Source = 2
	_, book := compose(t, r)
	var link string
	var sources digest.Sheet
	for _, s := range book.Sheets {
		switch s.Name {
		case "指标台账":
			row := s.Rows[2]
			link = row[len(row)-1].Link
		case "数据来源":
			sources = s
		}
	}
	// Above the rows of a sheet stand its title, its notes and its head.
	want := fmt.Sprintf("数据来源!A%d", 1+len(sources.Notes)+1+2)
	if link != want {
		t.Errorf("the link leads to %s, the row is %s", link, want)
	}
}

func paperText(p *digest.Paper) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n%s\n%s：\n", p.Mark, p.Number, p.Title, p.Recipient)
	blocksText(&b, p.Body)
	fmt.Fprintf(&b, "%s\n%s\n", p.Organ, p.Date)
	for i, a := range p.Annexes {
		fmt.Fprintf(&b, "附件%d %s\n", i+1, a.Title)
		blocksText(&b, a.Body)
	}
	return b.String()
}

func blocksText(b *strings.Builder, blocks []digest.Block) {
	for _, x := range blocks {
		switch x := x.(type) {
		case digest.Heading:
			fmt.Fprintf(b, "%s %s%s\n", strings.Repeat("#", x.Level), x.Text, x.Run)
		case digest.Paragraph:
			fmt.Fprintln(b, x.Text)
		case digest.Table:
			fmt.Fprintf(b, "[%s]\n%s\n", x.Caption, headText(x.Columns))
			for _, row := range x.Rows {
				var cells []string
				for _, c := range row {
					cells = append(cells, c.Text+sparkText(c.Spark))
				}
				fmt.Fprintln(b, strings.Join(cells, " | "))
			}
		case digest.Bars:
			fmt.Fprintf(b, "[%s]\n", x.Caption)
			for _, bar := range x.Bars {
				fmt.Fprintf(b, "%s | %v | %s\n", bar.Label, bar.Known, bar.Display)
			}
		case digest.Strip:
			fmt.Fprintf(b, "[%s] %s\n", x.Caption, strings.Join(x.Months, " "))
			for _, row := range x.Rows {
				fmt.Fprintf(b, "%s | %s\n", row.Label, strings.Join(row.Lights, " "))
			}
		}
	}
}

func headText(columns []digest.Column) string {
	var heads []string
	for _, c := range columns {
		heads = append(heads, c.Head)
	}
	return strings.Join(heads, " ｜ ")
}

// sparkText writes a drawn line as its known values, · for a gap.
func sparkText(spots []digest.Spot) string {
	var s strings.Builder
	for _, x := range spots {
		if x.Known {
			s.WriteString(fmt.Sprintf("%g ", x.Value))
		} else {
			s.WriteString("· ")
		}
	}
	return strings.TrimSpace(s.String())
}

func bookText(book *digest.Book) string {
	var b strings.Builder
	for _, s := range book.Sheets {
		fmt.Fprintf(&b, "[%s] %s\n%s\n", s.Name, s.Title, strings.Join(s.Notes, "\n"))
		for _, c := range s.Columns {
			fmt.Fprintf(&b, "%s | ", c.Head)
		}
		fmt.Fprintln(&b)
		for _, row := range s.Rows {
			for _, d := range row {
				fmt.Fprintf(&b, "%s%s | ", d.Text, d.Number)
			}
			fmt.Fprintln(&b)
		}
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
