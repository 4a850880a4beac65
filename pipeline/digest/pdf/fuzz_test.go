package pdf

import (
	"bytes"
	"testing"
)

// FuzzFace: a font file is refused, or every outline it lists lies in it; to set
// its characters ends, if only in a panic over an outline that is broken within,
// which Write turns into its error.
func FuzzFace(f *testing.F) {
	b, _ := composed().subset(map[code]rune{'a': 'a', 'b': 'b'})
	f.Add(b)
	f.Add(append([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10"), b...))
	f.Add([]byte("OTTO\x00\x01"))
	f.Fuzz(func(t *testing.T, b []byte) {
		face, err := parseFace(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		for _, r := range "ab\U00020000" {
			face.advance(r)
			face.ink(r)
		}
		func() {
			defer func() { _ = recover() }()
			face.subset(map[code]rune{'a': 'a', 'b': 'b'})
		}()
	})
}
