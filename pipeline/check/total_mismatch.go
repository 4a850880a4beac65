package check

import (
	"fmt"

	"duban/pipeline/plan"
)

var totalMismatch = &Check{
	Code: "total-mismatch", Severity: plan.Reject,
	Title: "累计数不等于上次累计加本月新增",
	Text: "累计数应当等于上次已收下的累计数加上本月新增。上次的数未知时不作核对；" +
		"中间有月份没有报送的，只核对不少于两数之和。怎样改：请核对本月新增和累计数，改正填错的一个；" +
		"上次的数有误的，请先更正上次的填报表。",
	Row: func(r *Row) []plan.Finding {
		f := r.Figure
		last, m := r.lastTotal()
		sum := last.Add(f.Added)
		if !r.counts() || r.Opening || !r.says() || !sum.Known() || !f.Total.Known() ||
			f.Total.Equal(sum) || !r.follows(m) && f.Total.Cmp(sum) > 0 {
			return nil
		}
		return r.one(plan.ColTotal, fmt.Sprintf("%s不符：%s累计%s，本月新增%s，应为%s，填报%s。",
			r.where(plan.ColTotal), r.monthWord(m), r.amount(last), r.amount(f.Added),
			r.amount(sum), r.amount(f.Total)),
			fmt.Sprintf("请核对本月新增和累计数；本月新增无误的，累计数请填%s。", sum))
	},
}
