package pdf

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duban/pipeline/digest"
)

// pathsOf finds the made faces or skips.
func pathsOf(t *testing.T) Paths {
	t.Helper()
	fontsFor(t)
	p, err := Find(fontDir())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func put(t *testing.T, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoadFontsNamesWhatIsWrong(t *testing.T) {
	good := pathsOf(t)
	whole, err := os.ReadFile(good.KaiTi)
	if err != nil {
		t.Fatal(err)
	}
	few, _ := fontsFor(t).faces[kaiTi].subset(map[code]rune{'民': '民', '生': '生'})
	for name, c := range map[string]struct {
		file []byte
		says string
	}{
		"cff.ttf":      {[]byte("OTTO" + strings.Repeat("\x00", 60)), "CFF"},
		"text.ttf":     {[]byte("这不是字体，只是一段文字。"), "不是字体文件"},
		"empty.ttf":    {nil, "不是字体文件"},
		"half.ttf":     {whole[:len(whole)/2], "不完整"},
		"fragment.ttf": {whole[:300], "不完整"},
		"few.ttf":      {few, "个常用字"},
	} {
		p := good
		p.KaiTi = put(t, name, c.file)
		_, err := LoadFonts(p)
		if err == nil {
			t.Errorf("%s was taken", name)
			continue
		}
		for _, want := range []string{"楷体", p.KaiTi, c.says, "fonts.kaiti"} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: the error does not say %s: %v", name, want, err)
			}
		}
	}
}

func TestLoadFontsNamesEveryMissingRole(t *testing.T) {
	_, err := LoadFonts(Paths{Fallback: "/没有/这个文件.ttf"})
	if err == nil {
		t.Fatal("no fonts were taken")
	}
	for _, want := range []string{"仿宋", "simfang.ttf", "楷体", "黑体", "小标宋", "宋体", "后备"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not name %s: %v", want, err)
		}
	}
}

func TestFirstFaceOfACollectionIsTaken(t *testing.T) {
	p := pathsOf(t)
	ttf, err := os.ReadFile(p.SongTi)
	if err != nil {
		t.Fatal(err)
	}
	const front = 16
	ttc := append([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10"), ttf...)
	for i := range u16(ttf, 4) {
		at := front + 12 + 16*i + 8
		binary.BigEndian.PutUint32(ttc[at:], uint32(u32(ttc, at)+front))
	}
	p.SongTi = put(t, "simsun.ttc", ttc)
	f, err := LoadFonts(p)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := Write(sample(), f); err != nil || len(r.Bytes) == 0 {
		t.Errorf("a paper in it: %v", err)
	}
}

func TestFindKnowsTheNamesOfOfficeMachines(t *testing.T) {
	win, kylin, none := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "none")
	for _, path := range []string{
		filepath.Join(win, "SimFang.TTF"), filepath.Join(win, "simsun.ttc"),
		filepath.Join(kylin, "truetype", "win", "simkai.ttf"),
		filepath.Join(kylin, "truetype", "simfang.ttf"),
		filepath.Join(kylin, "fzxbsjw.ttf"), filepath.Join(kylin, "fangsong.ttf"),
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	p, err := Find(none, win, kylin)
	if err != nil {
		t.Fatal(err)
	}
	want := Paths{
		FangSong: filepath.Join(win, "SimFang.TTF"),
		KaiTi:    filepath.Join(kylin, "truetype", "win", "simkai.ttf"),
		BiaoSong: filepath.Join(kylin, "fzxbsjw.ttf"),
		SongTi:   filepath.Join(win, "simsun.ttc"),
	}
	if p != want {
		t.Errorf("found %+v, should be %+v", p, want)
	}
}

// TestAFontChangedUnderTheProgramIsAnError writes another font over one that is
// open. What was drawn of it before is still drawn.
func TestAFontChangedUnderTheProgramIsAnError(t *testing.T) {
	p := pathsOf(t)
	other, err := os.ReadFile(p.HeiTi)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		path *string
		more string // which the sample does not have of it
	}{{&p.FangSong, "鸥"}, {&p.Fallback, "𫚭"}} {
		whole, err := os.ReadFile(*x.path)
		if err != nil {
			t.Fatal(err)
		}
		*x.path = put(t, "font.ttf", whole)
		f, err := LoadFonts(p)
		if err != nil {
			t.Fatal(err)
		}
		want, err := Write(sample(), f)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Write(sample(), fontsFor(t)); err != nil || !bytes.Equal(got.Bytes, want.Bytes) {
			t.Errorf("a copy of the font gives other bytes: %v", err)
		}
		if err := os.WriteFile(*x.path, other, 0o644); err != nil {
			t.Fatal(err)
		}
		if got, err := Write(sample(), f); err != nil || !bytes.Equal(got.Bytes, want.Bytes) {
			t.Errorf("what was drawn before is other bytes: %v", err)
		}
		more := sample()
		more.Body = append(more.Body, digest.Paragraph{Text: x.more})
		if _, err := Write(more, f); err == nil || !strings.Contains(err.Error(), "请重新启动程序") {
			t.Errorf("%s written over gives %v", x.more, err)
		}
		*x.path = put(t, "font.ttf", whole)
	}
}

func TestFallbackIsReadOnlyWhenNeeded(t *testing.T) {
	p := pathsOf(t)
	p.Fallback = put(t, "broken.ttf", []byte("OTTO"))
	f, err := LoadFonts(p)
	if err != nil {
		t.Fatal(err)
	}
	common := sample()
	common.Body = common.Body[:3]
	if _, err := Write(common, f); err != nil {
		t.Errorf("a paper of common characters asked for the fallback: %v", err)
	}
	if _, err := Write(sample(), f); err == nil || !strings.Contains(err.Error(), "后备字体") {
		t.Errorf("a broken fallback gives %v", err)
	}
}
