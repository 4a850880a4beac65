package sheet

import (
	"bytes"
	"fmt"
)

// How many attributes a root and any other tag may have, and how many
// namespaces a part may use. Attributes are compared with one another, so the
// many that hostile tags could have must be few.
const (
	maxRootAttrs = 256
	maxAttrs     = 64
	maxSpaces    = 256
)

// nameStart and namePart are the bytes of names; beyond ASCII every character
// that is proven may stand in one.
var nameStart, namePart = func() (start, part [256]bool) {
	for c := range 256 {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':' || c >= 0x80
		start[c] = letter
		part[c] = letter || c >= '0' && c <= '9' || c == '-' || c == '.'
	}
	return start, part
}()

// startTag reads <name a="b"> or <name/> at pos.
func (x *scanner) startTag() error {
	n, closed, err := x.tag()
	for err == nil && n == 0 {
		if err = x.need("标签没有结束"); err == nil {
			n, closed, err = x.tag()
		}
	}
	if err != nil {
		return err
	}
	if len(x.marks) == 0 && x.begun {
		return x.bad(0, "有两个根元素")
	}
	if len(x.marks) >= x.lim.Depth {
		return x.fault("depth", 0, fmt.Sprintf("内容嵌套超过 %d 层。", x.lim.Depth))
	}
	if err := x.namespaces(); err != nil {
		return err
	}
	x.marks = append(x.marks, len(x.names))
	x.names = append(x.names, x.name...)
	x.empty = closed
	x.begun = true
	x.pos += n
	return nil
}

// tag cuts the start tag at pos; 0 when the window ends before it does.
func (x *scanner) tag() (n int, closed bool, err error) {
	w := x.buf[x.pos:x.end]
	i, colon := 1, -1
	for i < len(w) && namePart[w[i]] {
		if w[i] == ':' && colon < 0 {
			colon = i - 1
		}
		i++
	}
	if i == len(w) {
		return 0, false, nil
	}
	if i == 1 || !nameStart[w[1]] {
		return 0, false, x.bad(0, "标签没有名称，或文字中有未转义的 <")
	}
	x.name, x.colon, x.attrs, x.special = w[1:i], colon, x.attrs[:0], false
	for {
		gap := i
		for i < len(w) && (w[i] == ' ' || w[i] == '\n' || w[i] == '\t' || w[i] == '\r') {
			i++
		}
		if i == len(w) {
			return 0, false, nil
		}
		switch {
		case w[i] == '>':
			return i + 1, false, nil
		case w[i] == '/':
			if i+1 == len(w) {
				return 0, false, nil
			}
			if w[i+1] != '>' {
				return 0, false, x.bad(i, "标签中有多余的 /")
			}
			return i + 2, true, nil
		case gap == i:
			return 0, false, x.bad(i, "属性之间没有空格")
		}
		if i, err = x.attribute(w, i); i == 0 || err != nil {
			return 0, false, err
		}
	}
}

// attribute cuts one attribute at w[i] and gives the place behind it; 0 when
// the window ends before it does.
func (x *scanner) attribute(w []byte, i int) (int, error) {
	from, colon := i, -1
	for i < len(w) && namePart[w[i]] {
		if w[i] == ':' && colon < 0 {
			colon = i - from
		}
		i++
	}
	if i < len(w) && (i == from || !nameStart[w[from]]) {
		return 0, x.bad(i, "属性没有名称")
	}
	a := attr{name: w[from:i], colon: colon}
	x.special = x.special || colon >= 0 || string(a.name) == "xmlns"
	for i < len(w) && w[i] <= ' ' {
		i++
	}
	if i < len(w) && w[i] != '=' {
		return 0, x.bad(i, "属性没有值")
	}
	i++
	for i < len(w) && w[i] <= ' ' {
		i++
	}
	if i >= len(w) {
		return 0, nil
	}
	quote := w[i]
	if quote != '"' && quote != '\'' {
		return 0, x.bad(i, "属性的值没有引号")
	}
	i++
	from = i
	for ; i < len(w) && w[i] != quote; i++ {
		if w[i] < ' ' || w[i] == '&' {
			a.escaped = true
		} else if w[i] == '<' {
			return 0, x.bad(i, "属性的值中有 <")
		}
	}
	if i == len(w) {
		return 0, nil
	}
	a.value = w[from:i]
	if a.escaped {
		for j, c := range a.value {
			if c == '&' {
				if _, _, what := reference(a.value[j:]); what != "" {
					return 0, x.bad(from+j, what)
				}
			}
		}
	}
	return i + 1, x.addAttribute(a, i)
}

func (x *scanner) addAttribute(a attr, i int) error {
	for k := range x.attrs {
		if bytes.Equal(x.attrs[k].name, a.name) {
			return x.bad(i, fmt.Sprintf("属性 %s 出现了两次", clip(a.name)))
		}
	}
	if n := len(x.attrs); n == maxRootAttrs || n == maxAttrs && x.begun {
		return x.bad(i, "一个标签的属性过多")
	}
	x.attrs = append(x.attrs, a)
	return nil
}

// endTag reads </name> at pos, which must end the innermost open element.
func (x *scanner) endTag() error {
	for {
		w := x.buf[x.pos:x.end]
		stop := bytes.IndexByte(w, '>')
		if stop < 0 {
			if err := x.need("结束标签没有结束"); err != nil {
				return err
			}
			continue
		}
		name := w[2:stop]
		for len(name) > 0 && name[len(name)-1] <= ' ' {
			name = name[:len(name)-1]
		}
		if len(x.marks) == 0 {
			return x.bad(0, fmt.Sprintf("多出结束标签 </%s>", clip(name)))
		}
		if open := x.names[x.marks[len(x.marks)-1]:]; !bytes.Equal(open, name) {
			return x.bad(0, fmt.Sprintf("标签不配对：<%s> 以 </%s> 结束", clip(open), clip(name)))
		}
		x.pop()
		x.pos += stop + 1
		return nil
	}
}

func (x *scanner) pop() {
	top := len(x.marks) - 1
	x.names, x.marks = x.names[:x.marks[top]], x.marks[:top]
}

// namespaces learns the declarations of the tag and tells whether it is of
// the root's namespace. Every prefix must have been declared.
func (x *scanner) namespaces() error {
	prefix, local := cut(x.name, x.colon)
	x.local, x.foreign = local, false
	if !x.special && x.begun && string(prefix) == x.root.prefix {
		return nil
	}
	rebound, prefixed := false, false
	for i := range x.attrs {
		p, l := cut(x.attrs[i].name, x.attrs[i].colon)
		if len(p) == 0 {
			if string(l) != "xmlns" {
				continue
			}
			l = nil
		} else if string(p) != "xmlns" {
			prefixed = true
			continue
		}
		uri := x.attrs[i].value
		if x.begun && string(l) == x.root.prefix {
			// holds in this element only, and what is foreign is passed over
			if bytes.Equal(l, prefix) {
				x.foreign, rebound = string(uri) != x.root.uri, true
			}
			continue
		}
		if err := x.declare(l, uri); err != nil {
			return err
		}
	}
	if prefixed {
		for i := range x.attrs {
			if p, _ := cut(x.attrs[i].name, x.attrs[i].colon); len(p) > 0 {
				if _, err := x.uri(p); err != nil {
					return err
				}
			}
		}
	}
	if x.begun && (rebound || string(prefix) == x.root.prefix) {
		return nil
	}
	uri, err := x.uri(prefix)
	if !x.begun {
		x.root = space{string(prefix), uri}
	}
	x.foreign = uri != x.root.uri
	return err
}

// uri is what a prefix stands for; without a prefix, "" when nothing is said.
func (x *scanner) uri(prefix []byte) (string, error) {
	if uri, ok := x.spaces[string(prefix)]; ok {
		return uri, nil
	}
	switch string(prefix) {
	case "", "xml", "xmlns":
		return "", nil
	}
	return "", x.bad(0, fmt.Sprintf("前缀 %s 没有声明", clip(prefix)))
}

func (x *scanner) declare(prefix, uri []byte) error {
	old, ok := x.spaces[string(prefix)]
	if ok && old == string(uri) {
		return nil
	}
	if len(x.spaces) == maxSpaces {
		return x.bad(0, "命名空间过多")
	}
	x.spaces[x.keep(prefix)] = x.keep(uri)
	return nil
}

// keep gives b as a string, the same one for what was met before.
func (x *scanner) keep(b []byte) string {
	if s, ok := x.known[string(b)]; ok {
		return s
	}
	s := string(b)
	if x.known == nil {
		x.known = map[string]string{}
	}
	if len(x.known) < 128 && len(s) < 128 {
		x.known[s] = s
	}
	return s
}

func cut(name []byte, colon int) (prefix, local []byte) {
	if colon < 0 {
		return nil, name
	}
	return name[:colon], name[colon+1:]
}
