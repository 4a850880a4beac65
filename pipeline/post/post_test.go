package post

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"
)

func sample() Mail {
	return Mail{ID: "duban.0123@example.gov.cn", To: "jyj@example.gov.cn",
		Subject: "回执：区教育局2025年3月填报表", Text: "审核通过。\n\n  <T01-1> & 谢谢。\n",
		Date:    time.Date(2025, 4, 3, 9, 30, 0, 0, time.FixedZone("", 8*3600)),
		Answers: "their@example.gov.cn", References: []string{"first@x", "their@example.gov.cn"},
		Files: []File{{Name: "00012-区教育局关于2025年3月重点任务落实情况月报的填报表（更正后重新报送）-回执.xlsx",
			Bytes: []byte("PK one")}, {Name: `督查通报"2025:3".pdf`, Bytes: []byte("%PDF")}}}
}

var office = From{Address: "duban@example.gov.cn", Name: "振兴区人民政府督查室"}

func TestTheBytesOfAMessage(t *testing.T) {
	b, err := Compose(office, sample())
	if err != nil {
		t.Fatal(err)
	}
	for range 5 { // maps and random boundaries would show
		again, err := Compose(office, sample())
		if err != nil || !bytes.Equal(b, again) {
			t.Fatalf("the same mail again: %v\n%s", err, cmp.Diff(string(b), string(again)))
		}
	}
	head, _, _ := strings.Cut(string(b), "\r\n\r\n")
	for _, want := range []string{
		"Message-ID: <duban.0123@example.gov.cn>\r\n", "Auto-Submitted: auto-replied\r\n",
		"In-Reply-To: <their@example.gov.cn>\r\n",
		"References: <first@x> <their@example.gov.cn>\r\n",
		"X-Auto-Response-Suppress: OOF, AutoReply\r\n", "To: <jyj@example.gov.cn>\r\n",
		"Date: Thu, 03 Apr 2025 09:30:00 +0800\r\n",
	} {
		if !strings.Contains(head+"\r\n", want) {
			t.Errorf("the header lacks %q:\n%s", want, head)
		}
	}
	for line := range strings.SplitSeq(string(b), "\r\n") {
		if len(line) > 998 || strings.Contains(line, "\n") {
			t.Errorf("a line of %d bytes: %.60q", len(line), line)
		}
		for i := range len(line) {
			if line[i] >= 0x80 {
				t.Fatalf("a byte beyond ASCII in %q", line)
			}
		}
	}
	first := sample()
	first.Answers = ""
	if b, err = Compose(office, first); err != nil ||
		!strings.Contains(string(b), "Auto-Submitted: auto-generated\r\n") ||
		strings.Contains(string(b), "In-Reply-To") {
		t.Errorf("a message that answers nothing: %v\n%s", err, b)
	}
}

// TestNamesOfAttachmentsInTheBytes holds the two ways of writing a name
// against what each kind of reader makes of them.
func TestNamesOfAttachmentsInTheBytes(t *testing.T) {
	b, err := Compose(office, sample())
	if err != nil {
		t.Fatal(err)
	}
	s := string(b)
	for i, want := range []string{sample().Files[0].Name, "督查通报_2025_3_.pdf"} {
		disposition := field(t, s, "Content-Disposition: attachment", i)
		kind := field(t, s, "name=", i)
		_, quoted, _ := strings.Cut(disposition, `filename="`)
		quoted, _, _ = strings.Cut(quoted, `"`)
		_, typed, _ := strings.Cut(kind, `name="`)
		typed, _, _ = strings.Cut(typed, `"`)
		if got := words(t, quoted); got != want { // Outlook, QQ, 163, WPS mail
			t.Errorf("filename reads %q, want %q", got, want)
		}
		if quoted != typed {
			t.Errorf("Content-Type says %q, Content-Disposition %q", typed, quoted)
		}
		_, coded, _ := strings.Cut(disposition, "filename*=UTF-8''")
		if got := unpercent(t, coded); got != want { // Thunderbird, Apple Mail
			t.Errorf("filename* reads %q, want %q", got, want)
		}
	}
}

// field is the i-th header field that begins so, unfolded.
func field(t *testing.T, s, begin string, i int) string {
	t.Helper()
	parts := strings.Split(s, "\r\n")
	for n, line := range parts {
		if strings.HasPrefix(strings.TrimSpace(line), begin) {
			if i--; i >= 0 {
				continue
			}
			var out strings.Builder
			out.WriteString(strings.TrimSpace(line))
			for n++; n < len(parts) && strings.HasPrefix(parts[n], " "); n++ {
				out.WriteString(parts[n])
			}
			return out.String()
		}
	}
	t.Fatalf("no field %q", begin)
	return ""
}

// words reads RFC 2047 words; each must stand for whole characters.
func words(t *testing.T, s string) string {
	t.Helper()
	var out strings.Builder
	for w := range strings.FieldsSeq(s) {
		inner, ok := strings.CutPrefix(w, "=?utf-8?b?")
		inner, end := strings.CutSuffix(inner, "?=")
		b, err := base64.StdEncoding.DecodeString(inner)
		if !ok || !end || err != nil || len(w) > 75 {
			t.Fatalf("%q is no word: %v", w, err)
		}
		if strings.ToValidUTF8(string(b), "!") != string(b) {
			t.Errorf("%q cuts a character", w)
		}
		out.Write(b)
	}
	return out.String()
}

func unpercent(t *testing.T, s string) string {
	t.Helper()
	var out []byte
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			out = append(out, s[i])
			continue
		}
		var c byte
		for _, d := range []byte(s[i+1 : i+3]) {
			c = c<<4 | byte(strings.IndexByte("0123456789ABCDEF", d))
		}
		out, i = append(out, c), i+2
	}
	return string(out)
}

func TestTheHTMLSaysWhatTheTextSays(t *testing.T) {
	p := page(sample().Text)
	for _, want := range []string{"审核通过。</div>", "<br>", "  &lt;T01-1&gt; &amp; 谢谢。</div>"} {
		if !strings.Contains(p, want) {
			t.Errorf("the page lacks %q:\n%s", want, p)
		}
	}
}

func TestALongThreadKeepsItsFirstAndItsLast(t *testing.T) {
	var before []string
	for i := range 50 {
		before = append(before, strings.Repeat("x", i)+"@x")
	}
	all := strings.Fields(thread(before, "last@x"))
	if len(all) != maxReferences || all[0] != "<@x>" || all[len(all)-1] != "<last@x>" {
		t.Errorf("%d: %v", len(all), all)
	}
}

// fake is a server of one process; say decides what a recipient gets.
type fake struct {
	sync.Mutex
	got []string
	say func(to string) error
}

func (f *fake) NewSession(*smtp.Conn) (smtp.Session, error) { return &fakeSession{f: f}, nil }

type fakeSession struct {
	f    *fake
	user string
}

func (s *fakeSession) AuthMechanisms() []string { return []string{sasl.Plain} }
func (s *fakeSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "duban" || password != "right" {
			return smtp.ErrAuthFailed
		}
		s.user = user
		return nil
	}), nil
}
func (s *fakeSession) Reset()                                    {}
func (s *fakeSession) Logout() error                             { return nil }
func (s *fakeSession) Mail(string, *smtp.MailOptions) error      { return nil }
func (s *fakeSession) Rcpt(to string, _ *smtp.RcptOptions) error { return s.f.say(to) }
func (s *fakeSession) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	s.f.Lock()
	defer s.f.Unlock()
	s.f.got = append(s.f.got, string(b))
	return err
}

func serve(t *testing.T, say func(to string) error) (*fake, *Server) {
	t.Helper()
	f := &fake{say: say}
	s := smtp.NewServer(f)
	s.AllowInsecureAuth = true
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go s.Serve(l)
	t.Cleanup(func() { s.Close() })
	return f, &Server{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Security: Plain,
		Timeout: 5 * time.Second, From: office}
}

func TestWhatAServerSaysIsForNowOrForGood(t *testing.T) {
	said := func(code int, enhanced smtp.EnhancedCode, text string) error {
		return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: text}
	}
	f, server := serve(t, func(to string) error {
		switch to {
		case "gone@x.cn":
			return said(550, smtp.EnhancedCode{5, 1, 1}, "no such user")
		case "full@x.cn":
			return said(552, smtp.EnhancedCode{5, 2, 2}, "over quota")
		case "later@x.cn":
			return said(451, smtp.EnhancedCode{4, 7, 1}, "greylisted")
		case "stop@x.cn":
			return said(421, smtp.EnhancedCode{4, 3, 2}, "shutting down")
		}
		return nil
	})
	session, err := server.Open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	for _, c := range []struct {
		to, says          string
		permanent, server bool
	}{
		{"gone@x.cn", "不存在或拒收", true, false},
		{"full@x.cn", "已满", false, false},
		{"later@x.cn", "稍后再发", false, false},
		{"bad address", "写法不对", true, false},
		{"good@x.cn", "", false, false},
		{"stop@x.cn", "暂停服务", false, true},
	} {
		m := sample()
		m.To = c.to
		err := session.Send(m)
		var failure *Failure
		if c.says == "" {
			if err != nil {
				t.Errorf("%s: %v", c.to, err)
			}
			continue
		}
		if !errors.As(err, &failure) || !strings.Contains(failure.Said, c.says) ||
			failure.Permanent != c.permanent || failure.Server != c.server {
			t.Errorf("%s: %+v", c.to, err)
		}
	}
	if len(f.got) != 1 || !strings.Contains(f.got[0], "To: <good@x.cn>") {
		t.Errorf("the server got %d messages", len(f.got))
	}
}

func TestAServerThatCannotBeReachedIsSaidInOneSentence(t *testing.T) {
	_, good := serve(t, func(string) error { return nil })
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	port := func(l net.Listener) int { return l.Addr().(*net.TCPAddr).Port }
	with := func(change func(*Server)) *Server {
		s := *good
		s.Timeout = time.Second
		change(&s)
		return &s
	}
	for _, c := range []struct {
		name, says string
		server     *Server
	}{
		{"silent", "没有回应", with(func(s *Server) { s.Port = port(silent) })},
		{"closed", "连不上", with(func(s *Server) { s.Port = port(closed) })},
		{"no name", "找不到", with(func(s *Server) { s.Host = "no-such-host.invalid" })},
		{"no TLS", "连不上", with(func(s *Server) { s.Security = StartTLS })},
		{"no password", "密码取不到", with(func(s *Server) {
			s.User, s.Password = "duban", func() (string, error) { return "", errors.New("not set") }
		})},
		{"wrong password", "不认用户名或密码", with(func(s *Server) {
			s.User, s.Password = "duban", func() (string, error) { return "secret-word", nil }
		})},
	} {
		_, err := c.server.Open(context.Background())
		var failure *Failure
		if !errors.As(err, &failure) || !failure.Server || !strings.Contains(failure.Said, c.says) {
			t.Errorf("%s: %v", c.name, err)
		} else if strings.Contains(err.Error(), "secret-word") {
			t.Errorf("%s: the password is said: %v", c.name, err)
		}
	}
}
