package xlsx

import (
	"bytes"
	"io"
	"strings"

	"duban/pipeline/durable"
)

// mended is the archive, with one thing set right in the sheets on their way
// into it: the library gives every solid data bar the range of the column's own
// figures, in the part of the sheet that newer programs go by, and keeps the
// range that was asked for to the part for older ones.
type mended struct{ *durable.Zip }

// Create begins an entry.
func (z mended) Create(name string) (io.Writer, error) {
	w, err := z.Zip.Create(name)
	if err != nil || !strings.HasPrefix(name, "xl/worksheets/sheet") {
		return w, err
	}
	return barMender{w}, nil
}

// barMender expects a part in one piece, as the library writes it.
type barMender struct{ io.Writer }

var (
	barRange = []byte(`<x14:cfvo type="autoMin"></x14:cfvo><x14:cfvo type="autoMax"></x14:cfvo>`)
	fullBar  = []byte(`<x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo>` +
		`<x14:cfvo type="num"><xm:f>100</xm:f></x14:cfvo>`)
)

func (m barMender) Write(b []byte) (int, error) {
	if _, err := m.Writer.Write(bytes.ReplaceAll(b, barRange, fullBar)); err != nil {
		return 0, err
	}
	return len(b), nil
}
