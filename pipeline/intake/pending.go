package intake

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"duban/pipeline/durable"
)

// Pending returns the claims that a killed program left in work, oldest first,
// to be handed over again, each with its count of attempts raised. Call it on
// start, before Look, while holding the lock. It sweeps temporaries, and drops
// slips whose file never came or has been settled.
func (f *Folder) Pending() ([]Claim, error) {
	if err := f.sweep(); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(f.Work)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	files := map[string]bool{}
	for _, e := range entries {
		files[e.Name()] = e.Type().IsRegular()
	}
	var claims []Claim
	var idle []string
	var faults error
	for name, regular := range files {
		if id, ok := strings.CutSuffix(name, ".json"); ok {
			if !files[id] {
				idle = append(idle, filepath.Join(f.Work, name))
			}
			continue
		}
		if !regular {
			continue
		}
		c, err := f.load(name, 1)
		if err != nil {
			faults = errors.Join(faults, err)
			continue
		}
		claims = append(claims, c)
	}
	slices.SortFunc(claims, func(a, b Claim) int { return strings.Compare(a.ID, b.ID) })
	return claims, errors.Join(faults, durable.Remove(idle...))
}

// load reads a claim from work, with its slip, and raises its attempts; a lost
// slip costs the name.
func (f *Folder) load(id string, raise int) (Claim, error) {
	s := slip{ID: id, Channel: ByFolder, SeenAt: f.now()}
	if b, err := os.ReadFile(slipPath(f.Work, id)); err == nil {
		if err := json.Unmarshal(b, &s); err != nil {
			f.log().Error("a slip in work is damaged", "id", id, "err", err)
		}
		s.ID = id
	}
	s.Attempts += raise
	if err := durable.WriteAll(s.file(f.Work)); err != nil {
		return Claim{}, err
	}
	return f.read(s.claim(f), nil)
}

// sweep removes temporaries of a killed program.
func (f *Folder) sweep() error {
	dirs := []string{f.Work, f.Archive, f.Quarantine}
	for _, root := range dirs[1:] {
		below, err := filepath.Glob(filepath.Join(root, "??"))
		if err != nil {
			return err
		}
		dirs = append(dirs, below...)
	}
	for _, d := range dirs {
		if _, err := durable.Sweep(d); err != nil {
			return err
		}
	}
	return nil
}

// nearest is dir, or the closest folder above it that exists.
func nearest(dir string) string {
	for {
		if _, err := os.Stat(dir); err == nil || filepath.Dir(dir) == dir {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}
