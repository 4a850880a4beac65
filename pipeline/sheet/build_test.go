package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"
	"strings"
	"testing"
)

// The hostile files of the tests are made here, part by part: nothing binary
// is kept in the repository.

const (
	mainSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relSpace  = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relTypes  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

type file struct{ name, body string }

// parts are the parts of a small good workbook whose only sheet is given.
func parts(sheetXML string) []file {
	return []file{
		{"[Content_Types].xml", `<Types ` +
			`xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`},
		{"_rels/.rels", rels(relate("rId1", "officeDocument", "xl/workbook.xml"))},
		{"xl/workbook.xml", `<workbook ` + mainSpace + ` ` + relSpace + `><sheets>` +
			`<sheet name="填报" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", rels(
			relate("rId1", "worksheet", "worksheets/sheet1.xml") +
				relate("rId2", "sharedStrings", "sharedStrings.xml") +
				relate("rId3", "styles", "styles.xml"))},
		{"xl/sharedStrings.xml", `<sst ` + mainSpace + `><si><t>名称</t></si></sst>`},
		{"xl/styles.xml", `<styleSheet ` + mainSpace + `><numFmts>` +
			`<numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>` +
			`<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs>` +
			`</styleSheet>`},
		{"xl/worksheets/sheet1.xml", sheetXML},
	}
}

func relate(id, sort, target string) string {
	return `<Relationship Id="` + id + `" Type="` + relTypes + sort + `" Target="` + target + `"/>`
}

func rels(rows string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		rows + `</Relationships>`
}

// sheetXML is a worksheet with these rows.
func sheetXML(rows string) string {
	return `<worksheet ` + mainSpace + `><sheetData>` + rows + `</sheetData></worksheet>`
}

const goodRows = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>7</v></c></row>`

func with(fs []file, name, body string) []file {
	out := make([]file, 0, len(fs)+1)
	seen := false
	for _, f := range fs {
		if f.name == name {
			f.body, seen = body, true
		}
		out = append(out, f)
	}
	if !seen {
		out = append(out, file{name, body})
	}
	return out
}

func without(fs []file, name string) []file {
	var out []file
	for _, f := range fs {
		if f.name != name {
			out = append(out, f)
		}
	}
	return out
}

func pack(fs ...file) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range fs {
		w, err := z.Create(f.name)
		if err == nil {
			_, err = io.WriteString(w, f.body)
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// book packs the good workbook around a sheet.
func book(sheet string) []byte { return pack(parts(sheet)...) }

// raw is an entry as it is written, whether it is true or not.
type raw struct {
	name   string
	method uint16
	flags  uint16
	sum    uint32
	size   uint32
	packed []byte
}

func rawOf(f file) raw {
	return raw{f.name, methodDeflated, 0, crc32.ChecksumIEEE([]byte(f.body)), uint32(len(f.body)),
		deflated(strings.NewReader(f.body))}
}

func deflated(r io.Reader) []byte {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestCompression)
	if _, err := io.Copy(w, r); err != nil {
		panic(err)
	}
	w.Close()
	return b.Bytes()
}

// assemble writes entries as declared; the header of an entry whose bytes are
// those of the one before is shared with it when share is set.
func assemble(share bool, entries ...raw) []byte {
	var b, dir bytes.Buffer
	le := binary.LittleEndian
	at := uint32(0)
	for i, e := range entries {
		if !share || i == 0 {
			at = uint32(b.Len())
			h := make([]byte, 30)
			copy(h, headLocal)
			le.PutUint16(h[4:], 20)
			le.PutUint16(h[6:], e.flags)
			le.PutUint16(h[8:], e.method)
			le.PutUint32(h[14:], e.sum)
			le.PutUint32(h[18:], uint32(len(e.packed)))
			le.PutUint32(h[22:], e.size)
			le.PutUint16(h[26:], uint16(len(e.name)))
			b.Write(h)
			b.WriteString(e.name)
			b.Write(e.packed)
		}
		h := make([]byte, 46)
		copy(h, headCentral)
		le.PutUint16(h[6:], 20)
		le.PutUint16(h[8:], e.flags)
		le.PutUint16(h[10:], e.method)
		le.PutUint32(h[16:], e.sum)
		le.PutUint32(h[20:], uint32(len(e.packed)))
		le.PutUint32(h[24:], e.size)
		le.PutUint16(h[28:], uint16(len(e.name)))
		le.PutUint32(h[42:], at)
		dir.Write(h)
		dir.WriteString(e.name)
	}
	end := make([]byte, 22)
	copy(end, headEnd)
	le.PutUint16(end[8:], uint16(len(entries)))
	le.PutUint16(end[10:], uint16(len(entries)))
	le.PutUint32(end[12:], uint32(dir.Len()))
	le.PutUint32(end[16:], uint32(b.Len()))
	b.Write(dir.Bytes())
	b.Write(end)
	return b.Bytes()
}

// forged is the good workbook with one entry changed as it is written.
func forged(name string, change func(*raw)) []byte {
	var list []raw
	for _, f := range parts(sheetXML(goodRows)) {
		r := rawOf(f)
		if f.name == name {
			change(&r)
		}
		list = append(list, r)
	}
	return assemble(false, list...)
}

// blanks is n spaces, deflated, and their checksum.
func blanks(n int64) (packed []byte, sum uint32) {
	h := crc32.NewIEEE()
	return deflated(io.TeeReader(io.LimitReader(spaces{}, n), h)), h.Sum32()
}

type spaces struct{}

func (spaces) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	return len(b), nil
}

// compound is an OLE2 file whose directory lists these names.
func compound(names ...string) []byte {
	b := make([]byte, 512*4)
	copy(b, compoundMark)
	le := binary.LittleEndian
	le.PutUint16(b[30:], 9)
	le.PutUint32(b[48:], 1) // the directory is in sector 1
	le.PutUint32(b[76:], 0) // the table of sectors in sector 0
	le.PutUint32(b[512+4:], 0xfffffffe)
	for i, n := range append([]string{"Root Entry"}, names...) {
		e := b[1024+128*i:]
		for j, c := range n {
			le.PutUint16(e[2*j:], uint16(c))
		}
		le.PutUint16(e[64:], uint16(2*len(n)+2))
	}
	return b
}

func mustRead(t testing.TB, b []byte) *Workbook {
	t.Helper()
	w, err := Read(b, DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// widened is an archive with all its sizes and places in 64-bit fields.
func widened(b []byte) []byte {
	le := binary.LittleEndian
	end := b[len(b)-22:]
	from, count := le.Uint32(end[16:]), le.Uint16(end[10:])
	out := bytes.Clone(b[:from])
	for rec := b[from : len(b)-22]; len(rec) > 0; {
		name := 46 + int(le.Uint16(rec[28:]))
		h := bytes.Clone(rec[:name])
		extra := le.AppendUint16(nil, 1)
		extra = le.AppendUint16(extra, 24)
		for _, at := range []int{24, 20, 42} { // size, packed size, place
			extra = le.AppendUint64(extra, uint64(le.Uint32(h[at:])))
			le.PutUint32(h[at:], 0xffffffff)
		}
		skip := name + int(le.Uint16(h[30:])) + int(le.Uint16(h[32:]))
		le.PutUint16(h[30:], uint16(len(extra)))
		le.PutUint16(h[32:], 0)
		out = append(append(out, h...), extra...)
		rec = rec[skip:]
	}
	at := uint64(len(out))
	wide := make([]byte, 56+20)
	copy(wide, headEnd64)
	le.PutUint64(wide[4:], 44)
	le.PutUint64(wide[24:], uint64(count))
	le.PutUint64(wide[32:], uint64(count))
	le.PutUint64(wide[40:], at-uint64(from))
	le.PutUint64(wide[48:], uint64(from))
	copy(wide[56:], headLocator64)
	le.PutUint64(wide[64:], at)
	le.PutUint32(wide[72:], 1)
	tail := bytes.Clone(end)
	le.PutUint32(tail[16:], 0xffffffff)
	return append(append(out, wide...), tail...)
}

// sheetNamed is the sheet of that name; nil when there is none.
func sheetNamed(w *Workbook, name string) *Sheet {
	for _, s := range w.Sheets {
		if s.Name == name {
			return s
		}
	}
	return nil
}
