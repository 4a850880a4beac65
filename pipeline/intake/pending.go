package intake

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

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
	files := map[string]bool{} // that are claimed
	var names, idle []string
	for _, e := range entries {
		names = append(names, e.Name())
		if !strings.HasSuffix(e.Name(), ".json") && e.Type().IsRegular() {
			files[e.Name()] = true
		}
	}
	slips, together := slipsIn(f.Work, names)
	for path, slips := range together {
		slips = slices.DeleteFunc(slips, func(s slip) bool { return !files[s.ID] })
		if len(slips) == 0 {
			idle = append(idle, path)
			continue
		}
		f.bundles.add(path, slips)
	}
	for id := range slips {
		if !files[id] {
			idle = append(idle, slipPath(f.Work, id))
		}
	}
	var claims []Claim
	for id := range files {
		c, err := f.load(id, slips, 1)
		if err != nil { // a Look tries again; one file does not hold up the others
			f.log().Error("已取走的一份文件暂时读不出，稍后再试", "id", id, "err", err)
			f.mu.Lock()
			f.unread = append(f.unread, id)
			f.mu.Unlock()
			continue
		}
		claims = append(claims, c)
	}
	slices.SortFunc(claims, func(a, b Claim) int { return strings.Compare(a.ID, b.ID) })
	return claims, durable.Remove(idle...)
}

// Later asks for claims to be handed over again by a Look after Every has
// passed, with their count of attempts raised: for work that failed by a fault
// of ours (a full disk, a locked ledger) and needs no restart.
func (f *Folder) Later(claims ...Claim) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.later == nil {
		f.later = map[string]time.Time{}
	}
	for _, c := range claims {
		f.later[c.ID] = time.Now()
	}
}

func (f *Folder) handLater(l *look) {
	ids := slices.Sorted(maps.Keys(f.later))
	slips := sync.OnceValue(f.slips)
	for _, id := range ids {
		if time.Since(f.later[id]) < cmp.Or(f.Every, DefaultEvery) || l.held >= maxHeld {
			continue
		}
		c, err := f.load(id, slips(), 1)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			f.later[id] = time.Now()
			continue
		}
		delete(f.later, id)
		if err == nil {
			l.claims = append(l.claims, c)
			l.held += int64(len(c.Bytes))
		}
	}
}

// readAgain hands over what was in work and still being written.
func (f *Folder) readAgain(l *look) {
	var still []string
	slips := sync.OnceValue(f.slips)
	for _, id := range f.unread {
		if l.held >= maxHeld {
			still = append(still, id)
			continue
		}
		c, err := f.load(id, slips(), 0)
		switch {
		case err == nil:
			l.claims = append(l.claims, c)
			l.held += int64(len(c.Bytes))
		case !errors.Is(err, fs.ErrNotExist):
			still = append(still, id)
		}
	}
	f.unread = still
}

// slips reads every slip that lies in work.
func (f *Folder) slips() map[string]slip {
	entries, err := os.ReadDir(f.Work)
	if err != nil {
		f.log().Error("工作文件夹列不出来", "err", err)
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	all, _ := slipsIn(f.Work, names)
	return all
}

// load reads a claim from work, with its slip, and raises its attempts; a lost
// slip costs the name.
func (f *Folder) load(id string, slips map[string]slip, raise int) (Claim, error) {
	s, found := slips[id]
	if !found {
		f.log().Error("已取走的一份文件丢了登记条，文件照收，不知道原来的文件名和单位文件夹", "id", id)
		s = slip{ID: id, Channel: ByFolder, SeenAt: f.now()}
	}
	s.Attempts += raise
	f.bundles.rewritten(id)
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
