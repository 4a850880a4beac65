package backup

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"duban/pipeline/durable"
)

// maxManifest bounds a manifest: some hundred bytes for each of a million files.
const maxManifest = 512 << 20

// Archive is a backup that is open for reading.
type Archive struct {
	Manifest Manifest
	zip      *zip.ReadCloser
	entries  map[string]*zip.File
}

// Open opens a backup and reads its manifest.
func Open(path string) (*Archive, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		if _, missing := err.(*fs.PathError); missing {
			return nil, err
		}
		return nil, fmt.Errorf("%w：%w", ErrNoBackup, err)
	}
	a := &Archive{zip: z, entries: map[string]*zip.File{}}
	for _, f := range z.File {
		a.entries[f.Name] = f
	}
	if err := a.readManifest(); err != nil {
		z.Close()
		return nil, err
	}
	return a, nil
}

func (a *Archive) readManifest() error {
	f := a.entries[ManifestName]
	if f == nil || f.UncompressedSize64 > maxManifest {
		return fmt.Errorf("%w：里面没有清单 %s", ErrNoBackup, ManifestName)
	}
	in, err := f.Open()
	if err != nil {
		return fmt.Errorf("%w：%w", ErrNoBackup, err)
	}
	defer in.Close()
	b, err := io.ReadAll(io.LimitReader(in, maxManifest))
	if err == nil {
		err = json.Unmarshal(b, &a.Manifest)
	}
	if err != nil {
		return fmt.Errorf("%w：清单读不出来", ErrNoBackup)
	}
	return a.Manifest.prove()
}

// Close closes the archive.
func (a *Archive) Close() error { return a.zip.Close() }

// Extract takes every member out into dir, each flushed, and returns an error
// at the first that is missing or is not what the manifest says. dir must not
// be looked at by anyone before that.
func (a *Archive) Extract(dir string) error {
	for _, m := range a.Manifest.Members {
		name := m.Name
		if runtime.GOOS == "windows" {
			name = forWindows(name)
		}
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := durable.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := a.extract(m, to); err != nil {
			return fmt.Errorf("%s：%w", m.Name, err)
		}
		if err := durable.SyncDir(filepath.Dir(to)); err != nil {
			return err
		}
	}
	return nil
}

func (a *Archive) extract(m Member, to string) error {
	f := a.entries[m.Name]
	if f == nil {
		return fmt.Errorf("%w：清单里有，备份里没有", ErrNoBackup)
	}
	in, err := f.Open()
	if err != nil {
		return fmt.Errorf("%w：%w", ErrNoBackup, err)
	}
	defer in.Close()
	perm := fs.FileMode(0o644)
	if m.Private {
		perm = 0o600
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return err
	}
	defer out.Close()
	sum, from := sha256.New(), &faulty{Reader: in}
	n, err := io.Copy(io.MultiWriter(out, sum), io.LimitReader(from, m.Size+1))
	if from.fault != nil {
		return fmt.Errorf("%w：%w", ErrNoBackup, from.fault)
	}
	if err != nil {
		return err
	}
	if n != m.Size || hex.EncodeToString(sum.Sum(nil)) != m.SHA256 {
		return fmt.Errorf("%w：内容与清单不符", ErrNoBackup)
	}
	if err := out.Sync(); err != nil {
		return err
	}
	return out.Close()
}
