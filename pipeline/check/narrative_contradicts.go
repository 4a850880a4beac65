package check

import (
	"fmt"
	"strings"

	"duban/pipeline/plan"
)

var narrativeContradicts = &Check{
	Code: "narrative-contradicts", Severity: plan.Query, OfRemark: true,
	Title: "情况说明与填报的数对不上",
	Text: "情况说明里写着未完成、尚未启动，数却是完成了；或者写着已经完成，进展状态却是未启动。数已收下并作标记。" +
		"怎样改：请核对，改正填错的数或状态，或者把情况说明改得与数一致。",
	Row: func(r *Row) []plan.Finding {
		said := squeeze(r.cell(plan.ColRemark).Text)
		if said == "" || r.Item == nil || !r.says() && r.Figure.State != plan.ZeroReport {
			return nil
		}
		c := r.principal(r.Figure.State)
		var state, words string
		switch r.standing() {
		case standsDone:
			state, words = r.standingWords(c), sayUndone(said, r.Figure.Progress)
		case standsReached:
			state, words = r.standingWords(c), sayMissed(said)
		case standsNothing:
			state, words = r.standingWords(c), sayDone(said, r.Figure.Progress)
		}
		if words == "" {
			return nil
		}
		return r.one(plan.ColRemark, fmt.Sprintf("情况说明写着“%s”，而%s，两处对不上。", cut(words, 30), state),
			"请核对：数或状态填错的请改正；没有填错的，请把情况说明改得与数一致。")
	},
}

// stand is what a row's figures come to.
type stand int

const (
	standsBetween stand = iota
	standsNothing       // 未启动, or nothing counted so far
	standsReached       // a rate has met its target
	standsDone          // 已完成, 已验收, all that was promised is counted
)

func (r *Row) standing() stand {
	switch r.Figure.Progress {
	case plan.Completed, plan.Accepted:
		return standsDone
	case plan.NotStarted:
		return standsNothing
	}
	if r.Indicator == nil || !r.Indicator.Target.Known() {
		return standsBetween
	}
	v := r.value(r.Figure)
	switch {
	case !v.Known() || r.Indicator.Comparator != plan.AtLeast:
	case r.counts() && v.Decimal().IsZero() && positive(r.Indicator.Target):
		return standsNothing
	case r.counts() && r.reached(v),
		r.Indicator.Percent() && v.Equal(plan.Int(100)) && r.is(plan.Level):
		return standsDone
	case r.is(plan.Level) && r.reached(v):
		return standsReached
	}
	return standsBetween
}

// standingWords is how the figures stand, for the message.
func (r *Row) standingWords(c plan.Column) string {
	if r.Figure.Progress != "" {
		return r.column(plan.ColProgress) + "填的是“" + string(r.Figure.Progress) + "”"
	}
	return fmt.Sprintf("%s填报%s，目标是%s", r.column(c), r.amount(round(r.value(r.Figure))),
		r.amount(r.Indicator.Target))
}

// clauses parts a text at its punctuation.
func clauses(s string) []string {
	return strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune("，。；、,;!！?？", c) })
}

// has reports whether a text holds one of the words.
func has(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// sayUndone finds the clause that says a finished thing is not finished. What
// comes after the work itself (验收, 决算, 付款) may well be open.
func sayUndone(said string, p plan.Progress) string {
	for _, s := range clauses(said) {
		if !has(s, "未完成", "没有完成", "没完成", "未全部完成", "尚未", "未开工", "未启动", "未动工", "未实施",
			"未达标", "未达到目标", "未竣工", "未建成") || denied(s) || has(s, "以前", "上月", "去年", "上年") {
			continue
		}
		if has(s, "发现", "发生", "收到", "出现", "接到") ||
			p != plan.Accepted && has(s, "验收", "决算", "结算", "付款", "拨付", "移交", "审计", "挂牌", "办证") {
			continue
		}
		return s
	}
	return ""
}

// sayMissed finds the clause that says a target that is met is missed.
func sayMissed(said string) string {
	for _, s := range clauses(said) {
		if has(s, "未达标", "未达到目标", "没有达到目标", "未完成目标", "低于目标") && !denied(s) &&
			!has(s, "个别", "部分", "以前", "上月", "去年", "上年") {
			return s
		}
	}
	return ""
}

// sayDone finds the clause that says a thing is finished that never began. What
// comes before the work, or is still to come, is no such thing.
func sayDone(said string, p plan.Progress) string {
	for _, s := range clauses(said) {
		if !has(s, "已完成", "全部完成", "已竣工", "已建成", "已投入使用", "已启用", "已经完成", "已验收") &&
			(p != plan.NotStarted || !has(s, "已开工", "已动工", "已启动")) {
			continue
		}
		if has(s, "前期", "立项", "招标", "设计", "可研", "选址", "审批", "手续", "方案", "调研", "部署", "摸底",
			"计划", "预计", "将", "争取", "力争", "年底", "后", "若", "报批", "申报", "动员", "准备", "筹备",
			"未", "勘察", "征求", "论证", "资金", "预算", "采购", "评审", "图纸", "拆迁", "征收", "去年", "上年") {
			continue
		}
		return s
	}
	return ""
}

// denied reports whether what is undone is said not to be: 无未完成事项.
func denied(s string) bool {
	return has(s, "无未", "没有未", "不存在", "无尚未", "并非", "不是未")
}
