package xlsx

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// How many characters of 10 points fit across a page.
const (
	fitsA4   = 190 // landscape, a little smaller than full size
	fitsA3   = 300
	freezeAt = 160 // from this width on, the leading columns stay as well
	leading  = 70  // and may take this much
)

// The library's numbers of the paper sizes.
const (
	paperA3 = 8
	paperA4 = 9
)

// layOut sets everything that is not a cell.
func (s *sheet) layOut() error {
	end := at(len(s.Columns), s.last())
	fit := true
	size, across := paperA4, 1
	if s.width() > fitsA4 {
		size = paperA3
	}
	if s.width() > fitsA3 {
		across = 2
	}
	down, orientation, order := 0, "landscape", "overThenDown"
	if len(s.Charts) > 0 {
		size, across, down = paperA4, 1, 1 // or a page's edge would cut a chart
	}
	grid := false
	foot := "&C&9第 &P 页 共 &N 页"
	// The filter comes first: the library forgets the fitting when it sets one.
	if len(s.Rows) > 0 {
		if err := s.AutoFilter(s.name, at(1, s.head())+":"+end, nil); err != nil {
			return err
		}
	}
	for _, err := range []error{
		s.SetSheetDimension(s.name, "A1:"+end),
		s.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		s.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &size,
			Orientation: &orientation, FitToWidth: &across, FitToHeight: &down, PageOrder: &order}),
		s.SetPageMargins(s.name, margins()),
		s.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{
			OddHeader: "&R&9" + inHeader(s.Title), OddFooter: foot}),
		s.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: &grid}),
		s.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", RefersTo: s.titles(), Scope: s.name}),
		s.conditions(),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// print makes what is printed reach to a column and a row.
func (s *sheet) print(col, row int) error {
	last, err := excelize.ColumnNumberToName(col)
	if err != nil {
		return err
	}
	return s.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: s.name,
		RefersTo: fmt.Sprintf("%s!$A$1:$%s$%d", quoted(s.name), last, row)})
}

// margins are in inches.
func margins() *excelize.PageLayoutMarginsOptions {
	side, top, edge, yes := 0.5, 0.65, 0.3, true
	return &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &top,
		Header: &edge, Footer: &edge, Horizontally: &yes}
}

// inHeader escapes what a page header would take for a code, and keeps it
// short of the 255 characters that fit.
func inHeader(s string) string {
	r := []rune(clean(s))
	if len(r) > 80 {
		r = append(r[:79], '…')
	}
	s = strings.ReplaceAll(string(r), "\n", " ")
	if s != "" && s[0] >= '0' && s[0] <= '9' {
		s = " " + s // or it would lengthen the number of the font's size
	}
	return strings.ReplaceAll(s, "&", "&&")
}

// titles is what repeats on every page: the head, and the leading columns of a
// sheet that needs several pages across.
func (s *sheet) titles() string {
	rows := fmt.Sprintf("%s!$%d:$%d", quoted(s.name), s.head(), s.head())
	if n := s.leading(); n > 0 && s.width() > fitsA3 {
		last, _ := excelize.ColumnNumberToName(n)
		return fmt.Sprintf("%s!$A:$%s,%s", quoted(s.name), last, rows)
	}
	return rows
}

// leading is how many columns stay when a wide sheet is moved sideways.
func (s *sheet) leading() int {
	if s.width() <= freezeAt {
		return 0
	}
	var w float64
	for i, c := range s.Columns {
		if w += c.Width; w > leading {
			return i
		}
	}
	return 0
}

// freeze keeps the head, and the leading columns of a wide sheet, in sight.
func (s *sheet) freeze() error {
	cols := s.leading()
	p := &excelize.Panes{Freeze: true, XSplit: cols, YSplit: s.head(),
		TopLeftCell: at(cols+1, s.head()+1), ActivePane: "bottomLeft"}
	if cols > 0 {
		p.ActivePane = "bottomRight"
	}
	return s.out.SetPanes(p)
}
