package pdf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"time"
	"unicode/utf16"

	"github.com/jung-kurt/gofpdf"
)

// press writes finished pages with gofpdf. It keeps round gofpdf's traps: it
// hands over names of the fonts only, places every run itself, and spaces by
// operators of its own.
type press struct {
	pdf     *gofpdf.Fpdf
	role    role
	size    float64 // points; 0: no font set in this state
	spacing float64
}

// papers is the file's own data.
type papers struct {
	title, author, subject string
	created                time.Time
}

// print writes the pages into a file's bytes.
func (s *setter) print(d papers) ([]byte, error) {
	p := &press{pdf: gofpdf.New("P", "mm", "A4", "")}
	p.pdf.SetAutoPageBreak(false, 0)
	p.pdf.SetMargins(0, 0, 0)
	p.pdf.SetCatalogSort(true)
	p.pdf.SetCompression(false) // bind packs
	p.pdf.SetCreationDate(d.created)
	p.pdf.SetModificationDate(d.created)
	p.pdf.SetProducer("duban", false)
	p.pdf.SetTitle(utf16Text(d.title), false)
	p.pdf.SetAuthor(utf16Text(d.author), false)
	p.pdf.SetSubject(utf16Text(d.subject), false)
	for r := range roles {
		if len(s.used[r]) > 0 {
			p.pdf.AddFontFromBytes(r.family(), "", standIn(r), nil)
		}
	}
	for _, pg := range s.pages {
		p.pdf.AddPage()
		for _, b := range pg.bookmarks { // before a font is set, or gofpdf encodes them
			p.pdf.Bookmark(utf16Text(b.text), 0, b.y)
		}
	}
	for i, pg := range s.pages {
		p.pdf.SetPage(i + 1)
		p.page(pg)
	}
	var b bytes.Buffer
	if err := p.pdf.Output(&b); err != nil {
		return nil, fmt.Errorf("gofpdf: %w", err)
	}
	return s.bind(b.Bytes()), nil
}

// page fills a page; gofpdf believes the last one's colour to hold on it, too.
func (p *press) page(pg *page) {
	p.pdf.SetFillColor(0, 0, 0)
	p.forget()
	if pg.frame.across {
		// x runs up the paper, y to the right: a turn of the page's content.
		p.pdf.RawWriteStr(fmt.Sprintf("q 0 1 -1 0 %.3f 0 cm", paperHeight/mmPerPoint))
		p.forget()
	}
	for _, m := range pg.marks {
		m.draw(p)
	}
	if pg.frame.across {
		p.pdf.RawWriteStr("Q")
		p.forget()
	}
	for _, m := range pg.fixed {
		m.draw(p)
	}
}

// forget makes the next run name its font and spacing again.
func (p *press) forget() { p.size, p.spacing = 0, math.NaN() }

func (r *run) draw(p *press) {
	if p.role != r.role || p.size != r.size {
		p.pdf.SetFont(r.role.family(), "", r.size)
		p.role, p.size = r.role, r.size
	}
	if p.spacing != r.spacing {
		p.pdf.RawWriteStr(fmt.Sprintf("%.4f Tc", r.spacing))
		p.spacing = r.spacing
	}
	if r.stretch != 0 {
		p.pdf.RawWriteStr(fmt.Sprintf("%.2f Tz", r.stretch*100))
	}
	if r.actual != "" {
		p.pdf.RawWriteStr(fmt.Sprintf("/Span <</ActualText <%X>>> BDC", utf16Text(r.actual)))
	}
	text := make([]byte, 0, 2*len(r.codes))
	for _, c := range r.codes {
		text = binary.BigEndian.AppendUint16(text, c)
	}
	p.pdf.SetTextColor(r.colour.r, r.colour.g, r.colour.b)
	p.pdf.Text(r.x, r.y, string(text))
	if r.actual != "" {
		p.pdf.RawWriteStr("EMC")
	}
	if r.stretch != 0 {
		p.pdf.RawWriteStr("100 Tz")
	}
}

func (l rule) draw(p *press) {
	p.pdf.SetDrawColor(l.colour.r, l.colour.g, l.colour.b)
	p.pdf.SetLineWidth(l.thick)
	p.pdf.Line(l.x1, l.y1, l.x2, l.y2)
}

func (s shape) draw(p *press) {
	points := make([]gofpdf.PointType, len(s.points))
	for i, q := range s.points {
		points[i] = gofpdf.PointType{X: q.x, Y: q.y}
	}
	how := ""
	if s.filled {
		how += "F"
		p.pdf.SetFillColor(s.fill.r, s.fill.g, s.fill.b)
	}
	if s.thick > 0 {
		how += "D"
		p.pdf.SetDrawColor(s.edge.r, s.edge.g, s.edge.b)
		p.pdf.SetLineWidth(s.thick)
	}
	p.pdf.Polygon(points, how)
}

// utf16Text is a text string of the PDF format, with characters beyond U+FFFF.
func utf16Text(s string) string {
	b := []byte{0xfe, 0xff}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return string(b)
}
