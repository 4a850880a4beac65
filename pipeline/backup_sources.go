package pipeline

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"duban/pipeline/backup"
	"duban/pipeline/durable"
	"duban/pipeline/ledger"
)

// backupSources lists what a backup of this copy of the ledger holds.
func (w *Workspace) backupSources(ctx context.Context, c ledger.Copy, copied string) (
	[]backup.Source, []backup.Lack, error) {
	all := []backup.Source{
		file("state/duban.db", copied),
		{Name: "state/" + ledger.MarkerName, Open: func() (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(c.Marker)), nil
		}},
		file("duban.yaml", w.path("duban.yaml")),
	}
	for _, name := range []string{"state/key", signKey} {
		if _, err := os.Stat(w.path(name)); name == signKey && errors.Is(err, fs.ErrNotExist) {
			continue // no manifest was asked for yet
		}
		key := file(name, w.path(name))
		key.Private = true
		all = append(all, key)
	}
	for _, f := range c.Files {
		all = append(all, w.original(f))
	}
	kept, err := w.unnamed(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	all = append(all, kept...)
	dirs, outside := w.editable()
	for _, dir := range dirs {
		under, err := tree(w.Dir, dir)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, under...)
	}
	return all, outside, nil
}

// file is a file of the workspace under its own name.
func file(name, path string) backup.Source {
	return backup.Source{Name: name, Open: func() (io.ReadCloser, error) { return os.Open(path) }}
}

// original is a file that the ledger names. Where it stands in the backup
// follows from the ledger alone.
func (w *Workspace) original(f ledger.KeptFile) backup.Source {
	root := "archive"
	if f.Held {
		root = "quarantine"
	}
	return backup.Source{Name: "state/" + root + "/" + f.SHA256[:2] + "/" + f.SHA256, SHA256: f.SHA256,
		Packed: true, Open: func() (io.ReadCloser, error) {
			path, err := w.keptIn(f)
			if err != nil {
				return nil, err
			}
			return os.Open(path)
		}}
}

// unnamed is what lies in archive and quarantine and no ledger names, such as
// files too big to take. What was taken after the copy was made is not among
// it: a form is committed before it is settled, and the ledger is asked last.
func (w *Workspace) unnamed(ctx context.Context, c ledger.Copy) ([]backup.Source, error) {
	var found []backup.Source
	for _, root := range []string{"state/archive", "state/quarantine"} {
		under, err := tree(w.Dir, root)
		if err != nil {
			return nil, err
		}
		found = append(found, under...)
	}
	now, err := w.Ledger.Kept(ctx)
	if err != nil {
		return nil, err
	}
	named := map[string]bool{}
	for _, f := range append(now, c.Files...) {
		named[f.SHA256] = true
	}
	var all []backup.Source
	for _, s := range found {
		if s.Packed = true; !named[filepath.Base(s.Name)] {
			all = append(all, s)
		}
	}
	return all, nil
}

// editable are the folders with what an office edits, relative to the
// workspace, and the files of the settings that lie outside it: those are not
// the workspace's to keep.
func (w *Workspace) editable() (dirs []string, outside []backup.Lack) {
	dirs = []string{"plan", wordingDir, "fonts"}
	for _, path := range []string{w.Config.Plan, w.Config.Calendar, w.Config.Audiences,
		w.Config.Mail.CA} {
		if path == "" {
			continue
		}
		name := filepath.ToSlash(filepath.Clean(filepath.FromSlash(path)))
		dir := name[:max(strings.LastIndex(name, "/"), 0)]
		switch {
		case filepath.IsAbs(path) || !fs.ValidPath(name):
			outside = append(outside, backup.Lack{Name: path, Why: "在工作目录之外，请另行备份"})
		case dir == "" || path == w.Config.Mail.CA && !within(dirs, dir): // that file alone
			dirs = append(dirs, name)
		case !within(dirs, dir):
			dirs = append(dirs, dir)
		}
	}
	return dirs, outside
}

// within reports whether dir is one of the folders or lies below one.
func within(dirs []string, dir string) bool {
	for _, d := range dirs {
		if dir == d || strings.HasPrefix(dir, d+"/") {
			return true
		}
	}
	return false
}

// tree is every regular file below a folder of root, which may be missing.
func tree(root, dir string) ([]backup.Source, error) {
	var all []backup.Source
	err := fs.WalkDir(os.DirFS(root), dir, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !d.Type().IsRegular() || strings.HasPrefix(d.Name(), durable.TempPrefix) {
			return err
		}
		all = append(all, file(name, filepath.Join(root, filepath.FromSlash(name))))
		return nil
	})
	return all, err
}
