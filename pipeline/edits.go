package pipeline

import (
	"context"
	"crypto/sha256"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// The office edits its settings, plan and texts while the daemon runs. A
// workspace never changes under those who work with it: when an edit has rested
// for a tick, the workspace is opened a second time, and with that one the
// daemon goes on. An edit that does not open changes nothing, and is told.

// Serve is Run, with what is edited meanwhile, until ctx ends. It closes the
// workspace, which was opened with these options.
func Serve(ctx context.Context, w *Workspace, o Options, rhythm Rhythm) error {
	for {
		e := &edits{open: func() (*Workspace, error) { return Open(ctx, w.Dir, o) }}
		e.began = w.prints(nil)
		e.last, w.edits = e.began, e
		err := errors.Join(w.Run(ctx, rhythm), w.Close())
		next := e.next
		switch {
		case next == nil:
			return err
		case err != nil || ctx.Err() != nil:
			return errors.Join(err, next.Close())
		}
		w = next
		w.Log.Info("改动过的文件已经换上", "files", e.changed(e.last))
	}
}

// edits is what is known of the files that the office edits.
type edits struct {
	open  func() (*Workspace, error)
	stop  func() // ends Run
	mu    sync.Mutex
	began prints // as they were when the workspace was opened
	last  prints // at the last tick
	tried prints // when they were opened in vain
	said  string // why they were
	next  *Workspace
}

// prints are the files, by their paths below the workspace.
type prints map[string]print

// print is one file: as long as size and time are the same, so is the sum.
type print struct {
	size int64
	at   time.Time
	sum  [sha256.Size]byte
}

func (p prints) same(q prints) bool {
	return maps.EqualFunc(p, q, func(a, b print) bool { return a.sum == b.sum })
}

// prints looks at every file that Open reads and the office edits. What cannot
// be read is not there.
func (w *Workspace) prints(last prints) prints {
	files := []string{w.path("duban.yaml"), w.path(w.Config.Calendar), w.path(w.Config.Audiences)}
	for _, dir := range []string{filepath.Dir(w.path(w.Config.Plan)), w.path(wordingDir)} {
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			if ext := filepath.Ext(e.Name()); ext == ".yaml" || ext == ".txt" {
				files = append(files, filepath.Join(dir, e.Name()))
			}
		}
	}
	now := prints{}
	for _, path := range files {
		info, err := os.Stat(path)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		p := print{size: info.Size(), at: info.ModTime()}
		if old := last[path]; old.size == p.size && old.at.Equal(p.at) {
			p.sum = old.sum
		} else if b, err := os.ReadFile(path); err == nil {
			p.sum = sha256.Sum256(b)
		}
		now[path] = p
	}
	return now
}

// changed names the files that are not as they were.
func (e *edits) changed(now prints) string {
	var names []string
	for path := range now {
		names = append(names, path)
	}
	for path := range e.began {
		if _, there := now[path]; !there {
			names = append(names, path)
		}
	}
	names = slices.DeleteFunc(names, func(path string) bool {
		a, was := e.began[path]
		b, is := now[path]
		return was && is && a.sum == b.sum
	})
	for i, path := range names {
		names[i] = filepath.Base(path)
	}
	slices.Sort(names)
	return strings.Join(names, "、")
}

const editWrong = "改动过的文件有误，仍按改动以前的办理"

// look opens the workspace anew where an edit has rested since the last tick.
func (e *edits) look(w *Workspace) {
	if e == nil {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	now := w.prints(e.last)
	rested := now.same(e.last)
	e.last = now
	switch {
	case e.next != nil, !rested, now.same(e.tried):
		return
	case now.same(e.began):
		e.said, e.tried = "", nil
		return
	}
	e.tried = now
	next, err := e.open()
	if err != nil {
		files := e.changed(now)
		w.Log.Error(editWrong, "files", files, "err", err)
		e.said = editWrong + "（" + files + "）：" + strings.Join(strings.Fields(InWords(err)), " ")
		return
	}
	e.said, e.next = "", next
	e.stop()
}

// fault is what is wrong with the latest edit; "" for nothing.
func (e *edits) fault() string {
	if e == nil {
		return ""
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.said
}
