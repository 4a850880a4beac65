package plan_test

import (
	"testing"

	"duban/pipeline/plan"
)

func TestWordsOfAForm(t *testing.T) {
	for _, c := range []struct {
		ind          plan.Indicator
		name, target string
	}{
		{plan.Indicator{Name: "城镇新增就业", Target: plan.Int(12000), AsWritten: "1.2万人以上"},
			"城镇新增就业", "1.2万人以上"},
		{plan.Indicator{Name: "基地", Objects: []string{"汤池", "浪头"}, Target: plan.Int(2),
			Measure: "个"}, "基地（汤池、浪头）", "2个"},
		{plan.Indicator{Name: "河流、湖库整治", Objects: []string{"河流", "湖库"}, External: true,
			AsWritten: "达到省定要求"}, "河流、湖库整治", "目标待定"},
		{plan.Indicator{Name: "收入比", ValueNames: [2]string{"城镇", "农村"}, AsWritten: "1:1.2"},
			"收入比\n数值A：城镇\n数值B：农村", "1:1.2"},
		{plan.Indicator{Name: "浓度"}, "浓度", "目标待定"},
	} {
		if got := c.ind.NameText(); got != c.name {
			t.Errorf("name %q, want %q", got, c.name)
		}
		if got := c.ind.TargetText(); got != c.target {
			t.Errorf("target %q, want %q", got, c.target)
		}
	}
}
