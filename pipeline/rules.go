package pipeline

import (
	"os"
	"path/filepath"
	"time"

	"duban/pipeline/check"
	"duban/pipeline/plan"
	"duban/pipeline/schedule"
)

// Rule is one check as the catalogue prints it.
type Rule struct {
	Code     string        `json:"code"`
	Severity plan.Severity `json:"severity"` // in force
	Title    string        `json:"title"`
	Text     string        `json:"text"`
	// Catalogue is the severity without the workspace's rules.
	Catalogue plan.Severity `json:"catalogue_severity"`
}

// Rules lists the catalogue of checks.
func Rules() []Rule {
	var rules []Rule
	for _, c := range check.Catalogue {
		rules = append(rules, Rule{c.Code, c.Severity, c.Title, c.Text, c.Severity})
	}
	return rules
}

// RulesIn lists the catalogue with the severities in force for a month's forms
// in the workspace in dir, this month's when m is zero; outside a workspace, as
// the catalogue has it.
func RulesIn(dir string, m plan.Month) ([]Rule, error) {
	rules := Rules()
	if _, err := os.Stat(filepath.Join(dir, "duban.yaml")); err != nil {
		return rules, nil
	}
	p, err := PlanOf(dir)
	if err != nil {
		return nil, err
	}
	if m == 0 {
		m = plan.MonthAt(time.Now().In(schedule.Zone))
	}
	for i, c := range check.Catalogue {
		rules[i].Severity = c.InForce(p, m)
	}
	return rules, nil
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

// RuleNamed finds a check of the catalogue by its code.
func RuleNamed(code string) (Rule, error) { return RuleAmong(Rules(), code) }

// RuleAmong finds a check by its code.
func RuleAmong(rules []Rule, code string) (Rule, error) {
	for _, r := range rules {
		if r.Code == code {
			return r, nil
		}
	}
	return Rule{}, &UserError{What: "没有代码为 " + code + " 的审核规则",
		Fix: "用 duban checks 列出全部规则。"}
}

// ReadPlan reads a plan file and proves it, the severities of its rules too.
func ReadPlan(name string) (*plan.Plan, error) {
	p, err := plan.Read(name)
	if err != nil {
		return nil, err
	}
	if err := check.ProveRules(p); err != nil {
		return nil, err
	}
	return p, nil
}
