package pipeline

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
)

// settingsEnd is the last line of the settings that duban init writes. A file cut
// anywhere is mostly valid YAML, and the defaults would take the place of what is
// lost; therefore its head names this line.
const settingsEnd = "# 设置到此为止"

// wholeSettings refuses settings that break off: nothing is set in them, or they
// name their last line and do not have it. Written by hand, they need not name it.
func wholeSettings(path, text string) error {
	empty, ended := true, false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		empty = empty && (line == "" || line[0] == '#')
		ended = ended || line == settingsEnd
	}
	switch {
	case empty:
		return &UserError{What: "设置文件 " + path + " 是空的，一项设置也没有",
			Fix: "从备份里取回原来的文件；或用 duban init 另建一个目录，把其中的 duban.yaml 拷来改好。"}
	case !ended && strings.Contains(text, settingsEnd):
		return &UserError{What: "设置文件 " + path + " 没有存全：末尾没有“" + settingsEnd + "”一行",
			Fix: "请重新存盘，或从备份里取回；内容齐全、只是误删了这一行的，在末尾补上这一行。"}
	}
	return nil
}

// settingsFault says where settings cannot be read and why, in the office's
// words: those of the library are English, name types of this program, and show
// the lines around it.
func settingsFault(path, text string, err error) error {
	line, said := 0, "此处格式有误：请检查这一行附近的缩进（用空格，不用制表符）、冒号后的空格和成对的引号"
	word := ""
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		line, word = at.GetToken().Position.Line, strings.TrimSpace(at.GetToken().Value)
	}
	switch {
	case errors.As(err, new(*yaml.UnknownFieldError)):
		said = "没有“" + word + "”这项设置：请看有没有写错字、缩进对不对"
	case strings.Contains(err.Error(), "already defined"):
		said = "“" + word + "”写了两次：请删去一处"
	case errors.As(err, new(*yaml.TypeError)), errors.As(err, new(*yaml.OverflowError)),
		errors.As(err, new(*yaml.UnexpectedNodeTypeError)):
		said = "“" + word + "”不是这一项的写法"
	default:
		if value, ok := wrongDuration(err); ok {
			line, said = lineSetting(text, value), "“"+value+"”不是时长：应写成 2s、1m 的样子"
		}
	}
	if line > 0 {
		path = fmt.Sprintf("%s:%d", path, line)
	}
	return &UserError{What: "设置文件有误，" + path + ": " + said,
		Fix: "改正后再试；各项写法见 duban init 生成的 duban.yaml。"}
}

// wrongDuration is the value that is no duration: of that fault the library tells
// no more than the standard library's words.
func wrongDuration(err error) (value string, ok bool) {
	_, quoted, found := strings.Cut(err.Error(), "duration ")
	value, fault := strconv.Unquote(quoted)
	return value, found && fault == nil
}

// lineSetting is the first line that sets something to a value; zero for none.
func lineSetting(text, value string) int {
	n := 0
	for line := range strings.Lines(text) {
		n++
		if _, set, ok := strings.Cut(line, ":"); ok &&
			strings.HasPrefix(strings.TrimLeft(set, ` "'`), value) {
			return n
		}
	}
	return 0
}
