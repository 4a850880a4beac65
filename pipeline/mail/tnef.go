package mail

import (
	"encoding/binary"
	"unicode/utf16"
)

// TNEF (winmail.dat) is a list of attributes; those of an attachment follow
// one that begins it. See MS-OXTNEF.
const (
	tnefSignature  = 0x223e9f78
	tnefAttachment = 2 // level of an attribute: of an attachment

	attachBegin = 0x00069002 // attAttachRendData
	attachData  = 0x0006800f
	attachTitle = 0x00018010
	attachProps = 0x00069005 // attAttachment: properties

	propLongName   = 0x3707
	propUnicode    = 0x001f
	propString     = 0x001e
	tnefHeaderSize = 6
)

// tnef takes the attachments out of a winmail.dat.
func (w *walk) tnef(b []byte) {
	if len(b) < tnefHeaderSize || binary.LittleEndian.Uint32(b) != tnefSignature {
		w.add(Part{Name: "winmail.dat", Fault: cutShort})
		return
	}
	var parts []Part
	for b = b[tnefHeaderSize:]; len(b) > 0; {
		level, id, data, rest, ok := tnefAttribute(b)
		if !ok {
			w.add(Part{Name: "winmail.dat", Fault: cutShort})
			return
		}
		b = rest
		if level != tnefAttachment {
			continue
		}
		if id == attachBegin {
			parts = append(parts, Part{})
		}
		if len(parts) == 0 {
			continue
		}
		p := &parts[len(parts)-1]
		switch id {
		case attachData:
			p.Bytes = data
		case attachTitle:
			if p.Name == "" {
				p.Name = toText(cString(data), "")
			}
		case attachProps:
			if name := tnefLongName(data); name != "" {
				p.Name = name
			}
		}
	}
	for _, p := range parts {
		if isArchive(p.Bytes) {
			w.unzip(p.Name, p.Bytes)
		} else {
			w.add(p)
		}
	}
}

// tnefAttribute cuts one attribute off: level, id, length, data, checksum.
func tnefAttribute(b []byte) (level byte, id uint32, data, rest []byte, ok bool) {
	const head = 9
	if len(b) < head {
		return 0, 0, nil, nil, false
	}
	n := int64(binary.LittleEndian.Uint32(b[5:]))
	if n > int64(len(b)-head-2) {
		return 0, 0, nil, nil, false
	}
	data, rest = b[head:head+n], b[head+n+2:]
	var sum uint16
	for _, c := range data {
		sum += uint16(c)
	}
	if sum != binary.LittleEndian.Uint16(b[head+n:]) {
		return 0, 0, nil, nil, false
	}
	return b[0], binary.LittleEndian.Uint32(b[1:]), data, rest, true
}

// tnefLongName looks for the long name among an attachment's properties. It
// gives up at the first property that it cannot step over.
func tnefLongName(b []byte) string {
	if len(b) < 4 {
		return ""
	}
	for b = b[4:]; len(b) >= 4; {
		kind, id := binary.LittleEndian.Uint16(b), binary.LittleEndian.Uint16(b[2:])
		b = b[4:]
		if id >= 0x8000 || kind&0x1000 != 0 {
			return "" // a named or multi-valued property
		}
		var v []byte
		var ok bool
		if v, b, ok = tnefValue(kind, b); !ok {
			return ""
		}
		if id != propLongName {
			continue
		}
		if kind == propUnicode {
			return utf16Text(v)
		}
		return toText(cString(v), "")
	}
	return ""
}

// tnefValue cuts the value of a property off.
func tnefValue(kind uint16, b []byte) (v, rest []byte, ok bool) {
	size := 0
	switch kind {
	case 0x0002, 0x0003, 0x0004, 0x000a, 0x000b: // numbers of up to four bytes
		size = 4
	case 0x0005, 0x0006, 0x0007, 0x0014, 0x0040: // of eight
		size = 8
	case 0x0048: // a GUID
		size = 16
	case propString, propUnicode, 0x000d, 0x0102: // counted: one value of n bytes
		if len(b) < 8 || binary.LittleEndian.Uint32(b) != 1 {
			return nil, nil, false
		}
		n := int64(binary.LittleEndian.Uint32(b[4:]))
		b = b[8:]
		padded := (n + 3) &^ 3
		if padded > int64(len(b)) {
			return nil, nil, false
		}
		return b[:n], b[padded:], true
	default:
		return nil, nil, false
	}
	if len(b) < size {
		return nil, nil, false
	}
	return b[:size], b[size:], true
}

func cString(b []byte) []byte {
	for i, c := range b {
		if c == 0 {
			return b[:i]
		}
	}
	return b
}

func utf16Text(b []byte) string {
	var u []uint16
	for i := 0; i+1 < len(b); i += 2 {
		c := binary.LittleEndian.Uint16(b[i:])
		if c == 0 {
			break
		}
		u = append(u, c)
	}
	return string(utf16.Decode(u))
}
