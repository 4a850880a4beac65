package plan_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"duban/pipeline/plan"
)

func asked(t *testing.T) plan.Asked {
	return plan.Asked{Kind: plan.ChangeTarget, ID: "T01-1", From: month(t, "2025-07"),
		Document: "云督〔2025〕8号", Target: "130", Why: "上级下达，'十四五'任务增加", By: "王敏"}
}

const wantRow = `  - from: 2025-07
    document: '云督〔2025〕8号'
    kind: target
    indicator: T01-1
    target: 130
    why: '上级下达，''十四五''任务增加'
    by: '王敏'
`

// with asks for one more adjustment and returns the files by name.
func with(t *testing.T, m fstest.MapFS, a plan.Asked) (*plan.Plan, map[string]string) {
	t.Helper()
	p, files, err := plan.With(m, "plan.yaml", a, []byte("# 说明\nadjustments:\n"))
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, f := range files {
		texts[f.Name] = string(f.Text)
		m[f.Name] = &fstest.MapFile{Data: f.Text}
	}
	if again, err := plan.Load(m, "plan.yaml"); err != nil || again.Version != p.Version {
		t.Errorf("what was written is not what was proven: %v", err)
	}
	return p, texts
}

func TestTheFirstAdjustmentMakesItsFileAndNamesIt(t *testing.T) {
	m := copyFS(t, os.DirFS(small))
	p, texts := with(t, m, asked(t))
	if d := cmp.Diff("# 说明\nadjustments:\n"+wantRow, texts["adjustments.yaml"]); d != "" {
		t.Errorf("want -, got +:\n%s", d)
	}
	if !strings.HasSuffix(texts["plan.yaml"], "numbers: numbers.yaml\nadjustments: adjustments.yaml\n") {
		t.Errorf("plan.yaml: %s", texts["plan.yaml"])
	}
	if p.Version != "small-1+1" || p.Adjustments[0].By != "王敏" ||
		p.Adjustments[0].Why != "上级下达，'十四五'任务增加" {
		t.Errorf("%s: %+v", p.Version, p.Adjustments[0])
	}
}

func TestARowGoesBehindWhatTheFileHolds(t *testing.T) {
	for name, text := range map[string]string{
		"nothing yet":             "# 说明\n\nadjustments:\n",
		"an empty list":           "# 说明\nadjustments: []\n",
		"no line end":             "adjustments:",
		"a row, and a comment":    "adjustments:\n  - {from: 2025-03, document: 甲, kind: dropped, indicator: T01-2, why: 乙} # 丙\n# 丁\n",
		"rows that stand farther": "adjustments:\n      - from: 2025-03\n        document: 甲\n        kind: dropped\n        indicator: T01-2\n        why: 乙\n",
		"rows that stand out":     "adjustments:\n- from: 2025-03\n  document: 甲\n  kind: dropped\n  indicator: T01-2\n  why: 乙\n",
		"another system's lines":  "# 说明\r\nadjustments:\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			m := copyFS(t, os.DirFS(small))
			spoil(t, m, "plan.yaml", "numbers: numbers.yaml", "numbers: numbers.yaml\nadjustments: own.yaml")
			m["own.yaml"] = &fstest.MapFile{Data: []byte(text)}
			_, texts := with(t, m, asked(t))
			kept := strings.TrimSpace(strings.Replace(text, " []", "", 1))
			if got := texts["own.yaml"]; len(texts) != 1 || !strings.HasPrefix(got, kept) {
				t.Errorf("what stood there does not stand there now:\n%s", got)
			}
		})
	}
}

func TestEachKindIsWrittenAsItIsRead(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*plan.Asked)
		text   string
	}{
		"phases": {func(a *plan.Asked) { a.Phases = []string{"2025-12=70"} },
			"目标由120个调整为130个（云督〔2025〕8号）"},
		"words": {func(a *plan.Asked) { a.AsWritten = "130个以上" }, "目标由120个调整为130个以上（云督〔2025〕8号）"},
		"due": {func(a *plan.Asked) { a.Kind, a.Target, a.Due = plan.ChangeDue, "", month(t, "2026-06") },
			"完成时限由2026年12月调整为2026年6月（云督〔2025〕8号）"},
		"reporters": {func(a *plan.Asked) {
			a.Kind, a.Target, a.Reporters = plan.ChangeReporters, "", []string{"区城管局", "jt"}
		}, "报送单位由区交通局调整为区城市管理局、区交通局（云督〔2025〕8号）"},
		"dropped": {func(a *plan.Asked) { a.Kind, a.Target = plan.Drop, "" },
			"取消，不再列入（云督〔2025〕8号）"},
		"new": {func(a *plan.Asked) {
			a.Kind, a.Target, a.ID = plan.AddIndicator, "", ""
			a.New = "# 照抄\r\n  - id: T01-4\r\n    name: 改造站台\r\n    quote: 改造站台30个\r\n" +
				"    kind: cumulative\r\n    measure: 个\r\n    target: 30\r\n    phases:\r\n" +
				"      - {month: 2025-12, target: 10}\r\n"
		}, "新增指标，目标为30个（云督〔2025〕8号）"},
	} {
		t.Run(name, func(t *testing.T) {
			a := asked(t)
			x.change(&a)
			p, _ := with(t, copyFS(t, os.DirFS(small)), a)
			if got := p.Adjustments[0].Text(); got != x.text {
				t.Errorf("%s, want %s", got, x.text)
			}
		})
	}
}

func TestWhatIsWrongWithAnAskedAdjustmentIsSaid(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*plan.Asked)
		reason string
	}{
		"no number":  {func(a *plan.Asked) { a.Target = "130个" }, "“130个”不是数"},
		"no such":    {func(a *plan.Asked) { a.ID = "T09-9" }, "没有编号为T09-9的指标"},
		"the same":   {func(a *plan.Asked) { a.Target = "120" }, "前后是一样的"},
		"no unit":    {func(a *plan.Asked) { a.Kind, a.Reporters = plan.ChangeReporters, []string{"区水务局"} }, "区水务局"},
		"no words":   {func(a *plan.Asked) { a.Document = "" }, "缺少文号"},
		"not a file": {func(a *plan.Asked) { a.Kind, a.New = plan.AddIndicator, "一段话" }, "应写成“项目名: 内容”"},
	} {
		t.Run(name, func(t *testing.T) {
			a := asked(t)
			x.change(&a)
			_, _, err := plan.With(copyFS(t, os.DirFS(small)), "plan.yaml", a, nil)
			var reasons *plan.AskedError
			if !errors.As(err, &reasons) || !strings.Contains(err.Error(), x.reason) {
				t.Errorf("%T: %v", err, err)
			}
		})
	}
}
