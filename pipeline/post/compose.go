package post

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"html"
	"mime"
	"path"
	"regexp"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

// Mail is one message to one recipient.
type Mail struct {
	ID         string // Message-ID, without brackets
	To         string // one bare address
	Subject    string
	Text       string // plain; the HTML says the same
	Files      []File
	Date       time.Time
	Answers    string   // the Message-ID it answers, without brackets; "" for none
	References []string // the thread so far, oldest first, without brackets
}

// File is one attachment.
type File struct {
	Name  string
	Bytes []byte
}

// From is who sends.
type From struct{ Address, Name string }

// maxReferences is how much of a long thread is kept: its first and its last.
const maxReferences = 20

// Compose writes the message as it will be sent.
func Compose(from From, m Mail) ([]byte, error) {
	msg, err := compose(from, m)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if _, err := msg.WriteTo(&b); err != nil {
		return nil, err
	}
	return settle(b.Bytes(), m.ID), nil
}

// drawn is a boundary as the library draws it.
var drawn = regexp.MustCompile(`boundary=["]?([0-9a-f]{40,70})`)

// settle puts boundaries that are a function of the message in place of those
// that were drawn at random; the library knows only one for all levels.
func settle(b []byte, id string) []byte {
	for i, m := range drawn.FindAllSubmatch(b, -1) {
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", id, i))
		b = bytes.ReplaceAll(b, m[1], fmt.Appendf(nil, "%x", sum)[:len(m[1])])
	}
	return b
}

func compose(from From, m Mail) (*mail.Msg, error) {
	msg := mail.NewMsg(mail.WithEncoding(mail.EncodingB64), mail.WithNoDefaultUserAgent())
	if err := msg.FromFormat(from.Name, from.Address); err != nil {
		return nil, badAddress(from.Address, err)
	}
	if err := msg.EnvelopeFrom(from.Address); err != nil {
		return nil, badAddress(from.Address, err)
	}
	if err := msg.To(m.To); err != nil {
		return nil, badAddress(m.To, err)
	}
	msg.Subject(m.Subject)
	msg.SetDateWithValue(m.Date)
	msg.SetMessageIDWithValue(m.ID)
	marked := "auto-generated"
	if m.Answers != "" {
		marked = "auto-replied"
		msg.SetGenHeader(mail.HeaderInReplyTo, "<"+m.Answers+">")
		msg.SetGenHeader(mail.HeaderReferences, thread(m.References, m.Answers))
	}
	msg.SetGenHeader("Auto-Submitted", marked)
	msg.SetGenHeader("X-Auto-Response-Suppress", "OOF, AutoReply")
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(mail.TypeTextHTML, page(m.Text))
	for _, f := range m.Files {
		msg.AttachReadSeeker(f.Name, bytes.NewReader(f.Bytes))
	}
	for i, f := range msg.GetAttachments() {
		f.Header = named(m.Files[i].Name)
	}
	return msg, nil
}

func badAddress(address string, err error) error {
	return &Failure{Said: "邮箱地址“" + address + "”写法不对", Permanent: true, Err: err}
}

// thread is a References field: what was answered comes last.
func thread(before []string, answers string) string {
	all := make([]string, 0, len(before)+1)
	for _, id := range before {
		if id != answers {
			all = append(all, id)
		}
	}
	all = append(all, answers)
	if len(all) > maxReferences {
		all = append(all[:1:1], all[len(all)-maxReferences+1:]...)
	}
	return "<" + strings.Join(all, "> <") + ">"
}

// named are the fields of an attachment. Outlook and web mail read the words
// in quotes, which RFC 2047 does not provide for; the rest read RFC 2231.
func named(name string) map[string][]string {
	kind := kinds[strings.ToLower(path.Ext(name))]
	if kind == "" {
		kind = "application/octet-stream"
	}
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`"\/:*?<>|`, r) {
			return '_'
		}
		return r
	}, name)
	words := strings.ReplaceAll(mime.BEncoding.Encode("utf-8", name), " =?", "\r\n =?")
	return map[string][]string{
		"Content-Type": {fmt.Sprintf("%s;\r\n name=\"%s\"", kind, words)},
		"Content-Disposition": {fmt.Sprintf("attachment;\r\n filename=\"%s\";\r\n filename*=UTF-8''%s",
			words, percent(name))},
	}
}

var kinds = map[string]string{
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pdf":  "application/pdf",
	".zip":  "application/zip",
}

// percent writes a name as RFC 2231 wants it.
func percent(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c == '.' || c == '-' || c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// page is the text as a page: a line a line, its blanks kept.
func page(text string) string {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\r\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"></head>\r\n" +
		"<body style=\"font-family:'Microsoft YaHei',SimSun,sans-serif;font-size:14px;" +
		"line-height:1.7\">\r\n")
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		if strings.TrimSpace(line) == "" {
			b.WriteString("<br>\r\n")
			continue
		}
		fmt.Fprintf(&b, "<div style=\"white-space:pre-wrap\">%s</div>\r\n", html.EscapeString(line))
	}
	b.WriteString("</body></html>\r\n")
	return b.String()
}
