package durable

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"regexp"
	"sort"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/flate"
)

// contentTypes is the part every reader of an office file looks for first.
const contentTypes = "[Content_Types].xml"

// zipTime is the moment written on every entry: the first a zip can hold.
var zipTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Zip writes an archive whose bytes depend on the entries alone: they are kept
// until Close, sorted by name with the content types first, and stamped with
// one fixed time. A workbook library that hands its parts over in the order of
// a map still makes equal files of equal books.
//
// It fits where a workbook library asks for its zip writer. The whole archive
// is held in memory.
type Zip struct {
	w       io.Writer
	entries map[string]*bytes.Buffer
}

// NewZip makes an archive that goes to w when it is closed.
func NewZip(w io.Writer) *Zip { return &Zip{w, make(map[string]*bytes.Buffer)} }

// Create begins an entry. A second one of that name replaces the first.
func (z *Zip) Create(name string) (io.Writer, error) {
	b := new(bytes.Buffer)
	z.entries[name] = b
	return b, nil
}

// AddFS adds every regular file of a file system under its own path.
func (z *Zip) AddFS(fsys fs.FS) error {
	return fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		z.entries[name] = bytes.NewBuffer(b)
		return nil
	})
}

// Close writes the archive. The writer below stays open.
func (z *Zip) Close() error {
	names := make([]string, 0, len(z.entries))
	for name := range z.entries {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		if first := names[i] == contentTypes; first || names[j] == contentTypes {
			return first && names[j] != contentTypes
		}
		return names[i] < names[j]
	})
	zw := zip.NewWriter(z.w)
	zw.RegisterCompressor(zip.Deflate, quickly)
	for _, name := range names {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: zipTime}
		w, err := zw.CreateHeader(h)
		if err != nil {
			return err
		}
		b := z.entries[name].Bytes()
		if name == contentTypes {
			b = sortDefaults(b)
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	return zw.Close()
}

// quickly packs an entry at a low level, by a library that is fast at it: a
// workbook is a tenth bigger than archive/zip makes it, in half the time.
func quickly(to io.Writer) (io.WriteCloser, error) {
	w := packers.Get().(*flate.Writer)
	w.Reset(to)
	return packing{w}, nil
}

var packers = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, 2)
	if err != nil {
		panic(err)
	}
	return w
}}

// packing gives its packer back when it is closed.
type packing struct{ *flate.Writer }

func (p packing) Close() error {
	defer packers.Put(p.Writer)
	return p.Writer.Close()
}

var defaultType = regexp.MustCompile(`<Default [^>]*>(?:</Default>)?`)

// sortDefaults puts the Default elements of the content types into the order
// of their text; the order in the file means nothing.
func sortDefaults(b []byte) []byte {
	all := defaultType.FindAllString(string(b), -1)
	if len(all) < 2 {
		return b
	}
	sort.Strings(all)
	rest := defaultType.ReplaceAllString(string(b), "")
	at := strings.Index(rest, "<Types")
	end := strings.Index(rest[max(at, 0):], ">")
	if at < 0 || end < 0 {
		return b
	}
	end += at + 1
	return []byte(rest[:end] + strings.Join(all, "") + rest[end:])
}
