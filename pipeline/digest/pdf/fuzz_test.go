package pdf

import (
	"bytes"
	"testing"
)

// FuzzFace: a font file is refused, or of every character it has there is an
// outline to set, as a part of it too.
func FuzzFace(f *testing.F) {
	b := composed().subset(map[code]rune{'a': 'a', 'b': 'b'})
	f.Add(b)
	f.Add(append([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10"), b...))
	f.Add([]byte("OTTO\x00\x01"))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, lazy := range []bool{false, true} {
			face, err := parseFace(bytes.NewReader(b), int64(len(b)), lazy)
			if err != nil {
				continue
			}
			for _, r := range "ab\U00020000" {
				face.advance(r)
				face.ink(r)
			}
			if part := face.subset(map[code]rune{'a': 'a', 'b': 'b'}); len(part) == 0 {
				t.Error("no part of it")
			}
		}
	})
}
