package mail

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"duban/pipeline/mail/shape"
)

// The parts of a message that have a grammar of their own, each met directly:
// through a whole message the fuzzer comes to them late.

// FuzzTNEF: a winmail.dat gives whole parts, or parts that say why not.
func FuzzTNEF(f *testing.F) {
	for _, s := range shape.Shapes {
		if _, b, ok := bytes.Cut(s.Write(letter()), []byte("\r\n\r\n")); ok &&
			strings.Contains(strings.ToLower(s.Name), "winmail") {
			f.Add(b)
		}
	}
	head := binary.LittleEndian.AppendUint32(nil, tnefSignature)
	attribute := func(id uint32, data string) []byte {
		b := append([]byte{tnefAttachment}, binary.LittleEndian.AppendUint32(nil, id)...)
		b = binary.LittleEndian.AppendUint32(b, uint32(len(data)))
		return append(append(b, data...), 0, 0)
	}
	head = append(head, 0, 0)
	f.Add(bytes.Join([][]byte{head, attribute(attachBegin, ""), attribute(attachTitle, "a.xlsx\x00"),
		attribute(attachProps, "\x01\x00\x00\x00\x1f\x00\x07\x37"), attribute(attachData, "PK")}, nil))
	f.Add(head)
	f.Fuzz(func(t *testing.T, b []byte) {
		w := walk{m: &Message{}}
		w.tnef(b)
		wholeOrNot(t, w.m.Parts)
	})
}

// FuzzUnzip: so does an archive.
func FuzzUnzip(f *testing.F) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	gbk, _ := simplifiedchinese.GBK.NewEncoder().String("区教育局/填报表.xlsx")
	for _, name := range []string{"a.xlsx", gbk, "../../b.xlsx", "__MACOSX/._a.xlsx"} {
		if w, err := z.Create(name); err == nil {
			_, err = w.Write([]byte("PK\x03\x04"))
			if err != nil {
				f.Fatal(err)
			}
		}
	}
	if err := z.Close(); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Add([]byte("Rar!\x1a\x07"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if !isArchive(b) {
			return
		}
		w := walk{m: &Message{}}
		w.unzip("a.zip", b)
		wholeOrNot(t, w.m.Parts)
	})
}

func wholeOrNot(t *testing.T, parts []Part) {
	t.Helper()
	if len(parts) > maxParts+1 {
		t.Errorf("%d parts", len(parts))
	}
	for _, p := range parts {
		if p.Fault != "" && p.Bytes != nil {
			t.Errorf("half a part: %+v", p)
		}
	}
}

// FuzzName: every way to write a name gives text, whatever bytes it is of.
func FuzzName(f *testing.F) {
	gbk, _ := simplifiedchinese.GBK.NewEncoder().String("填报表.xlsx")
	for _, s := range []string{`attachment; filename="a.xlsx"`, `attachment; filename=` + gbk,
		`a; filename*0*=GBK''%CC%EE; filename*1=b.xlsx`, `a; filename*99999999999999999999=x`,
		`a; filename="=?GB18030?B?zu+xqA==?= =?utf-8?q?=E8?="`, `a; filename="\"`, `=;=;*=`} {
		f.Add(s, "application/octet-stream; name=x")
	}
	f.Fuzz(func(t *testing.T, disposition, contentType string) {
		if s := nameOf(disposition, contentType); !utf8.ValidString(s) {
			t.Errorf("%q has the name %q", disposition, s)
		}
	})
}

// FuzzTrust: what a server or a signature says of a sender is weighed, and none
// but the server that is asked for can say that he is proven.
func FuzzTrust(f *testing.F) {
	for _, s := range []string{
		"mx.example; dmarc=pass header.from=example.gov.cn",
		"mx.example 1; dkim=fail (good; dkim=pass) header.d=example.gov.cn",
		"other; dmarc=pass header.from=example.gov.cn", "mx.example; spf=", ";", "(", "((a)(b",
	} {
		f.Add(s, "v=1; a=rsa-sha256; d=example.gov.cn; s=a; h=from; bh=AA==; b=AA==", "v=DKIM1; p=AA==")
	}
	f.Fuzz(func(t *testing.T, results, signature, key string) {
		if strings.ContainsAny(results+signature, "\r\n") {
			t.Skip()
		}
		m := Read([]byte("Authentication-Results: " + results + "\r\nDKIM-Signature: " + signature +
			"\r\nFrom: jyj@example.gov.cn\r\n\r\nx"))
		if m.Told("mx.example") == Proven && !strings.Contains(strings.ToLower(results), "mx.example") {
			t.Errorf("%q proves the sender", results)
		}
		if m.Signed(func(string) ([]string, error) { return []string{key}, nil }) == Proven {
			t.Errorf("%q proves the sender by the key %q", signature, key)
		}
	})
}
