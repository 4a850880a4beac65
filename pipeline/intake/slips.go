package intake

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"duban/pipeline/durable"
)

// The slips of files that are claimed together lie in one file, so that one
// flush does for all: it cost half of what taking a form costs. It goes when
// the last of its files is settled. A slip that has to be written again gets a
// file of its own, which goes before the one it was written with.

// bundleEnd ends the name of a file that holds several slips.
const bundleEnd = ".slips.json"

// bundles knows which file each slip that was written with others lies in.
type bundles struct {
	mu    sync.Mutex
	of    map[string]*bundle // by claim
	again map[string]bool    // claims whose slip has a file of its own, too
}

type bundle struct {
	path string
	left int // claims that are not settled
}

// writeSlips writes the slips of several claims, all or none.
func (f *Folder) writeSlips(slips []slip) error {
	b, err := json.MarshalIndent(slips, "", " ")
	if err != nil {
		return err
	}
	path := filepath.Join(f.Work, slips[0].ID+bundleEnd)
	if err := durable.Write(path, append(b, '\n'), 0o644); err != nil {
		return err
	}
	f.bundles.add(path, slips)
	return nil
}

func (s *bundles) add(path string, slips []slip) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of == nil {
		s.of = map[string]*bundle{}
	}
	b := &bundle{path, len(slips)}
	for _, p := range slips {
		s.of[p.ID] = b
	}
}

// rewritten notes that a slip has a file of its own.
func (s *bundles) rewritten(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of[id] == nil {
		return
	}
	if s.again == nil {
		s.again = map[string]bool{}
	}
	s.again[id] = true
}

// dropSlips forgets claims that have left work.
func (f *Folder) dropSlips(ids ...string) error {
	return durable.Remove(f.bundles.done(f.Work, ids...)...)
}

// done is what can be removed now that some claims have left work.
func (s *bundles) done(work string, ids ...string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var paths []string
	for _, id := range ids {
		b := s.of[id]
		if b == nil || s.again[id] {
			paths = append(paths, slipPath(work, id))
		}
		if b == nil {
			continue
		}
		delete(s.of, id)
		delete(s.again, id)
		if b.left--; b.left == 0 {
			paths = append(paths, b.path)
		}
	}
	return paths
}

// slipsIn reads every slip that lies in work, by claim, those that were written
// together by the path of their file, too. What cannot be read costs a name.
func slipsIn(work string, names []string) (map[string]slip, map[string][]slip) {
	all, together := map[string]slip{}, map[string][]slip{}
	for _, name := range names {
		if !strings.HasSuffix(name, bundleEnd) {
			continue
		}
		var slips []slip
		path := filepath.Join(work, name)
		if b, err := os.ReadFile(path); err == nil {
			_ = json.Unmarshal(b, &slips)
		}
		together[path] = slips
		for _, s := range slips {
			all[s.ID] = s
		}
	}
	for _, name := range names {
		id, single := strings.CutSuffix(name, ".json")
		if !single || strings.HasSuffix(name, bundleEnd) {
			continue
		}
		var s slip
		if b, err := os.ReadFile(filepath.Join(work, name)); err == nil && json.Unmarshal(b, &s) == nil {
			s.ID = id
			all[id] = s
		}
	}
	return all, together
}
