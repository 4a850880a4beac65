package form

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"duban/pipeline/plan"
	"duban/pipeline/sheet"

	"github.com/xuri/excelize/v2"
)

// Answer is one cell to fill in: the number when it is known, else the date,
// else the text (which may be any nonsense: tests need it).
type Answer struct {
	ID     string
	Unit   string // the unit's name as the row shows it; only the opening form asks
	Column plan.Column
	Text   string
	Number plan.Value
	Date   plan.Date
}

// Fill fills a form of ours by program and returns the filled workbook. An
// answer for a row or column that the form does not have is an error.
func Fill(xlsx []byte, filler, reviewer string, answers []Answer) ([]byte, error) {
	w, err := sheet.Read(xlsx, sheet.DefaultLimits)
	if err != nil {
		return nil, fmt.Errorf("fill form: %w", err)
	}
	p, err := locate(w)
	if err != nil {
		return nil, fmt.Errorf("fill form: %w", err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(xlsx))
	if err != nil {
		return nil, fmt.Errorf("fill form: %w", err)
	}
	defer f.Close()
	for _, sign := range [][2]string{{labelFiller, filler}, {labelReviewer, reviewer}} {
		row, col, ok := p.signature(sign[0])
		if ok && sign[1] != "" {
			if err := f.SetCellStr(p.sheet.Name, at(col, row), sign[1]); err != nil {
				return nil, fmt.Errorf("fill form: %w", err)
			}
		}
	}
	rows, cols := p.index(w), fills(p.heads)
	for _, a := range answers {
		if _, several := p.heads[HeadUnit]; !several {
			a.Unit = ""
		}
		row, ok := rows[a.Unit+"\x00"+a.ID]
		col, ok2 := cols[a.Column]
		if !ok || !ok2 {
			return nil, fmt.Errorf("fill form: no cell for %s %s %s", a.Unit, a.ID, a.Column)
		}
		if err := a.put(f, p.sheet.Name, at(col, row)); err != nil {
			return nil, fmt.Errorf("fill form: %s %s: %w", a.ID, a.Column, err)
		}
	}
	out, err := Pack(f)
	if err != nil {
		return nil, fmt.Errorf("fill form: %w", err)
	}
	return out, nil
}

// index is the row of every unit and id of the table.
func (p *place) index(w *sheet.Workbook) map[string]int {
	m := make(map[string]int)
	for _, row := range p.rows() {
		id := bare(p.named(w, row, HeadID).Text)
		if id != "" {
			m[strings.TrimSpace(p.named(w, row, HeadUnit).Text)+"\x00"+id] = row
		}
	}
	return m
}

// day0 is day 0 of a workbook's calendar, right for all days after 1900-02.
var day0 = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

func (a Answer) put(f *excelize.File, sheet, cell string) error {
	switch {
	case a.Number.Known():
		return f.SetCellDefault(sheet, cell, a.Number.String())
	case !a.Date.IsZero():
		d := time.Date(a.Date.Year, time.Month(a.Date.Month), a.Date.Day, 0, 0, 0, 0, time.UTC)
		return f.SetCellInt(sheet, cell, int64(d.Sub(day0)/(24*time.Hour)))
	}
	return f.SetCellStr(sheet, cell, a.Text)
}
