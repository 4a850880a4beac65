package form

import (
	"regexp"
	"slices"
	"strings"

	"duban/pipeline/plan"
	"duban/pipeline/sheet"
)

// place is where the table of a form was found: its head rows, and the column
// of every head that is there.
type place struct {
	sheet   *sheet.Sheet
	row     int            // of the first heads
	heads   map[string]int // head → column, by the first heads
	bands   []band         // in their order; more than one where the heads are repeated
	guessed []plan.Cell    // heads that are gone, told by their place
}

// band is a row of heads, which holds for the rows below it.
type band struct {
	row   int
	heads map[string]int
	fills map[plan.Column]int // of the fill-in columns
}

// clerksHeads are what clerks make of the heads.
var clerksHeads = map[string]string{
	"累计完成": HeadTotal, "本期数": HeadTotal, "累计数": HeadTotal, "累计完成数": HeadTotal,
	"累计": HeadTotal, "本月新增数": HeadAdded, "新增": HeadAdded, "备注": HeadRemark,
	"说明": HeadRemark, "进展情况": HeadProgress, "单位": HeadMeasure, "编号": HeadID,
}

// isHead are the heads a table can have, in their bare form.
var isHead = func() map[string]string {
	m := make(map[string]string)
	for _, c := range columns {
		m[bare(c.head)] = c.head
	}
	return m
}()

// headOf is the head a text is, with or without brackets behind it; exact, when
// it is the form's own word.
func headOf(text string) (head string, exact, ok bool) {
	b := bare(text)
	if len(b) > 60 {
		return "", false, false
	}
	if head, ok := isHead[b]; ok {
		return head, true, true
	}
	if strings.HasSuffix(b, ")") {
		b, _, _ = strings.Cut(b, "(")
	}
	if head, ok := isHead[b]; ok {
		return head, false, true
	}
	head, ok = clerksHeads[b]
	return head, false, ok
}

// enough is how many known heads make a row the head row.
const enough = 6

// places finds every table, that of the form's own name first.
func places(w *sheet.Workbook) []*place {
	var all []*place
	for _, s := range inOrder(w) {
		if p := headRows(s); p != nil {
			p.guess()
			for i := range p.bands {
				p.bands[i].fills = fills(p.bands[i].heads)
			}
			all = append(all, p)
		}
	}
	return all
}

// locate finds the table to be filled.
func locate(w *sheet.Workbook) (*place, error) {
	for _, p := range places(w) {
		if p.names() {
			return p, nil
		}
	}
	return nil, noTable(w)
}

// names reports whether the rows of the table say what they are about.
func (p *place) names() bool {
	_, id := p.heads[HeadID]
	_, name := p.heads[HeadName]
	return id || name
}

func noTable(w *sheet.Workbook) *NotFormError {
	for _, p := range places(w) {
		return &NotFormError{Sheet: SheetName(p.sheet.Name), Reason: "表里“" + HeadID + "”列（隐藏的第一列）和“" +
			HeadName + "”列都找不到，无法对应指标"}
	}
	return &NotFormError{Reason: "找不到填报表的表头行（" + HeadID + "、" + HeadNumber +
		"、" + HeadItem + "、" + HeadName + "……）"}
}

// inOrder lists the sheets to look at: the table's own name first.
func inOrder(w *sheet.Workbook) []*sheet.Sheet {
	var own, others []*sheet.Sheet
	for _, s := range w.Sheets {
		switch {
		case s.Name == SheetTable:
			own = append(own, s)
		case s.Name != SheetFindings && s.Name != SheetToken:
			others = append(others, s)
		}
	}
	return append(own, others...)
}

// headRows finds the head rows of one sheet; nil when it has none.
func headRows(s *sheet.Sheet) *place {
	p := &place{sheet: s}
	row, own := band{}, map[string]bool{}
	keep := func() {
		if len(row.heads) >= enough {
			p.bands = append(p.bands, row)
		}
	}
	for _, c := range s.Cells {
		if c.Row != row.row {
			keep()
			row = band{row: c.Row}
			clear(own)
		}
		if c.Kind != sheet.Text {
			continue
		}
		head, exact, ok := headOf(c.Raw)
		if _, twice := row.heads[head]; !ok || twice && (!exact || own[head]) {
			continue
		}
		if row.heads == nil {
			row.heads = map[string]int{}
		}
		row.heads[head], own[head] = c.Col, exact
	}
	keep()
	if len(p.bands) == 0 {
		return nil
	}
	p.row, p.heads = p.bands[0].row, p.bands[0].heads
	return p
}

// bandOf is the row of heads that holds for a row; not ok for one of heads itself.
func (p *place) bandOf(row int) (*band, bool) {
	i, isHeads := slices.BinarySearchFunc(p.bands, row, func(b band, row int) int {
		return b.row - row
	})
	return &p.bands[max(i-1, 0)], !isHeads
}

// guess tells a head that was overwritten or emptied by its place: both its
// neighbours are there, one column away. A column that was deleted leaves no
// room between them, and is not guessed.
func (p *place) guess() {
	order := columns
	if _, several := p.heads[HeadUnit]; !several {
		order = slices.DeleteFunc(slices.Clone(columns), func(c column) bool {
			return c.head == HeadUnit
		})
	}
	headAt := map[int]bool{}
	for _, col := range p.heads {
		headAt[col] = true
	}
	for i, c := range order {
		if _, there := p.heads[c.head]; there || c.head == HeadUnit {
			continue
		}
		col, ok := 0, false
		if i > 0 {
			if col, ok = p.heads[order[i-1].head]; !ok {
				continue
			}
			col++
		}
		if i+1 < len(order) {
			next, ok := p.heads[order[i+1].head]
			if !ok || i > 0 && next != col+1 {
				continue
			}
			col = next - 1
		} else if _, there := p.sheet.At(p.row, col); !there {
			continue // behind the last column only a text of some kind tells
		}
		if col < 1 || headAt[col] || c.head == HeadID && !p.holdsIDs(col) {
			continue
		}
		p.heads[c.head], headAt[col] = col, true
		p.guessed = append(p.guessed, plan.Cell{Address: at(col, p.row), Kind: plan.TextCell,
			Text: c.head})
	}
}

var idShape = regexp.MustCompile(`^[A-Z]+\d+(-\d+)?$`)

// holdsIDs reports whether ids stand in a column below the heads.
func (p *place) holdsIDs(col int) bool {
	n := 0
	for _, c := range p.sheet.Cells {
		if c.Col == col && c.Row > p.row && c.Kind == sheet.Text && idShape.MatchString(bare(c.Raw)) {
			n++
		}
	}
	return n > 0
}

// fills is the column of each fill-in column that the heads name.
func fills(heads map[string]int) map[plan.Column]int {
	m := make(map[plan.Column]int)
	for _, c := range columns {
		if col, ok := heads[c.head]; ok && c.fill != "" {
			m[c.fill] = col
		}
	}
	return m
}
