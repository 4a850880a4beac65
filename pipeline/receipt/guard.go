package receipt

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"

	"duban/pipeline/durable"
	"duban/pipeline/sheet"
)

// The limits of what is annotated. The library that writes the copy builds
// every row up to its last cell and inflates every part, so a few kilobytes
// may ask for gigabytes; the strict reader, which does neither, lets such
// files pass. What is above the limits gets a receipt of its own.
const (
	maxBytes    = 8 << 20   // of the file
	maxInflated = 48 << 20  // of all its parts, as declared
	maxGrid     = 1_000_000 // cells up to the last of each row
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
// library can bear.
func unpack(b []byte) (parts, *sheet.Workbook, error) {
	if len(b) > maxBytes {
		return nil, nil, errTooMuch
	}
	w, err := sheet.Read(b, sheet.DefaultLimits)
	if err != nil {
		return nil, nil, err
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, nil, err
	}
	var total uint64
	for _, f := range z.File {
		if f.UncompressedSize64 > maxInflated {
			return nil, nil, errTooMuch
		}
		if total += f.UncompressedSize64; total > maxInflated {
			return nil, nil, errTooMuch
		}
	}
	p := make(parts, len(z.File))
	for _, f := range z.File {
		if p[f.Name], err = inflate(f); err != nil {
			return nil, nil, err
		}
	}
	if !bytes.Contains(p["[Content_Types].xml"], []byte(plainBook)) {
		return nil, nil, errMacros
	}
	cells := 0
	for _, s := range w.Sheets {
		n, err := grid(p[s.Part])
		if err != nil {
			return nil, nil, err
		}
		if cells += n; cells > maxGrid {
			return nil, nil, errTooMuch
		}
	}
	return p, w, nil
}

func inflate(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, maxInflated))
}

var cellRef = regexp.MustCompile(`\sr=["']([A-Z]{1,3})([0-9]{1,7})["']`)

// grid counts the cells of one sheet up to the last of each row, empty ones
// with a style among them.
func grid(xml []byte) (int, error) {
	last := make(map[string]int)
	for _, m := range cellRef.FindAllSubmatch(xml, -1) {
		col := 0
		for _, c := range m[1] {
			col = col*26 + int(c-'A') + 1
		}
		row := string(m[2])
		if n, _ := strconv.Atoi(row); n > maxRow {
			return 0, errTooMuch
		}
		last[row] = max(last[row], col)
	}
	n := 0
	for _, col := range last {
		n += col
	}
	return n, nil
}

// pack puts the parts together again.
func (p parts) pack() ([]byte, error) {
	var buf bytes.Buffer
	z := durable.NewZip(&buf)
	for name, b := range p {
		w, err := z.Create(name)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(b); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}
