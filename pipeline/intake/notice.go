package intake

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
)

// Notice is something in the inbox that was left where it is, or a reason why
// nothing is taken. Each is given once, and again after it had gone away.
type Notice struct {
	Code string // stable, kebab-case
	Path string // where, cleaned for showing
	Text string // a Chinese sentence with what to do
}

// String is the sentence.
func (n Notice) String() string { return n.Text }

// The sorts of notice: a code and the sentence about a path.
type sentence struct{ code, text string }

var (
	noInbox = sentence{"inbox-missing",
		"收件文件夹“%s”不存在，暂停收件；请恢复该文件夹或网络共享，恢复后自动继续。"}
	unreadable = sentence{"not-readable",
		"“%s”无法读取，留在原处；请检查本程序对它有没有读取权限，或是否正被别的程序独占。"}
	notTaken = sentence{"not-taken",
		"“%s”无法取走，留在原处（%s）；请检查文件夹权限、磁盘状况，或关闭正打开它的程序。"}
	strangeFolder = sentence{"strange-folder",
		"文件夹“%s”不是任何单位的名称、简称或代码，其中的文件照收，但不能凭文件夹认定报送单位。"}
	tooDeep = sentence{"too-deep",
		"“%s”是单位文件夹里的下级文件夹，里面的文件不会被收取；请把填报表直接放在单位文件夹里。"}
	leftover = sentence{"leftover",
		"“%s”是临时文件或锁文件，已放置一天以上，没有收取；确认无用后请删除，若是填报表请重新复制一份。"}
	notRegular = sentence{"not-regular",
		"“%s”是%s，不是普通文件，没有收取；请放入文件本身。"}
	noRoom = sentence{"no-room",
		"“%s”所在磁盘只剩%s，暂停收件，收件文件夹里的文件原样保留；请清理磁盘，清理后自动继续。"}
	noWork = sentence{"work-unwritable",
		"工作文件夹“%s”无法写入（%s），暂停收件，收件文件夹里的文件原样保留；请检查磁盘和权限。"}
	writing = sentence{"being-written",
		"“%s”正被别的程序打开着写，留在原处；写完关闭后自动收取，一直不收的，请关闭打开它的程序。"}
	changing = sentence{"changing",
		"“%s”在收取时还在改动，等它放稳后再收。"}
)

// say gives a notice unless it was given before. more fills the sentence's
// second place.
func (l *look) say(s sentence, path, more string) {
	key := s.code + "\x00" + path
	l.present[key] = true
	if l.f.said[key] {
		return
	}
	l.f.said[key] = true
	shown := CleanName(filepath.Base(path))
	if rel, err := filepath.Rel(l.f.Inbox, path); err == nil && filepath.Dir(rel) != "." &&
		!strings.HasPrefix(rel, "..") {
		shown = CleanName(filepath.Base(filepath.Dir(path))) + "/" + shown
	}
	text := fmt.Sprintf(s.text, shown)
	if strings.Count(s.text, "%s") == 2 {
		text = fmt.Sprintf(s.text, shown, more)
	}
	l.notices = append(l.notices, Notice{s.code, shown, text})
}

// forgetNotices forgets what is not so any more.
func (l *look) forgetNotices() {
	for key := range l.f.said {
		if !l.present[key] {
			delete(l.f.said, key)
		}
	}
}

// sort names what is not a regular file.
func sort(m fs.FileMode) string {
	switch {
	case m&fs.ModeSymlink != 0:
		return "符号链接（快捷方式）"
	case m&fs.ModeNamedPipe != 0:
		return "管道"
	case m&fs.ModeSocket != 0:
		return "套接字"
	case m&fs.ModeDevice != 0:
		return "设备"
	case m.IsDir():
		return "文件夹"
	}
	return "特殊文件"
}

func megabytes(n int64) string { return fmt.Sprintf("%d兆字节", n>>20) }

// reason words a fault of the disk for a person; the log has the error itself.
func reason(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "没有权限"
	case errors.Is(err, fs.ErrExist):
		return "目标已存在"
	case noSpace(err):
		return "磁盘已满"
	case readOnly(err):
		return "磁盘只读"
	}
	return "系统报告：" + systemWords(err)
}

// systemWords is the innermost cause, without paths.
func systemWords(err error) string {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error()
		}
		err = next
	}
}
