package durable_test

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"

	"duban/pipeline/durable"

	"github.com/google/go-cmp/cmp"
)

func archive(t *testing.T, parts ...[2]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := durable.NewZip(&buf)
	for _, p := range parts {
		w, err := z.Create(p[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, p[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestZipBytesDoNotDependOnOrder(t *testing.T) {
	types := func(a, b string) [2]string {
		return [2]string{"[Content_Types].xml", `<?xml version="1.0"?><Types xmlns="x">` + a +
			`<Override PartName="/p"/>` + b + `</Types>`}
	}
	png, vml := `<Default Extension="png" ContentType="i"/>`,
		`<Default Extension="vml" ContentType="v"></Default>`
	one := archive(t, [2]string{"xl/a.xml", "a"}, types(vml, png), [2]string{"_rels/b", "b"})
	two := archive(t, [2]string{"_rels/b", "b"}, [2]string{"xl/a.xml", "a"}, types(png, vml))
	if !bytes.Equal(one, two) {
		t.Error("the same entries in another order made other bytes")
	}
	r, err := zip.NewReader(bytes.NewReader(one), int64(len(one)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range r.File {
		names = append(names, f.Name)
	}
	want := []string{"[Content_Types].xml", "_rels/b", "xl/a.xml"}
	if d := cmp.Diff(want, names); d != "" {
		t.Error(d)
	}
	f, err := r.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	text := `<?xml version="1.0"?><Types xmlns="x">` + png + vml +
		`<Override PartName="/p"/></Types>`
	if d := cmp.Diff(text, string(got)); d != "" {
		t.Error(d)
	}
}

func TestZipBytesDependOnContent(t *testing.T) {
	if bytes.Equal(archive(t, [2]string{"a", "1"}), archive(t, [2]string{"a", "2"})) {
		t.Error("different entries made equal bytes")
	}
}
