package backup

import (
	"archive/zip"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"time"
)

// Source is a file that goes into a backup.
type Source struct {
	Name    string // in the backup
	Open    func() (io.ReadCloser, error)
	SHA256  string // what it must be, where that is known
	Packed  bool   // its bytes do not get smaller: a workbook
	Private bool
}

// Write writes a backup of the sources, stamped with a moment, and returns its
// manifest. A source that cannot be opened or read is lacking; only a fault of
// w ends the work.
func Write(w io.Writer, m Manifest, at time.Time, sources []Source) (Manifest, error) {
	m.Form, m.Members, m.Lacking = form, []Member{}, append([]Lack{}, m.Lacking...)
	m.Moment = at.Format(time.RFC3339)
	sources = slices.SortedFunc(slices.Values(sources), func(a, b Source) int {
		return cmp.Compare(a.Name, b.Name)
	})
	z := zip.NewWriter(w)
	for _, s := range sources {
		member, lack, err := put(z, s, at)
		if err != nil {
			return m, err
		}
		if lack.Name != "" {
			m.Lacking = append(m.Lacking, lack)
		}
		if member.Name != "" {
			m.Members = append(m.Members, member)
		}
	}
	b, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return m, err
	}
	entry, err := z.CreateHeader(&zip.FileHeader{Name: ManifestName, Method: zip.Deflate, Modified: at})
	if err != nil {
		return m, err
	}
	if _, err := entry.Write(append(b, '\n')); err != nil {
		return m, err
	}
	return m, z.Close()
}

// put copies one source into the archive. What broke off while it was read
// stays in the zip and is in no manifest, so that nobody takes it out.
func put(z *zip.Writer, s Source, at time.Time) (Member, Lack, error) {
	if !proper(s.Name) {
		return Member{}, Lack{strings.ToValidUTF8(s.Name, "?"), "文件名里有不能用的字符，请改名"}, nil
	}
	in, err := s.Open()
	if err != nil {
		return Member{}, Lack{s.Name, err.Error()}, nil
	}
	defer in.Close()
	h := &zip.FileHeader{Name: s.Name, Method: zip.Deflate, Modified: at}
	if s.Packed {
		h.Method = zip.Store
	}
	entry, err := z.CreateHeader(h)
	if err != nil {
		return Member{}, Lack{}, err
	}
	sum, from := sha256.New(), &faulty{Reader: in}
	n, err := io.Copy(io.MultiWriter(entry, sum), from)
	if from.fault != nil {
		return Member{}, Lack{s.Name, from.fault.Error()}, nil
	}
	if err != nil {
		return Member{}, Lack{}, err
	}
	member := Member{s.Name, n, hex.EncodeToString(sum.Sum(nil)), s.Private}
	if s.SHA256 != "" && s.SHA256 != member.SHA256 {
		return member, Lack{s.Name, "内容已改变，与它的 SHA-256 不符；照现状备份"}, nil
	}
	return member, Lack{}, nil
}

// faulty keeps the fault of a reader apart from that of the writer.
type faulty struct {
	io.Reader
	fault error
}

func (f *faulty) Read(b []byte) (int, error) {
	n, err := f.Reader.Read(b)
	if err != nil && err != io.EOF {
		f.fault = err
	}
	return n, err
}
