package post

import (
	"context"
	"errors"
	"net"
	"net/textproto"
	"os"
	"regexp"
	"strings"
)

// enhanced is a status code of RFC 3463 at the beginning of an answer.
var enhanced = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}`)

// sendFailure words why a message was not taken.
func sendFailure(err error) error {
	f := &Failure{Err: err}
	var said *textproto.Error
	switch {
	case !errors.As(err, &said): // not the server's word: the connection broke
		f.Said, f.Server = "与发信服务器的连接中断", true
	case said.Code == 421:
		f.Said, f.Server = "发信服务器暂停服务", true
	case isFull(said.Code, enhanced.FindString(said.Msg)):
		f.Said = "收件人邮箱已满"
	case said.Code == 530 || said.Code == 535:
		f.Said, f.Server = "发信服务器要求先登录，请核对 mail.smtp 的用户名和密码", true
	case said.Code >= 500:
		f.Said, f.Permanent = permanent(said.Code), true
	default:
		f.Said = "发信服务器要求稍后再发"
	}
	return f
}

// permanent words a final refusal.
func permanent(code int) string {
	switch code {
	case 550, 551, 553:
		return "收件人邮箱不存在或拒收"
	case 552, 523:
		return "邮件太大，对方不收"
	}
	return "发信服务器拒收这封邮件"
}

// isFull reports whether a mailbox is full: that passes, whatever the code says.
func isFull(code int, enhanced string) bool {
	return enhanced == "5.2.2" || enhanced == "4.2.2" || code == 452 && enhanced == ""
}

// isAuth reports whether a login was refused.
func isAuth(err error) bool {
	var said *textproto.Error
	if errors.As(err, &said) && (said.Code == 535 || said.Code == 534 || said.Code == 454) {
		return true
	}
	return strings.Contains(err.Error(), "SMTP AUTH failed")
}

func isTimeout(err error) bool {
	var e net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) ||
		errors.As(err, &e) && e.Timeout()
}
