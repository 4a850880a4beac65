package pipeline

import (
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"duban/pipeline/durable"
)

// hand remembers, in a file that outlives the program, which file it has in
// hand. What no recover can catch (memory that is used up, a stack without
// end) ends the program with the mark still there. While several files are in
// hand the mark says no more than that; the next start is careful: it takes
// what lies in work one file after the other, each with a mark of its own.
// Those falls are counted, and after maxFalls a file is put aside, answered,
// and not touched again. A kill by a person that hits the same file three
// times looks the same: then an administrator releases it. Another version of
// the program counts anew.
//
// The mark need not survive a power cut, only the program: it is not flushed.
type hand struct {
	path string
	log  *slog.Logger
	mu   sync.Mutex
	note handNote
	care bool // the program fell with files in hand, and they are not through
}

type handNote struct {
	Program string            `json:"program"`
	In      map[string]string `json:"in,omitempty"`   // by what is being done, its key
	Fell    map[string]int    `json:"fell,omitempty"` // by key, how often the program ended over it
}

// What can be in hand.
const (
	inTake    = "take"
	inReceipt = "receipt"
)

// several is the key of more than one file at once.
const several = "several"

// maxFalls is how often a file may end the program.
const maxFalls = 3

// newHand reads what was in hand when the program last ended. A damaged note
// counts nothing.
func newHand(path string, log *slog.Logger) (*hand, error) {
	h := &hand{path: path, log: log}
	b, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if json.Unmarshal(b, &h.note) != nil || h.note.Program != Version {
		h.note = handNote{}
	}
	h.note.Program = Version
	for _, key := range h.note.In {
		h.care = true
		if key == several {
			continue
		}
		if h.note.Fell == nil {
			h.note.Fell = map[string]int{}
		}
		h.note.Fell[key]++
		log.Error("上次程序中断时正在处理这份文件", "key", key, "times", h.note.Fell[key])
	}
	h.note.In = map[string]string{}
	if !h.care {
		return h, nil
	}
	if b, err = json.Marshal(h.note); err != nil {
		return nil, err
	}
	if err := durable.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	return h, durable.Write(path, b, 0o644)
}

// careful reports whether files must be in hand one at a time.
func (h *hand) careful() bool {
	if h == nil {
		return false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.care
}

// through says that what was in hand when the program fell is dealt with.
func (h *hand) through() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.care = false
}

// take notes what is in hand now, unless it is noted; nil hands note nothing.
func (h *hand) take(doing, key string) {
	if h == nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.care {
		key = several
	}
	if h.note.In[doing] != key {
		h.note.In[doing] = key
		h.save()
	}
}

// lay notes that nothing is in hand any more.
func (h *hand) lay(doing string) {
	if h == nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, held := h.note.In[doing]; held {
		delete(h.note.In, doing)
		h.save()
	}
}

func (h *hand) save() {
	b, err := json.Marshal(h.note)
	if err == nil {
		err = os.WriteFile(h.path, b, 0o644)
	}
	if err != nil { // the disk is full: files go on, uncounted
		h.log.Warn("没有记下正在处理的文件", "err", err)
	}
}

// poison reports whether the program ended over that key too often.
func (h *hand) poison(key string) bool {
	if h == nil {
		return false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.note.Fell[key] >= maxFalls
}
