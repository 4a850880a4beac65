package post

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/textproto"
	"time"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// How a connection is kept from listeners.
const (
	TLS      = "tls"      // from the first byte
	StartTLS = "starttls" // after a greeting; refused where not offered
	Plain    = "none"     // not at all
)

// DefaultTimeout is how long a server may keep silent.
const DefaultTimeout = 30 * time.Second

// Server is where mail is handed over.
type Server struct {
	Host     string
	Port     int
	Security string                 // TLS, StartTLS or Plain
	User     string                 // "" for a server that asks for none
	Password func() (string, error) // asked for on every connection
	Roots    *x509.CertPool         // nil for the system's
	Timeout  time.Duration          // 0 is DefaultTimeout
	From     From
}

// Session is an open connection.
type Session struct {
	server *Server
	client *mail.Client
	conn   *smtp.Client
}

// Failure is why something was not sent, or no server reached.
type Failure struct {
	Said      string // in Chinese, without a password or a body
	Permanent bool   // trying again is of no use
	Server    bool   // not of this message: nothing can be sent at present
	Err       error
}

func (f *Failure) Error() string {
	if f.Err == nil {
		return f.Said
	}
	return f.Said + "（" + f.Err.Error() + "）"
}

func (f *Failure) Unwrap() error { return f.Err }

// Open connects and logs in. An error is a *Failure of the server.
func (s *Server) Open(ctx context.Context) (*Session, error) {
	client, err := s.client()
	if err != nil {
		return nil, err
	}
	conn, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return nil, s.dialFailure(err)
	}
	return &Session{s, client, conn}, nil
}

func (s *Server) timeout() time.Duration {
	if s.Timeout == 0 {
		return DefaultTimeout
	}
	return s.Timeout
}

func (s *Server) client() (*mail.Client, error) {
	o := []mail.Option{mail.WithPort(s.Port), mail.WithTimeout(s.timeout()), mail.WithoutNoop(),
		mail.WithTLSConfig(&tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12,
			RootCAs: s.Roots})}
	switch s.Security {
	case TLS:
		o = append(o, mail.WithSSL())
	case StartTLS:
		o = append(o, mail.WithTLSPolicy(mail.TLSMandatory))
	default:
		o = append(o, mail.WithTLSPolicy(mail.NoTLS))
	}
	if s.User != "" {
		password, err := s.Password()
		if err != nil {
			return nil, &Failure{Said: "发信密码取不到", Server: true, Err: err}
		}
		how := mail.SMTPAuthAutoDiscover
		if s.Security == Plain { // the office chose so: its network has nothing better
			how = mail.SMTPAuthPlainNoEnc
		}
		o = append(o, mail.WithSMTPAuth(how), mail.WithUsername(s.User), mail.WithPassword(password))
	}
	client, err := mail.NewClient(s.Host, o...)
	if err != nil {
		return nil, &Failure{Said: "发信服务器的设置有误", Server: true, Err: err}
	}
	return client, nil
}

// Send hands one message over. An error is a *Failure; nil says that the
// server has taken the message on.
func (s *Session) Send(m Mail) error {
	b, err := Compose(s.server.From, m)
	if err != nil {
		return err
	}
	if err := s.conn.UpdateDeadline(s.server.timeout()); err != nil {
		return sendFailure(err)
	}
	err = s.hand(m.To, b)
	if err != nil {
		var said *textproto.Error
		if errors.As(err, &said) && s.conn.Reset() != nil {
			err = errors.Join(err, net.ErrClosed)
		}
		return sendFailure(err)
	}
	return nil
}

func (s *Session) hand(to string, b []byte) error {
	if err := s.conn.Mail(s.server.From.Address); err != nil {
		return err
	}
	if err := s.conn.Rcpt(to); err != nil {
		return err
	}
	w, err := s.conn.Data()
	if err != nil {
		return err
	}
	for len(b) > 0 { // a slow line is not a silent server
		n := min(len(b), 64<<10)
		if err := s.conn.UpdateDeadline(s.server.timeout()); err != nil {
			return err
		}
		if _, err := w.Write(b[:n]); err != nil {
			return err
		}
		b = b[n:]
	}
	return w.Close()
}

// Close ends the session politely.
func (s *Session) Close() error { return s.client.CloseWithSMTPClient(s.conn) }

// dialFailure words why a server was not reached.
func (s *Server) dialFailure(err error) error {
	f := &Failure{Server: true, Err: err}
	var dns *net.DNSError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &dns):
		f.Said = "找不到发信服务器“" + s.Host + "”，请核对 mail.smtp.host 或网络"
	case errors.As(err, &certificate):
		f.Said = "发信服务器的证书不可信，单位自建证书的请在 mail.ca 写明证书文件"
	case isAuth(err):
		f.Said = "发信服务器不认用户名或密码（有的邮箱要用授权码，不是登录密码）"
	case isTimeout(err):
		f.Said = "发信服务器没有回应，请核对主机名、端口和防火墙"
	default:
		f.Said = "连不上发信服务器，请核对主机名、端口和加密方式"
	}
	return f
}
