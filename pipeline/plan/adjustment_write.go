package plan

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// Rules of this file:
//  - a row is put behind what the administrator's file holds, which is otherwise
//    left as it is, comments and all;
//  - nothing is written here: the new texts are proven, and handed back.

// Asked is an adjustment as somebody asks for it: texts, of which nothing is
// proven yet. What its kind does not take is "".
type Asked struct {
	Kind                        AdjustmentKind
	ID                          string // may be left to New
	From                        Month
	Document, Why, By           string
	Target, AsWritten, Baseline string
	Measure                     string
	Phases                      []string // 2025-12=60
	Due                         Month
	Reporters                   []string
	New                         string // the new indicator, as a plan file writes one
}

// File is a plan file with a new text. Name is relative to the plan's folder.
type File struct {
	Name string
	Text []byte
}

// AskedError says why an adjustment that was asked for cannot be taken: one
// reason a line, in Chinese.
type AskedError struct{ Reasons []string }

// Error is one reason a line.
func (e *AskedError) Error() string { return strings.Join(e.Reasons, "\n") }

// With proves the plan file called name in fsys with one more adjustment, and
// returns the plan and the files as they should be written. header begins the
// file of adjustments where there is none yet. What is wrong with the
// adjustment is an *AskedError, with the files a *FilesError.
func With(fsys fs.FS, name string, asked Asked, header []byte) (*Plan, []File, error) {
	before, err := Load(fsys, name)
	if err != nil {
		return nil, nil, err
	}
	files, from, err := appended(fsys, name, asked, header)
	if err != nil {
		return nil, nil, err
	}
	over := overlay{fsys, map[string][]byte{}}
	for _, f := range files {
		over.own[path.Join(path.Dir(name), f.Name)] = f.Text
	}
	p, err := Load(over, name)
	if err != nil {
		return nil, nil, reasons(err, path.Join(path.Dir(name), files[0].Name), from)
	}
	if len(p.Adjustments) != len(before.Adjustments)+1 {
		return nil, nil, &AskedError{[]string{files[0].Name + " 的末尾接不上新的一条：请核对文件末尾的写法"}}
	}
	return p, files, nil
}

// reasons are the faults of the row that begins at a line, without the place,
// which is nowhere yet. Other faults stay what they are.
func reasons(err error, file string, from int) error {
	files, ok := err.(*FilesError)
	if !ok {
		return err
	}
	asked := &AskedError{}
	for _, p := range files.Problems {
		if p.File == file && p.Line >= from {
			asked.Reasons = append(asked.Reasons, p.Message)
		}
	}
	if len(asked.Reasons) < len(files.Problems) {
		return err
	}
	return asked
}

// appended is the file of adjustments with one more row, and plan.yaml where it
// does not name one yet; from is the line of the row.
func appended(fsys fs.FS, name string, asked Asked, header []byte) (
	files []File, from int, err error) {
	main, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, 0, err
	}
	own := "adjustments.yaml"
	named := keyOf(string(main), "adjustments")
	if named != nil && named.kind == scalarNode {
		own = named.text
	}
	text := header
	if b, err := fs.ReadFile(fsys, path.Join(path.Dir(name), own)); err == nil {
		text = b
	}
	s, indent, err := open(own, string(text))
	if err != nil {
		return nil, 0, err
	}
	files = []File{{own, []byte(s + asked.row(indent))}}
	if named == nil || named.kind == nullNode {
		line := regexp.MustCompile(`(?m)^adjustments:[ \t]*(#.*)?$\n?`)
		s := ended(line.ReplaceAllString(string(main), ""))
		files = append(files, File{path.Base(name), []byte(s + "adjustments: " + own + "\n")})
	}
	return files, 1 + strings.Count(s, "\n"), nil
}

// keyOf is the value of a key of a file's mapping; nil when it has none.
func keyOf(text, key string) *node {
	root := parseNode("", strings.TrimPrefix(text, "\ufeff"), &report{})
	if root == nil {
		return nil
	}
	for _, k := range root.keys {
		if k.name == key {
			return k.value
		}
	}
	return nil
}

var (
	rowStart  = regexp.MustCompile(`^( *)- `)
	emptyList = regexp.MustCompile(`(?m)^(adjustments:)[ \t]*\[[ \t]*\]`)
)

// open is the text of a file of adjustments to which a row may be appended, and
// how far its rows stand in.
func open(file, text string) (string, string, error) {
	text = ended(text)
	list := keyOf(text, "adjustments")
	switch {
	case list == nil:
		return text + "adjustments:\n", "  ", nil
	case list.kind == nullNode:
		return text, "  ", nil
	case len(list.items) == 0:
		return emptyList.ReplaceAllString(text, "$1"), "  ", nil
	}
	line := strings.Split(text, "\n")[list.items[0].line-1]
	m := rowStart.FindStringSubmatch(line)
	if m == nil {
		return "", "", &AskedError{[]string{
			file + " 的各条不是每条另起一行、以“- ”开头：请先改成那样，再登记"}}
	}
	return text, m[1], nil
}

// ended is a text whose last line is one.
func ended(text string) string {
	if text == "" || strings.HasSuffix(text, "\n") {
		return text
	}
	return text + "\n"
}

// row is the adjustment as the file writes it, set in by indent.
func (a Asked) row(indent string) string {
	var b strings.Builder
	line := func(key, value string) {
		lead := indent + "  "
		if b.Len() == 0 {
			lead = indent + "- "
		}
		if value != "" {
			b.WriteString(lead + key + ": " + value + "\n")
		}
	}
	line("from", a.From.String())
	for _, x := range []struct{ key, value string }{
		{"document", a.Document}, {"kind", string(a.Kind)}, {"indicator", a.ID},
		{"target", a.Target}, {"target_as_written", a.AsWritten}, {"baseline", a.Baseline},
		{"measure", a.Measure}, {"due", a.Due.String()},
	} {
		line(x.key, scalar(x.value))
	}
	line("phases", a.phases())
	if len(a.Reporters) > 0 {
		names := make([]string, len(a.Reporters))
		for i, name := range a.Reporters {
			names[i] = scalar(name)
		}
		line("reporters", "["+strings.Join(names, ", ")+"]")
	}
	if a.New != "" {
		b.WriteString(indent + "  new:\n" + setIn(a.New, indent+"    "))
	}
	line("why", scalar(a.Why))
	line("by", scalar(a.By))
	return b.String()
}

func (a Asked) phases() string {
	var all []string
	for _, ph := range a.Phases {
		month, target, _ := strings.Cut(ph, "=")
		all = append(all, fmt.Sprintf("{month: %s, target: %s}", scalar(month), scalar(target)))
	}
	if all == nil {
		return ""
	}
	return "[" + strings.Join(all, ", ") + "]"
}

var plain = regexp.MustCompile(`^(?:[0-9]+(?:[.-][0-9]+)*|[a-zA-Z][0-9]+(?:-[0-9]+)?|` +
	`target|due|reporters|new|dropped|external)$`)

// scalar writes a text as YAML reads it back; "" stays "".
func scalar(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" || plain.MatchString(s) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// setIn shifts the lines of a mapping to stand under its key, also where it is
// written as a row of a list.
func setIn(text, indent string) string {
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	var lines []string
	deep := -1
	for line := range strings.SplitSeq(text, "\n") {
		bare := strings.TrimSpace(line)
		if bare == "" || bare[0] == '#' {
			continue
		}
		if deep < 0 {
			if m := rowStart.FindStringSubmatch(line); m != nil {
				line = m[1] + "  " + line[len(m[0]):]
			}
			deep = len(line) - len(strings.TrimLeft(line, " "))
		}
		lines = append(lines, indent+strings.TrimPrefix(line, strings.Repeat(" ", deep)))
	}
	return strings.Join(lines, "\n") + "\n"
}

// overlay is a folder with some of its files replaced.
type overlay struct {
	fs.FS
	own map[string][]byte
}

// ReadFile reads a file, the new text where there is one.
func (o overlay) ReadFile(name string) ([]byte, error) {
	if b, ok := o.own[name]; ok {
		return b, nil
	}
	return fs.ReadFile(o.FS, name)
}
