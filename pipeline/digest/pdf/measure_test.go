package pdf

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"duban/pipeline/digest"
)

// printed is a character as another program finds it in the finished file;
// lengths in millimetres from the paper's top left corner.
type printed struct {
	page   int
	font   string
	size   float64 // points
	colour string
	r      rune
	x, y   float64 // left end of its baseline
	right  float64 // where its box ends
	across bool
}

// drawn is a straight line, or a polygon's box.
type drawn struct {
	page           int
	x1, y1, x2, y2 float64
	thick          float64
	colour         string
}

// trace is a file as mutool sees it.
type trace struct {
	pages int
	text  []printed
	lines []drawn
}

func written(t testing.TB, p *digest.Paper) (*Result, string) {
	t.Helper()
	r, err := Write(p, fontsFor(t))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(path, r.Bytes, 0o644); err != nil {
		t.Fatal(err)
	}
	return r, path
}

// tool runs one of the programs that finished papers are measured with.
func tool(t testing.TB, name string, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is not installed: run make tools", name)
		}
		t.Skipf("%s is not installed: run make tools", name)
	}
	var errs bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s%s", name, args, err, out, errs.Bytes())
	}
	return out
}

func traced(t testing.TB, p *digest.Paper) trace {
	t.Helper()
	_, path := written(t, p)
	return traceOf(t, path)
}

func traceOf(t testing.TB, path string) trace {
	t.Helper()
	dec := xml.NewDecoder(bytes.NewReader(tool(t, "mutool", "trace", path)))
	var tr trace
	var now struct {
		font, colour string
		size, thick  float64
		m            [6]float64
		points       [][2]float64
	}
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			return tr
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			a := attributes(e)
			switch e.Name.Local {
			case "page":
				tr.pages++
			case "fill_text", "stroke_path", "fill_path":
				now.colour, now.m = a["color"], matrix(a["transform"])
				now.thick, now.points = number(a["linewidth"])*mmPerPoint, nil
			case "span":
				_, now.font, _ = strings.Cut(a["font"], "+") // without its tag
				m := matrix(a["trm"] + " 0 0")
				now.size = math.Hypot(m[2], m[3])
			case "g":
				tr.text = append(tr.text, glyphOf(a, tr.pages, now.font, now.colour, now.size, now.m))
			case "moveto", "lineto":
				x, y := apply(now.m, number(a["x"]), number(a["y"]))
				now.points = append(now.points, [2]float64{x, y})
			}
		case xml.EndElement:
			if n := e.Name.Local; n == "stroke_path" || n == "fill_path" {
				tr.lines = append(tr.lines, boxOf(now.points, tr.pages, now.thick, now.colour))
			}
		}
	}
}

func glyphOf(a map[string]string, page int, font, colour string, size float64,
	m [6]float64) printed {
	x, y := apply(m, number(a["x"]), number(a["y"]))
	r := []rune(a["unicode"])
	g := printed{page: page, font: font, size: size, colour: colour, x: x, y: y,
		right: x + number(a["adv"])*size*mmPerPoint, across: math.Abs(m[0]) < 0.5}
	if len(r) > 0 {
		g.r = r[0]
	}
	return g
}

func boxOf(points [][2]float64, page int, thick float64, colour string) drawn {
	d := drawn{page: page, thick: thick, colour: colour,
		x1: math.Inf(1), y1: math.Inf(1), x2: math.Inf(-1), y2: math.Inf(-1)}
	for _, p := range points {
		d.x1, d.x2 = min(d.x1, p[0]), max(d.x2, p[0])
		d.y1, d.y2 = min(d.y1, p[1]), max(d.y2, p[1])
	}
	return d
}

func attributes(e xml.StartElement) map[string]string {
	m := map[string]string{}
	for _, a := range e.Attr {
		m[a.Name.Local] = a.Value
	}
	return m
}

func number(s string) float64 {
	v, _ := strconv.ParseFloat(s, 64)
	return v
}

func matrix(s string) (m [6]float64) {
	for i, f := range strings.Fields(s)[:6] {
		m[i] = number(f)
	}
	return m
}

func apply(m [6]float64, x, y float64) (float64, float64) {
	return (m[0]*x + m[2]*y + m[4]) * mmPerPoint, (m[1]*x + m[3]*y + m[5]) * mmPerPoint
}

// row is the characters of one line of print.
type row struct {
	page        int
	text        string
	font        string
	size        float64
	x, right, y float64 // y is the top of the em box
	glyphs      []printed
}

// rows gathers what is set upright into lines, in reading order, without the
// page numbers.
func (tr trace) rows() []row {
	var out []row
	at := map[string]int{}
	for _, g := range tr.text {
		if g.across || g.y > areaBottom+2 {
			continue
		}
		key := fmt.Sprintf("%d/%.1f", g.page, g.y)
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, row{page: g.page, y: g.y - ascent*g.size*mmPerPoint,
				font: g.font, size: g.size, x: g.x})
		}
		r := &out[i]
		r.glyphs = append(r.glyphs, g)
	}
	for i := range out {
		r := &out[i]
		slices.SortStableFunc(r.glyphs, func(a, b printed) int {
			return int(math.Copysign(1, a.x-b.x))
		})
		for _, g := range r.glyphs {
			r.text += string(g.r)
			r.right = max(r.right, g.right)
		}
		r.x = r.glyphs[0].x
	}
	slices.SortStableFunc(out, func(a, b row) int {
		if a.page != b.page {
			return a.page - b.page
		}
		return int(math.Copysign(1, a.y-b.y))
	})
	return out
}

// with finds the line that begins with the words.
func with(t testing.TB, rows []row, words string) row {
	t.Helper()
	for _, r := range rows {
		if strings.HasPrefix(r.text, words) {
			return r
		}
	}
	t.Fatalf("no line begins with %s", words)
	return row{}
}

// near fails when a length is further than by from what it should be, and logs
// the measured table.
func near(t testing.TB, what string, got, want, by float64) {
	t.Helper()
	t.Logf("%-40s %8.3f  should be %8.3f ± %.2f", what, got, want, by)
	if math.Abs(got-want) > by {
		t.Errorf("%s is %.3f, should be %.3f ± %.2f", what, got, want, by)
	}
}
