package pdf

import (
	"fmt"
	"strings"
	"testing"

	"duban/pipeline/digest"
)

// paragraphsOf is n paragraphs of one line.
func paragraphsOf(n int) []digest.Block {
	out := make([]digest.Block, n)
	for i := range out {
		out[i] = digest.Paragraph{Text: "段"}
	}
	return out
}

// numbered is the pages that show a number, with it.
func (tr trace) numbered() map[int]string {
	out := map[int]string{}
	for _, g := range tr.text {
		if !g.across && g.y > areaBottom+2 && g.font == "songti" {
			out[g.page] += string(g.r)
		}
	}
	return out
}

// TestImprintStandsOnTheBackOfTheLastSheet lets texts of all lengths end on odd
// and even pages, with and without room.
func TestImprintStandsOnTheBackOfTheLastSheet(t *testing.T) {
	across := []digest.Annex{{Title: "表", Landscape: true, Body: []digest.Block{sampleUnits()}}}
	for _, c := range []struct {
		form    string
		lines   int
		annexes []digest.Annex
		on      int   // the page of 版记, the last
		bare    []int // pages without a number
	}{
		{"通报", 15, nil, 2, []int{2}},
		{"通报", 21, nil, 2, []int{2}},
		{"通报", 22 + 10, nil, 2, nil},
		{"通报", 22 + 21, nil, 4, []int{3, 4}},
		{"通报", 44 + 3, nil, 4, []int{4}},
		{"通报", 3, across, 4, []int{4}},
		{"专报", 15, nil, 2, []int{2}},
		{"专报", 22 + 21, nil, 4, []int{3, 4}},
		{"信函", 10, nil, 1, []int{1}},
		{"信函", 22 + 10, nil, 2, []int{1}},
		{"信函", 44 + 3, nil, 3, []int{1}},
	} {
		p := &digest.Paper{Form: c.form, CopyTo: "区委办公室", Printer: "区政府办公室",
			PrintedOn: "2025年4月8日", Body: paragraphsOf(c.lines), Annexes: c.annexes}
		tr := traced(t, p)
		var on row
		for _, r := range tr.rows() {
			if strings.HasPrefix(r.text, "抄送：") || strings.HasPrefix(r.text, "报送：") {
				on = r
			}
		}
		if on.page != c.on || tr.pages != c.on {
			t.Errorf("%s of %d lines: 版记 on page %d of %d, should be %d", c.form, c.lines,
				on.page, tr.pages, c.on)
		}
		numbered := tr.numbered()
		for page := 1; page <= tr.pages; page++ {
			want := fmt.Sprintf("— %d —", page)
			for _, b := range c.bare {
				if page == b {
					want = ""
				}
			}
			if numbered[page] != want {
				t.Errorf("%s of %d lines: page %d is numbered %q, should be %q", c.form, c.lines,
					page, numbered[page], want)
			}
		}
	}
}

func TestImprintOfALetterHasOnlyThoseItGoesTo(t *testing.T) {
	p := sampleLetter()
	tr := traced(t, p)
	copies := with(t, tr.rows(), "抄送：")
	near(t, "抄送, foot of its box", copies.y+em4, areaBottom, 0.05)
	for _, r := range tr.rows() {
		for _, word := range []string{"印发", "共印", "不印"} {
			if strings.Contains(r.text, word) {
				t.Errorf("a letter prints %s", r.text)
			}
		}
	}
	for _, l := range tr.lines {
		if l.page == tr.pages && l.x2-l.x1 > 100 {
			t.Errorf("a rule in 版记: %+v", l)
		}
	}
	p.CopyTo = ""
	if tr := traced(t, p); tr.pages != 2 {
		t.Errorf("without 抄送 it has %d pages", tr.pages)
	}
}

func TestNumberOfCopiesIsAnElementOfItsOwn(t *testing.T) {
	p := &digest.Paper{CopyTo: "区委办公室", Copies: 30, Printer: "区政府办公室",
		Body: paragraphsOf(30)}
	tr := traced(t, p)
	count := with(t, tr.rows(), "（共印30份）")
	near(t, "印数, right", count.right, imprintRight, 0.1)
	var thick []float64
	for _, l := range tr.lines {
		if l.page == 2 && l.x2-l.x1 > 155 {
			thick = append(thick, l.thick)
		}
	}
	want := []float64{imprintEnd, imprintInner, imprintInner, imprintEnd}
	if len(thick) != len(want) {
		t.Fatalf("%d rules", len(thick))
	}
	for i := range want {
		near(t, "rule", thick[i], want[i], 0.02)
	}
	p.Copies = 0
	for _, r := range traced(t, p).rows() {
		if strings.Contains(r.text, "共印") {
			t.Errorf("an unknown number of copies is printed: %s", r.text)
		}
	}
}

func TestUnknownFormIsRefused(t *testing.T) {
	if _, err := Write(&digest.Paper{Form: "电报"}, fontsFor(t)); err == nil ||
		!strings.Contains(err.Error(), "电报") {
		t.Errorf("a form that no row names gives %v", err)
	}
}
