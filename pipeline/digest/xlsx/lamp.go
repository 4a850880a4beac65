package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"duban/pipeline/assess"
)

// lamp is how a word of a light shows: the fill and letter of its cell, and the
// colours of its bar and its line in a chart.
type lamp struct{ word, fill, letter, bar, line string }

// lamps are all words a column of lights can say. They differ in brightness as
// well as in hue.
var lamps = []lamp{
	{assess.Done.Chinese(), "BDD7EE", "1F3864", "2E75B6", "1F5C99"},
	{assess.OnTime.Chinese(), "C6E0B4", "1E4620", "92C46D", "4E8A2B"},
	{assess.Behind.Chinese(), "FFE699", "5F4700", "FFE699", "B58900"},
	{assess.FarBehind.Chinese(), "C00000", "FFFFFF", "A00000", "A00000"},
	{"逾期", "7B0000", "FFFFFF", "7B0000", "7B0000"},
	{assess.Missing.Chinese(), "BFBFBF", "262626", "8C8C8C", "7F7F7F"},
	{assess.Pending.Chinese(), "F2F2F2", "595959", "D9D9D9", "A6A6A6"},
}

// lampOf finds the lamp of a word.
func lampOf(word string) (lamp, bool) {
	for _, l := range lamps {
		if l.word == word {
			return l, true
		}
	}
	return lamp{}, false
}

// headLook is how the head of a column looks; one that counts a light bears
// its colour.
func headLook(head string) look {
	l := look{size: 10, bold: true, fill: headFill, across: "center", wrap: true, line: true}
	if x, ok := lampOf(head); ok {
		l.fill, l.colour = x.fill, x.letter
	}
	return l
}

// conditions sets what is coloured by what the cells say.
func (s *sheet) conditions() error {
	if len(s.Rows) == 0 {
		return nil
	}
	for from := 0; from < len(s.Lamps); {
		to := from + 1
		for to < len(s.Lamps) && s.Lamps[to] == s.Lamps[to-1]+1 {
			to++
		}
		if err := s.lightUp(s.Lamps[from], s.Lamps[to-1]); err != nil {
			return err
		}
		from = to
	}
	for _, c := range s.Bars {
		if err := s.bars(c); err != nil {
			return err
		}
	}
	return nil
}

// lightUp colours columns that stand side by side by their words.
func (s *sheet) lightUp(from, to int) error {
	ids, err := s.lampStyles()
	if err != nil {
		return err
	}
	rules := make([]excelize.ConditionalFormatOptions, len(lamps))
	for i, l := range lamps {
		rules[i] = excelize.ConditionalFormatOptions{Type: "cell", Criteria: "==",
			Value: `"` + l.word + `"`, Format: &ids[i]}
	}
	return s.condition(from, to, rules)
}

// lampStyles are the numbers of the conditional styles, in the order of lamps.
func (b *book) lampStyles() ([]int, error) {
	if b.lamps != nil {
		return b.lamps, nil
	}
	ids := make([]int, len(lamps))
	for i, l := range lamps {
		id, err := b.NewConditionalStyle(&excelize.Style{
			Font: &excelize.Font{Color: l.letter}, Fill: filled(l.fill)})
		if err != nil {
			return nil, err
		}
		ids[i] = id
	}
	b.lamps = ids
	return ids, nil
}

// bars draws the percentages of a column behind its figures, from 0 to 100.
func (s *sheet) bars(col int) error {
	return s.condition(col, col, []excelize.ConditionalFormatOptions{{Type: "data_bar",
		Criteria: "=", MinType: "num", MinValue: "0", MaxType: "num", MaxValue: "100",
		BarColor: barFill, BarSolid: true}})
}

// condition sets rules on the cells of columns.
func (s *sheet) condition(from, to int, rules []excelize.ConditionalFormatOptions) error {
	if from < 0 || to >= len(s.Columns) {
		return fmt.Errorf("there is no column %d to colour", to)
	}
	place := at(from+1, s.head()+1) + ":" + at(to+1, s.last())
	return s.SetConditionalFormat(s.name, place, rules)
}
