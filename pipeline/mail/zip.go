package mail

import (
	"archive/zip"
	"bytes"
	"path"
	"strings"
	"unicode/utf8"
)

const encryptedFlag = 1

// isArchive reports whether bytes are a zip of files rather than one document
// that is a zip inside, or another sort of archive.
func isArchive(b []byte) bool {
	if isOtherArchive(b) {
		return true
	}
	if !bytes.HasPrefix(b, []byte("PK\x03\x04")) && !bytes.HasPrefix(b, []byte("PK\x05\x06")) {
		return false
	}
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return false // the reader of workbooks says what is wrong with it
	}
	for _, f := range r.File {
		if f.Name == "[Content_Types].xml" || f.Name == "mimetype" ||
			strings.HasPrefix(f.Name, "xl/") {
			return false
		}
	}
	return true
}

func isOtherArchive(b []byte) bool {
	return bytes.HasPrefix(b, []byte("Rar!\x1a\x07")) ||
		bytes.HasPrefix(b, []byte("7z\xbc\xaf\x27\x1c"))
}

// unzip takes the files out of an archive, one level deep.
func (w *walk) unzip(name string, b []byte) {
	if isOtherArchive(b) {
		w.add(Part{Name: name, Fault: "这种压缩包打不开，请直接附上表格，或改用 zip 压缩"})
		return
	}
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		w.add(Part{Name: name, Fault: cutShort})
		return
	}
	for _, f := range r.File {
		if f.FileInfo().IsDir() || isJunk(f.Name) {
			continue
		}
		w.add(w.zipped(f))
		if w.full {
			return
		}
	}
}

// zipped reads one file of an archive.
func (w *walk) zipped(f *zip.File) Part {
	p := Part{Name: zipName(f)}
	if f.Flags&encryptedFlag != 0 {
		p.Fault = "压缩包加了密码，请去掉密码后重新发送"
		return p
	}
	left := maxTotal - w.total
	if f.UncompressedSize64 > uint64(max(left, 0)) {
		p.Fault = tooMany
		return p
	}
	file, err := f.Open()
	if err != nil {
		p.Fault = cutShort
		return p
	}
	defer file.Close()
	b, err := w.read(file)
	switch {
	case err != nil:
		p.Fault = faultOf(err)
	case isArchive(b):
		p.Fault = "压缩包里还有压缩包，请直接附上表格"
	default:
		p.Bytes = b
	}
	return p
}

// zipName is the last part of an entry's name, which is in GBK where the
// archive does not say that it is in UTF-8.
func zipName(f *zip.File) string {
	name := f.Name
	if f.NonUTF8 || !utf8.ValidString(name) {
		name = toText([]byte(name), "")
	}
	return path.Base(strings.ReplaceAll(name, `\`, "/"))
}

// isJunk reports whether an entry is what a system adds to an archive.
func isJunk(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(base, "._") ||
		strings.HasPrefix(base, "~$") || base == ".DS_Store" || base == "Thumbs.db"
}
