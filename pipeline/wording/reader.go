package wording

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// reader goes through a part, and those it refers to, by the types of what they
// are handed: no sample has to reach a branch for an item in it to be found
// wrong. Only lists may be gone through; a number would be counted up to.
type reader struct {
	words   *Words
	tree    *parse.Tree // of the part being read
	under   []string    // the parts being read, the outermost first
	visited []string    // parts that were read, in their order
	done    map[passed]bool
	vars    []variable
	fault   *Fault // the first
}

// passed is a part with the type that was handed to it.
type passed struct {
	part string
	t    reflect.Type
}

// variable is a $name and its type. A nil type is one that nobody knows.
type variable struct {
	name string
	t    reflect.Type
}

// nothing is handed to a part that is referred to without a dot.
type nothing struct{}

func readPart(w *Words, p Part) *reader {
	r := &reader{words: w, done: map[passed]bool{}}
	r.part(nil, p.Name, reflect.TypeOf(p.Items))
	return r
}

// wrong notes the first fault. It has no line in the program's own text.
func (r *reader) wrong(n parse.Node, format string, args ...any) {
	if r.fault != nil {
		return
	}
	r.fault = &Fault{What: fmt.Sprintf(format, args...)}
	if r.tree != nil && r.tree.ParseName != ownName {
		where, _ := r.tree.ErrorContext(n)
		where, _ = strings.CutPrefix(where, r.tree.ParseName+":")
		fmt.Sscan(where, &r.fault.Line)
		r.fault.Part = r.under[len(r.under)-1]
	}
}

// part reads a part that n refers to.
func (r *reader) part(n parse.Node, name string, t reflect.Type) {
	if slices.Contains(r.under, name) {
		r.wrong(n, "这一部分引用了自己：请删去引用自己的 template")
		return
	}
	p := r.words.parts.Lookup(name)
	if p == nil {
		r.wrong(n, "引用的“%s”这一部分没有写：请补上，或改正名称", name)
		return
	}
	if r.done[passed{name, t}] {
		return
	}
	r.done[passed{name, t}] = true
	if !slices.Contains(r.visited, name) {
		r.visited = append(r.visited, name)
	}
	tree, vars := r.tree, r.vars
	r.tree, r.vars, r.under = p.Tree, []variable{{"$", t}}, append(r.under, name)
	r.list(p.Root, t)
	r.tree, r.vars, r.under = tree, vars, r.under[:len(r.under)-1]
}

func (r *reader) list(l *parse.ListNode, dot reflect.Type) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			r.text(n)
		case *parse.ActionNode:
			r.pipe(n.Pipe, dot)
		case *parse.TemplateNode:
			t := reflect.TypeFor[nothing]()
			if n.Pipe != nil {
				t = r.pipe(n.Pipe, dot)
			}
			r.part(n, n.Name, t)
		case *parse.IfNode:
			r.branch(&n.BranchNode, dot, func(reflect.Type) reflect.Type { return dot })
		case *parse.WithNode:
			r.branch(&n.BranchNode, dot, func(t reflect.Type) reflect.Type { return t })
		case *parse.RangeNode:
			r.branch(&n.BranchNode, dot, func(t reflect.Type) reflect.Type { return r.each(n, t) })
		}
	}
}

func (r *reader) text(n *parse.TextNode) {
	if strings.ContainsAny(string(n.Text), "{}｛｝") {
		r.wrong(n, "文字里有大括号：项的两边要用两个半角的大括号，如 {{.Unit}}")
	}
	if wrong := doubled(string(n.Text)); wrong != "" {
		r.wrong(n, "%s", wrong)
	}
}

// branch reads an if, with or range; within is the dot inside.
func (r *reader) branch(b *parse.BranchNode, dot reflect.Type,
	within func(reflect.Type) reflect.Type) {
	known := len(r.vars)
	inside := within(r.pipe(b.Pipe, dot))
	r.list(b.List, inside)
	r.vars = r.vars[:known]
	r.list(b.ElseList, dot)
	r.vars = r.vars[:known]
}

// each is the type of what a range goes through. Its variables were declared
// with the type of the whole.
func (r *reader) each(n *parse.RangeNode, t reflect.Type) reflect.Type {
	if t == nil || t.Kind() != reflect.Slice {
		r.wrong(n, notAList)
		return nil
	}
	switch at := len(r.vars); len(n.Pipe.Decl) {
	case 1:
		r.vars[at-1].t = t.Elem()
	case 2:
		r.vars[at-2].t, r.vars[at-1].t = reflect.TypeFor[int](), t.Elem()
	}
	return t.Elem()
}

// pipe is the type of a pipe; it declares its variables.
func (r *reader) pipe(p *parse.PipeNode, dot reflect.Type) reflect.Type {
	var t reflect.Type
	for _, c := range p.Cmds {
		t = r.command(c, dot)
	}
	for _, v := range p.Decl {
		if p.IsAssign {
			r.assign(v, t)
			continue
		}
		r.vars = append(r.vars, variable{v.Ident[0], t})
	}
	return t
}

// assign keeps a variable that holds a list one that does.
func (r *reader) assign(n *parse.VariableNode, t reflect.Type) {
	for _, v := range slices.Backward(r.vars) {
		if v.name != n.Ident[0] {
			continue
		}
		if v.t != nil && v.t.Kind() == reflect.Slice && v.t != t {
			r.wrong(n, "“%s”里是一串的项，不能再装别的：请换一个代号", v.name)
		}
		return
	}
}

func (r *reader) command(c *parse.CommandNode, dot reflect.Type) reflect.Type {
	args := make([]reflect.Type, len(c.Args))
	for i, a := range c.Args {
		args[i] = r.arg(a, dot)
	}
	if f, ok := c.Args[0].(*parse.IdentifierNode); ok {
		return r.words.file.result(f.Ident, args[1:])
	}
	return args[0]
}

func (r *reader) arg(n parse.Node, dot reflect.Type) reflect.Type {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return r.items(n, dot, n.Ident)
	case *parse.VariableNode:
		for _, v := range slices.Backward(r.vars) {
			if v.name == n.Ident[0] {
				return r.items(n, v.t, n.Ident[1:])
			}
		}
	case *parse.ChainNode:
		return r.items(n, r.arg(n.Node, dot), n.Field)
	case *parse.PipeNode:
		return r.pipe(n, dot)
	case *parse.IdentifierNode:
		return r.words.file.result(n.Ident, nil)
	case *parse.NumberNode:
		return reflect.TypeFor[int]()
	case *parse.StringNode:
		return reflect.TypeFor[string]()
	case *parse.BoolNode:
		return reflect.TypeFor[bool]()
	}
	return nil
}
