package sheet

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
)

// scanner cuts one part into XML tokens over a window that slides along it.
// It is a reader of well-formed XML 1.0 in UTF-8 without a DOCTYPE: whatever
// is not that is an error with its line. What a token refers to is valid until
// the next token is asked for.
type scanner struct {
	part part
	buf  []byte
	pos  int // the token being read begins here
	end  int // characters up to here are proven
	tail int // bytes up to here are read
	last bool
	line int // line feeds before buf[0]
	lim  Limits

	name    []byte // of the tag, with its prefix
	local   []byte // of the tag, without
	attrs   []attr
	colon   int  // in name, -1 for none
	special bool // an attribute has a prefix or declares a namespace
	foreign bool // of another namespace than the root's
	text    []byte
	escaped bool // text has references or carriage returns

	empty  bool // the start tag was <a/>: its end comes next
	begun  bool // the root's start tag was seen
	names  []byte
	marks  []int // where in names the open elements' names begin
	root   space
	spaces map[string]string // by prefix
	known  map[string]string // prefixes and namespaces met before, kept
}

type attr struct {
	name, value []byte
	colon       int  // in name, -1 for none
	escaped     bool // value has references or line breaks
}

type space struct{ prefix, uri string }

type token int

const (
	tokenEnd token = iota
	tokenStart
	tokenText
	tokenEOF
)

var scanners = sync.Pool{New: func() any {
	return &scanner{buf: make([]byte, windowBytes), spaces: map[string]string{}}
}}

const windowBytes = 64 << 10

// scan reads one part through f and proves that all of it is well formed and
// is what was packed, also what f leaves unread.
func scan(e *entry, lim Limits, f func(*scanner) error) error {
	x := scanners.Get().(*scanner)
	defer func() {
		if len(x.buf) > windowBytes {
			x.buf = make([]byte, windowBytes)
		}
		x.part.src.Reset(nil)
		scanners.Put(x)
	}()
	x.pos, x.end, x.tail, x.line, x.last, x.lim = 0, 0, 0, 0, false, lim
	x.empty, x.begun, x.names, x.marks = false, false, x.names[:0], x.marks[:0]
	x.root = space{}
	clear(x.spaces)
	if err := x.part.open(e); err != nil {
		return err
	}
	err := f(x)
	for err == nil {
		var t token
		if t, err = x.next(); t == tokenEOF && err == nil {
			return nil
		}
	}
	if broken := x.part.drain(x.buf); broken != nil {
		return broken
	}
	return err
}

// more reads on behind the window, keeping what begins at pos. It is false at
// the end of the part.
func (x *scanner) more() (bool, error) {
	if x.last {
		return false, nil
	}
	if x.pos > 0 {
		x.line += bytes.Count(x.buf[:x.pos], []byte{'\n'})
		copy(x.buf, x.buf[x.pos:x.tail])
		x.end, x.tail, x.pos = x.end-x.pos, x.tail-x.pos, 0
	}
	if x.tail == len(x.buf) {
		if x.tail >= x.lim.TokenBytes {
			return false, x.tooLong()
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	first := x.end == 0 && x.line == 0 && !x.begun && x.tail == 0
	for x.tail < len(x.buf) && !x.last {
		n, err := x.part.Read(x.buf[x.tail:])
		x.tail += n
		if _, broken := err.(*Error); broken {
			return false, err
		}
		x.last = err != nil
	}
	if first {
		if err := x.start(); err != nil {
			return false, err
		}
	}
	good, ok := characters(x.buf[x.end:x.tail], x.last)
	x.end += good
	if !ok {
		return false, x.badCharacter()
	}
	return true, nil
}

// start looks at the very first bytes: the encoding.
func (x *scanner) start() error {
	b := x.buf[:x.tail]
	if bytes.HasPrefix(b, []byte("\xef\xbb\xbf")) {
		x.pos, x.end = 3, 3
		b = b[3:]
	}
	if len(b) >= 2 && (b[0] == 0xff || b[0] == 0xfe || b[0] == 0 || b[1] == 0) {
		return x.bad(0, "内容不是 UTF-8 编码")
	}
	if !bytes.HasPrefix(b, []byte("<?xml")) {
		return nil
	}
	stop := bytes.Index(b, []byte("?>"))
	if stop < 0 {
		return x.bad(0, "XML 声明没有结束")
	}
	decl := b[5:stop]
	if _, after, ok := bytes.Cut(decl, []byte("encoding")); ok {
		v := bytes.Trim(after, " \t\r\n=\"'")
		if len(v) < 5 || !bytes.EqualFold(v[:5], []byte("utf-8")) ||
			len(v) > 5 && v[5] != '"' && v[5] != '\'' {
			return x.bad(0, "内容声明的编码不是 UTF-8")
		}
	}
	skip := len(x.buf[:x.tail]) - len(b) + stop + 2
	good, ok := characters(x.buf[x.end:skip], true)
	if x.end += good; !ok {
		return x.badCharacter()
	}
	x.pos, x.end = skip, skip
	return nil
}

// bad is an XML error at an offset from the token's beginning.
func (x *scanner) bad(offset int, what string) *Error {
	return x.fault("xml", offset, what+"。")
}

func (x *scanner) fault(code string, offset int, message string) *Error {
	e := fault(code, x.part.name, message)
	e.Line = 1 + x.line + bytes.Count(x.buf[:min(x.pos+offset, x.tail)], []byte{'\n'})
	return e
}

func (x *scanner) badCharacter() *Error {
	b := x.buf[x.end]
	if b < 0x80 {
		return x.bad(x.end-x.pos, fmt.Sprintf("含有不允许的控制字符（%02X）", b))
	}
	return x.bad(x.end-x.pos, "含有不是 UTF-8 编码的字节")
}

func (x *scanner) tooLong() *Error {
	if x.buf[0] == '<' {
		return x.bad(0, "标签过长")
	}
	return x.fault("cell-too-long", 0, "有一段文字过长。")
}

// next is the next token; after the last it is tokenEOF.
func (x *scanner) next() (token, error) {
	if x.empty {
		x.empty = false
		x.pop()
		return tokenEnd, nil
	}
	for {
		if x.pos == x.end {
			if more, err := x.more(); err != nil {
				return tokenEOF, err
			} else if !more {
				return tokenEOF, x.finish()
			}
			continue
		}
		if x.buf[x.pos] != '<' {
			if err := x.run(); err != nil {
				return tokenEOF, err
			}
			if len(x.marks) > 0 {
				return tokenText, nil
			}
			if !white(x.text) {
				return tokenEOF, x.fault("xml", -len(x.text), "根元素之外有文字。")
			}
			continue
		}
		if x.end-x.pos < 2 {
			if err := x.need("标签没有结束"); err != nil {
				return tokenEOF, err
			}
			continue
		}
		switch x.buf[x.pos+1] {
		case '/':
			return tokenEnd, x.endTag()
		case '?', '!':
			if t, err := x.aside(); t == tokenText || err != nil {
				return t, err
			}
		default:
			return tokenStart, x.startTag()
		}
	}
}

// need is more where the part must not end yet.
func (x *scanner) need(what string) error {
	more, err := x.more()
	if err == nil && !more {
		err = x.bad(x.end-x.pos, what)
	}
	return err
}

func (x *scanner) finish() error {
	switch {
	case len(x.marks) > 0:
		open := x.names[x.marks[len(x.marks)-1]:]
		return x.bad(0, fmt.Sprintf("内容在 <%s> 中断，缺少结束标签", clip(open)))
	case !x.begun:
		return x.bad(0, "没有内容")
	}
	return nil
}

// run reads text up to the next tag.
func (x *scanner) run() error {
	seen := 0
	for {
		w := x.buf[x.pos:x.end]
		i := bytes.IndexByte(w[seen:], '<')
		if i < 0 {
			seen = len(w)
			if more, err := x.more(); err != nil {
				return err
			} else if more {
				continue
			}
			i, w = 0, x.buf[x.pos:x.end]
		}
		x.text, x.escaped = w[:seen+i], false
		break
	}
	for i, c := range x.text {
		switch c {
		case '\r':
			x.escaped = true
		case '&':
			x.escaped = true
			if _, _, err := reference(x.text[i:]); err != "" {
				return x.bad(i, err)
			}
		case '>':
			if i >= 2 && x.text[i-1] == ']' && x.text[i-2] == ']' {
				return x.bad(i, "文字中有 ]]>")
			}
		}
	}
	x.pos += len(x.text)
	return nil
}

// clip is the beginning of what the file says, for a message.
func clip(b []byte) string {
	if len(b) <= 40 {
		return string(b)
	}
	return strings.ToValidUTF8(string(b[:40]), "") + "…"
}

func white(b []byte) bool {
	for _, c := range b {
		if c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return false
		}
	}
	return true
}
