package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

// TestPagesAreTheSameOnEveryMachine compares the operators of every page with
// testdata/pages.txt. They are a function of paper and fonts alone: not of the
// processor (some fuse a product and a sum into one rounding), nor of the
// version of Go, whose deflate may change: so the streams are compared, not the
// file. The fonts must be those that fonts.sh made when they were pinned, which
// the first line says; with others the test is skipped.
//
// On a machine without another processor:
//
//	GOARCH=arm64 go test -c -o pdf.test ./pipeline/digest/pdf
//	cd pipeline/digest/pdf && qemu-aarch64-static ../../../pdf.test -test.run EveryMachine
func TestPagesAreTheSameOnEveryMachine(t *testing.T) {
	f := fontsFor(t)
	sums, err := os.ReadFile(filepath.Join(fontDir(), "SHA256SUMS"))
	if err != nil {
		t.Skip("these are not the fonts of fonts.sh")
	}
	fonts := fmt.Sprintf("fonts %x\n", sha256.Sum256(sums))
	papers := samples()
	_, papers["plan"] = notice(t)
	papers["rare"] = everywhere("", "𠮷堃𫚭🚀")
	var got strings.Builder
	got.WriteString(fonts)
	for _, name := range slices.Sorted(maps.Keys(papers)) {
		r, err := Write(papers[name], f)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range pageStreams(t, r.Bytes) {
			fmt.Fprintf(&got, "%s %d %x\n", name, i+1, sha256.Sum256(s))
		}
	}
	golden := filepath.Join("testdata", "pages.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(want), fonts) {
		t.Skip("fonts.sh made other fonts than those of testdata/pages.txt")
	}
	if got.String() != string(want) {
		t.Errorf("pages differ from %s; look at them, then run with -update:\n%s", golden,
			unlike(got.String(), string(want)))
	}
}

// unlike is the lines of a that b lacks.
func unlike(a, b string) string {
	have := map[string]bool{}
	for l := range strings.Lines(b) {
		have[l] = true
	}
	var out strings.Builder
	for l := range strings.Lines(a) {
		if !have[l] {
			out.WriteString(l)
		}
	}
	return out.String()
}

var streamAt = regexp.MustCompile(`/Length (\d+)>>\nstream\n`)

// pageStreams is the operators of a file's pages.
func pageStreams(t *testing.T, pdf []byte) [][]byte {
	t.Helper()
	var out [][]byte
	for _, at := range streamAt.FindAllIndex(pdf, -1) {
		z, err := zlib.NewReader(bytes.NewReader(pdf[at[1]:]))
		if err != nil {
			continue // not deflated
		}
		b, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b, []byte(" Tf ET")) {
			out = append(out, b)
		}
	}
	return out
}

// TestPlaceAndTimeChangeNothing sets the same paper under other settings.
func TestPlaceAndTimeChangeNothing(t *testing.T) {
	want, err := Write(sample(), fontsFor(t))
	if err != nil {
		t.Fatal(err)
	}
	sum := fmt.Sprintf("%x", sha256.Sum256(want.Bytes))
	if path := os.Getenv("DUBAN_SUM"); path != "" { // in the test's own child
		if err := os.WriteFile(path, []byte(sum), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for i, env := range [][]string{
		{"TZ=America/New_York", "LC_ALL=de_DE.UTF-8", "LANG=de_DE.UTF-8"},
		{"TZ=Asia/Kathmandu", "LC_ALL=C", "GOMAXPROCS=1"},
		{"TZ=UTC", "GOMAXPROCS=8", "GOGC=5", "GODEBUG=randautoseed=0"},
	} {
		path := filepath.Join(t.TempDir(), fmt.Sprint(i))
		again(t, append(env, "DUBAN_SUM="+path)...)
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != sum {
			t.Errorf("%v: other bytes", env)
		}
	}
}

// again runs this test in a process of its own.
func again(t *testing.T, env ...string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run", "^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", env, err, out)
	}
}
