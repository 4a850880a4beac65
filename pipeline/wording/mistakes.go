package wording

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Error is everything wrong with a text.
type Error struct {
	File   string
	Faults []Fault
}

// Fault is one thing wrong: where it is, what it is and how to mend it.
type Fault struct {
	Line int    `json:"line"`
	Part string `json:"part,omitempty"` // "" outside of any
	What string `json:"what"`
}

// String is 第3行，“overall”部分：….
func (f Fault) String() string {
	where := fmt.Sprintf("第%d行", max(f.Line, 1))
	if f.Part != "" {
		where += "，“" + f.Part + "”部分"
	}
	return where + "：" + f.What
}

// Error is one fault a line, in the order of the text.
func (e *Error) Error() string {
	lines := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		lines[i] = f.String()
	}
	return strings.Join(lines, "\n")
}

// refuse is nil when there are no faults.
func (f *File) refuse(faults ...Fault) error {
	if len(faults) == 0 {
		return nil
	}
	slices.SortStableFunc(faults, func(a, b Fault) int { return cmp.Compare(a.Line, b.Line) })
	return &Error{f.Name, slices.Compact(faults)}
}

// complaint is a kind of message of text/template and what it means.
type complaint struct {
	pattern *regexp.Regexp
	meaning string // $1 is what the pattern found, $F what a part may call
}

// complaints is every kind. The first that matches counts.
var complaints = []complaint{
	{regexp.MustCompile(`function "(.*)" not defined`),
		"没有“$1”这个办法：只能用 $F；若是项的名称，前面要加点"},
	{regexp.MustCompile(`unclosed action|unexpected "\{" in`), "大括号没有关上：每个 {{ 都要有对应的 }}"},
	{regexp.MustCompile(`unclosed comment|comment ends before closing delimiter`),
		"说明没有关上：说明要写成 {{/* … */}}"},
	{regexp.MustCompile(`unexpected EOF`), "缺少 {{end}}：每个 if、range、define 都要有对应的 {{end}}"},
	{regexp.MustCompile(`unexpected \{\{end\}\}`),
		"多了一个 {{end}}：请删去，或补上它前面的 if、range、define"},
	{regexp.MustCompile(`unexpected \{\{else\}\}`), "多了一个 {{else}}：它要写在 if 和 end 之间"},
	{regexp.MustCompile(`unexpected "\}" in|U\+007D`), "大括号不成对：开头是 {{，结尾是 }}"},
	{regexp.MustCompile(`unterminated quoted string`),
		"双引号没有成对：大括号里的文字两边都要加英文双引号"},
	{regexp.MustCompile(`(?:unrecognized character in action:|bad character) U\+[0-9A-F]+ '(.*)'`),
		"大括号里不能用“$1”：请关上大括号 }}，或把标点改成英文半角的"},
	{regexp.MustCompile(`undefined variable "(.*)"`), "没有“$1”这个代号：它只能用在 range 和对应的 end 之间"},
	{regexp.MustCompile(`missing value for (\w+)`), "$1 后面要写项的名称，如 {{$1 .Unit}}"},
	{regexp.MustCompile(`(?:multiple |re)definition of template "(.*)"`), "“$1”这一部分写了两次：请只留一个"},
	{regexp.MustCompile(`template "([^"]*)" not defined`), "引用的“$1”这一部分没有写：请补上，或改正名称"},
	{regexp.MustCompile(`unexpected <define>|unexpected \{\{define\}\}`),
		"这里不能开始新的部分：上一部分缺少 {{end}}"},
	{regexp.MustCompile(`wrong number of args for (\w+)`), "$1 后面的项多了或少了：请照样例写"},
	{regexp.MustCompile(`range can't iterate over|to iterate over`), notAList},
	{regexp.MustCompile(`can't evaluate field (\w+) in type`), "没有“.$1”这一项"},
	{regexp.MustCompile(`incompatible types for comparison|error calling (?:eq|ne|gt|lt|ge|le)`),
		"比较的两边不是一类：数目只能与数目比，文字只能与文字比"},
	{regexp.MustCompile(`wrong type for value|expected (?:int|string)|error calling (\w+)`),
		"$1后面的项用得不对：数目、文字、一串名称各有各的写法，请照样例写"},
}

const notAList = "range 后面要写一串的项，如 .Units"

// Explain is what an error of text/template means, without its place.
func Explain(err error) string { return (&File{}).explain(err) }

func (f *File) explain(err error) string {
	message := err.Error()
	for _, x := range complaints {
		if m := x.pattern.FindStringSubmatchIndex(message); m != nil {
			said := strings.ReplaceAll(x.meaning, "$1", "${1}")
			said = strings.ReplaceAll(said, "$F", f.callable())
			return string(x.pattern.ExpandString(nil, said, message, m))
		}
	}
	if m := place.FindStringSubmatch(message); m != nil {
		message = m[3]
	}
	return "写法不对，请照样例改正（" + message + "）"
}

// callable lists what a part may call.
func (f *File) callable() string {
	names := slices.Sorted(maps.Keys(f.Functions))
	return strings.Join(append(names, "if", "range", "with", "len", "eq", "ne", "gt", "lt", "and",
		"or", "not"), "、")
}

// place finds text and line in a message of text/template.
var place = regexp.MustCompile(`template: ([^:]*):(\d+):(?:\d+:)? ?(.*)`)

// fault says an error of text/template in Chinese, with its place. One in the
// program's own text has no line.
func (f *File) fault(text string, err error) Fault {
	found := Fault{What: f.explain(err)}
	m := place.FindStringSubmatch(err.Error())
	if m == nil || m[1] == ownName {
		return found
	}
	found.Line, _ = strconv.Atoi(m[2])
	// What is lacking is found lacking behind the last line.
	found.Line = min(found.Line, 1+strings.Count(strings.TrimRight(text, " \t\n"), "\n"))
	if strings.Contains(m[3], "<define>") || strings.Contains(m[3], "{{define") {
		found.Line-- // it is the part before that is open
	}
	found.Part = partAt(text, found.Line)
	return found
}
