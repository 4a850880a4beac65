// Package wording lets an office write the program's texts anew without a
// compiler. A text is a text/template; its parts are laid over the program's
// own, and what an office leaves out keeps the program's words. What is wrong
// with a text is said in Chinese, with its line and how to mend it.
//
// It never decides which parts are said and never holds a text: a package
// hands over its own, with the items that each part may name.
package wording

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"text/template"
	"text/template/parse"
)

// File is one text: the program's own words, and what an office may do with
// them.
type File struct {
	Name      string           // digest.txt
	Own       string           // the program's own words
	Functions template.FuncMap // what a part may call beside text/template's own
	Parts     []Part           // every part that the program says

	once  sync.Once
	words *Words
}

// Part is a part that the program says. A part that only others are put
// together from needs no row.
type Part struct {
	Name   string
	Items  any          // of the type that is handed to it; what is not set is made up
	Shapes func() []any // samples, the fullest first; nil: Shapes(Items)
	// Must is what is wrong with what a sample printed; "" when nothing is. full
	// is true for the first sample.
	Must func(said string, full bool) string
}

// Words is a text that is ready to speak. It may be used by many at once.
type Words struct {
	file   *File
	parts  *template.Template // all of them
	office *template.Template // those of the office alone; nil: none
	text   string             // the office's
}

// ownName is what the program's own text calls itself in messages.
const ownName = "own"

// BuiltIn is the program's own words.
func (f *File) BuiltIn() *Words {
	f.once.Do(func() {
		own := template.Must(template.New(ownName).Funcs(f.Functions).Parse(f.Own))
		for _, p := range f.Parts {
			if own.Lookup(p.Name) == nil {
				panic("wording: " + f.Name + " has no part " + p.Name)
			}
		}
		f.words = &Words{file: f, parts: own}
	})
	return f.words
}

// Parse reads an office's text. The error is an *Error. Whether the parts say
// what they must is for Prove.
func (f *File) Parse(text string) (*Words, error) {
	if at := notUTF8(text); at >= 0 {
		return nil, f.refuse(Fault{Line: 1 + strings.Count(text[:at], "\n"),
			What: "有不认识的字：请用记事本打开，“另存为”时编码选UTF-8"})
	}
	text = plain(text)
	office, err := template.New(f.Name).Funcs(f.Functions).Parse(text)
	if err != nil {
		return nil, f.refuse(f.fault(text, err))
	}
	w := &Words{f, template.Must(f.BuiltIn().parts.Clone()), office, text}
	for _, t := range w.written() {
		if parse.IsEmptyTree(t.Root) {
			continue
		}
		if _, err := w.parts.AddParseTree(t.Name(), t.Tree); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// written is the parts the office wrote, in the order of their names.
func (w *Words) written() []*template.Template {
	if w.office == nil {
		return nil
	}
	parts := slices.DeleteFunc(w.office.Templates(), func(t *template.Template) bool {
		return t.Name() == w.file.Name
	})
	slices.SortFunc(parts, func(a, b *template.Template) int {
		return strings.Compare(a.Name(), b.Name())
	})
	return parts
}

// Say is a part with its items. Where an office's words fail on what no sample
// foresaw, the program's own speak: a paper is never held up by its wording.
func (w *Words) Say(part string, items any) (string, error) {
	var b strings.Builder
	err := w.parts.ExecuteTemplate(&b, part, items)
	if own := w.file.BuiltIn(); err != nil && w != own {
		return own.Say(part, items)
	}
	return b.String(), err
}

// Text is all the words as one text, the program's own among them: what was
// said with them can be said again, whatever a later program says by itself.
func (w *Words) Text() string {
	var parts []string
	for _, t := range w.parts.Templates() {
		if t.Name() != ownName {
			parts = append(parts, fmt.Sprintf("{{define %q}}%s{{end}}\n", t.Name(), t.Root))
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, "")
}

// byteOrderMark is what some editors begin a file with.
const byteOrderMark = "\ufeff"

// plain is a text without the marks of the editor it was written with.
func plain(text string) string {
	return strings.ReplaceAll(strings.TrimPrefix(text, byteOrderMark), "\r\n", "\n")
}

// Editable is a text as a file to be edited: with the marks by which old editors
// of Windows know its characters and its lines.
func Editable(text string) string {
	return byteOrderMark + strings.ReplaceAll(text, "\n", "\r\n")
}
