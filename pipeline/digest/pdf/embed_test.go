package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"testing"
)

// embedded is a font of a finished file.
type embedded struct {
	file    *face
	numbers []byte // CIDToGIDMap
	below   string // the descendant font
}

// embeddedIn finds the fonts of a finished file by name.
func embeddedIn(t *testing.T, pdf []byte) map[string]embedded {
	t.Helper()
	objects, _ := takenApart(pdf)
	follow := func(from []byte, key string) []byte {
		m := regexp.MustCompile(`/` + key + ` \[?(\d+) 0 R`).FindSubmatch(from)
		if m == nil {
			t.Fatalf("no %s in %s", key, from)
		}
		n, _ := strconv.Atoi(string(m[1]))
		return objects[n]
	}
	unpacked := func(object []byte) []byte {
		_, data, _ := bytes.Cut(object, []byte("stream\n"))
		z, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	out := map[string]embedded{}
	name := regexp.MustCompile(`^<</Type /Font /Subtype /Type0 /BaseFont /[A-Z]{6}\+(\w+) `)
	for _, o := range objects {
		m := name.FindSubmatch(o)
		if m == nil {
			continue
		}
		below := follow(o, "DescendantFonts")
		b := unpacked(follow(follow(below, "FontDescriptor"), "FontFile2"))
		f, err := parseFace(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		if got := unpacked(follow(o, "ToUnicode")); string(got) != toUnicode {
			t.Errorf("%s: a code stands for %s", m[1], got)
		}
		out[string(m[1])] = embedded{f, unpacked(follow(below, "CIDToGIDMap")), string(below)}
	}
	return out
}

func TestAFaceIsPutIntoTheFileAsItsSmallOne(t *testing.T) {
	f := composed()
	s := &setter{fonts: &Fonts{faces: [roles]*face{heiTi: f}}}
	s.used[heiTi] = map[code]rune{'a': 'a', 'b': 'b', firstPrivate: 'b'}
	got, ok := embeddedIn(t, s.bind(plainFile("<</Type /Font\n/BaseFont /heiti\n/X>>",
		"<</Type /Font\n/BaseFont /heitiX\n>>", "<<>>")))["heiti"]
	if !ok {
		t.Fatal("there is no face")
	}
	for c, gid := range map[code]int{'a': 1, 'b': 3, firstPrivate: 3, '9': 0} {
		if n := u16(got.numbers, 2*int(c)); n != gid || n != got.file.gid(rune(c)) {
			t.Errorf("%x is drawn by outline %d, by the font's own list %d; should be %d", c, n,
				got.file.gid(rune(c)), gid)
		}
	}
	widths := regexp.MustCompile(`/DW (\d+) /W (.*?\]\]) `).FindStringSubmatch(got.below)
	if widths == nil || widths[1] != "0" || widths[2] != "[97 [100 200 ] 57344 [200 ]]" {
		t.Errorf("the widths are %q in %s", widths, got.below)
	}
}

// TestEachCharacterIsDrawnByItsOwnOutline compares the outlines in a finished
// file with those of the fonts it was set in.
func TestEachCharacterIsDrawnByItsOwnOutline(t *testing.T) {
	f := fontsFor(t)
	r, _ := written(t, sample())
	all := embeddedIn(t, r.Bytes)
	for role := range roles {
		got, ok := all[role.family()]
		if !ok {
			t.Errorf("there is no %s", role.family())
			continue
		}
		n := 0
		for c := range len(got.numbers) / 2 {
			gid := u16(got.numbers, 2*c)
			if gid == 0 || private(rune(c)) {
				continue
			}
			n++
			whole := f.faces[role]
			if !bytes.Equal(got.file.drawing(gid), whole.drawing(whole.gid(rune(c)))) {
				t.Errorf("%s: %c is drawn by another outline", role.family(), c)
			}
			if got.file.advance(rune(c)) != whole.advance(rune(c)) {
				t.Errorf("%s: %c moves the pen by another advance", role.family(), c)
			}
		}
		if want := fmt.Sprintf("/DW %d ", f.faces[role].width(0)); n == 0 ||
			!regexp.MustCompile(want).MatchString(got.below) {
			t.Errorf("%s: %d characters, %.200s", role.family(), n, got.below)
		}
	}
}
