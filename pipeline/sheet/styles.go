package sheet

import "crypto/sha256"

const (
	maxFormats     = 1 << 17 // cell formats; the programs stop at 65,490
	maxFormatCodes = 1 << 14
	maxFormatBytes = 1024 // of one code; the programs stop at 255 characters
	mostRemembered = 1024 // cell formats of a part that is remembered
)

// readStyles finds which number format each cell format has. The forms of a month
// are of one making and come back from few programs, so that most bring one of
// very few styles parts, the largest part of a form after its table: what was
// read of one is remembered.
func (r *reader) readStyles(e *entry) (err error) {
	of := stylesPart{sha256.Sum256(e.packed), e.method, e.sum, e.size, r.lim}
	if r.formats = stylesRead.get(of); r.formats != nil {
		return nil
	}
	if r.formats, err = r.formatsOf(e); err == nil && len(r.formats) <= mostRemembered {
		stylesRead.put(of, r.formats)
	}
	return err
}

// stylesPart is everything that the reading of a styles part follows from.
type stylesPart struct {
	packed [sha256.Size]byte
	method uint16
	sum    uint32
	size   int64
	lim    Limits
}

var stylesRead recent[stylesPart, []string]

// formatsOf reads the number formats of a styles part, nothing else.
func (r *reader) formatsOf(e *entry) ([]string, error) {
	codes := map[int]string{}
	var ids []int
	err := scan(e, r.lim, func(x *scanner) error {
		if err := x.rootOf("styleSheet"); err != nil {
			return err
		}
		for {
			ok, err := x.child()
			if err != nil || !ok {
				return err
			}
			switch string(x.local) {
			case "numFmts":
				err = numberFormats(x, codes)
			case "cellXfs":
				ids, err = cellFormats(x, ids)
			default:
				err = x.skip()
			}
			if err != nil {
				return err
			}
		}
	})
	if err != nil {
		return nil, err
	}
	formats := make([]string, len(ids))
	for i, id := range ids {
		code, own := codes[id]
		if !own {
			code = builtin(id)
		}
		formats[i] = code
	}
	return formats, nil
}

func numberFormats(x *scanner, codes map[int]string) error {
	for {
		ok, err := x.child()
		if err != nil || !ok {
			return err
		}
		if string(x.local) == "numFmt" {
			id, ok := parseIndex(x.get("numFmtId"), 1<<30)
			code := x.get("formatCode")
			if !ok || len(code) > maxFormatBytes || len(codes) == maxFormatCodes {
				return x.fault("style", 0, "数字格式的编号或代码有误。")
			}
			if s := string(code); s == "General" || s == "GENERAL" {
				codes[id] = ""
			} else {
				codes[id] = s
			}
		}
		if err := x.skip(); err != nil {
			return err
		}
	}
}

func cellFormats(x *scanner, ids []int) ([]int, error) {
	for {
		ok, err := x.child()
		if err != nil || !ok {
			return ids, err
		}
		if string(x.local) == "xf" {
			id, ok := 0, true
			if v := x.get("numFmtId"); len(v) > 0 {
				id, ok = parseIndex(v, 1<<30)
			}
			if !ok || len(ids) == maxFormats {
				return ids, x.fault("style", 0, "单元格格式的编号有误或过多。")
			}
			ids = append(ids, id)
		}
		if err := x.skip(); err != nil {
			return ids, err
		}
	}
}
