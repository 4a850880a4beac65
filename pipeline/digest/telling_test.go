package digest_test

import (
	"strings"
	"testing"

	"duban/pipeline/digest"
)

func TestGrowthStandsAtTheEndOfTheSentence(t *testing.T) {
	for _, x := range []struct {
		name string
		line digest.Line
		want string
	}{
		{"a running total: the month's own count", digest.Line{Kind: "cumulative", Shown: "6400人",
			Sentence: "截至3月底，就业人数累计完成6400人，完成目标的53.3%。", Added: "450", Measure: "人",
			OverYear: "同比增长12.5%", OverMonth: "环比下降8.0%"},
			"就业人数累计完成6400人，完成目标的53.3%；本月新增450人，同比增长12.5%，环比下降8.0%。"},
		{"a year's total: the total by the year, the month's own by the month",
			digest.Line{Kind: "annual", Shown: "49场", Sentence: "截至3月底，就业人数本年累计完成49场，完成年度目标的49.0%。",
				Added: "8", Measure: "场", OverYear: "同比增长2.0%", OverMonth: "环比持平"},
			"就业人数本年累计完成49场，完成年度目标的49.0%；同比增长2.0%；本月新增8场，环比持平。"},
		{"a rate that has not changed", digest.Line{Kind: "level", Shown: "90.0%",
			Sentence: "就业人数90.0%，保持在目标90%。", OverYear: "同比持平", OverMonth: "环比持平"},
			"就业人数90.0%，保持在目标90%；同比、环比均持平。"},
		{"an own count that is unknown", digest.Line{Kind: "annual", Shown: "49场",
			Sentence: "截至3月底，就业人数本年累计完成49场，完成年度目标的49.0%。", OverMonth: "环比持平"},
			"就业人数本年累计完成49场，完成年度目标的49.0%；本月新增环比持平。"},
		{"a zero report", digest.Line{Kind: "cumulative", State: "零报告", Shown: "5处", Added: "0",
			Sentence: "截至3月底，就业人数累计完成5处（本月零报告），完成目标的71.4%。", OverMonth: "环比下降100.0%"},
			"就业人数累计完成5处（本月零报告），完成目标的71.4%。"},
		{"a rate", digest.Line{Kind: "level", Shown: "88.0%", Sentence: "就业人数88.0%，距目标90%还差2.0个百分点。",
			Lag: "预计数", OverMonth: "环比提高0.3个百分点"},
			"就业人数88.0%（预计数），距目标90%还差2.0个百分点；环比提高0.3个百分点。"},
		{"a sentence without the figure", digest.Line{Kind: "comparison", Shown: "1.9个百分点",
			Sentence: "农村7.5%，城镇5.6%，前者高于后者，符合目标要求。", Lag: "上半年数"},
			"农村7.5%，城镇5.6%，前者高于后者，符合目标要求（上半年数）。"},
		{"an older figure whose month is said", digest.Line{Kind: "level", Shown: "6.3%", AsOf: "2024-12",
			Sentence: "截至2024年12月底，就业人数6.3%，已达到目标6%。", Lag: "2024年12月数"},
			"截至2024年12月底，就业人数6.3%，已达到目标6%。"},
	} {
		t.Run(x.name, func(t *testing.T) {
			r := sample()
			l := x.line
			l.ID, l.Item, l.Sort, l.Field = "T09-1", "T09", "task", r.Fields[0]
			l.Name, l.ItemTitle, l.Unit, l.Light = "就业人数", "任务甲", "区人社局", "on_time"
			if l.AsOf == "" {
				l.AsOf = r.Month
			}
			r.Lines = append(r.Lines, l)
			paper, _ := compose(t, r)
			if text := paperText(paper); !strings.Contains(text, "任务甲。"+x.want+"\n") {
				t.Errorf("the paper does not say %s:\n%s", x.want, text)
			}
		})
	}
}
