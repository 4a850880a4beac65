package mail

import (
	"io"
	"mime"
	"net/mail"
	"regexp"
	"strings"
)

// Address is one mail address, in lower case.
type Address struct{ Text, Domain string }

// simple is what an address of ours may look like: no quotes, no comments, no
// routes, so that it means the same to every program it is handed to.
var simple = regexp.MustCompile(`^[a-z0-9.!#$%&'*+/=?^_{|}~-]+@([a-z0-9]([a-z0-9-]*[a-z0-9])?` +
	`(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)$`)

// ParseAddress reads one bare address; ok says that it is one.
func ParseAddress(s string) (a Address, ok bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	m := simple.FindStringSubmatch(s)
	if m == nil || len(s) > 254 {
		return Address{}, false
	}
	return Address{Text: s, Domain: m[1]}, true
}

// readSender finds who wrote the message, and where he wants answers.
func (m *Message) readSender() {
	from := m.all("from")
	switch {
	case len(from) == 0:
		m.FromFault = "邮件没有写明发件人"
		return
	case len(from) > 1:
		m.FromFault = "邮件写了不止一处发件人"
		return
	}
	all, ok := addresses(from[0])
	switch {
	case !ok:
		m.FromFault = "邮件的发件人地址写法不规范"
	case len(all) != 1:
		m.FromFault = "邮件写了不止一个发件人"
	default:
		m.From = all[0]
	}
	for _, field := range m.all("reply-to") {
		if all, ok := addresses(field); ok {
			m.ReplyTo = append(m.ReplyTo, all...)
		} else {
			m.ReplyTo = append(m.ReplyTo, Address{Text: "?"})
		}
	}
}

// addresses reads a list of addresses. Names beside them may be in any bytes
// and are not looked at; an address that is not plain spoils the list.
func addresses(field string) ([]Address, bool) {
	plain := strings.Map(func(r rune) rune {
		if r >= 0x80 || r < ' ' && r != '\t' {
			return 'x'
		}
		return r
	}, asBytes(field))
	p := mail.AddressParser{WordDecoder: &mime.WordDecoder{
		CharsetReader: func(_ string, r io.Reader) (io.Reader, error) { return r, nil }}}
	list, err := p.ParseList(plain)
	if err != nil {
		return nil, false
	}
	var out []Address
	for _, l := range list {
		a, ok := ParseAddress(l.Address)
		if !ok || !strings.Contains(strings.ToLower(field), a.Text) {
			return nil, false
		}
		out = append(out, a)
	}
	return out, true
}

// asBytes turns every byte into a rune, so that none is lost in a bad one.
func asBytes(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}
