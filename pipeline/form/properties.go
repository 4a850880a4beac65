package form

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"time"
)

// corePart is the document's properties. The part is written here and not by
// the workbook library: that one leaves out the prefixes, and then some
// programs that fill forms refuse the whole file.
const (
	corePart = "docProps/core.xml"
	core     = xml.Header + `<cp:coreProperties ` +
		`xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ` +
		`xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>%s</dc:title><dc:creator>%s</dc:creator>` +
		`<cp:lastModifiedBy>%[2]s</cp:lastModifiedBy>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created>` +
		`<dcterms:modified xsi:type="dcterms:W3CDTF">%[3]s</dcterms:modified></cp:coreProperties>`
)

// properties sets title, author and time of the workbook.
func (b *book) properties(title, author string, at time.Time) {
	b.Pkg.Store(corePart, fmt.Appendf(nil, core, escaped(title), escaped(author),
		at.UTC().Format(time.RFC3339)))
}

func escaped(s string) string {
	var out bytes.Buffer
	if err := xml.EscapeText(&out, []byte(Clean(s))); err != nil {
		panic(err) // a buffer takes everything
	}
	return out.String()
}
