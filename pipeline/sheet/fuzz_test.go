package sheet

import (
	"errors"
	"hash/crc32"
	"testing"
	"unicode/utf8"
)

// FuzzRead throws bytes at the reader: it must give a workbook that keeps its
// own promises, or an *Error of the catalogue.
func FuzzRead(f *testing.F) {
	for _, h := range append(containers, grids...) {
		switch h.code {
		case "bomb", "too-big", "too-many-cells", "too-many-entries":
			continue // large, and refused at the door
		}
		if b := h.make(); len(b) < 1<<12 {
			f.Add(b)
		}
	}
	for _, o := range others {
		f.Add(o.make())
	}
	f.Add(made(f))
	f.Fuzz(func(t *testing.T, b []byte) {
		w, err := Read(b, small)
		promises(t, w, err)
	})
}

// small keeps one execution short.
var small = Limits{PartBytes: 4 << 20, TotalBytes: 8 << 20, Cells: 5000, TokenBytes: 1 << 17}

// FuzzSheetXML throws XML at the reader inside a well-formed archive.
func FuzzSheetXML(f *testing.F) {
	f.Add(sheetXML(goodRows), `<sst `+mainSpace+`><si><t>a</t></si></sst>`)
	f.Add(sheetXML(`<row r="1" hidden="1"><c r="B1" s="1" t="str">`+
		`<f t="shared" si="0" ref="A1">$A1:B2</f><v>_x0041_</v></c></row>`+
		`<row><c t="inlineStr"><is><r><t>&lt;</t></r></is></c><c><f t="shared" si="0"/></c>`+
		`</row>`), "")
	f.Add(`<?xml version="1.0"?>`+
		`<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:cols>`+
		`<x:col min="1" max="3" hidden="1"/></x:cols>`+
		`<x:sheetData/><x:mergeCells><x:mergeCell ref="A1:B2"/></x:mergeCells><!-- c -->`+
		`</x:worksheet>`, "<![CDATA[x]]>")
	f.Fuzz(func(t *testing.T, sheet, texts string) {
		var list []raw
		for _, p := range with(parts(sheet), "xl/sharedStrings.xml", texts) {
			body := []byte(p.body)
			list = append(list, raw{p.name, methodStored, 0, crc32.ChecksumIEEE(body),
				uint32(len(body)), body})
		}
		w, err := Read(assemble(false, list...), small)
		promises(t, w, err)
	})
}

func promises(t *testing.T, w *Workbook, err error) {
	t.Helper()
	if err != nil {
		var e *Error
		if !errors.As(err, &e) || w != nil {
			t.Fatalf("no *Error, or a workbook beside it: %v", err)
		}
		if e.Code == "internal" || e.Fix == "" || !utf8.ValidString(e.Error()) {
			t.Fatalf("%q", e.Error())
		}
		return
	}
	for _, s := range w.Sheets {
		row, col := 0, 0
		for _, c := range s.Cells {
			if c.Row < row || c.Row == row && c.Col <= col {
				t.Fatalf("%s!%s is out of order", s.Name, c.Address())
			}
			row, col = c.Row, c.Col
			if got, ok := s.At(row, col); !ok || got != c {
				t.Fatalf("%s!%s is not found again", s.Name, c.Address())
			}
			if !c.HasValue && !c.HasFormula || !utf8.ValidString(c.Raw+c.Formula) {
				t.Fatalf("%s: %+v", s.Name, c)
			}
			c.IsDate()
			c.External()
			w.Date(c)
		}
	}
}

// FuzzPart throws any one part at the reader inside a well-formed archive:
// styles, strings, the workbook, relationships.
func FuzzPart(f *testing.F) {
	good := parts(sheetXML(goodRows))
	for _, p := range good {
		f.Add(p.name, []byte(p.body))
	}
	f.Add("xl/styles.xml", []byte(`<styleSheet `+mainSpace+`><cellXfs><xf numFmtId="-1"/></cellXfs>`+
		`</styleSheet>`))
	f.Fuzz(func(t *testing.T, name string, body []byte) {
		var list []raw
		for _, p := range good {
			if p.name == name {
				p.body = string(body)
			}
			b := []byte(p.body)
			list = append(list, raw{p.name, methodStored, 0, crc32.ChecksumIEEE(b), uint32(len(b)), b})
		}
		w, err := Read(assemble(false, list...), small)
		promises(t, w, err)
	})
}
