package digest

import (
	"fmt"
	"reflect"
	"strings"
	"text/template"

	"duban/pipeline/wording"
	"duban/templates"
)

// Code decides which facts are said and in what order; it hands plain values to
// a part of the wording, and the part words them. A part's lines are joined:
// where a line is broken means nothing. Nothing unknown is handed over as a
// number: it is "".

// Words is the wording of the papers.
type Words struct{ *wording.Words }

// file is the wording with what it has of its own.
var file = &wording.File{Name: "digest.txt", Own: templates.Digest, Parts: proven(),
	Functions: template.FuncMap{
		"join": join, "few": few, "count": counted, "ordinal": chineseNumber, "quote": quoted,
	}}

// ParseWords reads a wording. The parts it leaves out keep the program's words.
// The error is a *wording.Error; whether the parts say what they must is for
// ProveWords.
func ParseWords(text string) (*Words, error) {
	w, err := file.Parse(text)
	if err != nil {
		return nil, err
	}
	return &Words{w}, nil
}

// ProveWords reports what is wrong with a wording: nil, or a *wording.Error.
func ProveWords(text string) error { return file.Prove(text) }

// proven is the parts as they are proven: only with everything known must one
// say all it has.
func proven() []wording.Part {
	var all []wording.Part
	for _, p := range parts {
		all = append(all, wording.Part{Name: p.name, Items: p.items,
			Must: func(said string, full bool) string {
				if !full {
					return ""
				}
				return p.must(oneLine(said))
			}})
	}
	return all
}

// must is what is wrong with what a part said; "" when nothing is.
func (p part) must(said string) string {
	n := strings.Count(said, "|") + 1
	switch {
	case said == "":
		return "什么也没有说：请把文字补上"
	case p.columns > 0 && n != p.columns:
		return fmt.Sprintf("应有%d个列名，写了%d个：列名之间用半角的“|”隔开", p.columns, n)
	}
	return ""
}

// say executes a part. Heads of other columns than the paper has give way to
// the program's own.
func (w *Words) say(name string, items any) (string, error) {
	p, known := partNamed(name)
	if !known || reflect.TypeOf(p.items) != reflect.TypeOf(items) {
		return "", fmt.Errorf("digest: part %s has no row for %T", name, items)
	}
	s, err := w.Say(name, items)
	if p.columns > 0 && strings.Count(s, "|")+1 != p.columns { // of an older program
		s, err = file.BuiltIn().Say(name, items)
	}
	return oneLine(s), err
}

// oneLine joins the lines of a part.
func oneLine(s string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		b.WriteString(strings.Trim(line, " \t\r"))
	}
	return b.String()
}
