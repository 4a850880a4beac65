// Package shape writes messages the way mail programs write them, good and
// bad, for the tests of package mail and of the whole way of a mail. It is
// never part of the program.
package shape

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime"
	"strings"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// File is something attached.
type File struct {
	Name  string
	Bytes []byte
}

// Letter is what a message is to say, whatever its shape.
type Letter struct {
	From    string // bare address
	Name    string // beside it
	To      string
	Subject string
	ID      string // Message-ID, without brackets
	Date    time.Time
	Files   []File
}

// Shape is one way of writing a letter, and what must come of it.
type Shape struct {
	Name  string
	Write func(l Letter) []byte

	Forms  bool // the files come out of it whole
	Silent bool // nobody may answer it
	Doubt  bool // its sender cannot be relied on
	Local  bool // no mail server carries it like this: it only comes as a file
}

// builder writes one message.
type builder struct {
	bytes.Buffer
	n int
}

func (b *builder) line(format string, args ...any) {
	fmt.Fprintf(b, format+"\r\n", args...)
}

// head writes the fields every message has. more goes before them.
func (b *builder) head(l Letter, more ...string) {
	for _, m := range more {
		b.line("%s", m)
	}
	b.line("From: %s <%s>", Word(l.Name), l.From)
	b.line("To: <%s>", l.To)
	b.line("Subject: %s", Word(l.Subject))
	b.rest(l)
}

// rest writes the fields that no shape changes.
func (b *builder) rest(l Letter) {
	b.line("Date: %s", l.Date.Format(time.RFC1123Z))
	b.line("Message-ID: <%s>", l.ID)
	b.line("MIME-Version: 1.0")
}

// open begins a multipart and returns its boundary.
func (b *builder) open(kind string) string {
	b.n++
	boundary := fmt.Sprintf("=_shape_%d_%d", b.n, b.Len())
	b.line("Content-Type: %s; boundary=%q", kind, boundary)
	b.line("")
	return boundary
}

func (b *builder) text(boundary string) {
	b.line("--%s", boundary)
	b.line("Content-Type: text/plain; charset=utf-8")
	b.line("Content-Transfer-Encoding: base64")
	b.line("")
	b.base64([]byte("您好：报表见附件，请查收。\n"))
}

// part writes one part with these fields.
func (b *builder) part(boundary string, content []byte, fields ...string) {
	b.line("--%s", boundary)
	for _, f := range fields {
		b.line("%s", f)
	}
	b.line("Content-Transfer-Encoding: base64")
	b.line("")
	b.base64(content)
}

func (b *builder) base64(content []byte) {
	s := base64.StdEncoding.EncodeToString(content)
	for len(s) > 76 {
		b.line("%s", s[:76])
		s = s[76:]
	}
	b.line("%s", s)
}

func (b *builder) end(boundary string) { b.line("--%s--", boundary) }

const (
	xlsx   = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	octets = "application/octet-stream"
)

// Word is an RFC 2047 word in UTF-8.
func Word(s string) string { return mime.BEncoding.Encode("utf-8", s) }

// wordIn is an RFC 2047 word in another charset.
func wordIn(charset, s string) string {
	return fmt.Sprintf("=?%s?B?%s?=", charset, base64.StdEncoding.EncodeToString(gb(s)))
}

func gb(s string) []byte {
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return b
}

// percent writes every byte beyond letters and digits as %XX.
func percent(b []byte) string {
	var s strings.Builder
	for _, c := range b {
		if c < 0x80 && (c == '.' || c == '-' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z') {
			s.WriteByte(c)
		} else {
			fmt.Fprintf(&s, "%%%02X", c)
		}
	}
	return s.String()
}

// fields are those of one attached file, as a shape writes them.
type fields func(f File) []string

// attach is a message with a text and its files, each with these fields.
func attach(write fields, more ...string) func(Letter) []byte {
	return func(l Letter) []byte {
		b := &builder{}
		b.head(l, more...)
		b.mixed(l.Files, write)
		return b.Bytes()
	}
}

// mixed writes a text and the files.
func (b *builder) mixed(files []File, write fields) {
	b.around(func(boundary string) {
		b.text(boundary)
		b.files(boundary, files, write)
	})
}

// around writes parts as the parts of one body.
func (b *builder) around(parts func(boundary string)) {
	boundary := b.open("multipart/mixed")
	parts(boundary)
	b.end(boundary)
}

func (b *builder) files(boundary string, files []File, write fields) {
	for _, f := range files {
		b.part(boundary, f.Bytes, write(f)...)
	}
}

// wrapped is a message of these parts.
func wrapped(l Letter, parts func(b *builder, boundary string)) []byte {
	b := &builder{}
	b.head(l)
	b.around(func(boundary string) { parts(b, boundary) })
	return b.Bytes()
}

// usual is how most programs write a file today.
func usual(f File) []string {
	return []string{fmt.Sprintf("Content-Type: %s; name=\"%s\"", xlsx, Word(f.Name)),
		fmt.Sprintf("Content-Disposition: attachment; filename=\"%s\"", Word(f.Name))}
}

// named writes only the disposition.
func named(format string, value func(name string) any) fields {
	return func(f File) []string {
		return []string{"Content-Type: " + octets,
			fmt.Sprintf("Content-Disposition: attachment; "+format, value(f.Name))}
	}
}
