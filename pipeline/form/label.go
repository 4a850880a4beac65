package form

import (
	"slices"
	"strings"

	"duban/pipeline/sheet"
)

// What stands above a table: labels, and what was filled in beside them.

// signature finds a fill-in cell beside a label above the table: the first
// cell to the right of the label, even when it is empty.
func (p *place) signature(label string) (row, col int, ok bool) {
	for _, c := range p.sheet.Cells {
		if c.Row >= p.row {
			break
		}
		if c.Kind != sheet.Text || strings.TrimRight(bare(c.Raw), ":") != label {
			continue
		}
		return c.Row, p.beside(c.Row, c.Col), true
	}
	return 0, 0, false
}

// beside is the column right of a cell, past the merged range it may lead.
func (p *place) beside(row, col int) int {
	for _, m := range p.sheet.Merges {
		if m.FromRow <= row && row <= m.ToRow && m.FromCol <= col && col <= m.ToCol {
			return m.ToCol + 1
		}
	}
	return col + 1
}

// shownAbove finds a text of the kind 标签：内容 above the table.
func (p *place) shownAbove(label string) (sheet.Cell, string, bool) {
	for _, c := range p.sheet.Cells {
		if c.Row >= p.row {
			break
		}
		if c.Kind != sheet.Text {
			continue
		}
		before, after, ok := labelled(c.Raw)
		if ok && bare(before) == label {
			return c, strings.TrimSpace(after), true
		}
	}
	return sheet.Cell{}, "", false
}

// shown lists the different texts a label of the kind 标签：内容 has anywhere in
// the sheet: more than one where forms were pasted one below the other.
func (p *place) shown(label string) []string {
	var texts []string
	for _, c := range p.sheet.Cells {
		if c.Kind != sheet.Text {
			continue
		}
		before, after, ok := labelled(c.Raw)
		if ok && bare(before) == label && bare(after) != "" && !slices.Contains(texts, bare(after)) {
			texts = append(texts, bare(after))
		}
	}
	return texts
}

// labelled parts a text of the kind 标签：内容.
func labelled(raw string) (label, text string, ok bool) {
	if strings.IndexByte(raw, ':') < 0 && !strings.Contains(raw, "：") {
		return "", "", false // nearly every text
	}
	return strings.Cut(narrow(unseen(raw)), ":")
}
