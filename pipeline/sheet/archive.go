package sheet

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
)

// The ZIP directory is read here and not with archive/zip, so that the number
// of entries, their declared sizes and their overlaps are judged before
// anything is allocated or inflated for them. The directory at the end is the
// truth; a local header that says something else makes the file corrupt.

const (
	headLocal     = "PK\x03\x04"
	headCentral   = "PK\x01\x02"
	headEnd       = "PK\x05\x06"
	headEnd64     = "PK\x06\x06"
	headLocator64 = "PK\x06\x07"
)

const (
	methodStored   = 0
	methodDeflated = 8
)

// entry is one part of the archive, as the directory declares it.
type entry struct {
	name   string // with forward slashes
	method uint16
	sum    uint32 // CRC-32 of the inflated bytes
	size   int64  // inflated
	packed []byte
	at     int64 // where its local header is
	end    int64 // behind its packed bytes
}

// archive is a ZIP file whose directory has been read and proven.
type archive struct {
	b       []byte
	lim     Limits
	total   int64 // bytes, as declared
	entries []entry
	index   map[string]int // by lower-cased name
	odd     string         // a name that leads out of the archive, "" for none
	tail    int            // bytes behind the archive
}

func (a *archive) find(name string) *entry {
	if i, ok := a.index[strings.ToLower(name)]; ok {
		return &a.entries[i]
	}
	return nil
}

// directory is where the central directory is and what it promises.
type directory struct{ from, to, count int64 }

func openArchive(b []byte, lim Limits) (*archive, error) {
	dir, tail, err := findDirectory(b)
	if err != nil {
		return nil, err
	}
	if dir.count > int64(lim.Entries) {
		return nil, fault("too-many-entries", "",
			fmt.Sprintf("文件内有 %d 个部件，超过 %d 个。", dir.count, lim.Entries))
	}
	a := &archive{b: b, lim: lim, tail: tail, index: make(map[string]int, dir.count)}
	a.entries = make([]entry, 0, dir.count)
	rest := b[dir.from:dir.to]
	for range dir.count {
		if rest, err = a.add(rest, dir.from); err != nil {
			return nil, err
		}
	}
	if len(rest) != 0 {
		return nil, fault("corrupt", "", "文件目录与声明的部件数不符。")
	}
	return a, a.overlaps()
}

// findDirectory looks for the end record from the back. Bytes behind it are
// borne; a comment is part of it.
func findDirectory(b []byte) (directory, int, error) {
	const size = 22
	seen := false
	low := max(0, len(b)-size-65535-4096)
	for from := len(b); from > low; {
		i := low + bytes.LastIndex(b[low:from], []byte(headEnd))
		if i < low {
			break
		}
		from = i + len(headEnd) - 1
		if i+size > len(b) {
			continue // cut off within the record
		}
		end := i + size + int(binary.LittleEndian.Uint16(b[i+20:]))
		if end > len(b) {
			continue // or within its comment
		}
		seen = true
		if dir, ok := endRecord(b, i); ok {
			return dir, len(b) - end, nil
		}
	}
	if seen {
		return directory{}, 0, fault("corrupt", "", "压缩包的目录已损坏。")
	}
	return directory{}, 0, fault("incomplete", "", "文件没有结尾部分，可能没有传完。")
}

// endRecord reads the end record at i and, where it refers to one, its 64-bit
// counterpart. The directory must end exactly where the record begins.
func endRecord(b []byte, i int) (directory, bool) {
	le := binary.LittleEndian
	count := int64(le.Uint16(b[i+10:]))
	size, from := int64(le.Uint32(b[i+12:])), int64(le.Uint32(b[i+16:]))
	if disks := le.Uint32(b[i+4:]); (disks != 0 && disks != 0xffffffff) ||
		le.Uint16(b[i+8:]) != le.Uint16(b[i+10:]) {
		return directory{}, false // spread over several disks
	}
	stop := int64(i)
	if count == 0xffff || size == 0xffffffff || from == 0xffffffff {
		if i < 20 || string(b[i-20:i-16]) != headLocator64 {
			return directory{}, false
		}
		at := le.Uint64(b[i-12:])
		if at > uint64(i-20) || uint64(i-20)-at < 56 || string(b[at:at+4]) != headEnd64 {
			return directory{}, false
		}
		count = int64(le.Uint64(b[at+32:]))
		size, from = int64(le.Uint64(b[at+40:])), int64(le.Uint64(b[at+48:]))
		stop = int64(at)
	}
	if from < 0 || size < 0 || count < 0 || from > stop || size != stop-from ||
		count > size/46 {
		return directory{}, false
	}
	return directory{from, stop, count}, true
}

// add reads one record of the directory and the local header it points to.
func (a *archive) add(rec []byte, dirAt int64) ([]byte, error) {
	le := binary.LittleEndian
	if len(rec) < 46 || string(rec[:4]) != headCentral {
		return nil, fault("corrupt", "", "压缩包的目录已损坏。")
	}
	names := 46 + int(le.Uint16(rec[28:]))
	extras := names + int(le.Uint16(rec[30:]))
	next := extras + int(le.Uint16(rec[32:]))
	if next > len(rec) {
		return nil, fault("corrupt", "", "压缩包的目录已损坏。")
	}
	raw := rec[46:names]
	e := entry{
		name:   strings.ToValidUTF8(strings.ReplaceAll(string(raw), `\`, "/"), "?"),
		method: le.Uint16(rec[10:]),
		sum:    le.Uint32(rec[16:]),
		size:   int64(le.Uint32(rec[24:])),
		at:     int64(le.Uint32(rec[42:])),
	}
	packed := int64(le.Uint32(rec[20:]))
	if !wide(rec[names:extras], &e.size, &packed, &e.at) {
		return nil, fault("corrupt", e.name, "部件的大小没有写明。")
	}
	if le.Uint16(rec[8:])&0x2041 != 0 {
		return nil, fault("zip-crypto", e.name, "文件内的部件设有密码。")
	}
	if err := a.judge(e, packed); err != nil {
		return nil, err
	}
	if err := a.local(&e, raw, packed, dirAt); err != nil {
		return nil, err
	}
	key := strings.ToLower(e.name)
	if _, twice := a.index[key]; twice {
		return nil, fault("duplicate-entry", e.name, "文件内有两个同名的部件。")
	}
	if odd(e.name) && a.odd == "" {
		a.odd = e.name
	}
	a.index[key] = len(a.entries)
	a.entries = append(a.entries, e)
	return rec[next:], nil
}

// local holds the directory against the local header.
func (a *archive) local(e *entry, name []byte, packed, dirAt int64) error {
	le := binary.LittleEndian
	bad := func() error { return fault("corrupt", e.name, "部件的开头与目录不符。") }
	if e.at < 0 || e.at > dirAt-30 || string(a.b[e.at:e.at+4]) != headLocal {
		return bad()
	}
	h := a.b[e.at:]
	from := e.at + 30 + int64(le.Uint16(h[26:])) + int64(le.Uint16(h[28:]))
	if packed < 0 || from > dirAt || packed > dirAt-from || le.Uint16(h[8:]) != e.method ||
		!bytes.HasPrefix(h[30:], name) || int(le.Uint16(h[26:])) != len(name) {
		return bad()
	}
	if le.Uint16(h[6:])&0x2041 != 0 {
		return fault("zip-crypto", e.name, "文件内的部件设有密码。")
	}
	e.end = from + packed
	e.packed = a.b[from:e.end:e.end]
	return nil
}

// wide replaces sizes that are kept in the 64-bit extra field.
func wide(extra []byte, size, packed, at *int64) bool {
	const full = 0xffffffff
	if *size != full && *packed != full && *at != full {
		return true
	}
	for len(extra) >= 4 {
		id, n := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if extra = extra[4:]; n > len(extra) {
			return false
		}
		if id != 1 {
			extra = extra[n:]
			continue
		}
		field := extra[:n]
		for _, v := range []*int64{size, packed, at} {
			if *v != full {
				continue
			}
			if len(field) < 8 {
				return false
			}
			*v, field = int64(binary.LittleEndian.Uint64(field)), field[8:]
			if *v < 0 {
				return false
			}
		}
		return true
	}
	return false
}

// odd reports whether a name would lead out of a folder it is unpacked into.
func odd(name string) bool {
	return strings.HasPrefix(name, "/") || strings.Contains(name, ":") ||
		strings.HasPrefix(name, "../") || strings.Contains(name, "/../")
}

// overlaps refuses parts that share bytes: the way small files become huge.
func (a *archive) overlaps() error {
	byPlace := func(x, y entry) int { return cmp.Compare(x.at, y.at) }
	list := a.entries
	if !slices.IsSortedFunc(list, byPlace) {
		list = slices.Clone(list)
		slices.SortFunc(list, byPlace)
	}
	for i := 1; i < len(list); i++ {
		if list[i].at < list[i-1].end {
			return fault("bomb", list[i].name, "文件内的部件互相重叠。")
		}
	}
	return nil
}

// judge holds the declared sizes against the limits.
func (a *archive) judge(e entry, packed int64) error {
	const mib = 1 << 20
	a.total += min(e.size, 1<<40)
	switch {
	case e.size > mib && e.size/a.lim.Ratio > packed:
		return fault("bomb", e.name, fmt.Sprintf("部件解压后有 %d MB，是压缩后的 %d 倍以上。",
			e.size/mib, a.lim.Ratio))
	case e.size > a.lim.PartBytes:
		return fault("too-big", e.name, fmt.Sprintf("部件解压后有 %d MB，超过 %d MB。",
			e.size/mib, a.lim.PartBytes/mib))
	case a.total > a.lim.TotalBytes:
		return fault("bomb", "", fmt.Sprintf("文件解压后超过 %d MB。", a.lim.TotalBytes/mib))
	}
	return nil
}
