package backup

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var at = time.Date(2025, 4, 8, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))

func of(name, content string) Source {
	return Source{Name: name, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(content)), nil
	}}
}

// made writes a backup and returns its path and manifest.
func made(t *testing.T, sources ...Source) (string, Manifest) {
	t.Helper()
	var b bytes.Buffer
	m, err := Write(&b, Manifest{Program: "1", Ledger: "x"}, at, sources)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "b.zip")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, m
}

func extracted(path, dir string) error {
	a, err := Open(path)
	if err != nil {
		return err
	}
	defer a.Close()
	return a.Extract(dir)
}

func TestWhatGoesInComesOut(t *testing.T) {
	key := of("state/key", "secret")
	key.Private = true
	big := strings.Repeat("督办", 1<<20)
	path, m := made(t, of("plan/甲 乙.yaml", "a: 1\r\n"), key, of("state/archive/ab/cd", big))
	var names []string
	for _, x := range m.Members {
		names = append(names, x.Name)
	}
	want := []string{"plan/甲 乙.yaml", "state/archive/ab/cd", "state/key"}
	if d := cmp.Diff(want, names); d != "" {
		t.Error(d)
	}
	dir := t.TempDir()
	if err := extracted(path, dir); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"plan/甲 乙.yaml": "a: 1\r\n",
		"state/archive/ab/cd": big, "state/key": "secret"} {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || string(got) != content {
			t.Errorf("%s: %v, %d bytes", name, err, len(got))
		}
	}
	info, err := os.Stat(filepath.Join(dir, "state/key"))
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the key may be read by others: %v %v", info.Mode(), err)
	}
}

func TestTheSameSourcesMakeTheSameBytes(t *testing.T) {
	one, _ := made(t, of("b", "2"), of("a", "1"))
	two, _ := made(t, of("a", "1"), of("b", "2"))
	a, _ := os.ReadFile(one)
	b, _ := os.ReadFile(two)
	if !bytes.Equal(a, b) {
		t.Error("another order of the sources made another backup")
	}
}

// TestNoByteOfABackupCanBeChanged flips every byte of a small backup in turn:
// nothing wrong is ever taken out as if it were right.
func TestNoByteOfABackupCanBeChanged(t *testing.T) {
	path, _ := made(t, of("a", "one"), of("b", "two"))
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for i := range whole {
		b := bytes.Clone(whole)
		b[i] ^= 0x41
		bad := filepath.Join(t.TempDir(), "b.zip")
		if err := os.WriteFile(bad, b, 0o600); err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := extracted(bad, dir); err != nil {
			refused++
			continue
		}
		for name, want := range map[string]string{"a": "one", "b": "two"} {
			if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != want {
				t.Errorf("byte %d: %s came out as %q %v", i, name, got, err)
			}
		}
	}
	if refused < len(whole)/2 {
		t.Errorf("only %d of %d changes were refused", refused, len(whole))
	}
}

func TestATruncatedBackupIsRefused(t *testing.T) {
	path, _ := made(t, of("a", strings.Repeat("one", 1000)))
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	for size := range info.Size() {
		if err := os.Truncate(path, info.Size()-1-size); err != nil {
			t.Fatal(err)
		}
		if err := extracted(path, t.TempDir()); !errors.Is(err, ErrNoBackup) {
			t.Fatalf("%d bytes: %v", info.Size()-1-size, err)
		}
	}
}

func TestAMemberThatEscapesIsRefused(t *testing.T) {
	for _, name := range []string{"../a", "/etc/a", "a/../../b", `..\a`, "", ".", "a//b"} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for n, content := range map[string]string{name: "x", ManifestName: `{"form":"` + form +
			`","members":[{"name":"` + strings.ReplaceAll(name, `\`, `\\`) + `","size":1,"sha256":""}]}`} {
			w, err := z.Create(n)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(w, content); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "b.zip")
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := extracted(path, t.TempDir()); !errors.Is(err, ErrNoBackup) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// What is missing, breaks off or has changed is said, and the rest is there.
func TestWhatIsLackingIsNamed(t *testing.T) {
	gone := Source{Name: "gone", Open: func() (io.ReadCloser, error) { return nil, fs.ErrNotExist }}
	torn := Source{Name: "torn", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(strings.NewReader("half"), tornReader{})), nil
	}}
	changed := of("changed", "x")
	changed.SHA256 = strings.Repeat("0", 64)
	path, m := made(t, gone, torn, changed, of("a", "one"), of("plan/\xff\\.yaml", "x"))
	lacking := map[string]bool{}
	for _, l := range m.Lacking {
		lacking[l.Name] = l.Why != ""
	}
	if d := cmp.Diff(map[string]bool{"gone": true, "torn": true, "changed": true,
		`plan/?\.yaml`: true}, lacking); d != "" {
		t.Error(d)
	}
	dir := t.TempDir()
	if err := extracted(path, dir); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("%v %v", entries, err)
	}
}

type tornReader struct{}

func (tornReader) Read([]byte) (int, error) { return 0, errors.New("input/output error") }

func TestNamesAreMadeFitForWindows(t *testing.T) {
	for name, want := range map[string]string{
		"plan/a.yaml": "plan/a.yaml", `plan/a:b?.yaml`: "plan/a_b_.yaml", "a. /b": "a_/b",
		"con": "_con", "x/LPT1.txt": "x/_LPT1.txt", "combine.txt": "combine.txt", "a\nb": "a_b",
	} {
		if got := forWindows(name); got != want {
			t.Errorf("%q became %q, want %q", name, got, want)
		}
	}
}
