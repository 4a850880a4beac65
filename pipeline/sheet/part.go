package sheet

import (
	"bytes"
	"errors"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/flate"
)

// part inflates one entry and proves it while it is read: as many bytes as
// declared, not one more, all packed bytes used, and the declared checksum.
type part struct {
	name   string
	src    bytes.Reader
	zip    io.ReadCloser // a flate reader that is used again and again
	in     io.Reader     // zip, or &src where nothing is packed
	left   int64
	sum    uint32
	want   uint32
	err    error // io.EOF once all is proven, an *Error when it is not so
	proven bool
}

// open starts to read an entry, with what an earlier one has left behind.
func (p *part) open(e *entry) error {
	p.name, p.left, p.want = e.name, e.size, e.sum
	p.sum, p.err, p.proven = 0, nil, false
	p.src.Reset(e.packed)
	switch e.method {
	case methodStored:
		p.in = &p.src
	case methodDeflated:
		if p.zip == nil {
			p.zip = flate.NewReader(&p.src)
		} else if err := p.zip.(flate.Resetter).Reset(&p.src, nil); err != nil {
			return fault("internal", e.name, "无法开始解压。")
		}
		p.in = p.zip
	default:
		return fault("unsupported-compression", e.name, "部件的压缩方式不受支持。")
	}
	return nil
}

// Read gives io.EOF only when the whole part is proven.
func (p *part) Read(b []byte) (int, error) {
	if p.err != nil {
		return 0, p.err
	}
	if p.left == 0 {
		p.err = p.finish()
		return 0, p.err
	}
	n, err := p.in.Read(b[:min(int64(len(b)), p.left)])
	p.left -= int64(n)
	p.sum = crc32.Update(p.sum, crc32.IEEETable, b[:n])
	switch {
	case err == nil, err == io.EOF && p.left == 0:
	case errors.Is(err, io.EOF):
		p.err = fault("corrupt", p.name, "部件比声明的短。")
	default:
		p.err = fault("corrupt", p.name, "部件的压缩数据已损坏。")
	}
	if n > 0 {
		return n, nil
	}
	return 0, p.err
}

func (p *part) finish() error {
	var one [1]byte
	n, err := io.ReadFull(p.in, one[:])
	switch {
	case n > 0:
		return fault("corrupt", p.name, "部件比声明的长。")
	case err != io.EOF:
		return fault("corrupt", p.name, "部件的压缩数据已损坏。")
	case p.src.Len() > 0:
		return fault("corrupt", p.name, "部件之后有多余的压缩数据。")
	case p.sum != p.want:
		return fault("corrupt", p.name, "部件的校验和不符，内容已被改动或损坏。")
	}
	p.proven = true
	return io.EOF
}

// drain reads what is left, into a buffer that may be overwritten: when the
// bytes are not those that were packed, that is the news, not what they said.
func (p *part) drain(buf []byte) error {
	for p.err == nil {
		p.Read(buf)
	}
	if p.err == io.EOF {
		return nil
	}
	return p.err
}
