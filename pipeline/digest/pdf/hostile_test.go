package pdf

import (
	"bytes"
	"crypto/sha256"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"duban/pipeline/digest"
)

func TestRareCharactersAreDrawnAndExtracted(t *testing.T) {
	p := &digest.Paper{Title: "关于𠮷某同志的通报", Body: []digest.Block{
		digest.Heading{Level: 1, Text: "一、表彰𠮷某"},
		digest.Paragraph{Text: "培训昇、堃、喆、镕、𠮷、𠮷、𡈽等人，面积300㎡。"}}}
	r, path := written(t, p)
	if len(r.Missing) > 0 {
		t.Errorf("printed as 〓: %q", r.Missing)
	}
	text := unspaced(string(tool(t, "pdftotext", "-raw", path, "-")))
	for _, want := range []string{"培训昇、堃、喆、镕、𠮷、𠮷、𡈽等人", "关于𠮷某同志的通报", "一、表彰𠮷某"} {
		if !strings.Contains(text, want) {
			t.Errorf("the extracted text lacks %s: %s", want, text)
		}
	}
	for _, g := range traceOf(t, path).text {
		if g.r == '堃' && g.font != "fallback" {
			t.Errorf("堃 is drawn by %s", g.font)
		}
	}
	if info := string(tool(t, "pdfinfo", path)); !strings.Contains(info, "关于𠮷某同志的通报") {
		t.Errorf("the file's title is mangled: %s", info)
	}
}

func TestWhatNoFaceHasIsPrintedAsGetaAndReported(t *testing.T) {
	p := &digest.Paper{Body: []digest.Block{digest.Paragraph{Text: "你好🚀甲\ue123乙"}}}
	r, path := written(t, p)
	if got := string(r.Missing); got != "\ue123🚀" {
		t.Errorf("reported: %q", got)
	}
	text := unspaced(string(tool(t, "pdftotext", "-raw", path, "-")))
	if !strings.Contains(text, "你好〓甲〓乙") {
		t.Errorf("printed: %s", text)
	}
}

func TestWithoutFallbackRareCharactersAreReported(t *testing.T) {
	paths := pathsOf(t)
	paths.Fallback = ""
	f, err := LoadFonts(paths)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Write(&digest.Paper{Body: []digest.Block{digest.Paragraph{Text: "堃"}}}, f)
	if err != nil {
		t.Fatal(err)
	}
	if string(r.Missing) != "堃" {
		t.Errorf("reported: %q", r.Missing)
	}
}

func TestTextIsCleanedBeforeItIsSet(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"民\x00生\x07保\x1b障", "民生保障"},
		{"民\u200b生\ufeff保\u202e障\u2060", "民生保障"},
		{"昇\ufe00堃\U000e0100", "昇堃"},
		{"甲\t乙\u00a0丙", "甲 乙 丙"},
		{"民\xff生", "民\ufffd生"},
		{"民\n生", "民\n生"},
		{"民\r\n生", "民\n生"},
	} {
		if got := clean(c.in); got != c.want {
			t.Errorf("%q became %q, should be %q", c.in, got, c.want)
		}
	}
}

// everywhere puts a text into every place where one can stand.
func everywhere(form, x string) *digest.Paper {
	return &digest.Paper{
		Form: form, Mark: x, Number: x, Title: x, Recipient: x, Organ: x, Date: x, CopyTo: x,
		Printer: x, PrintedOn: x, Author: x, Subject: x, Confidence: x, Copies: 1,
		Body: []digest.Block{
			digest.Heading{Level: 1, Text: x}, digest.Heading{Level: 2, Text: x, Run: x},
			digest.Heading{Level: 9, Text: x}, digest.Paragraph{Text: x},
			digest.Table{Caption: x, Columns: []digest.Column{{Head: x, Share: -1}, {}},
				Rows: [][]digest.Cell{{{Text: x, Light: x, Span: 99}},
					{{Text: x}, {Text: x}, {Text: x}}, {}, {{Text: x, Spark: []digest.Spot{{}}}}}},
			digest.Table{},
			digest.Bars{Caption: x, Bars: []digest.Bar{{Label: x, Display: x},
				{Label: x, Value: -5, Known: true}, {Value: 1e9, Known: true}}},
			digest.Bars{},
			digest.Strip{Caption: x, Months: []string{x, ""}, Rows: []digest.StripRow{{Label: x},
				{Label: x, Lights: []string{x, "done", "done"}}}},
			digest.Strip{}, digest.Strip{Months: []string{x}},
			digest.Strip{Rows: []digest.StripRow{{}}},
		},
		Annexes: []digest.Annex{{Title: x, Landscape: true}, {Title: x}},
	}
}

// printedIn is how often everywhere's text is printed: annexes are named twice; a
// letter leaves out 印发机关 and 印发日期; a brief's table goes over a page, and
// its head stands there again.
var printedIn = map[string]int{"通报": 32, "信函": 30, "专报": 33}

func TestRareCharactersStandEverywhere(t *testing.T) {
	for form, n := range printedIn {
		r, path := written(t, everywhere(form, "𠮷堃𫚭"))
		if len(r.Missing) > 0 {
			t.Errorf("printed as 〓: %q", r.Missing)
		}
		text := unspaced(string(tool(t, "pdftotext", "-raw", path, "-")))
		if got := strings.Count(text, "𠮷堃𫚭"); got != n {
			t.Errorf("%s: printed %d times, should be %d:\n%s", form, got, n, text)
		}
		outline := string(tool(t, "mutool", "show", path, "outline"))
		if got := strings.Count(outline, "𠮷堃𫚭"); got != 3 {
			t.Errorf("%s: %d bookmarks, should be 3: %s", form, got, outline)
		}
		if !bytes.Contains(r.Bytes, []byte(utf16Text("附件1　𠮷堃𫚭"))) {
			t.Errorf("%s: a bookmark is not in the encoding of PDF texts", form)
		}
		info := string(tool(t, "pdfinfo", path))
		if got := strings.Count(info, "𠮷堃𫚭"); got != 3 {
			t.Errorf("%s: %d times in the metadata, should be 3: %s", form, got, info)
		}
	}
}

func TestWhatNoFaceHasIsGetaEverywhere(t *testing.T) {
	for form, n := range printedIn {
		r, path := written(t, everywhere(form, "🚀"))
		if string(r.Missing) != "🚀" {
			t.Errorf("%s: reported %q", form, r.Missing)
		}
		text := string(tool(t, "pdftotext", "-raw", path, "-"))
		if got := strings.Count(text, "〓"); got != n {
			t.Errorf("%s: 〓 is printed %d times, should be %d", form, got, n)
		}
		outline := string(tool(t, "mutool", "show", path, "outline"))
		if got := strings.Count(outline, "🚀"); got != 3 { // the reader's fonts may have it
			t.Errorf("%s: %d bookmarks, should be 3: %s", form, got, outline)
		}
	}
}

// TestHostileTextIsSet puts every sort of broken text into every place.
func TestHostileTextIsSet(t *testing.T) {
	for i, bad := range []string{
		"", " ", "\n\n", "\xff\xfe\xc4\xe3", "甲\u200b乙\ufeff丙\u202e丁", "\x00\x07\x1b[31m",
		"👨\u200d👩\u200d👧", "𠮷𠮷", "\ufffe\uffff", "\u0301\u0301", strings.Repeat("长", 3000),
		strings.Repeat("A", 500), strings.Repeat("，", 200), strings.Repeat("（", 200),
		strings.Repeat("1", 300) + "万元", "(\\)\r\\r", "a\tb", "مرحبا", "　　", "2024-13", "年",
	} {
		p := everywhere(forms[i%len(forms)].name, bad)
		if len(bad) > 1000 {
			p.Mark, p.CopyTo = "标志", "" // a whole page of 版记 is no paper
		}
		r, path := written(t, p)
		if r.Pages < 3 {
			t.Errorf("%.20q: %d pages", bad, r.Pages)
		}
		tool(t, "qpdf", "--check", path)
	}
}

// TestDocumentsShareTheFonts sets papers side by side, the first of which read
// the fallback. With -race it proves that the fonts are only read.
func TestDocumentsShareTheFonts(t *testing.T) {
	f, err := LoadFonts(pathsOf(t))
	if err != nil {
		t.Fatal(err)
	}
	before := fingerprint(f)
	papers := []*digest.Paper{sample(), sampleLetter(), sample(), sampleBrief()}
	got := make([]*Result, len(papers))
	var wg sync.WaitGroup
	for i, p := range papers {
		wg.Go(func() {
			r, err := Write(p, f)
			if err != nil {
				t.Error(err)
			}
			got[i] = r
		})
	}
	wg.Wait()
	for i, p := range papers {
		want, err := Write(p, fontsFor(t))
		if err != nil {
			t.Fatal(err)
		}
		if got[i] == nil || !bytes.Equal(got[i].Bytes, want.Bytes) {
			t.Errorf("%s beside others has other bytes", p.Title)
		}
	}
	if fingerprint(f) != before {
		t.Error("a document wrote into the fonts")
	}
}

// fingerprint is of the faces all documents share.
func fingerprint(f *Fonts) [sha256.Size]byte {
	h := sha256.New()
	for _, face := range f.faces[:fallback] {
		for _, name := range slices.Sorted(maps.Keys(face.tables)) {
			h.Write(face.tables[name])
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
}

func TestEmptyPaperIsAPage(t *testing.T) {
	r, path := written(t, &digest.Paper{})
	if r.Pages != 1 {
		t.Errorf("%d pages", r.Pages)
	}
	tool(t, "qpdf", "--check", path)
}
