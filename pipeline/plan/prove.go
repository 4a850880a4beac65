package plan

import (
	"regexp"
	"slices"
	"strings"
)

// Rules of the proof:
//  - a plan is taken whole or not at all; each fault names its file and line
//    and says how to mend it;
//  - every id, code and name means one thing;
//  - every quote stands in its item, every item in the notice (prove_notice.go);
//  - what the notice leaves open is marked so: no target without a word why.

// at is where a key stands; where its owner begins when the key is not given.
func (l *loader) at(owner any, key string) position {
	if p, ok := l.places[place{owner, key}]; ok {
		return p
	}
	return l.places[place{owner, ""}]
}

// fault notes a problem at a key of something in the plan; where the line
// could not be read in the first place, that has been said.
func (l *loader) fault(owner any, key, format string, args ...any) {
	if p := l.at(owner, key); !l.misread[p] {
		l.add(p.file, p.line, format, args...)
	}
}

// prove checks the whole plan.
func (l *loader) prove() {
	l.misread = map[position]bool{}
	for _, p := range l.problems {
		l.misread[position{p.File, p.Line}] = true
	}
	l.provePlan()
	l.proveUnits()
	l.proveItems()
	l.proveIndicators()
	l.proveSameAs()
	l.provePartOf()
	l.proveRules()
	l.proveAdjustments()
	if l.notice != "" {
		l.proveNotice()
	}
}

func (l *loader) provePlan() {
	p := l.plan
	if p.Version == "" {
		l.fault(p, "version", "缺少版本（version）：请写上，如 '2024-1'")
	}
	if p.Title == "" {
		l.fault(p, "title", "缺少标题（title）：请照通知写上")
	}
	if p.Issued.IsZero() {
		l.fault(p, "issued", "缺少印发日期（issued）：请写成 2024-03-08 的形式")
	}
	if p.From == 0 || p.To == 0 {
		l.fault(p, "period", "缺少起止月份（period）：请写上 from 和 to，如 2023-01、2025-12")
	} else if p.From > p.To {
		l.fault(p, "period", "起始月%s晚于截止月%s：请对调或改正", p.From, p.To)
	}
	for i, f := range p.Fields {
		if slices.Contains(p.Fields[:i], f) {
			l.fault(p, "fields", "领域“%s”写了两次：请删去一个", f)
		}
	}
}

var codeShape = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)

func (l *loader) proveUnits() {
	owner := map[string]*Unit{} // of a code, name, alias, mail address or domain
	claim := func(u *Unit, key, word, what string) {
		first, taken := owner[what+word]
		switch {
		case !taken:
			owner[what+word] = u
		case first == u:
			l.fault(u, key, "“%s”在同一单位中写了两次：请删去一个", word)
		default:
			l.fault(u, key, "“%s”已属于“%s”，不能再指“%s”：请删去或改正其中一处",
				word, first.Name, u.Name)
		}
	}
	for _, u := range l.plan.Units {
		if !codeShape.MatchString(u.Code) {
			l.fault(u, "code", "单位代码“%s”不合规定：请用小写字母开头，只含小写字母、数字和-", u.Code)
		} else {
			claim(u, "code", u.Code, "")
		}
		if u.Name == "" {
			l.fault(u, "name", "单位缺少规范全称（name）：请补上")
		}
		for i, name := range append([]string{u.Name}, u.Aliases...) {
			key := "name"
			if i > 0 {
				key = "aliases"
			}
			if why := unfit(name); why != "" {
				l.fault(u, key, "单位名称“%s”%s", name, why)
			} else if name != "" {
				claim(u, key, name, "")
			}
		}
		for _, m := range u.Mail {
			if box, host, ok := strings.Cut(m, "@"); !ok || box == "" || host == "" {
				l.fault(u, "mail", "“%s”不是邮箱地址：请写成 名称@域名 的形式", m)
			}
			claim(u, "mail", strings.ToLower(m), "mail ")
		}
		for _, d := range u.Domains {
			if strings.Contains(d, "@") || !strings.Contains(d, ".") {
				l.fault(u, "domains", "“%s”不是邮箱域名：请只写@后面的部分", d)
			}
			claim(u, "domains", strings.ToLower(d), "domain ")
		}
	}
}

var itemShape = map[Sort]*regexp.Regexp{
	Goal:  regexp.MustCompile(`^G[0-9]{2,3}$`),
	Task:  regexp.MustCompile(`^T[0-9]{2,3}$`),
	Annex: regexp.MustCompile(`^A[0-9]{2,3}$`),
}

func (l *loader) proveItems() {
	seen := map[string]bool{}
	for _, it := range l.plan.Items {
		if !itemShape[it.Sort].MatchString(it.ID) {
			l.fault(it, "id", "条目编号“%s”不合规定：总体目标写成 G01，重点任务写成 T01，实事写成 A01", it.ID)
		} else if seen[it.ID] {
			l.fault(it, "id", "条目编号%s已被前面的条目使用：请换一个编号", it.ID)
		}
		seen[it.ID] = true
		if it.Title == "" {
			l.fault(it, "title", "条目%s缺少标题（title）：请补上", it.ID)
		}
		if it.Text == "" {
			l.fault(it, "text", "条目%s缺少原文（text）：请照通知抄上", it.ID)
		}
		if it.Field != "" && !slices.Contains(l.plan.Fields, it.Field) {
			l.fault(it, "field", "条目%s的领域“%s”不在方案的领域之中：请改成方案文件 fields 中的一个",
				it.ID, it.Field)
		}
		if it.Field == "" && it.Sort == Task && len(l.plan.Fields) > 0 {
			l.fault(it, "field", "重点任务%s缺少领域（field）：请补上", it.ID)
		}
		if len(it.Leads) == 0 && it.Sort != Goal {
			l.fault(it, "leads", "条目%s没有牵头单位（leads）：请照通知补上", it.ID)
		}
	}
}

func (l *loader) proveSameAs() {
	for _, ind := range l.plan.Indicators() {
		l.proveSame(l.plan, ind)
	}
}

func (l *loader) proveSame(p *Plan, ind *Indicator) {
	for _, id := range ind.SameAs {
		if id == ind.ID || p.Indicator(id) == nil {
			l.fault(ind, "same_as", "指标%s的 same_as 指向“%s”，没有这个别的指标：请改正编号或删去",
				ind.ID, id)
		}
	}
}
