package assess

import (
	"fmt"
	"regexp"
	"strings"

	"duban/pipeline/plan"
)

// A figure lags when it is of an older span than the digest's month; it is
// named as its frequency names its spans: 一季度数, 上半年数, 前三季度数, 全年数,
// else 2月数, with the year where that is not the digest's. A running total of
// several years is no year's, so it goes by its month. What is complete lags
// behind nothing, and a milestone's status is no figure. A figure is an
// estimate only when the unit's own words call the figure itself one.

// lag words both; "" for neither.
func (c *course) lag(a *Assessment, f *plan.Figure) string {
	if c.ind.Kind == plan.Milestone {
		return ""
	}
	v := &view{Name: c.ind.Name}
	if f.Month != c.month && !a.Complete {
		v.Span = c.span(f.Month)
	}
	v.Estimate = estimated(f.Remark)
	if v.Span == "" && !v.Estimate {
		return ""
	}
	return c.words.say("lag", v)
}

// span names the span that a figure of a month is of.
func (c *course) span(m plan.Month) string {
	year := ""
	if m.Year() != c.month.Year() {
		year = fmt.Sprintf("%d年", m.Year())
	}
	if !c.reportsMonthly() && c.ind.Kind != plan.Cumulative && c.ind.Frequency.Due(m) {
		quarters := []string{"一季度", "上半年", "前三季度", "全年"}
		if c.ind.Kind == plan.Annual && c.ind.Quarterly {
			quarters = []string{"一季度", "二季度", "三季度", "四季度"}
		}
		return year + quarters[m.Number()/3-1]
	}
	return fmt.Sprintf("%s%d月", year, m.Number())
}

// estimate is a clause that calls the figure itself an estimate, and says
// nothing else: 该数为预计数, 据初步统计, 上半年快报数. So a remark of what is
// expected to happen (预计5月开工), of another month's figure (上月为预计数) or of
// what it no longer is (不是预计数) is none.
var estimate = regexp.MustCompile(`^((情况)?说明[:：]|备注[:：])?` +
	`(据|经|根据|按|按照|以上|上述|其中)?(本|该|此|当)?` +
	`(年|月|期|季度?|全年|上半年|前三季度|[一二三四]季度|\d{1,2}月份?)?` +
	`(累计|新增|所报|填报|报送|统计)?(数据|数字|数值|数|值|指标|增速)?` +
	`(均|都|暂|仍|暂时|目前)?(为|是|系|属|属于|按|用|采用)?` +
	`(预计数|预计数据|预计值|预估数|统计快报|统计快报数|快报|快报数|快报数据|` +
	`初步核算|初步核算数|初步核算数据|初步统计|初步统计数|初步统计数据)(填报|上报|报送)?$`)

// estimated reports whether the unit's words call the figure an estimate. The
// word 预计 by itself does only where it is all that is said.
func estimated(remark string) bool {
	clauses := strings.FieldsFunc(remark, func(r rune) bool {
		return strings.ContainsRune("，。；！？,.;!?（）()【】[]“”\n\r", r)
	})
	for _, clause := range clauses {
		clause = strings.Join(strings.Fields(clause), "")
		if estimate.MatchString(clause) || clause == "预计" && len(clauses) == 1 {
			return true
		}
	}
	return false
}
