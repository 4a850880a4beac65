package pipeline

import (
	"sync"

	"duban/pipeline/digest/pdf"
)

// faces are the fonts of a workspace. They are loaded until that has succeeded
// once: those that were missing when the daemon was started are put there while it
// runs.
type faces struct {
	mu    sync.Mutex
	load  func() (*pdf.Fonts, error)
	found *pdf.Fonts
}

func (f *faces) all() (_ *pdf.Fonts, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.found == nil {
		f.found, err = f.load()
	}
	return f.found, err
}

func (f *faces) close() (err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.found != nil {
		err = f.found.Close()
	}
	f.found = nil
	return err
}

// CanPrint reports whether the fonts of a digest are at hand.
func (w *Workspace) CanPrint() error {
	if _, err := w.fonts.all(); err != nil {
		return &UserError{What: "缺少字体", Err: err,
			Fix: "每种字体，把括号里的任一个文件放进工作目录的 fonts 文件夹；文件名不同的，在 duban.yaml 的 fonts 里写明。"}
	}
	return nil
}

// loadFonts finds the faces of a digest, as the settings or the system have them.
func (w *Workspace) loadFonts() (*pdf.Fonts, error) {
	c := w.Config.Fonts
	var dirs []string
	for _, d := range c.Dirs {
		dirs = append(dirs, w.path(d))
	}
	paths, err := pdf.Find(dirs...)
	if err != nil {
		return nil, err
	}
	for _, set := range []struct {
		path *string
		to   string
	}{
		{&paths.FangSong, c.FangSong}, {&paths.KaiTi, c.KaiTi}, {&paths.HeiTi, c.HeiTi},
		{&paths.BiaoSong, c.BiaoSong}, {&paths.SongTi, c.SongTi}, {&paths.Fallback, c.Fallback},
	} {
		if set.to != "" {
			*set.path = w.path(set.to)
		}
	}
	return pdf.LoadFonts(paths)
}
