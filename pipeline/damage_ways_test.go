package pipeline

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"duban/pipeline/form"
	"duban/pipeline/plan"
	"duban/pipeline/sheet/parts"
)

// damage is one way to damage a form. Without a code it is undone, and nobody
// needs to know; with one, the finding of that code stands at the cell. The
// figures of rows that were not hurt are the same in any case. how reports
// whether this form can be damaged so.
type damage struct {
	name    string
	code    string
	refused bool // no figure of the form is taken
	how     func(p *patient) bool
}

const table = form.SheetTable

var damages = []damage{
	{name: "two columns change places", how: func(p *patient) bool {
		return p.columns(func(c []int) { c[8], c[9] = c[9], c[8] })
	}},
	{name: "the id column goes to the end", how: func(p *patient) bool {
		return p.columns(func(c []int) { rotate(c) })
	}},
	{name: "the columns are turned round", how: func(p *patient) bool {
		return p.columns(func(c []int) { slices.Reverse(c) })
	}},
	{name: "the columns are shuffled", how: func(p *patient) bool {
		return p.columns(func(c []int) { p.r.Shuffle(len(c), func(i, k int) { c[i], c[k] = c[k], c[i] }) })
	}},
	{name: "a column is inserted", how: func(p *patient) bool {
		return p.InsertCols(table, []string{"C", "H", "K"}[p.r.IntN(3)], 1) == nil
	}},
	{name: "columns that only show are deleted", how: func(p *patient) bool {
		return p.dropColumn(form.HeadTarget) && p.dropColumnAfter(form.HeadDue)
	}},
	{name: "a column no row needs is deleted", how: func(p *patient) bool {
		return p.unneeded() && p.dropColumn(form.HeadB)
	}},
	{name: "the rows are turned round", how: func(p *patient) bool {
		return p.rows(func(r []int) { slices.Reverse(r) })
	}},
	{name: "the rows are shuffled", how: func(p *patient) bool {
		return p.rows(func(r []int) { p.r.Shuffle(len(r), func(i, k int) { r[i], r[k] = r[k], r[i] }) })
	}},
	{name: "blank rows in the middle", how: func(p *patient) bool {
		return p.InsertRows(table, p.any().Row, 2) == nil
	}},
	{name: "blank rows above", how: func(p *patient) bool { return p.InsertRows(table, 1, 3) == nil }},
	{name: "a row is deleted", code: "not-reported", how: func(p *patient) bool {
		e := p.number()
		return e != nil && p.hurts(e) && p.RemoveRow(table, e.Row) == nil
	}},
	{name: "a row is hidden", code: "hidden-figure", how: func(p *patient) bool {
		e := p.number()
		if e == nil {
			return false
		}
		for _, col := range []plan.Column{plan.ColAdded, plan.ColTotal} {
			p.cells = append(p.cells, e.Cells[col].Address)
		}
		return p.SetRowVisible(table, e.Row, false) == nil
	}},
	{name: "a column is hidden", code: "hidden-figure", how: func(p *patient) bool {
		name, _ := excelize.ColumnNumberToName(p.read.Columns[form.HeadTotal])
		return p.number() != nil && p.SetColVisible(table, name, false) == nil
	}},
	{name: "the heads once more in the middle", how: (*patient).headsAgain},
	{name: "heads with blanks and breaks", how: func(p *patient) bool {
		return p.head(form.HeadTotal, " 累计完成\n／ 本期数　") && p.head(form.HeadID, "指标 编号")
	}},
	{name: "a head with its measure", how: func(p *patient) bool {
		return p.head(form.HeadTotal, "累计完成（人）") && p.head(form.HeadAdded, "本月新增（人）")
	}},
	{name: "a head is emptied", code: "head-guessed", how: func(p *patient) bool {
		return p.head(form.HeadTotal, "")
	}},
	{name: "a head is overwritten", code: "head-guessed", how: func(p *patient) bool {
		return p.head(form.HeadAdded, "3月数")
	}},
	{name: "the head of the ids is emptied", code: "head-guessed", how: func(p *patient) bool {
		return p.head(form.HeadID, "")
	}},
	{name: "a blank far below", how: func(p *patient) bool {
		return p.SetCellStr(table, "K900", " ") == nil && p.SetCellStr(table, "A901", "　") == nil
	}},
	{name: "words below the table", how: func(p *patient) bool {
		return p.SetCellStr(table, "D200", "注：以上数据由各科室提供") == nil
	}},
	{name: "a sum below the table", code: "row-without-id", how: func(p *patient) bool {
		a := p.address(form.HeadTotal, 300)
		p.cells = []string{a}
		return p.SetCellInt(table, a, 4321) == nil
	}},
	{name: "a note beside the table", code: "outside-table", how: func(p *patient) bool {
		p.cells = []string{fmt.Sprint("W", p.any().Row)}
		return p.SetCellStr(table, p.cells[0], "已核") == nil
	}},
	{name: "items are merged over their rows", how: (*patient).mergeItems},
	{name: "figures are merged over two rows", code: "merged-away", how: (*patient).mergeRows},
	{name: "figures are merged over two columns", code: "merged-away", how: func(p *patient) bool {
		e := p.number()
		if e == nil || e.Cells[plan.ColAdded].Blank() {
			return false
		}
		p.cells = []string{e.Cells[plan.ColTotal].Address}
		return p.hurts(e) && p.MergeCell(table, e.Cells[plan.ColAdded].Address, p.cells[0]) == nil
	}},
	{name: "the id column is deleted", code: "identified-by-name", how: func(p *patient) bool {
		return p.dropColumn(form.HeadID)
	}},
	{name: "an id is emptied", code: "identified-by-name", how: func(p *patient) bool {
		return p.id("")
	}},
	{name: "an id is overwritten", code: "identified-by-name", how: func(p *patient) bool {
		return p.id("第3项")
	}},
	{name: "an id is another row's", code: "identified-by-name", how: func(p *patient) bool {
		e, f := p.two()
		return e != nil && p.id2(e, f.ID)
	}},
	{name: "two ids change places", code: "id-altered", how: func(p *patient) bool {
		e, f := p.two()
		if e == nil || e.ID == "" {
			return false
		}
		ok := p.id2(e, f.ID) && p.id2(f, e.ID) && p.hurts(e) && p.hurts(f)
		p.cells = []string{e.Name.Address}
		return ok
	}},
	{name: "a name is overwritten", code: "name-altered", how: func(p *patient) bool {
		e := p.number()
		return e != nil && p.put(e.Name.Address, "就业人数")
	}},
	{name: "a target is overwritten", code: "target-altered", how: func(p *patient) bool {
		e := p.number()
		return e != nil && p.put(e.Target.Address, "约10000")
	}},
	{name: "a measure is overwritten", code: "measure-altered", how: func(p *patient) bool {
		e := p.number()
		return e != nil && p.put(e.Measure.Address, "万人")
	}},
	{name: "the sheet is renamed", how: func(p *patient) bool {
		return p.SetSheetName(table, "3月报表") == nil
	}},
	{name: "a cover is put in front", how: func(p *patient) bool {
		_, err := p.NewSheet("封面")
		return err == nil && p.SetCellStr("封面", "A1", "工作汇报") == nil &&
			p.MoveSheet("封面", form.SheetGuide) == nil
	}},
	{name: "the sheet is copied", how: func(p *patient) bool { return p.copySheet() }},
	{name: "a copied sheet says something else", code: "several-forms", refused: true,
		how: func(p *patient) bool {
			e := p.number()
			return e != nil && p.copySheet() &&
				p.SetCellInt("填报 (2)", e.Cells[plan.ColTotal].Address, 98) == nil
		}},
	{name: "another month is pasted below", code: "several-forms", refused: true,
		how: func(p *patient) bool {
			return p.SetCellStr(table, "B120", "报送期：2025年2月") == nil
		}},
	{name: "the token is deleted", code: "token-missing", refused: true, how: func(p *patient) bool {
		return p.DeleteSheet(form.SheetToken) == nil
	}},
	{name: "the guide is deleted", how: func(p *patient) bool {
		return p.DeleteSheet(form.SheetGuide) == nil
	}},
	{name: "full-width digits", how: func(p *patient) bool {
		return p.rewrite(plan.ColTotal, func(n string) string { return wideDigits(n) })
	}},
	{name: "digits as text", how: func(p *patient) bool {
		return p.rewrite(plan.ColTotal, func(n string) string { return " " + n + " " })
	}},
	{name: "marks nobody sees", how: func(p *patient) bool {
		return p.rewrite(plan.ColTotal, func(n string) string { return "\u200b" + n + "\ufeff" })
	}},
	{name: "thousands separators", how: func(p *patient) bool {
		return p.big(func(n string) string { return n[:len(n)-3] + "," + n[len(n)-3:] })
	}},
	{name: "full-width separators", how: func(p *patient) bool {
		return p.big(func(n string) string { return wideDigits(n[:len(n)-3]) + "，" + n[len(n)-3:] })
	}},
	{name: "the measure behind the number", how: func(p *patient) bool {
		e := p.number()
		return e != nil && p.put(e.Cells[plan.ColTotal].Address,
			e.Cells[plan.ColTotal].Number.String()+e.Measure.Text)
	}},
	{name: "about", code: "approximate-number", how: func(p *patient) bool {
		return p.rewrite(plan.ColTotal, func(n string) string { return "约" + n })
	}},
	{name: "and more", code: "approximate-number", how: func(p *patient) bool {
		return p.rewrite(plan.ColTotal, func(n string) string { return n + "余" })
	}},
	{name: "in tens of thousands", code: "scaled-number", how: func(p *patient) bool {
		return p.rewrite(plan.ColTotal, func(n string) string {
			return decimal.RequireFromString(n).Shift(-4).String() + "万"
		})
	}},
	{name: "Chinese numerals", code: "scaled-number", how: func(p *patient) bool {
		return p.rewrite(plan.ColAdded, func(n string) string {
			return map[string]string{"1": "一", "2": "二", "10": "十", "100": "一百", "200": "两百",
				"3": "三", "4": "四", "5": "五", "6": "六", "7": "七", "8": "八", "9": "九",
				"300": "三百", "400": "四百", "500": "伍佰", "900": "玖佰"}[n]
		})
	}},
	{name: "a percent sign", how: func(p *patient) bool {
		return p.percent(func(a, n string) bool { return p.put(a, n+"％") })
	}},
	{name: "a percent format", how: func(p *patient) bool {
		return p.percent(func(a, n string) bool {
			style, err := p.NewStyle(&excelize.Style{NumFmt: 10})
			return err == nil && p.SetCellDefault(table, a,
				decimal.RequireFromString(n).Shift(-2).String()) == nil &&
				p.SetCellStyle(table, a, a, style) == nil
		})
	}},
	{name: "a formula with its result", how: func(p *patient) bool {
		return p.formula("1+2", true)
	}},
	{name: "a formula without its result", code: "formula-without-value", how: func(p *patient) bool {
		return p.formula("1+2", false)
	}},
	{name: "a formula of another file", code: "formula-external", how: func(p *patient) bool {
		return p.formula("[1]Sheet1!$A$1", true)
	}},
	{name: "an error", code: "error-value", how: func(p *patient) bool {
		return p.spoil("#REF!")
	}},
	{name: "words for a number", code: "not-a-number", how: func(p *patient) bool {
		return p.spoil("暂无")
	}},
	{name: "a number that may be two", code: "not-a-number", how: func(p *patient) bool {
		return p.spoil("12,34")
	}},
	{name: "a range for a number", code: "not-a-number", how: func(p *patient) bool {
		return p.spoil("30-40")
	}},
	{name: "a numeral cut short", code: "not-a-number", how: func(p *patient) bool {
		return p.spoil("一百五")
	}},
	{name: "a date with dots", how: func(p *patient) bool {
		return p.date(func(d plan.Date) any { return fmt.Sprintf("%d.%d.%d", d.Year, d.Month, d.Day) })
	}},
	{name: "a date in Chinese", how: func(p *patient) bool {
		return p.date(func(d plan.Date) any { return d.Chinese() })
	}},
	{name: "a date as a plain number", how: func(p *patient) bool {
		return p.date(func(d plan.Date) any { return 45716 + d.Day })
	}},
	{name: "a date written together", how: func(p *patient) bool {
		return p.date(func(d plan.Date) any { return fmt.Sprintf("%d%02d%02d", d.Year, d.Month, d.Day) })
	}},
	{name: "a date that is none", code: "not-a-date", how: func(p *patient) bool {
		ok := p.date(func(plan.Date) any { return "2025.2.30" })
		return ok && p.hurts(p.entryAt(p.cells[0]))
	}},
	{name: "a row is there twice", how: func(p *patient) bool {
		e := p.number()
		return e != nil && p.DuplicateRow(table, e.Row) == nil
	}},
	{name: "a row is there twice with other figures", code: "duplicate-row",
		how: func(p *patient) bool {
			e := p.number()
			if e == nil || p.DuplicateRow(table, e.Row) != nil {
				return false
			}
			p.hurts(e)
			return p.SetCellInt(table, p.address(form.HeadTotal, e.Row+1), 77) == nil
		}},
	{name: "nobody has signed", code: "filler-missing", how: func(p *patient) bool {
		return p.put(p.read.Filler.Address, "")
	}},
}

// rotate puts the first at the end.
func rotate(c []int) {
	first := c[0]
	copy(c, c[1:])
	c[len(c)-1] = first
}

func wideDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '!' && r <= '~' {
			return r + 0xfee0
		}
		return r
	}, s)
}

func (p *patient) any() *plan.Entry { return &p.read.Entries[p.r.IntN(len(p.read.Entries))] }

// number is a row with a whole running total; nil when the form has none.
func (p *patient) number() *plan.Entry {
	var all []*plan.Entry
	for i, e := range p.read.Entries {
		if ind := p.w.Plan.Indicator(e.ID); ind != nil && e.Cells[plan.ColTotal].Number.Known() &&
			!e.Cells[plan.ColAdded].Blank() && (ind.Kind == plan.Cumulative || ind.Kind == plan.Annual) {
			all = append(all, &p.read.Entries[i])
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all[p.r.IntN(len(all))]
}

// two are a filled row and another one of another name.
func (p *patient) two() (e, f *plan.Entry) {
	if e = p.number(); e == nil {
		return nil, nil
	}
	for i := range p.read.Entries {
		f = &p.read.Entries[i]
		if f.ID != e.ID && p.w.Plan.Indicator(f.ID) != nil && f.Name.Text != e.Name.Text &&
			!f.Cells[plan.ColTotal].Blank() {
			return e, f
		}
	}
	return nil, nil
}

func (p *patient) hurts(e *plan.Entry) bool {
	p.hurt = append(p.hurt, e.ID)
	return true
}

func (p *patient) entryAt(cell string) *plan.Entry {
	_, row, _ := excelize.CellNameToCoordinates(cell)
	for i := range p.read.Entries {
		if p.read.Entries[i].Row == row {
			return &p.read.Entries[i]
		}
	}
	return nil
}

func (p *patient) address(head string, row int) string {
	s, _ := excelize.CoordinatesToCellName(p.read.Columns[head], row)
	return s
}

// put writes a text into a cell and expects the finding there.
func (p *patient) put(cell, text string) bool {
	p.cells = []string{cell}
	return p.SetCellStr(table, cell, text) == nil
}

func (p *patient) head(head, text string) bool { return p.put(p.address(head, p.read.HeadRow), text) }

func (p *patient) id(text string) bool {
	e := p.number()
	return e != nil && p.id2(e, text)
}

func (p *patient) id2(e *plan.Entry, text string) bool {
	ok := p.put(e.IDCell.Address, text)
	p.cells = []string{e.Name.Address, e.IDCell.Address}
	return ok
}

func (p *patient) rewrite(c plan.Column, write func(n string) string) bool {
	e := p.number()
	if e == nil {
		return false
	}
	text := write(e.Cells[c].Number.String())
	return text != "" && p.put(e.Cells[c].Address, text)
}

// big rewrites a total of at least a thousand.
func (p *patient) big(write func(n string) string) bool {
	for _, e := range p.read.Entries {
		n := e.Cells[plan.ColTotal].Number
		if n.Known() && n.Cmp(plan.Int(1000)) >= 0 && n.Decimal().IsInteger() {
			return p.put(e.Cells[plan.ColTotal].Address, write(n.String()))
		}
	}
	return false
}

func (p *patient) percent(write func(cell, n string) bool) bool {
	for _, e := range p.read.Entries {
		ind, c := p.w.Plan.Indicator(e.ID), e.Cells[plan.ColTotal]
		if ind != nil && ind.Percent() && ind.Kind == plan.Level && c.Number.Known() {
			return write(c.Address, c.Number.String())
		}
	}
	return false
}

// spoil makes a total unreadable.
func (p *patient) spoil(text string) bool {
	e := p.number()
	return e != nil && p.hurts(e) && p.put(e.Cells[plan.ColTotal].Address, text)
}

func (p *patient) date(write func(plan.Date) any) bool {
	for _, e := range p.read.Entries {
		if c := e.Cells[plan.ColActual]; !c.Date.IsZero() {
			p.cells = []string{c.Address}
			style, err := p.NewStyle(&excelize.Style{NumFmt: 0})
			return err == nil && p.SetCellStyle(table, c.Address, c.Address, style) == nil &&
				p.SetCellValue(table, c.Address, write(c.Date)) == nil
		}
	}
	return false
}

// formula puts a formula beside a total, with the total as its result or with
// none: the library that writes workbooks knows only the latter.
func (p *patient) formula(text string, result bool) bool {
	e := p.number()
	if e == nil {
		return false
	}
	cell := e.Cells[plan.ColTotal].Address
	p.cells = []string{cell}
	if !result {
		p.hurts(e)
	}
	p.repack = func(b []byte) []byte {
		at := regexp.MustCompile(`(<c r="` + cell + `"[^>]*>)(<v>[^<]*</v>)`)
		return rezip(b, func(xml string) string {
			if result {
				return at.ReplaceAllString(xml, "$1<f>"+strings.ReplaceAll(text, "$", "$$")+"</f>$2")
			}
			return at.ReplaceAllString(xml, "$1<f>"+text+"</f>")
		})
	}
	return true
}

// rezip changes the worksheets of a workbook.
func rezip(b []byte, change func(xml string) string) []byte {
	all := parts.Of(b)
	for i, p := range all {
		if strings.HasPrefix(p.Name, "xl/worksheets/sheet") {
			all[i].Text = change(p.Text)
		}
	}
	return parts.Pack(all)
}
