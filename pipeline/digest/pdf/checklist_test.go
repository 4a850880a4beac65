package pdf

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"duban/pipeline/digest"
)

// The checklist is the proof a reader can print:
//
//	go test -run Checklist -v ./pipeline/digest/pdf
//
// Every row measures finished files with other programs (mutool, pdftoppm) and
// says what was measured, what should be, and the paragraph of GB/T 9704-2012.
// What should be is written here as a figure, not taken from the code.
var checklist = []struct {
	what, clause string
	measure      func(*sheet)
}{
	{"type area 版心", "5.2.1", (*sheet).typeArea},
	{"lines and characters 行数字数", "5.2.3", (*sheet).linesAndCharacters},
	{"sizes and fonts 字体字号", "5.2.2, 7", (*sheet).sizesAndFonts},
	{"发文机关标志", "7.2.4", (*sheet).redMark},
	{"发文字号", "7.2.5", (*sheet).paperNumber},
	{"红色分隔线", "7.2.7", (*sheet).redRule},
	{"标题", "7.3.1", (*sheet).title},
	{"主送机关", "7.3.2", (*sheet).recipient},
	{"正文: indent and headings", "7.3.3", (*sheet).headings},
	{"line ends over the whole notice", "house", (*sheet).lineEnds},
	{"附件说明", "7.3.4", (*sheet).annexList},
	{"署名, 日期: sealed", "7.3.5.1", (*sheet).withSeal},
	{"署名, 日期: unsealed", "7.3.5.2", (*sheet).withoutSeal},
	{"附件", "7.3.7", (*sheet).annexes},
	{"版记", "7.4", (*sheet).imprint},
	{"版记 on an even page", "7.5", (*sheet).imprintPages},
	{"页码", "7.5", (*sheet).pageNumbers},
	{"横排表格", "8", (*sheet).landscape},
	{"table over several pages", "house", (*sheet).longTable},
	{"信函格式", "10.1", (*sheet).letterForm},
	{"专报, as 纪要格式", "10.3", (*sheet).briefForm},
}

// sheet is the measured files and the findings.
type sheet struct {
	*testing.T
	full, notice, sealed, plan, letter, brief trace
	noticePath, letterPath, briefPath         string
	pictures                                  map[string]picture
	out                                       strings.Builder
	clause                                    string
	rows                                      int
}

func TestChecklist(t *testing.T) {
	s := &sheet{T: t, pictures: map[string]picture{}}
	s.full = traced(t, &digest.Paper{Body: []digest.Block{
		digest.Paragraph{Text: han(28*44 - 2)}}})
	_, s.noticePath = written(t, sample())
	_, s.letterPath = written(t, sampleLetter())
	_, s.briefPath = written(t, sampleBrief())
	s.notice, s.letter, s.brief = traceOf(t, s.noticePath), traceOf(t, s.letterPath),
		traceOf(t, s.briefPath)
	sealed := sample()
	sealed.Sealed = true
	sealed.Body = append(sealed.Body, digest.Paragraph{Text: "特此通报。"}) // not the fullest page
	s.sealed = traced(t, sealed)
	_, plan := notice(t)
	s.plan = traced(t, plan)
	for _, c := range checklist {
		fmt.Fprintf(&s.out, "\n%s\n", c.what)
		before := s.rows
		s.clause = c.clause
		c.measure(s)
		if s.rows == before {
			t.Errorf("%s: nothing is measured", c.what)
		}
	}
	t.Logf("%d rows%s", s.rows, s.out.String())
}

// is writes a row: a length or a number.
func (s *sheet) is(what string, got, want, by float64) {
	s.Helper()
	s.row(what, fmt.Sprintf("%.3f", got), fmt.Sprintf("%.3f ± %.2f", want, by),
		math.Abs(got-want) <= by)
}

// says writes a row: words.
func (s *sheet) says(what, got, want string) {
	s.Helper()
	s.row(what, got, want, got == want)
}

func (s *sheet) row(what, got, want string, ok bool) {
	s.Helper()
	s.rows++
	verdict := "  "
	if !ok {
		verdict = "✗ "
		s.Errorf("%s is %s, should be %s (%s)", what, got, want, s.clause)
	}
	fmt.Fprintf(&s.out, "%s%s %s %s %s\n", verdict, padded(what, 44), padded(got, 24),
		padded(want, 24), s.clause)
}

// padded fills up to a width at which a Chinese character counts two.
func padded(text string, width int) string {
	for _, r := range text {
		width--
		if r >= 0x2e80 || r == '—' || r == '“' || r == '”' {
			width--
		}
	}
	return text + strings.Repeat(" ", max(width, 0))
}

// picture is a page of ten points a millimetre.
type picture struct {
	w, h int
	pix  []byte
}

// look draws a page.
func (s *sheet) look(path string, page int) picture {
	key := fmt.Sprint(path, page)
	if p, ok := s.pictures[key]; ok {
		return p
	}
	n := fmt.Sprint(page)
	ppm := tool(s, "pdftoppm", "-r", "254", "-f", n, "-l", n, path)
	var p picture
	var most int
	if _, err := fmt.Sscanf(string(ppm[:20]), "P6\n%d %d\n%d\n", &p.w, &p.h, &most); err != nil {
		s.Fatal(err)
	}
	p.pix = ppm[len(ppm)-3*p.w*p.h:]
	s.pictures[key] = p
	return p
}

func isRed(r, g, b byte) bool  { return r > 200 && g < 120 && b < 120 }
func isDark(r, g, b byte) bool { return r < 128 && g < 128 && b < 128 }

// ink is the box of the points of a colour inside a box, in millimetres.
func (p picture) ink(of func(r, g, b byte) bool, in drawn) drawn {
	d := drawn{x1: math.Inf(1), y1: math.Inf(1)}
	for y := int(in.y1 * 10); y < min(int(in.y2*10), p.h); y++ {
		for x := int(in.x1 * 10); x < min(int(in.x2*10), p.w); x++ {
			if i := 3 * (y*p.w + x); of(p.pix[i], p.pix[i+1], p.pix[i+2]) {
				d.x1, d.x2 = min(d.x1, float64(x)/10), max(d.x2, float64(x+1)/10)
				d.y1, d.y2 = min(d.y1, float64(y)/10), max(d.y2, float64(y+1)/10)
			}
		}
	}
	return d
}

// longRules is a page's rules of a colour that are wider than 100 mm.
func (tr trace) longRules(page int, colour string) []drawn {
	var out []drawn
	for _, l := range tr.lines {
		if l.page == page && l.thick > 0.2 && l.x2-l.x1 > 100 && l.colour == colour {
			out = append(out, l)
		}
	}
	return out
}

const redTrace = "1 .2 .2"
