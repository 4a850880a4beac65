package check

import (
	"fmt"
	"strings"

	"duban/pipeline/plan"
)

var idAltered = &Check{
	Code: "id-altered", Severity: plan.Reject, Identity: true,
	Title: "指标编号与指标名称不符",
	Text: "这一行的编号是一个指标，名称却是另一个指标，可能是排序、复制时错了行，不能确定数据属于哪一个。" +
		"怎样改：请对照下发的原表，把编号和名称恢复到同一行，或者在新下发的表里重填这几行。",
	Row: func(r *Row) []plan.Finding {
		other := r.otherNamed()
		if other == nil {
			return nil
		}
		return r.atID(fmt.Sprintf("这一行的编号是%s“%s”，名称（%s单元格）却是%s“%s”，"+
			"不能确定数据属于哪个指标，本行没有收下。",
			r.Entry.ID, r.name(), r.Entry.Name.Address, other.ID, other.Name),
			"请对照下发的原表恢复编号和名称，或在新表里重填本行后重新报送。")
	},
}

// otherNamed is the other indicator whose name the row shows; nil when the row
// shows its own, or nobody's.
func (r *Row) otherNamed() *plan.Indicator {
	name := squeeze(r.Entry.Name.Text)
	if name == "" || r.Item == nil || r.Indicator != nil &&
		(name == squeeze(r.Indicator.NameText()) || name == squeeze(r.Indicator.Name)) {
		return nil
	}
	for _, ind := range r.Plan.Indicators() {
		short := squeeze(ind.Name) // with which NameText begins
		if ind != r.Indicator && strings.HasPrefix(name, short) &&
			(name == short || name == squeeze(ind.NameText())) {
			return ind
		}
	}
	return nil
}
