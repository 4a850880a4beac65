package receipt

import (
	"bytes"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	"duban/pipeline/form"
	"duban/pipeline/plan"

	"github.com/xuri/excelize/v2"
)

// The fills of the severities.
var fills = map[plan.Severity]string{
	plan.Reject: "F8B4B4", plan.Query: "FFD08A", plan.Note: "BDD7EE",
}

// maxMarks bounds how many cells one finding may mark.
const maxMarks = 200

// annotate makes the marked copy; nil when it cannot be made safely.
func annotate(r *Receipt, l *letter) (out []byte) {
	defer func() {
		if recover() != nil {
			out = nil // the library met bytes it cannot stand
		}
	}()
	p, w, err := unpack(r.Original)
	if err != nil {
		return nil
	}
	own := make(map[mark]string)
	mute := make(map[string]bool)
	for _, s := range w.Sheets {
		texts, ok := p.takeComments(s.Part)
		mute[s.Name] = !ok
		for cell, text := range texts {
			own[mark{s.Name, cell}] = text
		}
	}
	b, err := p.pack()
	if err != nil {
		return nil
	}
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{
		UnzipSizeLimit: maxInflated, UnzipXMLSizeLimit: maxInflated,
	})
	if err != nil {
		return nil
	}
	defer f.Close()
	c := &copybook{File: f, painted: make(map[mark]string), own: own, mute: mute}
	c.unmark()
	c.markAll(l.findings, r.Office)
	c.list(r, l)
	if c.err != nil {
		return nil
	}
	b, err = form.Pack(f)
	if err != nil {
		return nil
	}
	return b
}

// mark is a cell of the copy.
type mark struct{ sheet, cell string }

// copybook is the copy being marked.
type copybook struct {
	*excelize.File
	painted map[mark]string // the fill each marked cell had before
	order   []mark
	own     map[mark]string // the sender's own comments
	mute    map[string]bool // sheets that can take no comments
	err     error
}

func (c *copybook) try(err error) {
	if c.err == nil {
		c.err = err
	}
}

// unmark takes the marks of an earlier receipt away: the file may be an
// annotated copy, corrected and handed in again.
func (c *copybook) unmark() {
	i, err := c.GetSheetIndex(form.SheetFindings)
	if err != nil || i < 0 {
		return
	}
	col := colFill + 1
	if v, _ := c.GetCellValue(form.SheetFindings, at(col, rowHead)); v != heads[colFill].name {
		c.try(errors.New("the sender has a sheet of that name")) // it may not be lost
		return
	}
	for row := 1; row <= rowHead+maxListed; row++ {
		v, err := c.GetCellValue(form.SheetFindings, at(col, row))
		if err != nil {
			break
		}
		m := oldMark.FindStringSubmatch(v)
		if m == nil {
			continue
		}
		if sheet := c.sheetOf(m[1]); sheet != "" {
			c.try(c.fill(mark{sheet, m[2]}, m[3]))
		}
	}
	c.try(c.DeleteSheet(form.SheetFindings))
}

var oldMark = regexp.MustCompile(`^(.{1,31})!([A-Z]{1,3}[0-9]{1,5})=([0-9A-F]{6})?$`)

// markAll colours each cell by its worst finding and puts one comment on it.
func (c *copybook) markAll(findings []plan.Finding, office string) {
	notes := make(map[mark][]plan.Finding)
	for _, f := range findings { // worst first
		sheet := c.sheetOf(f.Sheet)
		if sheet == "" {
			continue
		}
		for _, cell := range cellsOf(f.Cell) {
			m := mark{sheet, cell}
			if notes[m] == nil {
				if len(c.order) == maxListed {
					continue
				}
				c.order = append(c.order, m)
				c.painted[m] = c.fillOf(m)
				c.try(c.fill(m, fills[f.Severity]))
			}
			notes[m] = append(notes[m], f)
		}
	}
	if office == "" {
		office = "审核"
	}
	for m := range c.own {
		if notes[m] == nil && c.sheetOf(form.SheetName(m.sheet)) != "" {
			notes[m] = []plan.Finding{}
		}
	}
	for _, m := range byPlace(notes) {
		if !c.mute[m.sheet] {
			c.comment(m, notes[m], office)
		}
	}
}

// byPlace lists the cells in one order, so that equal receipts are equal.
func byPlace(notes map[mark][]plan.Finding) []mark {
	return slices.SortedFunc(maps.Keys(notes), func(a, b mark) int {
		if d := strings.Compare(a.sheet, b.sheet); d != 0 {
			return d
		}
		ra, ca := firstCell(a.cell)
		rb, cb := firstCell(b.cell)
		if ra != rb {
			return ra - rb
		}
		return ca - cb
	})
}

// sheetOf is the sheet spoken of by that name in the copy; "" when it has none.
func (c *copybook) sheetOf(name string) string {
	for _, s := range c.GetSheetList() {
		if form.SheetName(s) == name {
			return s
		}
	}
	return ""
}

// comment says what, why and how; what a cell's own comment said is kept
// below.
func (c *copybook) comment(m mark, findings []plan.Finding, office string) {
	var runs []excelize.RichTextRun
	add := func(text string, bold bool) {
		runs = append(runs, excelize.RichTextRun{
			Text: form.Clean(text), Font: &excelize.Font{Family: "宋体", Size: 10, Bold: bold},
		})
	}
	lines := 0
	for i, f := range findings {
		gap := ""
		if i > 0 {
			gap = "\n\n"
		}
		add(gap+"【"+f.Severity.Chinese()+"】", true)
		add(f.Message, false)
		if f.Fix != "" {
			add("\n怎样改：", true)
			add(f.Fix, false)
		}
		lines += 2 + (len([]rune(f.Message))+len([]rune(f.Fix)))/17 + 1
	}
	own := c.own[m]
	switch {
	case len(findings) == 0:
		office = "填报单位" // who wrote it is not kept by every program
		add(own, false)
		lines += len([]rune(own))/17 + 1
	case own != "":
		add("\n\n"+keptMark, true)
		add(own, false)
		lines += len([]rune(own))/17 + 3
	}
	c.try(c.AddComment(m.sheet, excelize.Comment{
		Cell: m.cell, Author: office, Paragraph: runs,
		Width: 300, Height: uint(min(40+lines*19, 500)),
	}))
}

func at(col, row int) string {
	s, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err) // columns and rows are ours
	}
	return s
}
