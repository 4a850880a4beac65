package pdf

import (
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
		widest := 0.0
		for i, r := range rows {
			rs := []rune(r.text)
			if strings.ContainsRune(neverFirst, rs[0]) {
				t.Errorf("a line begins with %c: %s", rs[0], r.text)
			}
			if strings.ContainsRune(neverLast, rs[len(rs)-1]) {
				t.Errorf("a line ends with %c: %s", rs[len(rs)-1], r.text)
			}
			if r.right > areaRight+0.1 {
				t.Errorf("a line reaches %.2f: %s", r.right, r.text)
			}
			for j := 1; j < len(r.glyphs); j++ {
				gap := (r.glyphs[j].x - r.glyphs[j-1].right) / em3
				widest = max(widest, gap)
				if inWord(r.glyphs[j].r) && inWord(r.glyphs[j-1].r) && gap > 0.01 {
					t.Errorf("%.3f em were added inside a number or a word: %s", gap, r.text)
				}
			}
			if i > 0 && rows[i].x < areaLeft+1 { // the line above runs on
				joinedWhole(t, rows[i-1].text, r.text)
			}
		}
		t.Logf("%d lines, at most %.3f em added between characters", len(rows), widest)
		// One line gives way to a number of eight characters with its unit; 0.16 the others.
		if widest > 0.29 {
			t.Errorf("%.3f em were added between characters", widest)
		}
	}
}

// split is what no line's end may part: number, unit, word.
var split = regexp.MustCompile(`[0-9A-Za-z.%]$`)

func joinedWhole(t *testing.T, above, below string) {
	t.Helper()
	first := []rune(below)[0]
	if split.MatchString(above) && (inWord(first) || isUnit(first)) &&
		!strings.HasSuffix(above, "%") && !strings.HasSuffix(above, ".") {
		t.Errorf("split: …%s | %s…", above[max(0, len(above)-12):], string([]rune(below)[:4]))
	}
}

func TestFullLinesEndTogether(t *testing.T) {
	_, p := notice(t)
	rows := traced(t, p).rows()
	full, ragged := 0, 0
	for i := range rows[:len(rows)-1] {
		if rows[i+1].x > areaLeft+1 || rows[i+1].page != rows[i].page {
			continue // the last line of a paragraph, or of a page
		}
		full++
		if r := rows[i].right; r < areaRight-0.15 || r > areaRight+0.15 {
			ragged++
			t.Errorf("a full line ends at %.2f: %s", r, rows[i].text)
		}
	}
	if full < 200 {
		t.Errorf("only %d full lines of which %d ragged", full, ragged)
	}
}
