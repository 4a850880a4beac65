package pdf

import (
	"bytes"
	"strings"
	"testing"
)

// han is n characters that no rule for line ends touches.
func han(n int) string { return strings.Repeat("民", n) }

func TestNothingStandsOutsideTheTypeArea(t *testing.T) {
	for name, p := range samples() {
		outside(t, name, traced(t, p))
	}
}

// outside reports what stands outside the type area, but for the page numbers
// and the red head of a letter, which the standard puts there.
func outside(t *testing.T, name string, tr trace) {
	const by = 0.3 // a rule's thickness
	for _, g := range tr.text {
		if g.y > areaBottom+2 && !g.across || name == "letter" && g.colour == redTrace {
			continue
		}
		top, right := g.y-ascent*g.size*mmPerPoint, g.right
		if g.across {
			top, right = g.y-(g.right-g.x), g.x
		}
		if g.x < areaLeft-by || right > areaRight+by || top < areaTop-by || g.y > areaBottom+by {
			t.Errorf("%s, page %d: %c at (%.2f, %.2f)", name, g.page, g.r, g.x, g.y)
		}
	}
	for _, l := range tr.lines {
		if name == "letter" && l.colour == redTrace {
			continue
		}
		if l.x1 < areaLeft-by || l.x2 > areaRight+by || l.y1 < areaTop-by || l.y2 > areaBottom+by {
			t.Errorf("%s, page %d: a line at %+v", name, l.page, l)
		}
	}
}

func TestFileIsSound(t *testing.T) {
	r, path := written(t, sample())
	tool(t, "qpdf", "--check", path)
	lines := strings.Split(strings.TrimSpace(string(tool(t, "pdffonts", path))), "\n")[2:]
	if len(lines) != int(roles) {
		t.Errorf("%d fonts, should be %d", len(lines), roles)
	}
	for _, l := range lines {
		if !strings.Contains(l, " yes yes yes ") {
			t.Errorf("not embedded, no subset or without its characters: %s", l)
		}
	}
	again, err := Write(sample(), fontsFor(t))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(r.Bytes, again.Bytes) {
		t.Error("the same paper gives other bytes")
	}
	info := string(tool(t, "pdfinfo", path))
	for _, want := range []string{sample().Title, sample().Author, sample().Subject} {
		if !strings.Contains(info, want) {
			t.Errorf("the metadata lack %s", want)
		}
	}
	outline := string(tool(t, "mutool", "show", path, "outline"))
	for _, want := range []string{"一、总体情况", "四、下一步要求", "附件2　各单位报送情况表"} {
		if !strings.Contains(outline, want) {
			t.Errorf("the bookmarks lack %s", want)
		}
	}
}
