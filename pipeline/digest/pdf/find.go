package pdf

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// fileNames is what the file of each role is called: on Windows, on Kylin and
// UOS, and as fonts.sh makes it. The first named is the first taken.
var fileNames = [roles][]string{
	fangSong: {"simfang.ttf", "FangSong_GB2312.ttf", "仿宋_GB2312.ttf", "FZFSK.TTF",
		"FandolFang-Regular.ttf", "fangsong.ttf"},
	kaiTi: {"simkai.ttf", "KaiTi_GB2312.ttf", "楷体_GB2312.ttf", "FZKTK.TTF",
		"FandolKai-Regular.ttf", "kaiti.ttf"},
	heiTi: {"simhei.ttf", "FZHTK.TTF", "FandolHei-Regular.ttf", "heiti.ttf"},
	biaoSong: {"FZXBSJW.TTF", "FZXBSK.TTF", "方正小标宋简体.ttf", "方正小标宋_GBK.ttf",
		"FandolSong-Bold.ttf", "biaosong.ttf"},
	songTi: {"simsun.ttc", "simsun.ttf", "FZSSK.TTF", "FandolSong-Regular.ttf", "songti.ttf"},
	fallback: {"BabelStoneHan.ttf", "HanaMinA.ttf", "simsunb.ttf", "SimsunExtG.ttf",
		"fallback.ttf"},
}

// depth is how many folders deep Find looks.
const depth = 5

// Find looks for the faces in the folders given and the folders below them;
// the first folder that has a role's file gives it. A folder that is not there
// is passed over and a role that is not found stays "": LoadFonts says so.
func Find(dirs ...string) (Paths, error) {
	var p Paths
	for _, dir := range dirs {
		var found Paths
		if err := look(dir, &found); err != nil {
			return Paths{}, err
		}
		for r := range roles {
			if *p.of(r) == "" {
				*p.of(r) = *found.of(r)
			}
		}
	}
	return p, nil
}

func look(dir string, p *Paths) error {
	var rank [roles]int
	for r := range rank {
		rank[r] = len(fileNames[r])
	}
	info, err := os.Stat(dir)
	if err != nil || !info.IsDir() {
		return nil
	}
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // a folder below that we may not read
		}
		if d.IsDir() {
			below, _ := filepath.Rel(dir, path)
			if strings.Count(below, string(filepath.Separator)) >= depth {
				return filepath.SkipDir
			}
			return nil
		}
		for r := range roles {
			i := slices.IndexFunc(fileNames[r], func(name string) bool {
				return strings.EqualFold(name, d.Name())
			})
			if i >= 0 && i < rank[r] {
				rank[r] = i
				*p.of(r) = path
			}
		}
		return nil
	})
}
