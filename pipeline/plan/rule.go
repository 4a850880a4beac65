package plan

// Rule is what a check costs from a month on. The office decides it, so it is
// data: a rule that is new begins as a 提示, and costs more once the units have
// seen it; an old month keeps what was in force then. A check without a row
// costs what its catalogue says.
type Rule struct {
	Code     string
	Severity Severity
	From     Month
	File     string // where the row stands, for those who know the codes
	Line     int
}

// RuleSeverity is the severity in force for a month's forms; false when no row
// speaks of the check, or none yet.
func (p *Plan) RuleSeverity(code string, m Month) (Severity, bool) {
	var latest Rule
	found := false
	for _, r := range p.Rules {
		if r.Code == code && r.From <= m && (!found || r.From > latest.From) {
			latest, found = r, true
		}
	}
	return latest.Severity, found
}

// severityWords are how a row may name a severity.
var severityWords = map[string]Severity{
	"reject": Reject, "退回": Reject,
	"query": Query, "存疑": Query,
	"note": Note, "提示": Note,
}

// ruleAt owns the place of a rule: its turn in the list.
type ruleAt int

// rulesFile reads what the checks cost.
func (l *loader) rulesFile(from, name string, line int) {
	r, root := l.file(from, l.beside(name), line)
	if root == nil {
		return
	}
	r.mapping(root, "规则文件", &l.plan.Rules, map[string]take{
		"rules": r.list("规则（rules）", func(n *node) {
			rule := Rule{File: r.file, Line: n.line}
			r.mapping(n, "规则", ruleAt(len(l.plan.Rules)), map[string]take{
				"code": r.text(&rule.Code),
				"from": r.month(&rule.From),
				"severity": r.scalar(func(n *node, s string) {
					var ok bool
					if rule.Severity, ok = severityWords[s]; !ok {
						r.bad(n, "严重程度“%s”不认识：请改为 reject（退回）、query（存疑）、note（提示）之一", s)
					}
				}),
			})
			l.plan.Rules = append(l.plan.Rules, rule)
		}),
	})
}

// proveRules checks what can be said without knowing the checks themselves.
func (l *loader) proveRules() {
	type key struct {
		code string
		from Month
	}
	seen := map[key]bool{}
	for i, r := range l.plan.Rules {
		k := key{r.Code, r.From}
		switch at := ruleAt(i); {
		case r.Code == "":
			l.fault(at, "code", "规则缺少代码（code）：请补上，代码可用 duban checks 列出")
		case r.From == 0:
			l.fault(at, "from", "规则%s缺少生效月份（from）：请写成 2025-03 的形式", r.Code)
		case r.Severity == "":
			l.fault(at, "severity", "规则%s缺少严重程度（severity）：请写 reject（退回）、query（存疑）或 note（提示）", r.Code)
		case seen[k]:
			l.fault(at, "from", "规则%s从%s起的严重程度写了两次：请删去一处", r.Code, r.From)
		default:
			seen[k] = true
		}
	}
}
