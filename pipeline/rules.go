package pipeline

import (
	"duban/pipeline/check"
	"duban/pipeline/plan"
)

// Rule is one check as the catalogue prints it.
type Rule struct {
	Code     string        `json:"code"`
	Severity plan.Severity `json:"severity"`
	Title    string        `json:"title"`
	Text     string        `json:"text"`
}

// Rules lists the catalogue of checks.
func Rules() []Rule {
	var rules []Rule
	for _, c := range check.Catalogue {
		rules = append(rules, Rule{c.Code, c.Severity, c.Title, c.Text})
	}
	return rules
}

// mayWaiveRule reports whether the office may waive a check.
func mayWaiveRule(code string) bool {
	for _, c := range check.Catalogue {
		if c.Code == code {
			return c.MayWaive()
		}
	}
	return false
}

// RuleNamed finds a check by its code.
func RuleNamed(code string) (Rule, error) {
	for _, r := range Rules() {
		if r.Code == code {
			return r, nil
		}
	}
	return Rule{}, &UserError{What: "没有代码为 " + code + " 的审核规则",
		Fix: "用 duban checks 列出全部规则。"}
}
