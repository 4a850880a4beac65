package sheet

const (
	maxFormats     = 1 << 17 // cell formats; the programs stop at 65,490
	maxFormatCodes = 1 << 14
	maxFormatBytes = 1024 // of one code; the programs stop at 255 characters
)

var stylesRead remembered[[]string]

// readStyles finds which number format each cell format has.
func (r *reader) readStyles(e *entry) (err error) {
	r.formats, err = stylesRead.of(e, r.lim, func() ([]string, error) { return r.formatsOf(e) })
	return err
}

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
