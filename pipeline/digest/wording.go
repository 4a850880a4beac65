package digest

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"text/template"
	"unicode/utf8"
)

// The wording is a text/template that an office may edit. Code decides which
// facts are said and in what order; it hands plain values to a part, and the
// part words them. A part's lines are joined: where a line is broken means
// nothing. Nothing unknown is handed over as a number: it is "".

// Words is the wording of the papers, parsed.
type Words struct{ parts *template.Template }

// wordsName is what the template calls itself in its own messages.
const wordsName = "digest"

// functions is what a part can call.
var functions = template.FuncMap{
	"join": join, "few": few, "count": counted, "ordinal": chineseNumber, "quote": quoted,
}

// ParseWords reads a wording. Its errors are in Chinese and name part and
// line; whether the parts say what they must is for ProveWords.
func ParseWords(text string) (*Words, error) {
	if !utf8.ValidString(text) {
		return nil, errors.New("文件不是UTF-8编码：请用记事本打开，“另存为”时编码选UTF-8")
	}
	t, err := template.New(wordsName).Funcs(functions).Parse(text)
	if err != nil {
		return nil, fault(text, err)
	}
	for _, p := range parts {
		if t.Lookup(p.name) == nil {
			return nil, fmt.Errorf("缺少“%s”这一部分：请照样例补上 {{define \"%s\"}}…{{end}}%s",
				p.name, p.name, misspelt(t, p.name))
		}
	}
	return &Words{t}, nil
}

// say executes a part.
func (w *Words) say(name string, items any) (string, error) {
	p, known := partNamed(name)
	if !known || reflect.TypeOf(p.items) != reflect.TypeOf(items) {
		return "", fmt.Errorf("digest: part %s has no row for %T", name, items)
	}
	var s strings.Builder
	if err := w.parts.ExecuteTemplate(&s, name, items); err != nil {
		return "", err
	}
	return oneLine(s.String()), nil
}

// oneLine joins the lines of a part.
func oneLine(s string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		b.WriteString(strings.Trim(line, " \t\r"))
	}
	return b.String()
}

// join sets the pause mark between names, each once; empty ones are left out.
func join(names ...any) (string, error) {
	var all []string
	for _, x := range names {
		switch x := x.(type) {
		case string:
			all = append(all, x)
		case []string:
			all = append(all, x...)
		default:
			return "", fmt.Errorf("join 只能连接文字，不能连接 %v", x)
		}
	}
	return unitNames(all), nil
}

// few names at most n and says how many there are, where there are more:
// 区甲局、区乙局等5家.
func few(n int, measure string, names []string) string {
	names = once(names)
	if len(names) <= n {
		return unitNames(names)
	}
	return fmt.Sprintf("%s等%d%s", unitNames(names[:n]), len(names), measure)
}

// counted is a number and what it counts; nothing for none.
func counted(n int, of string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d%s", n, of)
}

// quoted puts quotation marks round a text, single ones within.
func quoted(s string) string {
	return "“" + strings.NewReplacer("“", "‘", "”", "’").Replace(s) + "”"
}
