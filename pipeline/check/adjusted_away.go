package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var adjustedAway = &Check{
	Code: "adjusted-away", Severity: plan.Note, Identity: true,
	Title: "计划调整后不再填报",
	Text: "这一行的指标因计划调整已经取消，或者改由别的单位报送，本单位从生效的报送期起不再填报。" +
		"填报表是调整以前下发的，所以还有这一行；这一行的数据不用，其他各行照常办理。" +
		"怎样改：不用改。以后请用新下发的填报表。",
	Row: func(r *Row) []plan.Finding {
		if r.away == nil {
			return nil
		}
		what := "不再列入"
		if r.away.Kind == plan.ChangeReporters {
			what = "改由" + r.away.After() + "报送"
		}
		return r.atID(fmt.Sprintf("“%s”自%s起%s（%s），本行数据没有采用。", r.away.Name(),
			r.away.From.Chinese(), what, r.away.Document), "不用改；以后请用新下发的填报表。")
	},
}
