package plan_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duban/pipeline/plan"
)

func TestTheBuiltInAudiencesAreProven(t *testing.T) {
	all, err := plan.ReadAudiences(filepath.Join("..", "..", "seeds", "audiences.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, a := range all {
		names = append(names, a.Name)
	}
	if got, want := strings.Join(names, "、"), "督查考核、领导、纪委监委、审计、巡察、责任单位"; got != want {
		t.Errorf("audiences %s, want %s", got, want)
	}
}

func TestWhatIsWrongWithAnAudienceIsSaidWithItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"audiences:\n  - name: 甲\n    form: 通报\n    title: 题\n    cut: all\n":            "2: 受众“甲”缺少文件名",
		"audiences:\n  - {name: 甲, file: 甲, form: 通报, title: 题, cut: all, colour: red}":  "没有“colour”这一项",
		"audiences:\n  - {name: 甲, file: 甲, form: 通报, title: 题, cut: all, numbering: 本}": "编号方式“本”",
		"audiences:\n  - {name: 甲, file: 甲, form: 通报, title: 题, cut: all}\n" +
			"  - {name: 乙, file: 甲, form: 通报, title: 题, cut: all}": "3: 受众“乙”的名称或文件名",
		"audiences:\n  - {name: 甲, file: 甲, form: 通报, title: 题, cut: all, copies: 多}": "“多”不是个数",
		"audiences:\n  - {name: 甲, file: 甲, form: 通报, title: 题, cut: all, sealed: 盖}": "应写 true（是）或 false（否）",
		"audiences:\n  - {name: ../甲, file: 甲, form: 通报, title: 题, cut: all}":         "“../甲”含有不能用作",
		"audiences:\n  - {name: 甲, file: 甲/乙, form: 通报, title: 题, cut: all}":          "“甲/乙”含有不能用作",
		"audiences:\n  - {name: 甲, file: 甲, form: 通报, title: \"题\\u202E\", cut: all}": "看不见的字符（U+202E）",
		"audiences: []": "没有任何受众",
	} {
		name := filepath.Join(t.TempDir(), "audiences.yaml")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := plan.ReadAudiences(name)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want it to say %q", text, err, want)
		}
	}
}

func TestANumberIsPrintedAsItsPaperHasIt(t *testing.T) {
	paper := plan.Audience{Numbering: plan.NumberedPapers}
	issue := plan.Audience{Numbering: plan.NumberedIssues}
	for _, x := range []struct{ got, want string }{
		{paper.NumberText("振政督", 2025, 3), "振政督〔2025〕3号"},
		{issue.NumberText("督查专报", 2025, 3), "第3期"},
		{paper.NumberText("振政督", 2025, 0), ""},
	} {
		if x.got != x.want {
			t.Errorf("%s, want %s", x.got, x.want)
		}
	}
}
