package receipt

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// fillOf is the plain fill of a cell, RRGGBB; "" when it has none.
func (c *copybook) fillOf(m mark) string {
	id, err := c.GetCellStyle(m.sheet, m.cell)
	if err != nil {
		return ""
	}
	// The library's own way loses colours in books without a theme, and
	// those of styles that do not say that they apply their fill.
	xfs, all := c.Styles.CellXfs.Xf, c.Styles.Fills
	if id < 0 || id >= len(xfs) || xfs[id].FillID == nil || all == nil {
		return ""
	}
	n := *xfs[id].FillID
	if n < 0 || n >= len(all.Fill) || all.Fill[n].PatternFill == nil {
		return ""
	}
	p := all.Fill[n].PatternFill
	if p.PatternType != "solid" || p.FgColor == nil || len(p.FgColor.RGB) < 6 {
		return ""
	}
	return strings.ToUpper(p.FgColor.RGB[len(p.FgColor.RGB)-6:])
}

// fill gives a cell another fill and leaves everything else of its style as it
// is, down to what this program has no word for.
func (c *copybook) fill(m mark, colour string) error {
	id, err := c.GetCellStyle(m.sheet, m.cell)
	if err != nil {
		return err
	}
	fillID := 0
	if colour != "" {
		n, err := c.NewStyle(&excelize.Style{
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}},
		})
		if err != nil {
			return err
		}
		fillID = *c.Styles.CellXfs.Xf[n].FillID
	}
	xfs := c.Styles.CellXfs
	if id < 0 || id >= len(xfs.Xf) {
		return fmt.Errorf("%s!%s has no style %d", m.sheet, m.cell, id)
	}
	yes, xf := true, xfs.Xf[id]
	xf.FillID, xf.ApplyFill = &fillID, &yes
	xfs.Xf = append(xfs.Xf, xf)
	xfs.Count = len(xfs.Xf)
	return c.SetCellStyle(m.sheet, m.cell, m.cell, len(xfs.Xf)-1)
}

// cellsOf lists the cells a finding names: H7, or H7,H9, or H7:H9.
func cellsOf(s string) []string {
	var cells []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool {
		return strings.ContainsRune(",，、; ", r)
	}) {
		from, to, isRange := strings.Cut(part, ":")
		c1, r1, err := excelize.CellNameToCoordinates(from)
		if err != nil {
			continue
		}
		c2, r2 := c1, r1
		if isRange {
			if c2, r2, err = excelize.CellNameToCoordinates(to); err != nil {
				continue
			}
		}
		for row := r1; row <= r2; row++ {
			for col := c1; col <= c2; col++ {
				if cells = append(cells, at(col, row)); len(cells) == maxMarks {
					return cells
				}
			}
		}
	}
	return cells
}

// firstCell is where a finding's first cell lies; 0, 0 when it names none.
func firstCell(s string) (row, col int) {
	cells := cellsOf(s)
	if len(cells) == 0 {
		return 0, 0
	}
	col, row, _ = excelize.CellNameToCoordinates(cells[0])
	return row, col
}
