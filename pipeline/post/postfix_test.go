package post

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"duban/pipeline/mail"
	"duban/pipeline/mail/server"
)

// TestThroughARealServer sends over TLS and with a login through Postfix, and
// reads from Dovecot what came out.
func TestThroughARealServer(t *testing.T) {
	s := server.Start(t, true)
	to := &Server{Host: "127.0.0.1", Port: s.SMTP, Security: StartTLS, User: office.Address,
		Password: func() (string, error) { return server.Password, nil }, Roots: s.Roots(), From: office}
	session, err := to.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	for address, permanent := range map[string]bool{"gone@example.gov.cn": true, "later@example.gov.cn": false} {
		m := sample()
		m.To = address
		err := session.Send(m)
		var f *Failure
		if !errors.As(err, &f) || f.Permanent != permanent || f.Server {
			t.Errorf("%s: %+v", address, err)
		}
	}
	big := sample()
	big.Files[0].Bytes = bytes.Repeat([]byte("0123456789"), 1<<20)
	for _, m := range []Mail{sample(), big} {
		if err := session.Send(m); err != nil {
			t.Fatal(err)
		}
	}
	var got [][]byte
	for range 500 {
		if got = s.Messages(sample().To, ""); len(got) == 2 && s.Idle() {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if len(got) != 2 {
		t.Fatalf("%d messages arrived", len(got))
	}
	for _, b := range got {
		m := mail.Read(b)
		if m.ID != sample().ID || m.Subject != sample().Subject || len(m.Parts) != 2 ||
			m.Parts[0].Name != sample().Files[0].Name || m.References[1] != sample().Answers ||
			m.Auto != mail.Reply {
			t.Errorf("arrived: %s, %q, %d parts, %s", m.ID, m.Subject, len(m.Parts), m.Auto)
		}
	}
	wrong := *to
	wrong.Roots = nil
	if _, err := wrong.Open(t.Context()); err == nil {
		t.Error("a strange certificate was taken")
	}
}
