package sheet

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// two is a text as two bytes a character, without its length.
func two(s string) []byte {
	var b []byte
	for _, r := range s {
		b = le.AppendUint16(b, uint16(r))
	}
	return b
}

// text16 is a text with a length of two bytes.
func text16(s string) []byte {
	return append(append(le.AppendUint16(nil, uint16(len([]rune(s)))), 1), two(s)...)
}

// rec is one record of a stream.
func rec(id int, data ...[]byte) []byte {
	body := bytes.Join(data, nil)
	return append(le.AppendUint16(le.AppendUint16(nil, uint16(id)), uint16(len(body))), body...)
}

func u16(n ...int) []byte {
	var b []byte
	for _, v := range n {
		b = le.AppendUint16(b, uint16(v))
	}
	return b
}

func f64(f float64) []byte { return le.AppendUint64(nil, math.Float64bits(f)) }

func bof(kind int) []byte { return rec(recBOF, u16(biff8, kind, 0, 0), make([]byte, 8)) }

// stream is a workbook with one sheet 填报: what stands in its globals, and in
// the sheet.
func stream(globals, cells []byte) []byte {
	head := bof(partGlobals)
	name := two("填报")
	at := len(head) + 4 + 8 + len(name) + len(globals) + 4
	b := append(head, rec(recBoundSheet, u16(at, at>>16, 0), []byte{2, 1}, name)...)
	b = append(append(b, globals...), rec(recEOF)...)
	return append(append(append(b, bof(partSheet)...), cells...), rec(recEOF)...)
}

// compoundOf is a compound file around a stream of at least 4,096 bytes: the
// table of sectors, the directory, then the stream.
func compoundOf(name string, body []byte) []byte {
	body = append(bytes.Clone(body), make([]byte, max(0, 4096-len(body)))...)
	sectors := (len(body) + 511) / 512
	tables := 1
	for tables*128 < sectors+tables+1 {
		tables++
	}
	b := make([]byte, 512*(1+tables+1+sectors))
	copy(b, compoundMark)
	copy(b[24:], u16(0x3e, 3, 0xfffe, 9, 6))
	le.PutUint32(b[44:], uint32(tables))
	le.PutUint32(b[48:], uint32(tables))
	le.PutUint32(b[56:], 4096)
	le.PutUint32(b[60:], 0xfffffffe)
	le.PutUint32(b[68:], 0xfffffffe)
	for i := range 109 {
		le.PutUint32(b[76+4*i:], 0xffffffff)
	}
	next := func(i int, v uint32) { le.PutUint32(b[512+4*i:], v) }
	for i := range tables {
		le.PutUint32(b[76+4*i:], uint32(i))
		next(i, 0xfffffffd)
	}
	next(tables, 0xfffffffe)
	for i := range sectors {
		next(tables+1+i, uint32(tables+2+i))
	}
	next(tables+sectors, 0xfffffffe)
	for i, n := range []string{"Root Entry", name} {
		e := b[512*(1+tables)+128*i:]
		copy(e, two(n))
		le.PutUint16(e[64:], uint16(2*len(n)+2))
		e[66] = []byte{5, 2}[i]
		for k := 68; k < 80; k += 4 {
			le.PutUint32(e[k:], 0xffffffff)
		}
		le.PutUint32(e[116:], 0xfffffffe)
	}
	root, file := b[512*(1+tables):], b[512*(1+tables)+128:]
	le.PutUint32(root[76:], 1)
	le.PutUint32(file[116:], uint32(tables+1))
	le.PutUint32(file[120:], uint32(len(body)))
	copy(b[512*(2+tables):], body)
	return b
}

func xls(globals, cells []byte) []byte { return compoundOf("Workbook", stream(globals, cells)) }

// split is a table of texts that goes on in other records in every way: in the
// middle of a text, with the width of its characters changing, and between two.
func split() []byte {
	long := strings.Repeat("甲", 10)
	b := rec(recSST, u16(4, 0, 4, 0), text16("前"), u16(10), []byte{1}, two(long)[:8])
	b = append(b, rec(recContinue, []byte{1}, two(long)[8:], text16("中"),
		u16(6), []byte{0}, []byte("abc"))...)
	return append(b, rec(recContinue, []byte{1}, two("丁戊己"))...)
}

func TestTextsThatGoOnInOtherRecordsAreWhole(t *testing.T) {
	var cells []byte
	for i := range 4 {
		cells = append(cells, rec(recLabelSST, u16(i, 0, 0, i, 0))...)
	}
	w := mustRead(t, xls(split(), cells))
	var got []string
	for _, c := range w.Sheets[0].Cells {
		got = append(got, c.Raw)
	}
	want := []string{"前", strings.Repeat("甲", 10), "中", "abc丁戊己"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestEveryRecordOfACellIsRead(t *testing.T) {
	formula := func(row int, v ...byte) []byte {
		return rec(recFormula, u16(row, 3, 0), v, u16(0, 0, 0), u16(0))
	}
	globals := append(rec(recFormat, u16(164), text16("yyyy-mm-dd")),
		append(rec(recXF, u16(0, 0), make([]byte, 16)), rec(recXF, u16(0, 164), make([]byte, 16))...)...)
	w := mustRead(t, xls(append(globals, rec(recDateMode, u16(0))...), bytes.Join([][]byte{
		rec(recRow, u16(3, 0, 5, 300, 0, 0, 0x20, 0)),
		rec(recColInfo, u16(1, 1, 2000, 0, 1, 0)),
		rec(recNumber, u16(0, 0, 1), f64(45747)),
		rec(recRK, u16(0, 1, 0), u16((-325&0x3fff)<<2|3, 0xffff)),
		rec(recMulRK, u16(1, 0), u16(0, 12<<2|2, 0), u16(0, 1234<<2|3, 0), u16(1)),
		rec(recLabel, u16(2, 0, 0), u16(3), []byte{0}, []byte("abc")),
		rec(recBoolErr, u16(2, 1, 0), []byte{1, 0}),
		rec(recBoolErr, u16(2, 2, 0), []byte{0x2a, 1}),
		rec(0x0201, u16(2, 3, 0)),
		formula(3, f64(0.1)...),
		formula(4, 0, 0, 0, 0, 0, 0, 0xff, 0xff), rec(recString, text16("结果")),
		formula(5, 1, 0, 1, 0, 0, 0, 0xff, 0xff),
		formula(6, 2, 0, 0x07, 0, 0, 0, 0xff, 0xff),
		rec(recMergedCells, u16(1, 7, 9, 0, 1)),
	}, nil)))
	s := w.Sheets[0]
	var got []string
	for _, c := range s.Cells {
		got = append(got, fmt.Sprint(c.Address(), " ", c.Kind, " ", c.Raw, " ", c.HasFormula,
			c.Hidden, c.IsDate()))
	}
	want := []string{"A1 1 45747 false false true", "B1 1 -3.25 false true false",
		"A2 1 12 false false false", "B2 1 12.34 false true false", "A3 2 abc false false false",
		"B3 3 1 false true false", "C3 4 #N/A false false false", "D4 1 0.1 true true false",
		"D5 2 结果 true false false", "D6 3 1 true false false", "D7 4 #DIV/0! true false false"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]Range{{8, 1, 10, 2}}, s.Merges); d != "" {
		t.Error(d)
	}
}

func TestDamagedOldWorkbooksGetTheirCode(t *testing.T) {
	number := rec(recNumber, u16(0, 0, 0), f64(1))
	whole := xls(nil, number)
	for name, c := range map[string]struct {
		code string
		b    []byte
	}{
		"password":          {"encrypted", xls(rec(recFilePass, u16(1)), number)},
		"Excel 95":          {"xls", compoundOf("Book", stream(nil, number))},
		"the version of 95": {"xls", compoundOf("Workbook", rec(recBOF, u16(0x0500, 5, 0, 0)))},
		"cut off":           {"incomplete", whole[:len(whole)-3000]},
		"one cell twice":    {"order", xls(nil, append(number, number...))},
		"no such text":      {"shared-string", xls(split(), rec(recLabelSST, u16(0, 0, 0, 9, 0)))},
		"texts cut off":     {"shared-string", xls(rec(recSST, u16(9, 0, 9, 0), text16("a")), number)},
		"not a number":      {"cell-content", xls(nil, rec(recNumber, u16(0, 0, 0), f64(math.NaN())))},
		"a short record":    {"corrupt", xls(nil, rec(recNumber, u16(0, 0)))},
		"a run without end": {"corrupt", xls(nil, rec(recMulRK, u16(1, 0), u16(0, 0, 0), u16(9)))},
		"an empty beginning": {"corrupt", compoundOf("Workbook",
			append(rec(recBOF), rec(biff8, make([]byte, 20))...))},
		"a lost result":      {"corrupt", xls(nil, lostResult())},
		"merges backwards":   {"merge", xls(nil, rec(recMergedCells, u16(1, 9, 7, 0, 1)))},
		"a sheet in nowhere": {"sheets", compoundOf("Workbook", elsewhere())},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := Read(c.b, DefaultLimits)
			e, ok := err.(*Error)
			if !ok || e.Code != c.code || w != nil {
				t.Errorf("%v, want %s", err, c.code)
			}
			promises(t, w, err)
		})
	}
}

func lostResult() []byte {
	v := []byte{0, 0, 0, 0, 0, 0, 0xff, 0xff}
	return append(rec(recFormula, u16(0, 0, 0), v, u16(0, 0, 0), u16(0)),
		rec(recNumber, u16(0, 1, 0), f64(1))...)
}

func elsewhere() []byte {
	b := stream(nil, nil)
	le.PutUint32(b[20+4:], 1<<20)
	return b
}

// FuzzCompound throws streams at the reader inside a sound compound file, and
// as they are.
func FuzzCompound(f *testing.F) {
	f.Add(stream(split(), append(rec(recLabelSST, u16(0, 0, 0, 1, 0)), lostResult()...)))
	f.Add(stream(rec(recXF, u16(0, 14), make([]byte, 16)), bytes.Join([][]byte{
		rec(recMulRK, u16(1, 0), u16(0, 12<<2|2, 0), u16(0, 7, 0), u16(1)),
		rec(recMergedCells, u16(1, 7, 9, 0, 1)), rec(recRow, u16(3, 0, 5, 300, 0, 0, 0x20, 0)),
	}, nil)))
	f.Add(xls(nil, rec(recNumber, u16(0, 0, 0), f64(1))))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<16 {
			return
		}
		if !strings.HasPrefix(string(b), compoundMark) {
			b = compoundOf("Workbook", b)
		}
		w, err := Read(b, small)
		promises(t, w, err)
	})
}

// convert saves a workbook by LibreOffice in another format.
func convert(t *testing.T, b []byte, to string) []byte {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("LibreOffice (soffice) is not installed")
		}
		t.Skip("LibreOffice (soffice) is not installed: nothing compared")
	}
	dir := t.TempDir()
	from := filepath.Join(dir, "from.xlsx")
	if err := os.WriteFile(from, b, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--headless", "--convert-to", to, "--outdir", filepath.Join(dir, "to"), from)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	ext, _, _ := strings.Cut(to, ":")
	b, err = os.ReadFile(filepath.Join(dir, "to", "from."+ext))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// full is made with thousands of texts of every length beside it, so that the
// table of texts goes on in many records.
func full(t *testing.T) []byte {
	f, err := excelize.OpenReader(bytes.NewReader(made(t)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.NewSheet("文字"); err != nil {
		t.Fatal(err)
	}
	for i := range 2000 {
		s := fmt.Sprint(i, strings.Repeat([]string{"a", "情", "é", "况x"}[i%4], i%97))
		at := Address(i/8+1, i%8+1)
		if err := f.SetCellValue("文字", at, s); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellValue("文字", Address(i/8+1, i%8+10), float64(i*i)/100-77); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestOldWorkbooksOfLibreOfficeAgree holds the .xls LibreOffice writes against
// the .xlsx it writes of the same workbook, cell by cell.
func TestOldWorkbooksOfLibreOfficeAgree(t *testing.T) {
	from := full(t)
	want, got := mustRead(t, convert(t, from, "xlsx")), mustRead(t, convert(t, from, "xls"))
	if len(got.Sheets) != len(want.Sheets) || got.Date1904 != want.Date1904 {
		t.Fatalf("%d sheets, want %d", len(got.Sheets), len(want.Sheets))
	}
	cells := 0
	for i, w := range want.Sheets {
		g := got.Sheets[i]
		if g.Name != w.Name || g.State != w.State {
			t.Errorf("sheet %s %d, want %s %d", g.Name, g.State, w.Name, w.State)
		}
		if d := cmp.Diff(w.Merges, g.Merges); d != "" {
			t.Error(w.Name, "merges", d)
		}
		if d := cmp.Diff([2][]Span{w.HiddenRows, w.HiddenCols},
			[2][]Span{g.HiddenRows, g.HiddenCols}); d != "" {
			t.Error(w.Name, "hidden", d)
		}
		if len(g.Cells) != len(w.Cells) {
			t.Errorf("%s: %d cells, want %d", w.Name, len(g.Cells), len(w.Cells))
			continue
		}
		for k, c := range w.Cells {
			cells++
			if d := cmp.Diff(brief(want, c), brief(got, g.Cells[k])); d != "" {
				t.Errorf("%s!%s %s", w.Name, c.Address(), d)
			}
		}
	}
	if cells < 4000 {
		t.Errorf("only %d cells were compared", cells)
	}
}

// brief is what a cell says, in words that do not depend on the format.
func brief(w *Workbook, c Cell) string {
	raw := c.Raw
	var f float64
	if c.Kind == Number {
		fmt.Sscan(raw, &f)
		raw = fmt.Sprint(float32(f))
		if math.Abs(f) < 1e15 {
			raw = fmt.Sprintf("%.9f", f)
		}
	}
	if c.IsDate() {
		raw += date(w, c)
	}
	return fmt.Sprint(c.Address(), " ", c.Kind, " ", raw, " ", c.HasValue, c.HasFormula, c.Hidden)
}
