package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duban/pipeline/mail/server"
)

const duban = "duban@example.gov.cn"

// postbox is a Dovecot with a mailbox on it, and what the caller has committed.
type postbox struct {
	*testing.T
	dovecot *server.Servers
	*Mailbox
	mu    sync.Mutex
	known map[MailID]MailState
}

func newPostbox(t *testing.T) *postbox {
	p := &postbox{T: t, dovecot: server.Start(t, false), known: map[MailID]MailState{}}
	f := office(t)
	p.Mailbox = &Mailbox{Account: duban, Host: "127.0.0.1", Port: p.dovecot.IMAPS, Security: "tls",
		User: duban, Password: func() (string, error) { return server.Password, nil },
		Roots: p.dovecot.Roots(), Name: "INBOX", Done: "已收", Hold: "待核", Spool: f,
		Silence: 10 * time.Second,
		Known: func(_ context.Context, id MailID) (MailState, error) {
			p.mu.Lock()
			defer p.mu.Unlock()
			return p.known[id], nil
		}}
	p.Prepare()
	return p
}

func (p *postbox) put(n int) {
	p.Helper()
	p.dovecot.Put("jyj@example.gov.cn", duban, fmt.Appendf(nil, "From: <jyj@example.gov.cn>\r\n"+
		"Message-ID: <%d@example.gov.cn>\r\nSubject: %d\r\n\r\nbody %d\r\n", n, n, n))
}

// once is a round, and what the folder then hands over.
func (p *postbox) once() []Claim {
	p.Helper()
	if err := p.Once(p.Context()); err != nil {
		p.Fatal(err)
	}
	return p.look()
}

func (p *postbox) look() []Claim {
	p.Helper()
	claims, _, err := p.Spool.Look(p.Context())
	if err != nil {
		p.Fatal(err)
	}
	return claims
}

// commit is what the caller does with claims.
func (p *postbox) commit(state MailState, claims ...Claim) {
	p.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range claims {
		p.known[*c.Mail] = state
	}
	if err := p.Spool.Settle(claims...); err != nil {
		p.Fatal(err)
	}
}

func (p *postbox) count(folder string, want int) {
	p.Helper()
	if got := len(p.dovecot.Messages(duban, folder)); got != want {
		p.Errorf("folder %q holds %d messages, want %d", folder, got, want)
	}
}

func TestAMessageIsMovedOnlyAfterTheCommit(t *testing.T) {
	p := newPostbox(t)
	for n := range 3 {
		p.put(n)
	}
	claims := p.once()
	if len(claims) != 3 {
		t.Fatalf("claimed %d", len(claims))
	}
	for n, c := range claims {
		if c.Channel != ByMail || c.Mail == nil || c.Mail.Account != duban || c.ReceivedAt.IsZero() ||
			!strings.Contains(string(c.Bytes), fmt.Sprintf("body %d\r\n", n)) {
			t.Errorf("claim %d: %+v", n, c)
		}
	}
	if again := p.once(); len(again) != 0 {
		t.Errorf("fetched again before the commit: %v", again)
	}
	p.count("", 3)
	for _, b := range p.dovecot.Messages(duban, "") {
		if strings.Contains(string(b), "Seen") {
			t.Error("reading left a mark")
		}
	}
	p.commit(MailDone, claims[0], claims[1])
	p.commit(MailHeld, claims[2])
	p.once()
	p.count("", 0)
	p.count("已收", 2)
	p.count("待核", 1)
	if again := p.once(); len(again) != 0 {
		t.Errorf("an empty inbox gave %v", again)
	}
}

func TestASpooledMessageSurvivesAKill(t *testing.T) {
	p := newPostbox(t)
	p.put(1)
	if err := p.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	// The program is killed here; the next one has a folder of its own.
	f := &Folder{Inbox: p.Spool.Inbox, Work: p.Spool.Work, Archive: p.Spool.Archive,
		Quarantine: p.Spool.Quarantine, Rest: -1, Reserve: 1}
	p.Spool = f
	claims, err := f.Pending()
	if err != nil || len(claims) != 1 || claims[0].Mail == nil || claims[0].Attempts != 1 {
		t.Fatalf("pending: %+v, %v", claims, err)
	}
	if again := p.once(); len(again) != 0 {
		t.Errorf("fetched though it lies in work: %v", again)
	}
	p.commit(MailDone, claims...)
	p.once()
	p.count("已收", 1)
}

func TestARebuiltMailboxIsFetchedUnderNewNumbers(t *testing.T) {
	p := newPostbox(t)
	p.put(1)
	p.put(2)
	first := p.once()
	p.commit(MailDone, first...) // committed, and killed before the move
	time.Sleep(1100 * time.Millisecond)
	p.dovecot.Rebuild(duban)
	second := p.once()
	if len(second) != 2 || second[0].Mail.Validity == first[0].Mail.Validity {
		t.Fatalf("after the rebuild: %+v", second)
	}
	for i := range second {
		if first[i].SHA256 != second[i].SHA256 || first[i].ID == second[i].ID {
			t.Errorf("message %d: %+v, then %+v", i, first[i], second[i])
		}
	}
	p.commit(MailDone, second...)
	p.once()
	p.count("", 0)
	p.count("已收", 2)
}

func TestOfABigMessageOnlyTheHeaderIsFetched(t *testing.T) {
	p := newPostbox(t)
	p.Limit = 1000
	p.dovecot.Put("jyj@example.gov.cn", duban, []byte("From: <jyj@example.gov.cn>\r\n"+
		"Message-ID: <big@example.gov.cn>\r\n\r\n"+strings.Repeat("0123456789\r\n", 1000)))
	claims := p.once()
	if len(claims) != 1 || claims[0].Whole < 12000 || claims[0].TooBig ||
		strings.Contains(string(claims[0].Bytes), "0123") ||
		!strings.Contains(string(claims[0].Bytes), "big@example.gov.cn") {
		t.Fatalf("%+v", claims)
	}
}

func TestAFullDiskLeavesTheMailOnTheServer(t *testing.T) {
	p := newPostbox(t)
	p.put(1)
	p.Spool.Free = func(string) (int64, error) { return 0, nil }
	if err := p.Once(t.Context()); !errors.Is(err, errNoRoom) {
		t.Errorf("with a full disk: %v", err)
	}
	p.count("", 1)
	if got := list(t, p.Spool.Work); len(got) != 0 {
		t.Errorf("work holds %q", got)
	}
	p.Spool.Free = nil
	if claims := p.once(); len(claims) != 1 {
		t.Errorf("with room: %v", claims)
	}
}

func TestARunningMailboxHearsOfNewMailAtOnce(t *testing.T) {
	p := newPostbox(t)
	p.Poll = time.Hour // so that only IDLE can help
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); p.Mailbox.Run(ctx) }()
	defer func() { cancel(); <-ended }()
	for n := range 3 {
		p.put(n)
		var claims []Claim
		p.until("the mail", func() bool { claims = p.look(); return len(claims) == 1 })
		p.commit(MailDone, claims...)
		p.Taken()
		p.until("the move", func() bool { return len(p.dovecot.Messages(duban, "已收")) == n+1 })
	}
}

func (p *postbox) until(what string, done func() bool) {
	p.Helper()
	for range 3000 {
		if done() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	p.Fatalf("waited half a minute for %s", what)
}

func TestAMailboxThatCannotBeReadIsSaidInOneSentence(t *testing.T) {
	p := newPostbox(t)
	silent := listen(t)
	go func() {
		for {
			c, err := silent.Accept()
			if err != nil {
				return
			}
			go io.Copy(io.Discard, c) // a black hole
		}
	}()
	if err := p.Check(t.Context()); err != nil {
		t.Errorf("a good one: %v", err)
	}
	plain := *p.Mailbox
	plain.Security, plain.Port = "starttls", p.dovecot.IMAP
	if err := plain.Check(t.Context()); err != nil {
		t.Errorf("with STARTTLS: %v", err)
	}
	for _, c := range []struct {
		name, says string
		change     func(m *Mailbox)
	}{
		{"black hole", "没有回应", func(m *Mailbox) { m.Port = silent.Addr().(*net.TCPAddr).Port }},
		{"black hole without TLS", "没有回应", func(m *Mailbox) {
			m.Port, m.Security = silent.Addr().(*net.TCPAddr).Port, "none"
		}},
		{"no name", "找不到", func(m *Mailbox) { m.Host = "no-such-host.invalid" }},
		{"strange certificate", "证书不可信", func(m *Mailbox) { m.Roots = nil }},
		{"wrong password", "不认", func(m *Mailbox) {
			m.Password = func() (string, error) { return "secret-word", nil }
		}},
		{"no password", "密码取不到", func(m *Mailbox) {
			m.Password = func() (string, error) { return "", errors.New("not set") }
		}},
		{"no folder", "“没有”打不开", func(m *Mailbox) { m.Name = "没有" }},
		{"not TLS", "连不上", func(m *Mailbox) { m.Port = p.dovecot.IMAP }},
	} {
		m := *p.Mailbox
		m.Silence = time.Second
		if !strings.HasPrefix(c.name, "black hole") {
			m.Silence = 10 * time.Second // Dovecot lets who guessed wrong wait
		}
		c.change(&m)
		began := time.Now()
		err := m.Check(t.Context())
		var fault *MailFault
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), c.says) ||
			strings.Contains(err.Error(), "secret-word") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", c.name, err)
		}
		if d := time.Since(began); d > 15*time.Second {
			t.Errorf("%s: it took %v", c.name, d)
		}
	}
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func TestAFileInsideAMessageIsAClaimOfItsOwn(t *testing.T) {
	f := office(t)
	message := Claim{ID: "mail-1", SeenAt: time.Now(), ReceivedAt: time.Now().Add(-time.Hour)}
	p := Part{ID: "mail-1-01", Name: "表.xlsx", Bytes: []byte("form"), Unit: "jyj", Sender: "a@x.cn"}
	first, err := f.Unpack(message, p)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := f.Unpack(message, p); err != nil || !cmp.Equal(first, again, seen) {
		t.Errorf("unpacked again: %v\n%s", err, cmp.Diff(first, again, seen))
	}
	pending, err := f.Pending()
	if err != nil || len(pending) != 1 {
		t.Fatalf("pending: %v, %v", pending, err)
	}
	after := pending[0]
	after.Attempts, after.SeenAt, after.ReceivedAt = 0, first.SeenAt, first.ReceivedAt
	if d := cmp.Diff(first, after, seen); d != "" {
		t.Errorf("after a kill:\n%s", d)
	}
	if err := f.Settle(first); err != nil {
		t.Fatal(err)
	}
	if first, err = f.Unpack(message, p); err != nil { // settled, and killed before the message was
		t.Fatal(err)
	}
	if err := f.Settle(first); err != nil {
		t.Fatal(err)
	}
	if b, err := f.Kept(first.SHA256); err != nil || string(b) != "form" || len(list(t, f.Work)) != 0 {
		t.Errorf("%q, %v; work holds %q", b, err, list(t, f.Work))
	}
}
