package intake

import (
	"context"
	"io"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"
)

// hole stands between a mailbox and its server; what was connected before a
// call of swallow gets no byte any more, and no end either.
type hole struct {
	net.Listener
	mu   sync.Mutex
	dark []chan struct{}
}

func newHole(t *testing.T, port int) *hole {
	t.Helper()
	h := &hole{Listener: listen(t)}
	go func() {
		for {
			near, err := h.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
			if err != nil {
				near.Close()
				continue
			}
			dark := make(chan struct{})
			h.mu.Lock()
			h.dark = append(h.dark, dark)
			h.mu.Unlock()
			go pass(near, far, dark)
			go pass(far, near, dark)
		}
	}()
	return h
}

func pass(to io.WriteCloser, from io.Reader, dark chan struct{}) {
	b := make([]byte, 4096)
	for {
		n, err := from.Read(b)
		select {
		case <-dark:
			return // and close nothing
		default:
		}
		if err != nil {
			to.Close()
			return
		}
		to.Write(b[:n])
	}
}

func (h *hole) swallow() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, d := range h.dark {
		close(d)
	}
	h.dark = nil
}

func TestAConnectionThatDiesInSilenceIsNoticedAndMadeAgain(t *testing.T) {
	p := newPostbox(t)
	h := newHole(t, p.dovecot.IMAPS)
	p.Port, p.Poll, p.Silence = h.Addr().(*net.TCPAddr).Port, time.Second, 2*time.Second
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); p.Mailbox.Run(ctx) }()
	defer func() { cancel(); <-ended }()
	for n := range 2 {
		p.put(n)
		var claims []Claim
		p.until("the mail", func() bool { claims = p.look(); return len(claims) == 1 })
		h.swallow()
		p.commit(MailDone, claims...)
		p.Taken()
		p.until("the move", func() bool { return len(p.dovecot.Messages(duban, "已收")) == n+1 })
	}
}
