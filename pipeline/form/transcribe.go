package form

import (
	"bytes"
	"fmt"
	"strings"

	"duban/pipeline/plan"

	"github.com/xuri/excelize/v2"
)

// SheetLeftover (代转抄说明) is put into a transcript: what was left out of it,
// and what must be looked at. It is not part of a form.
const SheetLeftover = "代转抄说明"

// Leftover is one cell of a filled form that could not be put into the fresh
// one as it stood.
type Leftover struct {
	Sheet, Cell string
	Text        string // what stands there
	Reason      string // Chinese
	Put         bool   // it was put in, and must be looked at
}

// Transcribe (代转抄) fills a fresh form with every value of a filled one that
// can be told, whatever the filled one looks like, and lists the rest. The
// fresh form is written and signed as Write does it. It judges no figure: what
// was wrong in the filled form is wrong in the fresh one.
func Transcribe(fresh *Form, key []byte, filled *Filled) (xlsx []byte, left []Leftover, err error) {
	blank, err := Write(fresh, key)
	if err != nil {
		return nil, nil, fmt.Errorf("transcribe: %w", err)
	}
	t := &transcript{fresh: fresh, filled: filled}
	t.gather()
	xlsx, err = Fill(blank, plan.Mask(filled.Filler.Text), plan.Mask(filled.Reviewer.Text), t.answers)
	if err != nil {
		return nil, nil, fmt.Errorf("transcribe: %w", err)
	}
	if len(t.left) > 0 {
		if xlsx, err = t.listed(xlsx); err != nil {
			return nil, nil, fmt.Errorf("transcribe: %w", err)
		}
	}
	return xlsx, t.left, nil
}

type transcript struct {
	fresh   *Form
	filled  *Filled
	answers []Answer
	left    []Leftover
}

// gather makes an answer of every cell it can.
func (t *transcript) gather() {
	rows := map[string]Row{}
	for _, r := range t.fresh.Rows {
		rows[t.key(r.Unit.Name, r.ID())] = r
	}
	first := map[string]plan.Entry{}
	for _, e := range t.filled.Entries {
		unit := e.Unit
		if u := t.fresh.Plan.Unit(bare(unit)); u != nil {
			unit = u.Name
		}
		key := t.key(unit, e.ID)
		r, ok := rows[key]
		before, twice := first[key]
		switch {
		case !ok:
			t.leaveRow(e, "“"+e.ID+"”不在本期应填的指标里")
		case twice && !equalCells(before, e):
			t.leaveRow(e, fmt.Sprintf("同一指标在第%d行已填过，内容不同，只抄了前一行", before.Row))
		case !twice:
			first[key] = e
			t.row(r, e, unit)
		}
	}
	for _, c := range append(append([]plan.Cell{}, t.filled.Loose...), t.filled.Outside...) {
		t.leave(c, "不知道属于哪个指标、哪一列", false)
	}
}

func (t *transcript) key(unit, id string) string {
	if !t.fresh.Opening {
		unit = ""
	}
	return unit + "\x00" + id
}

func (t *transcript) row(r Row, e plan.Entry, unit string) {
	open := map[plan.Column]bool{}
	for _, c := range r.fillable(t.fresh.Opening) {
		open[c] = true
	}
	for _, col := range columns {
		c, there := e.Cells[col.fill]
		if col.fill == "" || !there {
			continue
		}
		a := Answer{ID: r.ID(), Unit: unit, Column: col.fill}
		switch {
		case c.Covered:
			t.leave(c, "并在合并单元格"+c.Merged+"里，没有自己的内容", false)
		case c.Blank():
		case !open[col.fill]:
			t.leave(c, "这一行不填“"+col.head+"”", false)
		case a.take(c):
			t.answers = append(t.answers, a)
			if c.Approximate || c.Scaled || c.Merged != "" || c.Outside {
				t.leave(c, "已抄作"+a.String()+"，请核对", true)
			}
		default:
			t.leave(c, "读不成“"+col.head+"”要填的内容", false)
		}
	}
}

// take makes the answer of a cell; false when it says nothing that can be put
// into a cell of that column.
func (a *Answer) take(c plan.Cell) bool {
	switch a.Column {
	case plan.ColAdded, plan.ColTotal, plan.ColA, plan.ColB:
		a.Number = c.Number
		return c.Number.Known() && (c.Kind == plan.NumberCell || c.Kind == plan.TextCell)
	case plan.ColPlanned, plan.ColActual:
		a.Date = c.Date
		return !c.Date.IsZero()
	case plan.ColExpected:
		if a.Date = c.Date; c.Month != 0 && c.Date.IsZero() {
			a.Date = plan.Date{Year: c.Month.Year(), Month: c.Month.Number(), Day: 1}
		}
		return c.Month != 0
	}
	a.Text = plan.Mask(c.Text)
	return c.Kind == plan.TextCell || c.Kind == plan.NumberCell
}

// String is what the answer says.
func (a Answer) String() string {
	switch {
	case a.Number.Known():
		return a.Number.String()
	case !a.Date.IsZero():
		return a.Date.String()
	}
	return "“" + a.Text + "”"
}

func (t *transcript) leaveRow(e plan.Entry, reason string) {
	for _, col := range columns {
		if c := e.Cells[col.fill]; col.fill != "" && !c.Blank() &&
			!(col.fill == plan.ColState && bare(c.Text) == string(plan.NotDue)) {
			t.leave(c, reason, false)
		}
	}
}

func (t *transcript) leave(c plan.Cell, reason string, put bool) {
	text := c.Text
	if text == "" {
		text = c.Raw
	}
	text = plan.Mask(text)
	if r := []rune(text); len(r) > 60 {
		text = string(r[:60]) + "…"
	}
	t.left = append(t.left, Leftover{t.filled.Sheet, c.Address, text, reason, put})
}

func equalCells(a, b plan.Entry) bool {
	for col, c := range b.Cells {
		if a.Cells[col].Raw != c.Raw {
			return false
		}
	}
	return true
}

// listed adds a sheet that lists what was left.
func (t *transcript) listed(xlsx []byte) ([]byte, error) {
	f, err := excelize.OpenReader(bytes.NewReader(xlsx))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := &book{File: f, styles: make(map[look]int)}
	_, err = b.NewSheet(SheetLeftover)
	b.try(err)
	head := look{face: faceHead, size: 11, fill: colourHead, align: "center", line: true}
	text := look{face: faceText, size: 11, align: "left", line: true}
	b.put(SheetLeftover, "A1", "下列内容没有抄入“"+SheetTable+"”，或抄入后要核对。位置是原报送件中的单元格。",
		look{face: faceText, size: 11, align: "left"})
	b.try(b.MergeCell(SheetLeftover, "A1", "D1"))
	b.try(b.SetRowHeight(SheetLeftover, 1, 24))
	for i, c := range []struct {
		head  string
		width float64
	}{{"工作表", 16}, {"位置", 10}, {"原内容", 32}, {"说明", 52}} {
		name, _ := excelize.ColumnNumberToName(i + 1)
		b.try(b.SetColWidth(SheetLeftover, name, name, c.width))
		b.put(SheetLeftover, at(i+1, 2), c.head, head)
	}
	b.try(b.SetRowHeight(SheetLeftover, 2, 24))
	for n, l := range t.left {
		for i, s := range []string{l.Sheet, l.Cell, plainText(l.Text), l.Reason + "。"} {
			b.put(SheetLeftover, at(i+1, n+3), s, text)
		}
		b.try(b.SetRowHeight(SheetLeftover, n+3, max(RowHeight(l.Text, 32, 11),
			RowHeight(l.Reason, 52, 11))))
	}
	page(b, SheetLeftover, "landscape")
	if b.err != nil {
		return nil, b.err
	}
	return Pack(f)
}

// plainText keeps a sender's words from being taken for a token.
func plainText(s string) string { return strings.ReplaceAll(s, tokenPrefix, "") }
