package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// hostile is one way a file can lie, and the code it gets: the tables 2a
// (container) and 2b (XML and grid) of the study of threats, line by line.
type hostile struct {
	name string
	code string // "" is taken
	make func() []byte
}

func sheetOf(xml string) func() []byte {
	return func() []byte { return book(xml) }
}

func rowsOf(rows string) func() []byte { return sheetOf(sheetXML(rows)) }

func textOf(v string) func() []byte {
	return rowsOf(`<row r="1"><c r="A1" t="str"><v>` + v + `</v></c></row>`)
}

func literal(s string) func() []byte { return func() []byte { return []byte(s) } }

func partOf(name, body string) func() []byte {
	return func() []byte { return pack(with(parts(sheetXML(goodRows)), name, body)...) }
}

func bomb(name string, size int64) func() []byte {
	return func() []byte {
		packed, sum := blanks(size)
		list := []raw{}
		for _, f := range parts(sheetXML(goodRows)) {
			if f.name != name {
				list = append(list, rawOf(f))
			}
		}
		list = append(list, raw{name, methodDeflated, 0, sum, uint32(size), packed})
		return assemble(false, list...)
	}
}

func good() []byte { return book(sheetXML(goodRows)) }

const gib = 1 << 30

// allowance is how much memory one hostile file may cost, all allocations
// added up.
const allowance = 64 << 20

func TestHostileFilesGetTheirCode(t *testing.T) {
	for _, h := range append(containers, grids...) {
		t.Run(h.name, func(t *testing.T) {
			b := h.make()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			w, err := Read(b, DefaultLimits)
			runtime.ReadMemStats(&after)
			if cost := after.TotalAlloc - before.TotalAlloc; cost > allowance {
				t.Errorf("reading %d bytes allocated %d MB", len(b), cost>>20)
			}
			expect(t, h.code, w, err)
		})
	}
}

func expect(t *testing.T, code string, w *Workbook, err error) *Error {
	t.Helper()
	if code == "" {
		if err != nil || w == nil {
			t.Errorf("refused: %v", err)
		}
		return nil
	}
	var e *Error
	if !errors.As(err, &e) || w != nil {
		t.Fatalf("taken (%v), want %s", err, code)
	}
	if e.Code != code {
		t.Errorf("code %s (%v), want %s", e.Code, e, code)
	}
	if e.Message == "" || e.Fix == "" {
		t.Errorf("%s says not what is wrong or how to mend it: %+v", e.Code, e)
	}
	return e
}

func TestOtherFormatsAreNamed(t *testing.T) {
	for _, o := range others {
		w, err := Read(o.make(), DefaultLimits)
		if e := expect(t, o.code, w, err); e != nil && !strings.Contains(e.Message, o.word) {
			t.Errorf("%q does not name %s", e.Message, o.word)
		}
	}
}

func TestEveryCodeOfTheCatalogueHasAHostileFile(t *testing.T) {
	tried := map[string]bool{"internal": true} // which nothing reaches
	for _, h := range append(containers, grids...) {
		tried[h.code] = true
	}
	for _, o := range others {
		tried[o.code] = true
	}
	seen := map[string]bool{}
	for _, c := range Catalogue {
		if seen[c.Code] {
			t.Errorf("%s stands in the catalogue twice", c.Code)
		}
		seen[c.Code] = true
		if !tried[c.Code] {
			t.Errorf("no hostile file gets %s", c.Code)
		}
		if c.Title == "" || c.Fix == "" {
			t.Errorf("%s is not explained", c.Code)
		}
	}
}

func TestXMLErrorsNamePartAndLine(t *testing.T) {
	long := strings.Repeat("<row>\n</row>", 40_000)
	_, err := Read(book(sheetXML(long+"\n<row>\n</raw>")), DefaultLimits)
	e := expect(t, "xml", nil, err)
	if e.Part != "xl/worksheets/sheet1.xml" || e.Line != 40_003 {
		t.Errorf("%s:%d, want the sheet's line 40003", e.Part, e.Line)
	}
	_, err = Read(book(sheetXML("<row>\n<c t=\"s\"><v>\n9</v></c></row>")), DefaultLimits)
	if e := expect(t, "shared-string", nil, err); e.Cell != "A1" || e.Line != 3 {
		t.Errorf("%s, line %d, want A1 in line 3", e.Cell, e.Line)
	}
}

func TestAMillionEmptyStyledRowsAreTaken(t *testing.T) {
	rows := numberedFrom(`<row r="%[1]d"><c r="A%[1]d" s="1"/></row>`, 1, gridRows+1)
	w := mustRead(t, book(sheetXML(rows)))
	if n := len(w.Sheets[0].Cells); n != 0 {
		t.Errorf("%d cells, want none", n)
	}
	if len(w.Notices) != 1 || w.Notices[0].Code != NoticeBloat || w.Notices[0].Fix == "" {
		t.Errorf("notices %v, want %s", w.Notices, NoticeBloat)
	}
}

func TestWhatIsOddIsNoted(t *testing.T) {
	formula := func(f string) []byte {
		return book(sheetXML(`<row r="1"><c r="A1"><f>` + f + `</f><v>1</v></c></row>`))
	}
	for _, c := range []struct {
		code string
		file []byte
	}{
		{NoticeMacro, partOf("xl/vbaProject.bin", "x")()},
		{NoticeExternalLink, partOf("xl/externalLinks/externalLink1.xml", "x")()},
		{NoticeEmbedded, partOf("xl/activeX/activeX1.xml", "x")()},
		{NoticeTrailing, append(good(), "more"...)},
		{NoticeOddName, partOf("../x", "x")()},
		{NoticeOddName, partOf(`..\x`, "x")()},
		{NoticeOddName, partOf("/etc/x", "x")()},
		{NoticeOutside, formula("[1]表!A1")},
		{NoticeOutside, formula("'C:\\[a.xlsx]表'!A1")},
		{NoticeOutside, formula("WEBSERVICE(\"http://x\")")},
		{NoticeOutside, formula("cmd|'/c calc'!A0")},
		{"", formula("SUM(A1:B2)&amp;\"[1]|\"&amp;表[列]")},
		{"", good()},
	} {
		w, got := mustRead(t, c.file), ""
		if len(w.Notices) > 0 {
			got = w.Notices[0].Code
			if w.Notices[0].Fix == "" {
				t.Errorf("%s: nothing is said of how to mend it", got)
			}
		}
		if got != c.code {
			t.Errorf("noted %q, want %q: %v", got, c.code, w.Notices)
		}
	}
}

func TestCutFilesNeverGiveFewerCells(t *testing.T) {
	b := good()
	for n := range b {
		if _, err := Read(b[:n], DefaultLimits); err == nil {
			t.Fatalf("taken when cut after %d of %d bytes", n, len(b))
		}
	}
}

func TestFlippedBitsNeverChangeACell(t *testing.T) {
	b := good()
	want := fmt.Sprint(*mustRead(t, b).Sheets[0])
	for i := range len(b) * 8 {
		c := bytes.Clone(b)
		c[i/8] ^= 1 << (i % 8)
		w, err := Read(c, DefaultLimits)
		if err == nil && fmt.Sprint(*w.Sheets[0]) != want {
			t.Fatalf("bit %d of byte %d changed the cells: %v", i%8, i/8, *w.Sheets[0])
		}
	}
}
