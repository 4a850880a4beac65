package sheet

import (
	"fmt"
	"slices"
	"strings"
)

// grid reads one worksheet part.
type grid struct {
	*reader
	x      *scanner
	s      *Sheet
	row    int // of the last <row>
	col    int // of the last <c> in it
	hidden bool
	empty  int // cells without content
	shared map[int]sharedFormula
	text   arena
	value  []byte // scratch
	code   []byte // scratch
	told   bool   // of a formula that reaches outside
	full   [][]Cell
	last   []Cell
}

// pieceCells is how many cells are gathered at a time: a list that grew by
// copying would cost several times what a large sheet holds.
const pieceCells = 4096

func (g *grid) add(c Cell) {
	if len(g.last) == cap(g.last) {
		g.full = append(g.full, g.last)
		g.last = make([]Cell, 0, min(max(2*cap(g.last), 64), pieceCells))
	}
	g.last = append(g.last, c)
}

func (g *grid) joined() []Cell {
	if len(g.full) == 0 {
		return g.last
	}
	return slices.Concat(append(g.full, g.last)...)
}

type sharedFormula struct {
	row, col int
	text     string
}

func (r *reader) readSheet(e *entry, s *Sheet) error {
	g := &grid{reader: r, s: s}
	g.text.used, g.text.most = &r.kept, r.lim.TextBytes
	g.last = make([]Cell, 0, min(e.size/96+8, 1024))
	err := scan(e, r.lim, func(x *scanner) error {
		g.x = x
		if err := x.rootOf("worksheet"); err != nil {
			return err
		}
		return g.worksheet()
	})
	if err != nil {
		return err
	}
	s.Cells, s.LastRow = g.joined(), g.row
	if g.empty > bloatCells {
		r.w.note(Notice{Code: NoticeBloat, Part: e.name,
			Message: fmt.Sprintf("工作表“%s”有%d个只有格式的空单元格，文件因此过大，读取很慢。",
				printable(s.Name), g.empty)})
	}
	return nil
}

func (g *grid) worksheet() error {
	seen := false
	for {
		ok, err := g.x.child()
		if err != nil || !ok {
			return err
		}
		switch string(g.x.local) {
		case "cols":
			err = g.columns()
		case "sheetData":
			if seen {
				return g.x.fault("order", 0, "数据区出现了两次。")
			}
			seen = true
			err = g.rows()
		case "mergeCells":
			err = g.merges()
		default:
			err = g.x.skip()
		}
		if err != nil {
			return err
		}
	}
}

// columns reads which columns are hidden.
func (g *grid) columns() error {
	for {
		ok, err := g.x.child()
		if err != nil || !ok {
			return err
		}
		if string(g.x.local) == "col" && (truth(g.x.get("hidden")) || zero(g.x.get("width"))) {
			from, ok1 := parseCount(g.x.get("min"), gridCols)
			to, ok2 := parseCount(g.x.get("max"), gridCols)
			last := 0
			if n := len(g.s.HiddenCols); n > 0 {
				last = g.s.HiddenCols[n-1].To
			}
			if !ok1 || !ok2 || to < from || from <= last {
				return g.x.fault("cell-ref", 0, "隐藏列的范围有误。")
			}
			g.s.HiddenCols = extend(g.s.HiddenCols, from, to)
		}
		if err := g.x.skip(); err != nil {
			return err
		}
	}
}

// zero reports whether a height or width is written and is nothing.
func zero(v []byte) bool {
	for _, c := range v {
		if c != '0' && c != '.' {
			return false
		}
	}
	return len(v) > 0
}

func (g *grid) rows() error {
	for {
		ok, err := g.x.child()
		if err != nil || !ok {
			return err
		}
		if string(g.x.local) != "row" {
			if err := g.x.skip(); err != nil {
				return err
			}
			continue
		}
		if err := g.rowStart(); err != nil {
			return err
		}
		if err := g.rowCells(); err != nil {
			return err
		}
	}
}

// rowStart reads the row's own attributes: its number must rise.
func (g *grid) rowStart() error {
	row, hidden := g.row+1, false
	for i := range g.x.attrs {
		a := &g.x.attrs[i]
		switch string(a.name) {
		case "r":
			n, ok := parseCount(a.value, gridRows)
			if !ok {
				return g.x.fault("row-ref", 0, fmt.Sprintf("行号“%s”有误。", clip(a.value)))
			}
			row = n
		case "hidden":
			hidden = hidden || truth(a.value)
		case "ht":
			hidden = hidden || zero(a.value)
		}
	}
	switch {
	case row > gridRows:
		return g.x.fault("row-ref", 0, "行数超过工作表的上限。")
	case row <= g.row:
		return g.x.fault("order", 0, fmt.Sprintf("第 %d 行重复，或排在第 %d 行之后。", row, g.row))
	}
	g.row, g.col, g.hidden = row, 0, hidden
	if hidden && row <= g.lim.Rows { // beyond, nothing can stand
		g.s.HiddenRows = extend(g.s.HiddenRows, row, row)
	}
	return nil
}

func (g *grid) rowCells() error {
	for {
		ok, err := g.x.child()
		if err != nil || !ok {
			g.s.Grid += g.col
			return err
		}
		if string(g.x.local) == "c" {
			err = g.cell()
		} else {
			err = g.x.skip()
		}
		if err != nil {
			return err
		}
	}
}

func (g *grid) merges() error {
	for {
		ok, err := g.x.child()
		if err != nil || !ok {
			return err
		}
		if string(g.x.local) == "mergeCell" {
			if g.merged++; g.merged > g.lim.Merges {
				return g.x.fault("merge", 0, fmt.Sprintf("合并单元格超过 %d 处。", g.lim.Merges))
			}
			ref := string(g.x.get("ref"))
			m, ok := parseRange(ref)
			area := int64(m.ToRow-m.FromRow+1) * int64(m.ToCol-m.FromCol+1)
			if !ok || area > 1<<24 {
				return g.x.fault("merge", 0, fmt.Sprintf("合并范围“%s”有误或过大。",
					strings.ToValidUTF8(ref[:min(len(ref), 40)], "")))
			}
			g.s.Merges = append(g.s.Merges, m)
		}
		if err := g.x.skip(); err != nil {
			return err
		}
	}
}
