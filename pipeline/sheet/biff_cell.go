package sheet

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// biffSheet is the worksheet being read.
type biffSheet struct {
	*biff
	s     *Sheet
	wants int // the cell whose text the next STRING record brings, -1: none
}

// sheet reads one worksheet from its BOF to its EOF record, without the charts
// that may be embedded in it.
func (x *biff) sheet(b bound) error {
	r, ok, err := x.next()
	if err != nil {
		return err
	}
	if !ok || r.id != recBOF || len(r.data) < 4 {
		return fault("sheets", "", fmt.Sprintf("工作表“%s”没有开头。", printable(b.name)))
	}
	if le.Uint16(r.data[2:]) != partSheet {
		x.w.otherSheet(b.name, "", b.macros())
		return nil
	}
	g := &biffSheet{biff: x, s: &Sheet{Name: b.name, State: b.state}, wants: -1}
	for depth := 1; depth > 0; {
		r, ok, err := x.next()
		if err != nil {
			return err
		}
		switch {
		case !ok:
			return x.cut()
		case r.id == recBOF:
			depth++
		case r.id == recEOF:
			depth--
		case depth == 1:
			if err := g.record(r); err != nil {
				return err
			}
		}
	}
	if err := g.finish(); err != nil {
		return err
	}
	x.w.Sheets = append(x.w.Sheets, g.s)
	return nil
}

// least is how long a record must be to be looked into.
var least = map[int]int{
	recFormula: 20, recNumber: 14, recRK: 10, recMulRK: 6, recLabelSST: 10, recLabel: 8,
	recRString: 8, recBoolErr: 8, recRow: 16, recColInfo: 10, recMergedCells: 2,
}

func (g *biffSheet) record(r record) error {
	if len(r.data) < least[r.id] {
		return g.bad("记录过短")
	}
	if g.wants >= 0 && r.id != recString {
		switch r.id {
		case recSharedFormla, recArray, recTable, recContinue:
			return nil // what belongs to the formula
		}
		return g.bad("公式的文字结果不见了")
	}
	switch r.id {
	case recNumber:
		return g.number(r.data, math.Float64frombits(le.Uint64(r.data[6:])))
	case recRK:
		return g.number(r.data, rk(le.Uint32(r.data[6:])))
	case recMulRK:
		return g.mulRK(r.data)
	case recLabelSST:
		n := le.Uint32(r.data[6:])
		if int64(n) >= int64(len(g.strings)) {
			return fault("shared-string", "", fmt.Sprintf("单元格 %s 指向的文字（%d）不存在。",
				g.address(r.data), n))
		}
		return g.add(r.data, Cell{Kind: Text, Raw: g.strings[n], HasValue: true})
	case recLabel, recRString:
		parts, err := g.continued(r.data[6:])
		if err != nil {
			return err
		}
		t := biffText{parts: parts}
		s, ok := t.long()
		if !ok {
			return g.bad("单元格文字不完整")
		}
		return g.text(r.data, s)
	case recBoolErr:
		return g.boolErr(r.data, r.data[6], r.data[7] != 0, false)
	case recFormula:
		return g.formula(r.data)
	case recString:
		return g.result(r.data)
	case recRow:
		if n := int(le.Uint16(r.data)); le.Uint16(r.data[12:])&0x20 != 0 && n < g.lim.Rows {
			g.s.HiddenRows = append(g.s.HiddenRows, Span{n + 1, n + 1})
		}
	case recColInfo:
		from, to := int(le.Uint16(r.data))+1, min(int(le.Uint16(r.data[2:])), 255)+1
		if le.Uint16(r.data[8:])&1 != 0 && from <= to {
			g.s.HiddenCols = append(g.s.HiddenCols, Span{from, to})
		}
	case recMergedCells:
		return g.merges(r.data)
	}
	return nil
}

func (g *biffSheet) address(d []byte) string {
	return Address(int(le.Uint16(d))+1, int(le.Uint16(d[2:]))+1)
}

// add keeps a cell; d begins with its row, its column and its format.
func (g *biffSheet) add(d []byte, c Cell) error {
	c.Row, c.Col = int(le.Uint16(d))+1, int(le.Uint16(d[2:]))+1
	c.Format = g.formatOf(int(le.Uint16(d[4:])))
	switch {
	case c.Row > g.lim.Rows || c.Col > g.lim.Cols:
		return g.about(c, "outside", fmt.Sprintf("工作表“%s”的 %s 远在填报范围之外却有内容。",
			printable(g.s.Name), c.Address()))
	case g.cells == g.lim.Cells:
		return g.about(c, "too-many-cells", fmt.Sprintf("有内容的单元格超过 %d 个。", g.lim.Cells))
	case longer(c.Raw, g.lim.CellChars):
		return g.about(c, "cell-too-long", fmt.Sprintf("单元格文字超过 %d 字。", g.lim.CellChars))
	}
	g.cells++
	g.s.Cells = append(g.s.Cells, c)
	return nil
}

func (g *biffSheet) about(c Cell, code, message string) *Error {
	e := fault(code, "", message)
	e.Cell = c.Address()
	return e
}

func (g *biffSheet) text(d []byte, s string) error {
	if err := g.keep(s); err != nil {
		return err
	}
	return g.add(d, Cell{Kind: Text, Raw: s, HasValue: true})
}

func (g *biffSheet) number(d []byte, f float64) error {
	raw, ok := decimalOf(f)
	if !ok {
		return g.about(Cell{Row: int(le.Uint16(d)) + 1, Col: int(le.Uint16(d[2:])) + 1},
			"cell-content", "单元格里的数不是一个数。")
	}
	return g.add(d, Cell{Kind: Number, Raw: raw, HasValue: true})
}

// rk reads a number packed into 30 bits: a whole number or the head of a
// floating one, either perhaps times a hundred.
func rk(n uint32) float64 {
	var f float64
	if n&2 != 0 {
		f = float64(int32(n) >> 2)
	} else {
		f = math.Float64frombits(uint64(n&^3) << 32)
	}
	if n&1 != 0 {
		f /= 100
	}
	return f
}

// mulRK is a run of packed numbers in one row: row, first column, a format and
// a number each, last column.
func (g *biffSheet) mulRK(d []byte) error {
	from, to := int(le.Uint16(d[2:])), int(le.Uint16(d[len(d)-2:]))
	if (len(d)-6)%6 != 0 || to-from+1 != (len(d)-6)/6 {
		return g.bad("一串数的列数有误")
	}
	for i := range to - from + 1 {
		item := d[4+6*i:]
		head := []byte{d[0], d[1], byte(from + i), byte((from + i) >> 8), item[0], item[1]}
		if err := g.number(head, rk(le.Uint32(item[2:]))); err != nil {
			return err
		}
	}
	return nil
}

// errorNames are the error values by their codes.
var errorNames = map[byte]string{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0f: "#VALUE!", 0x17: "#REF!",
	0x1d: "#NAME?", 0x24: "#NUM!", 0x2a: "#N/A", 0x2b: "#GETTING_DATA"}

func (g *biffSheet) boolErr(d []byte, v byte, isError, hasFormula bool) error {
	c := Cell{Kind: Bool, HasValue: true, HasFormula: hasFormula}
	switch name, known := errorNames[v]; {
	case isError && known:
		c.Kind, c.Raw = ErrorValue, name
	case isError:
		c.Kind, c.Raw = ErrorValue, "#VALUE!"
	case v > 1:
		return g.about(Cell{Row: int(le.Uint16(d)) + 1, Col: int(le.Uint16(d[2:])) + 1},
			"cell-content", "逻辑值既不是真也不是假。")
	default:
		c.Raw = strconv.Itoa(int(v))
	}
	return g.add(d, c)
}

// formula reads the stored result. One that is no number is marked by its last
// two bytes, and a text follows in a record of its own.
func (g *biffSheet) formula(d []byte) error {
	v := d[6:14]
	if v[6] != 0xff || v[7] != 0xff {
		raw, ok := decimalOf(math.Float64frombits(le.Uint64(v)))
		if !ok {
			return g.bad("公式的结果有误")
		}
		return g.add(d, Cell{Kind: Number, Raw: raw, HasValue: true, HasFormula: true})
	}
	switch v[0] {
	case 0:
		g.wants = len(g.s.Cells)
		return g.add(d, Cell{Kind: Text, HasValue: true, HasFormula: true})
	case 1, 2:
		return g.boolErr(d, v[2], v[0] == 2, true)
	case 3:
		return g.add(d, Cell{Kind: Text, HasValue: true, HasFormula: true})
	}
	return g.bad("公式的结果有误")
}

// result is the text of the formula before.
func (g *biffSheet) result(d []byte) error {
	if g.wants < 0 {
		return nil // of a chart or a pivot table
	}
	parts, err := g.continued(d)
	if err != nil {
		return err
	}
	t := biffText{parts: parts}
	s, ok := t.long()
	if !ok {
		return g.bad("公式的文字结果不完整")
	}
	c := &g.s.Cells[g.wants]
	if longer(s, g.lim.CellChars) {
		return g.about(*c, "cell-too-long", fmt.Sprintf("单元格文字超过 %d 字。", g.lim.CellChars))
	}
	c.Raw, g.wants = s, -1
	return g.keep(s)
}

func (g *biffSheet) merges(d []byte) error {
	n := int(le.Uint16(d))
	if len(d) < 2+8*n {
		return fault("merge", "", "合并单元格的清单不完整。")
	}
	for i := range n {
		if g.merged++; g.merged > g.lim.Merges {
			return fault("merge", "", fmt.Sprintf("合并单元格超过 %d 处。", g.lim.Merges))
		}
		m := d[2+8*i:]
		at := func(k int) int { return int(le.Uint16(m[2*k:])) + 1 }
		r := Range{at(0), at(2), at(1), at(3)}
		if r.FromRow > r.ToRow || r.FromCol > r.ToCol || r.ToCol > gridCols {
			return fault("merge", "", "合并单元格的范围有误。")
		}
		g.s.Merges = append(g.s.Merges, r)
	}
	return nil
}

// finish puts the cells in order and marks the hidden ones. Two records of one
// cell contradict each other.
func (g *biffSheet) finish() error {
	if g.wants >= 0 {
		return g.bad("公式的文字结果不见了")
	}
	s := g.s
	s.HiddenRows, s.HiddenCols = joinedSpans(s.HiddenRows), joinedSpans(s.HiddenCols)
	slices.SortStableFunc(s.Cells, func(a, b Cell) int {
		if a.Row != b.Row {
			return a.Row - b.Row
		}
		return a.Col - b.Col
	})
	for i := range s.Cells {
		c := &s.Cells[i]
		if i > 0 && s.Cells[i-1].Row == c.Row && s.Cells[i-1].Col == c.Col {
			return g.about(*c, "order", fmt.Sprintf("单元格 %s 出现了两次。", c.Address()))
		}
		c.Hidden = within(s.HiddenRows, c.Row) || within(s.HiddenCols, c.Col)
	}
	return nil
}

func joinedSpans(in []Span) []Span {
	slices.SortFunc(in, func(a, b Span) int { return a.From - b.From })
	var out []Span
	for _, s := range in {
		out = extend(out, s.From, s.To)
	}
	return out
}

// decimalOf writes a stored number so that it reads back the same; not ok for
// what is no number.
func decimalOf(f float64) (string, bool) {
	switch a := math.Abs(f); {
	case math.IsNaN(f), math.IsInf(f, 0):
		return "", false
	case f == 0:
		return "0", true
	case a >= 1e-9 && a < 1e21:
		return strconv.FormatFloat(f, 'f', -1, 64), true
	}
	return strconv.FormatFloat(f, 'E', -1, 64), true
}
