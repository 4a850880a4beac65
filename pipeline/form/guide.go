package form

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// The guide has two columns: names and their explanations; everything else
// goes over both.
const (
	guideName = 24.0
	guideText = 76.0
)

// writeGuide sets the 填报说明 sheet from its marked-up text.
func (b *book) writeGuide(text string) {
	b.try(b.SetColWidth(SheetGuide, "A", "A", guideName))
	b.try(b.SetColWidth(SheetGuide, "B", "B", guideText))
	row := 0
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		row++
		b.guideLine(row, line)
	}
	b.try(b.SetSheetDimension(SheetGuide, "A1:"+at(2, max(row, 1))))
	yes, no := true, false
	b.try(b.SetSheetView(SheetGuide, 0, &excelize.ViewOptions{ShowGridLines: &no}))
	b.try(b.SetSheetProps(SheetGuide, &excelize.SheetPropsOptions{FitToPage: &yes}))
	page(b, SheetGuide, "portrait")
	b.protect(SheetGuide)
}

func (b *book) guideLine(row int, line string) {
	a, c := at(1, row), at(2, row)
	body := look{face: faceText, size: 11, align: "left"}
	height := 0.0
	switch name, text, isPair := strings.Cut(line, " | "); {
	case strings.HasPrefix(line, "# "):
		line = strings.TrimPrefix(line, "# ")
		body, height = look{face: faceTitle, size: 18, align: "center"}, 36
	case strings.HasPrefix(line, "## "):
		line = strings.TrimPrefix(line, "## ")
		body, height = look{face: faceHead, size: 12, align: "left"}, 28
	case isPair:
		key := look{face: faceHead, size: 10.5, align: "left", line: true, fill: colourHead}
		b.put(SheetGuide, a, name, key)
		b.put(SheetGuide, c, text, look{face: faceText, size: 10.5, align: "left", line: true})
		height = max(RowHeight(name, guideName, 10.5), RowHeight(text, guideText, 10.5))
		b.try(b.SetRowHeight(SheetGuide, row, height))
		return
	default:
		height = RowHeight(line, guideName+guideText, 11)
	}
	b.put(SheetGuide, a, line, body)
	b.try(b.SetCellStyle(SheetGuide, a, c, b.style(body)))
	b.try(b.MergeCell(SheetGuide, a, c))
	b.try(b.SetRowHeight(SheetGuide, row, height))
}
