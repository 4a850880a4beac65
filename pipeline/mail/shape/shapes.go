package shape

import (
	"bytes"
	"fmt"
	"strings"
)

// Shapes are all of them.
var Shapes = []Shape{
	// How the name of a file is written.
	{Name: "words in quotes", Forms: true, Write: attach(usual)},
	{Name: "words without quotes", Forms: true, Write: attach(named("filename=%s",
		func(n string) any { return Word(n) }))},
	{Name: "words in gb18030", Forms: true, Write: attach(named("filename=\"%s\"",
		func(n string) any { return wordIn("gb18030", n) }))},
	{Name: "words in gb2312", Forms: true, Write: attach(named("filename=\"%s\"",
		func(n string) any { return wordIn("gb2312", n) }))},
	{Name: "words that cut a character", Forms: true, Write: attach(named("filename=\"%s\"",
		func(n string) any { return cutWords(n) }))},
	{Name: "RFC 2231 in UTF-8", Forms: true, Write: attach(named("filename*=UTF-8''%s",
		func(n string) any { return percent([]byte(n)) }))},
	{Name: "RFC 2231 in GBK", Forms: true, Write: attach(named("filename*=GBK''%s",
		func(n string) any { return percent(gb(n)) }))},
	{Name: "RFC 2231 in pieces", Forms: true, Write: attach(pieces)},
	{Name: "raw UTF-8", Forms: true, Write: attach(named("filename=\"%s\"",
		func(n string) any { return n }))},
	{Name: "raw GBK", Forms: true, Write: attach(named("filename=\"%s\"",
		func(n string) any { return gb(n) }))},
	{Name: "percent signs of a web page", Forms: true, Write: attach(named("filename=\"%s\"",
		func(n string) any { return percent([]byte(n)) }))},
	{Name: "spaces without quotes", Forms: true, Write: attach(named("filename=%s",
		func(n string) any { return n }))},
	{Name: "a name in Content-Type only", Forms: true, Write: attach(func(f File) []string {
		return []string{fmt.Sprintf("Content-Type: %s;\r\n name=\"%s\"", octets, Word(f.Name))}
	})},
	{Name: "inline with a name", Forms: true, Write: attach(func(f File) []string {
		return []string{"Content-Type: " + xlsx,
			fmt.Sprintf("Content-Disposition: inline; filename=\"%s\"", Word(f.Name))}
	})},

	// How subject and sender are written.
	{Name: "subject in GB2312", Forms: true, Write: headed(func(l Letter) string {
		return "Subject: " + wordIn("gb2312", l.Subject)
	})},
	{Name: "subject in GBK", Forms: true, Write: headed(func(l Letter) string {
		return "Subject: " + wordIn("GBK", l.Subject)
	})},
	{Name: "subject in raw GBK", Forms: true, Write: headed(func(l Letter) string {
		return "Subject: " + string(gb(l.Subject))
	})},
	{Name: "folded subject", Forms: true, Write: headed(func(l Letter) string {
		return "Subject: " + strings.ReplaceAll(cutWords(l.Subject), " ", "\r\n ")
	})},
	{Name: "sender with a name in raw GBK", Forms: true, Write: senderAs(func(l Letter) string {
		return "From: " + string(gb(l.Name)) + " <" + l.From + ">"
	})},
	{Name: "bare sender", Forms: true, Write: senderAs(func(l Letter) string {
		return "From: " + strings.ToUpper(l.From[:1]) + l.From[1:]
	})},
	{Name: "a stray line in the header", Forms: true, Local: true, Write: func(l Letter) []byte {
		return append([]byte("From someone Mon Mar  3 10:00:00 2025\r\n"), attach(usual,
			"no field at all", "X-Odd: 1")(l)...)
	}},

	// What is around the file.
	{Name: "alternative text and pictures", Forms: true, Write: withPictures},
	{Name: "signature picture attached", Forms: true, Write: signatureImage},
	{Name: "zip in UTF-8", Forms: true, Write: zipped(zipUTF8)},
	{Name: "zip in GBK", Forms: true, Write: zipped(zipGBK)},
	{Name: "forwarded as a message", Forms: true, Write: forwarded},
	{Name: "forwarded as an eml file", Forms: true, Write: forwardedFile},
	{Name: "winmail.dat", Forms: true, Write: winmail},
	{Name: "the workbook is the whole body", Forms: true, Write: bareBody},
	{Name: "unknown charset of the text", Forms: true, Write: oddCharset},

	// What cannot be taken, and must be answered.
	{Name: "no attachment", Write: noAttachment},
	{Name: "cut off in the file", Write: cutOff},
	{Name: "bad base64", Write: badBase64},
	{Name: "zip with a password", Write: zipped(zipLocked)},
	{Name: "rar", Write: attachedBytes("报表.rar", []byte("Rar!\x1a\x07\x01\x00rest"))},

	// What must never be answered.
	{Name: "automatic reply", Silent: true, Write: plain("Auto-Submitted: auto-replied")},
	{Name: "out of office without a mark", Silent: true, Write: func(l Letter) []byte {
		l.Subject = "自动回复: " + l.Subject
		return noAttachment(l)
	}},
	{Name: "bounce", Silent: true, Write: bounce},
	{Name: "mailing list", Silent: true, Write: plain("List-Id: <all.example>", "Precedence: list")},
	{Name: "null return path", Silent: true, Write: plain("Return-Path: <>")},
	{Name: "robot", Silent: true, Write: plain("Auto-Submitted: auto-generated")},

	// Whose sender is in doubt.
	{Name: "reply-to somewhere else", Forms: true, Doubt: true,
		Write: attach(usual, "Reply-To: <answers@elsewhere.example>")},
	{Name: "two From fields", Forms: true, Doubt: true,
		Write: attach(usual, "From: <boss@elsewhere.example>")},
	{Name: "two senders in From", Forms: true, Doubt: true, Write: senderAs(func(l Letter) string {
		return "From: <" + l.From + ">, <boss@elsewhere.example>"
	})},
	{Name: "an address as a name", Forms: true, Doubt: true, Write: senderAs(func(l Letter) string {
		return "From: \"" + l.From + "\" <thief@elsewhere.example>"
	})},
}

// headed is a usual message with another subject line.
func headed(subject func(Letter) string) func(Letter) []byte {
	return func(l Letter) []byte {
		b := &builder{}
		b.line("From: %s <%s>", Word(l.Name), l.From)
		b.line("To: <%s>", l.To)
		b.line("%s", subject(l))
		b.rest(l)
		b.mixed(l.Files, usual)
		return b.Bytes()
	}
}

// senderAs is a usual message with another From field.
func senderAs(from func(Letter) string) func(Letter) []byte {
	return func(l Letter) []byte {
		b := &builder{}
		b.line("%s", from(l))
		b.line("To: <%s>", l.To)
		b.line("Subject: %s", Word(l.Subject))
		b.rest(l)
		b.mixed(l.Files, usual)
		return b.Bytes()
	}
}

// cutWords writes words that end in the middle of a character.
func cutWords(s string) string {
	raw := gb(s)
	var out []string
	for len(raw) > 0 {
		n := min(7, len(raw))
		out = append(out, wordBytes(raw[:n]))
		raw = raw[n:]
	}
	return strings.Join(out, " ")
}

// pieces is RFC 2231 with a name over several parameters.
func pieces(f File) []string {
	s := percent([]byte(f.Name))
	var out []string
	for i := 0; len(s) > 0; i++ {
		n := min(20, len(s))
		if p := strings.LastIndexByte(s[:n], '%'); p > n-3 && n < len(s) {
			n = p
		}
		charset := ""
		if i == 0 {
			charset = "UTF-8''"
		}
		out = append(out, fmt.Sprintf(" filename*%d*=%s%s", i, charset, s[:n]))
		s = s[n:]
	}
	return []string{"Content-Type: " + octets,
		"Content-Disposition: attachment;\r\n" + strings.Join(out, ";\r\n")}
}

// plain is a message of text with these fields.
func plain(more ...string) func(Letter) []byte {
	return func(l Letter) []byte {
		b := &builder{}
		b.head(l, more...)
		b.line("Content-Type: text/plain; charset=utf-8")
		b.line("")
		b.line("text only")
		return b.Bytes()
	}
}

func noAttachment(l Letter) []byte { return plain()(l) }

// cutOff ends in the middle of the first file.
func cutOff(l Letter) []byte {
	b := attach(usual)(l)
	at := bytes.LastIndex(b, []byte("Content-Transfer-Encoding"))
	return b[:at+(len(b)-at)/2]
}

func badBase64(l Letter) []byte {
	b := attach(usual)(l)
	at := bytes.LastIndex(b, []byte("Content-Transfer-Encoding")) + 40
	return append(append(bytes.Clone(b[:at]), "!!!"...), b[at:]...)
}

func attachedBytes(name string, content []byte) func(Letter) []byte {
	return func(l Letter) []byte {
		l.Files = []File{{Name: name, Bytes: content}}
		return attach(usual)(l)
	}
}
