package digest_test

import (
	"strings"
	"testing"

	"duban/pipeline/digest"
)

func TestThePaperNamesExtensionsWaiversAndConflicts(t *testing.T) {
	r := sample()
	before, _ := compose(t, r)
	for _, head := range []string{"延期和豁免", "同日数据不一致"} {
		if strings.Contains(paperText(before), head) {
			t.Errorf("without any, the paper speaks of %s", head)
		}
	}
	r.Rulings = []digest.Ruling{{What: "延期", Subject: "区残联", Content: "报送截止延至2025年4月15日18:00",
		Why: "业务系统切换", Document: "振政督〔2025〕10号"}}
	r.Conflicts = []digest.Conflict{{ID: "T01-1", Name: "城镇新增就业人数", Unit: "区人社局",
		Message: "“城镇新增就业人数”同一天收到两个数。"}}
	paper, _ := compose(t, r)
	text := paperText(paper)
	for _, want := range []string{"延期和豁免事项1项", "振政督〔2025〕10号", "业务系统切换",
		"1. 区人社局：“城镇新增就业人数”同一天收到两个数。"} {
		if !strings.Contains(text, want) {
			t.Errorf("the paper does not say %s:\n%s", want, text)
		}
	}
}
