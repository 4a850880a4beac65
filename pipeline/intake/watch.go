package intake

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// calm is how long the inbox must send no events before a look.
const calm = 200 * time.Millisecond

// Watch calls look at once, then after anything happened in the inbox, after
// Rest when a file is waiting, and every Every whether anything happened or
// not: the sweep is the truth, events are a hint that network shares never
// give. It returns when ctx ends and the call in hand has ended.
func (f *Folder) Watch(ctx context.Context, look func()) error {
	w, err := fsnotify.NewWatcher()
	if err != nil { // too many watches on this machine: sweeps are enough
		f.log().Warn("收件文件夹没有变动通知，改为定时查看", "err", err)
		w = &fsnotify.Watcher{}
	} else {
		defer w.Close()
	}
	hint := make(chan struct{}, 1)
	go f.listen(ctx, w, hint)
	every := cmp.Or(f.Every, DefaultEvery)
	for {
		f.addWatches(w)
		look()
		wait := every
		if f.Waiting() > 0 {
			wait = min(every, f.rest()+calm)
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-hint:
		case <-f.wake():
		case <-timer.C:
		}
		timer.Stop()
	}
}

// listen turns bursts of events into hints.
func (f *Folder) listen(ctx context.Context, w *fsnotify.Watcher, hint chan<- struct{}) {
	var quiet <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-w.Events:
			if !ok {
				return
			}
			if f.concerns(e) && quiet == nil {
				quiet = time.After(calm)
			}
		case err, ok := <-w.Errors:
			if !ok {
				return
			}
			f.log().Warn("收件文件夹的变动通知有遗漏，马上查看一遍", "err", err)
			quiet = time.After(calm)
		case <-quiet:
			quiet = nil
			select {
			case hint <- struct{}{}:
			default: // one is waiting already
			}
		}
	}
}

// concerns reports whether an event is worth a look. The folder above the
// inbox is watched too, for an inbox that is made again.
func (f *Folder) concerns(e fsnotify.Event) bool {
	if e.Op == fsnotify.Chmod {
		return false
	}
	dir := filepath.Dir(e.Name)
	above := filepath.Clean(filepath.Dir(f.Inbox))
	return dir != above || filepath.Clean(e.Name) == filepath.Clean(f.Inbox)
}

// addWatches watches the inbox, the folders in it and the one above; watching
// twice does nothing, and a folder that was made again is watched again.
func (f *Folder) addWatches(w *fsnotify.Watcher) {
	if w.Events == nil || f.deaf {
		return
	}
	dirs := []string{filepath.Dir(f.Inbox), f.Inbox}
	entries, _ := os.ReadDir(f.Inbox)
	for _, e := range entries {
		if e.IsDir() && !hiddenFolder(e.Name()) {
			dirs = append(dirs, filepath.Join(f.Inbox, e.Name()))
		}
	}
	for _, d := range dirs {
		if err := w.Add(d); err != nil {
			f.log().Debug("a folder sends no events", "err", err)
		}
	}
}
