package pdf

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"duban/pipeline/digest"
)

// notice is the real plan, every line a paragraph.
func notice(t *testing.T) (string, *digest.Paper) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "seeds", "notice.txt"))
	if err != nil {
		t.Fatal(err)
	}
	p := &digest.Paper{}
	for l := range strings.Lines(string(b)) {
		p.Body = append(p.Body, digest.Paragraph{Text: l})
	}
	return string(b), p
}

func unspaced(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func TestNoCharacterOfTheNoticeIsLost(t *testing.T) {
	text, p := notice(t)
	r, path := written(t, p)
	if len(r.Missing) > 0 {
		t.Errorf("printed as 〓: %q", r.Missing)
	}
	got := string(tool(t, "pdftotext", "-raw", path, "-"))
	got = regexp.MustCompile(`(?m)^— ?\d+ ?—$`).ReplaceAllString(got, "")
	if got, want := unspaced(got), unspaced(text); got != want {
		at := 0
		for at < min(len(got), len(want)) && got[at] == want[at] {
			at++
		}
		t.Fatalf("%d bytes out, %d in; they part at …%s… and …%s…", len(got), len(want),
			around(got, at), around(want, at))
	}
}

func around(s string, at int) string {
	return strings.ToValidUTF8(s[max(0, at-30):min(len(s), at+30)], "")
}

func TestLinesOfTheNoticeEndByTheRules(t *testing.T) {
	text, p := notice(t)
	// The notice's own marks are Western; set it once as an office would type it, too.
	formal := strings.NewReplacer(",", "，", ";", "；", ":", "：", "(", "（", ")", "）").Replace(text)
	q := &digest.Paper{}
	for l := range strings.Lines(formal) {
		q.Body = append(q.Body, digest.Paragraph{Text: l})
	}
	for _, paper := range []*digest.Paper{p, q} {
		rows := traced(t, paper).rows()
		if len(rows) < 250 {
			t.Fatalf("only %d lines", len(rows))
		}
		faults, widest := faultsOf(rows)
		for _, f := range faults {
			t.Error(f)
		}
		if widest > 0.29 {
			t.Errorf("%.3f em were added between characters", widest)
		}
	}
}

// faultsOf is where lines break the rules for their ends, and the most space
// added at a joint, in em.
func faultsOf(rows []row) (faults []string, widest float64) {
	fault := func(r row, how string, v ...any) {
		faults = append(faults, fmt.Sprintf(how, v...)+": "+r.text)
	}
	for i, r := range rows {
		rs := []rune(r.text)
		if strings.ContainsRune(neverFirst, rs[0]) {
			fault(r, "a line begins with %c", rs[0])
		}
		if strings.ContainsRune(neverLast, rs[len(rs)-1]) {
			fault(r, "a line ends with %c", rs[len(rs)-1])
		}
		if r.right > areaRight+0.1 {
			fault(r, "a line reaches %.2f", r.right)
		}
		for j := 1; j < len(r.glyphs); j++ {
			gap := (r.glyphs[j].x - r.glyphs[j-1].right) / em3
			widest = max(widest, gap)
			if inWord(r.glyphs[j].r) && inWord(r.glyphs[j-1].r) && gap > 0.01 {
				fault(r, "%.3f em were added inside a number or a word", gap)
			}
		}
		if i > 0 && rows[i].x < areaLeft+1 && splits(rows[i-1].text, r.text) { // it runs on
			fault(r, "split from …%s", rows[i-1].text)
		}
	}
	return faults, widest
}

// TestFaultsAreFound shows what faultsOf must see.
func TestFaultsAreFound(t *testing.T) {
	for _, c := range []struct {
		above, below string
		faults       int
	}{
		{"民生保障", "改善工作", 0}, {"民生保障", "，改善", 1}, {"民生（", "改善）", 1},
		{"共1,2", "34人", 1}, {"共1234", "人", 1}, {"使用Wo", "rd", 1}, {"占53%", "以上", 0},
	} {
		rows := []row{{text: c.above, x: areaLeft}, {text: c.below, x: areaLeft}}
		if got, _ := faultsOf(rows); len(got) != c.faults {
			t.Errorf("%s|%s has %d faults: %v", c.above, c.below, len(got), got)
		}
	}
	wide := []printed{{r: '1', right: 10}, {r: '2', x: 12, right: 17}, {r: '民', x: 17, right: 190}}
	if got, _ := faultsOf([]row{{text: "12民", glyphs: wide, right: 190}}); len(got) != 2 {
		t.Errorf("a number spread and a line too long give %v", got)
	}
}

// split is what no line's end may part: number, unit, word.
var split = regexp.MustCompile(`[0-9A-Za-z.%]$`)

func splits(above, below string) bool {
	first := []rune(below)[0]
	return split.MatchString(above) && (inWord(first) || isUnit(first)) &&
		!strings.HasSuffix(above, "%") && !strings.HasSuffix(above, ".")
}

func TestFullLinesEndTogether(t *testing.T) {
	_, p := notice(t)
	for _, r := range ragged(traced(t, p).rows()) {
		t.Errorf("a full line ends at %.2f: %s", r.right, r.text)
	}
}

// ragged is the full lines that do not end at the type area's right.
func ragged(rows []row) []row {
	var out []row
	for i := range rows[:len(rows)-1] {
		if rows[i+1].x > areaLeft+1 || rows[i+1].page != rows[i].page {
			continue // the last line of a paragraph, or of a page
		}
		if r := rows[i].right; r < areaRight-0.15 || r > areaRight+0.15 {
			out = append(out, rows[i])
		}
	}
	return out
}
