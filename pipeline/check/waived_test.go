package check

import (
	"strings"
	"testing"

	"duban/pipeline/plan"
)

func TestAWaivedRuleIsOnlyToldAndItsFigureTaken(t *testing.T) {
	const text = "indicator: T01-1 name=城镇新增就业 target=12000\n" +
		"history: T01-1 2025-02 added=400 total=6400\nrow: T01-1 added=-5 total=6395\n"
	before := Run(readExample(t, text).s)
	if len(before.Refused) != 1 {
		t.Fatalf("without a waiver: %+v", before)
	}
	ex := readExample(t, text)
	ex.s.Waived = func(code, id, unit string) (string, bool) {
		return "振政督〔2025〕9号", id == "T01-1" && (code == "total-fell" || code == "negative")
	}
	res := Run(ex.s)
	if len(res.Figures) != 1 {
		t.Fatalf("with a waiver: %+v", res)
	}
	told := 0
	for _, f := range res.Findings {
		if f.Severity == plan.Reject {
			t.Errorf("still refused: %+v", f)
		}
		if strings.Contains(f.Message, "已按振政督〔2025〕9号豁免") {
			told++
		}
	}
	if told == 0 {
		t.Errorf("no finding tells of the waiver: %+v", res.Findings)
	}
}

func TestWhatSettlesWhoseRowItIsCannotBeWaived(t *testing.T) {
	for _, c := range []*Check{wrongUnit, tokenAltered, foreignRow, notANumber, duplicateRow} {
		if c.MayWaive() {
			t.Errorf("%s may be waived", c.Code)
		}
	}
}
