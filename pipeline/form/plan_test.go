package form_test

import (
	"time"

	"duban/pipeline/form"
	"duban/pipeline/plan"
)

var key = []byte("a key for tests only")

var beijing = time.FixedZone("CST", 8*60*60)

// smallPlan has one indicator of every kind and an item without any.
func smallPlan() *plan.Plan {
	rsj := &plan.Unit{Code: "rsj", Name: "区人力资源社会保障局", Aliases: []string{"区人社局"}}
	nyj := &plan.Unit{Code: "nyj", Name: "区农业农村局"}
	p := &plan.Plan{
		Version: "2024-1",
		Title:   "关于在振兴区全面振兴新突破三年行动中进一步保障和改善民生的实施方案",
		From:    plan.MonthOf(2023, 1), To: plan.MonthOf(2025, 12),
		Fields: []string{"促进高质量充分就业", "提高城乡居民收入"},
		Units:  []*plan.Unit{rsj, nyj},
	}
	add := func(sort plan.Sort, id, field, title string, inds ...*plan.Indicator) {
		it := &plan.Item{ID: id, Sort: sort, Field: field, Title: title,
			Leads: []*plan.Unit{rsj}, Indicators: inds}
		for _, ind := range inds {
			ind.Item, ind.Reporters = it, []*plan.Unit{rsj}
			if ind.Due == 0 {
				ind.Due = plan.MonthOf(2025, 12)
			}
		}
		p.Items = append(p.Items, it)
	}
	add(plan.Task, "T01", p.Fields[0], "强化就业优先政策",
		&plan.Indicator{ID: "T01-1", Name: "城镇新增就业", Kind: plan.Cumulative, Measure: "人",
			Target: plan.Int(12000), AsWritten: "不少于1.2万人"},
		&plan.Indicator{ID: "T01-2", Name: "“职在金秋·筑梦振兴”保用工促就业助振兴行动线上线下招聘会",
			Kind: plan.Annual, Measure: "场", Target: plan.Int(30), AsWritten: "30场以上"},
		&plan.Indicator{ID: "T01-3", Name: "零就业家庭动态清零", Kind: plan.Level, Measure: "户",
			Target: plan.Int(0), AsWritten: "动态清零", Holds: true})
	add(plan.Task, "T02", p.Fields[0], "完善公共就业服务体系",
		&plan.Indicator{ID: "T02-1", Name: "补贴性职业技能培训合格率", Kind: plan.Level,
			Measure: "%", Target: plan.Int(90), AsWritten: "90%以上"},
		&plan.Indicator{ID: "T02-2", Name: "职业技能培训基地建设", Kind: plan.Milestone,
			Measure: "项", AsWritten: "建成并投入使用", Due: plan.MonthOf(2024, 12),
			Objects: []string{"汤池基地", "浪头基地", "站前街道实训中心"}})
	add(plan.Task, "T03", p.Fields[1], "落实收入分配制度改革")
	add(plan.Task, "T04", p.Fields[1], "大力提高农民收入",
		&plan.Indicator{ID: "T04-1", Name: "新增就业岗位增长", Kind: plan.Growth, Measure: "%",
			Target: plan.Int(5), AsWritten: "增长5%以上",
			ValueNames: [2]string{"本年新增岗位数", "上年同期新增岗位数"}},
		&plan.Indicator{ID: "T04-2", Name: "城乡居民收入比", Kind: plan.Ratio, Measure: "比值",
			AsWritten:  "1:1.2（原文如此）",
			ValueNames: [2]string{"城镇居民人均可支配收入", "农村居民人均可支配收入"}},
		&plan.Indicator{ID: "T04-3", Name: "农村居民收入增速高于城镇居民收入增速",
			Kind: plan.Comparison, Measure: "%", AsWritten: "高于",
			ValueNames: [2]string{"农村居民人均可支配收入增速", "城镇居民人均可支配收入增速"}},
		&plan.Indicator{ID: "T04-4", Name: "就业补助资金支出", Kind: plan.Cumulative,
			Measure: "万元", External: true, Frequency: plan.Quarterly})
	add(plan.Annex, "A01", "", "落实各项就业创业惠民政策",
		&plan.Indicator{ID: "A01-1", Name: "援企稳岗", Kind: plan.Cumulative, Measure: "个次",
			Target: plan.Int(300), AsWritten: "300个次", Due: plan.MonthOf(2023, 12)})
	return p
}

// monthForm is the unit's form of March 2025.
func monthForm() *form.Form {
	p := smallPlan()
	f := &form.Form{
		Plan: p, Unit: p.Units[0], Month: plan.MonthOf(2025, 3), Issue: 1,
		Deadline: time.Date(2025, 4, 5, 18, 0, 0, 0, beijing), Office: "振兴区人民政府督查室",
		IssuedAt: time.Date(2025, 3, 25, 9, 0, 0, 0, beijing),
	}
	last := map[string]*plan.Figure{
		"T01-1": {Total: plan.Int(4200)}, "T02-1": {Total: mustValue("88.25")},
		"T01-3": {Total: plan.Int(0)}, "A01-1": {Total: plan.Int(260)},
		"T02-2": {Progress: plan.Underway}, "T04-4": {State: plan.NotYetOut},
		"T04-2": {A: plan.Int(21300), B: plan.Int(18100)},
	}
	for _, it := range p.Items {
		if len(it.Indicators) == 0 {
			f.Rows = append(f.Rows, form.Row{Item: it, Unit: f.Unit})
		}
		for _, ind := range it.Indicators {
			f.Rows = append(f.Rows, form.Row{Item: it, Indicator: ind, Unit: f.Unit,
				Last: last[ind.ID], NotDue: !ind.Frequency.Due(plan.MonthOf(2025, 4)),
				Overdue: ind.Due < f.Month})
		}
	}
	return f
}

// openingForm is the form of all units for the figures to begin with.
func openingForm() *form.Form {
	f := monthForm()
	f.Unit, f.Opening, f.Month = nil, true, plan.MonthOf(2024, 12)
	f.Deadline = time.Time{}
	for i := range f.Rows {
		f.Rows[i].Last, f.Rows[i].NotDue = nil, false
		f.Rows[i].Unit = f.Plan.Units[i%2]
	}
	return f
}

func mustValue(s string) plan.Value {
	v, err := plan.ParseValue(s)
	if err != nil {
		panic(err)
	}
	return v
}
