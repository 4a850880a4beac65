package sheet

import (
	"bytes"
	"fmt"
)

// found is what stands inside one <c>.
type found struct {
	typ              string
	format           string
	hasV, hasF, hasT bool // a value, a formula, an inline text
	formula          string
}

// cell reads one <c> up to its end, and keeps it when it has content.
func (g *grid) cell() error {
	in, err := g.cellStart()
	if err != nil {
		return err
	}
	g.value = g.value[:0]
	for {
		ok, err := g.x.child()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		switch string(g.x.local) {
		case "v":
			if in.hasV || in.hasT {
				return g.fault("cell-content", "单元格有两个值。")
			}
			in.hasV = true
			g.value, err = g.x.content(g.value)
		case "is":
			if in.hasV || in.hasT {
				return g.fault("cell-content", "单元格有两个值。")
			}
			in.hasT = true
			g.value, err = richText(g.x, g.value)
		case "f":
			if in.hasF {
				return g.fault("cell-content", "单元格有两个公式。")
			}
			in.hasF = true
			in.formula, err = g.formula()
		default:
			err = g.x.skip()
		}
		if err != nil {
			return g.named(err)
		}
	}
	return g.keep(in)
}

// fault is an error about the cell being read.
func (g *grid) fault(code, message string) *Error {
	e := g.x.fault(code, 0, message)
	e.Cell = Address(g.row, g.col)
	return e
}

// named adds the cell to an error about a text in it.
func (g *grid) named(err error) error {
	if e, ok := err.(*Error); ok && e.Code == "cell-too-long" {
		e.Cell = Address(g.row, g.col)
	}
	return err
}

// cellStart reads the cell's attributes: its place must lie in its row, to the
// right of the last.
func (g *grid) cellStart() (in found, err error) {
	col := g.col + 1
	for i := range g.x.attrs {
		a := &g.x.attrs[i]
		switch string(a.name) {
		case "r":
			row, c, ok := parseAddress(a.value)
			if !ok || row != g.row {
				return in, g.x.fault("cell-ref", 0,
					fmt.Sprintf("第 %d 行中单元格地址“%s”有误。", g.row, clip(a.value)))
			}
			col = c
		case "s":
			if in.format, err = g.format(a.value); err != nil {
				return in, err
			}
		case "t":
			if in.typ = cellType(a.value); in.typ == "" {
				return in, g.x.fault("cell-content", 0,
					fmt.Sprintf("第 %d 行中单元格的类型“%s”无法识别。", g.row, clip(a.value)))
			}
		}
	}
	switch {
	case col > gridCols:
		return in, g.x.fault("cell-ref", 0, "列数超过工作表的上限。")
	case col <= g.col:
		return in, g.x.fault("order", 0, fmt.Sprintf("单元格 %s 重复，或排在 %s 之后。",
			Address(g.row, col), Address(g.row, g.col)))
	}
	g.col = col
	return in, nil
}

// cellType gives the known types as strings that need no memory.
func cellType(v []byte) string {
	switch string(v) {
	case "n":
		return "n"
	case "s":
		return "s"
	case "str":
		return "str"
	case "inlineStr":
		return "inlineStr"
	case "b":
		return "b"
	case "e":
		return "e"
	case "d":
		return "d"
	}
	return ""
}

// format is the number format of cell format v. A number past the list means
// general, as the programs read it; what is no number is an error.
func (g *grid) format(v []byte) (string, error) {
	if len(v) == 0 {
		return "", nil
	}
	n, ok := parseIndex(v, 1<<30)
	if !ok {
		return "", g.x.fault("style", 0, fmt.Sprintf("格式编号“%s”有误。", clip(v)))
	}
	if n >= len(g.formats) {
		return "", nil
	}
	return g.formats[n], nil
}

// formula reads one <f>; of a shared formula each cell gets its own text.
func (g *grid) formula() (string, error) {
	shared := string(g.x.get("t")) == "shared"
	si, ok := 0, true
	if shared {
		if si, ok = parseIndex(g.x.get("si"), 1<<30); !ok {
			return "", g.fault("cell-content", "共享公式没有编号。")
		}
	}
	var err error
	if g.code, err = g.x.content(g.code[:0]); err != nil {
		return "", err
	}
	if len(g.code) > maxFormula {
		return "", g.fault("cell-too-long", "公式过长。")
	}
	if first, known := g.shared[si]; shared && len(g.code) == 0 && known {
		g.code = shifted(g.code, first.text, g.row-first.row, g.col-first.col)
	}
	text, ok := g.text.keep(g.code)
	if !ok {
		return "", g.fault("too-many-cells", "工作表的文字和公式过多。")
	}
	if _, known := g.shared[si]; shared && text != "" && !known {
		if g.shared == nil {
			g.shared = map[int]sharedFormula{}
		}
		g.shared[si] = sharedFormula{g.row, g.col, text}
	}
	return text, nil
}

// keep makes a Cell of what was found, unless there is nothing in it.
func (g *grid) keep(in found) error {
	c := Cell{Row: g.row, Col: g.col, Format: in.format, Formula: in.formula,
		HasFormula: in.hasF}
	kind, has, err := g.kind(in)
	if err != nil {
		return err
	}
	if !has && !in.hasF {
		g.empty++
		return nil
	}
	c.HasValue = has
	if has {
		c.Kind = kind
		if c.Raw, err = g.raw(in); err != nil {
			return err
		}
	}
	switch {
	case g.row > g.lim.Rows || g.col > g.lim.Cols:
		return g.fault("outside", fmt.Sprintf("工作表“%s”的 %s 远在填报范围之外却有内容。",
			g.s.Name, c.Address()))
	case g.cells == g.lim.Cells:
		return g.fault("too-many-cells", fmt.Sprintf("有内容的单元格超过 %d 个。", g.lim.Cells))
	case longer(c.Raw, g.lim.CellChars):
		return g.fault("cell-too-long", fmt.Sprintf("单元格文字超过 %d 字。", g.lim.CellChars))
	}
	c.Hidden = g.hidden || within(g.s.HiddenCols, g.col)
	if in.hasF && !g.told && c.External() {
		g.told = true
		g.w.note(Notice{Code: NoticeOutside, Part: g.s.Part,
			Cell:    printable(g.s.Name) + "!" + c.Address(),
			Message: "有公式引用了文件之外的内容，公式不重算，只取上次保存的结果。"})
	}
	g.cells++
	g.add(c)
	return nil
}

// kind is the kind of the value and whether there is one. An empty value is
// none where a formula or a reference to a text should have left one; of the
// result "" of a formula it is the value.
func (g *grid) kind(in found) (kind Kind, has bool, err error) {
	if in.hasT {
		return Text, true, nil
	}
	full := len(g.value) > 0
	switch in.typ {
	case "s":
		return Text, full, nil
	case "str":
		return Text, in.hasV && (full || in.hasF), nil
	case "inlineStr":
		return Text, full, nil
	case "d":
		return ISODate, full, nil
	case "b":
		kind = Bool
		switch string(g.value) {
		case "", "0", "1", "true", "false":
		default:
			err = g.fault("cell-content", "逻辑值既不是真也不是假。")
		}
	case "e":
		kind = ErrorValue
	default:
		kind = Number
	}
	return kind, full || (in.hasV && !in.hasF), err
}

// raw is the value as the cell shall hold it.
func (g *grid) raw(in found) (string, error) {
	switch {
	case in.typ == "s" && !in.hasT:
		n, ok := parseIndex(g.value, maxStrings)
		if !ok || n >= len(g.strings.list) {
			return "", g.fault("shared-string", fmt.Sprintf("单元格 %s 指向的文字（%s）不存在。",
				Address(g.row, g.col), clip(g.value)))
		}
		return g.strings.list[n], nil
	case (in.typ == "str" || in.typ == "inlineStr") && !in.hasT:
		if bytes.Contains(g.value, []byte("_x")) {
			g.value = decodeX(g.value)
		}
	}
	s, ok := g.text.keep(g.value)
	if !ok {
		return "", g.fault("too-many-cells", "工作表的文字和公式过多。")
	}
	return s, nil
}
