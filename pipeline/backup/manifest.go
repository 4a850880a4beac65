package backup

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"
)

// ManifestName is the member that lists the others.
const ManifestName = "manifest.json"

// form is the first word of a manifest; another form is another number.
const form = "duban backup 1"

// Manifest is what a backup says of itself.
type Manifest struct {
	Form    string   `json:"form"`
	Program string   `json:"program"` // version of the program that made it
	Ledger  string   `json:"ledger"`  // id
	Moment  string   `json:"moment"`  // RFC 3339: the ledger stood like this
	Members []Member `json:"members"` // by name
	Lacking []Lack   `json:"lacking"` // what should be in it and is not
}

// Member is one file of a backup.
type Member struct {
	Name    string `json:"name"`
	Size    int64  `json:"size"`
	SHA256  string `json:"sha256"`
	Private bool   `json:"private,omitempty"` // for its owner's eyes alone
}

// Lack is a file that could not be put in, and why.
type Lack struct {
	Name string `json:"name"`
	Why  string `json:"why"`
}

// ErrNoBackup says that a file is no backup of ours, or a damaged one.
var ErrNoBackup = errors.New("不是本程序的备份，或已损坏")

// prove refuses a manifest that cannot be taken at its word.
func (m *Manifest) prove() error {
	if m.Form != form {
		return fmt.Errorf("%w：清单的格式是“%s”，本程序只认“%s”", ErrNoBackup, m.Form, form)
	}
	seen := map[string]bool{ManifestName: true}
	for _, x := range m.Members {
		if !proper(x.Name) || seen[x.Name] || x.Size < 0 {
			return fmt.Errorf("%w：清单里的文件名“%s”不合规", ErrNoBackup, x.Name)
		}
		seen[x.Name] = true
	}
	return nil
}

// proper reports whether a name stays below the folder it is taken out into.
func proper(name string) bool {
	return utf8.ValidString(name) && fs.ValidPath(name) && name != "." &&
		!strings.ContainsAny(name, "\\\x00")
}

// forWindows is a name as Windows can have it: without the characters, ends
// and device names that it forbids.
func forWindows(name string) string {
	parts := strings.Split(name, "/")
	for i, p := range parts {
		p = strings.Map(func(r rune) rune {
			if r < ' ' || strings.ContainsRune(`<>:"|?*`, r) {
				return '_'
			}
			return r
		}, p)
		if end := strings.TrimRight(p, " ."); end != p {
			p = end + "_"
		}
		if device(p) {
			p = "_" + p
		}
		parts[i] = p
	}
	return path.Join(parts...)
}

// device reports whether Windows keeps a name for a device: CON, LPT1.txt.
func device(name string) bool {
	base, _, _ := strings.Cut(strings.ToUpper(name), ".")
	switch base {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	port := strings.HasPrefix(base, "COM") || strings.HasPrefix(base, "LPT")
	return port && len(base) == 4 && base[3] >= '1' && base[3] <= '9'
}
