package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"strings"
	"testing"
)

// plainFile is a file as gofpdf writes it, of objects numbered from 1 on; the
// second stands before the first.
func plainFile(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.3\n")
	at := make([]int, len(objects)+1)
	for _, n := range []int{2, 1, 3} {
		at[n] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, objects[n-1])
	}
	list := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at))
	for _, a := range at[1:] {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<<\n/Size %d\n/Root 1 0 R\n>>\nstartxref\n%d\n%%%%EOF\n", len(at), list)
	return b.Bytes()
}

func TestPlainStreamsArePackedAndNothingElse(t *testing.T) {
	page := "BT (endobj) Tj ET\nendstream\nendobj\nxref\n0 9\ntrailer\nstartxref\n"
	plain := fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(page), page)
	packed := "<</Length 3/Filter /FlateDecode>>\nstream\n\x01\n2\nendstream"
	out := (&setter{}).bind(plainFile("<</Type /Catalog>>", plain, packed))
	got, from := takenApart(out)
	if len(got) != 4 || string(out[:from]) != "%PDF-1.3\n" {
		t.Fatalf("%d objects behind %q", len(got)-1, out[:from])
	}
	if string(got[1]) != "<</Type /Catalog>>" || string(got[3]) != packed {
		t.Errorf("objects were changed: %q, %q", got[1], got[3])
	}
	head, data, _ := bytes.Cut(got[2], []byte("stream\n"))
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(z); err != nil || string(b) != page {
		t.Errorf("the stream became %q: %v", b, err)
	}
	size := len(data) - len("\nendstream")
	if want := fmt.Sprintf("<</Filter /FlateDecode /Length %d>>\n", size); string(head) != want {
		t.Errorf("it is said to be %q, should be %q", head, want)
	}
	end := fmt.Sprintf("trailer\n<<\n/Size 4\n/Root 1 0 R\n>>\nstartxref\n%d\n%%%%EOF\n",
		bytes.LastIndex(out, []byte("\nxref\n"))+1)
	if !strings.HasSuffix(string(out), end) {
		t.Errorf("the file ends with %q", out[max(len(out)-200, 0):])
	}
}
