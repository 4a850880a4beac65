package sheet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/richardlehane/mscfb"
)

// The workbooks of Excel 97–2003 and of WPS (.xls, .et) are BIFF8: a stream of
// records, two bytes of type, two of length, then the content. The stream lies
// in a compound file. The rules are those of the rest of the package: a record
// that is cut off or contradicts another is an error, never fewer cells. Of a
// formula only the stored result is read, not its text; every formula of this
// format has one. The layout is that of Microsoft's open specification of the
// format, [MS-XLS], section 2.4.

// The records that are read; all others are passed over.
const (
	recFormula      = 0x0006
	recEOF          = 0x000a
	recDateMode     = 0x0022
	recFilePass     = 0x002f
	recContinue     = 0x003c
	recColInfo      = 0x007d
	recBoundSheet   = 0x0085
	recMulRK        = 0x00bd
	recRString      = 0x00d6
	recXF           = 0x00e0
	recMergedCells  = 0x00e5
	recVBAProject   = 0x00d3
	recSST          = 0x00fc
	recLabelSST     = 0x00fd
	recSupBook      = 0x01ae
	recNumber       = 0x0203
	recLabel        = 0x0204
	recBoolErr      = 0x0205
	recString       = 0x0207
	recRow          = 0x0208
	recArray        = 0x0221
	recTable        = 0x0236
	recRK           = 0x027e
	recFormat       = 0x041e
	recSharedFormla = 0x04bc
	recBOF          = 0x0809
)

// The versions and kinds that a BOF record names.
const (
	biff8        = 0x0600
	partGlobals  = 0x0005
	partSheet    = 0x0010
	maxBIFFParts = 1 << 20 // records of one kind that are kept
)

var le = binary.LittleEndian

// readCompound reads the workbook of a compound file, or says what else it is.
func readCompound(b []byte, lim Limits) (*Workbook, error) {
	stream, err := workbookStream(b)
	if err != nil {
		return nil, err
	}
	if len(stream) < 8 || le.Uint16(stream) != recBOF || le.Uint16(stream[4:]) != biff8 {
		return nil, fault("xls", "", "文件是 Excel 95 或更早的工作簿。")
	}
	x := &biff{b: stream, lim: lim, w: &Workbook{}}
	if err := x.globals(); err != nil {
		return nil, err
	}
	if err := x.sheets(); err != nil {
		return nil, err
	}
	return x.w, nil
}

// workbookStream takes the workbook out of a compound file.
func workbookStream(b []byte) (stream []byte, err error) {
	names, _ := compoundNames(b)
	has := func(n string) bool { return names[n] }
	if has("EncryptedPackage") || !has("Workbook") && !has("WORKBOOK") {
		return nil, sniffCompound(b)
	}
	damaged := fault("corrupt", "", "旧版工作簿（.xls/.et）已损坏，读不出其中的内容。")
	defer func() {
		if recover() != nil {
			stream, err = nil, damaged
		}
	}()
	doc, err := mscfb.New(bytes.NewReader(b))
	if err != nil {
		return nil, damaged
	}
	for _, f := range doc.File {
		if !strings.EqualFold(f.Name, "Workbook") || len(f.Path) > 0 {
			continue
		}
		if f.Size < 0 || f.Size > int64(len(b)) {
			return nil, fault("incomplete", "", "旧版工作簿（.xls/.et）没有结尾部分，可能没有传完。")
		}
		stream = make([]byte, f.Size)
		if _, err := io.ReadFull(f, stream); err != nil {
			return nil, fault("incomplete", "", "旧版工作簿（.xls/.et）没有结尾部分，可能没有传完。")
		}
		return stream, nil
	}
	return nil, damaged
}

// biff goes through the stream: what one record says of another is kept here.
type biff struct {
	b       []byte
	at      int // of the next record
	lim     Limits
	w       *Workbook
	bounds  []bound
	codes   map[int]string // number formats of the file's own
	xfs     []int          // by cell format, the number of its number format
	strings []string
	kept    int // bytes of text so far
	cells   int // with content, so far
	merged  int // ranges, so far
}

// bound is one row of the list of sheets.
type bound struct {
	name  string
	at    int // of its BOF record
	state State
	kind  byte // 0: a worksheet
}

// record is one record.
type record struct {
	id   int
	data []byte
}

// next is the next record; not ok at the end of the stream.
func (x *biff) next() (record, bool, error) {
	if x.at == len(x.b) {
		return record{}, false, nil
	}
	if x.at+4 > len(x.b) {
		return record{}, false, x.cut()
	}
	n := int(le.Uint16(x.b[x.at+2:]))
	if x.at+4+n > len(x.b) {
		return record{}, false, x.cut()
	}
	r := record{int(le.Uint16(x.b[x.at:])), x.b[x.at+4 : x.at+4+n]}
	x.at += 4 + n
	return r, true, nil
}

func (x *biff) cut() *Error {
	return fault("incomplete", "", "旧版工作簿（.xls/.et）的数据在中途断了，可能没有传完。")
}

func (x *biff) bad(what string) *Error {
	return fault("corrupt", "", "旧版工作簿（.xls/.et）已损坏："+what+"。")
}

// continued gathers a record with the CONTINUE records behind it.
func (x *biff) continued(first []byte) ([][]byte, error) {
	parts := [][]byte{first}
	for x.at+4 <= len(x.b) && le.Uint16(x.b[x.at:]) == recContinue {
		r, ok, err := x.next()
		if err != nil || !ok {
			return nil, err
		}
		if len(parts) == maxBIFFParts {
			return nil, x.bad("续接记录过多")
		}
		parts = append(parts, r.data)
	}
	return parts, nil
}

// globals reads the part that concerns the workbook as a whole.
func (x *biff) globals() error {
	r, _, err := x.next()
	if err != nil {
		return err
	}
	if len(r.data) < 4 || le.Uint16(r.data[2:]) != partGlobals {
		return x.bad("缺少工作簿的总述")
	}
	x.codes = map[int]string{}
	for {
		r, ok, err := x.next()
		if err != nil {
			return err
		}
		if !ok {
			return x.cut()
		}
		if r.id == recEOF {
			return nil
		}
		if err := x.global(r); err != nil {
			return err
		}
	}
}

func (x *biff) global(r record) error {
	switch r.id {
	case recFilePass:
		return fault("encrypted", "", "工作簿设有密码，无法读取。")
	case recDateMode:
		if len(r.data) < 2 {
			return x.bad("日期系统不明")
		}
		x.w.Date1904 = le.Uint16(r.data) == 1
	case recBoundSheet:
		return x.boundSheet(r.data)
	case recFormat:
		return x.format(r.data)
	case recXF:
		if len(r.data) < 4 || len(x.xfs) == maxFormats {
			return x.bad("单元格格式的编号有误或过多")
		}
		x.xfs = append(x.xfs, int(le.Uint16(r.data[2:])))
	case recSST:
		parts, err := x.continued(r.data)
		if err != nil {
			return err
		}
		return x.sharedStrings(parts)
	case recVBAProject:
		x.w.noteOnce(NoticeMacro, "", macroNoted)
	case recSupBook:
		if len(r.data) != 4 { // 4: the workbook itself, or its own functions
			x.w.noteOnce(NoticeExternalLink, "", linkNoted)
		}
	}
	return nil
}

func (x *biff) boundSheet(d []byte) error {
	if len(d) < 8 {
		return x.bad("工作表清单有误")
	}
	if len(x.bounds) == x.lim.Sheets {
		return fault("sheets", "", fmt.Sprintf("工作表超过 %d 个。", x.lim.Sheets))
	}
	t := biffText{parts: [][]byte{d[6:]}}
	name, ok := t.short()
	if !ok || name == "" {
		return x.bad("工作表没有名称")
	}
	s := bound{name: name, at: int(le.Uint32(d)), kind: d[5]}
	switch d[4] & 3 {
	case 1:
		s.state = Hidden
	case 2:
		s.state = VeryHidden
	}
	for _, other := range x.bounds {
		if strings.EqualFold(other.name, name) {
			return fault("sheets", "", fmt.Sprintf("有两个工作表都叫“%s”。", name))
		}
	}
	x.bounds = append(x.bounds, s)
	return nil
}

func (x *biff) format(d []byte) error {
	if len(d) < 2 || len(x.codes) == maxFormatCodes {
		return x.bad("数字格式有误或过多")
	}
	t := biffText{parts: [][]byte{d[2:]}}
	code, ok := t.long()
	if !ok || len(code) > maxFormatBytes {
		return x.bad("数字格式的代码有误")
	}
	if strings.EqualFold(code, "General") {
		code = ""
	}
	x.codes[int(le.Uint16(d))] = code
	return nil
}

// formatOf is the number-format code of a cell format. A number past the list
// means general, as the programs read it.
func (x *biff) formatOf(xf int) string {
	if xf >= len(x.xfs) {
		return ""
	}
	if code, own := x.codes[x.xfs[xf]]; own {
		return code
	}
	return builtin(x.xfs[xf])
}

// sheets reads every worksheet of the list; their parts may not overlap, so
// nothing is read twice.
func (x *biff) sheets() error {
	type part struct{ from, to int }
	var parts []part
	for _, s := range x.bounds {
		if s.kind != 0 {
			x.w.otherSheet(s.name, "", s.macros())
			continue
		}
		if s.at <= 0 || s.at >= len(x.b) {
			return fault("sheets", "", fmt.Sprintf("工作表“%s”不在文件内。", printable(s.name)))
		}
		if slices.ContainsFunc(parts, func(p part) bool { return p.from <= s.at && s.at < p.to }) {
			return fault("sheets", "", fmt.Sprintf("工作表“%s”与另一工作表重叠。", printable(s.name)))
		}
		x.at = s.at
		if err := x.sheet(s); err != nil {
			return err
		}
		if slices.ContainsFunc(parts, func(p part) bool { return s.at < p.from && p.from < x.at }) {
			return fault("sheets", "", fmt.Sprintf("工作表“%s”与另一工作表重叠。", printable(s.name)))
		}
		parts = append(parts, part{s.at, x.at})
	}
	if len(x.w.Sheets) == 0 {
		return fault("sheets", "", "工作簿里没有工作表。")
	}
	return nil
}

// macros reports whether a tab is a macro sheet or a module.
func (b bound) macros() bool { return b.kind == 1 || b.kind == 6 }
