package server

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io/fs"
	"net"
	"path/filepath"
	"strings"
	"unicode/utf16"

	"github.com/emersion/go-smtp"
)

// Deliver hands a message to Postfix, as from the envelope sender.
func (s *Servers) Deliver(from, to string, b []byte) {
	s.t.Helper()
	c, err := smtp.Dial(fmt.Sprintf("127.0.0.1:%d", s.SMTP))
	s.do(err)
	s.hand(c, from, to, b)
}

// Put puts a message into a user's inbox, past Postfix.
func (s *Servers) Put(from, to string, b []byte) {
	s.t.Helper()
	conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", s.LMTP))
	s.do(err)
	s.hand(smtp.NewClientLMTP(conn), from, to, b)
}

func (s *Servers) hand(c *smtp.Client, from, to string, b []byte) {
	s.t.Helper()
	defer c.Close()
	s.do(c.SendMail(from, []string{to}, bytes.NewReader(b)))
	s.do(c.Quit())
}

// encode is a folder's name as IMAP and the disk write it (modified UTF-7).
func encode(name string) string {
	var out strings.Builder
	var held []rune
	flush := func() {
		if len(held) == 0 {
			return
		}
		var b []byte
		for _, u := range utf16.Encode(held) {
			b = append(b, byte(u>>8), byte(u))
		}
		out.WriteString("&" + strings.ReplaceAll(base64.RawStdEncoding.EncodeToString(b), "/", ",") + "-")
		held = nil
	}
	for _, r := range name {
		if r < 0x80 {
			flush()
			out.WriteRune(r)
			continue
		}
		held = append(held, r)
	}
	flush()
	return out.String()
}

// Idle reports whether Postfix has nothing left to deliver.
func (s *Servers) Idle() bool {
	s.t.Helper()
	for _, queue := range []string{"maildrop", "incoming", "active", "deferred"} {
		empty := true
		err := filepath.WalkDir(filepath.Join(s.Dir, "queue", queue),
			func(_ string, d fs.DirEntry, err error) error {
				if err == nil && d.Type().IsRegular() {
					empty = false
				}
				return nil // what is gone has been delivered
			})
		s.do(err)
		if !empty {
			return false
		}
	}
	return true
}
