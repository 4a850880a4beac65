//go:build linux

package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"duban/pipeline/clerk"
	"duban/pipeline/form"
	"duban/pipeline/plan"
)

// A batch is files in waves: a wave is dropped when the one before has been taken, so
// that what stands at the end does not hang on the order in which files within a wave
// arrive. Waves of forms with new figures for every unit, and between them waves of all
// that can be wrong with a file.

const filler, reviewer = "王填报", "李审核"

// parcel is a file to be dropped.
type parcel struct {
	sort   string // the row of sorts it comes from
	name   string // of the file
	folder string // a unit's, "" for the inbox itself
	bytes  []byte
	sum    string // SHA-256 in hex
}

func (s *stock) parcel(sort, folder, name string, b []byte) parcel {
	sum := sha256.Sum256(b)
	return parcel{sort, name, folder, b, hex.EncodeToString(sum[:])}
}

// waves are how many waves of forms a batch has.
func waves(n int) int {
	if n < 200 {
		return 2
	}
	return 4
}

// batch is n files in waves.
func (s *stock) batch(n int) ([][]parcel, error) {
	w := waves(n)
	forms := (n - (w-1)*len(sorts)) / w
	if forms < len(s.units) {
		return nil, fmt.Errorf("%d files are too few for %d units", n, len(s.units))
	}
	var all [][]parcel
	for v := range w {
		var wave []parcel
		if v == w-1 {
			forms = n - (w-1)*(forms+len(sorts))
		}
		for i := range forms {
			p, err := s.form(i, v)
			if err != nil {
				return nil, err
			}
			wave = append(wave, p)
		}
		all = append(all, wave)
		if v < w-1 {
			odd, err := s.odd(v)
			if err != nil {
				return nil, err
			}
			all = append(all, odd)
		}
	}
	return all, nil
}

// form is the i-th form of a version: every unit's in turn, then all again, with the
// same figures in other bytes.
func (s *stock) form(i, version int) (parcel, error) {
	u := s.units[i%len(s.units)]
	b, err := s.fill(u, version)
	if err != nil {
		return parcel{}, err
	}
	b = remarked(b, fmt.Sprintf("form %d of version %d", i, version))
	folder := ""
	if i%2 == 0 {
		folder = []string{u.Name, u.Code}[i/2%2]
	}
	return s.parcel("form", folder, fmt.Sprintf("%s-%d-%03d.xlsx", u.Name, version, i), b), nil
}

// fill fills a unit's form; every version has figures of its own.
func (s *stock) fill(u *plan.Unit, version int) ([]byte, error) {
	key := fmt.Sprintf("%s/%d", u.Code, version)
	if b := s.filled[key]; b != nil {
		return b, nil
	}
	b, err := form.Fill(s.blanks[u.Code], filler, reviewer, s.answers(u, version))
	s.filled[key] = b
	return b, err
}

// answers are a clerk's, a little more with every version.
func (s *stock) answers(u *plan.Unit, version int) []form.Answer {
	all := clerk.Answers(s.rows[u.Code], month, false)
	for i, a := range all {
		counted := a.Column == plan.ColAdded && i+1 < len(all) && all[i+1].ID == a.ID &&
			all[i+1].Column == plan.ColTotal
		if !counted || a.Number.Equal(plan.Int(0)) {
			continue
		}
		all[i].Number = a.Number.Add(plan.Int(int64(version)))
		all[i+1].Number = all[i+1].Number.Add(plan.Int(int64(version)))
	}
	return all
}

// remarked is a workbook with a comment in its archive: other bytes, the same sheet.
func remarked(b []byte, comment string) []byte {
	b = append(bytes.Clone(b), comment...)
	binary.LittleEndian.PutUint16(b[len(b)-len(comment)-2:], uint16(len(comment)))
	return b
}

// bareBook is a workbook that is no form of ours.
func bareBook(text string) ([]byte, error) {
	const (
		head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
		kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
		rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
		pack = "http://schemas.openxmlformats.org/package/2006/"
	)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="` + pack + `content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.` +
			`relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="` + kind +
			`sheet.main+xml"/><Override PartName="/xl/s.xml" ContentType="` + kind +
			`worksheet+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + pack + `relationships"><Relationship Id="r" ` +
			`Type="` + rels + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="` + main + `" xmlns:r="` + rels + `"><sheets>` +
			`<sheet name="Sheet1" sheetId="1" r:id="s"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + pack + `relationships">` +
			`<Relationship Id="s" Type="` + rels + `/worksheet" Target="s.xml"/></Relationships>`},
		{"xl/s.xml", `<worksheet xmlns="` + main + `"><sheetData><row r="1"><c r="A1" ` +
			`t="inlineStr"><is><t>` + text + `</t></is></c></row></sheetData></worksheet>`},
	} {
		w, err := z.Create(part[0])
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(head + part[1])); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}
