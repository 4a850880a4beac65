package backup

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// FuzzArchive: a file that is said to be a backup is refused, or taken out
// whole below the folder; nothing is ever written beside it.
func FuzzArchive(f *testing.F) {
	var b bytes.Buffer
	if _, err := Write(&b, Manifest{Program: "1", Ledger: "x"}, at,
		[]Source{of("plan/a.yaml", "a: 1"), of("state/key", "secret")}); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(takeOut)
}

// FuzzManifest is the same with a manifest of any kind in a sound archive.
func FuzzManifest(f *testing.F) {
	const sum = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
	for _, s := range []string{
		`{"form":"duban backup 1","members":[{"name":"a","size":1,"sha256":"` + sum + `"}]}`,
		`{"form":"duban backup 1","members":[{"name":"../a","size":1,"sha256":"` + sum + `"}]}`,
		`{"form":"duban backup 1","members":[{"name":"a/../../a"},` +
			`{"name":"a","size":9223372036854775807}]}`,
		`{"form":"duban backup 2"}`, "[]", "",
	} {
		f.Add([]byte(s), "../a")
	}
	f.Fuzz(func(t *testing.T, manifest []byte, other string) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, m := range []struct{ name, content string }{
			{"a", "a"}, {other, "a"}, {ManifestName, string(manifest)}} {
			w, err := z.Create(m.name)
			if err != nil {
				t.Skip()
			}
			if _, err := w.Write([]byte(m.content)); err != nil {
				t.Skip() // a folder
			}
		}
		if err := z.Close(); err != nil {
			t.Skip()
		}
		takeOut(t, b.Bytes())
	})
}

func takeOut(t *testing.T, b []byte) {
	root := t.TempDir()
	path, into := filepath.Join(root, "b.zip"), filepath.Join(root, "in")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(into, 0o755); err != nil {
		t.Fatal(err)
	}
	a, err := Open(path)
	if err != nil {
		return
	}
	defer a.Close()
	whole := a.Extract(into) == nil
	n := 0
	err = filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		switch rel, out := filepath.Rel(into, p); {
		case err != nil || d.IsDir() || p == path:
		case out != nil || !filepath.IsLocal(rel):
			t.Errorf("%s was written outside", p)
		default:
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if whole && n != len(a.Manifest.Members) {
		t.Errorf("%d files of %d members", n, len(a.Manifest.Members))
	}
}
