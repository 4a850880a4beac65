package intake

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"os"
	"strconv"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// session is one connection to a mailbox. The library never gives up waiting:
// every command runs under a watch that closes the connection.
type session struct {
	m        *Mailbox
	c        *imapclient.Client
	news     chan struct{} // the server says that the folder changed
	validity uint32
	made     bool // the folders to move to are there
}

// MailFault is why a mailbox could not be read, in words for an administrator.
type MailFault struct {
	Said string // in Chinese
	Err  error
}

func (f *MailFault) Error() string {
	if f.Err == nil {
		return f.Said
	}
	return f.Said + "（" + systemWords(f.Err) + "）"
}

func (f *MailFault) Unwrap() error { return f.Err }

// open connects and logs in.
func (m *Mailbox) open(ctx context.Context) (*session, error) {
	password, err := m.Password()
	if err != nil {
		return nil, &MailFault{"邮箱“" + m.Account + "”的密码取不到", err}
	}
	s := &session{m: m, news: make(chan struct{}, 1)}
	if err := s.dial(ctx); err != nil {
		return nil, m.dialFault(err)
	}
	err = s.watched(ctx, m.silence(), func() error { return s.c.Login(m.User, password).Wait() })
	if err != nil {
		s.close()
		var said *imap.Error
		if errors.As(err, &said) {
			return nil, &MailFault{Said: "收信服务器不认邮箱“" + m.Account +
				"”的用户名或密码（有的邮箱要用授权码，并先在网页上开启 IMAP）"}
		}
		return nil, m.dialFault(err)
	}
	if err := s.introduce(ctx); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *session) dial(ctx context.Context) error {
	m := s.m
	changed := func() {
		select {
		case s.news <- struct{}{}:
		default:
		}
	}
	o := &imapclient.Options{
		TLSConfig: &tls.Config{ServerName: m.Host, RootCAs: m.Roots, MinVersion: tls.VersionTLS12},
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{
			Mailbox: func(d *imapclient.UnilateralDataMailbox) {
				if d.NumMessages != nil {
					changed()
				}
			},
		},
	}
	d := net.Dialer{Timeout: m.silence()}
	conn, err := d.DialContext(ctx, "tcp", net.JoinHostPort(m.Host, strconv.Itoa(m.Port)))
	if err != nil {
		return err
	}
	// Greeting and handshake are under the watch as well.
	watch := time.AfterFunc(m.silence(), func() { conn.Close() })
	if err = s.greet(ctx, conn, o); err != nil {
		conn.Close()
	}
	if !watch.Stop() && err != nil {
		return context.DeadlineExceeded
	}
	return err
}

// greet waits until the server has said who it is, behind TLS where that is
// wanted.
func (s *session) greet(ctx context.Context, conn net.Conn, o *imapclient.Options) (err error) {
	switch s.m.Security {
	case "tls":
		t := tls.Client(conn, o.TLSConfig)
		if err := t.HandshakeContext(ctx); err != nil {
			return err
		}
		s.c = imapclient.New(t, o)
	case "starttls":
		if s.c, err = imapclient.NewStartTLS(conn, o); err != nil {
			return err
		}
	default:
		s.c = imapclient.New(conn, o)
	}
	return s.c.WaitGreeting()
}

// introduce says who calls, where the server wants to know: some refuse to
// open a folder to a program without a name.
func (s *session) introduce(ctx context.Context) error {
	if !s.c.Caps().Has(imap.CapID) {
		return nil
	}
	return s.watched(ctx, s.m.silence(), func() error {
		_, err := s.c.ID(&imap.IDData{Name: "duban", Version: "1", Vendor: "duban"}).Wait()
		var said *imap.Error
		if errors.As(err, &said) {
			return nil // a refusal to be introduced is no fault
		}
		return err
	})
}

// watched runs one command; a server that keeps silent loses the connection.
func (s *session) watched(ctx context.Context, limit time.Duration, command func() error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { s.c.Close() })
	defer stop()
	err := command()
	if err != nil && ctx.Err() != nil {
		return &MailFault{"收信服务器没有回应", context.Cause(ctx)}
	}
	return err
}

func (s *session) close() {
	stop := time.AfterFunc(5*time.Second, func() { s.c.Close() })
	defer stop.Stop()
	if err := s.c.Logout().Wait(); err != nil {
		s.m.log().Debug("logout", "err", err)
	}
	s.c.Close()
}

// dialFault words why a server was not reached.
func (m *Mailbox) dialFault(err error) error {
	f := &MailFault{Err: err}
	var dns *net.DNSError
	var certificate *tls.CertificateVerificationError
	var timeout net.Error
	switch {
	case errors.As(err, &dns):
		f.Said = "找不到收信服务器“" + m.Host + "”，请核对主机名或网络"
	case errors.As(err, &certificate):
		f.Said = "收信服务器的证书不可信，单位自建证书的请在 mail.ca 写明证书文件"
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded),
		errors.Is(err, net.ErrClosed), errors.As(err, &timeout) && timeout.Timeout():
		f.Said = "收信服务器“" + m.Host + "”没有回应，请核对主机名、端口和防火墙"
	default:
		f.Said = "连不上收信服务器“" + m.Host + "”，请核对主机名、端口和加密方式"
	}
	return f
}
