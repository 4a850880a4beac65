package wording

import (
	"slices"
	"strings"
	"text/template/parse"
	"unicode"
)

// Prove reports what is wrong with an office's text: nil, or an *Error. Every
// part that the office's words have a share in is read, also in branches that
// are seldom reached, and tried out with its samples; of each only the first
// fault is named.
func (f *File) Prove(text string) error {
	w, err := f.Parse(text)
	if err != nil {
		return err
	}
	p := &proof{Words: w, lines: linesOf(w.text), reached: map[string]bool{}}
	p.outside()
	if len(w.written()) == 0 { // all of it is the program's own
		return f.refuse(p.faults...)
	}
	p.empty()
	for _, part := range f.Parts {
		p.part(part)
	}
	p.strangers()
	return f.refuse(p.faults...)
}

// proof gathers what is wrong with a text.
type proof struct {
	*Words
	lines   map[string]int  // in which the office's parts begin
	reached map[string]bool // parts that the program says, or that those refer to
	faults  []Fault
}

func (p *proof) add(line int, part, what string) {
	if fault := (Fault{line, part, what}); !slices.Contains(p.faults, fault) {
		p.faults = append(p.faults, fault)
	}
}

// outside finds words that belong to no part.
func (p *proof) outside() {
	for _, n := range p.office.Root.Nodes {
		if parse.IsEmptyTree(n) {
			continue
		}
		at := int(n.Position())
		at += strings.IndexFunc(p.text[at:], func(r rune) bool { return !unicode.IsSpace(r) })
		p.add(1+strings.Count(p.text[:at], "\n"), "",
			"这里的文字不在任何 {{define}} 部分之内，不会印出来：请移到所属的部分里，或删去")
		return
	}
}

func (p *proof) empty() {
	for _, t := range p.written() {
		if parse.IsEmptyTree(t.Root) {
			p.add(p.lines[t.Name()], t.Name(),
				"什么也没有说：请把文字补上；要用程序自带的文字，就把整个部分删去")
		}
	}
}

// strangers finds parts that nothing asks for.
func (p *proof) strangers() {
	for _, t := range p.written() {
		name := t.Name()
		if p.reached[name] || parse.IsEmptyTree(t.Root) {
			continue
		}
		mend := "请照程序自带的文字核对名称，或删去"
		if near := nearest(Names(p.file.Own), name); near != "" && near != name {
			mend = "请改名为“" + near + "”"
		}
		p.add(p.lines[name], name, "没有地方用到这一部分，写了也印不出来："+mend)
	}
}

// part reads a part and tries it out.
func (p *proof) part(part Part) {
	r := readPart(p.Words, part)
	for _, name := range r.visited {
		p.reached[name] = true
	}
	ours := slices.IndexFunc(r.visited, func(name string) bool {
		t := p.office.Lookup(name)
		return t != nil && !parse.IsEmptyTree(t.Root)
	})
	if ours < 0 {
		return // all of it is the program's own
	}
	near := r.visited[ours] // where the office has a share in the part
	if r.fault != nil {
		p.at(*r.fault, near)
		return
	}
	shapes := part.Shapes
	if shapes == nil {
		shapes = func() []any { return Shapes(part.Items) }
	}
	for i, items := range shapes() {
		var b strings.Builder
		if err := p.parts.ExecuteTemplate(&b, part.Name, items); err != nil {
			p.at(p.file.fault(p.text, err), near)
			return
		}
		said := b.String()
		if wrong := part.wrong(said, i == 0); wrong != "" {
			p.add(p.lines[near], part.Name, wrong)
			return
		}
	}
}

// at notes a fault; one without a line is near that part.
func (p *proof) at(fault Fault, near string) {
	if fault.Line == 0 {
		fault.Line, fault.Part = p.lines[near], near
	}
	p.add(fault.Line, fault.Part, fault.What)
}

// wrong is what is wrong with what a sample printed.
func (p Part) wrong(said string, full bool) string {
	if p.Must != nil {
		if wrong := p.Must(said, full); wrong != "" {
			return wrong
		}
	}
	if full {
		return doubled(said)
	}
	return ""
}

// doubled is what is wrong with the marks of a text. Those of a sample are only
// looked at where everything is known: what is not leaves gaps.
func doubled(said string) string {
	for _, twice := range []string{"。。", "，，", "，。", "、、", "、。", "；。", "：。"} {
		if strings.Contains(said, twice) {
			return "印出来有连在一起的标点“" + twice + "”：请删去一个"
		}
	}
	return ""
}
