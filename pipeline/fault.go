package pipeline

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"duban/pipeline/durable"
)

// UserError is an error that the person at the keyboard can mend: what is
// wrong and what to do next, both in Chinese.
type UserError struct {
	What, Fix string
	Err       error // the cause, when there is one
}

func (e *UserError) Error() string {
	s := e.What
	if e.Err != nil {
		s += "：" + e.Err.Error()
	}
	if e.Fix != "" {
		s += "\n" + e.Fix
	}
	return s
}

func (e *UserError) Unwrap() error { return e.Err }

// InWords is an error as the office reads it. What the system says of a file is
// English and begins with the name of a call; it becomes Chinese wherever it stands
// in the text. Of a temporary file the office knows the folder.
func InWords(err error) string {
	text := err.Error()
	inside(err, func(e error) {
		said := ""
		switch e := e.(type) {
		case *fs.PathError:
			if said = e.Path; strings.HasPrefix(filepath.Base(said), durable.TempPrefix) {
				said = filepath.Dir(said)
			}
			said += "：" + systemWords(e.Err)
		case *os.LinkError:
			if said = e.New; !strings.HasPrefix(filepath.Base(e.Old), durable.TempPrefix) {
				said = e.Old + "→" + e.New
			}
			said += "：" + systemWords(e.Err)
		default:
			if said = libraryWords[e.Error()]; said == "" {
				return
			}
		}
		text = strings.ReplaceAll(text, e.Error(), said)
	})
	return text
}

// libraryWords are errors of the standard library that name no file.
var libraryWords = map[string]string{
	zip.ErrFormat.Error(): "不是 zip 文件，或没有复制完整", zip.ErrChecksum.Error(): "内容损坏",
	zip.ErrAlgorithm.Error(): "压缩方式不认识", io.ErrUnexpectedEOF.Error(): "文件不完整",
	context.Canceled.Error(): "已中断",
}

// inside calls do with an error and all that it wraps.
func inside(err error, do func(error)) {
	do(err)
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		if inner := e.Unwrap(); inner != nil {
			inside(inner, do)
		}
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			inside(inner, do)
		}
	}
}

// systemWords is what the system says, in Chinese where it is known.
func systemWords(err error) string {
	for _, known := range []struct {
		err   error
		words string
	}{
		{fs.ErrNotExist, "没有这个文件或文件夹"}, {fs.ErrPermission, "没有权限"},
		{fs.ErrExist, "已经有了"}, {syscall.ENOTDIR, "路径中间的一段是文件，不是文件夹"},
		{syscall.EISDIR, "是文件夹，不是文件"}, {syscall.ENOSPC, "磁盘已满"},
		{syscall.EROFS, "磁盘是只读的"}, {syscall.EIO, "磁盘读写出错"},
		{syscall.EMFILE, "打开的文件太多"}, {syscall.ENAMETOOLONG, "名称太长"},
		{syscall.EINVAL, "名称或操作不被允许"}, {syscall.ELOOP, "链接绕成了圈"},
		{syscall.EBUSY, "正被别的程序占用"}, {syscall.EXDEV, "不在同一块磁盘上"},
	} {
		if errors.Is(err, known.err) {
			return known.words
		}
	}
	return err.Error()
}
