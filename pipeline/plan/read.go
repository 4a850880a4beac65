package plan

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// take puts a node's content where it belongs, or notes why it cannot.
type take func(*node)

// place is a key of something in the plan: an owner (*Plan, *Unit, *Item,
// *Indicator) and the key's name; "" is where the owner begins.
type place struct {
	owner any
	key   string
}

// position is where a place stands.
type position struct {
	file string
	line int
}

// reader takes one file apart; what it meets is noted in the loader's report
// and the place of every key kept for the proof.
type reader struct {
	*loader
	file string
}

// bad notes a problem at a node.
func (r *reader) bad(n *node, format string, args ...any) {
	r.add(r.file, n.line, format, args...)
}

// mapping hands every key of n to its taker; an unknown key is a problem.
func (r *reader) mapping(n *node, what string, owner any, known map[string]take) {
	r.places[place{owner, ""}] = position{r.file, n.line}
	if n.kind != mapNode {
		r.bad(n, "%s应写成“项目名: 内容”的形式，每行一项", what)
		return
	}
	for _, k := range n.keys {
		r.places[place{owner, k.name}] = position{r.file, k.line}
		t, ok := known[k.name]
		switch {
		case !ok:
			var names []string
			for name := range known {
				names = append(names, name)
			}
			slices.Sort(names)
			r.add(r.file, k.line, "%s中没有“%s”这一项：请改为下列之一或删去：%s",
				what, k.name, strings.Join(names, "、"))
		case k.value.kind != nullNode: // an empty key is as if it were not there
			t(k.value)
		}
	}
}

// list hands every element to t.
func (r *reader) list(what string, t take) take {
	return func(n *node) {
		if n.kind != listNode {
			r.bad(n, "%s应写成列表：每行以“- ”开头，或写在方括号里", what)
			return
		}
		for _, item := range n.items {
			if item.kind == nullNode {
				r.add(r.file, max(item.line, n.line), "%s的列表中有一行是空的：请补上内容或删去", what)
				continue
			}
			t(item)
		}
	}
}

// scalar hands over the text of a plain value.
func (r *reader) scalar(f func(n *node, s string)) take {
	return func(n *node) {
		if n.kind != scalarNode {
			r.bad(n, "此处应写一个值，不能是列表或下级项目")
			return
		}
		if i := strings.IndexFunc(n.text, unseen); i >= 0 {
			hidden, _ := utf8.DecodeRuneInString(n.text[i:])
			r.bad(n, "此处含有看不见的字符（%U）：请删去这一段，重新输入", hidden)
			return
		}
		f(n, n.text)
	}
}

func (r *reader) text(to *string) take {
	return r.scalar(func(_ *node, s string) { *to = strings.TrimSpace(s) })
}

func (r *reader) texts(what string, to *[]string) take {
	return r.list(what, r.scalar(func(_ *node, s string) {
		*to = append(*to, strings.TrimSpace(s))
	}))
}

func (r *reader) flag(to *bool) take {
	return r.scalar(func(n *node, s string) {
		if s != "true" && s != "false" {
			r.bad(n, "“%s”应写 true（是）或 false（否）", s)
		}
		*to = s == "true"
	})
}

func (r *reader) month(to *Month) take {
	return r.scalar(func(n *node, s string) {
		m, err := ParseMonth(s)
		if err != nil {
			r.bad(n, "“%s”不是月份：请写成 2025-12 的形式", s)
			return
		}
		*to = m
	})
}

func (r *reader) date(to *Date) take {
	return r.scalar(func(n *node, s string) {
		d, err := ParseDate(s)
		if err != nil {
			r.bad(n, "“%s”不是日期：请写成 2024-03-08 的形式", s)
			return
		}
		*to = d
	})
}

func (r *reader) number(to *Value) take {
	return r.scalar(func(n *node, s string) {
		v, err := ParseValue(s)
		if err != nil || strings.ContainsAny(s, "eE_") {
			r.bad(n, "“%s”不是数：请只写阿拉伯数字和小数点，1.2万写成 12000，90%%写成 90", s)
			return
		}
		*to = v
	})
}

// unit resolves a unit by name, alias or code into the list.
func (r *reader) unit(to *[]*Unit) take {
	return r.scalar(func(n *node, s string) {
		u := r.plan.Unit(strings.TrimSpace(s))
		switch {
		case u == nil && r.unread: // the units may be in the file not read
		case u == nil:
			r.bad(n, "单位表中没有“%s”：请改成单位表中的名称、别名或代码，或在单位文件中补上", s)
		case slices.Contains(*to, u):
			r.bad(n, "“%s”在这里写了两次：请删去一个", s)
		default:
			*to = append(*to, u)
		}
	})
}
