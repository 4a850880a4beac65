package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// The file gofpdf writes is taken apart and bound anew: its streams are packed
// and its stand-ins replaced by faces (embed.go), its objects otherwise left as
// they are. gofpdf would pack them itself, with a packer of 1.2 MB made for each
// of some hundred streams of a month.

// binder writes the objects of a file, and where each of them stands.
type binder struct {
	out     bytes.Buffer
	at      []int // of the objects by number; 0 has none
	packed  bytes.Buffer
	packer  *zlib.Writer
	unicode int // toUnicode's number; 0 before a face needs it
}

// quickly is the level of packing. Higher ones save little: outlines hardly
// repeat anything.
const quickly = 2

// packers are as many as work side by side.
var packers = sync.Pool{New: func() any {
	w, err := zlib.NewWriterLevel(nil, quickly)
	if err != nil {
		panic(err)
	}
	return w
}}

// bind is the finished file made of what gofpdf wrote.
func (s *setter) bind(raw []byte) []byte {
	objects, from := takenApart(raw)
	b := &binder{at: make([]int, len(objects)), packer: packers.Get().(*zlib.Writer)}
	defer packers.Put(b.packer)
	b.out.Grow(len(raw))
	b.out.Write(raw[:from])
	for n := 1; n < len(objects); n++ {
		if r := roleOf(objects[n]); r < roles {
			b.face(n, r.family(), s.fonts.faces[r], s.used[r])
		} else if data, ok := streamOf(objects[n]); ok {
			b.stream(n, "", data)
		} else {
			b.object(n, objects[n])
		}
	}
	_, trailer, _ := bytes.Cut(raw[bytes.LastIndex(raw, []byte("trailer\n")):], []byte("/Root"))
	b.close(trailer[:bytes.Index(trailer, []byte("startxref\n"))])
	return b.out.Bytes()
}

// takenApart is the objects of a file by their numbers, from "<<" to ">>" or
// "endstream", and where the first of them begins. gofpdf writes a list of where
// each begins, and nothing between them.
func takenApart(raw []byte) (objects [][]byte, from int) {
	list := bytes.LastIndex(raw, []byte("\nxref\n")) + 1
	lines := bytes.Split(raw[list:bytes.LastIndex(raw, []byte("trailer\n"))], []byte("\n"))
	lines = lines[2 : len(lines)-1] // "xref", how many, …, nothing behind the last
	begins := make([]int, len(lines))
	begins[0] = list // it has no object; here the last one ends
	for n := 1; n < len(lines); n++ {
		at, err := strconv.Atoi(string(lines[n][:10]))
		if err != nil {
			panic(err)
		}
		begins[n] = at
	}
	ordered := slices.Sorted(slices.Values(begins))
	objects = make([][]byte, len(lines))
	for n := 1; n < len(lines); n++ {
		next, _ := slices.BinarySearch(ordered, begins[n])
		o := raw[begins[n]:ordered[next+1]]
		o = bytes.TrimPrefix(o, fmt.Appendf(nil, "%d 0 obj\n", n))
		objects[n] = bytes.TrimSuffix(o, []byte("\nendobj\n"))
	}
	return objects, ordered[0]
}

var plainStream = regexp.MustCompile(`^<</Length \d+>>\nstream\n`)

// streamOf is what stands in an object that is a stream, not packed.
func streamOf(object []byte) (data []byte, ok bool) {
	head := len(plainStream.Find(object))
	return bytes.TrimSuffix(object[head:], []byte("\nendstream")), head > 0
}

// next is a number that no object has.
func (b *binder) next() int {
	b.at = append(b.at, 0)
	return len(b.at) - 1
}

func (b *binder) objectf(n int, format string, args ...any) {
	b.object(n, fmt.Appendf(nil, format, args...))
}

// object writes an object.
func (b *binder) object(n int, body []byte) {
	b.at[n] = b.out.Len()
	fmt.Fprintf(&b.out, "%d 0 obj\n", n)
	b.out.Write(body)
	b.out.WriteString("\nendobj\n")
}

// stream writes a stream, packed; dict is what else is to be said of it.
func (b *binder) stream(n int, dict string, data []byte) {
	b.packed.Reset()
	b.packer.Reset(&b.packed)
	b.packer.Write(data) // into memory: neither fails
	b.packer.Close()
	b.at[n] = b.out.Len()
	fmt.Fprintf(&b.out, "%d 0 obj\n<<%s/Filter /FlateDecode /Length %d>>\nstream\n", n, dict,
		b.packed.Len())
	b.out.Write(b.packed.Bytes())
	b.out.WriteString("\nendstream\nendobj\n")
}

// close writes the list of objects, and the trailer from its /Root on.
func (b *binder) close(root []byte) {
	list := b.out.Len()
	fmt.Fprintf(&b.out, "xref\n0 %d\n0000000000 65535 f \n", len(b.at))
	for _, at := range b.at[1:] {
		fmt.Fprintf(&b.out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b.out, "trailer\n<<\n/Size %d\n/Root", len(b.at))
	b.out.Write(root)
	fmt.Fprintf(&b.out, "startxref\n%d\n%%%%EOF\n", list)
}
