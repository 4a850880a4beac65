package pipeline

import (
	"archive/zip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"duban/pipeline/durable"
)

func TestWhatTheSystemSaysIsToldInChinese(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "表.xlsx")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	_, gone := os.Open(filepath.Join(dir, "无"))
	_, below := os.Open(filepath.Join(file, "duban.yaml"))
	_, folder := os.ReadFile(dir)
	hidden := durable.Write(filepath.Join(file, "乙"), nil, 0o644)
	_, cut := zip.OpenReader(file)
	moved := os.Rename(filepath.Join(dir, "甲"), filepath.Join(dir, "乙"))
	const none = "：没有这个文件或文件夹"
	for want, err := range map[string]error{
		dir + "/无" + none: gone,
		file + "/duban.yaml：路径中间的一段是文件，不是文件夹": below,
		dir + "：是文件夹，不是文件":                    folder,
		dir + "/甲→" + dir + "/乙" + none:       moved,
		file + "：路径中间的一段是文件，不是文件夹":            hidden,
		"不是 zip 文件，或没有复制完整":                   cut,
		"读不出：" + dir + "/无" + none + "\n改好再试。": &UserError{
			What: "读不出", Err: gone, Fix: "改好再试。"},
		"二：" + dir + "/无" + none + "\n三：磁盘坏了": errors.Join(
			fmt.Errorf("二：%w", gone), errors.New("三：磁盘坏了")),
	} {
		if got := InWords(err); got != want {
			t.Errorf("%v: %s, want %s", err, got, want)
		}
	}
}
