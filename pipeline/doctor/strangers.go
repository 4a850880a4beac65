package doctor

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// strangers asks for files in the archive that the ledger does not name: as
// after an older ledger was put back. Messages are kept there too, and files
// that were too big to take.
var strangers = Examination{Code: "strangers", Title: "存档里多出的文件", Needs: theLedger,
	Run: func(ctx context.Context, c *Case) ([]Symptom, error) {
		var found []string
		for _, root := range []string{c.Folder.Archive, c.Folder.Quarantine} {
			files, err := below(root)
			if err != nil {
				return nil, err
			}
			found = append(found, files...)
		}
		named, err := c.Ledger.Kept(ctx) // after looking: a file is committed before it is moved
		if err != nil {
			return nil, err
		}
		known := map[string]bool{}
		for _, f := range named {
			known[f.SHA256] = true
		}
		var all []Symptom
		for _, path := range found {
			name := filepath.Base(path)
			if known[name] || tooBig.MatchString(name) || aside(name) || isLetter(path) {
				continue
			}
			all = append(all, Symptom{Severity: Warning, What: "存档里有台账不认识的文件", Where: c.place(path),
				Fix: "多半是换回过旧台账：用 duban submit 把它再交一次；不是报送件的，移到别处。"})
		}
		return all, nil
	}}

// tooBig is the name of a file that was claimed and not read.
var tooBig = regexp.MustCompile(`^[0-9a-f]{16}-[0-9a-f]{12}$`)

// header is a line that a message begins with.
var header = regexp.MustCompile(
	`(?im)^(From|To|Received|Date|Return-Path|Delivered-To|MIME-Version|Message-ID|Subject): `)

func isLetter(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	b := make([]byte, 4096)
	n, _ := io.ReadFull(f, b)
	return !bytes.Contains(b[:n], []byte{0}) && header.Match(b[:n])
}

// below lists the regular files below a folder, without temporaries.
func below(root string) ([]string, error) {
	var all []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && path != root && d.Type().IsRegular() && !strings.HasPrefix(d.Name(), ".") {
			all = append(all, path)
		}
		return err
	})
	return all, err
}
