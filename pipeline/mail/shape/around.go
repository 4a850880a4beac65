package shape

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
)

func wordBytes(b []byte) string {
	return "=?gb18030?B?" + base64.StdEncoding.EncodeToString(b) + "?="
}

// withPictures is what a desktop program writes: text and HTML with a picture,
// and the files around it.
func withPictures(l Letter) []byte {
	return wrapped(l, func(b *builder, mixed string) {
		b.line("--%s", mixed)
		related := b.open("multipart/related")
		b.line("--%s", related)
		alternative := b.open("multipart/alternative")
		b.text(alternative)
		b.part(alternative, []byte("<p>见附件</p><img src=\"cid:logo\">"), "Content-Type: text/html")
		b.end(alternative)
		b.part(related, []byte("\x89PNG\r\n\x1a\nlogo"), "Content-Type: image/png; name=\"logo.png\"",
			"Content-ID: <logo>", "Content-Disposition: inline; filename=\"logo.png\"")
		b.end(related)
		b.files(mixed, l.Files, usual)
	})
}

func signatureImage(l Letter) []byte {
	return wrapped(l, func(b *builder, mixed string) {
		b.text(mixed)
		b.files(mixed, l.Files, usual)
		b.part(mixed, []byte("GIF89a"), "Content-Type: image/gif; name=\"签名.gif\"",
			"Content-Disposition: inline; filename=\"sign.gif\"")
		b.part(mixed, []byte("signature"), "Content-Type: application/pkcs7-signature; name=smime.p7s",
			"Content-Disposition: attachment; filename=smime.p7s")
	})
}

// zipped is a message with the files in one archive.
func zipped(pack func([]File) []byte) func(Letter) []byte {
	return func(l Letter) []byte {
		l.Files = []File{{Name: "报表.zip", Bytes: pack(l.Files)}}
		return attach(usual)(l)
	}
}

func zipUTF8(files []File) []byte {
	return pack(files, func(h *zip.FileHeader) { h.Name = "上报/" + h.Name })
}

func zipGBK(files []File) []byte {
	return pack(files, func(h *zip.FileHeader) {
		h.Name, h.NonUTF8 = string(gb("上报/"+h.Name)), true
	})
}

// zipLocked sets the flag of a password on every entry.
func zipLocked(files []File) []byte {
	b := pack(files, func(*zip.FileHeader) {})
	for _, mark := range []struct {
		sign string
		flag int
	}{{"PK\x03\x04", 6}, {"PK\x01\x02", 8}} {
		for at := 0; ; {
			i := bytes.Index(b[at:], []byte(mark.sign))
			if i < 0 {
				break
			}
			b[at+i+mark.flag] |= 1
			at += i + 4
		}
	}
	return b
}

func pack(files []File, change func(*zip.FileHeader)) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.Name, Method: zip.Deflate}
		change(h)
		w, err := z.CreateHeader(h)
		if err != nil {
			panic(err) // a buffer does not fail
		}
		w.Write(f.Bytes)
	}
	z.Close()
	return buf.Bytes()
}

// inner is the message that was forwarded.
func inner(l Letter) []byte {
	l.From, l.Name, l.ID = "colleague@home.example", "同事", "inner-"+l.ID
	return attach(usual)(l)
}

func forwarded(l Letter) []byte {
	return wrapped(l, func(b *builder, mixed string) {
		b.text(mixed)
		b.line("--%s", mixed)
		b.line("Content-Type: message/rfc822")
		b.line("Content-Disposition: attachment")
		b.line("")
		b.Write(inner(l))
	})
}

func forwardedFile(l Letter) []byte {
	return attachedBytes("转发.eml", inner(l))(l)
}

func bareBody(l Letter) []byte {
	b := &builder{}
	b.head(l)
	for _, f := range usual(l.Files[0]) {
		b.line("%s", f)
	}
	b.line("Content-Transfer-Encoding: base64")
	b.line("")
	b.base64(l.Files[0].Bytes)
	return b.Bytes()
}

func oddCharset(l Letter) []byte {
	return wrapped(l, func(b *builder, mixed string) {
		b.part(mixed, []byte("text"), "Content-Type: text/plain; charset=x-unknown-8bit")
		b.files(mixed, l.Files, usual)
	})
}

// bounce is a report on a message that had the files in it.
func bounce(l Letter) []byte {
	b := &builder{}
	b.head(l)
	report := b.open("multipart/report; report-type=delivery-status")
	b.text(report)
	b.line("--%s", report)
	b.line("Content-Type: message/delivery-status")
	b.line("")
	b.line("Final-Recipient: rfc822; someone@example.com")
	b.line("Action: failed")
	b.line("--%s", report)
	b.line("Content-Type: message/rfc822")
	b.line("")
	b.Write(inner(l))
	b.end(report)
	return b.Bytes()
}

// winmail is what Outlook makes of it: every file inside one winmail.dat.
func winmail(l Letter) []byte {
	var t bytes.Buffer
	binary.Write(&t, binary.LittleEndian, uint32(0x223e9f78))
	binary.Write(&t, binary.LittleEndian, uint16(1))
	attribute := func(level byte, id uint32, data []byte) {
		t.WriteByte(level)
		binary.Write(&t, binary.LittleEndian, id)
		binary.Write(&t, binary.LittleEndian, uint32(len(data)))
		t.Write(data)
		var sum uint16
		for _, c := range data {
			sum += uint16(c)
		}
		binary.Write(&t, binary.LittleEndian, sum)
	}
	attribute(1, 0x00089006, []byte{0, 0, 1, 0})
	for i, f := range l.Files {
		attribute(2, 0x00069002, make([]byte, 14))
		attribute(2, 0x00018010, append(fmt.Appendf(nil, "FILE%d.XLS", i), 0))
		attribute(2, 0x0006800f, f.Bytes)
		attribute(2, 0x00069005, longName(f.Name))
	}
	return wrapped(l, func(b *builder, mixed string) {
		b.text(mixed)
		b.part(mixed, t.Bytes(), "Content-Type: application/ms-tnef; name=\"winmail.dat\"",
			"Content-Disposition: attachment; filename=\"winmail.dat\"")
	})
}

// longName is the property of an attachment's long name, in UTF-16.
func longName(name string) []byte {
	var p bytes.Buffer
	put := func(v any) { binary.Write(&p, binary.LittleEndian, v) }
	put(uint32(2))
	put(uint16(0x0003)) // a number before it
	put(uint16(0x0e20))
	put(uint32(1234))
	put(uint16(0x001f))
	put(uint16(0x3707))
	put(uint32(1))
	var u bytes.Buffer
	for _, r := range name + "\x00" {
		binary.Write(&u, binary.LittleEndian, uint16(r))
	}
	put(uint32(u.Len()))
	p.Write(u.Bytes())
	for p.Len()%4 != 0 {
		p.WriteByte(0)
	}
	return p.Bytes()
}
