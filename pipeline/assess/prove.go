package assess

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"
	"unicode"
	"unicode/utf8"

	"duban/pipeline/plan"
)

// An office's wording is tried out before it is used: every part of it with
// figures of every shape. Whatever is wrong is said at once, in Chinese, with
// its line and how to mend it.

// fragments are the parts that others are put together from; alone among all
// they may print nothing.
var fragments = []string{
	"as_of", "late", "total", "count", "level", "pair", "verdict", "begun", "matter", "latest",
}

// phrases are the prefixes of the parts that print words without an end mark;
// what is neither prints a sentence.
var phrases = []string{"brief_", "rule_", "lag", "change_"}

// ProveWords reports what is wrong with an office's wording: nil, or a
// *plan.FilesError whose problems give line, part, fault and remedy in Chinese.
func ProveWords(text string) error {
	text = strings.TrimPrefix(text, byteOrderMark)
	p := proof{text: text}
	if at := notUTF8(text); at >= 0 {
		p.add(1+strings.Count(text[:at], "\n"), "有不认识的字：请把文件另存为UTF-8编码")
		return p.err()
	}
	own, err := template.New("sentence").Parse(text)
	if err != nil {
		p.unreadable(err)
		return p.err()
	}
	if t := own.Lookup("sentence"); t != nil && !parse.IsEmptyTree(t.Root) {
		p.add(p.line(t), "这里的文字不在任何{{define}}部分之内，不会印出来：请移到所属的部分里，或删去")
	}
	if p.words, err = overlay(text); err != nil {
		p.unreadable(err)
		return p.err()
	}
	for _, t := range own.Templates() {
		if t.Name() != "sentence" {
			p.part(t)
		}
	}
	return p.err()
}

// proof gathers what is wrong with a wording.
type proof struct {
	text  string
	words *template.Template // the whole wording, with the office's parts
	found []plan.Problem
}

func (p *proof) add(line int, format string, args ...any) {
	problem := plan.Problem{File: "sentence.txt", Line: max(line, 1),
		Message: fmt.Sprintf(format, args...)}
	if !slices.Contains(p.found, problem) {
		p.found = append(p.found, problem)
	}
}

func (p *proof) err() error {
	if len(p.found) == 0 {
		return nil
	}
	slices.SortStableFunc(p.found, func(a, b plan.Problem) int { return cmp.Compare(a.Line, b.Line) })
	return &plan.FilesError{Problems: p.found}
}

// notUTF8 is where the text stops being UTF-8; -1 when it never does.
func notUTF8(text string) int {
	for i, r := range text {
		if _, size := utf8.DecodeRuneInString(text[i:]); r == utf8.RuneError && size == 1 {
			return i
		}
	}
	return -1
}

// line is the line that a part, or the text outside of any, begins on.
func (p *proof) line(t *template.Template) int {
	at := len(p.text)
	for _, n := range t.Root.Nodes {
		if !parse.IsEmptyTree(n) {
			at = int(n.Position())
			at += strings.IndexFunc(p.text[at:], func(r rune) bool { return !unicode.IsSpace(r) })
			break
		}
	}
	if define := strings.LastIndex(p.text[:at], `"`+t.Name()+`"`); define >= 0 {
		at = define
	}
	return 1 + strings.Count(p.text[:at], "\n")
}

// part tries one part out.
func (p *proof) part(t *template.Template) {
	line, name := p.line(t), t.Name()
	if builtIn().parts.Lookup(name) == nil {
		p.add(line, "“%s”：没有这个部分，写了用不到。请照程序自带的文字核对部分的名称", name)
		return
	}
	if parse.IsEmptyTree(t.Root) {
		p.add(line, "“%s”：这个部分是空的。要用程序自带的文字，请把整个部分删去", name)
		return
	}
	for _, v := range samples() {
		var b strings.Builder
		if err := p.words.ExecuteTemplate(&b, name, v); err != nil {
			p.failed(line, name, err)
			return
		}
		if fault := faultOf(name, b.String()); fault != "" {
			p.add(line, "“%s”：%s", name, fault)
			return
		}
	}
}

// faultOf is what is wrong with what a part printed; "" when nothing is.
func faultOf(name, said string) string {
	phrase := slices.ContainsFunc(phrases, func(s string) bool { return strings.HasPrefix(name, s) })
	fragment := slices.Contains(fragments, name)
	switch {
	case strings.ContainsAny(said, "\r\n"):
		return "印出来分成了几行，请把整个部分写成一行"
	case fragment:
		return ""
	case strings.TrimSpace(said) == "":
		return "有的情形下印出来是空的，请至少写一个总会印出来的词"
	case phrase && endMark.MatchString(said):
		return "印出来是“" + said + "”，这一部分末尾不要加标点，请删去"
	case !phrase && !strings.HasSuffix(said, "。"):
		return "印出来是“" + said + "”，末尾请加句号“。”"
	}
	return ""
}

var (
	atLine  = regexp.MustCompile(`^template: [^:]*:(\d+)(?::\d+)?: (.*)$`)
	inPart  = regexp.MustCompile(`^executing "([^"]*)" at <[^>]*>: (.*)$`)
	noItem  = regexp.MustCompile(`can't evaluate field (\S+) in type`)
	noPart  = regexp.MustCompile(`template "([^"]*)" not defined`)
	noWord  = regexp.MustCompile(`function "([^"]*)" not defined`)
	endMark = regexp.MustCompile(`[。，；、！.,;]$`)
	doubled = regexp.MustCompile(`multiple definition of template "([^"]*)"`)
)

// unreadable notes an error of reading the wording.
func (p *proof) unreadable(err error) {
	line, what := located(err, 1)
	switch {
	case noWord.MatchString(what):
		p.add(line, "不认识“%s”：项的名称前要有一个点，如{{.Name}}；其余请照程序自带的文字写",
			noWord.FindStringSubmatch(what)[1])
	case doubled.MatchString(what):
		p.add(line, "“%s”这个部分写了两次：请删去一个", doubled.FindStringSubmatch(what)[1])
	default:
		p.add(line, "读不懂（%s）：请检查{{和}}是否成对、每个{{define}}和{{if}}后面是否有{{end}}、"+
			"引号是否为英文引号，或照程序自带的文字改回", what)
	}
}

// failed notes an error of trying a part out.
func (p *proof) failed(line int, name string, err error) {
	line, what := located(err, line)
	if m := inPart.FindStringSubmatch(what); m != nil {
		name, what = m[1], m[2]
	}
	switch {
	case noItem.MatchString(what):
		p.add(line, "“%s”：没有.%s这一项，可用的项见程序自带的文字开头的说明", name,
			noItem.FindStringSubmatch(what)[1])
	case noPart.MatchString(what):
		p.add(line, "“%s”：引用的“%s”这个部分没有，请照程序自带的文字核对名称", name,
			noPart.FindStringSubmatch(what)[1])
	default:
		p.add(line, "“%s”：用不了（%s），请照程序自带的文字改回", name, what)
	}
}

// located splits the line off a template's error.
func located(err error, otherwise int) (line int, what string) {
	m := atLine.FindStringSubmatch(err.Error())
	if m == nil {
		return otherwise, err.Error()
	}
	line, _ = strconv.Atoi(m[1])
	return line, m[2]
}

// samples are views of every shape: with all items and with only those that are
// always there, and each of the yes-or-no items turned the other way.
func samples() []*view {
	bare := view{Name: "新增就业", AsOf: "3月底", Value: "1人", Target: "2人", Word: "目标", Month: 3,
		Done: "50.0", Due: "75.0", Gap: "1人", Threshold: "80", Deadline: "2025年12月",
		NameA: "甲", ValueA: "1人", NameB: "乙", ValueB: "2人", Progress: "推进中", Way: "增加",
		Than: "同比", Span: "2月", Reason: "目标待定", Closed: "2025年2月", Document: "1号",
		Elapsed: "75.0", Planned: "2025年3月31日", Latest: "累计1人"}
	full := bare
	full.Window, full.Actual, full.Expected = "本年", "2025年3月1日", "2025年4月"
	full.Overdue, full.Older, full.Quarterly, full.ZeroReport = 3, true, true, true
	full.Reached, full.NotStarted, full.TimeUp, full.Estimate = true, true, true, true
	poor := bare
	poor.Planned, poor.Latest, poor.Done, poor.Target = "", "", "", ""
	out := []*view{&bare, &full, &poor}
	for _, turn := range []func(v *view){
		func(v *view) { v.Older = !v.Older }, func(v *view) { v.Quarterly = !v.Quarterly },
		func(v *view) { v.ZeroReport = !v.ZeroReport }, func(v *view) { v.Reached = !v.Reached },
		func(v *view) { v.NotStarted = !v.NotStarted }, func(v *view) { v.TimeUp = !v.TimeUp },
		func(v *view) { v.Estimate = !v.Estimate }, func(v *view) { v.Overdue = 3 - v.Overdue },
	} {
		a, b := bare, full
		turn(&a)
		turn(&b)
		out = append(out, &a, &b)
	}
	return out
}
