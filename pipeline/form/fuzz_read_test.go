package form

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"duban/pipeline/sheet"
)

// FuzzRead throws the XML of a sheet at Read, inside a sound workbook: a form
// or a *NotFormError, and what was read keeps its addresses.
func FuzzRead(f *testing.F) {
	var heads strings.Builder
	for i, c := range columns {
		heads.WriteString(`<c r="` + at(i+1, 1) + `" t="str"><v>` + c.head + `</v></c>`)
	}
	rows := func(s string) string { return `<row r="1">` + heads.String() + `</row>` + s }
	f.Add(rows(`<row r="2"><c r="A2" t="str"><v>T01-1</v></c><c r="J2"><v>5</v></c></row>`))
	f.Add(rows(`<row r="2"><c r="J2"><v>1e9999</v></c></row>`) + `<!-- -->`)
	f.Add(rows(`<row r="2"><c r="O2" t="d"><v>2025-03-31T00:00:00</v></c></row>` + `<row r="3">` +
		`<c r="A3" t="str"><v>duban1:x</v></c></row>`))
	f.Fuzz(func(t *testing.T, rows string) {
		w, err := sheet.Read(bookAround(t, rows), sheet.Limits{Cells: 2000, PartBytes: 1 << 20})
		if err != nil {
			return
		}
		from := time.Now()
		filled, err := Read(w)
		if err != nil {
			if _, ok := err.(*NotFormError); !ok || filled != nil {
				t.Fatalf("%T beside %v", err, filled)
			}
			return
		}
		for _, e := range filled.Entries {
			for col, c := range e.Cells {
				if c.Address == "" && !c.Blank() {
					t.Fatalf("%s of row %d stands nowhere: %+v", col, e.Row, c)
				}
				if s := c.Number.String(); len(s) > 40 {
					t.Fatalf("%q is nobody's figure", s)
				}
			}
		}
		if took := time.Since(from); took > 5*time.Second {
			t.Fatalf("%v", took)
		}
	})
}

func bookAround(t testing.TB, rows string) []byte {
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	relations := func(sort, target string) string {
		return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="a" Type="` + rel + `/` + sort + `" Target="` + target + `"/></Relationships>`
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range [][2]string{
		{"_rels/.rels", relations("officeDocument", "xl/workbook.xml")},
		{"xl/workbook.xml", `<workbook ` + main + ` xmlns:r="` + rel + `"><sheets>` +
			`<sheet name="填报" sheetId="1" r:id="a"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", relations("worksheet", "s.xml")},
		{"xl/s.xml", `<worksheet ` + main + `><sheetData>` + rows + `</sheetData></worksheet>`},
	} {
		w, err := z.Create(p[0])
		if err == nil {
			_, err = io.WriteString(w, p[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
