package mail

import (
	"regexp"
	"strings"
)

// Auto is what sent a message when it was not a person. Such a message is
// never answered (RFC 3834).
type Auto string

// The senders that are no persons.
const (
	Person Auto = ""
	Bounce Auto = "退信" // or another report on a message of ours
	Reply  Auto = "自动回复"
	List   Auto = "群发"
	Robot  Auto = "系统发信"
)

var (
	robots = regexp.MustCompile(`^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|` +
		`bounces?|listserv|majordomo|.*-request|owner-.*)@`)
	replies = regexp.MustCompile(`(?i)^\s*(自动回复|自动答复|外出自动|假期自动|automatic reply|` +
		`auto[- ]?reply|auto[- ]?response|out of (the )?office|vacation reply|已读[:：]|未读[:：]|` +
		`read[:：]|not read[:：])`)
	bounces = regexp.MustCompile(`(?i)^\s*(系统退信|退信|undeliver|returned mail|mail delivery|` +
		`delivery (status|failure)|failure notice|邮件退回|无法投递|未送达)`)
)

// auto tells what sent a message. A field that cannot be understood counts as
// automatic: a person who gets no answer asks, two programs never stop.
func (m *Message) auto(report bool) Auto {
	for _, p := range m.all("return-path") {
		if strings.ReplaceAll(p, " ", "") == "<>" {
			return Bounce
		}
	}
	if report || bounces.MatchString(m.Subject) || strings.HasPrefix(m.From.Text, "mailer-daemon@") ||
		len(m.all("x-failed-recipients")) > 0 {
		return Bounce
	}
	for _, s := range m.all("auto-submitted") {
		word, _, _ := strings.Cut(strings.ToLower(s), ";")
		switch word = strings.TrimSpace(word); {
		case strings.HasPrefix(word, "auto-replied"):
			return Reply
		case word != "no":
			return Robot
		}
	}
	for _, name := range []string{"x-autoreply", "x-autorespond", "x-autoresponse",
		"x-auto-reply", "x-mail-autoreply"} {
		if len(m.all(name)) > 0 {
			return Reply
		}
	}
	if replies.MatchString(m.Subject) {
		return Reply
	}
	return m.listed()
}

// listed tells lists and robots.
func (m *Message) listed() Auto {
	for _, f := range m.fields {
		if strings.HasPrefix(f.name, "list-") || f.name == "mailing-list" {
			return List
		}
	}
	for _, s := range m.all("precedence") {
		switch strings.ToLower(strings.TrimSpace(s)) {
		case "bulk", "list", "junk":
			return List
		case "auto_reply":
			return Reply
		}
	}
	for _, s := range m.all("x-auto-response-suppress") {
		s = strings.ToLower(s)
		if strings.Contains(s, "all") || strings.Contains(s, "autoreply") {
			return Robot
		}
	}
	if robots.MatchString(m.From.Text) {
		return Robot
	}
	return Person
}
