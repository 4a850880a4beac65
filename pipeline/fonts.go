package pipeline

import (
	"sync"

	"duban/pipeline/digest/pdf"
)

// untilFound loads fonts until that has succeeded once: those that were missing
// when the daemon was started are put there while it runs.
func untilFound(load func() (*pdf.Fonts, error)) func() (*pdf.Fonts, error) {
	var mu sync.Mutex
	var found *pdf.Fonts
	return func() (_ *pdf.Fonts, err error) {
		mu.Lock()
		defer mu.Unlock()
		if found == nil {
			found, err = load()
		}
		return found, err
	}
}

// CanPrint reports whether the fonts of a digest are at hand.
func (w *Workspace) CanPrint() error {
	if _, err := w.fonts(); err != nil {
		return &UserError{What: "缺少字体", Err: err,
			Fix: "把字体文件放进工作目录的 fonts 文件夹，或在 duban.yaml 的 fonts 里写明。"}
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
