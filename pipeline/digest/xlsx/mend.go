package xlsx

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"duban/pipeline/durable"
)

// mended is the archive, with one thing added to the sheets on their way into
// it: of a data bar the library writes a stream only the half that old programs
// go by, which cannot be solid, and the name of the other half.
type mended struct {
	*durable.Zip
	sheets map[string]*bytes.Buffer
}

func newMended(w io.Writer) mended {
	return mended{durable.NewZip(w), map[string]*bytes.Buffer{}}
}

// Create begins an entry.
func (z mended) Create(name string) (io.Writer, error) {
	if !strings.HasPrefix(name, "xl/worksheets/sheet") {
		return z.Zip.Create(name)
	}
	z.sheets[name] = new(bytes.Buffer)
	return z.sheets[name], nil
}

// Close mends the sheets and writes the archive.
func (z mended) Close() error {
	for name, b := range z.sheets {
		w, err := z.Zip.Create(name)
		if err != nil {
			return err
		}
		if _, err := w.Write(withSolidBars(b.Bytes())); err != nil {
			return err
		}
	}
	return z.Zip.Close()
}

var (
	sheetEnd = []byte("</worksheet>")
	bareBar  = regexp.MustCompile(`<conditionalFormatting sqref="([A-Z0-9:]+)">` +
		`<cfRule type="dataBar".*?<color rgb="(\w+)">.*?<x14:id>([^<]+)</x14:id>` +
		`.*?</conditionalFormatting>`)
)

// withSolidBars adds what a sheet with data bars lacks. The rules of a sheet
// stand behind its cells.
func withSolidBars(sheet []byte) []byte {
	rules := bytes.LastIndex(sheet, []byte("</sheetData>"))
	bars := bareBar.FindAllSubmatch(sheet[max(rules, 0):], -1)
	if bars == nil {
		return sheet
	}
	return append(bytes.TrimSuffix(sheet, sheetEnd), solidBars(bars)...)
}

// solidBars is the end of a sheet with the other half of its data bars.
func solidBars(bars [][][]byte) string {
	var s strings.Builder
	s.WriteString(`<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"` +
		` xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">` +
		`<x14:conditionalFormattings>`)
	for _, b := range bars {
		fmt.Fprintf(&s, `<x14:conditionalFormatting`+
			` xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">`+
			`<x14:cfRule type="dataBar" id="%s"><x14:dataBar minLength="0" maxLength="100"`+
			` gradient="0"><x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo>`+
			`<x14:cfvo type="num"><xm:f>100</xm:f></x14:cfvo>`+
			`<x14:negativeFillColor rgb="%s"/><x14:axisColor rgb="%[2]s"/></x14:dataBar>`+
			`</x14:cfRule><xm:sqref>%s</xm:sqref></x14:conditionalFormatting>`, b[3], b[2], b[1])
	}
	s.WriteString(`</x14:conditionalFormattings></ext></extLst></worksheet>`)
	return s.String()
}
