package sheet

import "encoding/binary"

// compoundMark begins an OLE2 compound file: .xls, .et, .doc, and workbooks
// with a password, which are such a file around an encrypted one.
const compoundMark = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// sniffCompound names a compound file that holds no workbook we read, by the streams
// its directory lists. Only
// the directory is read; nothing is decrypted and no key is ever derived.
func sniffCompound(b []byte) *Error {
	names, whole := compoundNames(b)
	has := func(name string) bool { return names[name] }
	switch {
	case has("EncryptedPackage"), has("EncryptionInfo"):
		return fault("encrypted", "", "工作簿设有打开密码，无法读取。")
	case !whole && (has("Workbook") || has("WORKBOOK")):
		return fault("incomplete", "", "旧版工作簿（.xls/.et）没有结尾部分，可能没有传完。")
	case has("Workbook"), has("Book"), has("WORKBOOK"), has("BOOK"), has("ETExtData"):
		return fault("xls", "", "文件是 Excel 95 或更早的工作簿，或是读不出内容的 .et 文件。")
	case has("WordDocument"):
		return other("document", " Word 文档（doc）")
	case has("PowerPoint Document"):
		return other("document", "演示文稿（ppt）")
	case has("__properties_version1.0"):
		return other("document", " Outlook 邮件")
	case !whole:
		return fault("incomplete", "", "旧版办公文件没有结尾部分，可能没有传完。")
	}
	return other("not-xlsx", "旧版办公文件")
}

// compoundNames lists the names in the directory of a compound file; whole is
// false when the directory lies beyond the bytes at hand. At most 512 sectors
// of it are looked at, so a chain that bites its tail ends too.
func compoundNames(b []byte) (names map[string]bool, whole bool) {
	names = map[string]bool{}
	le := binary.LittleEndian
	if len(b) < 512 {
		return names, false
	}
	shift := le.Uint16(b[30:])
	if shift != 9 && shift != 12 {
		return names, true
	}
	size := int64(1) << shift
	sector := func(n uint32) []byte {
		from := (int64(n) + 1) * size
		if from >= int64(len(b)) {
			return nil
		}
		return b[from:min(from+size, int64(len(b)))]
	}
	const perDIFAT = 109
	next := func(n uint32) (uint32, bool) {
		table, at := int64(n)*4/size, int64(n)*4%size
		if table >= perDIFAT {
			return 0, false
		}
		s := sector(le.Uint32(b[76+4*table:]))
		if int64(len(s)) < at+4 {
			return 0, false
		}
		return le.Uint32(s[at:]), true
	}
	whole = true
	n, ok := le.Uint32(b[48:]), true
	for range 512 {
		if n > 0xfffffff0 {
			return names, whole // end of the chain
		}
		s := sector(n)
		if int64(len(s)) < size {
			whole = false
		}
		for ; len(s) >= 128; s = s[128:] {
			if used := int(le.Uint16(s[64:])); used >= 2 && used <= 64 {
				names[decodeUTF16(s[:used])] = true
			}
		}
		if n, ok = next(n); !ok {
			return names, false
		}
	}
	return names, whole
}
