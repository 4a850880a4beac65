package check

import (
	"fmt"
	"slices"
	"strings"

	"duban/pipeline/plan"
)

var foreignRow = &Check{
	Code: "foreign-row", Severity: plan.Reject, Identity: true,
	Title: "不是本单位的指标",
	Text: "这一行的指标按实施方案由别的单位报送，本单位报来的数不收，以免两家的数互相覆盖。" +
		"怎样改：请删去这一行；认为分工有误的，请与督查考核部门联系调整实施方案的责任单位。",
	Row: func(r *Row) []plan.Finding {
		owners := r.owners()
		if r.Unit == nil || slices.Contains(owners, r.Unit) {
			return nil
		}
		by := "没有明确报送单位"
		if len(owners) > 0 {
			var names []string
			for _, u := range owners {
				names = append(names, u.Name)
			}
			by = "由" + strings.Join(names, "、") + "报送"
		}
		return r.atID(fmt.Sprintf("“%s”按实施方案%s，%s报来的数没有收下。",
			r.name(), by, r.Unit.Name),
			"请删去本行；分工有调整的，请与督查考核部门联系。")
	},
}

// owners are the units that report the row.
func (r *Row) owners() []*plan.Unit {
	if r.Indicator != nil {
		return r.Indicator.Reporters
	}
	return r.Item.Leads
}
