package plan

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Rules of this file:
//  - a scalar is kept as it is written: 001 stays "001", 1.10 stays "1.10";
//  - every node knows its line; nothing of the YAML library leaves this file;
//  - what a plan file has no need of (a second document, anchors, tags) is a
//    problem and never ignored.

// nodeKind tells the shapes a plan file is made of.
type nodeKind int

const (
	nullNode nodeKind = iota
	scalarNode
	listNode
	mapNode
)

// node is a piece of a plan file.
type node struct {
	kind  nodeKind
	line  int
	text  string // of a scalar
	items []*node
	keys  []keyed
}

// keyed is one key of a mapping.
type keyed struct {
	name  string
	line  int
	value *node
}

// maxBytes is the most a plan file or notice may hold.
const maxBytes = 8 << 20

// cleanText makes a file's text one form: no byte order mark, lines end in \n.
func cleanText(file string, b []byte, r *report) (string, bool) {
	if len(b) > maxBytes {
		r.add(file, 1, "文件超过8MB，不像是方案文件：请检查文件名是否写对")
		return "", false
	}
	if !utf8.Valid(b) {
		line := 1 + bytes.Count(b[:invalidAt(b)], []byte("\n"))
		r.add(file, line, "文件不是UTF-8编码：请在文本编辑器中选“另存为”，编码选UTF-8")
		return "", false
	}
	s := strings.TrimPrefix(string(b), "\ufeff")
	return strings.ReplaceAll(s, "\r\n", "\n"), true
}

// invalidAt is where the first byte stands that is not UTF-8.
func invalidAt(b []byte) int {
	at := 0
	for at < len(b) {
		c, size := utf8.DecodeRune(b[at:])
		if c == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return at
}

// maxDepth is how deep brackets and dashes may be nested: a plan file needs
// four, and the parser's time grows with the square.
const maxDepth = 32

// tooDeep is the first line nested deeper than any plan file; 0 if none is.
func tooDeep(text string) int {
	depth := 0
	for i, line := range strings.Split(text, "\n") {
		deepest := max(strings.Count(line, "- "), strings.Count(line, ": "))
		for _, c := range line {
			switch c {
			case '[', '{':
				depth++
				deepest = max(deepest, depth)
			case ']', '}':
				depth = max(depth-1, 0)
			}
		}
		if deepest > maxDepth {
			return i + 1
		}
	}
	return 0
}

// parseNode reads the one document of a YAML file; nil when it cannot.
func parseNode(file, text string, r *report) (root *node) {
	defer func() {
		if recover() != nil { // the parser may give way under malformed input
			r.add(file, 1, "文件格式有误，无法读取：%s", yamlHint)
			root = nil
		}
	}()
	if line := tooDeep(text); line > 0 {
		r.add(file, line, "此处括号或“- ”套得太深，不像是方案文件：%s", yamlHint)
		return nil
	}
	tree, err := parser.ParseBytes([]byte(text), 0)
	if err != nil {
		line := 1
		var at yaml.Error
		if errors.As(err, &at) && at.GetToken() != nil {
			line = at.GetToken().Position.Line
		}
		if strings.Contains(err.Error(), "already defined") {
			r.add(file, line, "同一处写了两个相同的项目名：请删去一个")
		} else {
			r.add(file, line, "此处格式有误：%s", yamlHint)
		}
		return nil
	}
	var bodies []ast.Node
	for _, doc := range tree.Docs {
		if doc.Body != nil {
			bodies = append(bodies, doc.Body)
		}
	}
	if len(bodies) == 0 {
		r.add(file, 1, "文件是空的：请按样例填写")
		return nil
	}
	if len(bodies) > 1 {
		line := bodies[1].GetToken().Position.Line
		r.add(file, line, "文件中有第二份内容（由“---”隔开），不会被读取：请删去“---”或另存一个文件")
		return nil
	}
	return convert(file, bodies[0], r)
}

const yamlHint = "请检查这一行附近的缩进（用空格，不用制表符）、冒号后的空格和成对的引号"

// convert turns the library's node into ours.
func convert(file string, n ast.Node, r *report) *node {
	if n == nil {
		return &node{}
	}
	out := &node{kind: scalarNode}
	if tk := n.GetToken(); tk != nil {
		out.line = tk.Position.Line
		out.text = tk.Value
	}
	switch n := n.(type) {
	case *ast.NullNode:
		out.kind, out.text = nullNode, ""
	case *ast.StringNode:
		out.text = n.Value
	case *ast.LiteralNode:
		out.text = n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
	case *ast.SequenceNode:
		out.kind = listNode
		for _, v := range n.Values {
			out.items = append(out.items, convert(file, v, r))
		}
	case *ast.MappingNode:
		out.kind = mapNode
		for _, v := range n.Values {
			out.addKey(file, v, r)
		}
		if len(out.keys) > 0 && !n.IsFlowStyle {
			out.line = out.keys[0].line
		}
	case *ast.MappingValueNode:
		out.kind = mapNode
		out.addKey(file, n, r)
		out.line = out.keys[0].line
	default:
		r.add(file, out.line, "方案文件中不能使用锚点（&、*）、标签（!）等写法：请把内容直接写出来")
		out.kind = nullNode
	}
	return out
}

// addKey takes over one key of a mapping with its value.
func (n *node) addKey(file string, v *ast.MappingValueNode, r *report) {
	tk := v.Key.GetToken()
	value := convert(file, v.Value, r)
	if value.line == 0 {
		value.line = tk.Position.Line
	}
	n.keys = append(n.keys, keyed{name: tk.Value, line: tk.Position.Line, value: value})
}
