package receipt

import (
	"bytes"
	"maps"
	"os"
	"testing"

	"duban/pipeline/plan"
	"duban/pipeline/sheet"

	"github.com/xuri/excelize/v2"
)

// FuzzWrite throws a sheet's XML, its comments and its relations at the writer
// of receipts, inside a workbook that a library made: there is always a
// receipt, and the strict reader reads it.
func FuzzWrite(f *testing.F) {
	book := excelize.NewFile()
	if err := book.SetCellStr("Sheet1", "A1", "名称"); err != nil {
		f.Fatal(err)
	}
	if err := book.AddComment("Sheet1", excelize.Comment{Cell: "A1", Author: "a", Text: "b"}); err != nil {
		f.Fatal(err)
	}
	var whole bytes.Buffer
	if err := book.Write(&whole); err != nil {
		f.Fatal(err)
	}
	good, err := inflateAll(whole.Bytes())
	if err != nil {
		f.Fatal(err)
	}
	for _, part := range []string{"xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/styles.xml",
		"xl/worksheets/_rels/sheet1.xml.rels", "xl/drawings/vmlDrawing1.vml", "xl/workbook.xml",
		"[Content_Types].xml"} {
		f.Add(part, good[part])
	}
	f.Add("xl/comments1.xml", bytes.Replace(good["xl/comments1.xml"], []byte(`authorId="0"`),
		[]byte(`authorId="-1"`), 1))
	f.Setenv("TMPDIR", f.TempDir())
	f.Fuzz(func(t *testing.T, part string, body []byte) {
		if len(body) > 1<<14 || good[part] == nil {
			return
		}
		p := parts{}
		maps.Copy(p, good)
		p[part] = body
		b, err := p.pack()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sheet.Read(b, sheet.DefaultLimits); err != nil {
			return // never annotated
		}
		xlsx, _, err := Write(&Receipt{Original: b, Readable: true, State: plan.Returned,
			Findings: []plan.Finding{{Sheet: "Sheet1", Cell: "A1", Severity: plan.Reject, Message: "=1+1"}}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sheet.Read(xlsx, sheet.DefaultLimits); err != nil {
			t.Fatalf("the receipt is not read: %v", err)
		}
		left, _ := os.ReadDir(os.TempDir())
		for _, l := range left {
			if bytes.HasPrefix([]byte(l.Name()), []byte("excelize-")) {
				t.Fatalf("%s is left behind", l.Name())
			}
		}
	})
}
