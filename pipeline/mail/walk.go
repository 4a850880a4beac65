package mail

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/textproto"
)

// walk is one way through the tree of a message.
type walk struct {
	m      *Message
	nodes  int
	total  int64
	report bool // a delivery or reading report
	full   bool // a limit was met, and said
}

// The words for what could not be read. The sender is to send it again.
const (
	cutShort   = "附件不完整，传输中断或被截断"
	notDecoded = "附件的编码不能识别"
	tooMany    = "邮件里的附件太多或太大，其余的没有读取"
	tooDeep    = "邮件层层转发过多，里层没有读取"
)

// entity walks a message from its header and body.
func (w *walk) entity(head, body []byte, depth int) {
	h, err := textproto.ReadHeader(bufio.NewReader(bytes.NewReader(append(bytes.Clone(head),
		"\r\n"...))))
	if err != nil {
		h = textproto.Header{}
	}
	e, err := message.New(message.Header{Header: h}, bytes.NewReader(body))
	w.part(e, err, depth)
}

// part walks one part: a tree, a message, or something attached.
func (w *walk) part(e *message.Entity, fault error, depth int) {
	w.nodes++
	if w.nodes > maxTree || depth > maxDepth {
		w.fault(tooDeep)
		return
	}
	contentType := e.Header.Get("Content-Type")
	kind := kindOf(contentType)
	if strings.HasPrefix(kind, "multipart/") {
		if kind == "multipart/report" && depth == 0 {
			w.report = true
		}
		if paramOf(contentType, "boundary") != "" {
			w.multipart(e, depth)
			return
		}
	}
	disposition := e.Header.Get("Content-Disposition")
	name := nameOf(disposition, contentType)
	attached := kindOf(disposition) == "attachment"
	switch {
	case kind == "message/delivery-status" || kind == "message/disposition-notification":
		w.report = true
		return
	case depth == 0 && !attached && name == "" && isText(kind, contentType),
		ornament(kind, name, attached, e.Header.Has("Content-Id")):
		return
	}
	b, err := w.read(e.Body)
	if message.IsUnknownEncoding(fault) {
		b, err = nil, errors.New(notDecoded)
	}
	if err != nil {
		w.add(Part{Name: name, Fault: faultOf(err)})
		return
	}
	w.attached(kind, name, b, depth)
}

// isText reports whether a part without a name is the letter itself. A message
// whose whole body is a workbook says so in its type.
func isText(kind, contentType string) bool {
	return contentType == "" || strings.HasPrefix(kind, "text/") || !strings.Contains(kind, "/")
}

// multipart walks the parts of a tree. A tree that ends too soon has a fault.
func (w *walk) multipart(e *message.Entity, depth int) {
	boundary := paramOf(e.Header.Get("Content-Type"), "boundary")
	r := textproto.NewMultipartReader(e.Body, boundary)
	for {
		p, err := r.NextPart()
		if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return
		}
		if err != nil {
			w.fault(cutShort)
			return
		}
		part, err := message.New(message.Header{Header: p.Header}, p)
		w.part(part, err, depth+1)
		if w.full {
			return
		}
	}
}

// attached looks into what may hold other things, and else keeps it.
func (w *walk) attached(kind, name string, b []byte, depth int) {
	lower := strings.ToLower(name)
	switch {
	case kind == "message/rfc822" || strings.HasSuffix(lower, ".eml"):
		head, body := cutHeader(b)
		w.entity(head, body, depth+1)
	case kind == "application/ms-tnef" || kind == "application/vnd.ms-tnef" ||
		lower == "winmail.dat":
		w.tnef(b)
	case isArchive(b):
		w.unzip(name, b)
	default:
		w.add(Part{Name: name, Bytes: b})
	}
}

// ornament reports whether a part is of the letter and not attached to it: its
// text, a picture in it, a signature.
func ornament(kind, name string, attached, referred bool) bool {
	switch {
	case strings.HasPrefix(kind, "text/") && name == "" && !attached:
		return true
	case strings.HasPrefix(kind, "image/") && (referred || !attached):
		return true
	case strings.HasSuffix(kind, "/pgp-signature"), strings.HasSuffix(kind, "pkcs7-signature"),
		kind == "text/x-vcard", kind == "text/vcard", kind == "text/calendar",
		kind == "text/rfc822-headers":
		return true
	}
	return false
}

// kindOf is the value of a field before its parameters, in lower case.
func kindOf(field string) string {
	kind, _, _ := strings.Cut(field, ";")
	return strings.ToLower(strings.TrimSpace(kind))
}

// read reads a part whole, or says that it cannot.
func (w *walk) read(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxTotal-w.total+1))
	w.total += int64(len(b))
	if err == nil && w.total > maxTotal {
		err = errors.New(tooMany)
	}
	if err != nil {
		return nil, err
	}
	return b, nil
}

// faultOf words a failed read: the reader's own faults are a part cut short.
func faultOf(err error) string {
	switch s := err.Error(); s {
	case tooMany, notDecoded:
		return s
	}
	return cutShort
}

func (w *walk) add(p Part) {
	if len(w.m.Parts) >= maxParts {
		w.fault(tooMany)
		w.full = true
		return
	}
	w.m.Parts = append(w.m.Parts, p)
}

// fault notes once that something was left out.
func (w *walk) fault(why string) {
	for _, p := range w.m.Parts {
		if p.Fault == why && p.Name == "" {
			return
		}
	}
	w.m.Parts = append(w.m.Parts, Part{Fault: why})
}
