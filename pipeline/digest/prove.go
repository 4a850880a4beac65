package digest

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// ProveWords executes every part of a wording with samples of every shape. It
// says in Chinese which parts are wrong, where, and how to mend them; each
// part's first fault only.
func ProveWords(text string) error {
	w, err := ParseWords(text)
	if err != nil {
		return err
	}
	var faults []error
	for _, p := range parts {
		if err := w.prove(p, text); err != nil {
			faults = append(faults, err)
		}
	}
	return errors.Join(faults...)
}

func (w *Words) prove(p part, text string) error {
	if err := w.proveNames(p, text); err != nil {
		return err
	}
	wrong := func(format string, args ...any) error {
		return fmt.Errorf("“%s”部分（第%d行）："+format,
			append([]any{p.name, lineOf(text, p.name)}, args...)...)
	}
	for i, items := range shapes(reflect.TypeOf(p.items)) {
		said, err := w.say(p.name, items)
		switch {
		case err != nil:
			return fault(text, err)
		case i > 0: // only with everything known must it say all it has
		case said == "":
			return wrong("什么也没有说：请把文字补上")
		case p.columns > 0 && strings.Count(said, "|")+1 != p.columns:
			return wrong("应有%d个列名，写了%d个：列名之间用半角的“|”隔开",
				p.columns, strings.Count(said, "|")+1)
		}
		if i == 0 && strings.ContainsAny(said, "{}｛｝") {
			return wrong("印出来有大括号：项的两边要用两个半角的大括号，如 {{.Units}}")
		}
		for _, twice := range []string{"。。", "，，", "，。", "、、", "、。", "；。", "：。"} {
			if i == 0 && strings.Contains(said, twice) {
				return wrong("印出来有连在一起的标点“%s”：请删去一个", twice)
			}
		}
	}
	return nil
}

// proveNames finds items that the part does not have, also in branches that no
// sample reaches.
func (w *Words) proveNames(p part, text string) error {
	var have []string
	itemNames(reflect.TypeOf(p.items), &have)
	var wrong error
	tree := w.parts.Lookup(p.name).Tree
	walk(tree.Root, func(n parse.Node, item string) {
		if wrong != nil || slices.Contains(have, item) {
			return
		}
		where, _ := tree.ErrorContext(n)
		line := 0
		fmt.Sscan(strings.TrimPrefix(where, wordsName+":"), &line)
		list := "这一部分没有可用的项"
		if len(have) > 0 {
			list = "可用的有：." + strings.Join(have, "、.")
		}
		wrong = fmt.Errorf("“%s”部分（第%d行）：没有“.%s”这一项，%s", p.name, line, item, list)
	})
	return wrong
}

// itemNames are the fields of a type of items and of what they hold.
func itemNames(t reflect.Type, names *[]string) {
	switch t.Kind() {
	case reflect.Slice:
		itemNames(t.Elem(), names)
	case reflect.Struct:
		for i := range t.NumField() {
			if n := t.Field(i).Name; !slices.Contains(*names, n) {
				*names = append(*names, n)
			}
			itemNames(t.Field(i).Type, names)
		}
	}
}

// walk calls see for every item that a part names.
func walk(n parse.Node, see func(parse.Node, string)) {
	branch := func(b *parse.BranchNode) {
		walk(b.Pipe, see)
		walk(b.List, see)
		if b.ElseList != nil {
			walk(b.ElseList, see)
		}
	}
	switch n := n.(type) {
	case *parse.ListNode:
		for _, x := range n.Nodes {
			walk(x, see)
		}
	case *parse.ActionNode:
		walk(n.Pipe, see)
	case *parse.TemplateNode:
		if n.Pipe != nil {
			walk(n.Pipe, see)
		}
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			for _, x := range c.Args {
				walk(x, see)
			}
		}
	case *parse.FieldNode:
		for _, name := range n.Ident {
			see(n, name)
		}
	case *parse.VariableNode:
		for _, name := range n.Ident[1:] {
			see(n, name)
		}
	case *parse.ChainNode:
		walk(n.Node, see)
		for _, name := range n.Field {
			see(n, name)
		}
	}
}
