// Package parts takes a workbook apart and puts one together, for tests. It is
// never part of the program, which reads workbooks by package sheet: what is no
// archive is a panic here.
package parts

import (
	"archive/zip"
	"bytes"
	"io"
)

// Part is one part of the archive.
type Part struct{ Name, Text string }

// Of are the parts of a workbook in their order.
func Of(b []byte) []Part {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	must(err)
	var all []Part
	for _, f := range z.File {
		r, err := f.Open()
		must(err)
		text, err := io.ReadAll(r)
		must(err)
		all = append(all, Part{f.Name, string(text)})
	}
	return all
}

// Named is the text of the part of that name; "" when there is none.
func Named(b []byte, name string) string {
	for _, p := range Of(b) {
		if p.Name == name {
			return p.Text
		}
	}
	return ""
}

// Pack is a workbook of these parts.
func Pack(all []Part) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range all {
		w, err := z.Create(p.Name)
		must(err)
		_, err = io.WriteString(w, p.Text)
		must(err)
	}
	must(z.Close())
	return b.Bytes()
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
