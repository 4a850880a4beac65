package form

import (
	"strings"
	"text/template"

	"duban/templates"

	"github.com/xuri/excelize/v2"
)

// words are the texts of one form, from the office's wording.
type words struct{ title, basis, hint, guide string }

func (f *Form) words() (words, error) {
	t, err := template.New("form").Parse(templates.Form)
	if err != nil {
		return words{}, err
	}
	in := map[string]any{
		"Plan": f.Plan.Title, "Unit": "", "Month": f.Month.Chinese(), "Deadline": "",
		"Office": f.Office, "Opening": f.Opening,
	}
	if f.Unit != nil {
		in["Unit"] = f.Unit.Name
	}
	if !f.Deadline.IsZero() {
		in["Deadline"] = moment(f.Deadline)
	}
	var w words
	for name, to := range map[string]*string{
		"title": &w.title, "basis": &w.basis, "hint": &w.hint, "guide": &w.guide,
	} {
		var s strings.Builder
		if err := t.ExecuteTemplate(&s, name, in); err != nil {
			return words{}, err
		}
		*to = strings.TrimSpace(s.String())
	}
	return w, nil
}

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
