package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var duplicateRow = &Check{
	Code: "duplicate-row", Severity: plan.Reject, Identity: true,
	Title: "同一指标填了两行",
	Text: "同一个指标在表里出现两行，填的内容不一样，不知道以哪一行为准，两行都没有收下。" +
		"内容完全相同的两行按一行收下。怎样改：请只保留正确的一行，删去另一行后重新报送。",
	Row: func(r *Row) []plan.Finding {
		if r.twin == nil {
			return nil
		}
		return r.atID(fmt.Sprintf("“%s”（%s）在第%d行和第%d行各填了一次，内容不一致，两行都没有收下。",
			r.name(), r.Entry.ID, min(r.Entry.Row, r.twin.Entry.Row),
			max(r.Entry.Row, r.twin.Entry.Row)),
			"请只保留正确的一行，删去另一行后重新报送。")
	},
}
