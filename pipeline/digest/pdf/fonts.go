package pdf

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Paths names the font file of each role, TrueType in a .ttf or a .ttc.
// Fallback may be "": then a character the others lack is printed as 〓.
type Paths struct {
	FangSong string // 仿宋: body
	KaiTi    string // 楷体: headings of level 2
	HeiTi    string // 黑体: headings of level 1, heads of tables
	BiaoSong string // 小标宋: red mark, titles
	SongTi   string // 宋体: page numbers, tables
	Fallback string // rare characters
}

// Fonts is the faces of an office, parsed once; documents may share it. Their
// files stay open until Close.
type Fonts struct {
	faces [roles]*face // the fallback is nil until it is needed
	read  sync.Once
	rare  string // path of the fallback
	err   error
}

// role is what a face is used for.
type role int

const (
	fangSong role = iota
	kaiTi
	heiTi
	biaoSong
	songTi
	fallback
	roles
)

// family is what the face of a role is called inside the file.
func (r role) family() string {
	return [...]string{"fangsong", "kaiti", "heiti", "biaosong", "songti", "fallback"}[r]
}

// chinese is what an administrator calls the role.
func (r role) chinese() string {
	return [...]string{"仿宋", "楷体", "黑体", "小标宋", "宋体", "后备"}[r]
}

func (p *Paths) of(r role) *string {
	return [...]*string{&p.FangSong, &p.KaiTi, &p.HeiTi, &p.BiaoSong, &p.SongTi, &p.Fallback}[r]
}

// signs must be in every face, beside GB2312 level 1.
const signs = "“”—·〔〕①Ⅲ％0123456789，。、；：？！（）《》〓"

// LoadFonts reads and proves the faces: readable, TrueType, and covering what
// an official paper always needs. The error lists all that is wrong, in Chinese,
// one line a role; what to do about one that is lacking says who asked for it.
func LoadFonts(p Paths) (*Fonts, error) {
	f := &Fonts{rare: p.Fallback}
	var wrong []string
	for r := range fallback {
		path := *p.of(r)
		if path == "" {
			wrong = append(wrong, fmt.Sprintf("没有找到%s字体（%s）", r.chinese(),
				strings.Join(fileNames[r], "、")))
			continue
		}
		var err error
		if f.faces[r], err = loadFace(path); err != nil {
			wrong = append(wrong, fmt.Sprintf("%s字体 %s 不能用：%v；请换一个文件，在 duban.yaml 里写明 fonts.%s",
				r.chinese(), path, err, r.family()))
		}
	}
	if p.Fallback != "" {
		if _, err := os.Stat(p.Fallback); err != nil {
			wrong = append(wrong, fmt.Sprintf("后备字体 %s 打不开；请改正 duban.yaml 里的 fonts.fallback，"+
				"或者留空", p.Fallback))
		}
	}
	if len(wrong) > 0 {
		f.Close()
		return nil, errors.New(strings.Join(wrong, "\n"))
	}
	return f, nil
}

// Close closes the files: nothing can be drawn afterwards.
func (f *Fonts) Close() error {
	var faults error
	for _, face := range f.faces {
		if face != nil {
			faults = errors.Join(faults, face.file.Close())
		}
	}
	return faults
}

func loadFace(path string) (*face, error) {
	f, err := openFace(path)
	if err != nil {
		return nil, err
	}
	var lacks []rune
	for _, r := range commonHan() + signs {
		if f.gid(r) == 0 {
			lacks = append(lacks, r)
		}
	}
	if n := len(lacks); n > 0 {
		f.file.Close()
		return nil, fmt.Errorf("缺少%d个常用字，如“%s”", n, string(lacks[:min(n, 8)]))
	}
	return f, nil
}

// commonHan is the 3755 characters of GB2312 level 1.
var commonHan = sync.OnceValue(func() string {
	var gb []byte
	for row := byte(0xb0); row <= 0xd7; row++ {
		for cell := byte(0xa1); cell <= 0xfe && !(row == 0xd7 && cell > 0xf9); cell++ {
			gb = append(gb, row, cell)
		}
	}
	utf8, err := simplifiedchinese.GBK.NewDecoder().Bytes(gb)
	if err != nil {
		panic("pdf: GB2312 does not decode: " + err.Error())
	}
	return string(utf8)
})

// choose is the role whose face draws r where want is asked for: its own, else
// 宋体, else the fallback; ok is false when none has it.
func (f *Fonts) choose(want role, r rune) (got role, ok bool) {
	if f.faces[want].gid(r) != 0 {
		return want, true
	}
	if f.faces[songTi].gid(r) != 0 {
		return songTi, true
	}
	if rare := f.fallback(); rare != nil && rare.gid(r) != 0 {
		return fallback, true
	}
	return want, false
}

// openFace reads a face; its file stays open.
func openFace(path string) (f *face, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, errors.New("文件打不开")
	}
	defer func() {
		if err != nil {
			file.Close()
		}
	}()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if f, err = parseFace(steady{file, info}, info.Size()); err == nil {
		f.file = file
	}
	return f, err
}

// steady is a file that must stay what it was when it was opened: outlines of
// one font under the numbers of another would be other characters.
type steady struct {
	*os.File
	was os.FileInfo
}

func (s steady) ReadAt(b []byte, at int64) (int, error) {
	is, err := s.Stat()
	if err == nil && (is.Size() != s.was.Size() || !is.ModTime().Equal(s.was.ModTime())) {
		err = fmt.Errorf("%s 在程序运行时被改动，请重新启动程序", s.Name())
	}
	if err != nil {
		return 0, err
	}
	return s.File.ReadAt(b, at)
}

// fallback reads the fallback when it is first asked for; nil without one.
func (f *Fonts) fallback() *face {
	f.read.Do(func() {
		if f.rare == "" {
			return
		}
		var err error
		if f.faces[fallback], err = openFace(f.rare); err != nil {
			f.err = fmt.Errorf("后备字体 %s 不能用：%w；请改正 duban.yaml 里的 fonts.fallback，或者留空",
				f.rare, err)
		}
	})
	return f.faces[fallback]
}
