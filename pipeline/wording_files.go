package pipeline

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"duban/pipeline/durable"
	"duban/pipeline/wording"
)

// The folder of the office's texts, and the page in it that explains them.
const (
	wordingDir  = "templates"
	wordingPage = "说明.txt"
)

// Text is one text as commands show it.
type Text struct {
	Name   string          `json:"name"`
	Title  string          `json:"title"`
	File   string          `json:"file"`  // where the office's own is, or would be
	Own    bool            `json:"own"`   // the office has its own
	Parts  []string        `json:"parts"` // which of them say something else than the program's
	Faults []wording.Fault `json:"faults"`
}

// WordingIn lists the texts of the workspace in dir, and files of the folder
// that are none and so have no effect.
func WordingIn(dir string) (all []Text, strange []string, err error) {
	if _, err := readConfig(filepath.Join(dir, "duban.yaml")); err != nil {
		return nil, nil, err
	}
	folder := filepath.Join(dir, wordingDir)
	for _, t := range texts {
		shown, err := t.shown(folder)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, shown)
	}
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return all, nil, nil
	}
	for _, e := range entries {
		known := slices.ContainsFunc(texts, func(t text) bool { return t.name == e.Name() })
		if !known && e.Name() != wordingPage {
			strange = append(strange, filepath.Join(folder, e.Name()))
		}
	}
	return all, strange, err
}

func (t text) shown(folder string) (Text, error) {
	shown := Text{Name: t.name, Title: t.title, File: filepath.Join(folder, t.name),
		Parts: []string{}, Faults: []wording.Fault{}}
	s, own, err := t.read(folder)
	if err != nil || !own {
		return shown, err
	}
	shown.Own = true
	if faults := faultsOf(t.prove(s)); faults != nil {
		shown.Faults = faults.Faults
		return shown, nil
	}
	shown.Parts = wording.Changed(t.own, s)
	return shown, nil
}

// CheckWording reports what is wrong with the texts of the workspace in dir.
func CheckWording(dir string) error {
	if _, err := readConfig(filepath.Join(dir, "duban.yaml")); err != nil {
		return err
	}
	_, err := readWording(filepath.Join(dir, wordingDir))
	return err
}

// ExportWording puts the program's own texts into the workspace in dir to be
// edited, those named or all. A text that the office has already is never
// written over: it is an error to name one.
func ExportWording(dir string, names []string) ([]Text, error) {
	all, _, err := WordingIn(dir)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		i := slices.IndexFunc(all, func(t Text) bool { return t.Name == name })
		if i < 0 {
			return nil, &UserError{What: "没有“" + name + "”这个文字文件",
				Fix: "用 duban wording 列出全部文字文件。"}
		}
		if all[i].Own {
			return nil, &UserError{What: all[i].File + " 已经有了，没有覆盖",
				Fix: "要重新来过，先把它改名或移走，再导出。"}
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, wordingDir), 0o755); err != nil {
		return nil, err
	}
	written := []Text{}
	for i, t := range texts {
		if all[i].Own || len(names) > 0 && !slices.Contains(names, t.name) {
			continue
		}
		err := durable.Write(all[i].File, []byte(wording.Editable(t.own)), 0o644)
		if err != nil {
			return written, err
		}
		all[i].Own = true
		written = append(written, all[i])
	}
	return written, nil
}
