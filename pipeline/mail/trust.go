package mail

import (
	"bytes"
	"net"
	"strings"

	"github.com/emersion/go-msgauth/authres"
	"github.com/emersion/go-msgauth/dkim"
)

// Verdict is what is known of whether a message is from its sender's domain.
type Verdict int

// The verdicts. Unknown: nobody said, or nobody could tell.
const (
	Unknown Verdict = iota
	Proven
	Forged
)

// Told is the verdict of the named server, as it wrote it into the topmost
// Authentication-Results. Fields of other servers, and what lies below the
// next Received field, came with the message and are not looked at. The server
// must take out fields in its own name that come in (RFC 8601, section 5).
func (m *Message) Told(server string) Verdict {
	var all []authres.Result
	for _, f := range m.fields {
		if f.name == "received" && all != nil {
			break
		}
		if f.name != "authentication-results" {
			continue
		}
		id, results, err := authres.Parse(withoutComments(f.value))
		if err != nil || !strings.EqualFold(id, server) {
			if all != nil {
				break
			}
			continue
		}
		all = append(all, results...)
		if all == nil {
			all = []authres.Result{}
		}
	}
	return m.weigh(all)
}

// weigh draws results together: a failure before a pass, DMARC before its two
// parts, and a pass only where it is for the domain in From.
func (m *Message) weigh(all []authres.Result) Verdict {
	var passed, failed, dmarcPassed bool
	for _, r := range all {
		switch r := r.(type) {
		case *authres.DMARCResult:
			switch {
			case r.Value == authres.ResultFail:
				return Forged
			case r.Value == authres.ResultPass && (r.From == "" || m.aligned(r.From)):
				dmarcPassed = true
			}
		case *authres.DKIMResult:
			passed = passed || r.Value == authres.ResultPass && m.aligned(r.Domain)
			failed = failed || isFail(r.Value) && (r.Domain == "" || m.aligned(r.Domain))
		case *authres.SPFResult:
			passed = passed || r.Value == authres.ResultPass && m.aligned(domainOf(r.From))
			failed = failed || isFail(r.Value)
		}
	}
	switch {
	case dmarcPassed:
		return Proven
	case failed:
		return Forged
	case passed:
		return Proven
	}
	return Unknown
}

func isFail(v authres.ResultValue) bool {
	return v == authres.ResultFail || v == authres.ResultHardFail || v == authres.ResultPolicy
}

// aligned reports whether a domain is that of From, or one above it.
func (m *Message) aligned(domain string) bool {
	d := strings.ToLower(strings.TrimSuffix(strings.TrimSpace(domain), "."))
	from := m.From.Domain
	return d != "" && strings.Contains(d, ".") && (d == from || strings.HasSuffix(from, "."+d))
}

func domainOf(address string) string {
	if i := strings.LastIndexByte(address, '@'); i >= 0 {
		return address[i+1:]
	}
	return address
}

// maxSignatures is how many signatures of a message are looked at.
const maxSignatures = 5

// Signed verifies the signatures (DKIM) of the sender's own domain; lookup
// asks for the TXT records of a name. A key that cannot be had proves nothing
// either way.
func (m *Message) Signed(lookup func(domain string) ([]string, error)) Verdict {
	if len(m.all("dkim-signature")) == 0 || m.From.Text == "" {
		return Unknown
	}
	found, _ := dkim.VerifyWithOptions(bytes.NewReader(withCRLF(m.raw)), &dkim.VerifyOptions{
		MaxVerifications: maxSignatures,
		LookupTXT: func(domain string) ([]string, error) {
			records, err := lookup(domain)
			if err != nil { // no network, no name: the two look alike in a closed network
				err = &net.DNSError{Err: err.Error(), Name: domain, IsTemporary: true}
			}
			return records, err
		}})
	out := Unknown
	for _, v := range found {
		switch {
		case !m.aligned(v.Domain):
		case v.Err == nil:
			return Proven
		case !dkim.IsTempFail(v.Err):
			out = Forged
		}
	}
	return out
}

// withCRLF gives a file that was saved with bare line feeds its line ends back.
func withCRLF(b []byte) []byte {
	if bytes.Contains(b, []byte("\r\n")) {
		return b
	}
	return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n"))
}

// withoutComments takes the comments out of a field: what stands in them is
// said by nobody.
func withoutComments(s string) string {
	var b strings.Builder
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && (quoted || depth > 0) && i+1 < len(s):
			if quoted && depth == 0 {
				b.WriteByte(c)
				b.WriteByte(s[i+1])
			}
			i++
		case c == '"' && depth == 0:
			quoted = !quoted
			b.WriteByte(c)
		case c == '(' && !quoted:
			depth++
		case c == ')' && !quoted && depth > 0:
			depth--
		case depth == 0:
			b.WriteByte(c)
		}
	}
	return b.String()
}
