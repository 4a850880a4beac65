package check

import (
	"fmt"
	"slices"

	"duban/pipeline/plan"
)

// firm are the checks whose severity is no matter of choice: what they find
// leaves no file, no owner or no value to take.
func firm(c *Check) bool {
	return c.Refuses || c.Quarantines || c.Identity || slices.Contains([]*Check{
		errorValue, formulaWithoutValue, notANumber, notADate, unknownStateWord,
		unknownProgressWord, divideByZero, requiredCellEmpty,
	}, c)
}

// severity is what a finding of the check costs in this submission's month.
func (s *Submission) severity(c *Check) plan.Severity {
	if s.Severity != nil && !firm(c) {
		if v, ok := s.Severity(c.Code, s.Month); ok {
			return v
		}
	}
	return c.Severity
}

// InForce is what a finding of the check costs in a month under the plan's
// rules.
func (c *Check) InForce(p *plan.Plan, m plan.Month) plan.Severity {
	return (&Submission{Month: m, Severity: p.RuleSeverity}).severity(c)
}

// ProveRules checks the plan's rules against the catalogue: a rule of a check
// there is not, or whose severity is fixed, is a *plan.FilesError.
func ProveRules(p *plan.Plan) error {
	var problems []plan.Problem
	bad := func(r plan.Rule, format string, args ...any) {
		problems = append(problems, plan.Problem{File: r.File, Line: r.Line,
			Message: fmt.Sprintf(format, args...)})
	}
	for _, r := range p.Rules {
		i := slices.IndexFunc(Catalogue, func(c *Check) bool { return c.Code == r.Code })
		switch {
		case i < 0:
			bad(r, "没有代码为“%s”的审核规则：请改为 duban checks 列出的代码", r.Code)
		case firm(Catalogue[i]) && r.Severity != Catalogue[i].Severity:
			bad(r, "规则%s查出的是收不了的文件或读不出的数，只能是“%s”：请删去这一行",
				r.Code, Catalogue[i].Severity.Chinese())
		}
	}
	if problems == nil {
		return nil
	}
	return &plan.FilesError{Problems: problems}
}
