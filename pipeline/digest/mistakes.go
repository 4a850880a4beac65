package digest

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"text/template"
)

// text/template says in English what is wrong with a wording; an office reads
// it in Chinese, with the part, the line and how to mend it.

// complaints is every kind of message and what it means.
var complaints = []struct {
	pattern *regexp.Regexp
	meaning string // $1 is what the pattern found
}{
	{regexp.MustCompile(`function "(.*)" not defined`),
		"没有“$1”这个办法：只能用 join、few、count、ordinal、quote 和 if、range、with、len、eq、ne、gt、lt、and、or、not；" +
			"若是项的名称，前面要加点"},
	{regexp.MustCompile(`unclosed action|unexpected "\{" in`),
		"大括号没有关上：每个 {{ 都要有对应的 }}"},
	{regexp.MustCompile(`unclosed comment|comment ends before closing delimiter`),
		"说明没有关上：说明要写成 {{/* … */}}"},
	{regexp.MustCompile(`unexpected EOF`), "缺少 {{end}}：每个 if、range、define 都要有对应的 {{end}}"},
	{regexp.MustCompile(`unexpected \{\{end\}\}`), "多了一个 {{end}}：请删去，或补上它前面的 if、range、define"},
	{regexp.MustCompile(`unexpected \{\{else\}\}`), "多了一个 {{else}}：它要写在 if 和 end 之间"},
	{regexp.MustCompile(`unexpected "\}" in`), "大括号不成对：开头是 {{，结尾是 }}"},
	{regexp.MustCompile(`unterminated quoted string`), "双引号没有成对：大括号里的文字两边都要加英文双引号"},
	{regexp.MustCompile(`(?:unrecognized character in action:|bad character) U\+[0-9A-F]+ '(.*)'`),
		"大括号里不能用“$1”：请关上大括号 }}，或把标点改成英文半角的"},
	{regexp.MustCompile(`exceeded maximum template depth`), "这一部分引用了自己：请删去引用自己的 template"},
	{regexp.MustCompile(`undefined variable "(.*)"`), "没有“$1”这个代号：它只能用在 range 和对应的 end 之间"},
	{regexp.MustCompile(`missing value for (\w+)`), "$1 后面要写项的名称，如 {{$1 .Units}}"},
	{regexp.MustCompile(`(?:multiple |re)definition of template "(.*)"`),
		"“$1”这一部分写了两次：请只留一个"},
	{regexp.MustCompile(`template "([^"]*)" not defined`), "引用的“$1”这一部分没有写：请补上，或改正名称"},
	{regexp.MustCompile(`unexpected <define>|unexpected \{\{define\}\}`),
		"这里不能开始新的部分：上一部分缺少 {{end}}"},
	{regexp.MustCompile(`wrong number of args for (\w+)`), "$1 后面的项多了或少了：请照样例写"},
	{regexp.MustCompile(`range can't iterate over|to iterate over`), "range 后面要写一串的项，如 .Units"},
	{regexp.MustCompile(`can't evaluate field (\w+) in type`), "没有“.$1”这一项"},
	{regexp.MustCompile(`incompatible types for comparison|error calling (?:eq|ne|gt|lt|ge|le)`),
		"比较的两边不是一类：数目只能与数目比，文字只能与文字比"},
	{regexp.MustCompile(`wrong type for value|expected (?:int|string)|error calling (\w+)`),
		"$1后面的项用得不对：数目、文字、一串名称各有各的写法，请照样例写"},
}

// place finds the line in a message of text/template.
var place = regexp.MustCompile(`template: ` + wordsName + `:(\d+)`)

// fault says an error of the template in Chinese.
func fault(text string, err error) error {
	line := 0
	if m := place.FindStringSubmatch(err.Error()); m != nil {
		fmt.Sscan(m[1], &line)
	}
	where := ""
	if line > 0 {
		where = fmt.Sprintf("第%d行", line)
		if strings.Contains(err.Error(), "<define>") || strings.Contains(err.Error(), "{{define") {
			line-- // it is the part before that is open
		}
		if name := partAt(text, line); name != "" {
			where = fmt.Sprintf("“%s”部分（第%d行）", name, line)
		}
	}
	return errors.New(where + "：" + meaning(err.Error()))
}

func meaning(message string) string {
	for _, x := range complaints {
		m := x.pattern.FindStringSubmatchIndex(message)
		if m != nil {
			said := strings.ReplaceAll(x.meaning, "$1", "${1}")
			return string(x.pattern.ExpandString(nil, said, message, m))
		}
	}
	_, tail, _ := strings.Cut(message, wordsName+":")
	return "写法不对，请照样例改正（" + tail + "）"
}

var define = regexp.MustCompile(`\{\{-?\s*define\s+"([^"]*)"`)

// partAt is the part that a line lies in.
func partAt(text string, line int) string {
	name := ""
	for i, s := range strings.Split(text, "\n") {
		if i >= line {
			break
		}
		if m := define.FindAllStringSubmatch(s, -1); m != nil {
			name = m[len(m)-1][1]
		}
	}
	return name
}

// lineOf is the line in which a part begins; 0 when it is not there.
func lineOf(text, name string) int {
	for i, s := range strings.Split(text, "\n") {
		for _, m := range define.FindAllStringSubmatch(s, -1) {
			if m[1] == name {
				return i + 1
			}
		}
	}
	return 0
}

// misspelt points to a part that nothing asks for and whose name is much like
// the one that is missing.
func misspelt(t *template.Template, name string) string {
	var near []string
	for _, x := range t.Templates() {
		if _, known := partNamed(x.Name()); !known && alike(x.Name(), name) {
			near = append(near, x.Name())
		}
	}
	if len(near) == 0 {
		return ""
	}
	return fmt.Sprintf("（或者把“%s”改名为“%s”）", slices.Min(near), name)
}

// alike reports whether two names differ in at most two characters.
func alike(a, b string) bool {
	if len(a) > len(b)+2 || len(b) > len(a)+2 {
		return false
	}
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	j := 0
	for j < min(len(a), len(b))-i && a[len(a)-1-j] == b[len(b)-1-j] {
		j++
	}
	return max(len(a), len(b))-i-j <= 2
}
