package sheet

import "bytes"

// aside passes over comments and processing instructions; the text of a CDATA
// section is a token.
func (x *scanner) aside() (token, error) {
	w := x.buf[x.pos:x.end]
	var open, stop, what string
	switch {
	case w[1] == '?':
		open, stop, what = "<?", "?>", "处理指令"
	case len(w) < 9 && !x.last: // too short to tell
		return tokenEOF, x.need("标签没有结束")
	case bytes.HasPrefix(w, []byte("<!--")):
		open, stop, what = "<!--", "--", "注释"
	case bytes.HasPrefix(w, []byte("<![CDATA[")) && len(x.marks) > 0:
		open, stop, what = "<![CDATA[", "]]>", "CDATA 段"
	case bytes.HasPrefix(w, []byte("<!DOCTYPE")):
		return tokenEOF, x.fault("doctype", 0, "内容中有 DOCTYPE 声明，一律不读。")
	default:
		return tokenEOF, x.bad(0, "有无法识别的标签 <!")
	}
	for {
		w = x.buf[x.pos:x.end]
		i := -1
		if len(w) >= len(open) {
			i = bytes.Index(w[len(open):], []byte(stop))
		}
		if i < 0 {
			if err := x.need(what + "没有结束"); err != nil {
				return tokenEOF, err
			}
			continue
		}
		inside := w[len(open) : len(open)+i]
		n := len(open) + i + len(stop)
		switch open {
		case "<!--":
			if n == len(w) {
				if err := x.need("注释没有结束"); err != nil {
					return tokenEOF, err
				}
				continue
			}
			if w[n] != '>' {
				return tokenEOF, x.bad(n, "注释中有 --")
			}
			n++
		case "<?":
			if !target(inside) {
				return tokenEOF, x.bad(0, "XML 声明不在开头，或处理指令没有名称")
			}
		default:
			x.text, x.escaped = inside, bytes.IndexByte(inside, '\r') >= 0
			x.pos += n
			return tokenText, nil
		}
		x.pos += n
		return tokenEOF, nil
	}
}

// target reports whether a processing instruction has a name, and one that is
// not kept for the declaration at the very beginning.
func target(inside []byte) bool {
	if len(inside) == 0 || !nameStart[inside[0]] {
		return false
	}
	n := 0
	for n < len(inside) && namePart[inside[n]] {
		n++
	}
	return !bytes.EqualFold(inside[:n], []byte("xml"))
}
