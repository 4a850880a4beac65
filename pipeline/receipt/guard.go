package receipt

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"duban/pipeline/sheet"
)

// The limits of what is annotated. The library that writes the copy builds
// every row up to its last cell, an object for every tag, and inflates every
// part, so a few kilobytes may ask for gigabytes; the strict reader, which
// does none of it, lets such files pass. What is above the limits gets a
// receipt of its own. cmd/duban's TestHostileFormsAreAnswered measures what a
// file just below them costs.
const (
	maxBytes    = 8 << 20  // of the file
	maxInflated = 24 << 20 // of all its parts, as declared
	maxTags     = 400_000  // in the XML of all its parts, end tags among them
	maxGrid     = 400_000  // cells up to the last of each row
	maxRow      = 100_000
)

var (
	errTooMuch = errors.New("too much to annotate")
	errMacros  = errors.New("not a plain workbook")
)

// plainBook is the content type of a workbook without macros that is not a
// template: a copy of another could not be opened under the name .xlsx.
const plainBook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

// parts are the parts of a workbook by name.
type parts map[string][]byte

// unpack takes a workbook apart that the strict reader accepts and that the
// library can bear. What holds programs or objects is not handed on.
func unpack(b []byte) (parts, *sheet.Workbook, error) {
	if len(b) > maxBytes {
		return nil, nil, errTooMuch
	}
	w, err := sheet.Read(b, sheet.DefaultLimits)
	if err != nil {
		return nil, nil, err
	}
	cells := 0
	for _, s := range w.Sheets {
		if cells += s.Grid; cells > maxGrid || s.LastRow > maxRow {
			return nil, nil, errTooMuch
		}
	}
	for _, n := range w.Notices {
		if n.Code == sheet.NoticeMacro || n.Code == sheet.NoticeEmbedded {
			return nil, nil, errMacros
		}
	}
	p, err := inflateAll(b)
	if err != nil {
		return nil, nil, err
	}
	if !bytes.Contains(p["[Content_Types].xml"], []byte(plainBook)) {
		return nil, nil, errMacros
	}
	return p, w, nil
}

// inflateAll inflates every part, within the limits.
func inflateAll(b []byte) (parts, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	var total uint64
	for _, f := range z.File {
		if f.UncompressedSize64 > maxInflated {
			return nil, errTooMuch
		}
		if total += f.UncompressedSize64; total > maxInflated {
			return nil, errTooMuch
		}
	}
	p, tags := make(parts, len(z.File)), 0
	for _, f := range z.File {
		part, err := inflate(f)
		if err != nil {
			return nil, err
		}
		if p[f.Name] = part; isXML(f.Name) {
			tags += bytes.Count(part, []byte("<"))
		}
		if tags > maxTags {
			return nil, errTooMuch
		}
	}
	return p, nil
}

// isXML reports whether the library may make objects of a part's tags.
func isXML(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bmp", ".bin":
		return false
	}
	return true
}

func inflate(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, maxInflated))
}

// pack puts the parts together again, for the library alone: nothing is deflated.
func (p parts) pack() ([]byte, error) {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, b := range p {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(b); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return buf.Bytes(), err
}
